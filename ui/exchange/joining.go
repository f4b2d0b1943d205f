package exchange

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// words are what is said of a stage: in the head of its card, and what that means. 上级 stands for the office above,
// and 号码 for the number to call.
var words = map[trust.Stage]struct{ head, says string }{
	trust.First:    {"接上上级：打一次电话，两边各填一次", "照下面的顺序做。没有接上以前照常登记，记录都在本机，什么也不送出。"},
	trust.Noted:    {"已记下上级的校验号", "上级确认本机以后自动接上，不用再核对。上级还没有听到本机校验号的，请打电话念给它。"},
	trust.Expected: {"已记下上级的校验号", "上级确认本机以后自动接上，不用再核对。上级还没有听到本机校验号的，请打电话念给它。"},
	trust.Offered:  {"还差一步：填上级的校验号", "收到了确认本机的文件。是不是真的上级，只有校验号说得清，请照③填。没有填以前照常登记，什么也不送出。"},
	trust.Misfit: {"校验号对不上，没有接上", "收到的文件和您填的对不上：可能填错了，也可能有人冒充上级。请照②③再打一次电话，重新填。" +
		"两次都对不上，请让上级管电脑的人来看；照常登记，记录都在本机，什么也没有送出。"},
	trust.Former: {"请和上级核对一次校验号",
		"本机和上级是以前接上的，这边还没有人核对过。报送照常，不耽误。请用号码打电话给上级，请它在“报送”页按“密钥…”，念出它的十六位，填在下面；有上级接入单的，照单子填。"},
	trust.Doubtful: {"上级的校验号对不上", "您填的和本机一直在送的那台电脑对不上：可能填错了，也可能有人冒充上级。请用号码再打一次电话，请上级慢慢念，重新填。" +
		"两次都对不上，请先不要报送，让上级管电脑的人来看；记录都在本机。"},
	trust.Another: {"又有一台电脑自称是上级", "可能是上级换了电脑，也可能有人冒充，从文件里看不出来。请用号码打电话给上级，问一句：换了电脑没有？" +
		"换了，请它念新电脑的十六位，填在下面。没有换，不要填，把这件事告诉它。没有填以前，记录只送给原来那台，照常登记，不会丢。"},
	trust.Stranger: {"校验号对不上，没有换", "自称是上级的那台电脑和您填的对不上：可能填错了，也可能有人冒充。请用号码再打一次电话，重新填；两次都对不上，请让上级管电脑的人来看。" +
		"记录只送给原来那台，照常登记，不会丢。"},
}

// Comparing says in a few words what a person here should compare with the office above, and whether it is grave; ""
// for nothing, or as long as what is not grave was put off.
func Comparing(s trust.Stage, up string, later bool) (words string, grave bool) {
	switch {
	case up == "" || later && s == trust.Former:
		return "", false
	case s == trust.Former:
		return "请和" + up + "核对一次校验号", false
	case s == trust.Offered:
		return "还差一步就接上" + up, false
	case s == trust.Another:
		return "又有一台电脑自称是" + up, true
	case s.Grave():
		return up + "的校验号对不上", true
	}
	return "", false
}

// joining is the card about the office above, as long as a person here has something to compare with it. Its digits
// are never shown before: they come by telephone or on paper.
type joining struct {
	*fyne.Container
	p       *Page
	head    *kit.Label
	says    *kit.Label
	before  *fyne.Container // what comes before typing, where nobody is believed yet
	call    *kit.Label
	typing  *kit.Label
	after   *kit.Label
	own     *own
	digits  *kit.Digits
	confirm *kit.Button
	later   *kit.Button
	waits   bool // the office's digits were typed, and it did not answer yet
}

