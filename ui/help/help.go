// Package help explains each page to whoever sits before it: a station's volunteer and an office's clerk do different
// things on pages of one name.
package help

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// page is what is said of a page: to all, to a station, to an office.
type page struct{ all, station, office []string }

// comesIn explains how a sheet comes in, of whatever it is.
var comesIn = []string{
	"选好文件，先看“各栏”：绿的认出来了，认错的按回车改，没有用的不导入。下一次同样的表头就记得。",
	"←→ 看一类一类的：要问的点一下（或按回车）回答，同名的说是哪一位；有错的写着是哪一格、为什么。答完、改好以前，一行也不导入。",
	"有错的可以“另存”成一张表，改好再导；也可以“先不导”，只导清楚的。空着的格子不会清掉原来的内容，表里没有的人不会删。",
	"导入以后看看对不对；不对就“撤销这一批”。导入以后别人又办过的不能撤，会说是哪几位。同一张表再导一次，什么也不变。",
}

// pages are explained by the names under which the window knows them.
var pages = map[string]page{
	"home": {
		station: []string{
			"有人来，按 F2 或红色的大按钮，就开始登记。",
			"卡片是等着您办的事：可以告诉群众的、要梳理的、快到期和超期的。按卡片上的按钮就去办；没有卡片就是没有等着办的。",
			"下面是最近登记的十件，用 ↑↓ 选，回车打开。",
		},
		office: []string{
			"卡片是等着本单位办的事：等着交办的、部门退回的、超期的。按卡片上的按钮就去办。",
			"很久没有消息的单位，请打电话问一问：没有来访，也会每周来一个文件。",
			"下面是最近收到的十件，用 ↑↓ 选，回车打开。",
		},
	},
	"reception": {all: []string{
		"从上往下，照谈话的顺序写。回车到下一项；原话里换行按 Shift+回车。",
		"光标在一排圆框上时，按圆框里的数字就选中，空格也行；数字一天之内不变。",
		"村名、类别、代表的姓名写首字母就能找，如 yjz、psp、lhm。今天在场的和编在本站的代表排在前面；名册上没有的，照写姓名。",
		"右边是程序知道的：这位群众以前来过没有，有没有说法相近的，打印出来是什么样。",
		"Ctrl+回车登记并打印，编号留在右边，请把打出来的纸交给群众。没有打出来的，接好打印机按 Ctrl+P 再打。",
		"没写完可以先离开，写的都在。来源、紧急、保密、先写在纸本上的，都在“更多”里。",
	}},
	"agenda": {all: []string{
		"一个月的接待、走访和活动都在这里：方向键选日子，PgUp、PgDn 换月，T 回到今天，回车打开这一场。窗口窄的时候是一张单子，用 ↑↓ 选。",
		"红字“缺公告”是该公告还没有公告的；“毕”是举行过的；取消的划掉了。休、班照国务院办公厅的放假安排。",
		"右边是选中的那一天：谁来、为什么是他们、还有什么要准备，准备好一样就打勾。",
		"N 新安排一场；P 照轮值规则排一段日子，先看会排什么，再决定；U 定或改轮值规则。手工改过、取消过的，再排也不动。",
		"G 记公告，H 换人，R 记答复，A 增减人员，M 改期，E 更正。公告以后改期、取消的，要再贴一张更正公告。",
		"Ctrl+P 打印：月里是计划表，打开一场是公告、签到表、情况登记表。走访那一场里按 V 一户一户记，一户说的可以登记成事项。",
	}},
	"collate": {all: []string{
		"新登记的在这里排队，用 ↑↓ 一件一件看。",
		"先看有没有同一件事：有就并案，各位群众以后分别答复。",
		"再定怎么办：代表引导、代表协商、部门联动或代表建议督办，写上拟办意见；站里办不了的上报。",
		"右边最下面是合适的代表和理由，由您来定；代表不方便办的，打开这一件，用“代表推辞”记下原因。",
		"Ctrl+P 打印意见汇总表。",
	}},
	"tray": {all: []string{
		"上面是几个篮子：新来的、退回的、等着签收的……用 ←→ 换篮子，↑↓ 选一件，按回车看全部；窗口够宽时，右边就是它的内容。",
		"空格打勾，Ctrl+A 全部打勾；打了勾的一起办，没有打勾的只办选中的一件。",
		"按钮上写着键，按一下就打开那一步。打错了勾、筛错了、翻错了篮子，按 Ctrl+Z 退回去；已经办了的可以再办一次。",
		"F 筛选，S 按栏目排序，Ctrl+C 复制编号，Ctrl+P 打印刚交办的交办单。",
	}},
	"book": {
		all: []string{
			"F3 找：姓名、电话、编号、事由、答复、部门，写几个字或首字母就行。",
			"圆框按状态、按簿看；点栏目名或按 S 排序；用 ↑↓ 选，回车打开。",
			"打开以后光标在下一步最可能办的事上，按回车就办；少办的事在“更多”里。",
			"姓名、电话、住址先遮住，按“显示全部信息”才露出来。Ctrl+P 打印这一件的单据，再打的回执写明补打。",
			"“打印簿册”打印登记簿、汇总表、公开栏，先选时间段。",
		},
		station: []string{"写错了的在“更多”里更正，登记错了的在那里作废；撤回、不受理、作废的，群众又来了可以重新受理。空白簿也在“打印簿册”里，编号接着上次的。"},
	},
	"exchange": {
		station: []string{
			"程序开着、共享文件夹连着，就会自动报送。用U盘的，插好U盘按 F9，看到“可以拔下U盘”再拔，交给上级。",
			"一周一行：送出没有，上级收到没有，进了上级的台账没有。没有收到的会自动再送，不会丢，也不会重。",
			"第一次接入，照卡片上的四步做：报送一次，打一次电话，互相念十六位校验号，各填一次。用U盘的，U盘去一趟带申请，回一趟带确认，不用多跑。",
			"校验号只填电话里听到的，或上级交来的接入单上的；号码用您一直用的。少一位、错一位，填的时候就会提醒，再听一遍就好。",
			"填好了说“对不上”：再打一次电话重新填。两次都对不上，可能有人冒充，不要再试，让上级管电脑的人来看；记录都在本机，没有送出。",
			"上级换了电脑，这里会提醒：先打电话问清楚，真换了才填新的十六位。以前接上的，会请您补核对一次，报送不耽误。",
			"本机的十六位在卡片上，接上以后在“密钥…”里。红字是要处理的，旁边的按钮就是该做的事。",
		},
		office: []string{
			"一个单位一行：最近什么时候有消息，收到几条，有什么问题。红的要处理，选中它，下面写着怎么办。",
			"新来的在“等待接入”里，一个单位一行。选中它，照右边的三步做：用自己本子上的号码打电话，请它念十六位，填好按“确认接入”；再把本单位的十六位念给它。",
			"想省电话，先按“打印接入单…”，每站交一张；站里照单子填，交回接入申请单，您照申请单填。",
			"填了说“对不上”：再请它慢慢念一遍。两次都对不上，就不是它的申请，不要接入，请查共享文件夹是谁在用。",
			"电脑丢了、换了，选中那一行，按“停用…”；以前收到的都还在。换了密钥的，校验号也换了，接入单要重印。",
			"本单位自己换过电脑的，会多出“以前的电脑”一栏：照旧接入单填十六位，以前写的就收回来；不是本单位的，不要认。",
			"程序开着、共享文件夹连着，就会自动收和送；按 F9 马上来一次。",
		},
	},
	"preferences": {all: []string{
		"改好以后按“保存”；字的大小和颜色一点就变，不用保存。",
		"换共享文件夹或U盘，在“共享文件夹”旁边按“选择…”。",
		"“备份和恢复”里可以马上备份、放回备份，也写着换电脑怎么办。",
	}},
	"roster": {
		all: []string{
			"写姓名或首字母就找到；圆框按级别看，旁边几格按站点、专业、层级看，按 ↓ 列出能选的。用 ↑↓ 选，回车看全部。",
			"一个人只登记一次，几级代表、几个站点都写在他这一页上。电话、出生年月、住址先遮住，按“显示联系方式”才露出来。",
			"N 登记一位；打开以后 E 更正、M 代表职务、L 请假，少办的在“更多”里。没写完按 Esc 离开，写的都在。",
		},
		station: []string{"这里是编在本站的代表。名册上没有的，可以先登记，马上能用，等县里确认。"},
		office: []string{
			"空格打勾，Ctrl+A 全部打勾，再按 G，一起编入站点；编到哪个站，哪个站就看到他和他的联系方式。",
			"同一个人登记了两次的，在“更多”里并为一人，以后只算一位；并错了可以分开。",
		},
	},
	"station": {
		all: []string{
			"一行一个单位，写名称、首字母、乡镇、站长都能找；圆框按类别看；点栏目名或按 S 排序；回车看全部。",
			"单位的页上有电话、地址、设备，编在那里的代表，和设立以来的经过；按代表的名字，看他的全部。",
		},
		station: []string{"本站的电话、接听时间、地址、站长、联络员、设备由本站填；名称、上级由县里定。"},
		office:  []string{"“缺什么”一栏写着站长、电话、地址、代表缺哪样，多少天没有消息；按“资料不全”“没有消息”只看这些。"},
	},
	"people-sheet": {all: comesIn},
	"unit-sheet":   {all: comesIn},
	"sheet": {all: []string{
		"恢复单是一张纸，上面有十二个字。要求保密的群众的姓名、电话和原话，只有本单位才有；电脑没了，凭这些字在新电脑上找回来。",
		"做一张：打印（或存到U盘、看着抄），照纸上的字填四个，对了就锁进保险柜。电脑里不留。",
		"换了电脑：先在“报送”里和上级接上，报送一两次，再在这里输入十二个字，按“打开保密内容”。",
		"丢了、给别人看到了：按“换一张”，旧的销毁。内容确实找不回来的，按“知道了”，以后不再提醒，那一件的页上写明。",
	}},
	"copies": {all: []string{
		"每周自动备份一份，留最近五份。再往另一个U盘放一份，电脑坏了也不怕。",
		"恢复照五步做：选一份，核对，放回，报送一次，看看台账。现在的资料另外留着，不会删。",
		"备份里有群众的姓名、电话，U盘请锁好，不要和报送用的混在一起。",
	}},
}

