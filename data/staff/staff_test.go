package staff_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
	"lianluo.local/data/thing"
)

const station = "141102002003D1-A"

const wang, li, zhao, sun = "00000000000000aa", "00000000000000bb", "00000000000000cc", "00000000000000dd"

// book writes entries of one unit's staff.
type book struct {
	t  *testing.T
	rs []journal.Record
}

// say writes an entry by a user at a computer, after those that it had seen.
func (b *book) say(computer byte, user, do string, said staff.Said, seen ...journal.Record) journal.Record {
	b.t.Helper()
	body, err := json.Marshal(said)
	if err != nil {
		b.t.Fatal(err)
	}
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{computer}, Incarnation: 1, Seq: uint64(len(b.rs) + 1)},
		Thing: "staff " + station, Kind: staff.Name, Do: do, Schema: staff.Schema, Unit: station, Level: journal.Station, User: user,
		At: time.Date(2026, 11, 21, 17, 0, 0, 0, time.UTC), Depth: 1, Body: body}
	for _, s := range seen {
		e.Seen, e.Depth = append(e.Seen, s.ID), max(e.Depth, s.Depth+1)
	}
	r, err := journal.Seal(e, nil, [16]byte{})
	if err != nil {
		b.t.Fatal(err)
	}
	b.rs = append(b.rs, r)
	return r
}

// sum folds the entries, in whatever order they come.
func (b *book) sum() (*staff.Staff, []thing.Refusal) {
	b.t.Helper()
	sum, refused := staff.Kind.Fold(b.rs)
	backwards := slices.Clone(b.rs)
	slices.Reverse(backwards)
	other, _ := staff.Kind.Fold(backwards)
	one, _ := json.Marshal(sum)
	two, _ := json.Marshal(other)
	if string(one) != string(two) {
		b.t.Errorf("folded in another order:\n%s\n%s", one, two)
	}
	if sum == nil {
		return &staff.Staff{}, refused
	}
	return sum.(*staff.Staff), refused
}

func roles(rs ...right.Role) []right.Role { return rs }

