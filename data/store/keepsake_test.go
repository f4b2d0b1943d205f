package store

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/data/journal"
)

// A program of before stored a keepsake as something that it knew nothing of. The program that comes after it finds the words again by
// it, gives it back to a new computer of its station, and passes it on to the office above.
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
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{7}, Incarnation: 1, Seq: 1}, Kind: keepsake, Do: "keep", Schema: 1, Depth: 1, Unit: station,
		Level: journal.Station, At: noon, Body: body, Envelope: &journal.Envelope{Way: journal.Upwards, Audience: []string{station, county, city}, Privy: []string{county}, Born: journal.Salt{9}}}
	e.Thing = journal.Name(station, e.ID.Replica, e.Envelope.Born, noon)
	r, err := journal.Seal(e, locked{[]byte("sealed")}, [16]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	db, err := connect(file, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO entry (replica, incarnation, seq, hash, thing, core, secret, fate, why) VALUES (?,1,1,?,?,?,?,'waiting','')",
		r.ID.Replica[:], r.Hash[:], r.Thing, r.Core, r.Secret); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(ctx, file, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var fate, way, sheet string
	if err := s.read.QueryRow("SELECT fate, way, sheet FROM entry e JOIN keepsake k ON k.row=e.row WHERE k.of=?", of[:]).Scan(&fate, &way, &sheet); err != nil {
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
			if err := echo(tx, station); err != nil {
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
