package roster

import (
	"regexp"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/person"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// entrant is somebody as rows of a sheet tell of him.
type entrant struct {
	at       string
	cells    map[string]string // where a field was said
	id       string
	facts    person.Facts
	private  person.Private
	ticks    []string // structures that were ticked: said besides those that are known
	mandates []person.Mandate
	seats    []person.Seat
	marks
	who *person.Person // who he is here, nil for nobody
	out bool           // it is not clear who he is
}

var (
	bracketed = regexp.MustCompile(`[（(]([^（()）]*)[)）]`)
	bodies    = regexp.MustCompile(`(委员会|委|局|公司|小组|办公室|支部|合作社|学校|医院|代表团|联络站|中心|协会|厂)$`)
	partial   = regexp.MustCompile(`^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)
	term      = regexp.MustCompile(`^第?([一二三四五六七八九十百〇零]+|\d{1,2})[届]?`)
)

// entrants read the rows of a sheet; those that are wrong, or that somebody said to leave out, are none.
func (r *Roster) entrants(a asking, s stations) (list []*entrant) {
	for _, row := range a.h.Rows {
		if a.h.Answers[row.at()] == "skip" {
			continue
		}
		wrong := len(a.Errors)
		e := &entrant{at: row.at(), cells: map[string]string{}}
		for _, code := range []string{"level", "congress", "number", "district", "delegation", "since", "how", "standing"} {
			if _, said := row[code]; !said && a.h.Default[code] != "" && (code == "level" || code == "congress" || row.mandated()) {
				row[code] = Cell{a.h.Default[code], row.at()}
			}
		}
		for code, c := range row {
			e.cells[code] = c.At
			if why := a.h.Why[c.At]; why != "" {
				a.wrong(c.At, why)
			}
		}
		e.read(a, row)
		r.hold(a, e, row, "")
		for _, l := range words.Levels {
			r.hold(a, e, row, l.Code+".")
		}
		r.sit(a, e, row["stations"], s)
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
	return slices.ContainsFunc(mandated[:len(mandated)-1], func(c Column) bool { _, said := r[c.Code]; return said })
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
	s := a.text(c, 20)
	if s != "" && !partial.MatchString(s) {
		a.wrong(c.At, "看不懂这个日子，请写成 1975-03 或 2021-06-01")
		return ""
	}
	return s
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
	switch strings.ToLower(strings.TrimSpace(spelling.Plain(c.Text))) {
	case "√", "✓", "✔", "v", "是", "1", "y", "yes", "有", "true", "对", "☑":
		return true
	}
	return false
}

// read takes a person's own fields.
func (e *entrant) read(a asking, row Row) {
	f, p := &e.facts, &e.private
	e.id = strings.ToLower(a.text(row["id"], 60))
	name := a.text(row["name"], 30)
	for _, m := range bracketed.FindAllStringSubmatch(name, -1) { // 王明（女），（回族）
		for _, s := range spelling.Listed(m[1]) {
			if code, ok := words.Sexes.Parse(s); ok {
				f.Sex = code
			} else if strings.HasSuffix(s, "族") {
				f.Nationality = s
			} else {
				a.warn(row["name"].At, "姓名后面的“"+s+"”没有导入")
			}
		}
	}
	if f.Name = strings.TrimSpace(bracketed.ReplaceAllString(name, "")); f.Name == "" {
		a.wrong(row.at(), "没有姓名")
	} else if bodies.MatchString(f.Name) && len([]rune(f.Name)) > 3 && a.answer(row.at()) == "" {
		a.doubt(e, row["name"].At, "“"+f.Name+"”像是单位，不像人名：是人的答 new，不是的答 skip")
	}
	for code, to := range map[string]*string{"nationality": &f.Nationality, "party": &f.Party, "education": &f.Education,
		"employer": &f.Employer, "post": &f.Post, "email": &p.Email, "address": &p.Address, "remark": &p.Remark} {
		field, _ := person.Fields.Field(code)
		if s := a.text(row[code], field.Most); s != "" {
			*to = s
		}
	}
	if s := a.choose(row["sex"], words.Sexes); s != "" {
		f.Sex = s
	}
	f.Tier, p.Birth = a.choose(row["tier"], words.Tiers), a.date(row["birth"])
	if p.Phone = a.text(row["phone"], 60); p.Phone != "" {
		if _, fault := spelling.Phones(p.Phone); fault != spelling.Sound {
			a.warn(row["phone"].At, fault.Sentence())
		}
	}
	f.Fields, f.Roles, f.Structures = a.list(row["fields"], nil), a.list(row["roles"], words.Roles), a.list(row["structures"], words.Structures)
	f.Open, f.Shown = ticked(row["open"]), ticked(row["shown"])
	for code, c := range row {
		switch whose, what, _ := strings.Cut(code, "."); {
		case !ticked(c):
		case whose == "structures":
			e.ticks = append(e.ticks, what)
		case whose == "party" && what != "" && f.Party == "":
			f.Party = what
		}
	}
	slices.Sort(e.ticks)
	if f.Sex == "" && slices.Contains(e.ticks, "woman") {
		f.Sex = "female"
	}
}

// hold takes a mandate: of the row's own level, or of one whose columns have it before them.
func (r *Roster) hold(a asking, e *entrant, row Row, before string) {
	get := func(code string) Cell { return row[before+code] }
	m := person.Mandate{Number: spelling.Code(a.text(get("number"), 40)), District: a.text(get("district"), 60),
		Delegation: a.text(get("delegation"), 60), Since: a.date(get("since"))}
	congress := get("congress")
	if m.Level = strings.TrimSuffix(before, "."); before == "" {
		m.How, m.Standing = a.choose(get("how"), words.Elections), a.choose(get("standing"), words.Standings)
		m.Until, m.Reason, m.Offices = a.date(get("until")), a.choose(get("reason"), words.Ends), a.list(get("offices"), words.Offices)
		if m.Level = a.level(get("level")); m.Level == "" && !row.mandated() {
			return
		}
	} else if m.Number+m.District+m.Delegation+m.Since+congress.Text == "" {
		return
	}
	at := row.at()
	for _, code := range []string{"number", "district", "level", "congress"} {
		if c := get(code); c.At != "" {
			at = c.At
		}
	}
	if m.Level == "" {
		a.wrong(at, "没有写是哪一级的代表：请加一列“代表级别”，或导入时说明")
		return
	}
	if congress.Text == "" {
		congress = Cell{a.h.Default["congress."+m.Level], at}
	}
	if m.Congress = term.FindString(spelling.Plain(a.text(congress, 40))); m.Congress == "" {
		a.wrong(at, "没有写是第几届："+"请加一列“届次”（如 十四届），或导入时说明")
		return
	}
	m.Congress = Congress(m.Congress)
	switch {
	case m.Since != "" && m.Until != "" && m.Until < m.Since:
		a.wrong(get("until").At, "终止的日子早于当选的日子，请核对")
	case m.Until != "" && m.Standing == "":
		m.Standing = "ended"
	case slices.ContainsFunc(e.mandates, func(had person.Mandate) bool { return had.Key() == m.Key() }):
		a.wrong(at, m.String()+"写了两次，请核对")
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

// Congress writes which congress it is as it is kept: 十四届 for 第十四届, 14, 14届.
func Congress(s string) string {
	s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "第"), "届")
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n := strings.TrimLeft(s, "0"); n != "" && len(n) <= 2 && strings.Trim(n, "0123456789") == "" {
		tens, ones := "", n[len(n)-1]-'0'
		if len(n) == 2 {
			if tens = "十"; n[0] > '1' {
				tens = digits[n[0]-'0'] + "十"
			}
		}
		s = tens + digits[ones]
	}
	return s + "届"
}

// sit takes the stations where he is grouped.
func (r *Roster) sit(a asking, e *entrant, c Cell, s stations) {
	for i, said := range spelling.Listed(a.text(c, 200)) {
		code, ok := s.find(said)
		switch {
		case !ok && code != "":
			a.wrong(c.At, "叫“"+said+"”的不止一个："+code+"。请写代码")
			continue
		case !ok:
			a.wrong(c.At, "没有“"+said+"”这个联络站，请核对名称，或写代码")
			continue
		case code != r.Settings.Unit && !unit.Above(r.Settings.Unit, code):
			a.wrong(c.At, "“"+said+"”不是本级的联络站")
			continue
		}
		seat := person.Seat{Station: code, Via: s.byCode[code].Via, Part: "main"}
		if i > 0 {
			seat.Part = "part"
		}
		if !slices.ContainsFunc(e.seats, func(had person.Seat) bool { return had.Station == code }) {
			e.seats = append(e.seats, seat)
		}
	}
}

// find gives the station that is called so, by its code, its names or its place; where it is not ok, those that may be
// meant.
func (s stations) find(said string) (string, bool) {
	if code, ok := unit.Station(said); ok {
		_, known := s.byCode[code]
		return code, known || len(s.byCode) == 0
	}
	form := spelling.Department(said)
	codes := s.byName[form]
	if len(codes) == 0 {
		for code := range s.byCode {
			n := places.Of(code)
			if slices.ContainsFunc([]string{n.Full, n.Brief, n.Where}, func(name string) bool { return spelling.Department(name) == form }) {
				codes = append(codes, code)
			}
		}
		slices.Sort(codes)
	}
	if len(codes) == 1 {
		return codes[0], true
	}
	return strings.Join(codes, "、"), false
}
