package schedule

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/agenda"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// act is what one act with a session asks, and what is said about it.
type act struct {
	do, word string
	key      fyne.KeyName // does it with the open session, or with the only one of the chosen day
	hint     string
	fields   field.List
	asks     func(s session.Session) field.List      // what it asks of one session, where that differs
	wrong    func(now field.Values) problem.Problems // what is seen to be missing before it is done; nil for nothing
	begin    func(p *Page, s session.Session) field.Values
	order    func(now, changed field.Values) agenda.Order
	said     string
}

// What acts ask besides the fields of sessions.
var (
	reason = field.Field{Code: "reason", Name: "原因", Input: field.Area, Lines: 2, Most: 200, Must: true}
	whom   = field.Field{Code: "who", Name: "哪一位", Input: field.Chips, Must: true}
	seats  = field.Field{Code: "planned", Name: "代表", Hint: "再加一位：姓名或首字母，按 Enter", Input: field.People}
	guests = field.Field{Code: "invited", Name: "特邀", Hint: "不在名册上的，写姓名，几位用顿号隔开", Input: field.People, More: true}
)

// acts are all that are done with a session that is there, the likeliest first.
var acts = []act{
	{do: session.Post, word: "公告", key: fyne.KeyG, hint: "贴出来以后记在这里；改期、取消以后再贴的，就是更正公告。", fields: field.List{
		{Code: "date", Name: "哪天贴的", Hint: "不写就是今天", Most: 20},
		{Code: "places", Name: "贴在哪里", Hint: "如 村务公开栏、微信群", Input: field.People, Otherwise: "站点公告栏"},
		{Code: "reason", Name: "晚贴的原因", Hint: "按时贴的不写", Most: 200}}, said: "公告已记下。",
		order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Date: now.Text("date"), Places: now.List("places"), Reason: now.Text("reason")}
		}},
	over,
	{do: session.Swap, word: "换人", key: fyne.KeyH, hint: "两位的名字都留着。", fields: field.List{whom,
		{Code: "with", Name: "换成谁", Hint: "姓名或首字母", Input: field.Place, Must: true}, optional(reason)}, said: "已换好。",
		order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Who: now.Text("who"), With: now.Text("with"), Reason: now.Text("reason")}
		}},
	{do: session.Reply, word: "答复邀请", key: fyne.KeyR, fields: field.List{whom,
		{Code: "reply", Name: "答复", Input: field.Chips, Words: words.Replies, Must: true}, optional(reason)}, said: "答复已记下。",
		order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Who: now.Text("who"), Reply: now.Text("reply"), Reason: now.Text("reason")}
		}},
	{do: session.Call, word: "增减人员", key: fyne.KeyA, hint: "点亮的都请；原来请了、现在不亮的就不再请。", fields: field.List{seats, guests}, said: "人员已改好。",
		begin: func(_ *Page, s session.Session) field.Values {
			var keys []string
			for _, c := range s.Awaited() {
				keys = append(keys, c.Key)
			}
			return field.Values{"planned": keys}
		}},
	{do: session.Move, word: "改期", key: fyne.KeyM, hint: "已经公告的，改了要再贴一张更正公告。", fields: append(session.Fields.Where(func(f field.Field) bool {
		return f.Code == "day" || f.Code == "from" || f.Code == "to" || f.Code == "place"
	}), reason), said: "已改期。",
		begin: func(_ *Page, s session.Session) field.Values { return s.Values() },
		order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Set: picked(now, "day", "from", "to", "place"), Reason: now.Text("reason")}
		}},
	{do: session.Cancel, word: "取消", hint: "取消的留在日程里，写着原因。", fields: field.List{reason}, said: "已取消。",
		order: func(now, _ field.Values) agenda.Order { return agenda.Order{Reason: now.Text("reason")} }},
	{do: session.Change, word: "更正", key: fyne.KeyE, fields: session.Fields.Without("kind"), said: "已更正。原来写的也留着，可以查。",
		begin: func(_ *Page, s session.Session) field.Values { return s.Values() },
		order: func(_, changed field.Values) agenda.Order { return agenda.Order{Set: changed} }},
	{do: session.Hand, word: "交办意见", fields: field.List{{Code: "unit", Name: "交给哪个单位", Most: 60, Must: true},
		{Code: "what", Name: "内容", Input: field.Area, Lines: 3, Most: 1000, Must: true}}, said: "已记下。",
		order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Unit: now.Text("unit"), What: now.Text("what")}
		}},
	{do: session.Hand, word: "单位答复", fields: field.List{{Code: "result", Name: "哪一条", Input: field.Chips, Must: true},
		{Code: "answer", Name: "怎样答复", Input: field.Area, Lines: 3, Most: 1000, Must: true}, {Code: "date", Name: "哪天答复的", Hint: "不写就是今天", Most: 20}},
		said: "答复已记下。", order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Result: now.Text("result"), Answer: now.Text("answer"), Date: now.Text("date")}
		}},
	{do: session.Contest, word: "提出异议", hint: "代表本人对这一场的记录有不同说法的，写在这里，原来的记录不改。", fields: field.List{whom,
		{Code: "object", Name: "有什么异议", Input: field.Area, Lines: 2, Most: 500, Must: true}}, said: "异议已记下。",
		order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Who: now.Text("who"), Object: now.Text("object")}
		}},
	{do: session.Contest, word: "答复异议", fields: field.List{whom, {Code: "answer", Name: "怎样答复", Input: field.Area, Lines: 2, Most: 500, Must: true}},
		said: "答复已记下。", order: func(now, _ field.Values) agenda.Order {
			return agenda.Order{Who: now.Text("who"), Answer: now.Text("answer")}
		}},
	{do: session.Confirm, word: "确认", fields: field.List{{Code: "note", Name: "说明", Most: 200}}, said: "已确认，记入他的履职。",
		order: func(now, _ field.Values) agenda.Order { return agenda.Order{Note: now.Text("note")} }},
	{do: session.Abandon, word: "作废", hint: "登记错了才作废。不开了的，请取消。", fields: field.List{reason}, said: "已作废，原因留着。",
		order: func(now, _ field.Values) agenda.Order { return agenda.Order{Reason: now.Text("reason")} }},
}

