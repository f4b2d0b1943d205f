package dossier

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/docket/rates"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/suggestion"
)

type maker func(Dossier, form.Issuer) (typeset.Document, error)

// papers are those about one suggestion.
var papers = map[string]maker{"suggestion": Forms, "cosign-sheet": Cosigning, "handover-letter": Handovers, "contact-record": Contacts, "help-letter": Opinions,
	"answer-letter": Answers, "opinion-form": OpinionForms, "urge-suggestion": Urgings, "supervise-suggestion": Supervisions}

// lists are those about many.
var lists = map[string]maker{"suggestion-table": Table, "promise-list": Promises, "suggestion-volume": Volume}

// Every paper says what is known, whoever signs and however many units there are: one deputy and one unit, and sixty and ten.
func TestPapersSayEverything(t *testing.T) {
	fields := map[string][]string{
		"suggestion": {"第12号", "关于尽快解决离石区凤山街道磘沟、圐圙片区280户居民用气问题的建议", "第十四届人民代表大会第七次会议", "LS140001", "凤山代表团", "13900000000", "党支部书记、居委会主任",
			"排水排污内涝", "2闭会期间", "1联络站事项", "1主动公开", "住房和城乡建设局、凤山街道办事处", "2027年1月10日", "案由和情况", "41件", "具体建议", "每季度向代表通报一次", "附议签名页", "138****5678",
			"代表建议交办单", "离石区住房和城乡建设局", "2027年4月19日"},
		"cosign-sheet":    {"附议签名页", "LS140001", "领衔", "请在2027年1月10日前签", "13900000000"},
		"handover-letter": {"关于交办离石区第十四届人民代表大会", "第12号代表建议的函", "离石区住房和城乡建设局", "于2027年1月15日立案", "2027年4月19日前书面答复", "A为已经解决或者基本解决", "附件：", "2027年1月18日", "联系电话：0358-8221000", "抄送：离石区人民政府办公室"},
		"contact-record":  {"面商记录", "✓2座谈", "2027年2月25日", "96户", "代表签名"},
		"answer-letter": {"离住建函〔2027〕12号", "的答复", "收悉", "一、关于列入建设计划", "1,260万元", "1.磘沟96户通气，2027年9月30日前办好", "附件：", "离石区住房和城乡建设局", "2027年3月20日",
			"抄送：离石区人大常委会代表工作委员会，离石区人民政府办公室"},
		"opinion-form":    {"征询意见表", "12", "离石区住房和城乡建设局", "离住建函〔2027〕12号", "2027年3月20日", "✓2座谈", "1采纳", "1满意", "4未表态", "不得代填", "离石区永宁中路66号", "13900000000"},
		"urge-suggestion": {"关于催办", "离石区住房和城乡建设局：", "承诺于2027年4月1日前办好“气罐统一配送开始”，已超过期限7天", "2027年4月8日"},
	}
	for _, size := range []struct{ signers, units int }{{1, 1}, {4, 2}, {60, 10}} {
		d := gas(size.signers, size.units)
		for name, make := range papers {
			if name == "help-letter" && size.units == 1 || name == "supervise-suggestion" {
				continue
			}
			doc, err := make(d, office())
			text := says(t, name+map[int]string{1: "-one", 4: "", 60: "-many"}[size.signers], doc, err)
			for _, want := range fields[name] {
				if !strings.Contains(text, papertest.Squeeze(want)) {
					t.Errorf("%s of %d signers does not say %s:\n%s", name, size.signers, want, text)
				}
			}
			if strings.Contains(text, "13812345678") {
				t.Errorf("%s tells a citizen's telephone", name)
			}
			if strings.Contains(text, "1390000") && !slices.Contains([]string{"suggestion", "cosign-sheet", "opinion-form"}, name) {
				t.Errorf("%s tells a deputy's telephone", name)
			}
			if size.signers == 4 && name != "contact-record" && !strings.Contains(text, "王𠅤明") {
				t.Errorf("%s does not name 王𠅤明", name)
			}
			if size.signers == 60 && name == "cosign-sheet" {
				for _, w := range d.Suggestions[0].Who {
					if w.Person != "" && !strings.Contains(text, papertest.Squeeze(w.Name)) {
						t.Errorf("%s is not on the sheet", w.Name)
					}
				}
			}
		}
	}
	doc, err := Urgings(gas(2, 3).change(func(s *suggestion.Suggestion) { s.Promises = s.Promises[:1] }), office())
	if text := says(t, "urge-suggestion", doc, err); !strings.Contains(text, "离期限还有175天") {
		t.Errorf("%s", text)
	}
	doc, err = Opinions(gas(2, 3), office())
	if text := says(t, "help-letter", doc, err); !strings.Contains(text, "离水会〔2027〕4号") || !strings.Contains(text, "的会办意见") || !strings.Contains(text, "离石区水利局2027年3月10日") {
		t.Errorf("%s", text)
	}
	doc, err = Supervisions(gas(2, 3).change(func(s *suggestion.Suggestion) { s.Key, s.Leader = true, "周建军" }), office())
	if text := says(t, "supervise-suggestion", doc, err); !strings.Contains(text, "由周建军领衔督办") || !strings.Contains(text, "关于督办") {
		t.Errorf("%s", text)
	}
}

