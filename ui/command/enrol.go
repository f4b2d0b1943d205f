package command

import (
	"crypto/rand"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/assets/places"
	"lianluo.local/data/problem"
	"lianluo.local/data/unit"
)

type enrolOptions struct {
	print, out string
	replace    bool
	unit       string // that it is about
}

func enrolFlags(fs *flag.FlagSet) *enrolOptions {
	o := &enrolOptions{}
	fs.StringVar(&o.print, "fingerprint", "", "")
	fs.StringVar(&o.out, "out", "", "")
	fs.BoolVar(&o.replace, "replace", false, "")
	return o
}

// enrolments are what can be done about joining, and how many units each is about, at least and at most.
var enrolments = map[string]struct {
	least, most int
	do          func(*env, *enrolOptions) error
}{
	"show": {0, 1, enrolShow}, "list": {0, 0, enrolList}, "accept": {1, 1, enrolAccept}, "revoke": {1, 1, enrolRevoke},
	"renew": {0, 0, enrolRenew}, "recovery": {0, 0, enrolRecovery},
}

func enrol(e *env, o *enrolOptions) error {
	about := e.args[1:]
	what, ok := enrolments[e.args[0]]
	switch {
	case !ok:
		return usage("没有“" + e.args[0] + "”这一项")
	case len(about) < what.least:
		return usage("没有写单位代码")
	case len(about) > what.most:
		return usage("多了“" + about[len(about)-1] + "”")
	case len(about) > 0:
		if o.unit, ok = unit.Parse(about[0]); !ok && what.least == 0 {
			return usage("多了“" + about[0] + "”")
		} else if !ok {
			return problem.Problems{"unit": "单位代码不对，请核对"}
		}
	}
	return what.do(e, o)
}

// enrolShow tells the digits of this computer, or those of the computers of a unit that we exchange with.
func enrolShow(e *env, o *enrolOptions) error {
	c := e.app.Courier
	if o.unit == "" || o.unit == e.app.Settings.Unit {
		digits := c.Print()
		return e.say(map[string]string{"unit": e.app.Settings.Unit, "fingerprint": digits}, "%s 的校验号：%s\n"+
			"请打电话念给对方，或印在接入单上交给对方（lianluo paper joining-slip），由对方输入。",
			e.app.Settings.Name, grouped(digits))
	}
	partners, err := c.Partners(e.ctx, o.unit)
	if err != nil {
		return err
	}
	for i, digits := range c.Prints(e.ctx, partners) {
		if err := e.say(map[string]any{"unit": o.unit, "fingerprint": digits, "out": partners[i].Out},
			"%s 的校验号：%s%s", partners[i].Name, grouped(digits),
			map[bool]string{true: "（停用的电脑）"}[partners[i].Out]); err != nil {
			return err
		}
	}
	return nil
}

// enrolList tells who waits to be compared: those below who ask, computers of the office above that accepted us, and
// those that units below name as earlier ones of our own.
func enrolList(e *env, _ *enrolOptions) error {
	c := e.app.Courier
	asking, err := c.Requests(e.ctx)
	if err != nil {
		return err
	}
	offices, err := c.Offices(e.ctx)
	if err != nil {
		return err
	}
	earlier, err := c.Earlier(e.ctx)
	if err != nil {
		return err
	}
	known, err := c.Status(e.ctx)
	if err != nil {
		return err
	}
	asking = append(offices, asking...)
	for _, was := range trust.Unanswered(earlier) {
		asking = append(asking, trust.Asking{Card: was.Card})
	}
	prints := make([]string, len(asking))
	if e.json { // people type what they hear, not what they see here
		prints = c.Prints(e.ctx, asking)
	}
	for i, a := range asking {
		note := ""
		switch {
		case a.Out:
			note = "（停用过的电脑或换掉的密钥，不用管）"
		case a.Unit == e.app.Settings.Parent:
			note = "（这是上级，已确认本机）"
		case a.Unit == e.app.Settings.Unit:
			note = "（下级说本单位以前有过这台电脑；是的，核对以后它的记录才收回来）"
		case slices.ContainsFunc(known, func(p courier.Progress) bool { return p.Unit == a.Unit && !p.Revoked }):
			note = "（这个单位有在用的电脑；换了电脑的，确认时加 --replace）"
		}
		asked := a.Asked.In(e.app.Now().Location()).Format("2006-01-02 15:04")
		if err := e.say(
			map[string]any{"unit": a.Unit, "name": a.Name, "fingerprint": prints[i], "asked": a.Asked, "out": a.Out},
			"%s  %s  %s申请%s", a.Unit, places.Of(a.Unit).Full, asked, note); err != nil {
			return err
		}
	}
	switch {
	case e.json:
	case len(asking) == 0:
		fmt.Fprintln(e.out, "没有等待确认的申请。")
	default:
		fmt.Fprintln(e.out, "请用自己本子上的号码打电话（不要用申请里或U盘里写的），请对方念十六位校验号，再输入：lianluo enrol accept 代码 --fingerprint 校验号")
	}
	return nil
}

