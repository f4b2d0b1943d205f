package ledger

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// Choice is by what a list is narrowed, as somebody writes it: codes or their words. Empty members choose all.
type Choice struct {
	Text       string `json:"text,omitempty"`
	Basket     string `json:"basket,omitempty"`
	State      string `json:"state,omitempty"` // of States
	Step       int    `json:"step,omitempty"`
	Overdue    bool   `json:"overdue,omitempty"`
	Urgent     bool   `json:"urgent,omitempty"` // more urgent than usual
	Station    string `json:"station,omitempty"`
	Register   string `json:"register,omitempty"`
	Category   string `json:"category,omitempty"` // or a group
	Channel    string `json:"channel,omitempty"`
	Department string `json:"department,omitempty"` // one of those who handle it
	Leader     string `json:"leader,omitempty"`     // who took it on himself
	Result     string `json:"result,omitempty"`     // of words.Ratings
	Period     string `json:"period,omitempty"`     // of Periods, as of the day on which it is looked at
	From       string `json:"from,omitempty"`       // days, both among them
	To         string `json:"to,omitempty"`
}

// States are by which state a list is narrowed: whether somebody has to act, the steps between, how it ended.
var States = states()

func states() words.List {
	list := words.Of("open", "未办结", "pressing", "快到期·超期", "over", "已有结果")
	for _, s := range matter.Choose(func(s matter.State) bool { return s.String() != "" }) {
		list = append(list, words.Word{Code: strconv.Itoa(int(s)), Name: s.String()})
	}
	return list
}

// Periods are stretches of days that move on with the day.
var Periods = words.Of("week", "本周", "month", "本月", "quarter", "本季度", "year", "今年", "last-week", "上周", "last-month", "上月",
	"last-quarter", "上季度", "last-year", "去年")

// period gives the first day of one and the day after its last; weeks begin on first.
func period(code string, now time.Time, first time.Weekday) (from, to time.Time) {
	at := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, now.Location())
	}
	y, m, d := now.Date()
	what, last := strings.CutPrefix(code, "last-")
	n := map[bool]int{true: -1}[last]
	switch what {
	case "week":
		d += 7*n - int(now.Weekday()-first+7)%7
		return at(y, m, d), at(y, m, d+7)
	case "month":
		return at(y, m+time.Month(n), 1), at(y, m+time.Month(n)+1, 1)
	case "quarter":
		m = (m-1)/3*3 + 1 + time.Month(3*n)
		return at(y, m, 1), at(y, m+3, 1)
	}
	return at(y+n, 1, 1), at(y+n+1, 1, 1)
}

// Asked is the query that a choice asks today. It fails with problem.Problems by the names of its members (until for To).
func (l *Ledger) Asked(c Choice) (q Query, err error) {
	wrong := problem.Problems{}
	q = Query{Text: c.Text, Late: c.Overdue, Leader: spelling.Name(c.Leader)}
	if c.Basket != "" {
		q.Filter = l.basket(c.Basket, wrong)
	}
	if c.Step != 0 {
		if q.Step = c.Step; c.Step < 1 || c.Step > 7 {
			wrong["step"] = "请写 1 到 7"
		}
	}
	q.Urgent = c.Urgent
	if c.State != "" {
		l.state(&q, wrong.Choose("state", c.State, "", States))
	}
	if c.Station != "" {
		code, ok := unit.Station(c.Station)
		if q.Station = code; !ok {
			wrong["station"] = "没有这个联络站，请核对代码"
		}
	}
	if c.Register != "" {
		code, ok := words.Registers.Parse(c.Register)
		if q.Register = code; !ok {
			wrong["register"] = "请写 reception（接待群众）、visit（走访选民）或 opinion（社情民意）"
		}
	}
	if c.Channel != "" {
		q.Channel = wrong.Choose("channel", c.Channel, "", words.Channels)
	}
	if c.Result != "" {
		q.Result = wrong.Choose("result", c.Result, "", words.Ratings)
	}
	if q.Department = spelling.Department(c.Department); q.Department == "" && strings.TrimSpace(c.Department) != "" {
		wrong["department"] = "请写承办单位的名称"
	}
	if c.Category != "" {
		code, ok := category.Parse(spelling.Plain(c.Category))
		if !ok {
			code, ok = category.ParseGroup(spelling.Plain(c.Category))
		}
		if q.Category = code; !ok {
			wrong["category"] = "没有“" + c.Category + "”这个类别，请写类别的代码或名称"
		}
	}
	l.days(&q, c, wrong)
	return q, wrong.Or()
}

// basket is the filter of a basket.
func (l *Ledger) basket(typed string, wrong problem.Problems) Filter {
	var names []string
	for _, b := range l.Baskets() {
		if names = append(names, b.Code+"（"+b.Name+"）"); b.Code == typed || b.Name == typed {
			return b.Filter
		}
	}
	wrong["basket"] = "请写其中一个：" + strings.Join(names, "、")
	return Filter{}
}