// An answer keeps to the standard: margins of 28 mm and 26 mm, 16 points, the class that the office found in the upper right
// corner over the title, pages numbered outside.
func TestAnAnswerIsALetter(t *testing.T) {
	doc, err := Answers(gas(4, 3), office())
	ps := read(t, "answer-letter", doc, err)
	const pt = 72 / 25.4
	class := slices.IndexFunc(ps, func(p papertest.Piece) bool { return p.Text == "B" })
	title := slices.IndexFunc(ps, func(p papertest.Piece) bool { return p.Size == 22 })
	if class < 0 || title < 0 || ps[class].Page != 0 || ps[class].Y <= ps[title].Y || math.Abs((ps[class].X+ps[class].Width)/pt-184) > .1 {
		t.Fatalf("class %d, title %d", class, title)
	}
	for _, p := range ps {
		if p.X/pt < 27.9 || (p.X+p.Width)/pt > 184.3 {
			t.Errorf("%q reaches from %.1f to %.1f mm", p.Text, p.X/pt, (p.X+p.Width)/pt)
		}
		if !slices.Contains([]float64{14, 16, 22}, p.Size) {
			t.Errorf("%q in %.1f points", p.Text, p.Size)
		}
		if p.Text == "— 1 —" && (p.Page != 0 || p.X/pt < 140) || p.Text == "— 2 —" && (p.Page != 1 || p.X/pt > 60) {
			t.Errorf("%s stands at %.1f mm on page %d", p.Text, p.X/pt, p.Page+1)
		}
	}
}

// Nothing that only a person may say is on a paper before he said it: no box of a rating is ticked whatever he said before,
// no place for a name has one.
func TestNobodySpeaksForADeputy(t *testing.T) {
	doc, err := OpinionForms(gas(3, 2), office())
	text := says(t, "opinion-form", doc, err)
	if len(doc.Pages) != 3 || strings.Count(text, "✓") != 3 { // each has the way of the talk
		t.Errorf("%d pages, %d ticks: %s", len(doc.Pages), strings.Count(text, "✓"), text)
	}
	lead := office()
	lead.Profile.Clocks.Everyone = false // whoever leads asks the others
	lead.Profile.Clocks.Contact = "20wd"
	if doc, err := OpinionForms(gas(3, 2), lead); err != nil || len(doc.Pages) != 1 {
		t.Errorf("%d pages, %v", len(doc.Pages), err)
	}
	doc, err = Handovers(gas(3, 2), lead)
	if text := says(t, "handover-lead", doc, err); !strings.Contains(text, "书面答复领衔的代表，由其转告") || !strings.Contains(text, "签收后20个工作日内请主动") {
		t.Errorf("%s", text)
	}
	doc, err = Cosigning(gas(3, 2), office())
	for _, p := range read(t, "cosign-sheet", doc, err) {
		const pt = 72 / 25.4
		if x := p.X / pt; p.Text != "签名（亲笔）" && p.Text != "日期" && p.Y/pt < 175 && p.Y/pt > 20 && x > 10+277*.6 && x < 10+277*.85 {
			t.Errorf("%q stands where somebody signs", p.Text)
		}
	}
}

// Of one whose words are not here nothing is printed but its number, its state and its days; and lists that go from hand
// to hand do not have the words of a confidential one even where they are known.
func TestConfidential(t *testing.T) {
	for name, make := range papers {
		doc, err := make(secret(), office())
		text := says(t, "secret-"+name, doc, err)
		if !strings.Contains(text, "第12号") || !strings.Contains(text, "承诺办理中") || !strings.Contains(text, "2027年1月11日") || strings.Contains(text, "住房") {
			t.Errorf("%s: %s", name, text)
		}
	}
	known := gas(2, 2).change(func(s *suggestion.Suggestion) { s.Confidential = true })
	for name, make := range lists {
		for _, d := range []Dossier{known, secret()} {
			doc, err := make(d, office())
			text := says(t, "secret-"+name, doc, err)
			for _, word := range []string{"用气", "磘沟", "通气", d.Suggestions[0].Who[d.Suggestions[0].Signers[0].Key].Name} {
				if word != "" && strings.Contains(text, word) {
					t.Errorf("%s tells %s", name, word)
				}
			}
		}
	}
	doc, err := Forms(known, office())
	if text := says(t, "known", doc, err); !strings.Contains(text, "用气") || !strings.Contains(text, "保密件·请专人保管") {
		t.Errorf("%s", text)
	}
}

