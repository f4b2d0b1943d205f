package peer

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// A matter is its table's, whatever another computer writes under its name, before or after, with an envelope or
// without; the words of its citizen do not go to the thief, not even when he begins a new life.
func TestAMatterIsItsTables(t *testing.T) {
	for _, old := range []bool{false, true} {
		for _, first := range []bool{false, true} {
			if old && first {
				continue // of names of before nobody can tell; they are told only after they came
			}
			s, victim, thief := open(t), writer(t, other, 7), writer(t, station, 1)
			var m journal.Record
			if old {
				m = victim.write(journal.Entry{Thing: "01a22270-aaaa-7aaa-8aaa-aaaaaaaaaaaa", Do: "receive",
					Body: counter(t, other, "甲的事", 1)}, matter.Private{Name: "甲某", Words: "绝密原话"})
			} else {
				m = victim.own(counter(t, other, "甲的事", 1), matter.Private{Name: "甲某", Words: "绝密原话"}, other, county,
					city)
				victim.write(journal.Entry{Thing: m.Thing, Do: "collate", Seen: []journal.ID{m.ID}, Depth: 2,
					Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{other, county, city},
						Privy: []string{county}}}, nil)
			}
			thief.write(journal.Entry{Thing: m.Thing, Do: "receive", Body: counter(t, station, "夺走", 1)},
				matter.Private{Name: "贼"})
			thief.write(journal.Entry{Thing: m.Thing, Do: "receive", Body: counter(t, station, "夺走", 2),
				Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{station, county, city},
					Privy: []string{county}}}, nil)
			thief.write(journal.Entry{Thing: m.Thing, Do: "void", Body: json.RawMessage(`{"note":"x"}`),
				Seen: []journal.ID{m.ID}, Depth: 2}, nil)
			thief.write(journal.Entry{Thing: m.Thing, Kind: "session", Do: "plan", Schema: 1,
				Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{station, county},
					Born: journal.Salt{3}}}, nil)
			introduce(t, s, victim, thief)
			if first {
				thief.hear(s, county)
				victim.hear(s, county)
			} else {
				victim.hear(s, county)
				thief.hear(s, county)
			}
			if got := titles(t, s); !slices.Equal(got, []string{other + " 甲的事"}) {
				t.Errorf("old %v, thief first %v: the list holds %q", old, first, got)
			}
			if got := thief.barredAt(s); len(got) != 4 || len(victim.barredAt(s)) > 0 {
				t.Errorf("old %v, thief first %v: barred %v, %v", old, first, got, victim.barredAt(s))
			}
			if got := len(stream(t, s, city)); got != len(victim.all) && !first { // whoever gets both sees the same
				t.Errorf("%d entries go up, want %d", got, len(victim.all))
			}
			life := thief.last
			life.ID.Incarnation = 2 // a life of which the office never heard: it tells all again
			err := Know(ctx, s, Peer{Replica: journal.Replica{15: 2}, Unit: station, Card: "{}"})
			if _, more := Receive(ctx, s, Delivery{Unit: county, Replica: thief.last.ID.Replica, Incarnation: 2,
				First: 1, At: noon}); err != nil || more != nil {
				t.Fatal(err, more)
			}
			for _, r := range stream(t, s, station) {
				if bytes.Contains(r.Secret, []byte("绝密")) {
					t.Errorf("the thief reads %s", r.Secret)
				}
			}
			for _, r := range stream(t, s, other) {
				if r.Unit == station {
					t.Errorf("the thief's words go to the table: %s", r.Core)
				}
			}
			inOrder(t, s, county)
		}
	}
}

