package app_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/crew"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/export"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/printer"
	"lianluo.local/app/report"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/data/clerk"
	"lianluo.local/data/issued"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/right"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/suggestion"
	lists "lianluo.local/data/words"
)

// doing is a verb as somebody calls it, and the rights of which one is enough for it.
type doing struct {
	what string
	need []right.Right
	do   func(by clerk.Clerk) error
	hurt bool // done, it would change this home for those who come after: it is tried by whom it is refused to
}

func need(rs ...right.Right) []right.Right { return rs }

// doings are what can be done at a home. What is asked for makes no sense mostly: whoever may do it hears of that, and not
// that he may not.
func doings(o *apptest.Seat, m matter.Matter, dir string) (list []doing) {
	add := func(what string, rs []right.Right, do func(by clerk.Clerk) error) {
		list = append(list, doing{what, rs, do, false})
	}
	hurts := func(what string, r right.Right, do func(by clerk.Clerk) error) {
		list = append(list, doing{what, need(r), do, true})
	}
	acts := func(kind string, ws lists.List, but string, do func(by clerk.Clerk, act string) error) {
		for _, w := range ws {
			if w.Code != but {
				add(kind+" "+w.Code, need(right.To(kind, w.Code)), func(by clerk.Clerk) error { return do(by, w.Code) })
			}
		}
	}
	kind, _ := paper.ByCode("receipt") // of no matter
	file := func(name string) string { return filepath.Join(dir, name) }
	acts(matter.Name, matter.Acts, "", func(by clerk.Clerk, do string) error {
		return apptest.Err(o.Office.Do(ctx, by, "nobody", office.Order{Do: do}))
	})
	acts(suggestion.Name, suggestion.Acts, suggestion.Share, func(by clerk.Clerk, do string) error {
		_, _, err := o.Docket.Act(ctx, by, "nothing", docket.Order{Do: do})
		return err
	})
	acts(session.Name, session.Acts, "", func(by clerk.Clerk, do string) error {
		return apptest.Err(o.Agenda.Act(ctx, by, "never", agenda.Order{Do: do}))
	})
	add("receive", need(right.Register), func(by clerk.Clerk) error { return apptest.Err(o.Desk.Receive(ctx, by, desk.Draft{})) })
	add("correct", need(right.Correct), func(by clerk.Clerk) error { return apptest.Err(o.Desk.Correct(ctx, by, m.ID, nil)) })
	add("void", need(right.Correct), func(by clerk.Clerk) error {
		if right.Has(rolesOf(o, by), right.Correct) {
			return nil
		}
		return apptest.Err(o.Desk.Void(ctx, by, m.ID, "弄错了"))
	})
	add("redact", need(right.Correct), func(by clerk.Clerk) error { return o.Redact(ctx, by, "asked") })
	add("each", need(right.Route), func(by clerk.Clerk) error {
		return o.Office.Each(ctx, by, []string{"nobody"}, office.Order{Do: "assign"}, nil)[0].Err
	})
	add("lapse", need(right.Exchange), func(by clerk.Clerk) error { return apptest.Err(o.Office.Lapse(ctx, by)) })
	add("recount", need(right.Exchange), func(by clerk.Clerk) error { return apptest.Err(o.Office.Recount(ctx, by, o.Calendar)) })
	add("regroup", need(right.Exchange), func(by clerk.Clerk) error { return o.Roster.Regroup(ctx, by) })
	add("upkeep", need(right.Exchange), func(by clerk.Clerk) error { return o.Docket.Upkeep(ctx, by) })
	add("round", need(right.Exchange), func(by clerk.Clerk) error { return apptest.Err(o.Round(ctx, by)) })
	add("take in", need(right.Exchange), func(by clerk.Clerk) error { return apptest.Err(o.TakeIn(ctx, by, file("none.bundle"))) })
	add("draft", need(right.Suggest), func(by clerk.Clerk) error { _, _, err := o.Docket.Draft(ctx, by); return err })
	add("plan", need(right.Agenda), func(by clerk.Clerk) error { return apptest.Err(o.Agenda.Plan(ctx, by, agenda.Span{})) })
	add("rule", need(right.Agenda), func(by clerk.Clerk) error {
		return apptest.Err(o.Agenda.SetRule(ctx, by, agenda.RuleOrder{Do: rota.Stop, ID: "none"}))
	})
	add("raise", need(right.Register), func(by clerk.Clerk) error { return apptest.Err(o.Raise(ctx, by, "never", "")) })
	add("issue", need(right.Issue), func(by clerk.Clerk) error { return apptest.Err(o.Report.Issue(ctx, by, report.Ask{})) })
	add("person", need(right.People), func(by clerk.Clerk) error {
		return apptest.Err(o.Roster.Act(ctx, by, "nobody", roster.Order{Do: person.Correct}))
	})
	add("ending", need(right.People), func(by clerk.Clerk) error {
		return apptest.Err(o.Roster.Ending(ctx, by, roster.Order{Do: person.End}))
	})
	add("know", need(right.People), func(by clerk.Clerk) error { return apptest.Err(o.Roster.Know(ctx, by, "王明", "", "nobody")) })
	add("unit", need(right.Sites), func(by clerk.Clerk) error {
		return apptest.Err(o.Roster.Alter(ctx, by, "nowhere", roster.SiteOrder{Do: site.Change}))
	})
	add("take", need(right.Import), func(by clerk.Clerk) error { return batch.Take(ctx, o.Roster, by, batch.Trial{}) })
	add("take sheet", need(right.Import), func(by clerk.Clerk) error {
		in := app.Intake{}
		in.Plan.Errors = append(in.Plan.Errors, in.Plan.Doubtful...)
		if right.Has(rolesOf(o, by), right.Import) {
			return nil
		}
		return o.Take(ctx, by, in)
	})
	add("undo", need(right.Import), func(by clerk.Clerk) error { return apptest.Err(o.Undo(ctx, app.People, by, "none")) })
	add("users", need(right.Users), func(by clerk.Clerk) error {
		return apptest.Err(o.Crew.Act(ctx, by, crew.Order{Do: "lock", User: "nobody"}))
	})
	add("try sheet", need(right.Backup), func(by clerk.Clerk) error { return apptest.Err(o.TrySheet(ctx, by, "")) })
	add("open sheet", need(right.Backup), func(by clerk.Clerk) error { return apptest.Err(o.OpenSheet(ctx, by, "")) })

	// what is asked in the name of who sits there
	sits := func(what string, rs []right.Right, do func() error) {
		add(what, rs, func(clerk.Clerk) error { return do() })
	}
	looks := need(right.Look, right.Mine)
	sits("list", looks, func() error { return apptest.Err(o.Ledger.Page(ctx, ledger.Query{})) })
	sits("search", need(right.Find), func() error { return apptest.Err(o.Ledger.Page(ctx, ledger.Query{Text: "单志远"})) })
	sits("held", need(right.Find), func() error {
		if right.Has(rolesOf(o, o.Clerk()), right.Find) && !right.Has(rolesOf(o, o.Clerk()), right.Contact) {
			return nil
		}
		return apptest.Err(o.Holding(ctx, app.Asker{}))
	})
	sits("count", looks, func() error { _, _, err := o.Ledger.Count(ctx, ledger.Query{}); return err })
	sits("show", need(right.Look), func() error { return apptest.Err(o.Ledger.Show(ctx, m.ID)) })
	sits("people", need(right.Roster), func() error { _, _, err := o.Roster.People(ctx, roster.Filter{}); return err })
	sits("sessions", looks, func() error { _, _, err := o.Agenda.Sessions(ctx, agenda.Filter{}); return err })
	sits("session", looks, func() error { return apptest.Err(o.Agenda.Session(ctx, "never")) })
	sits("suggestions", looks, func() error { _, _, err := o.Docket.List(ctx, docket.Filter{}); return err })
	sits("baskets", need(right.Look), func() error { return apptest.Err(o.Docket.Baskets(ctx)) })
	sits("staffs", need(right.Users), func() error { return apptest.Err(o.Crew.Staffs(ctx, o.Clerk())) })
	sits("passes", need(right.Users, right.Backup), func() error { _, _, err := o.Passes(ctx); return err })
	sits("sticks", need(right.Exchange, right.Rules, right.Trust), func() error { _, _, _, err := o.Sticks(ctx); return err })
	renews := need(right.Rules, right.Trust)
	sits("update", renews, func() error { return apptest.Err(o.Update(ctx)) })
	sits("newer", renews, func() error { return apptest.Err(o.Newer(ctx)) })
	sits("fetch", renews, func() error { return apptest.Err(o.Fetch(ctx)) })
	sits("fetch a file", renews, func() error { return apptest.Err(o.FetchFile(ctx, file("none.release"))) })
	sits("publish", renews, func() error { return apptest.Err(o.Publish(ctx, "")) })
	sits("install", renews, func() error { _, _, err := o.Install(ctx, false); return err })
	sits("duty", need(right.Roster, right.Mine), func() error { return apptest.Err(o.Duty(ctx, "nobody", "", "")) })
	sits("report", need(right.Report, right.Issue), func() error { return apptest.Err(o.Report.Make(ctx, report.Ask{})) })
	sits("write report", need(right.Report), func() error { return o.WriteReport(ctx, report.Ask{}, file("r.nothing")) })
	sits("issued", need(right.Report), func() error { return o.WriteIssued(ctx, report.Report{}, file("i.nothing")) })
	sits("public", need(right.Publish), func() error { return o.PublicPage(ctx, file("p.html"), "x", "", true) })
	sits("draw", need(right.Print), func() error { return apptest.Err(o.Draw(ctx, app.Paper{Kind: kind})) })
	sits("export", need(right.Export), func() error { return apptest.Err(o.Everything(ctx, string(o.Home), export.Wish{}, nil)) })
	sits("export matters", need(right.Export), func() error {
		return apptest.Err(o.ExportMatters(ctx, file("m.nothing"), "台账", ledger.Query{}, false))
	})
	sits("export people", need(right.Export), func() error { return o.ExportPeople(ctx, file("m.nothing"), app.Export{}) })
	sits("export units", need(right.Export), func() error { return o.ExportUnits(ctx, file("m.nothing"), app.Export{}) })
	sits("ics", need(right.Export, right.Print), func() error { return o.WriteCalendar(ctx, string(o.Home), agenda.Filter{}) })
	sits("settings", need(right.Rules), func() error { return o.Present(ctx, *o.Settings) })
	sits("backup", need(right.Backup), func() error { return o.Backup(ctx, o.Home.Database()) })
	sits("copy", need(right.Backup), func() error { return o.Copy(ctx, string(o.Home)) })
	sits("known gone", need(right.Backup), func() error { return apptest.Err(o.KnownGone(ctx, []string{"none"})) })
	sits("loss", need(right.Look), func() error { return apptest.Err(o.Loss(ctx, "nowhere")) })
	sits("concerned", need(right.Export), func() error { return apptest.Err(o.ListConcerned(ctx, string(o.Home), "nowhere")) })
	sits("accept", need(right.Trust), func() error { return apptest.Err(o.Trust.Accept(ctx, "nowhere", "")) })
	sits("replace", need(right.Trust), func() error { return apptest.Err(o.Trust.Replace(ctx, "nowhere", "")) })
	sits("revoke", need(right.Trust), func() error { return o.Trust.Revoke(ctx, "nowhere", "") })
	sits("follow", need(right.Trust), func() error { return o.Trust.Follow(ctx, "0") })
	sits("confirm", need(right.Trust), func() error { return apptest.Err(o.Trust.Confirm(ctx, "0")) })
	sits("disown", need(right.Trust), func() error { return o.Trust.Disown(ctx, "0") })
	hurts("out", right.Trust, func(clerk.Clerk) error { return o.Trust.Out(ctx, journal.Replica{}) })
	hurts("renew", right.Trust, func(clerk.Clerk) error { return o.Trust.Renew(ctx, o.Random) })
	hurts("rebuild", right.Backup, func(clerk.Clerk) error { return o.Rebuild(ctx) })
	hurts("new sheet", right.Backup, func(clerk.Clerk) error { return apptest.Err(o.NewSheet(ctx, o.Random, false)) })
	hurts("hold sheet", right.Backup, func(clerk.Clerk) error { return o.Hold(ctx, app.Sheet{}) })
	hurts("print", right.Print, func(clerk.Clerk) error { return apptest.Err(o.Print(ctx, printer.Job{}, typeset.Document{})) })
	hurts("print file", right.Print, func(clerk.Clerk) error { return apptest.Err(o.PrintFile(ctx, printer.Job{}, "")) })
	return list
}

