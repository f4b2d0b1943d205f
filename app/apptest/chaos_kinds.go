package apptest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/docket"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// AnyPerson does some act with somebody or some unit; what may not be is refused as anybody hears it.
func (o *Seat) AnyPerson(dice *rand.Rand, n int, stations ...string) {
	o.World.T.Helper()
	station := stations[dice.IntN(len(stations))]
	var id string
	if ls, err := view.Things[person.Person](ctx, o.Store, person.Name, "1 ORDER BY id"); err == nil && len(ls) > 0 {
		id = ls[dice.IntN(len(ls))].Thing.ID
	}
	err := o.orders("", fmt.Sprintf(`{"do":"add","name":"第%d","phone":"1380000%04d","mandates":[{"level":%q,"congress":"十四届"}],"stations":[%q]}`,
		n, n, []string{"县", "市", "省"}[dice.IntN(3)], station))
	bodies := []string{
		fmt.Sprintf(`{"do":"contact","phone":"1390000%04d"}`, n), `{"do":"post","post":"书记` + fmt.Sprint(n) + `"}`,
		`{"do":"group","station":"` + station + `"}`, `{"do":"ungroup","station":"` + station + `"}`,
		`{"do":"mandate","level":"市","congress":"五届"}`, `{"do":"suspend","reason":"custody"}`, `{"do":"resume"}`,
		`{"do":"end","reason":"辞职"}`, `{"do":"leave","from":"2026-12-01"}`, `{"do":"void","note":"错"}`, `{"do":"correct","sex":"男"}`,
	}
	if dice.IntN(4) > 0 && id != "" {
		err = o.orders(id, bodies[dice.IntN(len(bodies))])
	} else if dice.IntN(2) == 0 {
		err = o.alters(station, []string{`{"do":"open","name":"站` + fmt.Sprint(n) + `"}`, `{"do":"change","phone":"8221321"}`,
			`{"do":"merge","successor":"` + stations[dice.IntN(len(stations))] + `"}`, `{"do":"close"}`, `{"do":"change","head":"站长` + fmt.Sprint(n) + `"}`}[dice.IntN(5)])
	}
	o.heard(err)
}

func (o *Seat) orders(id, body string) error {
	parsed, err := roster.Parse([]byte(body))
	if err == nil {
		_, err = o.Roster.Act(ctx, o.Clerk(), id, parsed)
	}
	return err
}

func (o *Seat) alters(code, body string) error {
	parsed, err := roster.ParseSite([]byte(body))
	if err == nil {
		_, err = o.Roster.Alter(ctx, o.Clerk(), code, parsed)
	}
	return err
}

// heard ends the test where an act was refused otherwise than in a sentence.
func (o *Seat) heard(err error) {
	o.World.T.Helper()
	var wrong problem.Problems
	if err != nil && !errors.As(err, &wrong) && !errors.Is(err, store.ErrNotFound) {
		o.World.T.Fatalf("%s: %v", o.Settings.Unit, err)
	}
}

