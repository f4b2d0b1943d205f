package command_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/unit"
)

var (
	counties = flag.Int("counties", 2, "how many counties play")
	tables   = flag.Int("tables", 6, "how many stations they have together")
	rounds   = flag.Int("rounds", 5, "for how many weeks")
)

var ctx = context.Background()

// county is an office with its stations while they play.
type county struct {
	*apptest.Seat
	stations []*apptest.Seat
	people   map[string][]string // IDs by station
}

// playing is a city with its counties.
type playing struct {
	*apptest.World
	dice     *rand.Rand
	city     *apptest.Seat
	counties []*county
	done     map[string]int // what was done how often
}

func (p *playing) all() (list []*apptest.Seat) {
	for _, c := range p.counties {
		list = append(append(list, c.stations...), c.Seat)
	}
	return append(list, p.city)
}

func (p *playing) some(list ...string) string { return list[p.dice.IntN(len(list))] }

// orders does something with somebody.
func (p *playing) orders(o *apptest.Seat, id, body string) string {
	p.T.Helper()
	parsed, err := roster.Parse([]byte(body))
	p.Must(err)
	who, err := o.Roster.Act(ctx, o.Clerk(), id, parsed)
	p.Must(err)
	return who.ID
}

// alters does something with a unit.
func (p *playing) alters(o *apptest.Seat, code, body string) {
	p.T.Helper()
	parsed, err := roster.ParseSite([]byte(body))
	p.Must(err)
	p.Must(apptest.Err(o.Roster.Alter(ctx, o.Clerk(), code, parsed)))
}

// found sets up the city, its counties, their stations and deputies.
func found(t *testing.T) *playing {
	t.Helper()
	p := &playing{World: apptest.New(t), dice: rand.New(rand.NewPCG(13, 120)), done: map[string]int{}}
	p.Now = time.Date(2026, 11, 20, 9, 0, 0, 0, east)
	p.city = p.SetUp("city", apptest.City)
	p.orders(p.city, "", `{"do":"add","name":"市领导甲","tier":"city","mandates":[{"level":"市","congress":"五届"}]}`)
	for i, place := range places.Children(apptest.City)[:*counties] {
		c := &county{Seat: p.SetUp("county", place.Code), people: map[string][]string{}}
		p.Enrol(c.Seat, p.city)
		p.orders(c.Seat, "", `{"do":"add","name":"县领导`+places.Of(place.Code).Where+`","tier":"county","mandates":[{"level":"县","congress":"十四届"}]}`)
		var codes []string
		for _, town := range places.Children(place.Code) {
			if code, ok := unit.Station(town.Code); ok && len(codes)%3 == 1 {
				codes = append(codes, code)
			}
			for _, village := range places.Children(town.Code)[:1] {
				if code, ok := unit.Station(village.Code); ok {
					codes = append(codes, code)
				}
			}
		}
		for _, code := range codes[:*tables/(*counties)+map[bool]int{true: 1}[i < *tables%*counties]] {
			s := p.SetUp("station", code)
			p.Enrol(s, c.Seat)
			p.alters(c.Seat, code, `{"do":"open","name":"`+places.Of(code).Where+`"}`)
			c.stations = append(c.stations, s)
			for n := range 4 {
				levels := []string{`{"level":"县","congress":"十四届"}`, `{"level":"市","congress":"五届"},{"level":"县","congress":"十四届"}`,
					`{"level":"省","congress":"十四届"},{"level":"县","congress":"十四届"}`, `{"level":"乡","congress":"十八届"}`}[n]
				tier := []string{"", "", "county", ""}[n]
				c.people[code] = append(c.people[code], p.orders(c.Seat, "", fmt.Sprintf(`{"do":"add","name":"代表%s%s","tier":%q,"mandates":[%s],"stations":[%q]}`,
					string([]rune("甲乙丙丁戊己庚辛壬癸子丑寅卯")[len(c.stations)%14]), string([]rune("天地玄黄")[n]), tier, levels, code)))
			}
		}
		p.counties = append(p.counties, c)
	}
	p.Settle(p.all()...)
	return p
}

