package store

import (
	"database/sql"
	"testing"
)

// A thing of which something is here is no stranger, whatever its name is made of: what a delivery adds up to is not
// all of it.
func TestWhatIsKnownIsNoStranger(t *testing.T) {
	s := open(t)
	sums := Sums{}
	for i, name := range []string{"019ab0c0-0000-7000-8000-000000000001", "a\x00b", "a\"b\\c",
		"\u2028<𠅤>\ufffd", "7", "null"} {
		if i != 3 {
			if _, err := s.write.Exec(`INSERT INTO entry (replica, incarnation, seq, hash, thing, core, fate)
				VALUES (zeroblob(16), 1, ?, randomblob(32), ?, x'', 'waiting')`, i+1, name); err != nil {
				t.Fatal(err)
			}
		}
		sums[name] = &summed{}
	}
	sums["a"] = &summed{}
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		unknown, err := strangers(tx, sums)
		if len(unknown) != 2 || unknown["a"] == nil || unknown["\u2028<𠅤>\ufffd"] == nil || len(sums) != 7 {
			t.Errorf("strangers are %v", unknown)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
