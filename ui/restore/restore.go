// Package restore is the page 备份和恢复. It has a side for each thing that people come for: a copy now, five steps that put
// one back, another computer. Whoever opens it has often lost something, so it says at every step what will happen and
// that nothing is deleted.
package restore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/archive"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window.
type Actions struct {
	Copies func(dir string) []archive.Copy                               // those of this computer, and of a folder; "" for none
	Look   func(context.Context, string, Then) (archive.Contents, error) // verifies one
	Put    func(file string, by Then)                                    // puts one back; the window opens anew
	Unit   string                                                        // whose copies these are, by name
	Second string                                                        // where the weekly copy goes, too; "" for nowhere

	// Nil where the records cannot be opened: then a copy can be put back, and nothing else.
	Take func(ctx context.Context, dir string) error // makes a verified copy now, into the home where dir is ""
	Keep func(dir string) error                      // another place for the weekly copy; "" for none

	Readable func() int // copies that anybody can read, because they were taken before the home had a key
	// seals those; the names of files that it could not read are left
	Seal func(context.Context) (done int, left []string, err error)
}

// Then is what somebody has who had a copy made where another key lies: his name and password of then, or the characters
// of the recovery sheet of then.
type Then struct{ Name, Password, Sheet string }

// Page is the page 备份和恢复.
type Page struct {
	host   kit.Host
	do     Actions
	notice *kit.Notice
	stick  *kit.Folder
	field  *kit.Field
	table  *kit.Table[archive.Copy]
	holds  *kit.Label
	put    *kit.Button
	looked string // the copy that was verified, and may be put back
	then   *then
	bare   *kit.Label // how many copies anybody can read
	seal   *fyne.Container
	chips  *kit.Chips
	sides  map[string]*container.Scroll // by the code of their chips
	object fyne.CanvasObject
}

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, notice: kit.NewNotice(), stick: kit.NewFolder("插好U盘，选它的位置；不用U盘就空着", h.Canvas),
		holds: kit.Text("")}
	p.stick.Entry.SetText(do.Second)
	p.stick.Entry.OnChanged = func(string) { p.field.Say(""); p.Shown() }
	p.field = kit.NewField("U盘", false, p.stick.Container)
	p.table = kit.NewTable("还没有备份。每周会自动做一份。",
		kit.Column[archive.Copy]{Title: "哪天的", Width: 11,
			Text: func(c archive.Copy) string { return c.Taken.Format("2006年1月2日 15:04") }},
		kit.Column[archive.Copy]{Title: "大小", Width: 4.5, Text: func(c archive.Copy) string { return size(c.Size) }},
		kit.Column[archive.Copy]{Title: "是什么", Text: kind},
		kit.Column[archive.Copy]{Title: "核对过没有", Width: 7, Text: func(c archive.Copy) string {
			switch {
			case c.File == p.looked:
				return "✓ 刚核对过"
			case c.Replaced() || kind(c) == filepath.Base(c.File): // nobody of ours wrote it as a copy
				return "还没有"
			}
			return "✓ 备份时核对过"
		}})
	p.table.OnChosen = func(c archive.Copy) {
		if c.File != p.looked {
			p.forget()
			p.then.object.Hide()
		}
	}
	p.holds.Importance = widget.SuccessImportance
	p.then = newThen(p.look)
	p.put = kit.NewButton("放回这一份…", "", false, p.ask)
	p.sides = map[string]*container.Scroll{putting: kit.Scroll(p.restoring())}
	head, sides := kit.Rows(p.notice.Container), container.NewStack()
	var acts []fyne.CanvasObject
	p.chips = kit.NewChips(false)
	if do.Take != nil {
		p.sides[copying], p.sides[renewing] = kit.Scroll(p.copying()), kit.Scroll(p.another())
		p.chips.SetOptions([]kit.Option{{Code: copying, Text: "备份"}, {Code: putting, Text: "恢复"},
			{Code: renewing, Text: "换了新电脑"}})
		p.chips.OnChanged = p.turn
		head.Add(p.chips)
		acts = append(acts, kit.NewButton("返回", "Esc", false, func() { p.Back() }))
	} else {
		head.Add(kit.Text("备份在U盘上的，请先插好U盘，选它的位置。"))
	}
	head.Add(p.field.Container)
	for _, s := range p.sides {
		sides.Add(s)
	}
	p.object = kit.Page("备份和恢复", "放心：这里的每一步都不会删掉已有的资料。", container.NewBorder(head, nil, nil, nil, sides), acts...)
	p.forget()
	p.choose(copying)
	if do.Take == nil {
		p.choose(putting)
	}
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go("preferences")
	return true
}