// evening is one at a station: who sat there, and what citizens said.
func (p *playing) evening(c *county, s *apptest.Seat) {
	code := s.Settings.Unit
	day := p.Now.Format(time.DateOnly)
	kind := p.some("reception", "reception", "reception", "visit", "activity")
	planned := c.people[code][p.dice.IntN(2):]
	body := map[string]any{"do": "plan", "kind": kind, "day": day, "planned": planned, "becomes": "open"}
	if p.dice.IntN(5) == 0 {
		body["tier"] = p.some("city", "county")
	}
	if kind == "visit" {
		body["stops"] = []any{map[string]any{"name": "户主一"}, map[string]any{"name": "户主二"}}[:1+p.dice.IntN(2)]
	}
	ahead := p.dice.IntN(6) == 0
	if ahead {
		delete(body, "becomes")
		delete(body, "stops")
		body["day"] = p.Now.AddDate(0, 0, 2).Format(time.DateOnly)
	}
	act := func(id string, body map[string]any) string {
		p.T.Helper()
		text, err := json.Marshal(body)
		p.Must(err)
		o, err := agenda.Parse(text)
		p.Must(err)
		e, err := s.Agenda.Act(ctx, s.Clerk(), id, o)
		if err != nil {
			p.T.Fatalf("%s: %v", text, err)
		}
		return e.ID
	}
	id := act("", body)
	p.done[kind]++
	if ahead {
		if p.dice.IntN(2) == 0 {
			p.done["cancelled"]++
			act(id, map[string]any{"do": "cancel", "reason": "停电"})
		}
		return
	}
	var came []any
	for _, who := range planned[:p.dice.IntN(len(planned)+1)] {
		came = append(came, who)
	}
	if p.dice.IntN(3) == 0 {
		came = append(came, map[string]any{"who": "周建军", "part": "特邀", "unit": "县委"})
	}
	if came != nil {
		act(id, map[string]any{"do": "attend", "present": came})
	}
	n := p.dice.IntN(4)
	for range n {
		p.raise(c, s)
	}
	close := map[string]any{"do": "close"}
	if kind == "reception" {
		close["citizens"] = n * p.dice.IntN(3)
	}
	act(id, close)
}

// raise is what one citizen said, or a paper of some weeks ago that is keyed in.
func (p *playing) raise(c *county, s *apptest.Seat) {
	d := desk.Draft{Title: fmt.Sprintf("事情%d", p.done["raised"]), Words: "请办一办。", Category: p.some("0203", "0101", "1107", "0403", ""), People: p.dice.IntN(4),
		Purpose: p.some("help", "complaint", "suggestion", "praise", ""), Channel: p.some("walk-in", "home-visit", "hotline", "liaison"),
		Register: p.some("reception", "reception", "visit", "opinion"), Urgency: p.some("normal", "normal", "urgent")}
	switch p.dice.IntN(9) {
	case 0, 1:
		d.OnSpot, d.OnSpotAnswer = p.some("answered", "resolved"), "当场说清楚了"
	case 2:
		d.OnSpot, d.Reason, d.Door = "out-of-scope", "court", "法院"
	case 3, 4:
		d.Occurred = p.Now.AddDate(0, 0, -p.dice.IntN(20)).Format(time.RFC3339)
		p.done["late"]++
	case 5:
		d.Confidential = true
		p.done["confidential"]++
	}
	switch who := c.people[s.Settings.Unit][p.dice.IntN(4)]; p.dice.IntN(4) {
	case 0:
		d.Deputies, d.Persons = []string{"李代表"}, desk.Persons{"李代表": who}
	case 1:
		d.Deputies, d.Persons = []string{"李代表", "名册上没有的人"}, desk.Persons{"李代表": who}
	case 2:
		d.Deputies = []string{}
	}
	s.Receive(d)
	p.done["raised"]++
}

