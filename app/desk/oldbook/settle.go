package oldbook

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// What a book says of how far a matter came.
var (
	closed = regexp.MustCompile(`^(?:已?办结|已办理完?毕?|办理完毕|已?结案|已?解决|已?完成|已?落实|已答复(?:群众)?|办结归档|归档)[。！]?$`)
	open   = regexp.MustCompile(`正在|在办|办理中|处理中|协调中|待办|待解决|待落实|未办结|未解决|未完成|未落实|尚未|还没有?`)
)

// settle reads what became of the matter after it was written down.
func (r *reader) settle() {
	b, row := &r.line.Book, r.row
	r.handed()
	r.outcome()
	r.told()
	r.rated()
	b.Ended = row["ended"]
	b.Complaint = strings.Join(lines(row["complaint"]), "；")
	r.line.Report.Due = row["due"]
	if b.Result != "" && b.Result != "unsatisfied" {
		b.Complaint = ""
	}
	for code, date := range map[string]string{"assigned": b.Assigned, "answered": b.AnsweredOn, "told": b.Told,
		"ended": b.Ended} {
		switch {
		case date != "" && date > r.about.Desk.Now().Format(time.DateOnly):
			r.wrong[r.written(code)] = "这个日子（" + date + "）还没有到，请核对"
		case date != "" && len(r.wrong) == 0 && date < r.line.Day():
			r.wrong[r.written(code)] = "这个日子（" + date + "）早于反映的日子，请核对"
		}
	}
	b.State, r.line.Ending = r.stands()
	if b.State.Open() && r.line.Ending == Said {
		b.Term = cmp.Or(r.line.Report.Due, r.term(b.State))
	}
	report := &r.line.Report
	switch b.State {
	case matter.Answered:
		if report.OnSpot == "register" {
			report.OnSpot = "answered"
		}
	case matter.Guided:
		report.OnSpot = "out-of-scope"
	default:
		report.OnSpot = "register"
	}
}

// written is the column in which a day stood.
func (r *reader) written(code string) string {
	if r.row[code] != "" {
		return code
	}
	return cmp.Or(map[string]string{"assigned": "units", "answered": "outcome"}[code], code)
}

// term is by when somebody has to act of what is open, counted from today: nothing that was not promised is overdue.
func (r *reader) term(s matter.State) string {
	d := r.about.Desk
	days := d.Profile.Collate
	switch s {
	case matter.Assigned, matter.Guiding, matter.Consulting:
		days = d.Profile.Ordinary
	case matter.Replied:
		days = d.Profile.Inform
	case matter.Told:
		days = d.Profile.Rate
	}
	return d.Calendar.Add(d.Now(), days).Format(time.DateOnly)
}

// handed reads to whom a matter went, and when.
func (r *reader) handed() {
	b := &r.line.Book
	text, date := dayIn(r.row["units"])
	b.Assigned = cmp.Or(r.row["assigned"], date)
	var names []string
	for _, l := range lines(text) {
		switch {
		case strings.HasPrefix(l, "并入 "), strings.HasPrefix(l, "代表建议“"):
			if strings.HasPrefix(l, "代") && r.line.Report.Mode == "" {
				r.line.Report.Mode = "suggestion"
			}
			r.line.Remark = strings.TrimPrefix(r.line.Remark+"；"+l, "；")
		default:
			names = append(names, spelling.Listed(handed.ReplaceAllString(l, ""))...)
		}
	}
	if all := spelling.Listed(r.row["guides"]); len(all) > 0 {
		b.Guides = all
	}
	mode := r.line.Report.Mode
	if len(names) > 8 || len([]rune(strings.Join(names, ""))) > 200 {
		r.remark("去向", text)
		names = nil
	}
	switch {
	case len(names) == 0:
	case mode == "guide" || mode == "consult":
		b.Guides = names
	default:
		b.Units = names
		if mode == "" && bodies.MatchString(names[0]) {
			r.line.Report.Mode = "department"
		}
	}
}

// outcome reads what came of it: a line with the class, the answer, the day.
func (r *reader) outcome() {
	b := &r.line.Book
	text, date := dayIn(r.row["outcome"])
	b.AnsweredOn = cmp.Or(r.row["answered"], date)
	all := lines(text)
	r.state = r.row["state"]
	var opinion []string
	for _, l := range all {
		if said, ok := strings.CutPrefix(l, "反馈："); ok {
			r.row["told"] = cmp.Or(r.row["told"], said)
		} else if said, ok := strings.CutPrefix(l, "评议："); ok {
			r.row["rating"] = cmp.Or(r.row["rating"], said)
		} else {
			opinion = append(opinion, l)
		}
	}
	all = opinion
	b.Class = r.class(r.row["class"])
	if len(all) > 0 {
		first, rest, _ := strings.Cut(all[0], " ")
		if n := r.class(all[0]); n > 0 && b.Class == 0 {
			b.Class, all = n, all[1:]
		} else if n := r.class(rest); n > 0 && len(first) == 1 && b.Class == 0 {
			b.Class, all = n, all[1:]
		}
	}
	if said := lines(r.row["answer"]); len(said) > 0 {
		if r.state == "" && closed.MatchString(strings.Join(all, "")) {
			r.state = Ended
		}
		all = said
	}
	b.Answer = strings.Join(all, "\n")
	if rs := []rune(b.Answer); len(rs) > 20000 {
		b.Answer = string(rs[:20000])
	}
	if r.state == "" && b.Answer != "" {
		switch plain := strings.Join(all, ""); {
		case closed.MatchString(plain):
			r.state = Ended
		case open.MatchString(plain):
			r.state = Open
		}
	}
	if r.state == "" && words.Ongoing(b.Class) { // it says of itself that it goes on
		r.state = Open
	}
	if r.state == Open && b.AnsweredOn == "" && !closed.MatchString(b.Answer) { // it is no answer yet
		r.remark("办理情况", b.Answer)
		b.Answer = ""
	}
}

