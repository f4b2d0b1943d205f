package ledger_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/problem"
)

var matters = flag.Int("matters", 20000, "how many matters a benchmark counts")

// titles are those that a choice chooses, oldest first.
func titles(t *testing.T, o *apptest.Seat, c ledger.Choice) (list []string) {
	t.Helper()
	q, err := o.Ledger.Asked(c)
	o.World.Must(err)
	n, _, err := o.Ledger.Count(context.Background(), q)
	o.World.Must(err)
	ms, err := o.Ledger.Rows(context.Background(), q)
	o.World.Must(err)
	for _, m := range ms {
		list = append(list, m.Title)
	}
	if n != len(list) {
		t.Errorf("%+v counts %d and lists %d", c, n, len(list))
	}
	return list
}

// Each of the things by which a list is narrowed chooses what it says, counts what it lists, and two of them what both say.
func TestChoices(t *testing.T) {
	w, county, station := apptest.Pair(t)
	pipe := station.Receive(desk.Draft{Title: "水管", Words: "水管", Category: "0203", Urgency: "urgent"})
	station.Receive(desk.Draft{Title: "路灯", Words: "路灯", Channel: "box", Category: "0101"})
	station.Receive(desk.Draft{Title: "问事", Words: "问事", OnSpot: "answered", OnSpotAnswer: "说清楚了"})
	station.Receive(desk.Draft{Title: "上月的", Words: "上月的", Occurred: "2026-10-20T19:30:00+08:00"})
	w.Settle(station, county)
	pipe = station.Do(pipe, `{"do":"collate","mode":"department"}`)
	pipe = station.Do(pipe, `{"do":"escalate"}`)
	w.Settle(station, county)
	pipe = county.Do(pipe, `{"do":"lead","leader":"李书记"}`)
	pipe = county.Do(pipe, `{"do":"assign","to":["水利局","住建局"]}`)
	pipe = county.Do(pipe, `{"do":"answer","class":1,"answer":"通了"}`)
	w.Settle(station, county)
	pipe = station.Do(pipe, `{"do":"inform","way":"visit"}`)
	station.Do(pipe, `{"do":"rate","attitude":"satisfied","result":"unsatisfied","note":"没有通"}`)
	w.Settle(station, county)
	for _, c := range []struct {
		name   string
		choice ledger.Choice
		want   []string
	}{
		{"open", ledger.Choice{State: "未办结"}, []string{"水管", "路灯", "上月的"}}, {"over", ledger.Choice{State: "over"}, []string{"问事"}},
		{"a state", ledger.Choice{State: "不满意重办"}, []string{"水管"}}, {"pressing", ledger.Choice{State: "pressing"}, []string{"上月的"}},
		{"a step", ledger.Choice{Step: 2}, []string{"问事"}}, {"urgent", ledger.Choice{Urgent: true}, []string{"水管"}},
		{"channel", ledger.Choice{Channel: "意见箱"}, []string{"路灯"}}, {"department", ledger.Choice{Department: "住建局"}, []string{"水管"}},
		{"leader", ledger.Choice{Leader: "李 书记"}, []string{"水管"}}, {"result", ledger.Choice{Result: "不满意"}, []string{"水管"}},
		{"category", ledger.Choice{Category: "0101"}, []string{"路灯"}}, {"group", ledger.Choice{Category: "02"}, []string{"水管"}},
		{"register", ledger.Choice{Register: "opinion"}, []string{"路灯"}}, {"text", ledger.Choice{Text: "水管"}, []string{"水管"}},
		{"text and channel", ledger.Choice{Text: "水管", Channel: "box"}, nil}, {"last month", ledger.Choice{Period: "上月"}, []string{"上月的"}},
		{"this month", ledger.Choice{Period: "month"}, []string{"水管", "路灯", "问事"}}, {"days", ledger.Choice{From: "2026-10-01", To: "2026-10-31"}, []string{"上月的"}},
		{"result and leader", ledger.Choice{Result: "unsatisfied", Leader: "别人"}, nil}, {"a basket", ledger.Choice{Basket: "collate"}, []string{"路灯", "上月的"}},
		{"a basket and a state", ledger.Choice{Basket: "collate", State: "已交办"}, nil}, {"station", ledger.Choice{Station: apptest.Yuanjia, Overdue: true}, []string{"上月的"}},
	} {
		if got := titles(t, station, c.choice); !slices.Equal(got, c.want) {
			t.Errorf("%s chooses %v, want %v", c.name, got, c.want)
		}
	}
	for _, c := range []ledger.Choice{{State: "?"}, {Step: 9}, {Channel: "?"}, {Result: "?"}, {Category: "?"}, {Register: "?"}, {Station: "?"}, {Basket: "?"}, {Period: "?"},
		{Period: "month", From: "2026-01-01"}, {From: "2026-11-02", To: "2026-11-01"}, {From: "不是日子"}} {
		var wrong problem.Problems
		if _, err := station.Ledger.Asked(c); !errors.As(err, &wrong) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// Stretches of time begin and end where people say they do, at the turn of a year, too.
func TestPeriods(t *testing.T) {
	o := apptest.Alone(t, "station", apptest.Yuanjia)
	for now, want := range map[string]string{"2026-11-22": "11-16 11-22,11-01 11-30,10-01 12-31,01-01 12-31,11-09 11-15,10-01 10-31,07-01 09-30,01-01 12-31",
		"2027-01-01": "12-28 01-03,01-01 01-31,01-01 03-31,01-01 12-31,12-21 12-27,12-01 12-31,10-01 12-31,01-01 12-31"} {
		at, _ := time.ParseInLocation(time.DateOnly, now, o.World.Now.Location())
		o.World.Now = at.Add(23 * time.Hour)
		got := ""
		for _, p := range ledger.Periods {
			q, err := o.Ledger.Asked(ledger.Choice{Period: p.Code})
			o.World.Must(err)
			got += "," + q.From.Format("01-02 ") + q.To.AddDate(0, 0, -1).Format("01-02")
		}
		if got[1:] != want {
			t.Errorf("on %s\n%s, want\n%s", now, got[1:], want)
		}
	}
}

// What somebody keeps under a name is there after the program was closed, and in a copy that is put back; it counts what it chooses
// today, and what of it is overdue; one that asks for what is no more says so and spoils no other.
func TestSavedViews(t *testing.T) {
	ctx := context.Background()
	w, _, o := apptest.Pair(t)
	o.Receive(desk.Draft{Title: "水管", Words: "水管", Channel: "box"})
	o.Receive(desk.Draft{Title: "路灯", Words: "路灯"})
	save := func(name string, c ledger.Choice) { w.Must(o.Ledger.Save(ctx, ledger.Saved{Name: name, Choice: c})) }
	save("没办完的", ledger.Choice{State: "open"})
	save(" 箱里的 ", ledger.Choice{Channel: "box"})
	save("说水管的", ledger.Choice{Text: "水管"})
	counts := func() (said string) {
		list, err := o.Ledger.Watch(ctx)
		w.Must(err)
		for _, v := range list {
			said += fmt.Sprint(v.Name, v.N, "/", v.Late, " ")
		}
		return said
	}
	if got := counts(); got != "没办完的2/0 箱里的1/0 说水管的1/0 " {
		t.Error(got)
	}
	file := o.KeepCopy()
	w.Must(o.Ledger.Drop(ctx, "说水管的"))
	save("没办完的", ledger.Choice{State: "open", Text: "路灯"})
	w.Later(60 * 24 * time.Hour)
	if got := counts(); got != "没办完的1/1 箱里的1/1 " {
		t.Error(got)
	}
	w.Must(o.Close())
	o.Open(o.Home)
	if got := counts(); got != "没办完的1/1 箱里的1/1 " {
		t.Errorf("opened again, %s", got)
	}
	w.Must(o.Store.Keep(ctx, "views", `[{"name":"旧的","basket":"没有了"},{"name":"箱里的","channel":"box"}]`, w.Now))
	list, err := o.Ledger.Watch(ctx)
	if w.Must(err); len(list) != 2 || list[0].N != -1 || list[0].Why == "" || list[1].N != 1 {
		t.Errorf("%+v", list)
	}
	w.Must(o.PutBack(file))
	if got := counts(); got == "" {
		t.Error("put back, nothing is kept")
	}
	var wrong problem.Problems
	for _, s := range []ledger.Saved{{Name: "", Choice: ledger.Choice{State: "open"}}, {Name: "空的"}, {Name: "错的", Choice: ledger.Choice{State: "?"}},
		{Name: "一个名称写得太长太长太长太长太长太长太长太长", Choice: ledger.Choice{State: "open"}}} {
		if err := o.Ledger.Save(ctx, s); !errors.As(err, &wrong) {
			t.Errorf("%+v: %v", s, err)
		}
	}
	if err := o.Ledger.Drop(ctx, "没有的"); !errors.As(err, &wrong) {
		t.Error(err)
	}
	for i := range 60 {
		err = o.Ledger.Save(ctx, ledger.Saved{Name: fmt.Sprint("第", i), Choice: ledger.Choice{State: "open"}})
	}
	if !errors.As(err, &wrong) {
		t.Errorf("sixty are kept: %v", err)
	}
}

// BenchmarkWatch counts twenty choices of all sorts: go test -run - -bench Watch ./app/ledger -matters 100000
func BenchmarkWatch(b *testing.B) {
	o := apptest.Alone(b, "station", apptest.Yuanjia)
	for i := range *matters {
		d := desk.Draft{Title: fmt.Sprint("事情", i), Words: "请办一办", Category: []string{"0203", "0101"}[i%2], Channel: []string{"box", "walk-in"}[i%2]}
		if i%10 > 0 {
			d.OnSpot, d.OnSpotAnswer = "answered", "说清楚了"
		}
		o.Receive(d)
	}
	ctx := context.Background()
	for i := range 20 {
		o.World.Must(o.Ledger.Save(ctx, ledger.Saved{Name: fmt.Sprint("第", i), Choice: []ledger.Choice{{State: "open"}, {Channel: "box"}, {Category: "02", State: "open"},
			{Result: "unsatisfied", Leader: "李书记"}, {Department: "水利局"}, {Overdue: true}, {Period: "month"}, {Urgent: true, State: "open"}}[i%8]}))
	}
	b.ResetTimer()
	for range b.N {
		if _, err := o.Ledger.Watch(ctx); err != nil {
			b.Fatal(err)
		}
	}
}