// state narrows a query to a state of States, within those that a basket has already.
func (l *Ledger) state(q *Query, code string) {
	var in []matter.State
	switch code {
	case "":
		return
	case "open":
		in = matter.OpenStates()
	case "pressing":
		if due := l.Pressing().Overdue; q.Overdue == "" || due < q.Overdue {
			q.Overdue = due
		}
		return
	case "over":
		in = matter.Choose(matter.State.Over)
	default:
		n, _ := strconv.Atoi(code) // as States has it
		in = []matter.State{matter.State(n)}
	}
	if q.States != nil {
		in = slices.DeleteFunc(in, func(s matter.State) bool { return !slices.Contains(q.States, s) })
	}
	q.States = append([]matter.State{}, in...) // none: nothing is chosen
}

func (l *Ledger) days(q *Query, c Choice, wrong problem.Problems) {
	now := l.Now()
	if c.Period != "" {
		if c.From+c.To != "" {
			wrong["period"] = "写了哪一段时间，就不用再写起止日期"
		}
		if code := wrong.Choose("period", c.Period, "", Periods); code != "" {
			q.From, q.To = period(code, now, l.Week)
		}
		return
	}
	date := func(field, s string, plus int) time.Time {
		if strings.TrimSpace(s) == "" {
			return time.Time{}
		}
		t, _, why := day.Read(s, now)
		if why != "" {
			wrong[field] = why
		}
		return time.Date(t.Year(), t.Month(), t.Day()+plus, 0, 0, 0, 0, t.Location())
	}
	q.From, q.To = date("from", c.From, 0), date("until", c.To, 1)
	if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		wrong["until"] = "早于开始的日子，请核对"
	}
}

// tallied says whether a query asks for something that only tallies tell quickly.
func (q Query) tallied() bool { return cmp.Or(q.Channel, q.Result, q.Leader) != "" && q.rows == nil }

// Narrow looks once for what only the tallies tell, so that several pages of a query do not look for it again.
func (l *Ledger) Narrow(ctx context.Context, q Query) (Query, error) {
	err := l.narrow(ctx, &q)
	return q, err
}

// narrow narrows several queries in one go.
func (l *Ledger) narrow(ctx context.Context, qs ...*Query) error {
	if qs = slices.DeleteFunc(qs, func(q *Query) bool { return !q.tallied() }); len(qs) == 0 {
		return nil
	}
	for _, q := range qs {
		q.rows, q.Rows = map[int64]bool{}, []int64{}
	}
	return view.Matters(ctx, l.Store, -ever, ever, func(row int64, t *matter.Tally) {
		for _, q := range qs {
			if (q.Channel == "" || t.Channel == q.Channel) && (q.Leader == "" || spelling.Name(t.Leader) == q.Leader) &&
				(q.Result == "" || result(t) == q.Result) {
				q.rows[row], q.Rows = true, append(q.Rows, row)
			}
		}
	})
}

// ever is a day after every one on which anything counts, and the other way round before them, so that what was entered by
// mistake is among them.
const ever = 1 << 30

// result is how the citizen rated what he was told last, a code of words.Ratings; "" where he still may.
func result(t *matter.Tally) (code string) {
	for _, h := range t.Happened {
		switch h.What {
		case matter.WasSatisfied:
			code = "satisfied"
		case matter.WasBasically:
			code = "basically"
		case matter.WasNot:
			code = "unsatisfied"
		case matter.WasTold:
			code = ""
		}
	}
	switch {
	case code == "" && t.State == matter.Unrated:
		return "unrated"
	case t.State == matter.Lost:
		return "unreachable"
	}
	return code
}

// Count says how many matters a query chooses, and how many of them are overdue today.
func (l *Ledger) Count(ctx context.Context, q Query) (n, late int, err error) {
	if _, err := l.narrowed(ctx, &q.Filter, strings.TrimSpace(q.Text)); err != nil {
		return 0, 0, err
	}
	today := l.Now().Format(time.DateOnly)
	if q.Late {
		q.Overdue = today
	}
	if q, err = l.Narrow(ctx, q); err != nil {
		return 0, 0, err
	}
	if strings.TrimSpace(q.Text) != "" {
		if q.Rows, err = l.found(ctx, q); err != nil {
			return 0, 0, err
		}
	}
	return view.CountLate(ctx, l.Store, q.Filter, today)
}

// found are the rows of all that a text finds, among those that a query was narrowed to.
func (l *Ledger) found(ctx context.Context, q Query) ([]int64, error) {
	l.catchUp(ctx)
	list := []int64{}
	for before := int64(0); ; {
		rows, more, err := l.Index.Find(ctx, q.Text, 5000, before)
		if err != nil || len(rows) == 0 {
			return list, err
		}
		before = slices.Min(rows)
		list = append(list, slices.DeleteFunc(rows, func(row int64) bool { return q.rows != nil && !q.rows[row] })...)
		if !more {
			return list, nil
		}
	}
}
