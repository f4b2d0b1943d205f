package docket_test

import (
	"fmt"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/suggestion"
)

// mandate puts a deputy of a congress on the roster of an office.
func mandate(t *testing.T, o *apptest.Seat, name, level, station string) {
	t.Helper()
	order, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":%q,"mandates":[{"level":%q,"congress":"四届"}],"stations":[%q]}`, name, level, station))
	o.World.Must(err)
	o.World.Must(apptest.Err(o.Roster.Act(ctx, o.Clerk(), "", order)))
}

// accepted is a suggestion that a table drafted and an office took up; more is what else is said of it, each with a comma
// before it.
func accepted(t *testing.T, table, office *apptest.Seat, lead, level, more string, all ...*apptest.Seat) suggestion.Suggestion {
	t.Helper()
	s := act(t, table, "", fmt.Sprintf(`{"title":"关于河道清淤的建议","congress":"十四届七次","level":%q,"facts":"河道多年没有清淤。","proposal":"请统筹清淤。","lead":%q%s}`, level, lead, more))
	act(t, table, s.ID, fmt.Sprintf(`{"do":"cosign","who":%q,"paper":"附议签名页"}`, lead))
	act(t, table, s.ID, `{"do":"submit"}`)
	round(all...)
	act(t, office, s.ID, `{"do":"register"}`)
	return act(t, office, s.ID, `{"do":"accept"}`)
}

