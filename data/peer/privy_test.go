package peer

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// gets says which units get the private part of an entry from an office that holds it, and which an office keeps that
// it came to.
func gets(t *testing.T, h *hand, r journal.Record) (list []string) {
	t.Helper()
	for _, unit := range []string{township, county, city, other} {
		s, by := open(t), h
		if unit == county { // through the town
			by = writer(t, township, 8)
		}
		introduce(t, s, h, by)
		hear(t, s, unit, by.last.ID.Replica, h.all)
		var secret []byte
		if err := s.QueryRow(ctx, "SELECT secret FROM entry WHERE hash=?", r.Hash[:]).Scan(&secret); err != nil {
			t.Fatal(err)
		}
		if secret != nil {
			list = append(list, unit)
		}
	}
	s, back := open(t), writer(t, township, 8)
	introduce(t, s, h, back)
	hear(t, s, h.unit, back.last.ID.Replica, h.all) // as its other computer has it
	for _, unit := range []string{township, county, city, other} {
		err := s.Transact(ctx, func(tx *sql.Tx) error { // whatever way it came into the unit's stream
			_, err := tx.Exec(`INSERT OR IGNORE INTO stream
				SELECT ?1, (SELECT ifnull(max(position), 0) + 1 FROM stream WHERE reader=?1), row, hash FROM entry WHERE hash=?2`,
				unit, r.Hash[:])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		mine := stream(t, s, unit)
		at := slices.IndexFunc(mine, func(o journal.Record) bool { return o.ID == r.ID })
		if at < 0 {
			t.Fatalf("not in the stream of %s", unit)
		}
		if sent := mine[at].Secret != nil; sent != slices.Contains(list, unit) {
			t.Errorf("%s: sent %v, kept by %q", unit, sent, list)
		}
	}
	return list
}

// Private parts go where their author's signed words send them, and to nobody else, whether they are sent or come;
// without an envelope along his line up to the county. A confidential matter's go up to nobody.
func TestPrivatePartsGoWhereTheirAuthorSays(t *testing.T) {
	way := func(privy ...string) *journal.Envelope {
		return &journal.Envelope{Way: journal.Along, Audience: []string{station, township, county, city}, Privy: privy}
	}
	const confide, lift = `{"confidential":true}`, `{"confidential":false}`
	via := func(old, fresh string) json.RawMessage {
		var o map[string]any
		if err := json.Unmarshal(counter(t, station, "甲", 1), &o); err != nil {
			t.Fatal(err)
		}
		o["via"], o[old] = township, json.RawMessage(fresh)
		b, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		first *journal.Envelope // nil: of before
		body  json.RawMessage
		acts  []string
		then  []*journal.Envelope // of the acts
		want  []string
	}{
		"of before":               {nil, via("people", "1"), nil, nil, []string{township, county}},
		"of before, confidential": {nil, via("confidential", "true"), nil, nil, nil},
		"of before, closed later": {nil, via("people", "1"), []string{confide}, []*journal.Envelope{nil}, nil},
		"of before, opened later": {nil, via("confidential", "true"), []string{lift}, []*journal.Envelope{nil},
			[]string{township, county}},
		"to whom it says": {way(township, county), via("people", "1"), nil, nil,
			[]string{township, county}},
		"to one of them":                 {way(township), via("people", "1"), nil, nil, []string{township}},
		"to nobody":                      {way(), via("people", "1"), nil, nil, nil},
		"to somebody who is not of it":   {way(other), via("people", "1"), nil, nil, nil},
		"to a city":                      {way(city), via("people", "1"), nil, nil, nil},
		"confidential, whatever it says": {way(township, county), via("confidential", "true"), nil, nil, nil},
		"closed later": {way(township, county), via("people", "1"), []string{confide},
			[]*journal.Envelope{way()}, nil},
		"opened later": {way(), via("confidential", "true"), []string{lift},
			[]*journal.Envelope{way(township, county)}, []string{township, county}},
		"of before, opened by a new one": {nil, via("confidential", "true"), []string{lift},
			[]*journal.Envelope{way(township, county)}, []string{township, county}},
		"opened, by an older program": {way(), via("confidential", "true"), []string{lift},
			[]*journal.Envelope{nil}, []string{township, county}},
		"closed, by an older program": {way(township, county), via("people", "1"), []string{confide},
			[]*journal.Envelope{nil}, nil},
		"what could not follow counts no": {way(township), via("people", "1"), []string{`{"number":"x"}`},
			[]*journal.Envelope{way(township, county, city)}, []string{township}},
	} {
		t.Run(name, func(t *testing.T) {
			h := writer(t, station, 3)
			e := journal.Entry{Thing: "01a22270-aaaa-7aaa-8aaa-aaaaaaaaaaaa", Do: "receive",
				Body: c.body, Envelope: c.first}
			if e.Envelope != nil {
				e.Envelope.Born = journal.Salt{5}
				e.Thing = journal.Name(station, h.last.ID.Replica, e.Envelope.Born, noon)
			}
			first := h.write(e, matter.Private{Name: "甲某"})
			for i, body := range c.acts {
				h.write(journal.Entry{Thing: e.Thing, Do: "correct", Body: json.RawMessage(body), Envelope: c.then[i],
					Seen: []journal.ID{h.last.ID}, Depth: 2 + i}, nil)
			}
			if got := gets(t, h, first); !slices.Equal(got, c.want) {
				t.Errorf("%q may have it, want %q", got, c.want)
			}
		})
	}
}

// What an office says in confidence goes down to the table through those between, and not up.
func TestAnOfficesPrivatePartsGoDown(t *testing.T) {
	s, table, office := open(t), writer(t, station, 3), writer(t, county, 4)
	sealed := strings.Replace(string(counter(t, station, "密", 1)), `"confidential":false`, `"confidential":true`, 1)
	m := table.own(json.RawMessage(sealed), nil, station, county, city)
	a := office.write(journal.Entry{Thing: m.Thing, Do: "lead", Body: json.RawMessage(`{"leader":"甲"}`),
		Seen: []journal.ID{m.ID}, Depth: 2}, matter.Move{Note: "单独谈"})
	introduce(t, s, table, office)
	hear(t, s, county, table.last.ID.Replica, table.all)
	hear(t, s, county, office.last.ID.Replica, office.all)
	for reader, want := range map[string]bool{station: true, city: false} {
		at := slices.IndexFunc(stream(t, s, reader), func(r journal.Record) bool { return r.ID == a.ID })
		if at < 0 || (stream(t, s, reader)[at].Secret != nil) != want {
			t.Errorf("%s: at %d", reader, at)
		}
	}
}

// Entries of a kind that only a newer program knows are passed on along their envelopes, up and down, private parts and
// all, and to a computer that comes later; nobody sees them. As soon as the program is renewed they count. What is
// written on an envelope without being so goes nowhere.
func TestKindsOfANewerProgramTravel(t *testing.T) {
	s, table, office, liar := open(t), writer(t, station, 3), writer(t, city, 4), writer(t, other, 1)
	envelope := func(born byte, audience ...string) *journal.Envelope {
		e := &journal.Envelope{Way: journal.Along, Audience: audience, Privy: []string{county}}
		if born > 0 {
			e.Born = journal.Salt{born}
		}
		return e
	}
	about := journal.Name(station, table.last.ID.Replica, journal.Salt{1}, noon)
	first := table.write(journal.Entry{Thing: about, Kind: "session", Do: "plan", Schema: 3,
		Envelope: envelope(1, station, county, city)}, map[string]string{"name": "李代表"})
	card := table.write(journal.Entry{Thing: "duty " + station, Kind: "duty", Do: "hold", Schema: 1,
		Envelope: &journal.Envelope{Way: journal.Upwards, Audience: []string{station, county, city}}}, nil)
	newer := table.own(counter(t, station, "将来的", 1), matter.Private{Name: "甲某"}, station, county, city)
	newer.Schema = 99
	newer.Envelope.Privy = []string{county}
	table.all, table.last = table.all[:2], card
	newer = table.write(newer.Entry, matter.Private{Name: "甲某"})
	reply := office.write(journal.Entry{Thing: about, Kind: "session", Do: "note", Schema: 1,
		Envelope: envelope(0, station, county, city), Seen: []journal.ID{first.ID}, Depth: 2}, nil)
	told := office.write(journal.Entry{Thing: "notice " + city, Kind: "notice", Do: "tell", Schema: 1,
		Envelope: &journal.Envelope{Way: journal.Below, Audience: []string{city}}}, nil)
	for i, audience := range [][]string{{other, city, county}, {station, county}, {other, county, station}, nil,
		{other, other}} {
		e := journal.Entry{Kind: "session", Do: "plan", Schema: 1, Envelope: envelope(byte(i+1), audience...)}
		e.Thing = journal.Name(other, liar.last.ID.Replica, e.Envelope.Born, noon)
		liar.write(e, nil)
	}
	liar.write(journal.Entry{Thing: about, Kind: "session", Do: "note", Schema: 1, Envelope: envelope(0, other, county),
		Seen: []journal.ID{first.ID}, Depth: 2}, nil)
	introduce(t, s, table, office, liar)
	hear(t, s, county, table.last.ID.Replica, table.all)
	hear(t, s, county, liar.last.ID.Replica, liar.all)
	hear(t, s, county, office.last.ID.Replica, office.all)
	if err := s.Publish(ctx, nil, county, []string{station, other}, noon); err != nil {
		t.Fatal(err)
	}
	fresh := open(t)
	introduce(t, s, &hand{t: t, unit: station,
		last: journal.Record{Entry: journal.Entry{ID: journal.ID{Replica: fresh.Self().Replica}}}})
	names := func(rs []journal.Record) (list []string) {
		for _, r := range rs {
			list = append(list, fmt.Sprint(r.Kind, " ", r.Secret != nil))
		}
		slices.Sort(list)
		return list
	}
	for reader, want := range map[string][]string{
		city: {"duty false", "matter false", "session false"}, other: {"notice false"},
		// its own again, for the computer that came later
		station: {"duty false", "matter true", "notice false", "session false", "session true"},
	} {
		if got := names(stream(t, s, reader)); !slices.Equal(got, want) {
			t.Errorf("%s gets %q, want %q", reader, got, want)
		}
	}
	if got := len(liar.barredAt(s)); got != len(liar.all) || len(table.barredAt(s))+len(office.barredAt(s)) > 0 {
		t.Errorf("%d of the liar's are barred", got)
	}
	if list := titles(t, s); len(list) > 0 {
		t.Errorf("somebody sees %q", list)
	}
	inOrder(t, s, county)
	s.Close()
	o := s.Options
	o.Kinds = append(slices.Clone(all), thing.Kind{Name: "session", Schema: 3}, thing.Kind{Name: "duty", Schema: 1})
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for r, want := range map[*journal.Record]string{&first: "applied", &reply: "applied", &card: "applied",
		&newer: "waiting", &told: "waiting"} {
		var got string
		if err := s.QueryRow(ctx, "SELECT fate FROM entry WHERE hash=?", r.Hash[:]).Scan(&got); err != nil ||
			got != want {
			t.Errorf("%s is %s: %v", r.Kind, got, err)
		}
	}
	inOrder(t, s, county)
}
