package roster

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/day"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// mandates gives those that an order says somebody has, as they are kept.
func (d *Desk) mandates(p person.Person, o Order, problems problem.Problems) (ms []person.Mandate) {
	for i, m := range o.Mandates {
		wrong := problem.Problems{}
		m = d.Mandate(p, m, wrong)
		for _, f := range person.Terms {
			if why := wrong[f.Code]; why != "" && problems["mandates"] == "" {
				problems["mandates"] = fmt.Sprintf("第 %d 个职务的%s：%s", i+1, f.Name, why)
			}
		}
		ms = append(ms, m)
	}
	if o.Do != person.Add && (o.Level != "" || o.Congress != "") {
		ms = append(ms, d.Mandate(p, o.Mandate, problems))
	}
	seen, all := map[string]bool{}, []person.Mandate{}
	for _, m := range ms {
		if seen[m.Key()] && m.Level != "" {
			problems["mandates"] = m.String() + "写了两次"
		}
		seen[m.Key()] = true
	}
	for i, m := range ms {
		for _, o := range ms[:i] {
			if m.Level == o.Level && m.Congress != o.Congress && m.Standing != "ended" && o.Standing != "ended" && m.Level != "" {
				problems["mandates"] = m.String() + "和" + o.String() + "写了两届，终止了的请写明"
			}
		}
	}
	for _, m := range append(p.Held(), ms...) {
		if m.Standing != "ended" && (!seen[m.Key()] || m.Unit == "") {
			all = append(all, m)
		}
	}
	where := "place"
	if len(o.Mandates) > 0 {
		where = "mandates"
	}
	if len(problems) == 0 {
		d.Related(all, where, problems)
	}
	return ms
}

// Mandate checks a mandate that somebody is said to have, and gives it as it is kept.
func (d *Desk) Mandate(p person.Person, m person.Mandate, problems problem.Problems) person.Mandate {
	line := func(code string, s *string) {
		f, _ := person.Terms.Field(code)
		*s = problems.Line(code, *s, f.Most)
	}
	for code, s := range map[string]*string{"district": &m.District, "delegation": &m.Delegation, "number": &m.Number, "reason": &m.Reason,
		"notice": &m.Notice} {
		line(code, s)
	}
	m.Unit, m.Owned = "", false
	if m.Level = problems.Choose("level", m.Level, "", words.Levels); m.Level == "" && problems["level"] == "" {
		problems["level"] = "请写级别：全国、省、市、县、乡"
	}
	if typed := strings.TrimSpace(m.Congress); typed == "" {
		problems["congress"] = "请写届次，如 十四届"
	} else if congress, ok := person.Congress(typed); ok {
		m.Congress = congress
	} else {
		problems["congress"] = "届次读不出来，请写成 十四届"
	}
	m.How = problems.Choose("how", m.How, "", words.Elections)
	m.Offices = chosen("offices", m.Offices, words.Offices, problems)
	m.Standing = problems.Choose("state", m.Standing, "office", words.Standings)
	m.Since, m.Until = d.partial("since", m.Since, problems), d.partial("until", m.Until, problems)
	switch {
	case m.Until != "" && m.Since != "" && day.Before(m.Until, m.Since):
		problems["until"] = "比当选日期还早，请核对"
	case m.Until != "" && m.Standing == "office" && !day.Before(d.Now.Format(day.Written), m.Until):
		m.Standing = "ended"
	}
	m.Reason = d.why(m.Standing, m.Reason, false, problems)
	if problems["level"] != "" || problems["congress"] != "" {
		return m
	}
	m.Place = d.place(m, problems)
	d.numbered(p, m, problems)
	had, has := p.Mandate(m.Key())
	if has && had.Owned && had.Unit != d.Unit {
		problems["level"] = m.String() + "由" + keeper(m.Level) + "登记，本单位不能改"
	}
	if has && m.Keeps(d.Unit) && !had.Keeps(d.Unit) && problems["place"] == "" {
		problems["place"] = "已经登记为" + congressOf(had) + "的" + had.String() + "，不归本单位办；地点写错了的，请登记的单位先更正"
	}
	if has && m.Place == "" {
		m.Place = had.Place
	}
	for _, other := range p.Held() {
		if other.Level == m.Level && other.Congress != m.Congress && m.Standing != "ended" && (other.Place == m.Place || m.Place == "" || other.Place == "") {
			problems["congress"] = "他还是" + other.String() + "，先办那一届的终止，再登记新的一届"
		}
	}
	return m
}

// keeper is who owns the mandates of a level.
func keeper(level string) string {
	if level == "county" || level == "township" {
		return "县级人大"
	}
	return "市级人大"
}

// why reads the reason why a mandate rests or ended.
func (d *Desk) why(standing, typed string, must bool, problems problem.Problems) string {
	list := words.Ends
	switch standing {
	case "office":
		return ""
	case "suspended":
		list = words.Suspensions
	}
	code := problems.Choose("reason", typed, "", list)
	if code == "" && must && problems["reason"] == "" {
		var names []string
		for _, w := range list {
			names = append(names, w.Name)
		}
		problems["reason"] = "请写原因：" + strings.Join(names, "、")
	}
	return code
}