// class reads a class of results: its words, or a letter of the county's.
func (r *reader) class(text string) int {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	for i, name := range words.Classes {
		if text == strconv.Itoa(i+1) || spelling.Letters(text) == spelling.Letters(name) {
			return i + 1
		}
	}
	letter := strings.ToUpper(strings.TrimSuffix(spelling.Plain(text), "类"))
	for i, printed := range r.about.Desk.Profile.Letters[:8] {
		if len([]rune(letter)) == 1 && unicode.IsLetter([]rune(letter)[0]) &&
			strings.EqualFold(printed, letter) {
			return i + 1
		}
	}
	return 0
}

// ways are how a book says that the citizen was told.
var ways = []struct {
	way  string
	says *regexp.Regexp
}{{"unreachable", regexp.MustCompile(`联系不上|无法联系|没有联系上`)}, {"visit", regexp.MustCompile(`当面|上门|走访|面谈|回访`)},
	{"phone", regexp.MustCompile(`电话|微信|短信|手机`)}, {"letter", regexp.MustCompile(`书面|信函|邮件|反馈卡`)}}

// told reads when and how the citizen heard of it.
func (r *reader) told() {
	b := &r.line.Book
	text, date := dayIn(r.row["told"])
	text += r.row["way"]
	b.Told = date
	for _, w := range ways {
		if w.says.MatchString(text) {
			b.TellWay = w.way
			break
		}
	}
	if b.TellWay == "unreachable" {
		b.Told = ""
	}
}

// rated reads what the citizen made of it.
func (r *reader) rated() {
	b := &r.line.Book
	said := func(text string) string {
		switch {
		case strings.Contains(text, "不满"):
			return "unsatisfied"
		case strings.Contains(text, "基本满意") || strings.Contains(text, "较满意") || strings.Contains(text, "一般"):
			return "basically"
		case strings.Contains(text, "满意"):
			return "satisfied"
		case strings.Contains(text, "联系不上") || strings.Contains(text, "无法联系"):
			return "unreachable"
		case strings.Contains(text, "未评") || strings.Contains(text, "没有评"):
			return "unrated"
		}
		return ""
	}
	text, date := dayIn(r.row["rating"])
	b.RatedOn = cmp.Or(r.row["rated"], date)
	b.Attitude = said(r.row["attitude"])
	for _, l := range lines(strings.ReplaceAll(text, "　", "\n")) {
		switch what := said(l); {
		case strings.HasPrefix(l, "态度"):
			b.Attitude = what
		case what != "":
			b.Result = what
		case strings.HasSuffix(l, "分"):
			if n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(spelling.Plain(l), "分"))); err == nil &&
				n >= 1 && n <= 5 {
				b.Score = n
			} else {
				r.remark("评议", l)
			}
		default:
			r.wrong["rating"] = "“" + l + "”看不懂，请写满意、基本满意、不满意或未评价"
		}
	}
}

// finals are the words of states at which a matter ends otherwise than by being settled after an answer.
var finals = map[string]matter.State{}

func init() {
	for _, s := range []matter.State{matter.Answered, matter.Guided, matter.Withdrawn, matter.Lost, matter.Unrated} {
		finals[s.String()] = s
	}
}

// stands says how far the matter came, and how that is known.
func (r *reader) stands() (matter.State, Ending) {
	b, spot := &r.line.Book, r.line.Report.OnSpot
	answer := b.Answer != "" || b.Class > 0 || b.AnsweredOn != ""
	told := b.Told != "" || b.TellWay != ""
	table := !answer && !told && b.Units == nil && b.Guides == nil && b.Result == ""
	atTable := table && (spot == "answered" || spot == "resolved")
	rated := b.Result == "satisfied" || b.Result == "basically" || b.Result == "unsatisfied"
	over := matter.Unrated
	if rated {
		over = matter.Closed
	}
	ended := r.state == Ended || b.Ended != "" && r.state == ""
	switch state, final := finals[r.state]; {
	case final:
		return state, Said
	case spot == "out-of-scope":
		return matter.Guided, Said
	case b.Result == "unreachable":
		return matter.Lost, Said
	case atTable && r.state != Open:
		return matter.Answered, Said
	case ended:
		return over, Said
	case r.state != "":
		return r.stage(), Said
	case rated, b.Result == "unrated", answer, told:
		return over, Told
	case table && r.line.Private.OnSpotAnswer != "":
		return matter.Answered, Told
	case r.about.Ended == Ended:
		return over, Said
	case r.about.Ended == Open:
		return r.stage(), Said
	}
	return r.stage(), Silent
}

// stage says where a matter stands that is not at its end.
func (r *reader) stage() matter.State {
	b := &r.line.Book
	switch {
	case b.Told != "":
		return matter.Told
	case b.Answer != "" || b.AnsweredOn != "":
		return matter.Replied
	case len(b.Guides) > 1 && r.line.Report.Mode == "consult":
		return matter.Consulting
	case len(b.Guides) > 0:
		return matter.Guiding
	case len(b.Units) > 0:
		return matter.Assigned
	case r.line.Report.Mode != "":
		return matter.Collated
	}
	return matter.Registered
}
