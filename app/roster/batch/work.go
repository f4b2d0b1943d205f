package batch

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lianluo.local/assets/places"
	"lianluo.local/data/person"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// What stands in one cell of most rosters and in two fields here: 工作单位及职务, and 代表职务 with its level and congress.

// worked and titled are the codes of these columns, which no sheet of rows that goes out has.
const worked, titled = "employer.post", "level.titles"

// workedAs are what people call the first: every employer with every post.
func workedAs() (names []string) {
	for _, employer := range []string{"工作单位", "单位", "所在单位", "现工作单位", "工作单位名称", "单位名称"} {
		for _, and := range []string{"及", "和", "与", "、", "以及", "及其"} {
			for _, post := range []string{"职务", "现任职务", "职位", "职称", "职务职称", "职业"} {
				names = append(names, employer+and+post)
			}
		}
	}
	return names
}

var (
	body = regexp.MustCompile(`..(?:公司|集团|中心|街道|社区|学校|[小中大]学|学院|医院|银行|合作社|支行|分局|法院|检察院|` +
		`委员会|常委会|办公室|办事处|[委办局厅处队站所院校厂社会联村镇乡县区市店])$`)
	post = regexp.MustCompile(`^原?(?:党组|党委|党工委|党总支|党支部|支部|村委会?|居委会?|人大工委|人大)?(?:常务|第一|执行)?副?` + called + `$`)
	ends = regexp.MustCompile(called + `$`)
)

const called = `(?:书记|主任|主席|部长|局长|厅长|处长|` +
	`科长|股长|所长|站长|队长|院长|校长|园长|厂长|社长|会长|理事长|秘书长|董事长|总经理|经理|总裁|行长|市长|县长|区长|镇长|乡长|村长|村主任|庭长|检察长|` +
	`委员|常委|干事|会计|文书|组长|[高初中]级教师|[高中]级工程师|工程师|教师|教授|讲师|主任医师|主治医师|医师|医生|护士长|护士|律师|法官|检察官)`

// parted parts what says where somebody works and as what, where that is beyond doubt: at the one sign that is put
// between them, at a blank behind a body, or where a body ends and nothing but posts follows, the shortest such body.
func parted(text string) (employer, as string, sure bool) {
	if before, after, cut := strings.Cut(text, "/"); cut && before != "" && after != "" && !strings.Contains(after, "/") {
		return strings.TrimSpace(before), strings.TrimSpace(after), true
	}
	parts := strings.Fields(text)
	if len(parts) == 2 && body.MatchString(parts[0]) && ends.MatchString(parts[1]) {
		return parts[0], parts[1], true
	}
	whole := strings.Join(parts, "")
	for i := range whole {
		if body.MatchString(whole[:i]) && posts(whole[i:]) {
			return whole[:i], whole[i:], true
		}
	}
	return text, "", false
}

// posts says whether a text is posts and nothing else.
func posts(text string) bool {
	for _, one := range spelling.Listed(text) {
		if !post.MatchString(one) {
			return false
		}
	}
	return true
}

// work takes what one column says of employer and post. What they say in columns of their own goes before it.
func (e *entrant) work(a asking, row Row) {
	c, f := row[worked], &e.facts
	text := a.text(c, 120)
	if text == "" || spelling.Letters(f.Employer+f.Post) == spelling.Letters(text) {
		return
	}
	if f.Employer != "" || f.Post != "" {
		a.warn(c.At, "和工作单位、职务两栏写的不一样，按那两栏导入")
		return
	}
	for _, code := range []string{"employer", "post"} {
		e.cells[code] = c.At
	}
	f.Employer, f.Post, e.parted = parted(text)
	for code, s := range map[string]string{"employer": f.Employer, "post": f.Post} {
		if field, _ := person.Fields.Field(code); utf8.RuneCountInString(s) > field.Most {
			a.wrong(c.At, "太长了，请缩短")
		}
	}
	e.worked = text
}

// works says whether what one column says of employer and post is what is known of somebody.
func (e *entrant) works(p person.Person) bool {
	return e.worked != "" && spelling.Letters(e.worked) == spelling.Letters(p.Employer+p.Post)
}

var term = regexp.MustCompile(`^(.*?)第?([一二三四五六七八九十]{1,3}|\d{1,2})届(.*)$`)

// titles reads 省十四届、吕梁市五届、离石区六届人大代表 as a row of each: level, congress and, of a township, its place.
// Nothing is read where a part of it is not understood.
func (a asking) titles(c Cell) (rows []Row) {
	for _, one := range spelling.Listed(strings.ReplaceAll(a.text(c, 200), " ", "、")) {
		for _, end := range []string{"代表", "人大", "人民代表大会"} {
			one = strings.TrimSuffix(one, end)
		}
		m := term.FindStringSubmatch(one)
		if m == nil {
			m = []string{"", one, "", ""}
		}
		level, place := levelOf(strings.TrimSuffix(m[1]+m[3], "级"))
		if level == "" {
			a.warn(c.At, "看不懂“"+c.Text+"”是哪一级的代表，没有导入")
			return nil
		}
		row := Row{"level": {words.Levels.Name(level), c.At}}
		if m[2] != "" {
			row["congress"] = Cell{m[2] + "届", c.At}
		}
		if level == "township" && place != "" {
			row["place"] = Cell{place, c.At}
		}
		rows = append(rows, row)
	}
	return rows
}

// levelOf gives the level that a word or the name of a place says, and the place; "" where it may be several.
func levelOf(name string) (level, place string) {
	switch name {
	case "区", "县区":
		return "county", ""
	case "镇", "乡镇":
		return "township", ""
	case "山西省":
		return "province", ""
	}
	if level, ok := words.Levels.Parse(name); ok {
		return level, ""
	}
	for _, p := range places.Find(name, "", 0) {
		if p.Name != name || p.Level == "village" {
			continue
		}
		if level != "" && level != p.Level {
			return "", ""
		}
		level = p.Level
	}
	return level, name
}

// entitled takes the mandates that one column names. Of several it is not said whose the other columns are.
func (e *entrant) entitled(a asking, row Row) bool {
	titles := a.titles(row[titled])
	if _, said := row["level"]; said || len(titles) == 0 {
		return false
	}
	for _, one := range titles {
		for _, c := range termed {
			if _, has := one[c.Code]; !has && len(titles) == 1 && c.Code != "stations" && row[c.Code].Text != "" {
				one[c.Code] = row[c.Code]
			}
		}
		if e.hold(a, one, ""); len(titles) > 1 {
			e.unsaid = append(e.unsaid, spelling.Listed(row["district"].Text)...)
		}
	}
	e.entitles = true
	return true
}

// silent says whether nothing that rows say of somebody is new of the one person here who bears his name, and at least
// two things by which people of one name are told apart are the same: he it is, and nothing is written.
func (a asking) silent(e *entrant, p *person.Person, alter func(asking, *entrant) bool) bool {
	known := mark(p.Facts, p.Private, p.Mandates)
	station := slices.ContainsFunc(e.seats, func(s person.Seat) bool { return p.Seated(s.Station) })
	agree := 0
	for _, same := range []bool{e.employs(known), e.stands(known), station, e.born(known), e.entitles && len(e.mandates) > 1} {
		if same {
			agree++
		}
	}
	if agree < 2 {
		return false
	}
	var t Trial
	a.Trial = &t
	one := *e
	one.who = p
	return alter(a, &one) && len(t.Doubtful)+len(t.Errors) == 0
}
