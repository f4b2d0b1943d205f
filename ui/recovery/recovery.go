// Package recovery is the page 恢复单: the sheet of paper for the safe that gives confidential words back when a computer
// is lost.
//
// It has three parts, of which only those are seen that are needed: how it stands; the steps of making one, which end
// with a few of its characters typed back, so that nobody locks away a paper with a fault; and a field for all of its
// characters, to try it or to open what is locked. The characters themselves are never on the page but where somebody
// asks to copy them by hand.
package recovery

import (
	"context"
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// State is how it stands with a home's sheet.
type State struct {
	Number, Made, Tried string // Number is "" where there is none, Tried says when and by whom; "" for never
	// matters whose words a sheet opens, and whose words nothing gives back, but those of which somebody knows
	Locked, Gone int
	Elsewhere    int    // matters whose words are on another computer of the unit that is in use
	Opens        string // the numbers of the sheets that open what is not here
}

// Actions are what the page asks of the window. All but Picture are called away from the main thread.
type Actions struct {
	State func(context.Context) (State, error)
	// draws another sheet; it counts once it is printed, saved or copied
	Make    func(replace bool) (words []string, err error)
	Print   func(context.Context) error                           // leaves no file behind
	Save    func(ctx context.Context, dir string) (string, error) // gives the file
	Copy    func(context.Context) error                           // lets the sheet count that somebody copies by hand
	Picture func() (image.Image, error)                           // of the sheet
	Tried   func(context.Context) error                           // some of the characters were typed back and are right
	// tries all characters, or opens what is locked, and says what came of it
	Typed func(ctx context.Context, text string) (string, error)
	// somebody knows of what nothing gives back, or whose sheet is lost
	Known func(ctx context.Context, locked bool) (int, error)
	Back  string // the page from which this one is opened
}

// asked are the places of the characters that are typed back, one of each row and the last.
var asked = []int{2, 7, 9, 12}

// Page is the page 恢复单.
type Page struct {
	host    kit.Host
	do      Actions
	state   State
	words   []string // of a sheet that was just made; nil where none was
	safe    bool     // it is on paper, or in a file
	notice  *kit.Notice
	stands  *kit.Label
	lost    *kit.Label
	known   *kit.Button
	mislaid *kit.Button
	some    *kit.Entry // the characters that are asked for
	all     *kit.Entry
	make    *kit.Button
	typed   *kit.Button
	press   *kit.Button
	right   *kit.Button
	steps   fyne.CanvasObject
	typing  fyne.CanvasObject
	part    map[string]*kit.Field
	object  fyne.CanvasObject
}

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, notice: kit.NewNotice(), stands: kit.Bold(""), lost: kit.Text(""),
		some: kit.NewEntry("四个字连着写"), all: kit.NewEntry("十二个字，中间可以空格")}
	p.known = kit.NewButton("知道了，不再提醒", "", false, func() { p.acknowledge(false) })
	p.mislaid = kit.NewButton("恢复单找不到了…", "", false, p.giveUp)
	p.make = kit.NewButton("做一张", "", false, p.begin)
	p.typed = kit.NewButton("试一试", "", false, p.try)
	p.press = kit.NewButton("打印", "", true, p.print)
	p.right = kit.NewButton("对一对", "Ctrl+Enter", true, p.compare)
	places := make([]string, len(asked))
	for i, at := range asked {
		places[i] = fmt.Sprint(at)
	}
	p.part = map[string]*kit.Field{
		"some": kit.NewField("四个字", false, p.some), "all": kit.NewField("单子上的字", false, p.all)}
	p.steps = kit.Card(container.NewVBox(
		step("① 打印一张。没有打印机的，存到U盘上拿去打印，或看着屏幕用钢笔抄在纸上。", flow(
			p.press, kit.NewButton("存到U盘…", "", false, p.save), kit.NewButton("看着抄…", "", false, p.copy))),
		kit.Text("② 看一看字清不清楚。等第③步对好了，装进信封锁进保险柜；存过文件的，把文件删掉。"),
		kit.Text("③ 照纸上的，填第 "+strings.Join(places, "、")+" 个字，看纸有没有印错、抄错。"),
		p.part["some"].Container, container.NewHBox(p.right)))
	p.typing = kit.Card(container.NewVBox(p.part["all"].Container, flow(p.typed, p.mislaid)))
	body := kit.Scroll(container.NewVBox(
		kit.Card(container.NewVBox(p.stands, kit.Text("要求保密的群众，他的姓名、电话和原话，只存在本单位的电脑里，上级也看不到。"+
			"恢复单是一张纸，上面有十二个字，锁在保险柜里：电脑坏了、丢了，在新电脑上输入这些字，就都回来了。"), p.lost, container.NewHBox(p.known))),
		p.steps, p.typing))
	p.object = kit.Page("恢复单", "一个单位一张，做好、试过，就可以放心了。", container.NewBorder(p.notice.Container, nil, nil, nil, body),
		kit.NewButton("返回", "Esc", false, func() { p.Back() }), p.make)
	p.lay()
	return p
}