func enrolAccept(e *env, o *enrolOptions) error {
	c := e.app.Courier
	switch o.unit {
	case e.app.Settings.Unit:
		if _, err := c.Confirm(e.ctx, o.print); err != nil {
			return err
		}
		return e.say(map[string]string{"unit": o.unit}, "已确认本单位以前的电脑：本机启用以前它写的记录，下次报送时收回来。"+
			"弄错了的，用 lianluo enrol revoke 本单位代码 --fingerprint 校验号 收回。")
	case e.app.Settings.Parent:
		if err := c.Follow(e.ctx, o.print); err != nil {
			return err
		}
		above, err := c.Above(e.ctx)
		if err != nil {
			return err
		}
		answer := map[string]any{"unit": o.unit, "waits": above.Awaited}
		if above.Awaited && above.Believed {
			return e.say(answer, "这不是现在接上的那台电脑的校验号。上级换了电脑的，已记下，新电脑的证书到了就自动接上；没有换的，请再听一遍、重新填。")
		}
		if above.Awaited {
			return e.say(answer, "已记下上级的校验号。上级的证书还没有到，到了对得上就自动接上，不用再核对；请照常报送。")
		}
		return e.say(answer, "已核对上级的校验号。再报送一次，它就能收到本单位的全部记录。")
	}
	let := c.Accept
	if o.replace {
		let = c.Replace
	}
	card, err := let(e.ctx, o.unit, o.print)
	if err != nil {
		return err
	}
	known, err := c.Status(e.ctx)
	if err != nil {
		return err
	}
	others := slices.ContainsFunc(known, func(p courier.Progress) bool {
		return p.Unit == card.Unit && !p.Revoked && p.Replica != card.Replica
	})
	return e.say(map[string]any{"unit": card.Unit, "name": card.Name, "others": others}, "已确认 %s。它下次报送时就能收到。%s", card.Name,
		map[bool]string{true: "它原来的电脑也还在用；是换电脑的，请加上 --replace 再确认一次，旧的就停用。"}[others])
}

func enrolRevoke(e *env, o *enrolOptions) error {
	if o.unit == e.app.Settings.Unit {
		if err := e.app.Courier.Disown(e.ctx, o.print); err != nil {
			return err
		}
		return e.say(map[string]string{"unit": o.unit}, "已收回：这台不是本单位以前的电脑，它的记录不再采信。")
	}
	if err := e.app.Courier.Revoke(e.ctx, o.unit, o.print); err != nil {
		return err
	}
	return e.say(map[string]string{"unit": o.unit}, "已停用 %s，以前收到的都还在。", o.unit)
}

func enrolRenew(e *env, _ *enrolOptions) error {
	c := e.app.Courier
	if err := c.Renew(e.ctx, rand.Reader); err != nil {
		return err
	}
	digits := c.Print()
	return e.say(map[string]string{"fingerprint": digits}, "已换新密钥，下次报送时对方自动知道，不用重新接入。新的校验号：%s\n"+
		"以前的校验号和印出的接入单作废，新接入的单位请用新的。", grouped(digits))
}

func enrolRecovery(e *env, o *enrolOptions) error {
	c := e.app.Courier
	if o.out == "" {
		return usage("没有写 --out")
	}
	if err := e.app.Home.Outside(filepath.Join(o.out, "recovery"), e.app.Settings.Folder); err != nil {
		return err
	}
	if err := c.Recovery(o.out, rand.Reader); err != nil {
		return err
	}
	return e.say(map[string]string{"out": o.out}, "恢复密钥已写到 %s。请把它锁进保险柜，不要留在任何电脑上；电脑都坏了时，凭它能打开报送包。", o.out)
}

// grouped writes digits as people read them out.
func grouped(digits string) string {
	if len(digits) != 16 { // not computed in this call
		return "—"
	}
	return strings.Join([]string{digits[:4], digits[4:8], digits[8:12], digits[12:]}, " ")
}
