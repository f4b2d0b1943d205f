package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"lianluo.local/app/archive"
	"lianluo.local/app/explain"
	"lianluo.local/data/audit"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
)

// Rebuild makes the lists again from the journal, and full text from the lists.
func (a *App) Rebuild(ctx context.Context) error {
	if err := a.guard.Sits(ctx, right.Backup); err != nil {
		return err
	}
	if err := a.Store.Rebuild(ctx); err != nil {
		return err
	}
	return a.reindex(ctx)
}

// reindex fills full text anew.
func (a *App) reindex(ctx context.Context) error {
	if err := a.Index.Put(ctx, 0, nil); err != nil {
		return err
	}
	_, err := a.Ledger.Fill(ctx)
	return err
}

// ErrAltered is what is said of Altered: SQLite obeys what this program did not put into the database.
var ErrAltered = problem.New("database has another schema than this program makes",
	"资料库里有不是本程序放的东西，或者被改过，请先不要登记。请备份一份，再放回这份备份：只有记录会回来，别的不会。")

// altered fails with ErrAltered where that is so.
func (a *App) altered(ctx context.Context) error {
	yes, err := a.Store.Altered(ctx)
	if err == nil && yes {
		err = ErrAltered
	}
	return err
}

// Verdict is what a check comes to, so that somebody can be told what to do.
type Verdict int

// The verdicts, from all is well to the worst.
const (
	Sound    Verdict = iota
	Behind           // others hold more of ours than we do: it comes back by itself
	Wanting          // besides, private words of ours are not here: a recovery sheet may open them
	Tampered         // the log of who looked at what was cut or changed; the records are well
	Altered          // somebody else put something into the database
	Unsound          // the records do not fit together
)

// Report is what a check found, in sentences for people.
type Report struct {
	OK       bool     `json:"ok"`
	Entries  int      `json:"entries"`
	Matters  int      `json:"matters"`
	Problems []string `json:"problems"`
	Gone     []string `json:"gone,omitempty"`     // private words of our own of whose absence a person knows
	Expired  int      `json:"expired,omitempty"`  // matters whose citizens are known for longer than they may be
	Doubled  []string `json:"doubled,omitempty"`  // numbers, papers and rows of old books that stand on two matters
	Logged   int      `json:"logged,omitempty"`   // lines of the log of who looked at what
	Bare     bool     `json:"bare,omitempty"`     // anybody reads a home with no password
	Readable int      `json:"readable,omitempty"` // copies of then that anybody reads
	Stale    bool     `json:"stale,omitempty"`    // who was kept out opens the home yet with an old copy of the vault
	Accepted []string `json:"accepted,omitempty"` // what is amiss with that, of which a person knows
}

// Check verifies the records from the bottom up and says what the findings come to. It changes nothing.
func (a *App) Check(ctx context.Context) (Report, Verdict, error) {
	rep, err := a.Store.Check(ctx, a.Settings.Unit)
	said := Report{OK: rep.OK, Entries: rep.Entries, Matters: rep.Things[matter.Name], Problems: []string{}}
	for _, f := range rep.Problems {
		said.Problems = append(said.Problems, explain.Finding(f))
	}
	for _, l := range rep.Gone {
		said.Gone = append(said.Gone, explain.Absent(l))
	}
	for _, f := range rep.Doubled {
		said.Doubled = append(said.Doubled, explain.Finding(f))
	}
	expired, late := a.tooLong(ctx)
	said.Expired = expired
	err = errors.Join(err, late)
	if !a.Settings.Practice {
		stale, unread := a.Stale(ctx)
		said.Bare, said.Readable, said.Stale, err = !a.key.Given(), len(a.Readable()), stale, errors.Join(err, unread)
	}
	uneven, odd := a.Report.Verify(ctx)
	for _, e := range uneven {
		said.Problems = append(said.Problems, "印发的报告“"+e.Title+"”"+e.Heading()+"：数字加不起来，或者和校验码对不上。")
	}
	log, err2 := a.logged(ctx)
	said.Logged = log.Lines
	for _, f := range log.Problems {
		said.Problems, said.OK = append(said.Problems, explain.Audited(f)), false
	}
	for _, f := range log.Known {
		said.Accepted = append(said.Accepted, explain.Audited(f))
	}
	err = errors.Join(err, odd, err2)
	switch {
	case len(uneven) > 0:
		said.OK = false
		return said, Unsound, err
	case rep.OK && log.Problems == nil:
		return said, Sound, err
	case rep.OK:
		return said, Tampered, err
	case rep.Only(store.Behind):
		return said, Behind, err
	case rep.Only(store.Behind, store.Bare):
		return said, Wanting, err
	case rep.Altered():
		return said, Altered, err
	}
	return said, Unsound, err
}

// Fill brings full text up to what was saved, and then the log of the saves back into the database, so that no save
// has to wait for either. It asks the store: other programs write to it, too.
func (a *App) Fill(ctx context.Context) error {
	n, err := a.Ledger.Fill(ctx)
	if n > 0 {
		err = errors.Join(err, a.Store.Tidy(ctx))
	}
	return err
}

// Rest gives back to the system what was needed for a moment: a window waits for people most of the time, on a computer that
// has little memory, and Go and SQLite keep what they had for the next time, which may be tomorrow.
func (a *App) Rest(ctx context.Context) error {
	err := errors.Join(a.Index.Rest(ctx), a.Store.Rest(ctx))
	debug.FreeOSMemory()
	return err
}

// Daily says whether something is to be said today (a date) that is said once a day, and remembers that it was.
func (a *App) Daily(ctx context.Context, what, today string) bool {
	last, err := a.Store.Noted(ctx, what)
	if err == nil && last != today {
		err = a.Store.Note(ctx, what, today, a.Now())
	}
	return err != nil || last != today
}

// Copy takes a verified copy of the records, with what is needed to put it back, into a folder, the home's own for "".
func (a *App) Copy(ctx context.Context, dir string) (err error) {
	defer func() { a.note(a.Clerk(), audit.Backup, "copy", err) }()
	if err := a.guard.Sits(ctx, right.Backup); err != nil {
		return err
	}
	own := settings.Settings{Unit: a.Settings.Unit, Folder: a.Settings.Folder}
	_, err = archive.Take(ctx, a.Store, a.Home, own, dir, a.Now())
	return err
}

// Backup copies the records whole into a file, outside of the home and of what others read, and proves the copy.
func (a *App) Backup(ctx context.Context, file string) (err error) {
	defer func() { a.note(a.Clerk(), audit.Backup, "file", err) }()
	if err := a.guard.Sits(ctx, right.Backup); err != nil {
		return err
	}
	if err := a.Home.Outside(file, a.Settings.Folder); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil { // one that was mistyped is not made
		return fmt.Errorf("backup: %w", err)
	}
	return a.Store.Backup(ctx, file)
}