func step(says string, acts fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVBox(kit.Text(says), acts)
}

func flow(acts ...fyne.CanvasObject) fyne.CanvasObject {
	row := kit.NewFlow()
	for _, b := range acts {
		row.Add(b)
	}
	return row
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyReturn, Ctrl: true}: p.compare,
		{Name: fyne.KeyEnter, Ctrl: true}: p.compare}
}

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go(p.do.Back)
	return true
}

// Begin makes a sheet at once, for a home that was just set up.
func (p *Page) Begin(says string) {
	p.do.Back = "home"
	p.begin()
	p.say(kit.Good, says)
}

// Shown asks how it stands.
func (p *Page) Shown() {
	kit.Do(p.host.Run, p.host.Context, p.do.State, func(s State, err error) {
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.state = s
		p.lay()
	})
}

func (p *Page) say(tone kit.Tone, s string) {
	p.notice.Say(tone, s)
	p.object.Refresh() // makes room, or takes it back
}

// lay shows the parts that are needed.
func (p *Page) lay() {
	s := p.state
	switch {
	case s.Number == "" && s.Locked > 0:
		p.stands.SetText("这台电脑上还没有用过恢复单。")
		p.make.SetText("另做一张")
	case s.Number == "":
		p.stands.SetText("还没有恢复单。")
		p.make.SetText("做一张")
	case s.Tried == "":
		p.stands.SetText("恢复单 " + s.Number + "，" + s.Made + "做的，还没有照纸上的字试过。")
		p.make.SetText("换一张…")
	default:
		p.stands.SetText("✓ 恢复单 " + s.Number + "，" + s.Made + "做的，" + s.Tried + "。")
		p.make.SetText("换一张…")
	}
	lost := ""
	if s.Locked > 0 {
		lost = fmt.Sprintf("有 %d 件的保密内容锁着：请从保险柜里拿编号 %s 的恢复单，照着输入十二个字，就打开了。", s.Locked, s.Opens)
	}
	if s.Elsewhere > 0 {
		lost += fmt.Sprintf("有 %d 件的保密内容在本单位另一台电脑上。", s.Elsewhere)
		if s.Opens != "" {
			lost += "那台电脑坏了、不用了的，也可以照恢复单（编号 " + s.Opens + "）打开。"
		}
	}
	if s.Gone > 0 {
		lost += fmt.Sprintf("有 %d 件的保密内容不在了。刚换了电脑的，先报送一两次；确实找不回来的，按“知道了”。", s.Gone)
	}
	p.lost.SetText(lost)
	p.lost.Importance = widget.DangerImportance
	if s.Locked+s.Gone == 0 {
		p.lost.Importance = widget.MediumImportance
	}
	p.typed.SetText(map[bool]string{true: "打开保密内容", false: "试一试"}[s.Opens != ""])
	for o, seen := range map[fyne.CanvasObject]bool{p.lost: lost != "", p.known: s.Gone > 0, p.mislaid: s.Locked > 0,
		p.steps:  p.words != nil,
		p.typing: p.words == nil && (s.Number != "" || s.Opens != "")} {
		if o.Hide(); seen {
			o.Show()
		}
	}
	if p.make.Enable(); p.words != nil {
		p.make.Disable()
	}
	p.right.Enable()
	p.press.Importance = widget.MediumImportance
	if !p.safe {
		p.right.Disable()
		p.press.Importance = widget.DangerImportance
	}
	p.press.Refresh()
	p.object.Refresh()
}

// begin makes a sheet; in the place of another only after a question.
func (p *Page) begin() {
	if p.state.Number == "" {
		p.draw(false)
		return
	}
	kit.Ask(p.host.Canvas(), "换一张恢复单", "找不到了、或者给别人看到了，才换。换了以后请把旧的销毁；以前锁的内容会照新的再锁一份。", "换一张", func() { p.draw(true) })
}

