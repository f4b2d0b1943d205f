package command

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/data/unit"
)

var (
	monthStations = flag.Int("stations", 4, "how many stations live through a month")
	monthDeputies = flag.Int("deputies", 6, "how many deputies each of them has")
)

// A county's month: planned by rule at the county, announced and held at the stations, one evening of a leader with twenty
// matters. What county and city tell of it as JSON is, added up here, what was done.
func TestMonth(t *testing.T) {
	ctx := context.Background()
	w := apptest.New(t)
	city, county := w.SetUp("city", apptest.City), w.SetUp("county", apptest.County)
	w.Enrol(county, city)
	var codes []string
	for _, town := range places.Children(apptest.County) {
		for _, p := range places.Children(town.Code) {
			if code, ok := unit.Station(p.Code); ok && len(codes) < *monthStations {
				codes = append(codes, code)
			}
		}
	}
	all := []*apptest.Seat{county, city}
	everybody := map[string]string{} // names by ID
	for i, code := range codes {
		s := w.SetUp("station", code)
		w.Enrol(s, county)
		all = append(all, s)
		for n := range *monthDeputies {
			name := fmt.Sprintf("代表%s%s", string([]rune("甲乙丙丁戊己庚辛壬癸")[i%10])+string([]rune("子丑寅卯辰巳午未申酉戌亥")[i/10]),
				string([]rune("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往")[n%20]))
			o, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":%q,"mandates":[{"level":"县","congress":"十四届"}],"stations":[%q]}`, name, code))
			w.Must(err)
			p, err := county.Roster.Act(ctx, county.Clerk(), "", o)
			w.Must(err)
			everybody[p.ID] = name
		}
		every := []string{`"every":"month","day":11,"shift":"不调整"`, `"every":"week","weekday":"三","deputies":2`, `"every":"cycle","days":5,"since":"2026-12-01"`}[i%3]
		o, err := agenda.ParseRule(fmt.Appendf(nil, `{"station":%q,%s}`, code, every))
		w.Must(err)
		w.Must(apptest.Err(county.Agenda.SetRule(ctx, county.Clerk(), o)))
	}
	planned, err := county.Agenda.Plan(ctx, county.Clerk(), agenda.Span{From: "2026-12-01", To: "2026-12-31"})
	w.Must(err)
	w.Settle(append(all[2:], county, city)...)

	sums := map[string]int{} // what was done, counted as it is done
	served := map[string]int{}
	for i, s := range all[2:] {
		list, _, err := s.Agenda.Sessions(ctx, agenda.Filter{})
		w.Must(err)
		for n, e := range list {
			day, err := time.ParseInLocation("2006-01-02 15:04", e.Day+" "+e.From, time.FixedZone("CST", 8*3600))
			w.Must(err)
			do := func(at time.Time, o agenda.Order) {
				w.Now = at
				if e, err = s.Agenda.Act(ctx, s.Clerk(), e.ID, o); err != nil {
					t.Fatalf("%s %s %s: %v", e.Station, e.Day, o.Do, err)
				}
			}
			do(day.AddDate(0, 0, -2), agenda.Order{Do: session.Post, Places: []string{"村务公开栏"}})
			sums["sessions"]++
			if n == 1 && i%2 == 0 {
				do(day.Add(-time.Hour), agenda.Order{Do: session.Cancel, Reason: "停电"})
				sums["cancelled"]++
				continue
			}
			o := agenda.Order{Do: session.Attend}
			for k, c := range e.Awaited() {
				if k > 0 && n == 2 {
					o.Absent = append(o.Absent, agenda.Absence{Who: c.Person(), Why: "外出"})
					continue
				}
				o.Present = append(o.Present, agenda.Person{Who: c.Person()})
				served[c.Person()]++
				sums["present"]++
			}
			do(day, o)
			matters := (i + n) % 3
			if i == 0 && n == 0 {
				matters = 20 // a leader's evening
				do(day, agenda.Order{Do: session.Attend, Present: []agenda.Person{{Who: "周建军", Part: "特邀", Unit: "县委"}}})
				sums["present"]++
			}
			for m := range matters {
				s.Receive(desk.Draft{Title: fmt.Sprintf("%d号门前积水", m+1), Name: "郝春生", Phone: "13812345678"})
			}
			do(day.Add(85*time.Minute), agenda.Order{Do: session.Close, Set: field.Values{"citizens": matters + 1}})
			sums["matters"] += matters
			sums["citizens"] += matters + 1
			sums["held"]++
		}
	}
	if planned.Made != sums["sessions"] {
		t.Errorf("%d planned, %d stood at the stations", planned.Made, sums["sessions"])
	}
	w.Now = time.Date(2027, 1, 4, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.Settle(append(all[2:], county, city)...)

	for _, o := range all[:2] {
		home, role := string(o.Home), o.Settings.Role
		o.Close()
		got := map[string]int{}
		for _, e := range told(t, w.Now, home, "agenda", "list", "--from", "2026-12-01", "--to", "2026-12-31") {
			got["sessions"]++
			got[fmt.Sprint(e["state"])]++
			got["citizens"] += int(e["citizens"].(float64))
			got["matters"] += len(e["matters"].([]any))
			got["present"] += len(e["present"].([]any))
			if e["noticed"] == "" {
				t.Errorf("%v was not announced", e)
			}
		}
		for k, n := range sums {
			if got[k] != n {
				t.Errorf("%s: %s %d, done %d", role, k, got[k], n)
			}
		}
		had := map[string]int{}
		for _, code := range codes {
			for _, line := range told(t, w.Now, home, "duty", "list", "--station", code, "--from", "2026-12-01", "--to", "2026-12-31") {
				n := 0
				if v, ok := line["counts"].(map[string]any)["reception"]; ok {
					n = int(v.(float64))
				}
				had[fmt.Sprint(line["person"])] = n
			}
		}
		for id, name := range everybody {
			if had[id] != served[id] {
				t.Errorf("%s: %s has %d receptions, came to %d", role, name, had[id], served[id])
			}
		}
	}
	t.Logf("%d stations, %d deputies: %v", len(codes), len(everybody), sums)
}

// told runs a command that prints a JSON object a line.
func told(t *testing.T, now time.Time, home string, args ...string) (list []map[string]any) {
	t.Helper()
	var out, wrong bytes.Buffer
	args = slices.Concat([]string{"--home", home, "--now", now.Format(time.RFC3339), "--json"}, args)
	if code := Run(context.Background(), args, strings.NewReader(""), &out, &wrong); code != 0 {
		t.Fatalf("%v: %d %s", args, code, wrong.String())
	}
	for line := range bytes.Lines(out.Bytes()) {
		one := map[string]any{}
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}