// What lies about its depth, or speaks of a thing that is another unit's to speak of, changes nothing: not the rules,
// not the heartbeat, not a matter, and the office goes on acting on all of them.
func TestWhatCannotBeIsBarred(t *testing.T) {
	s, liar := open(t), writer(t, station, 1)
	m := liar.own(counter(t, station, "冻住", 1), nil, station, county, city)
	const deep = 1<<63 - 1
	for _, e := range []journal.Entry{
		{Thing: m.Thing, Do: "collate", Seen: []journal.ID{m.ID}, Depth: deep},
		{Thing: m.Thing, Do: "collate", Seen: []journal.ID{m.ID}, Depth: 3},
		{Thing: m.Thing, Do: "collate", Seen: []journal.ID{m.ID}, Depth: 1},
		{Thing: m.Thing, Do: "lead", Unit: county, Level: journal.Station, Seen: []journal.ID{m.ID}, Depth: 2},
		{Thing: m.Thing, Do: "collate", Unit: station, Level: journal.County, Seen: []journal.ID{m.ID}, Depth: 2},
		// itself
		{Thing: m.Thing, Do: "collate", Seen: []journal.ID{{Replica: liar.last.ID.Replica, Incarnation: 1, Seq: 7}},
			Depth: 2},
		{Thing: store.Rules.Name + " " + county, Kind: store.Rules.Name, Do: "profile.json", Schema: 1, Depth: deep,
			Body: json.RawMessage(`{"text":"x"}`)},
		{Thing: store.Rules.Name + " " + county, Kind: store.Rules.Name, Do: "profile.json", Schema: 1,
			Body: json.RawMessage(`{"text":"x"}`)},
		{Thing: store.Pulses.Name + " " + county, Kind: store.Pulses.Name, Do: "here", Schema: 1, Depth: deep},
		{Thing: store.Pulses.Name + " " + other, Kind: store.Pulses.Name, Do: "here", Schema: 1},
		{Thing: store.Pulses.Name + " " + station, Kind: store.Rules.Name, Do: "here", Schema: 1},
		{Thing: store.Pulses.Name + " " + station, Kind: store.Pulses.Name, Do: "here", Schema: 1,
			Envelope: &journal.Envelope{Way: journal.Upwards, Audience: []string{station, other, county}}},
		{Thing: strings.Repeat("x", 3000), Do: "receive", Body: counter(t, station, "长", 2)},
		{Thing: "matter 7", Do: "receive", Body: counter(t, station, "名", 3)},
	} {
		liar.write(e, nil)
	}
	liar.hear(s, county)
	if got, want := len(liar.barredAt(s)), len(liar.all)-1; got != want {
		t.Errorf("%d of %d are barred: %v", got, want, liar.barredAt(s))
	}
	if got := titles(t, s); !slices.Equal(got, []string{station + " 冻住"}) {
		t.Errorf("the list holds %q", got)
	}
	act := store.Act{Kind: matter.Name, Thing: m.Thing, Do: "supervise", Body: matter.Move{}, Unit: county, At: noon}
	if _, err := store.RecordOne[matter.Matter](ctx, s, act); err != nil {
		t.Errorf("the office cannot act: %v", err)
	}
	if err := s.Publish(ctx, map[string]string{"profile.json": "甲"}, county,
		[]string{station, other}, noon); err != nil {
		t.Errorf("the office cannot tell its rules: %v", err)
	}
	if err := s.Pulse(ctx, county, city, noon, noon.AddDate(1, 0, 0), noon.AddDate(2, 0, 0)); err != nil {
		t.Errorf("the office's heart stands still: %v", err)
	}
	if got, err := s.Published(ctx, station, "profile.json"); got != "甲" || err != nil {
		t.Errorf("the rules that hold are %q %v", got, err)
	}
	if all, err := s.Digests(ctx, other, county); len(all) != 1 || err != nil {
		t.Errorf("another unit's matters are not settled: %v", err)
	}
	for _, r := range append(stream(t, s, city), stream(t, s, other)...) {
		if r.ID.Replica == liar.last.ID.Replica && r.ID != m.ID {
			t.Errorf("passed on: %s", r.Core)
		}
	}
	inOrder(t, s, county)
}

// Nobody registers in another's name: not under the point of somebody who has a computer himself, not with a number of
// his, not past an office that is not above him. A table that serves points which have none goes on doing so.
func TestNobodyRegistersInAnothersName(t *testing.T) {
	served, _ := unit.Station("141102002006D1")
	const elsewhere = "141181005009D1-8"
	s, liar, victim := open(t), writer(t, station, 1), writer(t, other, 7)
	introduce(t, s, victim)
	victim.own(counter(t, other, "乙的事", 1), nil, other, county, city)
	victim.hear(s, county)
	mine := liar.own(counter(t, station, "自己的", 1), nil, station, county, city)
	point := liar.own(counter(t, served, "给别的点记的", 1), nil, station, county, city)
	liar.own(counter(t, other, "冒名的", 9), nil, station, county, city)
	liar.write(journal.Entry{Thing: "01a22270-aaaa-7aaa-8aaa-aaaaaaaaaaaa", Do: "receive",
		Body: counter(t, other, "冒名的", 1)}, nil)
	for old, fresh := range map[string]string{
		numbers.Make(station, 2026, 'Q', 4): numbers.Make(other, 2026, 'Q', 4), // another's number
		`"station":"` + station:             `"station":"` + elsewhere,
		`"title"`:                           `"via":"` + other + `","title"`,
		`"due"`:                             `"Station":"` + other + `","due"`,
	} {
		body := json.RawMessage(strings.Replace(string(counter(t, station, "冒名的", 4)), old, fresh, 1))
		liar.own(body, nil, station, county, city)
	}
	liar.hear(s, county)
	got := titles(t, s)
	if want := []string{station + " 给别的点记的", station + " 自己的", other + " 乙的事"}; !slices.Equal(got, want) {
		t.Errorf("the list holds %q", got)
	}
	up := stream(t, s, city)
	for _, r := range up {
		if r.ID.Replica == liar.last.ID.Replica && r.ID != mine.ID && r.ID != point.ID {
			t.Errorf("passed on: %s", r.Core)
		}
	}
	inOrder(t, s, county)
	// When the point gets a computer of its own, what was written for it stays.
	own := writer(t, served, 8)
	introduce(t, s, own)
	own.own(counter(t, served, "自己来了", 2), nil, served, county, city)
	own.hear(s, county)
	if got := titles(t, s); len(got) != 4 {
		t.Errorf("the list holds %q", got)
	}
	inOrder(t, s, county)
}