func (p *Page) draw(replace bool) {
	made := func(context.Context) ([]string, error) { return p.do.Make(replace) }
	kit.Do(p.host.Run, p.host.Context, made, func(words []string, err error) {
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.words, p.safe = words, false
		p.some.SetText("")
		p.lay()
	})
}

// act does something away from the main thread and tells what came of it.
func (p *Page) act(do func(context.Context) error, done func(error)) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) },
		func(_ struct{}, err error) { done(err) })
}

// kept goes on to the characters once the sheet is on paper or in a file.
func (p *Page) kept(says string, err error) {
	if err != nil {
		p.say(kit.Bad, p.host.Explain(err))
		return
	}
	p.safe = true
	p.say(kit.Good, says)
	p.Shown()
	kit.Focus(p.some)
}

func (p *Page) print() {
	p.say(kit.Plain, "正在打印恢复单…")
	p.act(p.do.Print, func(err error) {
		p.kept("已送到打印机，电脑里没有留。打好以后请做第③步。", err)
	})
}

func (p *Page) save() {
	kit.Browse(p.host.Canvas(), "恢复单存到哪里", "", func(dir string) {
		saved := func(ctx context.Context) (string, error) { return p.do.Save(ctx, dir) }
		kit.Do(p.host.Run, p.host.Context, saved, func(file string, err error) {
			p.kept("已存到 "+file+"。打印以后请把这个文件删掉，再做第③步。", err)
		})
	})
}

// copy shows the sheet to whoever copies it by hand.
func (p *Page) copy() {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (image.Image, error) {
		img, err := p.do.Picture()
		if err == nil {
			err = p.do.Copy(ctx)
		}
		return img, err
	}, func(img image.Image, err error) {
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.kept("请照抄好的纸做第③步。", nil)
		var s *kit.Dialog
		s = kit.Show(p.host.Canvas(), "看着抄：十二个字、编号、日期、单位名称", kit.Pictures([]image.Image{img}, 640),
			fyne.NewSize(860, 2000),
			kit.NewButton("抄好了", "Esc", true, func() { s.Close(); kit.Focus(p.some) }))
	})
}

// compare holds what was typed back against the sheet.
func (p *Page) compare() {
	if p.words == nil || !p.safe {
		return
	}
	typed, wrong := []rune(spelling.Plain(p.some.Text)), []string{}
	typed = []rune(strings.Join(strings.Fields(string(typed)), ""))
	if len(typed) != len(asked) {
		p.part["some"].Say(fmt.Sprintf("要填 %d 个字，现在是 %d 个", len(asked), len(typed)))
		kit.Focus(p.some)
		return
	}
	for i, at := range asked {
		if string(typed[i]) != p.words[at-1] {
			wrong = append(wrong, fmt.Sprint(at))
		}
	}
	if len(wrong) > 0 {
		p.part["some"].Say("第 " + strings.Join(wrong, "、") + " 个字不对，请看纸上。纸上印错、抄错了的，重新打印或改正")
		kit.Focus(p.some)
		return
	}
	p.part["some"].Say("")
	p.act(p.do.Tried, func(err error) {
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.words, p.safe = nil, false
		p.some.SetText("")
		p.say(kit.Good, "对的。请在单子上记一笔，装进信封，锁进保险柜。")
		p.Shown()
	})
}

// try tries all characters, or opens what is locked.
func (p *Page) try() {
	text := p.all.Text
	p.part["all"].Say("")
	typed := func(ctx context.Context) (string, error) { return p.do.Typed(ctx, text) }
	kit.Do(p.host.Run, p.host.Context, typed, func(says string, err error) {
		if err != nil {
			p.part["all"].Say(p.host.Explain(err))
			kit.Focus(p.all)
			return
		}
		p.all.SetText("")
		p.say(kit.Good, says)
		p.Shown()
	})
}

// giveUp asks whether the sheet is lost for good.
func (p *Page) giveUp() {
	kit.Ask(p.host.Canvas(), "恢复单找不到了", "请再找一找：保险柜、铁皮柜、交接的文件袋。确实没有了，这几件的保密内容就打不开；记下以后不再提醒，哪天找到了还可以打开。",
		"找不到了", func() { p.acknowledge(true) })
}

func (p *Page) acknowledge(locked bool) {
	known := func(ctx context.Context) (int, error) { return p.do.Known(ctx, locked) }
	kit.Do(p.host.Run, p.host.Context, known, func(n int, err error) {
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.say(kit.Plain, fmt.Sprintf("记下了。这 %d 件的页上写明内容不在了；以后找到恢复单，还可以打开。", n))
		p.Shown()
	})
}
