package command

import (
	"cmp"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/app"
	"lianluo.local/data/problem"
)

type protectOptions struct{ without string }

func protectFlags(fs *flag.FlagSet) *protectOptions {
	o := &protectOptions{}
	fs.StringVar(&o.without, "without", "", "")
	return o
}

type forgotOptions struct{ out, digits string }

func forgotFlags(fs *flag.FlagSet) *forgotOptions {
	o := &forgotOptions{}
	fs.StringVar(&o.out, "out", "", "")
	fs.StringVar(&o.digits, "digits", "", "")
	return o
}

// protections are what is done with the lock of a home.
var protections = map[string]part[*protectOptions]{"on": {0, 0, protect}, "show": {0, 0, protectShow},
	"copies": {0, 0, protectCopies}, "renew": {0, 0, protectRenew}, "account": {1, 1, protectAccount}}

// protect gives a home its first password: that of who is named, or who usually sits there; where nobody is a user yet he
// becomes the first.
func protect(e *env, _ *protectOptions) error {
	typed, err := "", error(nil)
	if !e.app.Settings.Practice || e.passwords != "" {
		typed, err = e.fresh()
	}
	if err != nil {
		return err
	}
	name := cmp.Or(e.user, e.app.Settings.Clerk)
	if err := e.protect(name, typed); err != nil {
		return err
	}
	return e.say(map[string]bool{"protected": true}, "上好锁了。忘了密码的，用恢复单或请上级帮忙。以前的备份谁都能看，给它们上锁：lianluo protect copies。")
}

func (e *env) protect(name, typed string) error {
	first := app.Person{Name: name}
	if typed != "" {
		if name == "" {
			return problem.Problems{"user": "请写第一位用户的姓名（--user）"}
		}
		if why := app.Judge(e.app.Home, name, typed); why != "" { // before anybody becomes a user
			return problem.Problems{"password": why}
		}
		var err error
		if first.User, err = e.app.First(e.ctx, name); err != nil {
			return err
		}
	}
	_, err := e.app.Protect(e.ctx, first, typed)
	return err
}

func protectShow(e *env, _ *protectOptions) error {
	list, strange, err := e.app.Passes(e.ctx)
	if err != nil {
		return err
	}
	for _, h := range list {
		who := cmp.Or(h.Name, h.User, h.Of)
		if err := e.say(map[string]any{"kind": h.Kind, "user": h.User, "name": h.Name, "of": h.Of, "made": h.Made}, "%s  %s（%s起）",
			opens[h.Kind], who, h.Made.In(e.app.Now().Location()).Format("2006年1月2日")); err != nil {
			return err
		}
	}
	for _, c := range e.app.Readable() {
		fmt.Fprintf(e.err, "没有上锁的旧备份，拿到的人都能看：%s\n", c.File)
	}
	if strange > 0 {
		fmt.Fprintf(e.err, "钥匙文件里有 %d 项不是本程序写的，没有用。请换一次钥匙（lianluo protect renew），并查查谁动过这台电脑。\n", strange)
	}
	return nil
}

// opens are the words for what opens a home.
var opens = map[string]string{"password": "密码", "sheet": "恢复单", "above": "上级帮忙", "account": "本机账户", "practice": "练习，自己打开"}

func protectCopies(e *env, _ *protectOptions) error {
	n, left, err := e.app.SealCopies(e.ctx)
	if err != nil {
		return err
	}
	for _, file := range left {
		fmt.Fprintf(e.err, "读不出来，没有上锁，请自己收好或删掉：%s\n", file)
	}
	return e.say(map[string]any{"sealed": n, "left": left}, "给 %d 份旧备份上了锁。", n)
}

