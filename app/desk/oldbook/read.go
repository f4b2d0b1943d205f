package oldbook

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/desk"
	"lianluo.local/assets/category"
	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// reader is a row while it is read.
type reader struct {
	row   Row
	about About
	line  *Line
	wrong problem.Problems
	notes problem.Problems
	state string // open, closed, the name of a state, "" for not said
}

// What the rows of a book of this program say that have no more to show.
const (
	void       = "已作废"
	sealed     = "保密件，内容另存"
	sealedVoid = "保密件，已作废"
)

// numbered takes the number of the program's own.
func (r *reader) numbered() {
	if n, ok := numbers.In(r.row["number"]); ok {
		r.line.Number = n
	}
}

// unread are the forms of what stands in a row that a book was printed without.
var unread = []string{spelling.Letters(sealed), spelling.Letters(sealedVoid)}

func (r *reader) struck() bool {
	for _, said := range r.row {
		form := spelling.Letters(said)
		if strings.HasPrefix(said, void+"：") || said == void || slices.Contains(unread, form) {
			r.line.Struck = said
			return true
		}
	}
	return false
}

// via is the office that the table reports to, where it is not its county.
func (r *reader) via() string {
	if s := r.about.Desk.Settings; s.Parent != unit.Parent(s.Unit) {
		return s.Parent
	}
	return ""
}

var (
	dated    = regexp.MustCompile(`[（(]?(\d{4} ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2} ?日?)[）)]?`)
	counted  = regexp.MustCompile(`[（(]?(?:共|等)\s*(\d+)\s*(?:人|户|位)?[）)]?|[（(](\d+)\s*人[）)]`)
	nameless = regexp.MustCompile(`^(?:匿名|未留姓名|不愿透露|不详|无名)`)
	years    = regexp.MustCompile(`^(\d{1,3})\s*(?:岁|周岁)?$`)
	handed   = regexp.MustCompile(`^(?:已)?(?:转办至|转办给|转交给|交办给|转给|交给|转办|转交|交办|转至|报送|上报|转|报)[：:]?\s*`)
	bodies   = regexp.MustCompile(`(?:局|委|办|中心|公司|政府|街道|镇|乡|村|社区|所|站|院|队|厅|部|会|处|科|单位|部门)$`)
)

// dayIn takes the last day out of lines of text.
func dayIn(text string) (rest, date string) {
	at := dated.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 {
		return text, ""
	}
	last := at[len(at)-1]
	date, why := day.Partial(strings.ReplaceAll(text[last[2]:last[3]], " ", ""), time.Time{})
	if why != "" || len(date) < len(day.Written) {
		return text, ""
	}
	rest = text[:last[0]] + text[last[1]:]
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(rest), "，,；;/／")), date
}

func lines(text string) (all []string) {
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, l)
		}
	}
	return all
}

// remark keeps what has no place of its own.
func (r *reader) remark(title, text string) {
	if text = strings.Join(lines(text), "；"); text != "" {
		if title != "" {
			text = title + " " + text
		}
		r.line.Remark = strings.TrimPrefix(r.line.Remark+"；"+text, "；")
	}
}

// says notes that a row says something of a field.
func (r *reader) says(code, text string) string {
	if text != "" {
		r.line.said[code] = true
	}
	return text
}

// draft is what was written down at the table.
func (r *reader) draft() (d desk.Draft) {
	row, say := r.row, r.says
	d = desk.Draft{Register: cmp.Or(row["register"], r.about.Register), Station: row["station"],
		Occurred: say("occurred", row["occurred"]),
		Phone:    say("phone", row["phone"]), Address: say("address", row["address"]), Sex: say("sex", row["sex"]),
		Category: say("category", code(row["category"])), Purpose: say("purpose", row["purpose"]),
		Urgency: say("urgency", row["urgency"]),
		Place:   say("place", row["place"]), Confidential: row["confidential"] != "", Deputies: []string{}}
	r.line.Timed = strings.Contains(row["occurred"], ":")
	if d.Occurred == "" {
		r.wrong["occurred"] = "没有写是哪一天反映的"
	}
	r.source(&d)
	r.host(&d)
	r.citizen(&d, row["name"])
	r.age(&d)
	if n, err := strconv.Atoi(row["people"]); err == nil && n > 0 {
		d.People = n
		say("people", row["people"])
	}
	if d.Address == "" && row["station"] == "" {
		d.Address = say("address", row["village"])
	}
	r.household(&d)
	r.place(&d)
	r.issue(&d)
	r.table(&d)
	r.way(&d)
	r.deputies(&d)
	if r.line.Number == "" {
		d.PaperNumber = cmp.Or(row["paper"], row["number"])
	} else if d.PaperNumber = row["paper"]; d.PaperNumber == "" { // of a home that is gone
		d.PaperNumber = r.line.Number
	}
	r.remark("", r.own(row["remark"]))
	return d
}

