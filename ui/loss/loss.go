// Package loss is the page 丢了电脑、U盘: what to do first, whom it concerns, and the page and the list for it. It is opened
// before anything is lost, too: the page is to hang beside the computer.
package loss

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/paper/lost"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window.
type Actions struct {
	Count func(context.Context) (lost.Loss, error)
	Paper func() // shows the page of what to do, to be printed
	List  func() // writes whom it concerns into a place that somebody chooses
	Back  string // the page from which this one is opened
}

// Page is the page.
type Page struct {
	host   kit.Host
	do     Actions
	counts *kit.Label
	object fyne.CanvasObject
}

const first = "① 打电话给上级（用自己本子上的号码），停用丢了的那台电脑；停用以后它写的谁也不收。报告负责人，报警。\n" +
	"② 只丢了报送的U盘：里面是加密的，只有收的那一方打得开。换一个登记过的U盘再报送一次，没有确认收到的自动重新装上。\n" +
	"③ 丢了放备份的U盘：照丢了电脑办，设密码以前的备份打得开。\n" +
	"④ 换一台电脑，放回备份；保密的内容用恢复单打开；每个人换密码，换本机的密钥。\n" +
	"⑤ 弄清涉及谁，定要不要逐个通知，向上级人大和网信部门报告，记录留三年。"

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, counts: kit.Text("")}
	work := container.NewVBox(kit.Card(container.NewVBox(kit.Bold("先做什么"), kit.Text(first))),
		kit.Card(container.NewVBox(kit.Bold("涉及谁"), p.counts)))
	p.object = kit.Page("丢了电脑、U盘", "先打电话停用，再弄清涉及谁。", kit.Scroll(work),
		kit.NewButton("返回", "Esc", false, func() { p.Back() }), kit.NewButton("名单另存…", "", false, do.List),
		kit.NewButton("看一页办法…", "Ctrl+P", true, do.Paper))
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Print shows the page of what to do.
func (p *Page) Print() { p.do.Paper() }

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go(p.do.Back)
	return true
}

// Shown counts anew.
func (p *Page) Shown() {
	kit.Do(p.host.Run, p.host.Context, p.do.Count, func(l lost.Loss, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.counts.SetText("本机现在存着 " + l.Says() + "。名单里有姓名、电话、住址，用来逐个通知，用完就删。")
	})
}