func rolesOf(o *apptest.Seat, by clerk.Clerk) []right.Role {
	s, _ := o.Crew.Staff(ctx, o.Settings.Unit)
	u, _ := s.Find(by.User)
	return u.Roles
}

// Everything that can be done at a home, by everybody in each role: what the table says he may he may, and nothing else; at
// a station as at an office.
func TestEveryVerbForEveryRole(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678"})
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		dir := apptest.Dir(t)
		hire(o, "王明")
		all := doings(o, m, dir)
		for _, role := range right.Roles {
			sit(o, "王明")
			hire(o, role.Name+"甲", role.Name)
			by, roles := sit(o, role.Name+"甲"), []right.Role{right.Role(role.Code)}
			for _, v := range all {
				may := slices.ContainsFunc(v.need, func(r right.Right) bool { return right.Has(roles, r) })
				if may && v.hurt {
					continue
				}
				err := v.do(by)
				if denied := errors.As(err, &right.Denied{}); denied == may {
					t.Errorf("%s at %s: %s, which takes %v: %v", role.Name, o.Settings.Unit, v.what, v.need, err)
				}
			}
		}
		o.Rise()
		for _, v := range all { // nobody, whoever he says he is, may anything
			for _, by := range []clerk.Clerk{{}, {Name: "王明"}, {User: "0000000000000000", Name: "王明"}} {
				if err := v.do(by); !errors.As(err, &right.Denied{}) {
					t.Errorf("nobody at %s: %s: %v", o.Settings.Unit, v.what, err)
				}
			}
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
			t.Errorf("%v was written, %v", files, err)
		}
	}
}

