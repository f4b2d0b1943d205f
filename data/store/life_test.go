package store

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/data/journal"
)

// turn is a chance that comes to every number in turn.
type turn struct{ next uint16 }

func (c *turn) Read(p []byte) (int, error) {
	if len(p) == 2 {
		binary.BigEndian.PutUint16(p, c.next)
		c.next++
		return 2, nil
	}
	return rand.Read(p)
}

// A copy is put back again and again before anything was sent. The computer has a letter of its own for each life; a
// new one, which knows nothing of those, takes none that the copy knows.
func TestLettersOfManyLives(t *testing.T) {
	old := open(t)
	copied, note := filepath.Join(t.TempDir(), "copied.db"), filepath.Join(t.TempDir(), "note")
	receive(t, old, "在册的")
	was := old.Series()
	if _, err := old.Begin(ctx, note, ""); err != nil {
		t.Fatal(err)
	}
	if err := old.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	restore := func(r journal.Replica, note string) byte {
		file := filepath.Join(t.TempDir(), "lianluo.db")
		b, err := os.ReadFile(copied)
		if err == nil {
			err = os.WriteFile(file, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(ctx, Options{Path: file, Backups: t.TempDir(), Random: &turn{}, Kinds: all})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		err = errors.Join(s.Become(ctx, r), s.Reborn(ctx))
		if _, no := s.Begin(ctx, note, ""); no != nil || err != nil {
			t.Fatal(no, err)
		}
		receive(t, s, "后来的")
		return s.Series()
	}
	letters := string(was)
	for range 10 {
		l := restore(old.Self().Replica, note)
		if strings.ContainsRune(letters, rune(l)) {
			t.Errorf("after %s comes %c", letters, l)
		}
		letters += string(l)
	}
	for i := range byte(24) {
		if l := restore(journal.Replica{i}, filepath.Join(t.TempDir(), "none")); l == was {
			t.Errorf("a new computer goes on with %c, too", l)
		}
	}
}