// What is not there yet is left white or refused with a sentence, and nothing falls over.
func TestEmptyOnes(t *testing.T) {
	for name, make := range papers {
		doc, err := make(empty(), office())
		if err != nil {
			sentence, ok := err.(interface{ Sentence() string })
			if !ok || !strings.Contains(sentence.Sentence(), "代表建议") || !strings.Contains(sentence.Sentence(), "起草") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		text := says(t, "empty-"+name, doc, nil)
		if name == "suggestion" && !strings.Contains(text, "草稿") {
			t.Errorf("%s", text)
		}
	}
	for name, make := range lists {
		doc, err := make(Dossier{}, office())
		says(t, "empty-"+name, doc, err)
	}
	practice := office()
	practice.Practice = true
	for name, make := range papers {
		if doc, err := make(gas(2, 2).change(func(s *suggestion.Suggestion) { s.Key = true }), practice); err != nil || !strings.Contains(says(t, "practice-"+name, doc, nil), "练习") {
			t.Errorf("%s does not say that it is for practice: %v", name, err)
		}
	}
}

// A second answer says that it is one, and what was promised no more.
func TestTheSecondAnswer(t *testing.T) {
	d := gas(2, 1).change(func(s *suggestion.Suggestion) {
		s.State = suggestion.Delivered
		s.Answers = append(s.Answers, suggestion.Answer{Unit: s.Units[0].Key, Round: 1, On: "2027-09-20", Class: 1, Again: true, Mark: "a2"})
		s.Texts["a2"] = "磘沟96户已于9月18日全部通气。"
	})
	doc, err := Answers(d, office())
	text := says(t, "answer-letter-again", doc, err)
	if !strings.Contains(text, "承诺事项办理结果的答复") || !strings.Contains(text, "再次答复如下") || strings.Count(text, "我们承诺：") != 1 || !strings.Contains(text, "全部通气") {
		t.Errorf("%s", text)
	}
	doc, err = OpinionForms(d, office())
	if text := says(t, "opinion-form-again", doc, err); !strings.Contains(text, "2027年9月20日") || strings.Contains(text, "离住建函") {
		t.Errorf("%s", text)
	}
}

// year is a year of so many suggestions, of which some are confidential.
func year(n int) Dossier {
	d := gas(3, 3)
	one := d.Suggestions[0]
	d.Suggestions = nil
	for i := range n {
		s := one
		s.Number = strconv.Itoa(i + 1)
		if i%7 == 3 {
			s.Confidential = true
		}
		if i%5 == 1 {
			s.Title = "关于修路的建议"
		}
		d.Suggestions = append(d.Suggestions, s)
	}
	var list []suggestion.Tally
	for _, s := range d.Suggestions {
		list = append(list, s.Tally())
	}
	f := rates.Of(list, "2027-04-08", office().Profile.Letters)
	for _, r := range f.Rates {
		d.Rates = append(d.Rates, Rate(r))
	}
	for _, u := range f.Units {
		d.Units = append(d.Units, Unit{one.Who[u.Key].Name, u.Main, u.Help, u.Answered, u.Gave, u.Work, u.Result})
	}
	d.Sum = Sum(f.Sum)
	return d
}

// The table of a year has every unit with what it did, and under it each rate with what was divided by what.
func TestTable(t *testing.T) {
	d := year(40)
	doc, err := Table(d, office())
	text := says(t, "suggestion-table", doc, err)
	for _, u := range d.Units {
		if !strings.Contains(text, papertest.Squeeze(u.Name)) {
			t.Errorf("%s is not on it", u.Name)
		}
	}
	for _, r := range d.Rates {
		if !strings.Contains(text, papertest.Squeeze(r.Name+"＝"+r.Formula)) || r.Whole > 0 && !strings.Contains(text, r.Value()) {
			t.Errorf("%s is not told with its formula", r.Name)
		}
	}
	for _, want := range []string{"2027年", "截至2027年4月8日", "未表态", "共提出40件"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %s", want)
		}
	}
	for got, want := range map[string]string{percent(1, 0): "—", percent(1, 1): "100%", percent(1, 3): "33.33%", percent(37, 40): "92.5%", percent(0, 5): "0%", percent(9, 10): "90%"} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// The list of promises has those that are late first, the kept ones last.
func TestPromiseList(t *testing.T) {
	d := gas(2, 2).change(func(s *suggestion.Suggestion) {
		s.Promises = append(s.Promises, suggestion.Promise{By: "2027-03-31", Kept: "2027-03-30", Unit: s.Units[0].Key, Mark: "p3"})
		s.Texts["p3"] = "召开座谈会"
	})
	doc, err := Promises(d, office())
	text := says(t, "promise-list", doc, err)
	late, coming, kept := strings.Index(text, "气罐统一配送开始"), strings.Index(text, "磘沟96户通气"), strings.Index(text, "召开座谈会")
	if late < 0 || coming < late || kept < coming || !strings.Contains(text, "共3项，已兑现1项，逾期没有兑现1项") || !strings.Contains(text, "按期兑现") {
		t.Errorf("%s", text)
	}
}

// The volume has a title page without a number, and contents by whose numbers each suggestion is found.
func TestVolume(t *testing.T) {
	d := year(60)
	doc, err := Volume(d, office())
	ps := read(t, "suggestion-volume", doc, err)
	begins, entries := map[string]int{}, map[string]string{}
	entry := ""
	for _, p := range ps {
		switch {
		case p.Page > 0 && p.Size == 22 && p.Text != "目　　录" && begins[strconv.Itoa(p.Page+1)] == 0:
			begins[strconv.Itoa(p.Page+1)] = 1
		case strings.HasPrefix(p.Text, "第") && strings.Contains(p.Text, "号　") && !strings.Contains(p.Text, "届"):
			entry = p.Text
		case p.Size == 16 && entry != "" && strings.Trim(p.Text, "0123456789") == "":
			entries[entry] = p.Text
			entry = ""
		}
		if p.Page == 0 && p.Size == 14 {
			t.Errorf("the title page has %q", p.Text)
		}
	}
	if len(entries) != 60 || len(begins) != 60 {
		t.Errorf("%d entries, %d suggestions", len(entries), len(begins))
	}
	for text, page := range entries {
		if begins[page] == 0 {
			t.Errorf("%q is not on page %s", text, page)
		}
	}
}

// The longest that the form takes stands on every paper whole: a title of 150 characters, 6,000 of facts, ten units that
// each answer, units with long names, a number of thirty characters.
func TestTheLongest(t *testing.T) {
	d := gas(60, 10).change(func(s *suggestion.Suggestion) {
		s.Title = strings.Repeat("关于解决城乡居民用水用电用气用暖和道路交通安全问题", 6) + "的建议"
		s.Case = strings.Repeat("群众反映的问题很多，涉及水、电、气、暖、路，至今没有解决（见附表）。", 170)
		s.Proposal = strings.Repeat("请有关部门抓紧研究。\n", 120)
		s.Number = strings.Repeat("12", 15)
		s.Congress = "第十四届人民代表大会常务委员会第三十七次会议闭会"
		s.Key, s.Leader = true, strings.Repeat("周建军、", 8)
		s.Delegation = ""
		for i := range s.Units {
			u := &s.Units[i]
			u.Help, u.Answered = false, "2027-03-20"
			s.Who[u.Key] = suggestion.Who{Name: s.Who[u.Key].Name + "城乡建设综合管理服务中心（建设工程质量安全监督站）"}
			if i > 0 {
				s.Answers = append(s.Answers, suggestion.Answer{Unit: u.Key, Round: 1, On: "2027-03-20", Class: i%8 + 1, Number: "吕离住建函〔2027〕" + strconv.Itoa(100+i) + "号", Mark: "a1"})
			}
		}
		s.Contacts[0].Way = "meet"
		s.Texts["c1"] = strings.Repeat("代表同意分两批通气，但要求把时间写清楚。", 90)
		s.Matters = nil
		for i := range 41 {
			s.Matters = append(s.Matters, suggestion.Link{ID: strconv.Itoa(i), Number: "02-002003-26-A0042-7", Station: table1})
		}
	})
	for name, make := range papers {
		doc, err := make(d, office())
		text := says(t, "longest-"+name, doc, err)
		if !strings.Contains(text, "道路交通安全问题的建议") && name != "help-letter" {
			t.Errorf("%s does not have the whole title", name)
		}
		if name == "suggestion" && strings.Count(text, "群众反映的问题很多") != 170 || name == "contact-record" && strings.Count(text, "楚") != 90 {
			t.Errorf("%s does not have all of the text", name)
		}
		if name == "answer-letter" && (strings.Count(text, "抄送：") != 10 || strings.Count(text, "监督站）2027年3月20日") != 10) {
			t.Errorf("%d letters, %d with their whole signature", strings.Count(text, "抄送："), strings.Count(text, "监督站）2027年3月20日"))
		}
	}
	for name, make := range lists {
		doc, err := make(d, office())
		says(t, "longest-"+name, doc, err)
	}
}
