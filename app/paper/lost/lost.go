// Package lost is the one page 丢了电脑、U盘怎么办: what is to be done, in which order, with what the program does for it, whom
// it concerns, and what they are told (个人信息保护法 article 57). It hangs beside the computer before anything is lost; the
// last column is filled in by hand when it is.
package lost

import (
	"cmp"
	"fmt"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
)

// Loss is whom it concerns where what is kept here comes into other hands.
type Loss struct {
	Unit         string // whose computer it is, as people call it
	Code         string // and its code
	Citizens     int    // of whom somebody could read who they are
	Matters      int    // in which
	Confidential int    // of these, what was said in confidence
	Visits       int    // households of rounds of visits, in which somebody is known
	Deputies     int    // whose contact is kept
	Sealed       bool   // what lies on the computer is closed to whoever has no password
}

// Says is whom it concerns, in words.
func (l Loss) Says() string {
	return fmt.Sprintf("%d 位群众（%d 件事项，其中保密的 %d 件；走访 %d 户），%d 位代表的联系方式", l.Citizens, l.Matters,
		l.Confidential, l.Visits, l.Deputies)
}

// title is what the paper is called.
const title = "丢了电脑、U盘怎么办"

// Document draws the page.
func Document(l Loss, o form.Issuer) typeset.Document {
	t := table.Table{Notes: table.Notes{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: title,
		Part: form.Line(l.Unit), Day: "编制日期 " + form.Day(o.Today), Treatment: "贴在电脑旁，每年练一次", Maker: "经办人 " + form.Line(o.Clerk), Practice: o.Practice},
		Columns: []table.Column{{Title: "做什么", Width: 92}, {Title: "在程序里", Width: 92}, {Title: "谁办、何时办完", Width: 38}}}
	group := func(title string, steps ...[2]string) {
		t.Rows = append(t.Rows, table.Row{Cells: []string{title}, Group: true})
		for _, s := range steps {
			t.Rows = append(t.Rows, table.Row{Cells: []string{s[0], s[1], ""}})
		}
	}
	danger := "没有设密码：捡到的人打得开，要通知。"
	if l.Sealed {
		danger = "设了密码：没有密码打不开。密码没有一起丢的，可以不逐个通知，但要记录、要报告。"
	}
	group("一小时内", [2]string{"打电话给上级（用自己本子上的号码），请它停用丢了的这台；同时报告负责人，报警，要回执。",
		"上级：“报送”页，" + l.Code + " 那一行，停用。停用以后它写的谁也不收。"},
		[2]string{"只丢了报送的U盘：里面的报送包是加密的，只有收的那一方打得开。另换一个登记过的U盘。",
			"插上新U盘再报送一次（F9）：没有确认收到的自动重新装上。"},
		[2]string{"丢了放备份的U盘，或者不知道上面有什么：照丢了电脑办。", "设密码以前做的备份没有加密，捡到的人打得开。"})
	group("当天", [2]string{"换一台电脑，放回最近的备份；没有备份的，重新建站、接入，由上级还回来。",
		"“设置帮助”里的“备份和恢复”；上级在“报送”页核对校验号，换掉原来那台。"},
		[2]string{"保密的内容用恢复单打开；恢复单一起丢了的，马上做新的。", "“恢复单”页：照纸上的字打开；再换一张，旧的销毁。"},
		[2]string{"每个人换密码；换本机的密钥，上级打电话再核对一次。", "“用户”页换密码；“报送”页换密钥。"})
	group("三天内", [2]string{"弄清涉及谁（截至编制日期）：" + l.Says() + "。",
		"“设置帮助”里的“丢了电脑、U盘”页：名单另存；重印本页，数字是当天的。"},
		[2]string{"定要不要逐个通知（个人信息保护法第五十七条）。" + danger, "通知的文字在下面；当面或打电话，不发群。"},
		[2]string{"向上级人大、当地网信部门报告：丢了什么、什么时候、涉及多少人、做了什么；记录留三年。", "名单和本页一起归档；过了保存期的及时隐去，丢的就少（“今天”页）。"})
	phone := cmp.Or(o.Phone, "＿＿＿＿＿＿")
	t.Rows = append(t.Rows, table.Row{Cells: []string{"通知的文字"}, Group: true}, table.Row{Cells: []string{
		"您好，我是" + form.Line(o.Name) + "的＿＿＿。存有您反映的事项的电脑（U盘）在＿月＿日丢失，上面有您的姓名、电话、住址和您说的话，可能被别人看到。" +
			"我们已经停用这台电脑、换了密钥、报了警。请您留意陌生来电和上门的人：我们不会向您要钱、要验证码、要身份证号。" +
			"有疑问，或者要查、要隐去您的资料，请打 " + phone + "。"}})
	return table.Layout{Body: 10.5, Head: 11, Least: 8}.Document(t, o.Today)
}
