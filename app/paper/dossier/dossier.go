// Package dossier makes the papers of deputies' suggestions (代表建议): the form on which one is handed in, the letters that
// go about it in the layout of GB/T 9704 (package official), the forms that units and deputies fill in, the tables of a
// year, and the year's volume.
//
//	d, err := dossier.Answers(dossier.Dossier{Suggestions: ss, People: ps}, office)
//
// No paper has a red head or a seal, none has a rating that nobody gave, and where somebody is to sign it is white. Deputies'
// telephones stand on their own forms alone, those of citizens nowhere. Of one that is confidential, who was not told its
// words prints its number, its state and its days; so do lists and the volume everywhere, for they go from hand to hand.
package dossier

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/paper/typeset/official"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/mask"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Dossier is what a paper is about: suggestions, those who sign them, by ID, as far as this home knows them, and, of a
// list, the days that it looks at and what it adds up to.
type Dossier struct {
	Suggestions []suggestion.Suggestion
	People      map[string]person.Person
	From, To    string // 2027-01-01, both counted
	Sum         Sum
	Units       []Unit
	Rates       []Rate
}

// number is how people call one by its 案号: 第12号; "" while it has none.
func number(s suggestion.Suggestion) string {
	if n := form.Line(s.Number); n != "" {
		return "第" + strings.TrimSuffix(strings.TrimPrefix(n, "第"), "号") + "号"
	}
	return ""
}

// Called is how a suggestion is told apart where papers are named: by its number, else by its title, if it has one here.
func Called(s suggestion.Suggestion) string {
	if n := number(s); n != "" {
		return n
	}
	if s.Confidential || !s.Known() {
		return "保密件"
	}
	return form.Cut(form.Line(s.Title), 20)
}

// proposal is what it is: a suggestion or a motion.
func proposal(s suggestion.Suggestion) string {
	if s.Kind == "motion" {
		return "代表议案"
	}
	return "代表建议"
}

// place is whose congress it goes to, as titles say it: 离石区.
func place(s suggestion.Suggestion) string {
	digits := map[string]int{"province": 2, "city": 4, "county": 6, "township": 9}[s.Level]
	if digits == 0 || len(s.Unit) < 12 {
		return map[string]string{"nation": "全国"}[s.Level]
	}
	p, _ := places.ByCode((s.Unit[:digits] + "000000000000")[:12])
	return p.Name
}

var congress = regexp.MustCompile(`^第?([\p{Han}\d]+?)届(?:人大|人民代表大会)?(?:第?([\p{Han}\d]+?)次(?:会议)?)?$`)

// meeting is the session of the congress that it was handed in to, in the parts in which a title is broken:
// 离石区第十四届人民代表大会, 第七次会议.
func meeting(s suggestion.Suggestion) (body, session string) {
	m := congress.FindStringSubmatch(form.Line(s.Congress))
	if text := form.Line(s.Congress); m == nil && strings.Contains(text, "代表大会") {
		return place(s), strings.TrimPrefix(text, place(s))
	} else if m == nil {
		return place(s) + "人民代表大会", text
	}
	if body = place(s) + "第" + m[1] + "届人民代表大会"; m[2] != "" {
		session = "第" + m[2] + "次会议"
	}
	return body, session
}

// met is that session on one line, with whether it was while the congress met.
func met(s suggestion.Suggestion) string {
	body, session := meeting(s)
	if s.Held == "between" {
		return body + session + "闭会期间"
	}
	return body + session
}