// short is how many digits of a place's code tell a level's places apart.
var short = map[string]int{"nation": 0, "province": 2, "city": 4, "county": 6, "township": 9}

// place gives the place whose congress it is: as it was typed, else ours or the one above us; "" where nobody can tell.
func (d *Desk) place(m person.Mandate, problems problem.Problems) string {
	n, typed := short[m.Level], strings.TrimSpace(m.Place)
	if n == 0 {
		return ""
	}
	cut := func(code string) string { return (code[:n] + "000000000000")[:12] }
	if typed == "" {
		if own := map[journal.Level]int{journal.City: 4, journal.County: 6, journal.Station: 9}[unit.LevelOf(d.Unit)]; n <= own {
			return cut(d.Unit)
		}
		return ""
	}
	if code := spelling.Code(typed); len(code) >= n && strings.Trim(code, "0123456789") == "" {
		return cut((code + "000000000000")[:12])
	}
	within := d.Unit[:6]
	if m.Level == "county" || unit.LevelOf(d.Unit) == journal.City {
		within = d.Unit[:4]
	}
	var found []string
	for _, p := range places.Find(typed, within, 0) {
		if p.Level == m.Level && (p.Name == typed || places.Short(p) == typed) {
			found = append(found, p.Code)
		}
	}
	if len(found) != 1 {
		problems["place"] = "没有认出是哪里的人大，请写乡镇、县的全名或代码"
		return ""
	}
	return cut((found[0] + "000000000000")[:12])
}

// Related says that mandates of two places that do not lie on one line cannot be held (选举法 article 48).
func (d *Desk) Related(ms []person.Mandate, field string, problems problem.Problems) {
	for i, a := range ms {
		for _, b := range ms[:i] {
			n := min(short[a.Level], short[b.Level])
			if a.Place == "" || b.Place == "" || a.Place[:n] == b.Place[:n] && (a.Level != b.Level || a.Place == b.Place) {
				continue
			}
			problems[field] = "同时是" + congressOf(b) + "和" + congressOf(a) + "的代表，两地没有隶属关系，不能兼任（选举法第四十八条），请核对"
		}
	}
}

func congressOf(m person.Mandate) string {
	if p, ok := places.ByCode(m.Place); ok {
		return p.Name
	}
	return m.Place + words.Levels.Name(m.Level)
}

var ordinal = regexp.MustCompile(`第?(\d{1,2}|[一二三四五六七八九十]{1,3})届`)

// numbered says what is wrong with a number: that it names another congress, or is somebody else's in this one.
func (d *Desk) numbered(p person.Person, m person.Mandate, problems problem.Problems) {
	if m.Number == "" {
		return
	}
	if said := ordinal.FindString(spelling.Plain(m.Number)); said != "" {
		if other, ok := person.Congress(said); ok && other != m.Congress {
			problems["number"] = "这是" + other + "的代表证号，不是" + m.Congress + "的，请核对"
			return
		}
	}
	for _, other := range p.Mandates {
		if other.Level == m.Level && other.Congress != m.Congress && spelling.Number(other.Number) == spelling.Number(m.Number) {
			problems["number"] = "这是他" + other.String() + "的代表证号，请写" + m.Congress + "的"
			return
		}
	}
	if d.numbers == nil {
		if err := d.count(context.Background()); err != nil {
			problems["number"] = "代表证号现在查不了，请稍后再试"
			return
		}
	}
	if who, taken := d.numbers[numberKey(m)]; taken && who[0] != p.ID && (p.Same == "" || who[0] != p.Same) {
		problems["number"] = m.String() + "的这个证号已经是" + who[1] + "的，请核对"
	}
}

func numberKey(m person.Mandate) string {
	return m.Key() + " " + m.Place + " " + spelling.Number(m.Number)
}

// Claim notes who has the number of a mandate that Mandate passed, for those that are checked after it.
func (d *Desk) Claim(m person.Mandate, id, name string) {
	if m.Number != "" {
		d.numbers[numberKey(m)] = [2]string{id, name}
	}
}

