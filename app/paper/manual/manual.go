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
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/version"
)

// small is the type of what is for technicians alone, in points.
const small = 12

// sheet is a page that is being filled from the top, its text at so many points.
type sheet struct {
	form.Leaf
	y, size float64
}

// begin is a page under its title.
func begin(title, note string, size float64) (sheet, error) {
	s := sheet{Leaf: form.A4(1, 16), size: size}
	large := s.Leaf
	large.K = 1.25
	y, err := large.Head(form.Head{Organisation: "人大代表联络站", Title: title, Note: note, Heavy: true})
	s.Page.Text(s.Right(), 30.7*large.K, typeset.Right, s.Note(12), "程序 "+version.Number)
	s.y = y + 4
	return s, err
}

// part begins a part of the page under its name.
func (s *sheet) part(name, note string) {
	head := s.Style(typeset.Song, 17)
	head.Ink = form.Red
	w := s.Page.Text(s.Margin, s.y+4.6, typeset.Left, head, name)
	s.Page.Text(s.Margin+w+4, s.y+5, typeset.Left, s.Note(12), note)
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
		f.Row(form.Cell{Label: r[0], Value: r[1], Lines: 5})
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
		"从“开始”菜单打开“联络站”，照着问的填：单位、电话，共享文件夹选县里的U盘。再设密码，八个字以上；打印恢复单，锁进保险柜。",
		"按 F9，再给县里打电话，互相念十六位校验号，填好按“确认”。县里也填好了，拿回U盘，再按一次 F9，就接上了。",
	)
	s.told(0, typeset.Kai, "Windows 说“已保护你的电脑”：U盘确实是县里交来的，按“更多信息”，再按“仍要运行”。"+
		"以后有新版本，“今天”页上会说，按“看一看…”“现在更新”。安装、更新、卸载，登记过的都不动。")
	s.y += 3
	s.part("给技术人员", "")
	s.facts(small, 27, .7,
		[2]string{"Windows", "不问就装：start /wait lianluo-setup.exe /S\n退出码 0 装好，2 联络站还开着，3 已有更新的或系统太旧，4 没有装成\n" +
			`程序：%LocalAppData%\Programs\Lianluo，卸载：其中的 uninstall.exe /S` + "\n" +
			`资料：%LocalAppData%\lianluo，早先装的在 %AppData%\lianluo`},
		[2]string{"统信、麒麟", "sudo dpkg -i lianluo_*_amd64.deb，卸载 sudo dpkg -P lianluo\n" +
			"sudo rpm -U lianluo-*.x86_64.rpm，卸载 sudo rpm -e lianluo\n" +
			"鲲鹏、飞腾用 arm64、aarch64 的；统信先开“开发者模式”\n程序：/usr/bin，资料：~/.config/lianluo"},
		[2]string{"核对文件", "certutil -hashfile 文件 SHA256 或 sha256sum 文件，和 SHA256SUMS 比"},
		[2]string{"要什么", "64 位，Windows 10 起、UOS 20 起、麒麟 V10 起，内存 4GB，硬盘 1GB，OpenGL 2.1（远程桌面常没有，命令照样能用）"},
		[2]string{"换电脑", "旧的：“设置帮助”“备份和恢复…”，备份到U盘，以后不再登记。新的：选同一个单位，按“换电脑了，从备份恢复…”，" +
			"用备份那天的姓名和密码，再报送一次。"},
		[2]string{"更新", "县里 lianluo-cli update publish 文件.release，站里按“看一看…”"},
		[2]string{"命令", "lianluo-cli help 列出全部；资料要放在别处，设 LIANLUO_HOME"},
		[2]string{"查毛病", "“设置帮助”“诊断…”，或 lianluo-cli diagnose --out 诊断.txt；里面没有人名、电话，也没有事项的内容"})
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
		"按 F2。照谈话的顺序从上往下填，按 Enter（回车）到下一格。",
		"村名、类别、代表姓名，写首字母就能找，如 yjz。",
		"按 Ctrl+Enter，登记好，回执自己打出来。请群众收好：上面有编号和答复的日子。",
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
	s.facts(15, 42, 1.9,
		[2]string{"停电、断网", "登记过的都在这台电脑里，一件不少。"},
		[2]string{"打印机不动", "已经登记好了。接好打印机，按 Ctrl+P 再打。"},
		[2]string{"写错了", "打开那一件，按“更多…”“更正…”。"},
		[2]string{"忘了密码", "按“忘了密码…”：用恢复单，或请县里帮忙。"},
		[2]string{"丢了电脑、U盘", "先打电话给县里停用。“设置帮助”里有办法。"},
		[2]string{"程序不对劲", "“设置帮助”“诊断…”，存到U盘交给技术人员。"})
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