// Every act of every kind takes a right that somebody has.
func TestEveryActTakesARight(t *testing.T) {
	for kind, acts := range map[string]lists.List{matter.Name: matter.Acts, suggestion.Name: suggestion.Acts,
		session.Name: session.Acts} {
		for _, w := range acts {
			if len(right.Who(right.To(kind, w.Code))) == 0 {
				t.Errorf("%s %s takes no right", kind, w.Code)
			}
		}
	}
	for _, kind := range app.Kinds {
		if !slices.Contains([]string{matter.Name, suggestion.Name, session.Name}, kind.Name) &&
			right.To(kind.Name, issued.Issue) != "" {
			t.Errorf("%s has acts that nobody asks of", kind.Name)
		}
	}
}

// The computer itself does what the day brings, where nobody sits, and in its own name; what it may not do it does not.
func TestTheComputerDoesARound(t *testing.T) {
	w, county, station := apptest.Pair(t)
	if by := station.Machine(ctx); by != station.Clerk() {
		t.Errorf("without users a round is %+v's", by)
	}
	hire(station, "王明")
	sit(station, "王明")
	m := station.Receive(desk.Draft{Title: "没有评", Name: "单志远"})
	for _, order := range []string{`{"do":"collate"}`, `{"do":"answer","class":1,"answer":"办好了。"}`, `{"do":"inform"}`} {
		station.Do(m, order)
	}
	station.Rise()
	w.Later(25 * 24 * time.Hour)
	r, err := station.Round(ctx, station.Machine(ctx))
	if err != nil || r.Lapse != nil || r.Group != nil || r.Sent == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	sit(station, "王明")
	if got := station.Show(m); got.State != matter.Unrated || got.History[len(got.History)-1].User != clerk.Computer.User {
		t.Errorf("%v by %+v", got.State, got.History[len(got.History)-1])
	}
	w.Settle(station, county)
	w.Same(m, station, county)
	w.Must(station.Close())
	station.Open(station.Home) // nobody sits there when a home is opened
	station.Healthy()
}

