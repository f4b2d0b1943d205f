package paper

import (
	"fmt"
	"strings"
	"testing"

	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
)

// The set of a month has all that hangs, in the order of its contents, which name the page on which each part begins; the
// pages are numbered through, and no citizen is named.
func TestWallSet(t *testing.T) {
	var set Things
	for i := range 12 {
		p := person.Person{State: person.Here, Facts: person.Facts{Name: fmt.Sprintf("阿卜杜热合曼·买买提艾力·吐尔逊江%d", i)}, Mandates: []person.Mandate{
			{Level: "county", Congress: "六届", Standing: "office"}}, Seats: []person.Seat{{Station: point}}}
		p.ID = fmt.Sprintf("%036d", i)
		set.People = append(set.People, p)
	}
	for i := range 6 {
		s := session.Session{State: session.State(1 + i), Station: point, Facts: session.Facts{Kind: "reception", Day: fmt.Sprintf("2026-11-%02d", 11+i), From: "19:30", To: "21:00",
			Topic: "冬季供暖"}, Called: []session.Called{{Key: set.People[i].ID, Name: set.People[i].Name, Part: "join"}}}
		set.Calendar.Sessions = append(set.Calendar.Sessions, s)
	}
	set.Calendar.From, set.Calendar.To = "2026-11-01", "2026-11-30"
	m := matterOf(t)
	m.State, m.Name, m.Title = matter.Registered, "单志远", "七巷雨水倒灌"
	set.Matters = []matter.Matter{m}
	for _, x := range profile.Default().Texts {
		set.Rules = append(set.Rules, calendar.Rule{By: "吕梁市人大常委会", Title: x.Title, Body: x.Body})
	}
	set.Rules = append(set.Rules, calendar.Rule{By: "离石区人大常委会", Title: "联络站工作规则", Body: strings.Repeat("一、代表按安排到站，认真听取群众意见，如实登记，及时转交有关单位办理并反馈。\n", 70)})
	k, _ := ByCode("wall-set")
	o := met
	o.Today = evening
	d, err := k.Make(set, o, Wish{Checked: true})
	if err != nil {
		t.Fatal(err)
	}
	ps := papertest.Print(t, d, "wall-set")
	for _, over := range papertest.Overlaps(ps) {
		t.Error(over)
	}
	starts := map[string]string{"接待和活动安排": "代表进站接待安排表", "接待公告": "代表接待公告", "代表联系卡": "代表联系卡", "公开栏": "群众意见办理情况公开栏"}
	for _, r := range set.Rules {
		starts[r.Title] = r.Title
	}
	for name, title := range starts {
		at := 0
		for _, p := range ps {
			for _, q := range ps {
				if p.Page == 0 && q.Page == 0 && p.Text == name && q.Y > p.Y-1 && q.Y < p.Y+1 && q.X > p.X+200 {
					fmt.Sscan(q.Text, &at)
				}
			}
		}
		found := false
		for _, p := range ps {
			found = found || p.Page == at-1 && at > 1 && p.Text == title
		}
		if !found {
			t.Errorf("%s is said to be on page %d", name, at)
		}
	}
	numbered := map[int]bool{}
	for _, p := range ps {
		if p.Text == fmt.Sprintf("— %d —", p.Page+1) || p.Text == fmt.Sprintf("第 %d 页  共 %d 页", p.Page+1, len(d.Pages)) {
			numbered[p.Page] = true
		}
		if strings.Contains(p.Text, "单志远") {
			t.Errorf("page %d names a citizen", p.Page+1)
		}
		if pdf := d.Pages[p.Page]; !p.Within(pdf.W, pdf.H, 3) {
			t.Errorf("%q stands outside page %d", p.Text, p.Page+1)
		}
	}
	if len(numbered) != len(d.Pages)-1 {
		t.Errorf("%d of %d pages are numbered", len(numbered), len(d.Pages)-1)
	}
	if d, err := k.Make(Things{}, form.Issuer{Today: evening}, Wish{}); err != nil || len(d.Pages) != 1 {
		t.Errorf("an empty one: %v", err)
	}
}
