package duty

import (
	"reflect"
	"testing"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/suggestion"
)

const wang, alias = "019ab0c0-0000-7000-8000-000000000011", "019ab0c0-0000-7000-8000-000000000099"

func held(day, kind, typ string, came ...session.Called) session.Session {
	s := session.Session{State: session.Held, Facts: session.Facts{Kind: kind, Type: typ, Day: day}, Called: came}
	s.ID = day + kind + typ
	return s
}

func came(id string) session.Called { return session.Called{Key: id, Name: "王明", Came: true} }

// A record has what somebody was ticked for and what he guided, consulted on, took on, led and proposed, each once, and
// nothing that he was absent from, that was cancelled, is not confirmed, was entered by mistake or lies outside its days.
func TestOf(t *testing.T) {
	p := person.Person{Facts: person.Facts{Name: "王明"}}
	p.ID = wang
	absent, cancelled, told, other := held("2027-02-01", "reception", "", session.Called{Key: wang, Name: "王明", Absent: true}), held("2027-02-02", "reception", "", came(wang)),
		held("2027-02-03", "activity", "training", came(wang)), held("2027-02-04", "reception", "", session.Called{Key: "王明", Name: "王明", Came: true})
	cancelled.State, told.State = session.Cancelled, session.Told
	confirmed := held("2027-02-05", "activity", "training", came(alias))
	confirmed.Confirmer, confirmed.Objects = "离石区人大 赵晖", []session.Object{{Key: alias, Note: "是两天"}}
	sessions := []session.Session{held("2027-03-11", "reception", "", came(wang)), held("2027-01-11", "reception", "", came(wang)), held("2026-12-31", "reception", "", came(wang)),
		held("2027-03-11", "visit", "", came(wang)), held("2027-04-01", "activity", "", came(wang)), absent, cancelled, told, other, confirmed}
	named := matter.Persons{"王明": wang}
	m := func(id string, change func(*matter.Matter)) matter.Matter {
		x := matter.Matter{Report: matter.Report{Number: "A" + id, Title: "路灯", Persons: named, Occurred: time.Date(2027, 5, 1, 18, 0, 0, 0, time.UTC)}}
		x.ID, x.State = id, matter.Registered
		change(&x)
		return x
	}
	matters := []matter.Matter{
		m("1", func(m *matter.Matter) { m.Guides, m.Mode, m.Assigned = []string{"王明"}, "guide", "2027-05-04" }),
		m("2", func(m *matter.Matter) {
			m.Guides, m.Mode, m.Confidential = []string{"李慧敏", "王明"}, "consult", true
		}),
		m("3", func(m *matter.Matter) { m.Leader = "王明" }),
		m("4", func(m *matter.Matter) {
			m.Suggestion, m.Suggests, m.Proposers = "s1", "增设路灯", []string{"王明"}
		}),
		m("5", func(m *matter.Matter) {
			m.Suggestion, m.Suggests, m.Proposers = "s1", "增设路灯", []string{"王明"}
		}),
		m("6", func(m *matter.Matter) { m.Offers = []matter.Offer{{Who: "王明", Reply: "accepted"}} }),
		m("7", func(m *matter.Matter) { m.Guides, m.Mode, m.State = []string{"王明"}, "guide", matter.Void }),
		m("8", func(m *matter.Matter) { m.Guides, m.Mode, m.Persons = []string{"王明"}, "guide", nil }),
		m("9", func(m *matter.Matter) { m.Deputies = []string{"王明"} }),
	}
	key := suggestion.KeyOf(wang)
	s := func(id, before string, change func(*suggestion.Suggestion)) suggestion.Suggestion {
		x := suggestion.Suggestion{State: suggestion.InHand, Submitted: "2027-03-11", Before: before, Signers: []suggestion.Signer{{Key: key, Lead: true, Signed: "2027-03-10"}},
			Words: suggestion.Words{Wording: suggestion.Wording{Title: "关于路灯的建议"}, Who: map[string]suggestion.Who{key: {Person: wang, Name: "王明"}}}}
		x.ID, x.Kind = id, "suggestion"
		change(&x)
		return x
	}
	suggestions := []suggestion.Suggestion{
		s("s2", "s1", func(*suggestion.Suggestion) {}), // of which matters 4 and 5 tell, too
		s("s3", "", func(x *suggestion.Suggestion) { x.Signers[0].Lead, x.Confidential = false, true }),
		s("s4", "", func(x *suggestion.Suggestion) { x.Signers[0].Signed = "" }),
		s("s5", "", func(x *suggestion.Suggestion) { x.State = suggestion.Withdrawn }),
		s("s6", "", func(x *suggestion.Suggestion) { x.Submitted = "" }), // a draft
	}
	r := Of(p, []string{alias}, "2027-01-01", "2027-12-31", sessions, matters, suggestions)
	want := map[string]int{"reception": 2, "visit": 1, "training": 1, "other": 1, "guided": 1, "consulted": 1, "led": 1, "suggestion": 2, "taken": 1, "days": 6}
	if !reflect.DeepEqual(r.Counts, want) {
		t.Errorf("%v", r.Counts)
	}
	sum := 0
	for _, n := range r.Counts {
		sum += n
	}
	if sum-r.Counts["days"] != len(r.Items) {
		t.Errorf("%d items, counted %d", len(r.Items), sum)
	}
	if r.Items[0].Day != "2027-01-11" || r.Items[1].What != "学习培训（别处履职，已确认）（本人有异议：是两天）" {
		t.Errorf("%+v", r.Items[:2])
	}
	if older := Of(p, []string{alias}, "2027-01-01", "2027-12-31", sessions, matters, nil); older.Counts["suggestion"] != 1 {
		t.Errorf("two matters of one suggestion count %d", older.Counts["suggestion"])
	}
	for _, it := range r.Items {
		if it.Kind == "suggestion" && it.What != "领衔建议“关于路灯的建议”" && it.What != "附议建议（保密件）" {
			t.Errorf("%+v", it)
		}
		if it.Kind == "consulted" && (it.What != "A2 保密件" || it.Day != "2027-05-02") {
			t.Errorf("%+v", it)
		}
	}
	p.Mandates = []person.Mandate{{Level: "county", Standing: "office"}}
	aims := r.Aims(p, []profile.Goal{{Kind: "reception", Times: 2}, {Kind: "reception", Level: "county", Times: 12}, {Kind: "visit", Level: "city", Times: 4}, {Kind: "days", Times: 15}})
	if !reflect.DeepEqual(aims, []Goal{{"reception", 2, 12}, {"days", 6, 15}}) {
		t.Errorf("%+v", aims)
	}
	if len(r.Aims(p, profile.Default().Goals)) != 0 {
		t.Error("goals stand where a county has none")
	}
}
