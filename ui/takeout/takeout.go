// Package takeout is the page 导出: everything that a home keeps in open formats, masked unless somebody asks for all, and the
// page for a web site. Where and what is chosen here; the window does it (Actions).
package takeout

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/export"
	"lianluo.local/app/paper"
	"lianluo.local/data/day"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window; both are called away from the main thread.
type Actions struct {
	// Export writes into a new folder, and says what else is to be told of it
	Export func(ctx context.Context, dir string, w export.Wish) (more string, err error)
	// Public writes the page of a web site into a file; it fails with paper.Unchecked until somebody looked through the titles
	Public    func(ctx context.Context, file, from, to string, checked bool) error
	Templates []string // that the county's rules have, for an office above
	Now       func() time.Time
	Back      string // the page from which this one is opened
}

// The ways in which citizens stand in a folder.
const (
	masked, whole = "masked", "whole"
)

var warnings = map[string]string{
	masked: "姓名只留姓（王**），电话、住址遮住，没有原话，保密件没有内容。里面仍有办理的细节，发给别人以前请先看一遍。",
	whole:  "里面有群众的姓名、电话、住址和原话。只用来自己存档：请存在加密的U盘上，锁好，用完就删，不要发到网上、群里。",
}

// Page is the page 导出.
type Page struct {
	host     kit.Host
	do       Actions
	folder   *kit.Folder
	from, to *kit.Entry
	who      *kit.Chips
	formats  *kit.Chips
	fields   map[string]*kit.Field
	warning  *kit.Label
	notice   *kit.Notice
	all, web *kit.Button
	busy     bool
	object   fyne.CanvasObject
}

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, notice: kit.NewNotice(), folder: kit.NewFolder("U盘或文件夹的位置", h.Canvas), from: kit.NewEntry("不写就是从头"),
		to: kit.NewEntry("不写就到今天"), warning: kit.Text(warnings[masked]),
		who: kit.NewChips(false, kit.Option{Code: masked, Text: "遮住"}, kit.Option{Code: whole, Text: "全部写出"})}
	var formats []kit.Option
	for _, f := range []struct {
		of   export.Format
		text string
	}{{export.XLSX, "Excel"}, {export.CSV, "csv"}, {export.JSON, "JSON"}, {export.Open311, "Open311"}} {
		formats = append(formats, kit.Option{Code: f.of.Code, Text: f.text})
	}
	for _, name := range do.Templates {
		formats = append(formats, kit.Option{Code: export.Template.Code + ":" + name, Text: name})
	}
	p.formats = kit.NewChips(true, formats...)
	p.formats.Choose(export.XLSX.Code, export.CSV.Code, export.JSON.Code, export.Open311.Code)
	p.who.Choose(masked)
	p.who.Always, p.who.OnChanged = true, func() { p.warning.SetText(warnings[p.who.One()]) }
	p.fields = map[string]*kit.Field{"out": kit.NewField("放在哪里", true, p.folder.Container), "from": kit.NewField("从哪天", false, p.from),
		"to": kit.NewField("到哪天", false, p.to), "format": kit.NewField("格式", true, p.formats)}
	p.all = kit.NewButton("导出", "Ctrl+Enter", true, p.Export)
	p.web = kit.NewButton("做网站公开页…", "", false, func() { p.public(false) })
	form := kit.Rows(p.fields["out"].Container, kit.NewField("群众信息", true, container.NewVBox(p.who, p.warning)).Container,
		p.fields["format"].Container, p.fields["from"].Container, p.fields["to"].Container)
	about := kit.Card(container.NewVBox(kit.Bold("导出什么"),
		kit.Text("事项和全部经过、答复、场次、代表、单位、代表建议，和它们之间的联系，放进一个新的文件夹；里面的 README.txt 说明每个文件是什么。整个写好才会出现，已有的文件夹不动。"),
		kit.Bold("网站公开页"), kit.Text("一个网页文件，放到县里的网站上：反映了什么、办得怎样、近期谁在哪里接待，没有群众的姓名和住址。日子不写就是上个月。")))
	p.object = kit.Page("导出", "资料可以随时整份拿走，什么程序都打得开。", container.NewBorder(p.notice.Container, nil, nil, nil, kit.Scroll(container.NewVBox(form, about))),
		kit.NewButton("返回", "Esc", false, func() { p.Back() }), p.web, p.all)
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyReturn, Ctrl: true}: p.Export, {Name: fyne.KeyEnter, Ctrl: true}: p.Export}
}

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go(p.do.Back)
	return true
}

