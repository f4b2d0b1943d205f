package store

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/sealed"
)

// A program of before stored a keepsake as something that it knew nothing of. The program that comes after it finds the
// words again by it, gives it back to a new computer of its station, and passes it on to the office above.
func TestKeepsakeMetByAProgramOfBefore(t *testing.T) {
	golden, err := os.ReadFile("testdata/format-5.db")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "lianluo.db")
	if err := os.WriteFile(file, golden, 0o600); err != nil {
		t.Fatal(err)
	}
	const city = "141100000000"
	of := journal.Hash(sha256.Sum256([]byte("a private part")))
	body, _ := json.Marshal(keeping{of, "1234 5678"})
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{7}, Incarnation: 1, Seq: 1}, Kind: Keepsakes.Name,
		Do: "keep", Schema: 1, Depth: 1, Unit: station,
		Level: journal.Station, At: noon, Body: body, Envelope: &journal.Envelope{Way: journal.Upwards,
			Audience: []string{station, county, city}, Privy: []string{county}, Born: journal.Salt{9}}}
	e.Thing = journal.Name(station, e.ID.Replica, e.Envelope.Born, noon)
	r, err := journal.Seal(e, locked{[]byte("sealed")}, [16]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	db := connect(file, sealed.Key{}, "", 1)
	if _, err := db.Exec(
		"INSERT INTO entry (replica, incarnation, seq, hash, thing, core, secret, fate, why) "+
			"VALUES (?,1,1,?,?,?,?,'waiting','')",
		r.ID.Replica[:], r.Hash[:], r.Thing, r.Core, r.Secret); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(ctx, Options{Path: file, Backups: t.TempDir(), Kinds: all})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var fate, way, sheet string
	if err := s.read.QueryRow("SELECT fate, way, sheet FROM entry e JOIN keepsake k ON k.row=e.row WHERE k.of=?",
		of[:]).Scan(&fate, &way, &sheet); err != nil {
		t.Fatal(err)
	}
	if fate != "applied" || way != "up "+station+" "+county+" "+city || sheet != "1234 5678" {
		t.Errorf("%s, %q, %s", fate, way, sheet)
	}
	if err := s.Renewed(ctx, city, noon); err != nil {
		t.Fatal(err)
	}
	for reader, secret := range map[string]bool{city: false, station: true} {
		if reader == station {
			tx, err := s.write.Begin()
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Echo(tx, station); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		st, err := s.Since(ctx, reader, 0, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, got := range st.Records {
			if got.Hash == r.Hash {
				if found = true; (got.Secret != nil) != secret {
					t.Errorf("%s gets the locked words: %v", reader, got.Secret != nil)
				}
			}
		}
		if !found {
			t.Errorf("%s does not get it", reader)
		}
	}
}

// What does not belong to its entry is not taken, whoever locked it; nor is what another unit locked in our place.
func TestKeepsakeHeldAgainstItsEntry(t *testing.T) {
	s := open(t)
	s.Unit = station
	sheet := Sheet{"1234 5678", func(plain []byte) ([]byte, error) { return append([]byte("locked "), plain...), nil }}
	s.Sheet = func() (*Sheet, error) { return &sheet, nil }
	a := act("甲", "")
	a.Body.(*matter.Opening).Confidential = true
	m, err := RecordOne[matter.Matter](ctx, s, a)
	if err != nil {
		t.Fatal(err)
	}
	want, err := onList(s)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := s.read.QueryRow("SELECT count(*) FROM keepsake").Scan(&n); err != nil || n != 1 {
		t.Fatalf("%d keepsakes: %v", n, err)
	}
	if err := s.Preserve(ctx, noon); err != nil {
		t.Fatal(err)
	}
	if err := s.read.QueryRow("SELECT count(*) FROM keepsake").Scan(&n); err != nil || n != 1 {
		t.Fatalf("written twice: %d keepsakes, %v", n, err)
	}
	healthy(t, s)
	if _, err := s.write.Exec("UPDATE entry SET secret=NULL WHERE thing=?", m.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	unlock := func(open func([]byte) ([]byte, error)) Unlocked {
		t.Helper()
		u, err := s.Unlock(ctx, sheet.Number, open, noon)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	if u := unlock(
		func([]byte) ([]byte, error) { return []byte(`{"salt":"","part":{"name":"另一个人"}}`), nil }); u.Opened != 0 ||
		u.Spoilt != 1 {
		t.Errorf("another part is taken: %+v", u)
	}
	if u := unlock(func(sealed []byte) ([]byte, error) { return nil, errors.New("not ours") }); u.Opened != 0 ||
		u.Spoilt != 1 {
		t.Errorf("%+v", u)
	}
	if list, err := s.Absences(ctx, m.ID); err != nil || len(list) != 1 || list[0].Where() != "sheet" {
		t.Errorf("%+v %v", list, err)
	}
	s.Unit = "141102002000Z1-G" // another table sees nothing of it
	if u := unlock(func(sealed []byte) ([]byte, error) { return sealed[7:], nil }); u.Fits || u.Opened != 0 {
		t.Errorf("%+v", u)
	}
	s.Unit = station
	if u := unlock(func(sealed []byte) ([]byte, error) { return sealed[7:], nil }); u.Opened != 1 ||
		u.Spoilt != 0 || u.Sheets != nil {
		t.Errorf("%+v", u)
	}
	if got, err := onList(s); err != nil || !reflect.DeepEqual(*got[0].Matter, *want[0].Matter) {
		t.Errorf("came back as %+v, was %+v, %v", got, want, err)
	}
	healthy(t, s)
}