// dir is the stick that is named, "" for none.
func (p *Page) dir() string { return strings.TrimSpace(p.stick.Entry.Text) }

// Shown looks for copies again.
func (p *Page) Shown() {
	dir, bare := p.dir(), 0
	kit.Do(p.host.Run, p.host.Context, func(context.Context) ([]archive.Copy, error) {
		if p.do.Readable != nil {
			bare = p.do.Readable()
		}
		return p.do.Copies(dir), nil
	},
		func(list []archive.Copy, _ error) {
			if dir != p.dir() { // typed on meanwhile
				return
			}
			p.uncovered(bare)
			p.table.Update(list, func(a, b archive.Copy) bool { return a.File == b.File })
			if c, _ := p.table.Chosen(); c.File != p.looked { // the stick was pulled out
				p.forget()
			}
		})
}

func (p *Page) say(tone kit.Tone, s string) {
	p.notice.Say(tone, s)
	p.object.Refresh() // makes room, or takes it back
}

// forget says that nothing was verified that might be put back.
func (p *Page) forget() {
	p.looked = ""
	p.holds.Hide()
	p.put.Disable()
	p.table.Refresh()
}

// take makes a copy now, on the stick where one is named.
func (p *Page) take() {
	dir := p.dir()
	p.field.Say("")
	p.say(kit.Plain, "正在备份，请稍等，先不要拔U盘。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.do.Take(ctx, dir)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.wrong(err)
			return
		}
		p.say(kit.Good, "已备份到"+cmp.Or(dir, "本机")+"，打开核对过，是好的。")
		p.Shown()
	})
}

func (p *Page) wrong(err error) {
	p.say(kit.Plain, "")
	p.field.Say(p.host.Explain(err))
	kit.Focus(p.stick.Entry)
}

// keep lets the weekly copy go to the stick, too.
func (p *Page) keep() {
	dir := p.dir()
	p.field.Say("")
	if err := p.do.Keep(dir); err != nil {
		p.wrong(err)
		return
	}
	says := "记住了。每周备份时，U盘插着就也往上面放一份。"
	if dir == "" {
		says = "记住了。以后每周只在本机备份，不往U盘上放。"
	}
	p.say(kit.Good, says)
}

// look verifies the chosen copy and says what it holds.
func (p *Page) look() {
	if _, ok := p.table.Chosen(); !ok {
		p.table.Choose(0) // the newest
	}
	c, ok := p.table.Chosen()
	if !ok {
		p.say(kit.Bad, "还没有备份。备份在U盘上的，请先填U盘的位置。")
		return
	}
	p.forget()
	by := p.then.typed()
	p.say(kit.Plain, "正在核对，请稍等。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (archive.Contents, error) {
		return p.do.Look(ctx, c.File, by)
	}, func(h archive.Contents, err error) {
		if errors.Is(err, archive.ErrLocked) && by == (Then{}) {
			p.say(kit.Plain, "")
			p.then.ask()
			p.object.Refresh()
			p.sides[putting].ScrollToBottom()
			return
		}
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.say(kit.Plain, "")
		if now, _ := p.table.Chosen(); now.File != c.File { // another was chosen meanwhile
			return
		}
		says := fmt.Sprintf("✓ 这一份是好的，是%s的，里面有 %d 件。", p.do.Unit, h.Matters)
		if h.Matters > 0 {
			says += fmt.Sprintf("\n最后一件 %s，%s登记。", h.Newest, h.Last.Format("2006年1月2日"))
		}
		p.holds.SetText(says)
		p.holds.Show()
		p.looked = c.File
		p.put.Enable()
		p.object.Refresh()
		p.sides[putting].ScrollToBottom() // in large print the next steps lie below
		kit.Focus(p.put)
	})
}

// ask puts the verified copy back.
func (p *Page) ask() {
	file, by := p.looked, p.then.typed()
	kit.Ask(p.host.Canvas(), "放回备份", "以这一份为底，现在的资料里还读得出的、这一份没有的，会自动补进去，一条不丢；其余送出过、收到过的，报送时补回来。现在的资料另外留着，不会删。", "放回",
		func() { p.do.Put(file, by) })
}
