// Package preferences is the page 设置帮助: what may be changed after the first start, and how the program is used.
//
// Everything is kept with 保存, except how the window looks: that is seen at once and kept at once. What is being typed
// is never overwritten by the page itself.
package preferences

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/printer"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/settings"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// papers are the sizes on which receipts are printed.
var papers = []kit.Option{{Code: "a5", Text: "A5 两联"}, {Code: "a4", Text: "A4"}, {Code: "80mm", Text: "80 毫米小票"}}

// unsigned stands for files that are not signed, which settings keep as "".
const unsigned = "\x00"

// signs are the ways in which files of papers are signed.
var signs = []kit.Option{{Code: unsigned, Text: "不签"}, {Code: "inside", Text: "签在文件里"}, {Code: "beside", Text: "另存签名文件"}}

// system stands for the system's own choice of a printer, which settings keep as "".
const system = "\x00"

// Page is the page 设置帮助.
type Page struct {
	host    kit.Host
	home    home.Home
	s       *settings.Settings
	present func(context.Context, settings.Settings) error
	changed func()

	phone, hours, clerk, organisation *kit.Entry
	printer, paper, sign              *kit.Chips
	textSize, theme                   *kit.Chips
	folder                            *kit.Folder
	phoneField, folderField           *kit.Field
	notice                            *kit.Notice
	whole                             bool // the fields are to be kept, not the look alone
	writing                           kit.Pump
	object                            fyne.CanvasObject
}

// New makes the page over the settings of a home, in a window with so many numbered pages; in one that is staffed, whoever
// sits there has said who he is, and sees the doors of the pages that he has. present tells those who know this unit what was
// changed of it, before it is kept; changed is called on the main thread after s has changed.
func New(h kit.Host, home home.Home, s *settings.Settings, pages int, staffed bool, has func(page string) bool,
	present func(context.Context, settings.Settings) error, changed func(), d Doors) *Page {
	p := &Page{host: h, home: home, s: s, present: present, changed: changed, notice: kit.NewNotice(),
		phone: kit.NewEntry("印在回执上"), hours: kit.NewEntry("什么时候有人接电话"), clerk: kit.NewEntry("平时谁在这里登记"),
		organisation: kit.NewEntry("印在回执抬头"), folder: kit.NewFolder("U盘或共享文件夹的位置", h.Canvas),
		printer: kit.NewChips(false), paper: kit.NewChips(false, papers...),
		sign: kit.NewChips(false, signs...)}
	p.phone.SetText(s.Phone)
	p.hours.SetText(s.Hours)
	p.clerk.SetText(s.Clerk)
	p.organisation.SetText(s.Organisation)
	p.folder.Entry.SetText(s.Folder)
	p.phoneField = kit.NewField("电话", false, p.phone)
	p.folderField = kit.NewField("共享文件夹", false, p.folder.Container)
	var sizes, themes []kit.Option
	for i, size := range look.TextSizes {
		code := strconv.Itoa(int(size))
		sizes = append(sizes, kit.Option{Code: code, Text: []string{"小", "中", "大", "特大"}[i] + " " + code})
	}
	for _, v := range look.Variants {
		themes = append(themes, kit.Option{Code: v.Code, Text: v.Name})
	}
	p.textSize, p.theme = kit.NewChips(false, sizes...), kit.NewChips(false, themes...)
	always(p.paper, cmp.Or(s.Paper, "a5"), nil)
	always(p.sign, cmp.Or(s.Sign, unsigned), nil)
	always(p.textSize, strconv.Itoa(int(cmp.Or(s.TextSize, 18))), p.see)
	always(p.theme, cmp.Or(s.Theme, "light"), p.see)
	always(p.printer, cmp.Or(s.Printer, system), nil)
	p.offer(nil)
	clerk := kit.NewField("经办人", false, p.clerk).Container
	if clerk.Hidden = staffed; staffed { // a name that anybody could read
		p.clerk.SetText("")
	}
	form := kit.Rows(kit.NewField("名称", false, kit.Hint(s.Name)).Container,
		p.phoneField.Container, kit.NewField("接听时间", false, p.hours).Container,
		clerk, kit.NewField("单位抬头", false, p.organisation).Container, p.folderField.Container,
		kit.NewField("打印机", false, p.printer).Container, kit.NewField("回执纸张", false, p.paper).Container,
		kit.NewField("给文件签名", false, p.sign).Container, kit.NewField("字的大小", false, p.textSize).Container,
		kit.NewField("颜色", false, p.theme).Container,
		kit.NewField("资料位置", false, kit.Hint(string(home))).Container)
	acts := []fyne.CanvasObject{}
	door := func(page, says string, does func()) {
		if has(page) {
			acts = append(acts, kit.NewButton(says, "", false, does))
		}
	}
	if s.Role != journal.Station {
		door("aid", "帮下级打开…", func() { h.Go("aid") })
	} else { // who receives citizens hears what nobody else may
		door("old-reception", "导入旧登记簿…", func() { oldBook(h) })
		door("sheet", "恢复单…", func() { h.Go("sheet") })
	}
	door("takeout", "导出…", func() { h.Go("takeout") })
	door("copies", "备份和恢复…", func() { h.Go("copies") })
	door("lost", "丢了电脑、U盘…", func() { h.Go("lost") })
	acts = append(acts, kit.NewButton("保存", "", true, p.Save))
	p.object = kit.Page("设置帮助", "改好以后按“保存”。字的大小和颜色一点就变，不用保存。",
		container.NewBorder(p.notice.Container, nil, nil, nil,
			container.New(beside{}, kit.Scroll(form), kit.Scroll(help(s.Role, pages, d)))), acts...)
	return p
}

