// Package docket is the docket of suggestions of one installation (代表建议台账): which there are, how far they have come,
// what is to be done with them (data/suggestion). What is done is checked here and becomes an entry; by when the next step
// is due is worked out by app/docket/clock.
package docket

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/docket/clock"
	"lianluo.local/assets/workday"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/search"
	"lianluo.local/data/settings"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Desk is the docket that one computer knows.
type Desk struct {
	Guard    right.Guard
	Store    *store.Store
	Index    *search.Index
	Settings *settings.Settings
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time

	Person func(ctx context.Context, idOrName string) (person.Person, error) // the one who bears it, else a problem
	// Presence says of somebody, by any ID of his, under which he is listed and what he is on a day: leave, suspended or
	// ended of words.Presences, "" where he may act.
	Presence func(ctx context.Context) (func(id, day string) (listed, is string), error)
	Matter   func(ctx context.Context, number string) (matter.Matter, error) // by its number or ID, else a problem
	Through  func(ctx context.Context) (func(station string) string, error)  // what a station reports through
	Fill     func(ctx context.Context) error                                 // brings full text up to what was saved
}

// Filter chooses suggestions; what is empty chooses all but those that were entered by mistake.
type Filter struct {
	Basket   string // a code of Baskets
	Office   string // that has it
	Level    string
	Congress string
	Person   string // the ID of somebody who signs
	Matter   string // the ID of one that it grew from
	Unit     string // the name of one that handles it, or its key
	Query    string // words
	States   []suggestion.State
	From, To string // the days on which it was submitted, both counted
	After    int
	Limit    int
}

func (d *Desk) today() string { return d.Now().Format(time.DateOnly) }

// Light is how near its end the present step of a suggestion is today.
func (d *Desk) Light(s suggestion.Suggestion) clock.Light { return clock.Lit(s, d.today()) }

// where is the filter in SQL.
func (d *Desk) where(ctx context.Context, f Filter) (cond string, args []any, err error) {
	conds := []string{"1"}
	add := func(c string, a ...any) { conds, args = append(conds, c), append(args, a...) }
	if f.Basket != "" {
		b, ok := d.basket(f.Basket)
		if !ok {
			return "", nil, problem.Problems{"basket": "没有这个篮子，请从这些里选：" + strings.Join(d.basketNames(), "、")}
		}
		add(b.cond, b.args...)
	}
	for column, value := range map[string]string{"office": f.Office, "level": f.Level, "congress": f.Congress} {
		if value != "" {
			add(column+" = ?", value)
		}
	}
	labels := map[string][]string{suggestion.BySigner: {f.Person}, suggestion.ByMatter: {f.Matter}}
	if f.Unit != "" {
		labels[suggestion.ByHandler] = []string{suggestion.KeyOf(spelling.Department(f.Unit)), suggestion.KeyOf(f.Unit), f.Unit}
	}
	for kind, values := range labels {
		if values[0] != "" {
			list, _ := json.Marshal(values)
			add("id IN (SELECT thing FROM label WHERE kind = ? AND value IN (SELECT value FROM json_each(?)))", kind, string(list))
		}
	}
	if f.From != "" {
		add("submitted >= ?", f.From)
	}
	if f.To != "" {
		add("submitted <> '' AND submitted <= ?", f.To)
	}
	switch {
	case f.States != nil:
		add("state IN " + among(f.States))
	case f.Basket == "":
		add("state <> ?", int(suggestion.Void))
	}
	if q := strings.TrimSpace(f.Query); q != "" {
		rows, err := d.found(ctx, q)
		if err != nil {
			return "", nil, err
		}
		add("(row IN ("+rows+") OR serial = ?)", q)
	}
	return strings.Join(conds, " AND "), args, nil
}

func among(states []suggestion.State) string {
	var list []string
	for _, s := range states {
		list = append(list, fmt.Sprint(int(s)))
	}
	return "(" + strings.Join(list, ",") + ")"
}

// found are the rows of what has some words, as SQL has them.
func (d *Desk) found(ctx context.Context, query string) (string, error) {
	if err := d.Fill(ctx); err != nil {
		return "", err
	}
	rows, _, err := d.Index.Find(ctx, query, 5000, 0)
	if err != nil {
		return "", fmt.Errorf("suggestions: %w", err)
	}
	var list []string
	for _, r := range rows {
		list = append(list, fmt.Sprint(r))
	}
	return strings.Join(list, ","), nil
}