// AnySession does some act with some session, a rule or a month's plan; what may not be is refused as anybody hears it. It
// gives the sessions that it made.
func (o *Seat) AnySession(dice *rand.Rand, n int, stations ...string) (made []string) {
	o.World.T.Helper()
	some := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return list[dice.IntN(len(list))]
	}
	sessions, _, err := o.Agenda.Sessions(ctx, agenda.Filter{Void: true})
	o.World.Must(err)
	people, _, err := o.Roster.People(ctx, roster.Filter{})
	o.World.Must(err)
	var names []string
	for _, p := range people {
		names = append(names, p.ID)
	}
	day := func() string { return o.World.Now.AddDate(0, 0, dice.IntN(40)).Format(time.DateOnly) }
	station := some(stations)
	switch dice.IntN(9) {
	case 0, 1:
		body := fmt.Sprintf(`{"do":"plan","kind":%q,"day":%q,"station":%q,"planned":[%q],"topic":"第%d场"`,
			some([]string{"reception", "visit", "activity"}), day(), station, some(names), n)
		if strings.Contains(body, "visit") {
			body += fmt.Sprintf(`,"stops":[{"name":"户主%d","phone":"1370000%04d"},{"name":"邻居%d"}]`, n, n, n)
		}
		if dice.IntN(4) == 0 {
			body = strings.Replace(body, `"do"`, `"becomes":"`+some([]string{"open", "told"})+`","do"`, 1)
			body = regexp.MustCompile(`"day":"[^"]*"`).ReplaceAllString(body, `"day":"`+o.World.Now.Format(time.DateOnly)+`"`)
		}
		parsed, err := agenda.Parse([]byte(strings.Replace(body, `[""]`, `[]`, 1) + "}"))
		o.World.Must(err)
		s, err := o.Agenda.Act(ctx, o.Clerk(), "", parsed)
		if o.heard(err); err == nil {
			made = append(made, s.ID)
		}
		return made
	case 2:
		rules, err := o.Agenda.Rules(ctx, "")
		o.World.Must(err)
		body := fmt.Sprintf(`{"station":%q,"every":"week","weekday":%d,"deputies":1}`, station, 1+dice.IntN(7))
		if len(rules) > 0 && dice.IntN(3) > 0 {
			body = fmt.Sprintf(`{"do":%q,"id":%q,"deputies":%d}`, some([]string{"change", "change", "stop"}), rules[dice.IntN(len(rules))].ID, 1+dice.IntN(3))
		}
		parsed, err := agenda.ParseRule([]byte(body))
		o.World.Must(err)
		o.heard(Err(o.Agenda.SetRule(ctx, o.Clerk(), parsed)))
		return nil
	case 3:
		done, err := o.Agenda.Plan(ctx, o.Clerk(), agenda.Span{From: o.World.Now.Format(time.DateOnly), To: o.World.Now.AddDate(0, 0, 14).Format(time.DateOnly)})
		o.heard(err)
		for _, s := range done.Sessions {
			made = append(made, s.ID)
		}
		return made
	}
	if len(sessions) == 0 {
		return nil
	}
	s := sessions[dice.IntN(len(sessions))]
	var called, stops []string
	for _, c := range s.Called {
		called = append(called, c.Key)
	}
	for _, stop := range s.Stops {
		stops = append(stops, stop.Key)
	}
	body := []string{
		`{"do":"notice","places":["村务公开栏"]}`, `{"do":"hold"}`, fmt.Sprintf(`{"do":"attend","present":[%q]}`, some(append(called, names...))),
		fmt.Sprintf(`{"do":"attend","absent":[{"who":%q,"why":"堵车"}]}`, some(called)),
		fmt.Sprintf(`{"do":"close","present":[%q],"citizens":%d}`, some(called), dice.IntN(9)),
		fmt.Sprintf(`{"do":"move","day":%q,"reason":"开会"}`, day()), `{"do":"cancel","reason":"大雪"}`, `{"do":"void","reason":"登重了"}`,
		fmt.Sprintf(`{"do":"visit","name":"某户%d","words":"话%d"}`, n, n), fmt.Sprintf(`{"do":"visit","stop":%q,"words":"又说%d"}`, some(stops), n),
		fmt.Sprintf(`{"do":"visit","stop":%q,"gone":true}`, some(stops)), fmt.Sprintf(`{"do":"call","planned":[%q]}`, some(names)),
		fmt.Sprintf(`{"do":"call","guests":[%q]}`, station), `{"do":"call","guests":[]}`, fmt.Sprintf(`{"do":"call","off":[%q]}`, some(called)),
		fmt.Sprintf(`{"do":"swap","who":%q,"with":%q,"reason":"出差"}`, some(called), some(names)),
		fmt.Sprintf(`{"do":"reply","who":%q,"reply":"yes"}`, some(called)), fmt.Sprintf(`{"do":"check","what":"横幅%d","done":true}`, n%3),
		fmt.Sprintf(`{"do":"result","unit":"水利局","what":"清淤%d"}`, n), fmt.Sprintf(`{"do":"object","who":%q,"object":"那天我到了"}`, some(called)),
		fmt.Sprintf(`{"do":"change","topic":"改成%d"}`, n), `{"do":"confirm"}`,
	}
	parsed, err := agenda.Parse([]byte(body[dice.IntN(len(body))]))
	o.World.Must(err)
	o.heard(Err(o.Agenda.Act(ctx, o.Clerk(), s.ID, parsed)))
	return nil
}

