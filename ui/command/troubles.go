package command

import (
	"fmt"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// round tells what a round did, and what is not well after it. What is still to be done with the office above is said
// once a day.
func (e *env) round(r courier.Round) error {
	if e.json {
		return e.print(r)
	}
	if r.Wiped > 0 {
		fmt.Fprintf(e.out, "对方收到了的 %d 个文件已从U盘上清掉。\n", r.Wiped)
	}
	fmt.Fprintf(e.out, "收到 %d 条，其中 %d 条已进台账；送出 %d 条。\n", r.Collected, r.Processed, r.Sent)
	if says := r.Warning(); says != "" {
		fmt.Fprintln(e.err, says)
	}
	ts, err := e.app.Troubles(e.ctx)
	if err != nil {
		return err
	}
	for _, t := range ts {
		if t.Code != "compare" {
			continue
		}
		name, today := places.Of(e.app.Settings.Parent).Full, e.app.Now().Format(time.DateOnly)
		if words := joining(t.Stage, r.Asked, name); words != "" && e.app.Daily(e.ctx, "asked "+words, today) {
			fmt.Fprintln(e.out, words)
		}
	}
	e.ask(ts)
	e.refused("", courier.Refused(r.Aside), r.More)
	for _, t := range ts {
		switch t.Code {
		case "fault":
			fmt.Fprintf(e.out, "%s：%s\n", t.Name, explain.Sentence(courier.Reason(t.Why)))
		case "out":
			fmt.Fprintf(e.out, "%s已停用本机（换了电脑，或电脑报失）：它写的送不出去，请不要再用这台登记；弄错了的请打电话给它。\n", t.Name)
		}
	}
	return nil
}

// joining is what the office above, by its name, and this computer still have to do so that they believe each other;
// "" for nothing. asked says that a request of ours lies in the folder.
func joining(s trust.Stage, asked bool, name string) string {
	switch s {
	case trust.Former, trust.Doubtful:
		return "本机和" + name + "是以前接上的，还没有在本机核对过它的校验号。报送照常；请打一次电话核对（lianluo enrol accept 上级代码 --fingerprint 校验号）。"
	case trust.Settled, trust.Expected, trust.Another, trust.Stranger:
		return ""
	}
	switch {
	case !asked:
		return ""
	case s == trust.Misfit:
		return name + "的证书到了，但和您输入的校验号对不上，可能有人冒充，没有采用。请用自己本子上的号码打电话再核对。"
	case s == trust.Offered:
		return name + "已确认本机，还要在本机核对它的校验号（接入单上有，或用自己本子上的号码打电话问）：" +
			"lianluo enrol accept 上级代码 --fingerprint 校验号。核对以前什么也不送出。"
	case s == trust.Noted:
		return name + "还没有确认本机。接入申请已放进共享文件夹，请打电话把校验号念给它（lianluo enrol show）；它的校验号您已输入，对得上就自动接上。"
	}
	return name + "还没有确认本机。接入申请已放进共享文件夹，请打一次电话：把校验号念给它（lianluo enrol show），" +
		"再输入它的校验号（lianluo enrol accept 上级代码 --fingerprint 校验号）。"
}

// staleSays is what somebody hears until the key is renewed.
const staleSays = "停用或收回了谁的：他以前拷走的钥匙文件放回来还能打开这里，换一次钥匙就作废（lianluo protect renew）。"

// ask says how many wait for a person here to compare them.
func (e *env) ask(ts []app.Trouble) {
	for _, t := range ts {
		switch t.Code {
		case "asking":
			fmt.Fprintf(e.out, "有 %d 份申请等您打电话核对、确认（lianluo enrol list）。\n", t.N)
		case "expired":
			fmt.Fprintf(e.out, "有 %d 件过了保存期，还留着群众的姓名电话%s。\n", t.N, map[bool]string{true: "：核对后隐去（lianluo redact --expired --dry-run）",
				false: "，请让登记的联络站隐去"}[e.app.Settings.Role == journal.Station])
		case "restored":
			fmt.Fprintf(e.out, "隐去的可能又在这里，先交换一次（lianluo sync）：放回备份以后，还有 %d 个单位没有回音。\n", t.N)
		case "bare":
			fmt.Fprintln(e.out, "这里的资料还没有上锁，拿到这台电脑的人都能看。请设第一个密码：lianluo protect on --user 姓名。")
		case "founders":
			fmt.Fprintln(e.out, "本单位两台电脑各设过第一位系统管理员：以先有的那位为准，另一位其余的角色不变。请那位定下来（lianluo user list、user role）。")
		case "stale":
			fmt.Fprintln(e.out, staleSays)
		case "readable":
			fmt.Fprintf(e.out, "有 %d 份设密码以前的备份没有上锁，拿到的人都能看：封存（lianluo protect copies）。\n", t.N)
		case "earlier":
			fmt.Fprintf(e.out, "下级说本单位以前有过另外的电脑（%d 台）。确实换过电脑的，请核对旧接入单上的校验号，"+
				"它的记录就收回来（lianluo enrol list）；没有换过的，可能有人冒充，不要确认。\n", t.N)
		}
	}
}

// refused names the files that were set aside, a line for each reason, and counts those that are not named.
func (e *env) refused(indent string, files []courier.Trouble, more int) {
	for _, t := range files {
		if t.Code != "refused" {
			continue
		}
		name := t.Files[0]
		if t.N > 1 {
			name = fmt.Sprintf("%s 等 %d 个文件", name, t.N)
		}
		fmt.Fprintf(e.out, "%s%s：%s\n", indent, name, explain.Sentence(courier.Reason(t.Why)))
	}
	if more > 0 {
		fmt.Fprintf(e.out, "%s另有 %d 个文件没有采用，不再一一列出。请看一看共享文件夹里是不是有人放了别的东西。\n", indent, more)
	}
}

// clauses are the words for what is not well with another, by the code of the trouble, in the order in which they
// stand in its line.
var clauses = []struct {
	code string
	says func(courier.Trouble, courier.Progress) string
}{
	{"missing", func(_ courier.Trouble, p courier.Progress) (says string) {
		for _, g := range p.Gaps {
			says += fmt.Sprintf("；缺第 %d 到 %d 条", g.First, g.Last)
		}
		return says
	}},
	{"waiting", func(t courier.Trouble, _ courier.Progress) string {
		return fmt.Sprintf("；%d 条在等前面的", t.N)
	}},
	{"ahead", plain("；对方收到的比本机的还多，本机可能放回了旧备份，请先不要登记，打电话给县里")},
	{"disputed", func(t courier.Trouble, p courier.Progress) string {
		says := fmt.Sprintf("；%d 件两边都改过，两份都留着，请看一看（事项用 lianluo show，场次用 lianluo agenda show，人员用 lianluo roster show）", t.N)
		if p.Disputed == nil {
			return says
		}
		return says + "：" + thing.Told(strings.Join(p.Disputed[:min(3, len(p.Disputed))], "、"), func(code string) string { return places.Of(code).Where })
	}},
	{"clock", func(t courier.Trouble, _ courier.Progress) string {
		return "；它的时钟" + map[bool]string{true: "快", false: "慢"}[t.N > 0] + "了，请对一下时间"
	}},
	{"program", func(_ courier.Trouble, p courier.Progress) string { return "；它的程序是 " + p.Program }},
	{"forked", func(t courier.Trouble, _ courier.Progress) string {
		return fmt.Sprintf("；有 %d 条记录重名，可能两台电脑用了同一份资料，都已留着，请只留一台，另一台重新建站接入", t.N)
	}},
	{"diverged", plain("；两边台账对不上，请两边都用 lianluo check --rebuild 核对")},
	{"renewing", plain("；已换新密钥")},
	{"out", plain("；已停用本机（换了电脑，或电脑报失），请不要再用这台登记，弄错了的请打电话给它")},
	{"silent", plain("；很久没有消息，请打电话问一问")},
	{"revoked", plain("；已停用")},
}

func plain(says string) func(courier.Trouble, courier.Progress) string {
	return func(courier.Trouble, courier.Progress) string { return says }
}

func status(e *env) error {
	peers, err := e.app.Courier.Status(e.ctx)
	if err != nil {
		return err
	}
	afar, err := e.app.Courier.Afar(e.ctx)
	if err != nil {
		return err
	}
	if e.json {
		return e.print(map[string]any{"peers": peers, "afar": afar})
	}
	if len(peers) == 0 {
		fmt.Fprintln(e.out, "还没有和任何单位接上。")
	}
	ts, err := e.app.Waiting(e.ctx)
	if err != nil {
		return err
	}
	for _, t := range ts {
		words := ""
		switch t.Code {
		case "compare":
			words = joining(t.Stage, true, "上级")
		case "sheet":
			words = "还没有恢复单：电脑坏了，要求保密的群众的姓名、电话、原话就找不回来了。请做一张：lianluo recovery sheet --out 文件.pdf"
		}
		if words != "" {
			fmt.Fprintln(e.out, words)
		}
	}
	e.ask(ts)
	for _, p := range peers {
		e.progress(p)
	}
	if e.app.Courier.Crowded() {
		fmt.Fprintln(e.out, "没有采用的文件，副本只留最近的一部分（aside 文件夹，最多 200 份、64 MB），更早的不再留；原件都还在共享文件夹里，没有动。")
	}
	for _, far := range afar {
		fmt.Fprintf(e.out, "%s %s（经 %s）：%s", far.Unit, far.Name, far.Via, e.heard(far.Last))
		if far.Silent {
			fmt.Fprint(e.out, "；很久没有消息，请向 ", far.Via, " 问一问")
		}
		fmt.Fprintln(e.out)
	}
	return nil
}

// progress is a line about one that we exchange with, and one for each thing that needs a sentence of its own.
func (e *env) progress(p courier.Progress) {
	fmt.Fprintf(e.out, "%s %s：共 %d 条，对方已收到 %d 条，已进台账 %d 条；%s",
		p.Unit, p.Name, p.Sent, p.Stored, p.Processed, e.heard(p.LastHeard))
	ts := p.Troubles()
	for _, c := range clauses {
		for _, t := range ts {
			if t.Code == c.code {
				fmt.Fprint(e.out, c.says(t, p))
			}
		}
	}
	fmt.Fprintln(e.out)
	for _, t := range ts {
		if t.Code == "fault" {
			fmt.Fprintf(e.out, "  %s\n", explain.Sentence(courier.Reason(t.Why)))
		}
	}
	e.refused("  ", ts, p.More)
}

// heard says when somebody was heard last, for people.
func (e *env) heard(last string) string {
	at, err := time.Parse(time.RFC3339, last)
	if err != nil {
		return "还没有联系过"
	}
	return "最近联系 " + at.In(e.app.Now().Location()).Format("2006-01-02 15:04")
}
