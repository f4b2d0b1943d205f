// Package restore is the page 备份和恢复: the copies that there are, a copy now, and five steps that put one back. Whoever
// opens it has often lost something, so it says at every step what will happen and that nothing is deleted.
package restore

import (
	"context"
	"fmt"
	"image/color"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/archive"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window.
type Actions struct {
	Copies func(dir string) []archive.Copy                                // those of this computer, and of a folder
	Look   func(context.Context, string) (archive.Contents, error)        // verifies one
	Take   func(ctx context.Context, dir string) (file string, err error) // makes one now; nil where the records cannot be opened
	Put    func(file string)                                              // puts one back; the window opens anew
	Second string                                                         // where the weekly copy goes, too
	Keep   func(dir string)                                               // another such place
}

// Page is the page 备份和恢复.
type Page struct {
	host   kit.Host
	do     Actions
	notice *kit.Notice
	stick  *kit.Folder
	table  *kit.Table[archive.Copy]
	holds  *widget.Label
	put    *kit.Button
	looked string // the copy that was verified
	object fyne.CanvasObject
}

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, notice: kit.NewNotice(), stick: kit.NewFolder("U盘或另一块硬盘的位置，可以不填", h.Canvas), holds: kit.Text("")}
	p.stick.Entry.SetText(do.Second)
	p.stick.Entry.OnChanged = func(string) { p.Shown() }
	p.table = kit.NewTable("还没有备份。每周会自动做一份。",
		kit.Column[archive.Copy]{Title: "哪天的", Width: 12, Text: func(c archive.Copy) string { return c.Taken.Format("2006年1月2日 15:04") }},
		kit.Column[archive.Copy]{Title: "大小", Width: 5, Text: func(c archive.Copy) string { return size(c.Size) }},
		kit.Column[archive.Copy]{Title: "是什么", Text: kind})
	p.table.OnChosen = func(c archive.Copy) {
		if c.File != p.looked {
			p.forget()
		}
	}
	p.put = kit.NewButton("放回这一份…", "", false, p.ask)
	room := canvas.NewRectangle(color.Transparent) // of four lines and their titles
	room.SetMinSize(fyne.NewSize(0, 5*48))
	table := container.NewStack(room, p.table.Container)
	rows := []fyne.CanvasObject{p.notice.Container}
	if do.Take != nil {
		rows = append(rows, kit.Card(container.NewVBox(kit.Bold("备份"), kit.Text("每周自动备份一份，留最近五份。再往U盘上放一份，电脑坏了也不怕；U盘请放在另一个地方。"),
			p.stick.Container, container.NewHBox(kit.NewButton("现在备份", "", false, p.take), kit.NewButton("以后每周也往这里放一份", "", false, p.keep)))))
	} else {
		rows = append(rows, kit.Card(container.NewVBox(kit.Text("备份在U盘上的，请先填U盘的位置："), p.stick.Container)))
	}
	step := func(says, button, page string) fyne.CanvasObject {
		if do.Take == nil { // there are no pages to go to
			return kit.Text(says)
		}
		return container.NewBorder(nil, nil, nil, container.NewCenter(kit.NewButton(button, "", false, func() { p.host.Go(page) })), kit.Text(says))
	}
	rows = append(rows, kit.Card(container.NewVBox(kit.Bold("恢复：电脑坏过、资料打不开、误删了"),
		kit.Text("① 选一份备份，一般选最近的。"), table,
		container.NewBorder(nil, nil, nil, kit.NewButton("核对", "", false, p.look), kit.Text("② 核对这一份是不是好的、是不是本单位的。")), p.holds,
		container.NewBorder(nil, nil, nil, p.put, kit.Text("③ 放回。现在的资料另外留着，不会删。")),
		step("④ 报送一次：备份以后的记录会从上级自动补回来。", "去报送", "exchange"),
		step("⑤ 到台账看看最后几件。以后登记换一个字母，编号不会重。", "去台账", "book"))),
		kit.Card(container.NewVBox(kit.Bold("换了新电脑"), kit.Text("① 在新电脑上装好程序，选同样的单位和共享文件夹。② 有备份U盘的，先照上面放回。③ 按一次“现在报送”。④ 打电话给上级，"+
			"逐位核对校验号，请他选“换掉旧的”。⑤ 再报送一次，以前的记录会自己回来。"))))
	var acts []fyne.CanvasObject
	if do.Take != nil {
		acts = append(acts, kit.NewButton("返回", "Esc", false, func() { p.Back() }))
	}
	p.object = kit.Page("备份和恢复", "放心：这里的每一步都不会删掉已有的资料。", kit.Scroll(kit.Rows(rows...)), acts...)
	p.forget()
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go("preferences")
	return true
}