// works lets everybody do with a county's matters what he may; what he may not is refused.
func (p *playing) works(c *county) {
	leader := p.some("市领导甲", "县领导"+places.Of(c.Settings.Unit).Where)
	for _, s := range c.stations {
		list := s.List()
		for _, v := range list {
			if !v.State.Open() && p.dice.IntN(4) > 0 {
				continue
			}
			m := v.Matter
			do := func(o *apptest.Seat, orders ...string) {
				p.Later(time.Second)
				var kind struct{ Do string }
				order := p.some(orders...)
				_ = json.Unmarshal([]byte(order), &kind)
				if after, err := o.Try(m, order); err == nil {
					p.done[kind.Do]++
					m = after
				}
			}
			answers := []string{`{"do":"answer","class":1,"answer":"办好了"}`, `{"do":"answer","class":2,"answer":"基本办好了"}`,
				`{"do":"answer","class":3,"answer":"正在办","promise":"修好","promiseBy":"` + p.Now.AddDate(0, 0, 10).Format(time.DateOnly) + `"}`}
			for range p.dice.IntN(5) {
				switch m.State {
				case matter.Registered:
					do(s, `{"do":"collate","mode":"department"}`, `{"do":"collate","mode":"consult"}`)
				case matter.Collated:
					do(s, `{"do":"escalate","note":"请县里办"}`, `{"do":"assign","mode":"consult","deputies":["李代表"]}`, `{"do":"assign","to":["街道办"]}`)
				case matter.Escalated, matter.Returned:
					do(c.Seat, `{"do":"assign","to":["水利局"]}`, `{"do":"assign","to":["住建局","水利局"]}`)
				case matter.Assigned:
					do(c.Seat, `{"do":"sign"}`, `{"do":"sign"}`, `{"do":"return","note":"不归我们管"}`)
					do(s, `{"do":"sign"}`)
				case matter.InHand, matter.Guiding, matter.Consulting, matter.Promised:
					do(c.Seat, answers...)
					do(s, answers...)
				case matter.Replied, matter.ToldDeputy:
					do(s, `{"do":"inform","way":"visit"}`, `{"do":"inform-deputy","way":"phone"}`)
				case matter.Told:
					do(s, `{"do":"rate","attitude":"satisfied","result":"satisfied"}`, `{"do":"rate","attitude":"satisfied","result":"basically"}`,
						`{"do":"rate","attitude":"satisfied","result":"unsatisfied","reason":"没有通"}`)
				case matter.Redoing:
					do(c.Seat, `{"do":"redo"}`)
					do(s, `{"do":"redo"}`)
				}
			}
			switch p.dice.IntN(20) {
			case 0:
				do(s, `{"do":"withdraw","note":"不用了"}`)
			case 1, 2:
				do(s, `{"do":"merge","into":"`+list[p.dice.IntN(len(list))].Number+`"}`)
			case 3:
				do(c.Seat, `{"do":"lead","leader":"`+leader+`"}`)
			case 4:
				do(c.Seat, `{"do":"suggest","title":"关于修渠的建议","deputies":["李代表"],"congress":"county"}`)
			case 5:
				if _, err := s.Desk.Void(ctx, s.Clerk(), v.ID, "录错了"); err == nil {
					p.done["void"]++
				}
			}
		}
	}
}