// serial is a number as it is kept: 第012号 is 12.
func serial(typed string) string {
	s := spelling.Plain(typed)
	s = strings.TrimSuffix(strings.TrimPrefix(s, "第"), "号")
	if cut := strings.TrimLeft(s, "0"); cut != "" && strings.Trim(cut, "0123456789") == "" {
		return cut
	}
	return s
}

// Acts are the acts that may follow now, here, in the order of a suggestion's life.
func (d *Desk) Acts(s suggestion.Suggestion) (acts words.List) {
	for _, a := range suggestion.Acts {
		if a.Code != suggestion.Write && a.Code != suggestion.Share && s.May(a.Code, d.Settings.Unit) {
			acts = append(acts, a)
		}
	}
	return acts
}

// officeOf is who has suggestions to a congress of a level that are drafted at a unit: the township's own station, the
// county, the city; what goes higher is the city's to pass on.
func officeOf(level, drafter string) (office string, ok bool) {
	switch level {
	case "township":
		if unit.LevelOf(drafter) != journal.Station {
			return "", false
		}
		return unit.Station(drafter[:9] + "000")
	case "county":
		if unit.LevelOf(drafter) == journal.City {
			return "", false
		}
		return drafter[:6] + "000000", true
	}
	return drafter[:4] + "00000000", true
}

// Basket is one of those in which suggestions wait for somebody.
type Basket struct {
	Code, Name, What string
	Count            int
	cond             string
	args             []any
}

func (d *Desk) baskets() []Basket {
	own, today := d.Settings.Unit, d.today()
	state := func(ss ...suggestion.State) string { return "state IN " + among(ss) }
	mine := func(cond string) string { return cond + " AND office = ?" }
	waits := "SELECT suggestion FROM matter WHERE suggestion <> '' AND state IN (" + owing() + ")"
	return []Basket{
		{"drafting", "起草", "还没有提交的建议", 0, state(suggestion.Draft), nil},
		{"inviting", "附议中", "等代表附议的建议", 0, state(suggestion.Inviting), nil},
		{"register", "待登记", "提交了，等编案号", 0, mine(state(suggestion.Submitted)), []any{own}},
		{"double", "重号", "两件用了同一个案号，请给其中一件换号", 0, mine("(office, congress, serial, level, type) IN (" + doubles + ") AND state <> ?"), []any{own, int(suggestion.Void), int(suggestion.Void), own}},
		{"examine", "待审查", "编了案号，等决定立案", 0, mine(state(suggestion.Registered)), []any{own}},
		{"assign", "待交办", "立案了或被退回，等交给承办单位", 0, mine(state(suggestion.Accepted, suggestion.Returned, suggestion.Redo, suggestion.Meeting)), []any{own}},
		{"sign", "待签收", "交办了，承办单位还没有签收", 0, state(suggestion.Assigned), nil},
		{"half", "过半", "办理时间过半，还没有答复", 0, "half <> '' AND half <= ?", []any{today}},
		{"soon", "快到期", "离答复期限或承诺的日子不到一个月", 0, "due <> '' AND due >= ? AND month <> '' AND month <= ?", []any{today, today}},
		{"ten", "十天内到期", "离答复期限或承诺的日子不到十天", 0, "due <> '' AND due >= ? AND ten <> '' AND ten <= ?", []any{today, today}},
		{"due", "已超期", "过了期限的建议", 0, "due <> '' AND due < ?", []any{today}},
		{"unreviewed", "未核定", "答复了，等机关核定", 0, mine(state(suggestion.Answered)), []any{own}},
		{"deliver", "待送达", "核定了，等送给代表", 0, state(suggestion.Reviewed), nil},
		{"unrated", "未评价", "送达了，等代表评价", 0, state(suggestion.Delivered), nil},
		{"promises", "承诺到期", "承诺的日子到了或过了", 0, state(suggestion.Promised) + " AND due <> '' AND due <= ?", []any{d.Now().AddDate(0, 0, 10).Format(time.DateOnly)}},
		{"untold", "群众未告知", "建议有了结果，还没有告诉群众", 0, "(id IN (" + waits + ") OR before <> '' AND before IN (" + waits + ")) AND (class > 0 OR " +
			state(ended...) + " OR joined <> '' AND EXISTS (SELECT 1 FROM suggestion o WHERE o.id = suggestion.joined AND (o.class > 0 OR o." + state(ended...) + ")))", nil},
	}
}

