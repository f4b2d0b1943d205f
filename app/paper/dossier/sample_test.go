package dossier

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/names"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
	"lianluo.local/data/site"
	"lianluo.local/data/suggestion"
)

const (
	table1 = "141102002003D1-A"
	county = "141102000000"
)

var today = time.Date(2027, 4, 8, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// office is who prints: the county's office of the congress.
func office() form.Issuer {
	return form.Issuer{Today: today, Profile: profile.Default(), Sites: map[string]site.Site{county: {Code: county, Facts: site.Facts{
		Name: "离石区人大常委会代表工作委员会", Address: "离石区永宁中路66号"}}},
		Settings: settings.Settings{Unit: county, Name: "离石区人大常委会代表工作委员会", Organisation: "离石区人大常委会", Phone: "0358-8221000", Clerk: "赵晖"}}
}

// gas is a suggestion of so many deputies to so many units, answered, rated and with a promise that is not kept yet. The second
// of its signers has a name that trips programs up.
func gas(signers, units int) Dossier {
	s := suggestion.Suggestion{State: suggestion.Promised, Office: county, Up: true, Number: "12", Submitted: "2027-01-11", Registered: "2027-01-13",
		Accepted: "2027-01-15", Handed: "2027-01-18", FirstHand: "2027-01-18", Due: "2027-04-19", FirstDue: "2027-04-19", Round: 1,
		Facts: suggestion.Facts{Kind: "suggestion", Level: "county", Congress: "十四届七次", Held: "between", Public: "full", Origin: "station", Original: "2027-01-10"},
		Words: suggestion.Words{Wording: suggestion.Wording{Title: "关于尽快解决离石区凤山街道磘沟、圐圙片区280户居民用气问题的建议", Category: "0203",
			Case:     "去年以来，代表联络站收到反映用气的事项41件，涉及5个村（社区）280户，时间从2026年3月到12月。\n（一）群众反映的情况\n七巷一位老人说，冬天换一次气罐要走两里路，联系电话13812345678。\n（二）存在的问题\n管道离小区只有三百米，一直没有立项；每户每年多花1,200元左右。",
			Proposal: "一、把这一片列入2027年燃气管网建设计划，年内开工。\n二、开工前，由街道组织统一配送气罐，——费用由区财政给予补助。\n三、工程进度每季度向代表通报一次。",
			Wanted:   []string{"住房和城乡建设局", "凤山街道办事处"}},
			Who: map[string]suggestion.Who{}, Texts: map[string]string{}}}
	s.ID, s.Unit = "019ab0c0-0000-7000-8000-000000000012", table1
	d := Dossier{People: map[string]person.Person{}, From: "2027-01-01", To: "2027-12-31"}
	all := names.All()
	for i := range signers {
		name := all[i]
		switch i {
		case 1:
			name = "阿卜杜热合曼·买买提艾力·吐尔逊江"
		case 2:
			name = "王𠅤明"
		case 3:
			name = "翟𰻝祥"
		}
		id := fmt.Sprintf("019ab0c0-0000-7000-8000-%012d", i)
		g := suggestion.Signer{Key: suggestion.KeyOf(id), Lead: i == 0, Until: "2027-01-10", Signed: "2027-01-09", Paper: i%2 == 0}
		s.Signers = append(s.Signers, g)
		s.Who[g.Key] = suggestion.Who{Person: id, Name: name, Number: fmt.Sprintf("LS14%04d", i+1)}
		p := person.Person{State: person.Here, Facts: person.Facts{Name: name, Employer: "凤山街道袁家庄社区", Post: "党支部书记、居委会主任"},
			Private:  person.Private{Phone: fmt.Sprintf("1390000%04d", i)},
			Mandates: []person.Mandate{{Level: "county", Congress: "十四届", Delegation: "凤山代表团", Standing: "office"}}}
		d.People[id] = p
	}
	for i := range units {
		name := []string{"离石区住房和城乡建设局", "离石区水利局", "离石区凤山街道办事处", "吕梁市生态环境局离石分局", "离石区城市管理综合行政执法大队",
			"离石区自然资源局", "离石区发展和改革局", "离石区财政局", "离石区应急管理局", "离石区市场监督管理局"}[i]
		u := suggestion.Unit{Key: suggestion.KeyOf(name), Help: i > 0, On: s.Handed, Due: "2027-03-18", Signed: "2027-01-20"}
		s.Who[u.Key] = suggestion.Who{Name: name}
		if u.Help {
			u.Due = "2027-03-18"
		}
		if i == 1 {
			u.Helped = "2027-03-10"
			s.Opinions = append(s.Opinions, suggestion.Opinion{Unit: u.Key, On: u.Helped, Number: "离水会〔2027〕4号", Mark: "op"})
		}
		s.Units = append(s.Units, u)
	}
	main := s.Units[0].Key
	s.Units[0].Answered = "2027-03-20"
	s.Texts["op"] = "管线穿越南川河段须避开汛期施工，我局配合办理涉河手续。"
	s.Contacts = []suggestion.Contact{{Unit: main, Way: "forum", On: "2027-02-25", Mark: "c1"}}
	s.Texts["c1"] = "在袁家庄社区座谈，代表对先易后难、分两批通气没有意见，希望先解决磘沟的96户。"
	s.Answers = []suggestion.Answer{{Unit: main, Round: 1, On: "2027-03-20", Class: 4, Reviewed: 3, Number: "离住建函〔2027〕12号", Mark: "a1"}}
	s.Texts["a1"] = "一、关于列入建设计划\n磘沟、圐圙片区已列入2027年城镇燃气管网建设计划，总投资1,260万元，资金已落实60%。\n二、关于气罐配送\n从4月起由凤山街道统一配送，每户每罐补助20元。\n三、关于通报进度\n每季度末向提出建议的各位代表书面通报。"
	s.Promises = []suggestion.Promise{{By: "2027-09-30", Unit: main, Mark: "p1"}, {By: "2027-04-01", Unit: main, Mark: "p2"}}
	s.Texts["p1"], s.Texts["p2"] = "磘沟96户通气", "气罐统一配送开始"
	s.Ratings = []suggestion.Rating{{Round: 1, On: "2027-04-02", Work: "satisfied", Result: "basically", Taken: "partly", Paper: "征询意见表", Mark: "r1"}}
	s.Texts["r1"] = "希望按期通气。"
	d.Suggestions = []suggestion.Suggestion{s}
	return d
}

// change gives a dossier with its one suggestion changed.
func (d Dossier) change(by func(*suggestion.Suggestion)) Dossier {
	s := d.Suggestions[0]
	by(&s)
	d.Suggestions = []suggestion.Suggestion{s}
	return d
}

// empty is a draft of which next to nothing is written yet.
func empty() Dossier {
	s := suggestion.Suggestion{State: suggestion.Draft, Office: county, Facts: suggestion.Facts{Kind: "suggestion", Level: "county", Congress: "十四届七次", Held: "between"},
		Words: suggestion.Words{Wording: suggestion.Wording{Title: "关于修路的建议"}, Untouched: true}}
	s.ID, s.Unit = "019ab0c0-0000-7000-8000-000000000099", table1
	return Dossier{Suggestions: []suggestion.Suggestion{s}}
}

// secret is one whose words this computer was not told.
func secret() Dossier {
	return gas(2, 2).change(func(s *suggestion.Suggestion) { s.Confidential, s.Words = true, suggestion.Words{} })
}

// read gives what a paper says, and holds that nothing stands outside its pages or over something else, and nothing is
// smaller than so many points. With SHOW set to a folder it leaves the paper there to be looked at.
func read(t *testing.T, name string, d typeset.Document, err error) []papertest.Piece {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	ps := papertest.Print(t, d, name)
	for _, p := range ps {
		if page := d.Pages[p.Page]; !p.Within(page.W, page.H, 3) && p.Text != "练习" {
			t.Errorf("%s: %q stands outside page %d", name, p.Text, p.Page+1)
		}
		if p.Size < 10.49 && !strings.ContainsAny(p.Text, "123456789") { // the codes of boxes are small
			t.Errorf("%s: %q is printed in %.1f points", name, p.Text, p.Size)
		}
	}
	for _, o := range papertest.Overlaps(ps) {
		t.Errorf("%s: %s", name, o)
	}
	return ps
}

// says is all that a paper says, without blanks and line ends.
func says(t *testing.T, name string, d typeset.Document, err error) string {
	t.Helper()
	return papertest.All(read(t, name, d, err))
}