// Keys are those that work on every page of a role, which has so many pages in the rail.
func Keys(role journal.Level, count int) string {
	keys := fmt.Sprintf("F3　找　　F9　报送　　Ctrl+1…%d　换页　　", min(count, 9))
	if role == journal.Station {
		keys = "F2　登记　　" + keys
	}
	if count > 9 {
		keys += "Ctrl+K　找一页　　"
	}
	return keys + "Ctrl+P　打印　　Esc　返回"
}

// Of explains a page to a role, sentence by sentence; none for a page that is not known.
func Of(name string, role journal.Level) []string {
	p := pages[name]
	if role == journal.Station {
		return append(p.all[:len(p.all):len(p.all)], p.station...)
	}
	return append(p.all[:len(p.all):len(p.all)], p.office...)
}

// Show lays the explanation of a page over it, and the keys of a role with so many pages; more leads to the page 设置帮助.
func Show(h kit.Host, name, title string, role journal.Level, count int, more func()) {
	var lines []fyne.CanvasObject
	for i, s := range Of(name, role) {
		lines = append(lines, kit.Text(string(rune('①'+i))+" "+s))
	}
	lines = append(lines, kit.Bold("每一页都能用的键"), kit.Text(Keys(role, count)))
	var s *kit.Dialog
	s = kit.Show(h.Canvas(), "怎样用：“"+title+"”这一页", kit.Scroll(container.NewVBox(lines...)), fyne.NewSize(820, 620),
		kit.NewButton("设置和帮助", "", false, func() { s.Close(); more() }), kit.NewButton("知道了", "Esc", true,
			func() { s.Close() }))
}
