package dossier

import (
	"math"
	"slices"
	"strings"
	"testing"

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
			"排水排污内涝", "2闭会期间", "1联络站事项", "1主动公开", "住房和城乡建设局、凤山街道办事处", "2027年1月10日", "一、案由和情况", "41件", "二、具体建议", "每季度向代表通报一次", "附议签名页", "138****5678",
			"代表建议交办单", "离石区住房和城乡建设局", "2027年4月19日"},
		"cosign-sheet":    {"附议签名页", "LS140001", "领衔", "请在2027年1月10日前签", "13900000000"},
		"handover-letter": {"关于交办离石区第十四届人民代表大会", "第12号代表建议的函", "离石区住房和城乡建设局", "于2027年1月15日立案", "2027年4月19日前书面答复", "A为已经解决或者基本解决", "附件：", "2027年1月18日", "联系电话：0358-8221000", "抄送：离石区人民政府办公室"},
		"contact-record":  {"面商记录", "✓2座谈", "2027年2月25日", "96户", "代表签名"},
		"answer-letter": {"离住建函〔2027〕12号", "的答复", "收悉", "一、关于列入建设计划", "1,260万元", "1.磘沟96户通气，2027年9月30日前办好", "附件：", "离石区住房和城乡建设局", "2027年3月20日",
			"抄送：离石区人大常委会代表工作委员会，离石区人民政府办公室"},
		"opinion-form":    {"征询意见表", "12", "离石区住房和城乡建设局", "离住建函〔2027〕12号", "2027年3月20日", "✓2座谈", "1采纳", "1满意", "4未表态", "不得代填", "离石区永宁中路66号", "13900000000"},
		"urge-suggestion": {"关于催办", "离石区住房和城乡建设局：", "承诺于2027年9月30日前办好“磘沟96户通气”", "离期限还有175天", "已超过期限7天", "2027年4月8日"},
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
	doc, err := Opinions(gas(2, 3), office())
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
	doc, err = Cosigning(gas(3, 2), office())
	for _, p := range read(t, "cosign-sheet", doc, err) {
		const pt = 72 / 25.4
		if x := p.X / pt; p.Text != "签名（亲笔）" && p.Text != "日期" && p.Y/pt < 175 && p.Y/pt > 20 && x > 10+277*.645 && x < 10+277*.895 {
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