// addition is the one act with a session that is not there yet.
var addition = act{do: session.Plan, word: "安排一场", said: "已安排。", order: func(now, _ field.Values) agenda.Order {
	set := field.Values{}
	for _, f := range session.Fields {
		if v, said := now[f.Code]; said {
			set[f.Code] = v
		}
	}
	o := agenda.Order{Set: set, Station: now.Text("station"), Planned: people(now)}
	if now.Yes("open") {
		o.Becomes = "open"
	}
	return o
}}

// Return asks when a household is visited again, by whom; the visit is linked to its matter.
func (p *Page) Return(m matter.Matter) {
	again := addition
	again.word, again.said = "安排回访", "已安排回访。"
	again.hint = m.Number + "　" + m.Title + "。不点代表的，就是这一件上写的代表。"
	again.fields = append(session.Fields.Where(func(f field.Field) bool { return slices.Contains([]string{"day", "from", "to", "liaison"}, f.Code) }), seats)
	again.order = func(now, changed field.Values) agenda.Order {
		o := addition.order(now, changed)
		o.Set["kind"], o.Matter, o.Station = "visit", m.ID, m.Station
		return o
	}
	p.callable(func() { p.ask(again, session.Session{}) })
}

// fields are those of a new session here.
func (p *Page) fields() field.List {
	list := session.Fields.Where(func(f field.Field) bool { return !f.More })
	if p.role != journal.Station {
		list = append(list, field.Field{Code: "station", Name: "站点", Hint: "站名、首字母或代码；不写就是本单位的活动", Input: field.Place})
	}
	list = append(list, seats, guests, field.Field{Code: "open", Name: "已经举行", Input: field.Tick, Hint: "日子过了，或者没有安排就来了的"})
	return append(list, session.Fields.Where(func(f field.Field) bool {
		_, rated := session.Counts.Field(f.Code)
		return f.More && !rated && f.Code != "citizens" && f.Code != "slips" && f.Code != "minutes"
	})...)
}

// optional is a field that may be left empty.
func optional(f field.Field) field.Field {
	f.Must, f.Hint = false, "可以不写"
	return f
}

func picked(v field.Values, codes ...string) field.Values {
	set := field.Values{}
	for _, code := range codes {
		set[code] = v[code]
	}
	return set
}

// people are those who are chosen, and those who are invited by name.
func people(now field.Values) (list []agenda.Person) {
	for _, who := range now.List("planned") {
		list = append(list, agenda.Person{Who: who})
	}
	for _, name := range now.List("invited") {
		list = append(list, agenda.Person{Who: name, Part: "guest"})
	}
	return list
}

func (p *Page) may(a act, s session.Session) bool {
	switch _, asks := a.fields.Field("who"); {
	case asks && len(named(a, s)) == 0, a.do == session.Post && !s.Announces():
		return false
	case a.do == session.Close && !p.ends(s):
		return false
	case a.word == "单位答复" && len(unanswered(s)) == 0:
		return false
	}
	return s.May(a.do, p.agenda.Settings.Unit)
}

