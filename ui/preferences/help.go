package preferences

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/assets/version"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// station and office are how the program is used by each, in six sentences.
var station = []string{
	"群众来了，按 F2 登记，从上往下填，填完按回车到下一格。",
	"登记好就打印回执，请群众收好，编号在上面。",
	"以后来问，按 F3，用姓名、电话或编号找。",
	"记录会自动报送给上级；用U盘的，插好U盘按 F9。",
	"快到期、已超期的事，“今天”里会提醒您。",
	"记录都存在这台电脑上，断网断电也不会丢。",
}

var office = []string{
	"各站报来的在“收件”里，一件一件定办法、交办。",
	"部门答复来了，也在“收件”里录入，再由站里告诉群众。",
	"要找哪一件，按 F3，用编号、事由、部门都能找。",
	"程序开着就会自动收、自动送；用U盘的，插好U盘按 F9。",
	"超期的、退回的、没有消息的，“今天”里会提醒您。",
	"记录都存在这台电脑上，断网断电也不会丢。",
}

// keys are the keys that work on every page, in two columns.
var keys = []string{"F1　这一页怎么用\nF3　找\nF7　统计报表\nF9　报送\nF2　登记来访", "Ctrl+P　打印\nEsc　返回\n%s　换页\n回车　下一格"}

// Doors are what can be opened from here that is no page.
type Doors struct {
	Verify   func()            // lets somebody choose a file of which he wants to know who signed it
	Sticks   func()            // over which this home exchanges
	Diagnose func()            // what to tell whoever mends the program
	Newer    func()            // whether there is a newer program
	Paper    func(kind string) // what is handed over with the program
}

func help(role journal.Level, pages int, d Doors) fyne.CanvasObject {
	how, keys := station, slices.Clone(keys)
	if role != journal.Station {
		how, keys[0] = office, strings.TrimSuffix(keys[0], "\nF2　登记来访")
	}
	keys[1] = fmt.Sprintf(keys[1], kit.Digital(pages))
	lines := make([]string, len(how))
	for i, s := range how {
		lines[i] = string(rune('①'+i)) + " " + s
	}
	columns := container.NewGridWithColumns(len(keys))
	for _, k := range keys {
		columns.Add(kit.Text(k))
	}
	guides := container.NewHBox(kit.NewButton("使用说明…", "", false, func() { d.Paper("user-guide") }),
		kit.NewButton("安装说明…", "", false, func() { d.Paper("install-guide") }))
	return kit.Card(container.NewVBox(container.NewBorder(nil, nil, nil, guides, kit.Bold("怎样用")),
		kit.Text(strings.Join(lines, "\n")),
		beforeButton("收到签了名的文件：", kit.NewButton("核对签名…", "", false, d.Verify)),
		beforeButton("只用登记过的U盘：", kit.NewButton("U盘…", "", false, d.Sticks)),
		beforeButton("程序有毛病，告诉技术人员：", kit.NewButton("诊断…", "", false, d.Diagnose)), kit.Bold("常用的键"), columns,
		beforeButton("程序版本："+version.Number, kit.NewButton("新版本…", "", false, d.Newer))))
}

// beforeButton is what a button is for, as wide as is left beside it.
func beforeButton(says string, b *kit.Button) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewCenter(b), kit.Text(says))
}

// beside gives the first three fifths of the width, and the second the rest.
type beside struct{}

func (beside) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+16, max(a.Height, b.Height))
}

func (beside) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := size.Width * 3 / 5
	os[0].Resize(fyne.NewSize(w-16, size.Height))
	os[1].Move(fyne.NewPos(w, 0))
	os[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
