package restore

import (
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/archive"
	"lianluo.local/ui/kit"
)

// The sides of the page. Where the records cannot be opened there is putting alone.
const copying, putting, renewing = "copying", "putting", "renewing"

// turn shows the side whose chip was pressed.
func (p *Page) turn() {
	if p.chips.One() != "" {
		p.choose(p.chips.One())
		return
	}
	for code, s := range p.sides {
		if s.Visible() {
			p.choose(code)
		}
	}
}

func (p *Page) choose(code string) {
	p.chips.Choose(code)
	for c, s := range p.sides {
		if s.Hide(); c == code {
			s.Show()
		}
	}
	p.object.Refresh()
}

// Begin shows the steps from the first one, with a sentence above them and the cursor where the stick is named.
func (p *Page) Begin(says string) {
	p.choose(putting)
	p.say(kit.Good, says)
	kit.Focus(p.stick.Entry)
}

// Steps shows the steps that put a copy back, and a sentence about the last one taken.
func (p *Page) Steps(tone kit.Tone, says string) {
	p.choose(putting)
	p.say(tone, says)
	p.sides[putting].ScrollToBottom() // the next step is near the end
}

// copying is the side about a copy now.
func (p *Page) copying() fyne.CanvasObject {
	return kit.Card(container.NewVBox(
		kit.Text("每周自动备份一份，留最近五份。再往U盘上放一份，电脑坏了也不怕。"),
		kit.Text("U盘上有群众的姓名、电话，请锁好，和电脑分开放。报送用的U盘不能放备份，请另用一个。"),
		container.NewHBox(kit.NewButton("现在备份", "", false, p.take), kit.NewButton("以后每周也往U盘放一份", "", false, p.keep)),
		p.sealing()))
}

// restoring is the side of the five steps.
func (p *Page) restoring() fyne.CanvasObject {
	steps := container.NewVBox(step("② 核对：打开看看是不是好的、是不是本单位的、里面有什么。", kit.NewButton("核对", "", false, p.look)),
		p.then.object, p.holds,
		step("③ 放回。现在的资料另外留着，不会删。", p.put))
	last := []struct{ says, button, page string }{
		{"④ 报送一次：备份以后送出过、收到过的记录会自动补回来。", "去报送", "exchange"},
		{"⑤ 到台账看看最后几件。以后登记换一个字母，编号不会重。", "去台账", "book"},
	}
	for _, s := range last {
		if p.do.Take == nil { // there are no pages to go to yet
			steps.Add(kit.Text(s.says))
			continue
		}
		steps.Add(step(s.says, kit.NewButton(s.button, "", false, func() { p.host.Go(s.page) })))
	}
	return kit.Card(container.NewBorder(kit.Text("① 选一份备份，一般选最近的。"), steps, nil, nil,
		container.New(lines(3), p.table.Container)))
}

// another is the side about another computer.
func (p *Page) another() fyne.CanvasObject {
	card := container.NewVBox()
	for _, says := range []string{
		"① 在新电脑上装好程序，选同样的单位和共享文件夹。",
		"② 有备份U盘的，先照“恢复”放回；没有也可以。",
		"③ 到“报送”按一次“现在报送”。",
		"④ 打电话给上级，互相念校验号，两边各填一次，请他选“换掉旧的”；有下级的，也互相核对。",
		"⑤ 再报送一次，以前送出过的记录会自己回来。",
	} {
		card.Add(kit.Text(says))
	}
	card.Add(step("⑥ 要求保密的群众的姓名、电话、原话，拿保险柜里的恢复单打开。", kit.NewButton("恢复单…", "", false, func() { p.host.Go("sheet") })))
	return kit.Card(card)
}

// step is what to do, with the button that does it.
func step(says string, b *kit.Button) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewCenter(b), kit.Text(says))
}

// lines keeps room for so many lines of a table.
type lines int

func (n lines) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(n)*max(48, kit.Bold("国").MinSize().Height+8))
}

func (lines) Layout(os []fyne.CanvasObject, size fyne.Size) { os[0].Resize(size) }

// kind says in words how a copy came to be; the name of a file that none of our programs named.
func kind(c archive.Copy) string {
	name := filepath.Base(c.File)
	for _, k := range []struct{ begins, says string }{
		{"weekly-", "每周自动做的"}, {"year-", "年度档案，一直留着"}, {"taken-", "按“现在备份”做的"}, {"before-", "程序升级以前的"},
		{"联络站备份-", "放在U盘上的"},
	} {
		if strings.HasPrefix(name, k.begins) {
			return k.says
		}
	}
	if c.Replaced() {
		return "放回别的备份时换下来的"
	}
	return name
}

// size writes bytes as people say it.
func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