// ended are the states in which nothing comes of a suggestion any more, of which its citizens are told, too.
var ended = []suggestion.State{suggestion.Refused, suggestion.Withdrawn, suggestion.Void}

// doubles are the numbers of an office that two suggestions bear: given at two of its computers, neither of which knew.
const doubles = `SELECT office, congress, serial, level, type FROM suggestion WHERE office = ? AND serial <> '' AND state <> ?
	GROUP BY office, congress, serial, level, type HAVING count(*) > 1`

// owing are the states of matters whose citizens wait for what became of a suggestion.
func owing() string {
	var list []string
	for _, s := range []matter.State{matter.Suggested, matter.Replied, matter.ToldDeputy, matter.Unreached} {
		list = append(list, fmt.Sprint(int(s)))
	}
	return strings.Join(list, ",")
}

func (d *Desk) basket(code string) (Basket, bool) {
	all := d.baskets()
	i := slices.IndexFunc(all, func(b Basket) bool { return b.Code == code || b.Name == code })
	if i < 0 {
		return Basket{}, false
	}
	return all[i], true
}

func (d *Desk) basketNames() (names []string) {
	for _, b := range d.baskets() {
		names = append(names, b.Code+"（"+b.Name+"）")
	}
	return names
}

// Baskets are all of them with how many wait in each.
func (d *Desk) Baskets(ctx context.Context) (bs []Basket, err error) {
	if err := d.Guard.Sits(ctx, right.Look); err != nil {
		return nil, err
	}
	bs = d.baskets()
	for i := range bs {
		if err := d.Store.QueryRow(ctx, "SELECT count(*) FROM suggestion WHERE "+bs[i].cond, bs[i].args...).Scan(&bs[i].Count); err != nil {
			return nil, fmt.Errorf("baskets of suggestions: %w", err)
		}
	}
	return bs, nil
}

// Series is in what a number is unique: a session of a congress, suggestions and motions apart.
type Series struct{ Office, Congress, Level, Kind string }

// SeriesOf is that of a suggestion.
func SeriesOf(s suggestion.Suggestion) Series {
	return Series{s.Office, s.Congress, s.Level, s.Kind}
}

// numbered are the numbers of a series, as SQL has them.
func (r Series) numbered() (cond string, args []any) {
	return " FROM suggestion WHERE office = ? AND congress = ? AND level = ? AND type = ? AND serial <> '' AND serial NOT GLOB '*[^0-9]*' AND state <> ?",
		[]any{r.Office, r.Congress, r.Level, r.Kind, int(suggestion.Void)}
}

// Gaps gives the numbers of a series that are missing below the highest, in order.
func (d *Desk) Gaps(ctx context.Context, r Series) (gaps []int, err error) {
	var had []int
	cond, args := r.numbered()
	rows, err := d.Store.Query(ctx, "SELECT CAST(serial AS INTEGER)"+cond, args...)
	if err != nil {
		return nil, fmt.Errorf("numbers of suggestions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("numbers of suggestions: %w", err)
		}
		had = append(had, n)
	}
	slices.Sort(had)
	next := 1
	for _, n := range had {
		for ; next < n && len(gaps) < 1000; next++ {
			gaps = append(gaps, next)
		}
		next = max(next, n+1)
	}
	return gaps, rows.Err()
}

// Next is the number after the highest of a series.
func (d *Desk) Next(ctx context.Context, r Series) (n int, err error) {
	cond, args := r.numbered()
	err = d.Store.QueryRow(ctx, "SELECT ifnull(max(CAST(serial AS INTEGER)), 0) + 1"+cond, args...).Scan(&n)
	return n, err
}

// Latest is the series of the newest suggestion of an office that has a number, the zero one where none has.
func (d *Desk) Latest(ctx context.Context, office string) (r Series, err error) {
	list, err := d.things(ctx, "office = ? AND serial <> '' ORDER BY row DESC LIMIT 1", office)
	if len(list) > 0 {
		r = SeriesOf(list[0])
	}
	return r, err
}

// Missing names the numbers that are missing, in one line: 缺 7、12 号。
func Missing(gaps []int) string {
	if len(gaps) == 0 {
		return ""
	}
	var list []string
	for _, n := range gaps[:min(len(gaps), 20)] {
		list = append(list, fmt.Sprint(n))
	}
	more := ""
	if len(gaps) > 20 {
		more = fmt.Sprintf("等 %d 个", len(gaps))
	}
	return "缺 " + strings.Join(list, "、") + " " + more + "号。"
}