// Shown has nothing to ask anew.
func (p *Page) Shown() {}

// where reads place and days; what is wrong stands below the fields.
func (p *Page) where() (dir, from, to string, ok bool) {
	ok = true
	say := func(field, why string) {
		if p.fields[field].Say(why); why != "" {
			ok = false
		}
	}
	dir = strings.TrimSpace(p.folder.Entry.Text)
	say("out", map[bool]string{true: "请选一个放的地方"}[dir == ""])
	from, why := day.Date(p.from.Text, p.do.Now())
	say("from", why)
	to, why = day.Date(p.to.Text, p.do.Now())
	if why == "" && from != "" && to != "" && to < from {
		why = "早于开始的日子，请核对"
	}
	say("to", why)
	return dir, from, to, ok
}

// Export writes everything into a new folder in the place that was chosen.
func (p *Page) Export() {
	dir, from, to, ok := p.where()
	var w export.Wish
	chosen := p.formats.Chosen()
	p.fields["format"].Say(map[bool]string{true: "请选一种"}[len(chosen) == 0])
	if !ok || len(chosen) == 0 || p.busy {
		return
	}
	if err := w.Parse(strings.Join(chosen, ",")); err != nil {
		p.fields["format"].Say(p.host.Explain(err))
		return
	}
	w.From, w.To, w.Private = from, to, p.who.One() == whole
	name := "联络站资料 " + p.do.Now().Format("2006-01-02 1504")
	if w.Private {
		name += " 未遮住"
	}
	if slices.Equal(w.Formats, []export.Format{export.Template}) && len(w.Templates) == 1 {
		name = w.Templates[0] + " " + p.do.Now().Format("2006-01-02 1504")
	}
	write := func() { p.write(filepath.Join(dir, name), w) }
	if w.Private {
		kit.Ask(p.host.Canvas(), "全部写出", warnings[whole], "我会保管好，导出", write)
		return
	}
	write()
}

func (p *Page) write(dir string, w export.Wish) {
	p.busy = true
	p.notice.Say(kit.Plain, "正在导出，资料多的要几分钟；可以去做别的。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (string, error) { return p.do.Export(ctx, dir, w) },
		func(more string, err error) { p.done(dir, more, err) })
}

func (p *Page) done(where, more string, err error) {
	p.busy = false
	if err != nil {
		p.notice.Say(kit.Bad, p.host.Explain(err))
		return
	}
	p.notice.Say(kit.Good, "写好了，在 "+where+"。"+more)
}

// public writes the page of a web site, after somebody looked through its titles.
func (p *Page) public(checked bool) {
	dir, from, to, ok := p.where()
	if !ok || p.busy {
		return
	}
	file := filepath.Join(dir, "群众意见办理情况 "+p.do.Now().Format("2006-01-02")+".html")
	p.busy = true
	p.notice.Say(kit.Plain, "正在做网站公开页…")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (string, error) { return file, p.do.Public(ctx, file, from, to, checked) },
		func(where string, err error) {
			var look paper.Unchecked
			if errors.As(err, &look) && !checked {
				p.busy = false
				p.notice.Say(kit.Plain, "")
				kit.Ask(p.host.Canvas(), "公开前看一看", look.Sentence()+"\n这些字在页上会写成 **。", "都看过了，可以公开", func() { p.public(true) })
				return
			}
			p.done(where, "", err)
		})
}