func protectRenew(e *env, o *protectOptions) error {
	without := strings.FieldsFunc(o.without, func(r rune) bool { return strings.ContainsRune(",，、", r) })
	held, _, err := e.app.Passes(e.ctx)
	if err != nil {
		return err
	}
	for _, name := range without {
		if !slices.ContainsFunc(held, func(h app.Opener) bool { return h.Kind == "password" && h.Signs(name) }) {
			return problem.Problems{"without": "没有用“" + name + "”这个姓名登录的人，没有换；名单见 lianluo protect show"}
		}
	}
	if _, err := e.app.Renew(e.ctx, func(h app.Opener) bool { return !slices.ContainsFunc(without, h.Signs) }); err != nil {
		return err
	}
	return e.say(map[string]any{"renewed": true}, "换好了钥匙，全部资料重新上了锁；各人的密码不变。以前的备份仍用当时的密码打开。")
}

func protectAccount(e *env, _ *protectOptions) error {
	may, ok := map[string]bool{"on": true, "off": false}[e.args[0]]
	if !ok {
		return usage("请写 on 或 off")
	}
	if err := e.app.LetAccount(e.ctx, may); err != nil {
		return err
	}
	if err := e.say(map[string]bool{"account": may}, map[bool]string{true: "本机账户可以打开这里，自动报送（sync --watch）不用问密码。",
		false: "本机账户不再能打开这里。"}[may]); err != nil || may {
		return err
	}
	return e.stale()
}

// forgotten are the ways in for who forgot his password.
var forgotten = map[string]part[*forgotOptions]{"ask": {0, 0, forgotAsk}, "answer": {1, 1, forgotAnswer},
	"take": {1, 1, forgotTake}, "sheet": {1, 1, forgotSheet}}

func forgotAsk(e *env, o *forgotOptions) error {
	if o.out == "" || e.user == "" {
		return usage("没有写 --user 或 --out")
	}
	typed, err := e.fresh()
	if err != nil {
		return err
	}
	r, err := app.AskHelp(e.where(), e.user, typed, o.out, computer())
	if err != nil {
		return err
	}
	return e.say(map[string]string{"file": o.out, "digits": r.Digits},
		"申请写好了：%s。请拿到上级，打电话把校验号读给他们：%s。答复回来以后：lianluo forgot take 文件。", filepath.Base(o.out), r.Digits)
}

func forgotAnswer(e *env, o *forgotOptions) error {
	if o.out == "" || o.digits == "" {
		return usage("没有写 --digits 或 --out")
	}
	if err := e.open(); err != nil {
		return err
	}
	r, err := e.app.ReadHelp(e.args[0])
	if err != nil {
		return err
	}
	if err := e.app.AnswerHelp(e.ctx, r, o.digits, o.out); err != nil {
		return err
	}
	return e.say(map[string]string{"unit": r.Unit, "file": o.out}, "已答复 %s。文件只有对方那台电脑、知道新密码的人打得开：%s", r.Unit, o.out)
}

func forgotTake(e *env, _ *forgotOptions) error {
	typed, err := e.fresh()
	if err != nil {
		return err
	}
	p, err := app.TakeHelp(e.where(), typed, e.args[0], computer())
	if err != nil {
		return err
	}
	return e.say(map[string]string{"name": p.Name}, "%s 的密码换好了，资料都在。", p.Name)
}

func forgotSheet(e *env, _ *forgotOptions) error {
	if e.user == "" {
		return usage("没有写 --user")
	}
	words, err := e.typed(e.args[0])
	if err != nil {
		return err
	}
	p, err := app.UnlockBySheet(e.where(), words, computer())
	if err != nil {
		return err
	}
	typed, err := e.fresh()
	if err == nil {
		p, err = app.Replace(e.where(), p, e.user, typed, computer())
	}
	if err != nil {
		return err
	}
	return e.say(map[string]string{"name": p.Name}, "%s 的密码换好了，资料都在。", p.Name)
}

// userPassword gives somebody a new password: himself, or another whose administrator one is.
func userPassword(e *env, _ *userOptions) error {
	typed, err := e.fresh()
	if err != nil {
		return err
	}
	u, err := e.app.Password(e.ctx, e.app.Clerk(), e.args[0], typed)
	if err != nil {
		return err
	}
	return e.say(map[string]string{"user": u.User, "name": u.Name}, "%s 的密码换好了。", u.Name)
}