func admins(s *staff.Staff) (ids []string) {
	for _, u := range s.Users {
		if u.Has(right.Users) {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

// The first founds the staff as its administrator; from then on an administrator alone changes others, and nobody himself.
func TestWhoChangesWhom(t *testing.T) {
	b := &book{t: t}
	b.say(1, wang, staff.Add, staff.Said{User: wang, Name: "王明", Roles: roles(right.Liaison)}) // no administrator
	if s, refused := b.sum(); len(refused) != 1 || s.State != staff.None {
		t.Fatalf("founded without an administrator: %+v", s)
	}
	b = &book{t: t}
	last := b.say(1, wang, staff.Add, staff.Said{User: wang, Name: "王明", Roles: roles(right.Administrator, right.Liaison)})
	for _, c := range []struct {
		by, do string
		said   staff.Said
		ok     bool
	}{
		{wang, staff.Add, staff.Said{User: li, Name: "李慧敏", Roles: roles("volunteer")}, true},
		{wang, staff.Add, staff.Said{User: li, Name: "李慧敏", Roles: roles("volunteer")}, false}, // is there
		{li, staff.Add, staff.Said{User: zhao, Name: "赵晖", Roles: roles(right.Administrator)}, false},
		{"", staff.Add, staff.Said{User: zhao, Name: "赵晖", Roles: roles(right.Administrator)}, false},
		{zhao, staff.Add, staff.Said{User: zhao, Name: "赵晖", Roles: roles(right.Administrator)}, false}, // knew of others
		{li, staff.Role, staff.Said{User: li, Roles: roles(right.Administrator)}, false},
		{li, staff.Lock, staff.Said{User: wang}, false},
		{wang, staff.Lock, staff.Said{User: wang}, false},
		{wang, staff.Role, staff.Said{User: wang, Roles: roles(right.Liaison)}, false},
		{wang, staff.Role, staff.Said{User: li, Roles: nil}, false},
		{wang, staff.Rename, staff.Said{User: wang, Name: "王明明"}, true},
		{wang, staff.Lock, staff.Said{User: li}, true},
		{wang, staff.Role, staff.Said{User: li, Roles: roles(right.Administrator)}, true},
		{li, staff.Lock, staff.Said{User: wang}, false}, // she is locked
		{wang, staff.Unlock, staff.Said{User: li}, true},
		{li, staff.Lock, staff.Said{User: wang}, true},
		{wang, staff.Unlock, staff.Said{User: wang}, false},
	} {
		before := len(b.rs)
		r := b.say(1, c.by, c.do, c.said, last)
		_, refused := b.sum()
		if ok := len(refused) == 0; ok != c.ok {
			t.Errorf("%s %s of %+v: %v", c.by, c.do, c.said, refused)
		}
		if c.ok {
			last = r
		} else {
			b.rs = b.rs[:before]
		}
	}
	s, _ := b.sum()
	if got := admins(s); !slices.Equal(got, []string{li}) || s.Users[0].Name != "王明明" || s.Users[0].Since != "2026-11-22" {
		t.Errorf("%v, %+v", got, s.Users)
	}
}

// Two administrators at two computers lock each other, or take each other's role, without knowing of it: one stays, the
// same one everywhere.
func TestOneAdministratorStays(t *testing.T) {
	for _, do := range []string{staff.Lock, staff.Role} {
		b := &book{t: t}
		one := b.say(1, wang, staff.Add, staff.Said{User: wang, Name: "王明", Roles: roles(right.Administrator)})
		two := b.say(1, wang, staff.Add, staff.Said{User: li, Name: "李慧敏", Roles: roles(right.Administrator)}, one)
		b.say(1, wang, do, staff.Said{User: li, Roles: roles("volunteer")}, two)
		b.say(2, li, do, staff.Said{User: wang, Roles: roles("volunteer")}, two)
		s, refused := b.sum()
		if got := admins(s); len(got) != 1 || len(refused) != 1 {
			t.Errorf("%s: administrators %v, %d refused", do, got, len(refused))
		}
		if len(s.Conflicts) == 0 {
			t.Errorf("%s: nobody is told that one of the two had no effect", do)
		}
	}
}

// Two computers of a station that knew of nobody each found a staff: one administrator stays, the same everywhere. The other
// founder and those whom he let in before he heard of it go on with their other roles, whom he locked stays out, and he makes
// no administrator; what he does to others later has no effect. It is a conflict until the administrator has his say.
func TestTwoFounders(t *testing.T) {
	const zhou = "00000000000000ee"
	b := &book{t: t}
	one := b.say(1, wang, staff.Add, staff.Said{User: wang, Name: "王明", Roles: roles(right.Administrator)})
	two := b.say(2, sun, staff.Add, staff.Said{User: sun, Name: "孙丽", Roles: roles(right.Administrator, right.Liaison)})
	b.say(1, wang, staff.Add, staff.Said{User: li, Name: "李慧敏", Roles: roles("volunteer")}, one)
	two = b.say(2, sun, staff.Add, staff.Said{User: zhao, Name: "赵晖", Roles: roles("volunteer", right.Administrator)}, two)
	two = b.say(2, sun, staff.Lock, staff.Said{User: zhao}, two)
	if s, refused := b.sum(); len(refused) != 0 || !slices.Equal(admins(s), []string{wang}) || len(s.Users) != 4 || !s.Contested(staff.Founded) {
		t.Errorf("%+v, %v, %v", s.Users, refused, s.Conflicts)
	} else if sun, _ := s.Find(sun); !sun.Yielded || !sun.Has(right.Register) || !strings.Contains(s.History[1].Note, "以那位为准") {
		t.Errorf("%+v, told %q", sun, s.History[1].Note)
	} else if zhao, _ := s.Find(zhao); !zhao.Locked || !slices.Equal(zhao.Roles, roles("volunteer")) {
		t.Errorf("%+v", zhao)
	}
	before := b.rs
	for do, said := range map[string]staff.Said{staff.Add: {User: zhou, Name: "周勇", Roles: roles("volunteer")}, staff.Unlock: {User: zhao},
		staff.Lock: {User: wang}, staff.Role: {User: sun, Roles: roles(right.Administrator)}} {
		b.rs = slices.Clone(before)
		b.say(2, sun, do, said, one, two)
		if _, refused := b.sum(); len(refused) != 1 {
			t.Errorf("he does %s, knowing of the other", do)
		}
	}
	b.rs = slices.Clone(before)
	b.say(2, sun, staff.Lock, staff.Said{User: wang}, two) // made up: he had not heard of him
	if s, _ := b.sum(); !slices.Equal(admins(s), []string{wang}) {
		t.Error("the administrator was locked by who had to yield")
	}
	b.rs = slices.Clone(before)
	b.say(1, wang, staff.Role, staff.Said{User: sun, Roles: roles(right.Administrator)}, one, two)
	if s, _ := b.sum(); !slices.Equal(admins(s), []string{wang, sun}) || s.Contested(staff.Founded) {
		t.Errorf("settled: %v, %v", admins(s), s.Conflicts)
	}
}