// code is the code of a category that is written in lines.
func code(text string) string {
	if c, ok := category.Parse(strings.ReplaceAll(text, "\n", "·")); ok {
		return c
	}
	return text
}

// source reads how an opinion came in: the way, and under it who said it and his telephone.
func (r *reader) source(d *desk.Draft) {
	d.Channel = r.row["channel"]
	all := lines(r.row["source"])
	if len(all) == 0 {
		return
	}
	if way, ok := channels.Read(all[0]); ok {
		d.Channel, all = cmp.Or(d.Channel, way), all[1:]
	}
	r.contact(d, all)
}

// host reads whom deputies called on, in lines: the name, the telephone, where he lives.
func (r *reader) host(d *desk.Draft) { r.contact(d, lines(r.row["host"])) }

func (r *reader) contact(d *desk.Draft, all []string) {
	for _, l := range all {
		phones, fault := spelling.Phones(l)
		switch {
		case counted.MatchString(l) && counted.FindString(l) == l:
			r.counted(d, l)
		case len(phones) > 0 && fault == spelling.Sound && d.Phone == "" && strings.Trim(l, "0123456789-+ /、") == "":
			d.Phone = r.says("phone", l)
		case d.Name == "" && r.row["name"] == "" && (nameless.MatchString(l) || len(spelling.Names(l)) > 0 &&
			len([]rune(l)) <= 12):
			r.citizen(d, l)
		case d.Address == "":
			d.Address = r.says("address", l)
		default:
			r.remark("", l)
		}
	}
}

// counted takes 共5人 and 等3人.
func (r *reader) counted(d *desk.Draft, text string) string {
	m := counted.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	if n, err := strconv.Atoi(m[1] + m[2]); err == nil && n > 0 && n < 100000 && d.People == 0 {
		d.People = n
		r.says("people", m[0])
	}
	return strings.TrimSpace(strings.Replace(text, m[0], "", 1))
}

// citizen reads who spoke.
func (r *reader) citizen(d *desk.Draft, text string) {
	text = strings.Trim(r.counted(d, strings.ReplaceAll(text, "\n", "、")), "、 ")
	if strings.HasSuffix(text, "（匿名）") && !nameless.MatchString(text) { // the station alone knows it
		text = strings.TrimSuffix(text, "（匿名）")
	}
	if text == "" || nameless.MatchString(text) {
		return
	}
	if rs := []rune(text); len(rs) > 60 {
		r.remark("反映人", text)
		text = string(rs[:60])
	}
	d.Name = r.says("name", text)
}

// age reads a band, or puts years into one.
func (r *reader) age(d *desk.Draft) {
	said := strings.TrimSpace(spelling.Plain(r.row["age"]))
	if said == "" {
		return
	}
	if band, ok := words.AgeBands.Parse(said); ok {
		d.AgeBand = r.says("ageBand", band)
		return
	}
	m := years.FindStringSubmatch(said)
	if m == nil {
		r.remark("年龄", said)
		return
	}
	n, _ := strconv.Atoi(m[1])
	for _, band := range []struct {
		below int
		code  string
	}{{14, "<14"}, {18, "14-17"}, {35, "18-34"}, {60, "35-59"}, {80, "60-79"}, {130, "80+"}} {
		if n < band.below {
			d.AgeBand = r.says("ageBand", band.code)
			return
		}
	}
	r.remark("年龄", said)
}

// household reads 户情: what is known of who lives there, else a remark.
func (r *reader) household(d *desk.Draft) {
	for _, l := range lines(r.row["household"]) {
		sex, isSex := words.Sexes.Parse(l)
		band, isBand := words.AgeBands.Parse(l)
		switch {
		case isSex:
			d.Sex = cmp.Or(d.Sex, r.says("sex", sex))
		case isBand:
			d.AgeBand = cmp.Or(d.AgeBand, r.says("ageBand", band))
		case counted.FindString(l) == l:
			r.counted(d, l)
		default:
			r.remark("户情", l)
		}
	}
}

