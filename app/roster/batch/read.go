package batch

import (
	"cmp"
	"slices"
	"strings"

	"lianluo.local/data/day"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// entrant is somebody as rows of a sheet tell of him.
type entrant struct {
	at       string
	cells    map[string]string // where a field was said
	id       string
	facts    person.Facts
	private  person.Private
	mandates []person.Mandate
	seats    []person.Seat
	worked   string   // where he works and as what, where one column says both
	parted   bool     // and it was parted beyond doubt
	entitles bool     // one column says all his mandates
	unsaid   []string // districts of which it is not said of which mandate they are
	marks
	who *person.Person // who he is here, nil for nobody
	out bool           // it is not clear who he is
}

// entrants read the rows of a sheet; those that are wrong, or that somebody said to leave out, are none.
func (a asking) entrants() (list []*entrant) {
	for _, row := range a.h.Rows {
		if a.h.Answers[row.at()] == "skip" {
			continue
		}
		wrong := len(a.Errors)
		e := &entrant{at: row.at(), cells: map[string]string{}}
		entitled := e.entitled(a, row)
		for _, code := range []string{"level", "congress", "number", "district", "delegation", "since", "how", "state"} {
			if _, said := row[code]; !said && !entitled && a.h.Default[code] != "" && (code == "level" || code == "congress" ||
				row.mandated()) {
				row[code] = Cell{a.h.Default[code], row.at()}
			}
		}
		for code, c := range row {
			e.cells[code] = c.At
		}
		e.read(a, row)
		if !entitled {
			e.hold(a, row, "")
		}
		for _, l := range words.Levels {
			e.hold(a, row, l.Code+".")
		}
		e.sit(a, row["stations"])
		if len(a.Errors) > wrong {
			if a.h.Answers["*"] == "skip" {
				a.Errors = a.Errors[:wrong]
			}
			continue
		}
		e.marks = mark(e.facts, e.private, e.mandates)
		list = append(list, e)
	}
	return list
}

// mandated says whether a row tells of a mandate.
func (r Row) mandated() bool {
	return slices.ContainsFunc(termed[:len(termed)-1], func(c Column) bool { _, said := r[c.Code]; return said })
}

// text gives what a cell says in one line; masked text says nothing.
func (a asking) text(c Cell, most int) string {
	s := strings.Join(strings.Fields(spelling.Clean(c.Text)), " ")
	if strings.Contains(s, "*") || s == "已遮住" {
		return ""
	}
	if len([]rune(s)) > most {
		a.wrong(c.At, "太长了，请缩短")
	}
	return s
}

func (a asking) choose(c Cell, list words.List) string {
	if s := a.text(c, 40); s != "" {
		if code, ok := list.Parse(s); ok {
			return code
		}
		var names []string
		for _, w := range list {
			names = append(names, w.Name)
		}
		a.wrong(c.At, "看不懂“"+s+"”，请写其中一个："+strings.Join(names, "、"))
	}
	return ""
}

func (a asking) date(c Cell) string {
	on, why := day.Partial(a.text(c, 30), a.Now)
	if why != "" {
		a.wrong(c.At, why)
	}
	return on
}

func (a asking) list(c Cell, among words.List) (codes []string) {
	for _, s := range spelling.Listed(a.text(c, 200)) {
		code := s
		if among != nil {
			code = a.choose(Cell{s, c.At}, among)
		}
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

func ticked(c Cell) bool {
	return slices.Contains([]string{"是", "√", "true"}, strings.TrimSpace(c.Text))
}

// read takes a person's own fields.
func (e *entrant) read(a asking, row Row) {
	f, p := &e.facts, &e.private
	e.id = strings.ToLower(a.text(row["id"], 60))
	if f.Name = a.text(row["name"], 30); f.Name == "" {
		a.wrong(row.at(), "没有姓名")
	}
	for code, to := range map[string]*string{"nationality": &f.Nationality, "party": &f.Party, "education": &f.Education,
		"employer": &f.Employer, "post": &f.Post, "email": &p.Email, "address": &p.Address, "remark": &p.Remark} {
		field, _ := person.Fields.Field(code)
		if s := a.text(row[code], field.Most); s != "" {
			*to = s
		}
	}
	e.work(a, row)
	if s := a.choose(row["sex"], words.Sexes); s != "" {
		f.Sex = s
	}
	f.Tier, p.Birth = a.choose(row["tier"], words.Tiers), a.date(row["birth"])
	if p.Birth > a.Now.Format(day.Written) {
		a.wrong(row["birth"].At, "出生年月在今天以后，请核对")
	}
	if p.Phone = a.text(row["phone"], 60); p.Phone != "" {
		if _, fault := spelling.Phones(p.Phone); fault != spelling.Sound {
			a.warn(row["phone"].At, fault.Sentence())
		}
	}
	f.Fields, f.Roles, f.Structures = a.list(row["fields"], nil), a.list(row["roles"], words.Roles),
		a.list(row["structures"], words.Structures)
	f.Open, f.Shown = ticked(row["open"]), ticked(row["shown"])
}

// hold takes a mandate: of the row's own level, or of one whose columns have it before them.
func (e *entrant) hold(a asking, row Row, before string) {
	get := func(code string) Cell { return row[before+code] }
	m := person.Mandate{Place: a.text(get("place"), 30), Number: spelling.Code(a.text(get("number"), 40)),
		District:   a.text(get("district"), 60),
		Delegation: a.text(get("delegation"), 60), Since: a.date(get("since"))}
	congress := get("congress")
	if m.Level = strings.TrimSuffix(before, "."); before == "" {
		m.How, m.Standing = a.choose(get("how"), words.Elections), a.choose(get("state"), words.Standings)
		m.Until, m.Reason, m.Offices = a.date(get("until")), a.choose(get("reason"), words.Ends), a.list(get("offices"),
			words.Offices)
		if m.Level = a.level(get("level")); m.Level == "" && !row.mandated() {
			return
		}
	} else if m.Number+m.District+m.Delegation+m.Since+congress.Text == "" {
		return
	}
	at := row.at()
	for _, code := range []string{"congress", "level", "district", "number"} {
		if c := get(code); c.At != "" {
			at = c.At
		}
	}
	if m.Level == "" {
		a.wrong(at, "没有写是哪一级的代表：请加一列“代表级别”，或导入时说明")
		return
	}
	if congress.Text == "" {
		if congress = (Cell{a.h.Default["congress."+m.Level], at}); a.level(Cell{a.h.Default["level"], at}) == m.Level {
			congress.Text = cmp.Or(congress.Text, a.h.Default["congress"])
		}
	}
	said := a.text(congress, 40)
	if m.Congress, _ = person.Congress(strings.TrimSuffix(strings.TrimSuffix(said, "代表"), "人大")); m.Congress == "" {
		why := "没有写是第几届：请加一列“届次”（如 十四届），或导入时说明"
		if said != "" {
			why = "看不懂“" + said + "”是第几届，请写成 十四届"
		}
		a.wrong(at, why)
		return
	}
	if slices.ContainsFunc(e.mandates, func(had person.Mandate) bool { return had.Key() == m.Key() }) {
		a.wrong(at, m.String()+"写了两次，请核对")
	}
	for code, c := range row {
		if code, ok := strings.CutPrefix(code, before); ok {
			e.cells[m.Key()+" "+code] = c.At
		}
	}
	e.mandates = append(e.mandates, m)
}

// level reads 县, 县级, 县人大代表, and 区 as the county's and 镇 as the township's.
func (a asking) level(c Cell) string {
	s := a.text(c, 20)
	if s == "" {
		return ""
	}
	form := s
	for _, end := range []string{"代表", "人大", "级"} {
		form = strings.TrimSuffix(form, end)
	}
	switch form {
	case "区", "县区", "县市区", "县（市、区）", "区县":
		form = "县"
	case "镇", "乡镇", "乡（镇）", "乡（镇、街道）":
		form = "乡"
	case "国", "国家":
		form = "全国"
	}
	if code, ok := words.Levels.Parse(form); ok {
		return code
	}
	a.wrong(c.At, "看不懂“"+s+"”是哪一级，请写全国、省、市、县或乡；有几级的请一级写一行")
	return ""
}

// sit takes the stations where he is grouped.
func (e *entrant) sit(a asking, c Cell) {
	for i, said := range spelling.Listed(a.text(c, 200)) {
		wrong := problem.Problems{}
		code := a.Station("stations", said, wrong)
		if why := wrong["stations"]; why != "" {
			a.wrong(c.At, why)
			continue
		}
		seat := person.Seat{Station: code, Via: a.Through(code), Part: "main"}
		if i > 0 {
			seat.Part = "part"
		}
		if !slices.ContainsFunc(e.seats, func(had person.Seat) bool { return had.Station == code }) {
			e.seats = append(e.seats, seat)
		}
	}
}