// named are those whom an act can be about.
func named(a act, s session.Session) (options []kit.Option) {
	if a.word == "答复异议" {
		for _, o := range s.Objects {
			options = append(options, kit.Option{Code: o.Key, Text: o.Name, Note: o.Note})
		}
		return options
	}
	for _, c := range s.Called {
		if c.Instead == "" && !c.Extra || a.do == session.Contest {
			options = append(options, kit.Option{Code: c.Key, Text: c.Name})
		}
	}
	return options
}

// unanswered are the results to which no unit has replied.
func unanswered(s session.Session) (options []kit.Option) {
	for _, r := range s.Results {
		if r.Reply == "" {
			options = append(options, kit.Option{Code: r.Key, Text: r.Unit + "：" + brief(r.What)})
		}
	}
	return options
}

// brief is the beginning of a text, enough to know it again.
func brief(text string) string {
	if rs := []rune(text); len(rs) > 16 {
		return string(rs[:16]) + "…"
	}
	return text
}

// do opens the sheet of an act with the open session, or with that of the chosen day.
func (p *Page) do(a act) {
	if p.open != nil {
		if p.may(a, *p.open) {
			p.ask(a, *p.open)
		}
		return
	}
	p.of(func(ss []session.Session) {
		can := slices.DeleteFunc(slices.Clone(ss), func(s session.Session) bool { return !p.may(a, s) })
		switch len(can) {
		case 0:
			p.host.Say(kit.Plain, "选中的这一天没有可以“"+a.word+"”的。")
		case 1:
			p.ask(a, can[0])
		default:
			p.which(a.word+" 哪一场", can, func(s session.Session) { p.ask(a, s) })
		}
	})
}

func (p *Page) notice() { p.do(acts[0]) }

// ask opens the sheet of an act.
func (p *Page) ask(a act, s session.Session) {
	begin := field.Values{}
	if a.begin != nil {
		begin = a.begin(p, s)
	}
	if a.do == session.Plan {
		begin = field.Values{"day": p.at.Format(time.DateOnly)}
		if at := cmp.Or(p.view.only, p.station); at != p.agenda.Settings.Unit {
			begin["station"] = at
		}
	}
	if a.asks != nil {
		a.fields = a.asks(s)
	}
	p.host.Say(kit.Plain, "")
	var odd []string
	title := strings.TrimSpace(a.word + " " + s.Day + " " + s.From)
	if s.Station != "" && s.Station != p.agenda.Settings.Unit {
		title += " " + p.month.place(s.Station)
	}
	var after session.Session
	p.form = p.sheets.Open(show.Sheet{Title: title, Hint: a.hint, Yes: a.word, Fields: a.fields, More: "更多：特邀、领导层级、政策宣讲…", Begin: begin,
		Own: func(f field.Field, changed func()) (kit.Input, bool) { return p.input(a, s, f, changed) },
		Do: func(ctx context.Context, now, changed field.Values) (err error) {
			if a.wrong != nil {
				if wrong := a.wrong(now); len(wrong) > 0 {
					return wrong
				}
			}
			o := agenda.Order{}
			if a.do == session.Call {
				o = recall(s, now)
			} else {
				o = a.order(now, changed)
			}
			o.Do = a.do
			if after, err = p.agenda.Act(ctx, p.by, s.ID, o); err == nil {
				odd, _ = p.agenda.Caveats(ctx, after) // it is done, whatever is odd about it
			}
			return err
		}, Done: func() {
			said := a.said
			if a.do == session.Plan && after.State == session.Open {
				said = "已登记。再按 D，记谁到了、谁没有到。"
			}
			p.host.Say(kit.Good, strings.Join(append([]string{said}, odd...), "　"))
			if on, err := time.ParseInLocation(time.DateOnly, after.Day, p.at.Location()); err == nil && p.open == nil {
				p.at = on.Add(12 * time.Hour)
			}
			p.Shown()
		}})
}

// recall says who is called as well and who no more, from those who are to be.
func recall(s session.Session, now field.Values) (o agenda.Order) {
	want := map[string]bool{}
	for _, p := range people(now) {
		if want[p.Who] = true; !slices.ContainsFunc(s.Awaited(), func(c session.Called) bool { return c.Key == p.Who }) {
			o.Planned = append(o.Planned, p)
		}
	}
	for _, c := range s.Awaited() {
		if !want[c.Key] {
			o.Off = append(o.Off, c.Key)
		}
	}
	return o
}

// add opens the sheet on which a session is planned for the chosen day.
func (p *Page) add() {
	a := addition
	a.fields = p.fields()
	p.ask(a, session.Session{})
}