// weeks is what happens in all of them.
func (p *playing) weeks() {
	for week := range *rounds {
		monday := time.Date(2026, 11, 23, 19, 30, 0, 0, east).AddDate(0, 0, 7*week)
		for _, c := range p.counties {
			for i, s := range c.stations {
				if p.Now = monday.AddDate(0, 0, i%5); (i+week)%7 != 6 { // now and then one stays shut
					p.evening(c, s)
				}
				if p.raise(c, s); week%2 == 0 {
					p.Later(time.Hour)
					s.Sync()
				}
			}
		}
		p.Now = monday.AddDate(0, 0, 5)
		for _, c := range p.counties {
			for _, o := range append(append(c.stations[:len(c.stations):len(c.stations)], c.Seat), c.stations...) {
				o.Sync()
			}
			p.works(c)
			one := c.stations[p.dice.IntN(len(c.stations))].Settings.Unit
			two := c.stations[p.dice.IntN(len(c.stations))].Settings.Unit
			p.orders(c.Seat, c.people[one][3], `{"do":"group","stations":["`+two+`"]}`)
		}
	}
	for _, c := range p.counties[:1] { // one of its stations is merged into another
		p.alters(c.Seat, c.stations[1].Settings.Unit, `{"do":"merge","successor":"`+c.stations[0].Settings.Unit+`","note":"撤并"}`)
	}
	p.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, east).AddDate(0, 0, 7**rounds)
	p.Settle(p.all()...)
}

// A city of counties and stations lives through some weeks. Whoever has only the lines that the program tells and the sentences under
// its reports adds up every number of every report, by every axis and some of them crossed, at the city, at a county and at a
// station.
func TestSums(t *testing.T) {
	p := found(t)
	p.weeks()
	for _, must := range strings.Fields("reception visit activity raised late collate escalate assign return answer inform rate redo merge withdraw lead suggest void confidential") {
		if p.done[must] == 0 {
			t.Errorf("nobody did %s: %v", must, p.done)
		}
	}
	homes := []*apptest.Seat{p.city, p.counties[0].Seat, p.counties[0].stations[0]}
	for _, o := range p.all() {
		o.Close()
	}
	numbers, met := 0, map[string]bool{}
	for i, o := range homes {
		say := tells(t, p.Now, string(o.Home))
		l := readLists(say, p.Now)
		reports := say("report", "--list")
		check := func(kind, by, from, to string) {
			args := []string{"report", kind, "--from", from, "--compare", "before"}
			if to != "" {
				args = append(args, "--to", to)
			}
			axes := strings.Split(by, ",")
			if by != "" {
				args = append(args, "--by", by, "--of", strings.Join(codes, ","))
			} else {
				axes = nil
				for _, r := range reports {
					if r["kind"] == kind {
						for _, a := range many(r, "by") {
							axes = append(axes, strings.ReplaceAll(a.(string), "below", []string{"county", "station", "station"}[i]))
						}
					}
				}
			}
			r := say(args...)[0]
			rows := len(lines(r, "rows")) + 1
			numbers += rows * len(lines(r, "indicators"))
			for code, v := range r["total"].(map[string]any) {
				if v != nil && v != 0.0 {
					met[code] = true
				}
			}
			before := map[string]any{"from": r["beforeFrom"], "to": r["beforeTo"], "rows": r["beforeRows"], "total": r["before"], "indicators": r["indicators"]}
			for _, wrong := range append(l.differs(r, axes), l.differs(before, axes)...) {
				t.Errorf("%s: %s %s: %s", o.Settings.Unit, kind, from, wrong)
			}
		}
		first, last := "2026-11-23", p.Now.Format(time.DateOnly)
		if i == 0 {
			for _, axis := range strings.Fields("tier level levels county township station base group category purpose channel register mode urgency holder " +
				"department term person week month quarter half year congress") {
				check("year", axis, "2026-11-25", last)
			}
			for _, two := range strings.Fields("station,week category,county tier,level department,month person,station week,department") {
				check("month", two, first, last)
			}
		}
		for _, r := range reports {
			if kind := r["kind"].(string); i == 0 || slices.Contains(strings.Fields("week station tiers departments duty"), kind) {
				check(kind, "", "2026-12-01", "")
			}
		}
		t.Logf("%s: %d matters, %d sessions, %d people", o.Settings.Unit, len(l.matters), len(l.sessions), len(l.people))
	}
	var never []string
	for _, code := range codes {
		if !met[code] {
			never = append(never, code)
		}
	}
	if len(never) > 0 {
		t.Errorf("nothing was ever counted as %v", never)
	}
	t.Logf("%d numbers of %v", numbers, p.done)
}