// place reads 涉及范围 and 普遍性 of an opinion.
func (r *reader) place(d *desk.Draft) {
	if all := lines(r.row["scope"]); len(all) > 0 {
		d.Place = cmp.Or(d.Place, r.says("place", all[0]))
		if len(all) > 1 {
			d.Address = cmp.Or(d.Address, r.says("address", strings.Join(all[1:], " ")))
		}
	}
	if rest := r.counted(d, r.row["spread"]); rest != "" && rest != "个别" {
		r.remark("普遍性", rest)
	}
}

// issue reads what the citizen said.
func (r *reader) issue(d *desk.Draft) {
	d.Title, d.Words = strings.Join(lines(r.row["title"]), " "), r.row["words"]
	if len([]rune(d.Title)) > maxTitle {
		if d.Words == "" {
			d.Title, d.Words = "", d.Title
		} else {
			d.Title, d.Words = "", d.Title+"\n"+d.Words
		}
	}
	r.line.issue = d.Title + d.Words
	r.says("title", d.Title)
	r.says("words", d.Words)
	if d.Title+d.Words == "" {
		r.wrong["words"] = "没有写反映的事"
	}
}

// maxTitle is how long a title may be.
var maxTitle = func() int { f, _ := matter.Fields.Field("title"); return f.Most }()

// table reads what was done at the table.
func (r *reader) table(d *desk.Draft) {
	all := append(lines(r.row["spot"]), lines(r.row["onSpot"])...)
	if len(all) == 0 {
		return
	}
	how := all[0]
	switch {
	case strings.Contains(how, "不属受理范围") || strings.Contains(how, "不予受理") || strings.Contains(how, "不受理"):
		d.OnSpot = "out-of-scope"
		var rest []string
		for _, l := range all {
			_, reason, _ := strings.Cut(l, "：")
			code, ok := words.Reasons.Parse(reason)
			switch {
			case ok:
				d.Reason = code
			case l == words.OnSpots.Name("out-of-scope"):
			case d.Reason != "":
				d.Door = strings.TrimSpace(d.Door + " " + l)
			default:
				rest = append(rest, l)
			}
		}
		all = rest
	case how == "当场答复" || how == "现场答复" || how == "当场解释":
		d.OnSpot, all = "answered", all[1:]
	case strings.Contains(how, "当场解决") || strings.Contains(how, "现场解决") || strings.Contains(how, "当场办结") ||
		strings.Contains(how, "现场办结"):
		if d.OnSpot = "resolved"; len([]rune(how)) <= 6 {
			all = all[1:]
		}
	case how == "登记办理" || how == "需登记办理":
		all = all[1:]
	}
	d.OnSpotAnswer = r.says("onSpotAnswer", strings.Join(all, "\n"))
}

// way reads which of the four ways was chosen, and what the station proposed.
func (r *reader) way(d *desk.Draft) {
	all := lines(strings.NewReplacer("/", "\n", "／", "\n").Replace(r.row["mode"]))
	if len(all) > 0 {
		if way, ok := modes.Read(all[0]); ok {
			all = all[1:]
			if code, is := words.Modes.Parse(way); is {
				d.Mode = r.says("mode", code)
			}
		}
	}
	d.Proposal = r.says("proposal", strings.Join(append(all, lines(r.row["proposal"])...), "\n"))
}

// deputies reads who received the citizen; of an opinion, who collected it may be no deputy.
func (r *reader) deputies(d *desk.Draft) {
	station := cmp.Or(d.Station, r.about.Station)
	names := spelling.People(r.row["deputies"])
	known, persons, others := r.about.Deputies(station, names)
	d.Persons = persons
	if d.Deputies = slices.Concat(known, others); len(d.Deputies) > 0 {
		r.says("deputies", r.row["deputies"])
	}
	names = spelling.People(r.row["recorder"])
	known, persons, others = r.about.Deputies(station, names)
	for _, name := range known {
		if !slices.Contains(d.Deputies, name) {
			d.Deputies = append(d.Deputies, name)
		}
	}
	d.Persons = d.Persons.With(persons)
	if len(others) > 0 {
		r.remark("记录", strings.Join(others, "、"))
	}
	if len(d.Deputies) > 20 {
		r.remark("接待代表", strings.Join(d.Deputies[20:], "、"))
		d.Deputies = d.Deputies[:20]
	}
}

// derived begin the lines of a remark that a book of this program made of other fields.
var derived = regexp.MustCompile(`^(?:紧急|特急|群众撤回|纸本 .*|承诺：.*|\d{4}-\d{2}-\d{2}|群众意见：.*|(?:重办|催办|督办)\d+次)$`)

func (r *reader) own(text string) string {
	return strings.Join(slices.DeleteFunc(lines(text), derived.MatchString), "\n")
}
