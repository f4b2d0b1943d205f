// Package manual is what is handed over with the program, a page each: how it is installed (安装说明), with a part for a county's
// technician, and how it is used (使用说明), which lies beside the keyboard.
//
// They are read by people of fifty to seventy years: what is for everybody is in 14 points and more, one sentence an act, and
// nothing else is on the page. They name nobody and need no home, so that every package holds them; whose telephone to call is
// written in by hand.
package manual

import (
	"strconv"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/version"
)

// small is the type of what is for technicians alone, in points.
const small = form.Official

// sheet is a page that is being filled from the top, its text at so many points.
type sheet struct {
	form.Leaf
	y, size float64
}

// begin is a page under its title.
func begin(title, note string, size float64) (sheet, error) {
	s := sheet{Leaf: form.A4(1, 19), size: size}
	large := s.Leaf
	large.K = 1.25
	y, err := large.Head(form.Head{Organisation: "人大代表联络站", Title: title, Note: note, Heavy: true})
	s.Page.Text(s.Right(), 30.7*large.K, typeset.Right, s.Note(11), "程序 "+version.Number)
	s.y = y + 4
	return s, err
}

// part begins a part of the page under its name.
func (s *sheet) part(name, note string) {
	head := s.Style(typeset.Song, 17)
	head.Ink = form.Red
	w := s.Page.Text(s.Margin, s.y+4.6, typeset.Left, head, name)
	s.Page.Text(s.Margin+w+4, s.y+5, typeset.Left, s.Note(11), note)
	s.Page.Rule(s.Margin, s.y+9.6, s.Width(), .35, form.Hair)
	s.y += 12
}

// steps are acts in their order, each after a large number.
func (s *sheet) steps(list ...string) {
	number := s.Style(typeset.Song, 22)
	number.Ink = form.Red
	for i, text := range list {
		s.Page.Text(s.Margin+5, s.y+3.7, typeset.Centre, number, strconv.Itoa(i+1))
		s.told(13, typeset.Sans, text)
		s.y += s.size * .16
	}
}

// told sets a text at so many millimetres from the margin.
func (s *sheet) told(indent float64, face typeset.Face, text string) {
	style := s.Style(face, s.size)
	step := style.Size * form.Pt * 1.4
	for _, l := range style.Wrap(text, s.Width()-indent) {
		s.Page.Line(s.Margin+indent, s.y+step/2, style, l)
		s.y += step
	}
}

// facts are told each after what it is about, in other type than the page.
func (s *sheet) facts(size, column, pad float64, rows ...[2]string) {
	f := form.Grid{Page: s.Page, X: s.Margin, Y: s.y, W: s.Width(), Label: s.Note(size), Value: s.Style(typeset.Sans, size),
		Column: column, Pad: pad, Leading: 1.36}
	for _, r := range rows {
		f.Row(form.Cell{Label: r[0], Value: r[1], Lines: 3})
	}
	f.Close()
	s.y = f.Y
}

// foot leaves lines for whom to call, and ends the page.
func (s *sheet) foot(title string, made time.Time) typeset.Document {
	line := s.Leaf
	line.K = 1.5
	line.Sign(s.Margin, s.Page.H-15, s.Right(), "县里电话", "技术人员电话")
	return typeset.Document{Title: title, Made: made, Pages: []*typeset.Page{s.Page}}
}