func newJoining(p *Page) *joining {
	j := &joining{p: p, head: kit.Bold(""), says: kit.Text(""), call: kit.Text(""), typing: kit.Text(""),
		own: newOwn(p, true)}
	j.head.SizeName = look.Title
	j.digits = p.digits(p.up + "的十六位校验号")
	j.digits.Entry.OnEnter = j.do
	j.confirm = kit.NewButton("确认", "", false, j.do)
	j.later = kit.NewButton("以后再说", "", false, func() {
		*p.do.Later = true
		p.notice.Say(kit.Plain, "好的，报送照常。下次打开程序再提醒。")
		p.Shown()
	})
	j.before = closely(kit.Text("① 插好U盘（或连好共享文件夹），按“现在报送”，接入申请就放进去了。用U盘的，再把U盘交给"+p.up+"。"), j.call, j.own.Container)
	j.after = kit.Text("④ " + p.up + "确认以后（用U盘的，拿回U盘）再按一次“现在报送”，就接上了。")
	field := container.NewBorder(nil, nil, nil, container.NewVBox(container.NewHBox(j.later, j.confirm)),
		j.digits.Container)
	j.Container = kit.Card(closely(j.head, j.says, j.before, j.typing, field, j.after))
	return j
}

func (j *joining) show(s seen) {
	p := j.p
	now := s.above.Stage()
	if s.above.Believed && j.waits { // what the round said of the stick stays
		said := p.notice.Said()
		if !strings.Contains(said, "U盘") {
			said = ""
		}
		p.notice.Say(kit.Good, "已接上"+p.up+"。"+said)
	}
	j.waits = now == trust.Noted
	if j.Hidden = p.up == "" || !p.looked || now == trust.Settled || now == trust.Former && *p.do.Later; j.Hidden {
		return
	}
	number := "您一直用的号码（不要用U盘、微信里写的）"
	if phone := s.compared[p.courier.Settings.Parent]; phone != "" {
		number = "您一直用的号码（以前核对过的是 " + phone + "）"
	}
	put := strings.NewReplacer("上级", p.up, "号码", number)
	j.head.Importance = widget.MediumImportance
	if now.Grave() {
		j.head.Importance = widget.DangerImportance
	}
	j.head.SetText(put.Replace(words[now].head))
	j.says.SetText(put.Replace(words[now].says))
	j.before.Hidden = s.above.Believed
	j.after.Hidden = s.above.Believed
	j.later.Hidden = now != trust.Former
	j.own.show(s)
	j.call.SetText(put.Replace("② 用接入单上的，或号码，打电话给上级，念本机的十六位："))
	j.typing.Hidden = s.above.Believed
	j.typing.SetText(put.Replace("③ 请它念上级的十六位，填在这里，按“确认”。手上有上级接入单的，照单子填："))
	if now == trust.Noted {
		j.typing.SetText(put.Replace("③ ✓ 上级的校验号已记下。填错了，在这里重新填："))
	}
}

func (j *joining) do() {
	heard, ok := j.digits.Take()
	if !ok {
		kit.Focus(j.digits.Entry)
		return
	}
	p, was := j.p, j.p.seen.above.Stage()
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (trust.Above, error) {
		if err := p.courier.Follow(ctx, heard); err != nil {
			return trust.Above{}, err
		}
		return p.courier.Above(ctx)
	}, func(a trust.Above, err error) {
		said := "对上了，已确认" + p.up + "的电脑。请再按一次“现在报送”，本单位的记录就送出去。"
		switch {
		case err != nil:
			j.digits.Say(p.host.Explain(err))
			kit.Focus(j.digits.Entry)
			p.Shown()
			return
		case a.Awaited:
			said = "已记下。" + p.up + "确认本机以后自动接上，您照常登记就好。"
		case was == trust.Former || was == trust.Doubtful:
			said = "对上了。" + p.up + "已核对过，以后不用再核对。"
		}
		j.digits.Clear()
		p.notice.Say(kit.Good, said)
		p.Shown()
	})
}

// closely puts what belongs together below each other.
func closely(things ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(-6), things...)
}

// digits is a field for the digits of somebody else.
func (p *Page) digits(hint string) *kit.Digits {
	return kit.NewDigits(hint, 16, func(typed string) string {
		if typed == p.seen.print {
			return "这是本机自己的校验号，这里要填对方的。"
		}
		_, err := trust.Typed(typed)
		return explain.Sentence(err)
	})
}
