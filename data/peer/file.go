package peer

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
)

// File is one that was met in the shared folder: read, or set aside and shown with the reason.
type File struct {
	Sender  string          `json:"sender"`
	Name    string          `json:"name"`
	Size    int64           `json:"size"`
	Mtime   int64           `json:"-"` // nanoseconds since 1970
	Met     string          `json:"met"`
	Why     string          `json:"why"`
	Replica journal.Replica `json:"-"` // of one that was set aside: whose it says it is
}

// Sum tells a file as it lies from all others.
func (f File) Sum() (sum [16]byte) {
	b := make([]byte, 0, 512)
	b = append(append(append(b, f.Sender...), '/'), f.Name...)
	b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(append(b, 0), uint64(f.Size)), uint64(f.Mtime))
	all := sha256.Sum256(b)
	copy(sum[:], all[:])
	return sum
}

// Met keeps of files that they were read, or why they were set aside.
func Met(ctx context.Context, s *store.Store, at time.Time, files ...File) error {
	if len(files) == 0 {
		return nil
	}
	return s.Transact(ctx, func(tx *sql.Tx) error {
		for _, f := range files {
			if err := met(tx, f, at); err != nil {
				return err
			}
		}
		return nil
	})
}

func met(tx *sql.Tx, f File, at time.Time) error {
	_, err := tx.Exec(`INSERT INTO file VALUES (?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
		size=excluded.size, mtime=excluded.mtime, met=excluded.met, why=excluded.why, replica=excluded.replica`,
		f.Sender, f.Name, f.Size, f.Mtime, store.When(at), f.Why, f.Replica[:])
	if err != nil {
		return fmt.Errorf("file ledger: %w", err)
	}
	return nil
}

// Forget lets go of files met before, which lie nowhere any more, or not as they were; one that comes back is read
// again, and does no harm.
func Forget(ctx context.Context, s *store.Store, gone []File) error {
	if len(gone) == 0 {
		return nil
	}
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		for _, f := range gone {
			if _, err := tx.Exec("DELETE FROM file WHERE sender=? AND name=? AND why=?", f.Sender,
				f.Name, f.Why); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("file ledger: %w", err)
	}
	return nil
}

// Files lists the files met before, by sender and name.
func Files(ctx context.Context, s *store.Store) ([]File, error) { return files(ctx, s, "") }

// SetAside lists those of them that were set aside.
func SetAside(ctx context.Context, s *store.Store) ([]File, error) {
	return files(ctx, s, "WHERE why <> ''")
}

func files(ctx context.Context, s *store.Store, which string) ([]File, error) {
	rows, err := s.Query(ctx,
		"SELECT sender, name, size, mtime, met, why, replica FROM file "+which+" ORDER BY sender, name")
	if err != nil {
		return nil, fmt.Errorf("file ledger: %w", err)
	}
	defer rows.Close()
	var fs []File
	for rows.Next() {
		var f File
		var replica []byte
		if err := rows.Scan(&f.Sender, &f.Name, &f.Size, &f.Mtime, &f.Met, &f.Why, &replica); err != nil {
			return nil, fmt.Errorf("file ledger: %w", err)
		}
		copy(f.Replica[:], replica)
		fs = append(fs, f)
	}
	return fs, rows.Err()
}

// Passing is under what files of a sender are passed over.
type Passing struct{ Sender, Under string }

// Under what files are passed over that may be worth something: Good are what they say, what is in them is known or
// waits for a person; Again are tried again in turn, since a newer program or a person may make something of them.
// Unsaid stands before whatever nobody is told of.
const (
	Good   = "good"
	Again  = "again"
	Unsaid = "quiet "
)

// Kind is under what, whether anybody is told of it or not.
func (p Passing) Kind() string { return strings.TrimPrefix(p.Under, Unsaid) }

// Passed gives the sums of some senders' files that are passed over as they lie, or of those of all others.
func Passed(ctx context.Context, s *store.Store, others bool, senders ...string) (map[Passing][][16]byte, error) {
	names, err := json.Marshal(append([]string{}, senders...))
	if err != nil {
		return nil, fmt.Errorf("files passed over: %w", err)
	}
	rows, err := s.Query(ctx,
		"SELECT sender, under, files FROM passed WHERE (sender IN (SELECT value FROM json_each(?))) <> ?",
		string(names), others)
	if err != nil {
		return nil, fmt.Errorf("files passed over: %w", err)
	}
	defer rows.Close()
	all := map[Passing][][16]byte{}
	for rows.Next() {
		var p Passing
		var b []byte
		if err := rows.Scan(&p.Sender, &p.Under, &b); err != nil {
			return nil, fmt.Errorf("files passed over: %w", err)
		}
		sums := make([][16]byte, len(b)/16)
		for i := range sums {
			copy(sums[i][:], b[16*i:])
		}
		all[p] = sums
	}
	return all, rows.Err()
}

// CountPassed counts them.
func CountPassed(ctx context.Context, s *store.Store) (map[Passing]int, error) {
	rows, err := s.Query(ctx, "SELECT sender, under, length(files) / 16 FROM passed")
	if err != nil {
		return nil, fmt.Errorf("files passed over: %w", err)
	}
	defer rows.Close()
	all := map[Passing]int{}
	for rows.Next() {
		var p Passing
		var n int
		if err := rows.Scan(&p.Sender, &p.Under, &n); err != nil {
			return nil, fmt.Errorf("files passed over: %w", err)
		}
		all[p] = n
	}
	return all, rows.Err()
}

// Pass keeps which files are passed over, in place of those before; none lets go of them.
func Pass(ctx context.Context, s *store.Store, changed map[Passing][][16]byte) error {
	if len(changed) == 0 {
		return nil
	}
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		for p, sums := range changed {
			b := make([]byte, 0, 16*len(sums))
			for _, sum := range sums {
				b = append(b, sum[:]...)
			}
			do, args := "INSERT INTO passed VALUES (?,?,?) ON CONFLICT DO UPDATE SET files=excluded.files",
				[]any{p.Sender, p.Under, b}
			if len(sums) == 0 {
				do, args = "DELETE FROM passed WHERE sender=? AND under=?", args[:2]
			}
			if _, err := tx.Exec(do, args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("files passed over: %w", err)
	}
	return nil
}