// Install is the page by which a station installs the program, and a technician many.
func Install(made time.Time) (typeset.Document, error) {
	s, err := begin(form.Names["install-guide"], "一个U盘，五分钟，不用联网", 14)
	if err != nil {
		return typeset.Document{}, err
	}
	s.part("自己装", "站里的同志照着做")
	s.steps(
		"插上县里交给您的U盘，双击里面的 lianluo-setup.exe；统信、麒麟电脑双击名字以 .deb 结尾的那个文件。",
		"按“安装”。Windows 不用管理员密码；统信、麒麟输一次开机密码。",
		"从“开始”菜单打开“联络站”，照着问的填：选自己的站，写电话，设密码，打印恢复单锁进保险柜。",
		"按 F9 报送一次，再给县里打电话，互相念十六位校验号。两边都填好，就接上了。",
	)
	s.told(0, typeset.Kai, "Windows 说“已保护你的电脑”：U盘确实是县里交来的，按“更多信息”，再按“仍要运行”。"+
		"以后有新版，“今天”页上会说，按一下就装。安装、更新、卸载，登记过的都不动。")
	s.y += 4
	s.part("给技术人员", "县里统一装、搬家、查毛病")
	both := table.Table{Columns: []table.Column{{Width: .1, Align: typeset.Centre}, {Title: "Windows 10、11", Width: .43},
		{Title: "统信 UOS 20、麒麟 V10、Debian 11 起", Width: .47}}}
	for _, cells := range [][]string{
		{"安装", "lianluo-setup.exe /S　不问就装，装给当前账户", "sudo dpkg -i lianluo_*.deb\nsudo rpm -U lianluo-*.rpm（用 rpm 的）"},
		{"核对", "certutil -hashfile 文件 SHA256", "sha256sum -c SHA256SUMS"},
		{"程序", "%LocalAppData%\\Programs\\Lianluo", "/usr/bin/lianluo、/usr/bin/lianluo-cli"},
		{"资料", "%LocalAppData%\\lianluo（早先装的在 %AppData%\\lianluo，不搬）", "~/.config/lianluo"},
		{"卸载", "“设置”里的“应用”；资料留着", "sudo dpkg -P lianluo；资料留着"},
	} {
		both.Rows = append(both.Rows, table.Row{Cells: cells})
	}
	s.y += table.Layout{Body: small, Head: small}.Place(both, s.Page, s.Margin, s.y, s.Width()) + 2.5
	s.facts(small, 21, .8,
		[2]string{"要什么", "64 位的电脑，内存 4GB，硬盘空出 1GB，显卡有 OpenGL 2.1。没有的打不开窗口（远程桌面、虚拟机常没有），装好显卡驱动；命令照样能用。"},
		[2]string{"命令", "lianluo 是窗口，lianluo-cli 是命令，lianluo-cli help 列出全部。资料要放在别处，设 LIANLUO_HOME。"},
		[2]string{"换电脑", "旧的：在“备份和恢复”里备份到U盘。新的：装好，建同一个站，放回备份，报送一次。旧的不再登记。"},
		[2]string{"更新", "县里 lianluo-cli update publish 文件.release，站里按“今天”页上的按钮，或 update take、update install。签名不对的、旧的都不装。"},
		[2]string{"U盘", "lianluo-cli stick add 名字：登记了一个，就只认登记过的。"},
		[2]string{"查毛病", "“设置帮助”里的“诊断…”，或 lianluo-cli diagnose --out 诊断.txt。里面没有姓名、电话和事项的内容。"})
	return s.foot(form.Names["install-guide"], made), nil
}

// Use is the page that lies beside the keyboard of a station.
func Use(made time.Time) (typeset.Document, error) {
	s, err := begin(form.Names["user-guide"], "放在电脑旁边", 16)
	if err != nil {
		return typeset.Document{}, err
	}
	s.part("群众来了", "")
	s.steps(
		"按 F2。照谈话的顺序从上往下填，回车到下一格。",
		"村名、类别、代表姓名，写首字母就能找，如 yjz。",
		"按 Ctrl+回车，登记好，回执自己打出来。请群众收好：上面有编号和答复的日子。",
		"群众再来问，按 F3，写姓名、电话或编号。",
	)
	s.y += 3
	s.part("每天看一看", "")
	s.steps(
		"“今天”页的卡片，就是等着您办的事。没有卡片，就是没有。",
		"答复来了，告诉群众，请他评一评，记下来，这件才算办完。",
		"用U盘报送的，插好U盘按 F9。离开座位按 Ctrl+L 锁上。",
	)
	s.y += 3
	s.part("不用慌", "")
	s.facts(15, 37, 1.9,
		[2]string{"停电、断网", "登记过的都在这台电脑里，一件不少。"},
		[2]string{"打印机不动", "已经登记好了。接好打印机，按 Ctrl+P 再打。"},
		[2]string{"写错了", "打开那一件，按“更正”。原来的也留着，查得到。"},
		[2]string{"忘了密码", "找本站的系统管理员；都忘了，用恢复单或请县里帮忙。"},
		[2]string{"丢了电脑、U盘", "马上打电话给县里停用，再看“设置帮助”。"},
		[2]string{"程序不对劲", "“设置帮助”里按“诊断…”，存到U盘交给技术人员。"})
	s.y += 7
	s.keys([][2]string{{"F1", "怎么用"}, {"F2", "登记"}, {"F3", "找"}, {"F4", "今晚"}, {"F9", "报送"}, {"Esc", "返回"}})
	return s.foot(form.Names["user-guide"], made), nil
}

// keys draws keys of the keyboard, what each does under it.
func (s *sheet) keys(list [][2]string) {
	const wide, high = 17.0, 11.0
	step := (s.Width() - wide) / float64(len(list)-1)
	for i, k := range list {
		x := s.Margin + float64(i)*step
		s.Page.Tint(x, s.y, wide, high, form.Cream)
		s.Page.Frame(x, s.y, wide, high, .4, form.Grey)
		s.Page.Text(x+wide/2, s.y+high/2, typeset.Centre, s.Style(typeset.Bold, 15), k[0])
		s.Page.Text(x+wide/2, s.y+high+5, typeset.Centre, s.Style(typeset.Sans, 14), k[1])
	}
	s.y += high + 9
}