// count learns who has which number.
func (d *Desk) count(ctx context.Context) error {
	d.numbers = map[string][2]string{}
	rows, err := d.r.Store.Query(ctx, `SELECT p.id, p.joined, p.name, m.value ->> 'level', m.value ->> 'congress', m.value ->> 'place',
		m.value ->> 'number' FROM person p, json_each(p.open, '$.mandates') m WHERE p.state = 1 AND m.value ->> 'number' <> ''`)
	if err != nil {
		return fmt.Errorf("numbers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, same, name string
		var m person.Mandate
		if err := rows.Scan(&id, &same, &name, &m.Level, &m.Congress, &m.Place, &m.Number); err != nil {
			return fmt.Errorf("numbers: %w", err)
		}
		d.numbers[numberKey(m)] = [2]string{cmp.Or(same, id), name}
	}
	return rows.Err()
}

// standing gives the mandate that an order has rest, go on or end, and the body of the act.
func (d *Desk) standing(p person.Person, o Order, problems problem.Problems) (person.Mandate, person.Move) {
	level := problems.Choose("level", o.Level, "", words.Levels)
	var fit []person.Mandate
	var has []string
	for _, m := range p.Held() {
		has = append(has, m.String())
		congress, _ := person.Congress(o.Congress)
		if (level == "" || m.Level == level) && (strings.TrimSpace(o.Congress) == "" || m.Congress == congress) {
			fit = append(fit, m)
		}
	}
	becomes := map[string]string{person.Suspend: "suspended", person.Resume: "office", person.End: "ended"}[o.Do]
	body := person.Move{Day: d.date("day", o.Day, true, problems), Notice: problems.Line("notice", o.Notice, 40), Batch: o.Batch,
		Reason: d.why(becomes, o.Reason, true, problems)}
	switch {
	case len(has) == 0:
		problems["level"] = "这一位没有在任的代表职务"
	case len(fit) == 0:
		problems["congress"] = "他没有这一职务；他现在是" + strings.Join(has, "、")
	case len(fit) > 1:
		problems["level"] = "他现在是" + strings.Join(has, "、") + "，请写明级别和届次"
	}
	if len(fit) != 1 {
		return person.Mandate{}, body
	}
	m := fit[0]
	body.Mandate = &person.Mandate{Level: m.Level, Congress: m.Congress}
	switch {
	case m.Owned && m.Unit != d.Unit:
		problems["level"] = m.String() + "由" + keeper(m.Level) + "办，本单位不能办"
	case m.Standing == becomes && becomes == "office":
		problems["do"] = m.String() + "没有暂停，不用恢复"
	case m.Standing == becomes:
		problems["do"] = m.String() + "已经暂停了"
	case m.Since != "" && day.Before(body.Day, m.Since):
		problems["day"] = "比当选日期（" + m.Since + "）还早，请核对"
	}
	return m, body
}

// posts are those by which a leader is counted, as they are called behind the name of a place; the first that fits
// counts. What stands for a place of its own (市, 县, 区) says whether it is a city's or a county's.
var posts = []struct {
	called       *regexp.Regexp
	city, county string // words.Tiers
}{
	{regexp.MustCompile(`^([市县区])委常委$`), "standing", "county"},
	{regexp.MustCompile(`^([市县区])委副?书记$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)(?:人大|人民代表大会)(?:常委会|常务委员会)?(?:党组)?副?(?:主任|书记)$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)(?:人民政府|政府)(?:党组)?(?:代|代理|常务)?副?[市县区]长$`), "city", "county"},
	{regexp.MustCompile(`^(?:代|代理|常务)?副?([市县区])长$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)政协(?:党组)?副?(?:主席|书记)$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)(?:中级)?(?:人民)?法院(?:党组书记)?代?院长$`), "justice", "justice"},
	{regexp.MustCompile(`^([市县区]?)(?:人民)?检察院(?:党组书记)?代?检察长$`), "justice", "justice"},
}

var (
	parted  = regexp.MustCompile(`[、,;/ ]+`)
	doubled = regexp.MustCompile(`^([市县区])[市县区]`) // 孝义市市长
	former  = regexp.MustCompile(`^原|^前任|^曾任|退休|离休`)
)

// Tier is the leader's tier (words.Tiers) that a post proposes by its words and those of the employer, the highest of
// several, "" for none; at is the level of who writes it, where the words name no place. It only proposes.
func Tier(post, employer string, at journal.Level) (tier string) {
	best := len(posts)
	for _, one := range parted.Split(strings.TrimSpace(spelling.Plain(post)), -1) {
		for _, words := range []string{one, spelling.Plain(employer) + one} {
			words, county := placed(words)
			for i, p := range posts[:best] {
				m := p.called.FindStringSubmatch(words)
				if m == nil || former.MatchString(one) {
					continue
				}
				best, tier = i, p.city
				if county || m[1] == "县" || m[1] == "区" || m[1] == "" && at != journal.City {
					tier = p.county
				}
			}
		}
	}
	return tier
}

// placed takes the names of places off the beginning of a post, and says whether one is a county's.
func placed(words string) (rest string, county bool) {
	rest = strings.TrimPrefix(strings.TrimPrefix(words, "中共"), "山西省")
	rest = strings.TrimPrefix(rest, "吕梁")
	for _, p := range places.Children("1411") {
		name := strings.TrimSuffix(places.Short(p), "县") // 兴县 is short for itself
		if cut, named := strings.CutPrefix(rest, name); named {
			return doubled.ReplaceAllString(cut, "$1"), true
		}
	}
	return strings.TrimPrefix(rest, "中共"), false
}