// Who handles what is confidential reads it, though he hears of it late; and one that is confidential no more says to all
// what it says. What others were asked to sign is not made confidential any more.
func TestConfidentialIsToldToWhoHandlesIt(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	other := w.SetUp("county", "141121000000")
	w.Enrol(other, city)
	all := []*apptest.Seat{point, town, county, city, other}
	deputy(t, county, "王明", apptest.Fengshan)
	mandate(t, city, "刘芳", "市", apptest.Fengshan)
	round(all...)
	s := accepted(t, town, city, "刘芳", "市", `,"confidential":true`, all...)
	act(t, city, s.ID, `{"do":"assign","to":["文水县"]}`)
	round(all...)
	for o, knows := range map[*apptest.Seat]bool{town: true, county: true, city: true, other: true, point: false} {
		got, err := o.Docket.Find(ctx, s.ID)
		if (err == nil && got.Title != "") != knows || knows && (got.Proposal != "请统筹清淤。" || got.Lead() != "刘芳") {
			t.Errorf("%s: %q by %q, %v", o.Settings.Unit, got.Title, got.Lead(), err)
		}
	}
	d := act(t, town, "", `{"title":"关于路灯的建议","congress":"十四届七次","level":"县","facts":"没有路灯。","proposal":"请装路灯。","lead":"王明","confidential":true}`)
	act(t, town, d.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
	act(t, town, d.ID, `{"do":"change","confidential":false}`)
	act(t, town, d.ID, `{"do":"invite","who":"外站的人"}`)
	round(all...)
	if _, _, err := try(town, d.ID, `{"do":"change","confidential":true}`); err == nil || !strings.Contains(err.Error(), "内容已经发出") {
		t.Errorf("%v", err)
	}
	if got := find(t, city, d.ID); got.Title != "关于路灯的建议" || got.Case == "" || got.Lead() != "王明" || got.Confidential {
		t.Errorf("the city knows %+v", got.Words)
	}
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// Two deputies bear one name: the stations of both hear of it, and he is named who signs. The office is told whose signature
// is nobody's of the roster.
func TestNamesakes(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other, third := w.SetUp("station", apptest.Fengshan), w.SetUp("station", "141102002006D1-J")
	all := []*apptest.Seat{station, other, third, county}
	for _, o := range all[1:3] {
		w.Enrol(o, county)
	}
	deputy(t, county, "王明", apptest.Yuanjia)
	mandate(t, county, "李慧敏", "县", apptest.Fengshan)
	mandate(t, county, "李慧敏", "县", third.Settings.Unit)
	round(all...)
	s := act(t, station, "", `{"title":"关于通气的建议","congress":"十四届七次","facts":"几个村没有通气。","proposal":"请住建局接通。","lead":"王明"}`)
	act(t, station, s.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
	act(t, station, s.ID, `{"do":"invite","who":["李慧敏","贺无人"],"until":"2026-12-01"}`)
	round(all...)
	if got := find(t, other, s.ID); got.State != suggestion.Inviting {
		t.Errorf("%v", got.State)
	}
	act(t, third, s.ID, `{"do":"cosign","who":"李慧敏","paper":"附议签名页"}`)
	_, odd, err := try(station, s.ID, `{"do":"cosign","who":"贺无人","paper":"附议签名页"}`)
	if err != nil || !strings.Contains(strings.Join(odd, " "), "由上级核对") {
		t.Errorf("%v %v", odd, err)
	}
	round(all...)
	act(t, station, s.ID, `{"do":"submit"}`)
	round(all...)
	him, err := third.Roster.Find(ctx, "李慧敏")
	w.Must(err)
	if got := find(t, county, s.ID); got.Who[suggestion.Salted(got.Salt, "李慧敏")].Person != him.ID {
		t.Errorf("%+v", got.Who)
	}
	_, odd, err = try(county, s.ID, `{"do":"register"}`)
	if told := strings.Join(odd, " "); err != nil || !strings.Contains(told, "查不准贺无人") || strings.Contains(told, "李慧敏") {
		t.Errorf("%v %v", odd, err)
	}
}

// Two at once, at computers that do not hear of each other: what both did is kept, and told in Chinese wherever it is known,
// until one who saw both says how it is.
func TestAtOnce(t *testing.T) {
	_, county, station := apptest.Pair(t)
	all := []*apptest.Seat{station, county}
	deputy(t, county, "王明", apptest.Yuanjia)
	round(all...)
	given := []string{`{"do":"register"}`, `{"do":"accept"}`, `{"do":"assign","to":["水利局"]}`, `{"do":"answer","class":"A","answer":"已经清淤"}`, `{"do":"review"}`, `{"do":"deliver"}`}
	for _, c := range []struct {
		before            []string
		first, then, says string
		settles           []string // the first that may be done
	}{
		{nil, `{"do":"register","number":"71"}`, `{"do":"register","number":"72"}`, "案号", []string{`{"do":"register","number":"73"}`}},
		{nil, `{"do":"change","title":"关于清淤的建议"}`, `{"do":"change","title":"关于河道的建议"}`, "标题", []string{`{"do":"change","title":"关于河道清淤的建议"}`}},
		{given[:2], `{"do":"assign","to":["水利局"]}`, `{"do":"assign","to":["住建局"]}`, "承办单位", []string{`{"do":"assign","to":["住建局"],"help":["水利局"]}`}},
		{given[:3], `{"do":"answer","class":"A","answer":"已经清淤"}`, `{"do":"return","reason":"不是我们的河道"}`, "其中一步没有生效", []string{`{"do":"review"}`, `{"do":"assign","to":["住建局"]}`}},
		{given, `{"do":"rate","work":"满意","result":"满意","paper":"第一份表"}`, `{"do":"rate","work":"不满意","result":"不满意","paper":"第二份表","note":"没有清"}`, "",
			[]string{`{"do":"rate","work":"满意","result":"不满意","paper":"核对后的表"}`, `{"do":"redo"}`}},
	} {
		s := act(t, station, "", `{"title":"关于河道的建议","congress":"十四届七次","level":"县","facts":"多年没有清淤。","proposal":"请清淤。","lead":"王明"}`)
		act(t, station, s.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
		act(t, station, s.ID, `{"do":"submit"}`)
		round(all...)
		for _, body := range c.before {
			act(t, county, s.ID, body)
		}
		round(all...)
		copied := county.KeepCopy()
		act(t, county, s.ID, c.first)
		round(all...)
		county.SetBack(copied) // another computer, that knows nothing of it
		act(t, county, s.ID, c.then)
		round(all...)
		for _, o := range all {
			got := find(t, o, s.ID)
			says := suggestion.Kind.Contests(&got)
			if !strings.Contains(strings.Join(says, " "), c.says) || len(says) == 0 || strings.ContainsAny(strings.Join(says, ""), "abcdefghijklmnopqrstuvwxyz") {
				t.Errorf("%s and %s: %s is told %q", c.first, c.then, o.Settings.Unit, says)
			}
			told := ""
			for _, e := range got.History {
				told += e.Note + " "
			}
			for _, words := range []string{"已经清淤", "不是我们的河道", "第一份表", "第二份表"} { // also of the step that came to nothing
				if strings.Contains(c.first+c.then, words) && !strings.Contains(told+fmt.Sprint(got.Texts), words) {
					t.Errorf("%s: %q is lost: %s", o.Settings.Unit, words, told)
				}
			}
		}
		var err error
		for _, body := range c.settles {
			if _, _, err = try(county, s.ID, body); err == nil {
				break
			}
		}
		round(all...)
		for _, o := range all {
			if got := find(t, o, s.ID); len(got.Conflicts) > 0 || err != nil {
				t.Errorf("%s and %s: nobody can settle it: %v at %s, %v %v", c.first, c.then, got.State, o.Settings.Unit, got.Conflicts, err)
			}
			o.Healthy()
			o.Quiet()
		}
	}
}
