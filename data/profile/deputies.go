package profile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

// Field is something that deputies know about (专业领域): they may form groups by field (代表法 2025 article 27), and a
// matter is offered to those in whose field it lies.
type Field struct {
	Name string `json:"name"`
	// Categories are those of its matters with how well they fit: codes of two digits for a whole group (Group points
	// where nothing is said), of four for one category (One)
	Categories map[string]int `json:"categories"`
	Words      []string       `json:"words"` // it is about this field, too, where it says one of them (Group points)
}

// How well a matter fits a field, in points: whose group of categories belongs to it, or who says one of its words; whose
// category is named itself.
const Group, One = 3, 5

// Match says how well a matter fits a field, 0 for not at all, and the word of the field by which alone it was found.
func (f Field) Match(m matter.Matter) (points int, word string) {
	weigh := func(code string, usual int) {
		if w, ok := f.Categories[code]; ok {
			if w == 0 {
				w = usual
			}
			points = max(points, w)
		}
	}
	weigh(m.Category, One)
	weigh(m.Category[:min(len(m.Category), 2)], Group)
	if points > 0 {
		return points, ""
	}
	text := strings.Join([]string{m.Title, m.Place, m.Words, m.Proposal}, "\n")
	i := slices.IndexFunc(f.Words, func(w string) bool { return strings.Contains(text, w) })
	if i < 0 {
		return 0, ""
	}
	return Group, f.Words[i]
}

// usual are the fields that hold where a county named none. No list of fields of this city is published; these follow
// from the sixteen groups of categories: what one and the same deputy is likely to know stands together, and what stands
// apart from its group is named by its category.
func usual() []Field {
	return []Field{
		{"农业农村", map[string]int{"01": Group}, []string{"灌溉", "种植", "养殖", "合作社", "农产品"}},
		{"水利水务", map[string]int{"0101": One, "0203": One, "0401": One, "0702": One}, []string{"水渠", "河道", "水库", "排水", "自来水"}},
		{"城乡建设", map[string]int{"02": Group, "03": Group, "04": Group, "06": Group}, []string{"小区", "物业", "路灯", "拆迁"}},
		{"交通运输", map[string]int{"05": Group, "0105": One, "0202": One}, []string{"公交", "停车", "修路"}},
		{"生态环境", map[string]int{"07": Group, "0106": One, "0601": One}, []string{"污染", "垃圾", "扬尘"}},
		{"教育", map[string]int{"08": Group}, []string{"学校", "幼儿园", "入学"}},
		{"医疗卫生", map[string]int{"09": Group}, []string{"医院", "医保", "卫生室"}},
		{"社会保障", map[string]int{"10": Group, "11": Group}, []string{"养老", "低保", "残疾", "欠薪"}},
		{"文化旅游", map[string]int{"12": Group}, []string{"文物", "景区", "健身"}},
		{"财政经济", map[string]int{"13": Group, "0107": One, "0108": One}, []string{"企业", "贷款", "个体户"}},
		{"监察司法", map[string]int{"14": Group, "0505": One}, []string{"治安", "消防", "调解"}},
		{"基层治理", map[string]int{"15": Group, "1601": One}, []string{"村务公开", "网格", "换届"}},
	}
}

// Quota is how many deputies a congress has: 名额 = 实有 + 缺额 (+ 机动).
type Quota struct {
	Level    string `json:"level"`    // words.Levels
	Congress string `json:"congress"` // 十四届
	Place    string `json:"place"`    // whose, where an office keeps several of one level: the township's twelve digits
	Seats    int    `json:"seats"`
	Reserve  int    `json:"reserve"` // of them kept free (机动)
}

// fields says what is wrong with a list of fields.
func fields(list []Field) error {
	for i, f := range list {
		if strings.TrimSpace(f.Name) == "" || len([]rune(f.Name)) > 20 ||
			slices.ContainsFunc(list[:i], func(g Field) bool { return g.Name == f.Name }) {
			return fmt.Errorf("a field named %q", f.Name)
		}
		for code, points := range f.Categories {
			if len(code) != 2 && len(code) != 4 || strings.Trim(code, "0123456789") != "" || points < 0 || points > 9 {
				return fmt.Errorf("category %q with %d points in the field %s", code, points, f.Name)
			}
		}
		if slices.Contains(f.Words, "") {
			return fmt.Errorf("an empty word in the field %s", f.Name)
		}
	}
	return nil
}

// levels puts the codes of levels for their words, and gives one that is none.
func levels(qs []Quota) (strange string) {
	for i, q := range qs {
		code, ok := words.Levels.Parse(q.Level)
		if !ok {
			return q.Level
		}
		qs[i].Level = code
	}
	return ""
}

// quotas says what is wrong with a list of them.
func quotas(list []Quota) error {
	for i, q := range list {
		switch {
		case q.Congress == "":
			return errors.New("a quota of no congress")
		case q.Seats < 1 || q.Seats > 3000 || q.Reserve < 0 || q.Reserve > q.Seats:
			return fmt.Errorf("%d seats, %d in reserve", q.Seats, q.Reserve)
		case slices.ContainsFunc(list[:i], func(o Quota) bool {
			return o.Level == q.Level && o.Congress == q.Congress && o.Place == q.Place
		}):
			return fmt.Errorf("the quota of %s said twice", q.Congress)
		}
	}
	return nil
}
