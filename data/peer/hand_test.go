package peer

import (
	"encoding/json"
	"slices"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

const (
	township = "141102002000Z1-G"
	city     = "141100000000"
)

var other, _ = unit.Station("141102002004D1") // another table of the county

// hand writes entries that no program of ours would write, each after the one before, in the name of a unit's own
// computer.
type hand struct {
	t    *testing.T
	unit string
	last journal.Record
	all  []journal.Record
}

// writer begins as a computer whose number is as small as can be: it stands first where order decides.
func writer(t *testing.T, unit string, n byte) *hand {
	h := &hand{t: t, unit: unit}
	h.last.ID = journal.ID{Replica: journal.Replica{15: n}, Incarnation: 1}
	return h
}

// write adds an entry; what is not said of it is filled in as an honest computer of the unit would.
func (h *hand) write(e journal.Entry, private any) journal.Record {
	h.t.Helper()
	e.ID, e.Prev = h.last.ID, h.last.Hash
	e.ID.Seq++
	if e.Unit == "" {
		e.Unit, e.Level = h.unit, unit.LevelOf(h.unit)
	}
	if e.Kind == "" {
		e.Kind, e.Schema = matter.Name, 1
	}
	if e.Depth == 0 {
		e.Depth = 1
	}
	if e.Body == nil {
		e.Body = json.RawMessage("{}")
	}
	e.At = noon.UTC()
	r, err := journal.Seal(e, private, [16]byte{9, h.last.ID.Replica[15]})
	if err != nil {
		h.t.Fatal(err)
	}
	h.last, h.all = r, append(h.all, r)
	return r
}

// counter is the body of a first entry about a point.
func counter(t *testing.T, point, title string, serial int) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(matter.Opening{Report: matter.Report{Number: numbers.Make(point, 2026, 'Q', serial),
		Register: "reception", Channel: "walk-in",
		Occurred: noon, Station: point, Title: title, Urgency: "normal", OnSpot: "register", Due: "2026-12-14"}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// own is the first entry of a thing of the writer's own.
func (h *hand) own(body json.RawMessage, private any, audience ...string) journal.Record {
	h.t.Helper()
	e := journal.Entry{Do: "receive", Body: body, Envelope: &journal.Envelope{Way: journal.Along, Audience: audience,
		Born: journal.Salt{byte(len(h.all) + 1)}}}
	e.Thing = journal.Name(h.unit, h.last.ID.Replica, e.Envelope.Born, noon)
	return h.write(e, private)
}

// hear brings everything that a hand wrote to an office, by the unit that passes it on.
func (h *hand) hear(s *store.Store, unit string) Received {
	h.t.Helper()
	if err := Know(ctx, s, Peer{Replica: h.last.ID.Replica, Unit: h.unit,
		Card: `{"asked":"2026-01-01T00:00:00Z"}`}); err != nil {
		h.t.Fatal(err)
	}
	return hear(h.t, s, unit, h.last.ID.Replica, h.all)
}

func hear(t *testing.T, s *store.Store, unit string, from journal.Replica, rs []journal.Record) Received {
	t.Helper()
	got, err := Receive(ctx, s, Delivery{Unit: unit, Replica: from, Incarnation: 1, First: 1,
		Head: uint64(len(rs)), Records: rs, At: noon})
	if err != nil || got[0].Err != nil {
		t.Fatal(err, got)
	}
	return got[0]
}

// introduce lets an office know the computers of these units.
func introduce(t *testing.T, s *store.Store, hs ...*hand) {
	t.Helper()
	for _, h := range hs {
		if err := Know(ctx, s, Peer{Replica: h.last.ID.Replica, Unit: h.unit,
			Card: `{"asked":"2026-01-01T00:00:00Z"}`}); err != nil {
			t.Fatal(err)
		}
	}
}

// stream is what an office has for a reader.
func stream(t *testing.T, s *store.Store, reader string) []journal.Record {
	t.Helper()
	st, err := s.Since(ctx, reader, 0, 8<<20)
	if err != nil {
		t.Fatal(err)
	}
	return st.Records
}

func titles(t *testing.T, s *store.Store) (all []string) {
	t.Helper()
	fs, err := view.Page(ctx, s, view.Filter{}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		all = append(all, f.Unit+" "+f.Title)
	}
	slices.Sort(all)
	return all
}

func (h *hand) barredAt(s *store.Store) (list []uint64) {
	h.t.Helper()
	rows, err := s.Query(ctx, "SELECT seq FROM entry WHERE barred<>0 AND replica=? ORDER BY seq", h.last.ID.Replica[:])
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n uint64
		if err := rows.Scan(&n); err != nil {
			h.t.Fatal(err)
		}
		list = append(list, n)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return list
}

func inOrder(t *testing.T, s *store.Store, unit string) {
	t.Helper()
	if rep, err := s.Check(ctx, unit); err != nil || !rep.OK {
		t.Errorf("check: %v %v", err, rep.Problems)
	}
	if err := s.Rebuild(ctx); err != nil {
		t.Error(err)
	}
	if rep, err := s.Check(ctx, unit); err != nil || !rep.OK {
		t.Errorf("check after rebuilding: %v %v", err, rep.Problems)
	}
}