// AnySuggestion does some act with some suggestion, or drafts one; what may not be is refused as anybody hears it. It gives
// the one that it drafted.
func (o *Seat) AnySuggestion(dice *rand.Rand, n int) (made string) {
	o.World.T.Helper()
	some := func(list ...string) string {
		if len(list) == 0 {
			return ""
		}
		return list[dice.IntN(len(list))]
	}
	all, err := view.Things[suggestion.Suggestion](ctx, o.Store, suggestion.Name, "1 ORDER BY id")
	o.World.Must(err)
	people, _, err := o.Roster.People(ctx, roster.Filter{})
	o.World.Must(err)
	var names, numbers []string
	for _, p := range people {
		names = append(names, p.ID, p.Name)
	}
	for _, v := range o.List() {
		numbers = append(numbers, v.Number)
	}
	day := func() string { return o.World.Now.AddDate(0, 0, dice.IntN(200)).Format(time.DateOnly) }
	if len(all) == 0 || dice.IntN(9) == 0 {
		s, err := o.proposes("", fmt.Sprintf(`{"title":"关于第%d件的建议","congress":"十四届七次","level":%q,"facts":"情况%d","proposal":"办法%d","confidential":%v,"lead":%q,"matters":[%q,%q]}`,
			n, some("县", "县", "市", "乡", "省"), n, n, dice.IntN(4) == 0, some(names...), some(numbers...), some(numbers...)))
		o.heard(err)
		return s.ID
	}
	var s suggestion.Suggestion
	next := ""
	for range 8 {
		s = all[dice.IntN(len(all))].Thing
		next = map[suggestion.State]string{suggestion.Draft: some("cosign", "submit"), suggestion.Inviting: some("cosign", "submit"), suggestion.Submitted: "register",
			suggestion.Registered: "accept", suggestion.Accepted: "assign", suggestion.Assigned: "sign", suggestion.InHand: "answer", suggestion.Answered: "review",
			suggestion.Reviewed: "deliver", suggestion.Delivered: "rate", suggestion.Redo: "redo", suggestion.Meeting: "redo", suggestion.Promised: "keep"}[s.State]
		if next != "" && s.May(next, o.Settings.Unit) && (s.Up || dice.IntN(3) == 0) {
			break
		}
	}
	acts := o.Docket.Acts(s)
	if len(acts) == 0 {
		return ""
	}
	do := acts[dice.IntN(len(acts))].Code
	if last := do == "void" || do == "withdraw" || do == "refuse" || do == "join"; last && dice.IntN(12) > 0 {
		return ""
	}
	if next != "" && s.May(next, o.Settings.Unit) && dice.IntN(2) == 0 { // else few come far
		do = next
	}
	var signers, units, others []string
	for _, g := range s.Signers {
		signers = append(signers, g.Key)
	}
	for _, u := range append(s.Mains(), s.Units...) {
		units = append(units, u.Key)
	}
	for _, other := range all {
		others = append(others, other.Thing.ID)
	}
	to := some("水利局", "住建局", "离石区", "文水县", "财政局")
	body := map[string]string{
		"change": some(fmt.Sprintf(`"title":"改成%d"`, n), fmt.Sprintf(`"matters":[%q]`, some(numbers...)), fmt.Sprintf(`"confidential":%v`, dice.IntN(2) == 0),
			fmt.Sprintf(`"cosigners":[%q]`, some(names...)), fmt.Sprintf(`"congress":"十四届八次","public":%q`, some("full", "no"))),
		"invite": fmt.Sprintf(`"who":[%q]`, some(append(names, "外站的人")...)), "cosign": fmt.Sprintf(`"who":[%q],"paper":"附议签名页"`, some(some(signers...), some(names...))),
		"decline": fmt.Sprintf(`"who":[%q],"reason":"不了解"`, some(signers...)), "register": some(``, fmt.Sprintf(`"number":"%d"`, 1+dice.IntN(9))),
		"join": fmt.Sprintf(`"into":%q`, some(others...)), "refuse": `"reason":"不是建议"`,
		"assign": fmt.Sprintf(`"to":[%q,%q],"split":%v,"help":["司法局"]`, to, some("公安局", "交通局"), dice.IntN(2) == 0), "redo": some(``, fmt.Sprintf(`"to":[%q]`, to)),
		"sign": fmt.Sprintf(`"unit":%q`, some(units...)), "return": fmt.Sprintf(`"unit":%q,"reason":"不归我们"`, some(units...)),
		"ask":     fmt.Sprintf(`"unit":%q,"reason":"应由别的单位","more":%v`, some(units...), dice.IntN(2) == 0),
		"contact": fmt.Sprintf(`"unit":%q,"way":"座谈","note":"谈了%d"`, some(units...), n), "help": fmt.Sprintf(`"unit":%q,"answer":"意见%d"`, some(units...), n),
		"extend": fmt.Sprintf(`"unit":%q,"due":%q,"reason":"要论证"`, some(units...), day()), "grant": some(``, `"no":true,"reason":"不行"`),
		"answer": fmt.Sprintf(`"unit":%q,"class":%q,"answer":"答复%d","promises":[{"what":"修好%d","by":"2027-10-31"}]`, some(units...), some("A", "B"), n, n),
		"review": some(``, ``, `"no":true,"reason":"重写"`, `"class":"A"`), "deliver": some(``, fmt.Sprintf(`"who":[%q]`, some(signers...))),
		"rate": fmt.Sprintf(`"work":"满意","result":%q,"paper":"征询意见表","note":"评%d"`, some("满意", "不满意", "未表态"), n), "keep": fmt.Sprintf(`"answer":"修好了%d"`, n),
		"supervise": `"leader":"某主任"`, "publish": fmt.Sprintf(`"public":%q,"note":"公开%d"`, some("full", "no"), n), "pause": fmt.Sprintf(`"reason":%q`, some(words.Pauses[0].Code)),
		"withdraw": fmt.Sprintf(`"who":[%q],"reason":"已经解决"`, strings.Join(signers, `","`)), "void": `"reason":"登重了"`,
	}[do]
	_, err = o.proposes(s.ID, strings.TrimSuffix(`{"do":"`+do+`",`+strings.ReplaceAll(body, `\"`, `"`), ",")+"}")
	o.heard(err)
	return ""
}