// Shown looks for copies again.
func (p *Page) Shown() {
	dir := strings.TrimSpace(p.stick.Entry.Text)
	kit.Do(p.host.Run, p.host.Context, func(context.Context) ([]archive.Copy, error) { return p.do.Copies(dir), nil }, func(list []archive.Copy, _ error) {
		p.table.Update(list, func(a, b archive.Copy) bool { return a.File == b.File })
	})
}

func (p *Page) forget() {
	p.looked = ""
	p.holds.SetText("")
	p.holds.Hide()
	p.put.Disable()
}

// take makes a copy now, on the stick where one is named.
func (p *Page) take() {
	dir := strings.TrimSpace(p.stick.Entry.Text)
	p.notice.Say(kit.Plain, "正在备份，请稍等，先不要拔U盘。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (string, error) { return p.do.Take(ctx, dir) }, func(file string, err error) {
		if err != nil {
			p.notice.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.notice.Say(kit.Good, "已备份，并打开核对过："+filepath.Base(file))
		p.Shown()
	})
}

func (p *Page) keep() {
	p.do.Keep(strings.TrimSpace(p.stick.Entry.Text))
	p.notice.Say(kit.Good, "记住了。每周备份时，U盘在就也放一份。")
}

// look verifies the chosen copy and says what it holds.
func (p *Page) look() {
	if _, ok := p.table.Chosen(); !ok {
		p.table.Choose(0) // the newest
	}
	c, ok := p.table.Chosen()
	if !ok {
		p.notice.Say(kit.Bad, "还没有备份。备份在U盘上的，请先填U盘的位置。")
		return
	}
	p.forget()
	p.notice.Say(kit.Plain, "正在核对，请稍等。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (archive.Contents, error) { return p.do.Look(ctx, c.File) }, func(h archive.Contents, err error) {
		if err != nil {
			p.notice.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.notice.Say(kit.Plain, "")
		says := "✓ 这一份是好的，里面还没有事项。"
		if h.Matters > 0 {
			says = fmt.Sprintf("✓ 这一份是好的：%d 件，最后一件 %s（%s）。", h.Matters, h.Newest, h.Last.Format("1月2日"))
		}
		p.holds.SetText(says)
		p.holds.Importance = widget.SuccessImportance
		p.holds.Show()
		p.looked = c.File
		p.put.Enable()
	})
}

// ask puts the verified copy back.
func (p *Page) ask() {
	file := p.looked
	kit.Ask(p.host.Canvas(), "放回备份", "放回以后，本机的资料就是这一份的样子；备份以后的记录，报送时会自动补回来。现在的资料另外留着，不会删。", "放回", func() { p.do.Put(file) })
}

// kind says in words how a copy came to be.
func kind(c archive.Copy) string {
	name := filepath.Base(c.File)
	switch {
	case c.Replaced():
		return "放回别的备份时换下来的"
	case strings.HasPrefix(name, "weekly-"):
		return "每周自动做的"
	case strings.HasPrefix(name, "taken-"):
		return "按“现在备份”做的"
	case strings.HasPrefix(name, "before-"):
		return "程序升级以前的"
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