// oldBook asks which of the three books an old register is.
func oldBook(h kit.Host) {
	var on *kit.Dialog
	box := container.NewVBox(kit.Hint("本站（点）以前用 Excel、WPS 记的登记簿，按表里的日子补录进来。导入以前先看一遍，导错了可以整批撤回。"))
	var first *kit.Button
	for _, w := range words.Registers {
		b := kit.NewButton(w.Name+"登记簿", "", first == nil, func() {
			on.Close()
			h.Go("old-" + w.Code)
		})
		if box.Add(b); first == nil {
			first = b
		}
	}
	on = kit.Show(h.Canvas(), "导入哪一本旧登记簿", kit.Scroll(container.NewPadded(box)), fyne.NewSize(720, 460),
		kit.NewButton("不导入了", "Esc", false, func() { on.Close() }))
	kit.Focus(first)
}

// always keeps one chip chosen: what is chosen again stays.
func always(c *kit.Chips, chosen string, told func()) {
	c.Choose(chosen)
	c.Always, c.OnChanged = true, told
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown asks which printers there are now.
func (p *Page) Shown() {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]string, error) { return printer.List(ctx), nil },
		func(names []string, _ error) { p.offer(names) })
}

// offer shows printers to choose from; the one that was chosen stays, connected or not.
func (p *Page) offer(names []string) {
	list := []kit.Option{{Code: system, Text: "系统默认"}}
	for _, name := range names {
		list = append(list, kit.Option{Code: name, Text: name})
	}
	if s := p.s.Printer; s != "" && !slices.Contains(names, s) {
		list = append(list, kit.Option{Code: s, Text: s + "（没有连上）"})
	}
	p.printer.SetOptions(list)
}

// see shows another look at once and keeps it.
func (p *Page) see() {
	size, _ := strconv.Atoi(p.textSize.One())
	p.s.TextSize, p.s.Theme = float32(size), p.theme.One()
	p.changed()
	p.writing.Ask(p.write)
}

// Save keeps everything, unless the telephone was changed into none: receipts bear it. A shared folder is prepared
// first; where that fails nothing is kept and the sentence stands below it.
func (p *Page) Save() {
	p.phoneField.Say("")
	if _, fault := spelling.Phones(p.phone.Text); fault != spelling.Sound &&
		strings.TrimSpace(p.phone.Text) != p.s.Phone {
		p.notice.Say(kit.Bad, "没有保存，请看“电话”下面的红字。")
		p.phoneField.Say(fault.Sentence())
		kit.Focus(p.phone)
		return
	}
	p.whole = true
	p.writing.Ask(p.write)
}

// write keeps the look, and after Save what stands in the fields, too.
func (p *Page) write(done func()) {
	next, whole := *p.s, p.whole
	dir, chosen := next.Folder, false
	if p.whole = false; whole {
		dir, chosen = strings.TrimSpace(p.folder.Entry.Text), p.folder.Chosen
		next.Phone, next.Hours = strings.TrimSpace(p.phone.Text), strings.TrimSpace(p.hours.Text)
		next.Clerk, next.Organisation = strings.TrimSpace(p.clerk.Text), strings.TrimSpace(p.organisation.Text)
		next.Sign = strings.TrimPrefix(p.sign.One(), unsigned)
		next.Paper, next.Printer = p.paper.One(), strings.TrimPrefix(p.printer.One(), system)
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (bool, error) {
		if whole {
			if err := p.present(ctx, next); err != nil {
				return false, err
			}
		}
		if dir != next.Folder || chosen {
			return true, setup.SetFolder(p.home, &next, dir)
		}
		return false, next.Save(p.home)
	}, func(moved bool, err error) {
		defer done()
		p.folderField.Say("")
		switch {
		case err != nil && moved:
			p.notice.Say(kit.Bad, "没有保存，请看“共享文件夹”下面的红字。")
			p.folderField.Say(p.host.Explain(err))
		case err != nil:
			p.notice.Say(kit.Bad, p.host.Explain(err))
		case whole:
			next.TextSize, next.Theme = p.s.TextSize, p.s.Theme // may have changed meanwhile
			*p.s = next
			p.folder.Entry.SetText(next.Folder)
			p.folder.Chosen = false
			p.notice.Say(kit.Good, "已保存")
			p.changed()
		}
	})
}