// What somebody may not know he does not see, wherever he looks: names and phones are covered, also in the words of others;
// of what was said in confidence nothing is left. Who registered it sees it whole for a day.
func TestWhatIsCovered(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	hire(o, "王明")
	sit(o, "王明")
	hire(o, "李慧敏", "值班员")
	hire(o, "赵晖", "领导")
	hire(o, "孙丽", "县级审核")
	hire(o, "周勇", "县级交办")
	said := desk.Draft{Title: "单志远家门口积水", Name: "单志远", Phone: "13812345678", Address: "七巷3号", Words: "我是单志远，电话13812345678。"}
	open := o.Receive(said)
	said.Title, said.Confidential = "举报", true
	secret := o.Receive(said)
	sit(o, "李慧敏")
	said.Title, said.Confidential = "路灯不亮", false
	own := o.Receive(said)
	mine := desk.Draft{Title: "王家巷路灯", Name: "钱进", Words: "晚上看不见", Deputies: []string{"吴芳"}}
	named := o.Receive(mine)
	hides := func(who string, m matter.Matter, covered bool) {
		t.Helper()
		sit(o, who)
		v, err := o.Ledger.Show(ctx, m.ID)
		w.Must(err)
		p, err := o.Ledger.Page(ctx, ledger.Query{Filter: ledger.Filter{Rows: []int64{v.Row}}})
		w.Must(err)
		for _, v := range []ledger.View{v, p.Matters[0]} {
			b, err := v.JSON(true)
			w.Must(err)
			for _, word := range []string{"单志远", "13812345678", "七巷3号"} {
				if got := strings.Contains(string(b), word); got == covered {
					t.Errorf("%s sees %s of %s: %v\n%s", who, word, m.Title, got, b)
				}
			}
		}
	}
	hides("王明", open, false)
	hides("王明", secret, false)
	hides("孙丽", secret, false)
	hides("周勇", open, false)
	hides("周勇", secret, true)
	hides("赵晖", open, true)
	hides("赵晖", secret, true)
	hides("李慧敏", open, true)
	hides("李慧敏", own, false)
	if _, err := o.Desk.Correct(ctx, o.Clerk(), own.ID, map[string]json.RawMessage{"place": json.RawMessage(`"七巷"`)}); err != nil {
		t.Errorf("her own of today: %v", err)
	}
	w.Later(25 * time.Hour)
	hides("李慧敏", own, true)
	if _, err := o.Desk.Void(ctx, o.Clerk(), own.ID, "弄错了"); !errors.As(err, &right.Denied{}) {
		t.Errorf("her own of yesterday: %v", err)
	}
	w.Must(o.Desk.Keep(ctx, desk.Draft{Title: "写到一半"}))
	sit(o, "王明")
	if _, ok, err := o.Desk.Kept(ctx); ok || err != nil {
		t.Errorf("he reads what she was typing, %v", err)
	}
	sit(o, "李慧敏")
	if d, ok, err := o.Desk.Kept(ctx); !ok || d.Title != "写到一半" || err != nil {
		t.Errorf("she comes back to %q, %v", d.Title, err)
	}
	if vs, err := o.Ledger.Citizen(ctx, "单志远", "", 9); err != nil || len(vs) > 0 {
		t.Errorf("she finds %d of a citizen, %v", len(vs), err)
	}

	// a deputy and a department have what names them, and nothing else
	sit(o, "王明")
	hire(o, "吴芳", "代表")
	hire(o, "区住建局", "承办单位")
	w.Must(apptest.Err(o.Office.Do(ctx, o.Clerk(), open.ID, office.Order{Do: "collate"})))
	for who, m := range map[string]matter.Matter{"吴芳": named, "区住建局": {}} {
		sit(o, who)
		p, err := o.Ledger.Page(ctx, ledger.Query{})
		w.Must(err)
		var ids []string
		for _, v := range p.Matters {
			ids = append(ids, v.ID)
		}
		if want := slices.DeleteFunc([]string{m.ID}, func(id string) bool { return id == "" }); !slices.Equal(ids, want) {
			t.Errorf("%s sees %v, not %v", who, ids, want)
		}
		if _, err := o.Ledger.Show(ctx, open.ID); !errors.As(err, &right.Denied{}) {
			t.Errorf("%s is shown what names somebody else: %v", who, err)
		}
	}
}