func (o *Seat) proposes(id, body string) (s suggestion.Suggestion, err error) {
	parsed, err := docket.Parse([]byte(strings.ReplaceAll(body, `[""]`, `[]`)))
	if err == nil {
		s, _, err = o.Docket.Act(ctx, o.Clerk(), id, parsed)
	}
	return s, err
}

// SameThings fails unless a thing is the same wherever it is listed, and is listed where it concerns somebody and nowhere
// else (concerns nil: wherever).
func SameThings[T any, P interface {
	*T
	thing.Sum
}](w *World, all []*Seat, kind string, concerns func(P) []string) {
	w.T.Helper()
	type said struct{ at, is string }
	first := map[string]said{}
	have := map[string][]string{}
	whom := map[string][]string{}
	for _, o := range all {
		ls, err := view.Things[T, P](ctx, o.Store, kind, "1 ORDER BY id")
		w.Must(err)
		for _, l := range ls {
			p := P(&l.Thing)
			id := p.Shared().ID
			if q, is := any(p).(*person.Person); is && q.State == person.Void { // nobody lists him; who was let in meanwhile has him
				continue
			}
			b, err := json.Marshal(p)
			w.Must(err)
			if f, known := first[id]; known && f.is != string(b) {
				w.T.Errorf("%s %s is\n%s at %s, and\n%s at %s", kind, id, f.is, f.at, b, o.Settings.Unit)
			}
			first[id] = said{o.Settings.Unit, string(b)}
			have[id], whom[id] = append(have[id], o.Settings.Unit), concerns(p)
		}
	}
	for id, units := range have {
		for _, o := range all {
			if whom[id] == nil {
				continue
			}
			code := o.Settings.Unit
			there := slices.Contains(whom[id], code)
			if listed := slices.Contains(units, code); listed != there {
				w.T.Errorf("%s %s concerns %v: %s lists it: %v; %s", kind, id, whom[id], code, listed, first[id].is)
			}
		}
	}
}