// called are the names of the given signers, the lead first.
func called(s suggestion.Suggestion, list []suggestion.Signer) (names []string) {
	for _, lead := range []bool{true, false} {
		for _, g := range list {
			if name := form.Line(s.Who[g.Key].Name); g.Lead == lead && name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

// signers are those who stand behind it: who signed, or, before anybody did, who is asked to.
func signers(s suggestion.Suggestion) []suggestion.Signer {
	if list := s.Signed(); list != nil {
		return list
	}
	return slices.DeleteFunc(slices.Clone(s.Signers), func(g suggestion.Signer) bool { return g.Declined != "" })
}

// proposers are whose suggestion it is, on one line: 王明、李慧敏代表; 王明等60位代表; 凤山代表团.
func proposers(s suggestion.Suggestion, most int) string {
	names := called(s, signers(s))
	switch {
	case s.Delegation != "":
		return form.Line(s.Delegation)
	case len(names) == 0:
		return "提出建议的代表"
	case len(names) > most:
		return names[0] + "等" + strconv.Itoa(len(names)) + "位代表"
	}
	return strings.Join(names, "、") + "代表"
}

// named are units by name.
func named(s suggestion.Suggestion, us []suggestion.Unit) string {
	var list []string
	for _, u := range us {
		if name := form.Line(s.Who[u.Key].Name); name != "" {
			list = append(list, name)
		}
	}
	return strings.Join(list, "、")
}

// kindOf is its category in words.
func kindOf(s suggestion.Suggestion) string {
	if c, known := category.ByCode(s.Category); known {
		return c.GroupName + " · " + c.Name
	}
	return form.Line(s.Category)
}

// letterOf is what is printed for a class of results.
func letterOf(class int, o form.Issuer) string {
	if class < 1 || class > len(o.Profile.Letters) {
		return ""
	}
	return o.Profile.Letters[class-1]
}

var mobile = regexp.MustCompile(`\d{7,}`)

// covered is a text that tells what citizens said, without a whole telephone.
func covered(text string) string {
	return mobile.ReplaceAllStringFunc(form.Text(text), func(digits string) string {
		if len(digits) == 11 && digits[0] == '1' {
			return mask.Phone(digits)
		}
		return digits
	})
}

// paper begins one in the official layout.
func paper(o form.Issuer) *official.Paper {
	return &official.Paper{Body: typeset.Fangsong(o.Profile.Fangsong)}
}

// government is the office of the government that has copies.
func government(s suggestion.Suggestion) string {
	switch name := place(s); s.Level {
	case "city", "county":
		return name + "人民政府办公室"
	case "province":
		return name + "人民政府办公厅"
	}
	return ""
}

// each makes a document of the pages that each suggestion has.
func each(d Dossier, code string, o form.Issuer, draw func(suggestion.Suggestion) ([]*typeset.Page, error)) (typeset.Document, error) {
	doc := typeset.Document{Title: form.Names[code], Made: o.Today}
	for _, s := range d.Suggestions {
		pages, err := []*typeset.Page(nil), error(nil)
		if s.Known() {
			pages, err = draw(s)
		} else {
			pages, err = shut(s, o, code)
		}
		if err != nil {
			return doc, err
		}
		if o.Practice {
			for _, p := range pages {
				form.Leaf{Page: p, K: 1}.Practice(0, p.H, 50, 96)
			}
		}
		doc.Pages = append(doc.Pages, pages...)
	}
	return doc, nil
}

// why says that a paper makes no sense of a suggestion now.
func why(s suggestion.Suggestion, code, sentence string) error {
	return problem.New(code+" of a suggestion in state "+s.State.Code(), strings.TrimSpace(number(s)+proposal(s))+"现在是“"+s.State.String()+"”，"+sentence)
}

// dates are the days of its life that have come, each with what it is.
func dates(s suggestion.Suggestion) (list [][2]string) {
	answered, rated := "", ""
	if a := s.Standing(); len(a) > 0 {
		answered = a[len(a)-1].On
	}
	if len(s.Ratings) > 0 {
		rated = s.Rating().On
	}
	for _, x := range [][2]string{{"提交日期", s.Submitted}, {"登记日期", s.Registered}, {"立案日期", s.Accepted}, {"交办日期", s.FirstHand},
		{"答复期限", s.Due}, {"答复日期", answered}, {"评价日期", rated}, {"办结日期", s.Ended}} {
		if x[1] != "" {
			list = append(list, x)
		}
	}
	return list
}

// shut is all of a suggestion that whoever was not told its words may print.
func shut(s suggestion.Suggestion, o form.Issuer, code string) ([]*typeset.Page, error) {
	f := folio(o, form.Head{Organisation: form.Line(o.Name), Title: form.Names[code], Note: "保密件 · 内容不在本机"})
	f.Row(form.Cell{Label: "案号", Value: form.Or(number(s)), Lines: 2}, form.Cell{Label: "状态", Value: s.State.String()})
	f.Row(form.Cell{Label: "届次", Value: met(s), Lines: 2})
	for _, x := range dates(s) {
		f.Row(form.Cell{Label: x[0], Value: form.Date(x[1])})
	}
	f.Close()
	return f.Pages, f.Err
}

// folio begins a form on A4 that keeps the binding margin of official papers.
func folio(o form.Issuer, head form.Head) *form.Folio {
	return &form.Folio{Foot: 20, Begin: func(part int) (l form.Leaf, g form.Grid, err error) {
		l = form.A4(1.42, 24)
		l.Least = form.Official
		h := head
		h.Black = true
		if part > 1 {
			h.Note += "（续 " + strconv.Itoa(part) + "）"
		}
		y, err := l.Head(h)
		return l, form.Grid{Page: l.Page, X: l.Margin, Y: y, W: l.Width(), Label: l.Note(8.8), Value: l.Style(typeset.Kai, 9.6), Column: 31, Pad: 2.3}, err
	}}
}

// white is how many lines of writing are left on a page over so many millimetres at its foot, three at least.
func white(f *form.Folio, below float64) int {
	return max(3, int((f.Leaf.Page.H-f.Foot-below-f.Y-2*f.Pad)/f.Step(f.Value)))
}

// long adds a value that goes on over pages, so many lines high at least.
func long(f *form.Folio, label, value string, lines int) {
	if value == "" {
		value = strings.Repeat("\n", max(lines-1, 0))
	}
	set := f.Value.Wrap(value, f.W-f.Column-f.Value.Size*form.Pt)
	for len(set) > 0 {
		n := white(f, 0)
		if n < min(5, len(set)) {
			f.Turn()
			n = white(f, 0)
		}
		n = min(n, len(set))
		var text strings.Builder
		for i, l := range set[:n] {
			if text.WriteString(l.Text); l.Hard && i < n-1 {
				text.WriteByte('\n')
			}
		}
		f.Row(form.Cell{Label: label, Value: text.String(), Lines: n})
		label, set = "（续）", set[n:]
	}
}

// mark is the text that an act left.
func mark(s suggestion.Suggestion, m string) string { return form.Text(s.Texts[m]) }

// public says how much may be known of it.
func public(s suggestion.Suggestion) string {
	if s.Confidential {
		return "保密"
	}
	return words.Openness.Name(s.Public)
}