// What honest computers of every sort write passes the door: another computer of the table, the township's table that
// it reports to, the offices above, what came too late to follow, and what a computer wrote before it began a new life.
func TestTheDoorIsOpenToWhomItConcerns(t *testing.T) {
	s := open(t)
	table, second, town, office := writer(t, station, 5), writer(t, station, 1),
		writer(t, township, 2), writer(t, county, 3)
	body := json.RawMessage(strings.Replace(string(counter(t, station, "经过乡镇的", 1)), `"title"`,
		`"via":"`+township+`","title"`, 1))
	for _, m := range []journal.Record{
		table.own(body, matter.Private{Name: "甲某"}, station, township, county, city),
		table.write(journal.Entry{Thing: "01a22270-bbbb-7aaa-8aaa-aaaaaaaaaaaa", Do: "receive", Body: body},
			matter.Private{Name: "甲某"}),
	} {
		a := second.write(journal.Entry{Thing: m.Thing, Do: "correct", Body: json.RawMessage(`{"title":"改过的"}`),
			Seen: []journal.ID{m.ID}, Depth: 2}, nil)
		b := town.write(journal.Entry{Thing: m.Thing, Do: "collate", Seen: []journal.ID{m.ID}, Depth: 2}, nil)
		c := office.write(journal.Entry{Thing: m.Thing, Do: "lead", Body: json.RawMessage(`{"leader":"某局长"}`),
			Seen: []journal.ID{a.ID, b.ID}, Depth: 3}, nil)
		// refused by its state
		table.write(journal.Entry{Thing: m.Thing, Do: "rate", Body: json.RawMessage(`{"result":"satisfied"}`),
			Seen: []journal.ID{c.ID}, Depth: 4}, nil)
		again := table.last
		again.ID.Incarnation, again.ID.Seq = 2, 1 // as after a restore
	}
	introduce(t, s, table, second, town, office)
	var all []journal.Record
	for _, h := range []*hand{office, table, town, second} { // in whatever order
		all = append(all, h.all...)
	}
	carrier := writer(t, township, 9)
	introduce(t, s, carrier)
	hear(t, s, county, carrier.last.ID.Replica, all)
	var out int
	if err := s.QueryRow(ctx, "SELECT count(*) FROM entry WHERE barred<>0").Scan(&out); err != nil || out != 0 {
		t.Errorf("%d are barred: %v", out, err)
	}
	fs, err := view.Page(ctx, s, view.Filter{}, 0, 1000)
	if err != nil || len(fs) != 2 || fs[0].Title != "改过的" || fs[0].Leader != "某局长" ||
		fs[1].Leader != "某局长" || fs[0].Name != "甲某" {
		t.Errorf("%+v %v", fs, err)
	}
	if got := len(stream(t, s, city)); got != len(all) {
		t.Errorf("%d of %d go up: what could not follow is everybody's to see", got, len(all))
	}
	inOrder(t, s, county)
}

// Whoever floods a matter of his own costs the office seconds, not hours; what he wrote beyond all measure does not
// count, and what the office does goes on.
func TestAFloodIsBounded(t *testing.T) {
	s, liar := open(t), writer(t, station, 1)
	m := liar.own(counter(t, station, "一", 1), nil, station, county, city)
	last := m.ID
	for i := range 1500 {
		last = liar.write(journal.Entry{Thing: m.Thing, Do: "correct", Body: json.RawMessage(`{"title":"x"}`),
			Seen: []journal.ID{last}, Depth: 2 + i}, nil).ID
	}
	liar.hear(s, county)
	if got := len(liar.barredAt(s)); got != 501 {
		t.Errorf("%d are barred", got)
	}
	after, err := store.RecordOne[matter.Matter](ctx, s, store.Act{Kind: matter.Name, Thing: m.Thing, Do: "lead",
		Body: matter.Move{Leader: "某局长"}, Unit: county, At: noon})
	if err != nil || after.Leader != "某局长" {
		t.Errorf("the office cannot act: %v", err)
	}
}
