package store

import (
	"database/sql"
	"testing"
)

// Of what comes nothing lies in files beside the home, not for a moment either: the system's folder for those is anybody's.
func TestNoTemporaryFiles(t *testing.T) {
	s := open(t)
	for _, db := range []*sql.DB{s.write, s.read} {
		var where int
		if err := db.QueryRow("PRAGMA temp_store").Scan(&where); err != nil || where != 2 {
			t.Errorf("temporary tables lie in %d, want 2, memory: %v", where, err)
		}
	}
}

// A thing of which something is here is no stranger, whatever its name is made of: what a delivery adds up to is not all of it.
func TestWhatIsKnownIsNoStranger(t *testing.T) {
	s := open(t)
	d := Delivery{Sums: Sums{}}
	for i, name := range []string{"019ab0c0-0000-7000-8000-000000000001", "a\x00b", "a\"b\\c", "\u2028<𠅤>\ufffd", "7", "null"} {
		if i != 3 {
			if _, err := s.write.Exec(`INSERT INTO entry (replica, incarnation, seq, hash, thing, core, fate)
				VALUES (zeroblob(16), 1, ?, randomblob(32), ?, x'', 'waiting')`, i+1, name); err != nil {
				t.Fatal(err)
			}
		}
		d.Sums[name] = &summed{}
	}
	d.Sums["a"] = &summed{}
	err := s.transact(ctx, func(tx *sql.Tx) error {
		unknown, err := s.strangers(tx, d)
		if len(unknown) != 2 || unknown["a"] == nil || unknown["\u2028<𠅤>\ufffd"] == nil || len(d.Sums) != 7 {
			t.Errorf("strangers are %v", unknown)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
