// Package archive keeps copies of the records and puts them back. A copy is taken every week by itself and before every
// change of the database's format; each is verified by opening it. A copy that is put back begins a new life, so that
// what was written since comes back from the office above and nothing is given twice.
package archive

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// How many weekly copies are kept, and how old the newest may get.
const (
	kept = 5
	week = 7 * 24 * time.Hour
)

// Errors of putting a copy back.
var (
	ErrOther   = problem.New("copy is another unit's", "这份备份是别的单位的，没有动本机的资料。请换一份本单位的备份。")
	ErrExposed = problem.New("copy in the shared folder", "这份备份放在报送用的共享文件夹（U盘）里，别的单位都看得到，也可能被人换过，没有用它。"+
		"请先把它挪到别处，再恢复；要是不知道谁放的，请打电话问一问。")
	ErrLocked = problem.New("copy is sealed with another key", "这份备份是加密的，用现在的密码打不开，没有动本机的资料。"+
		"请用做这份备份时的密码或恢复单打开，或换一份再试。")
	ErrShut = problem.New("home is locked", "本机的资料上着锁，没有动它。请先输入姓名和密码，再放回备份。")
	ErrBad  = problem.New("copy is damaged", "这份备份坏了，没有动本机的资料。请换一份再试。")
)

// Weekly takes this week's copy where the newest is older than a week, into the home and, where the settings name a
// second place that is there now, into that, too. It gives the new copy's name, "" where none was due.
func Weekly(ctx context.Context, db *store.Store, h home.Home, s settings.Settings, now time.Time) (string, error) {
	if err := h.Apart(s.Folder); err != nil {
		return "", fmt.Errorf("weekly copy: %w", err)
	}
	old, err := weekly(h.Backups())
	if err != nil {
		return "", err
	}
	if len(old) > 0 {
		day, _ := time.ParseInLocation("weekly-2006-01-02.db", filepath.Base(old[len(old)-1]), now.Location())
		if age := now.Sub(day); age < week && age > -week { // a clock that was far ahead keeps nobody waiting
			return "", nil
		}
	}
	name := filepath.Join(h.Backups(), now.Format("weekly-2006-01-02.db"))
	if err := db.Backup(ctx, name); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	for _, file := range old[:max(0, len(old)+1-kept)] {
		if err := disk.Remove(file); err != nil {
			return name, fmt.Errorf("old copy: %w", err)
		}
	}
	year, err := closed(ctx, db, h, now)
	if err := errors.Join(err, s.Placed()); err != nil || s.Second == "" {
		return name, err
	}
	if info, err := os.Stat(s.Second); err != nil || !info.IsDir() {
		return name, nil // the stick is not in
	}
	for _, file := range []string{name, year} {
		if file == "" {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return name, fmt.Errorf("second copy: %w", err)
		}
		if err := home.WriteWhole(filepath.Join(s.Second, "联络站备份-"+s.Unit+"-"+filepath.Base(file)), b,
			0o600); err != nil {
			return name, err
		}
	}
	return name, nil
}

// closed archives the year before this one, once it has ended: a copy of all up to then, which stays for ever.
// Nothing is cut out of the journal for it, so no chain breaks; a lifetime of a station is some hundred megabytes.
func closed(ctx context.Context, db *store.Store, h home.Home, now time.Time) (string, error) {
	name := filepath.Join(h.Backups(), fmt.Sprintf("year-%d.db", now.Year()-1))
	if _, err := os.Lstat(name); err == nil {
		return "", nil
	}
	n, err := view.Count(ctx, db, view.Filter{To: time.Date(now.Year(), 1, 1, 0, 0, 0, 0, now.Location())})
	if err != nil || n == 0 {
		return "", err
	}
	return name, db.Backup(ctx, name)
}

// weekly are the weekly copies, the oldest first.
func weekly(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "weekly-*.db"))
	slices.Sort(files)
	return files, err
}

// Records are those of one home: where they lie, which kinds of things the program knows, and the key of a protected
// home, which opens them and seals what takes their place.
type Records struct {
	Home  home.Home
	Kinds []thing.Kind
	Key   sealed.Key

	// Opens gives the key of a copy that was sealed with another one, by what it opens with (pages.Wraps): a person is
	// asked for the password of then, or for the sheet. nil asks nobody.
	Opens func(ctx context.Context, wraps []byte) (sealed.Key, error)
}

// Restore puts a copy in the place of a home's records. Nobody may have the home open. It fails with ErrOther, ErrBad
// or ErrLocked; then nothing has changed.
func (rs Records) Restore(ctx context.Context, file string, now time.Time) (replaced string, err error) {
	release, err := rs.Home.Lock()
	if err != nil {
		return "", err
	}
	defer release()
	return rs.Put(ctx, file, now)
}

// Put is Restore for who has the home's lock and has closed its records; other programs must have closed them, too,
// else it fails with home.ErrUsed. The copy is verified first; what lay there before is kept beside the other copies.
func (rs Records) Put(ctx context.Context, file string, now time.Time) (replaced string, err error) {
	h := rs.Home
	release, err := h.Alone()
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	defer release()
	s, err := settings.Load(h)
	if err != nil {
		return "", err
	}
	part := h.Database() + ".restored"
	defer clear(part) //nolint:errcheck // nothing of it is left where all went well
	if err := rs.bring(ctx, file, part, s.Folder); err != nil {
		return "", err
	}
	who, err := rs.adopt(ctx, s, part, now)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(h.Backups(), 0o700); err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	name := filepath.Join(h.Backups(), now.Format("replaced-20060102-150405"))
	replaced = name
	for n := 2; ; n++ { // a clock may stand still
		err := os.Mkdir(replaced, 0o700)
		if err == nil {
			break
		}
		if !errors.Is(err, os.ErrExist) {
			return "", fmt.Errorf("restore: %w", err)
		}
		replaced = fmt.Sprint(name, "-", n)
	}
	aside := filepath.Join(replaced, filepath.Base(h.Database()))
	for _, suffix := range []string{"-wal", "-shm", "-journal"} { // a log belongs to the old file, never to the new one
		if err := disk.Rename(h.Database()+suffix, aside+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("restore: %w", err)
		}
	}
	// at every moment there is one
	if err := os.Link(h.Database(), aside); err != nil && !errors.Is(err, os.ErrNotExist) {
		if err := disk.Rename(h.Database(), aside); err != nil { // a stick knows no links
			return "", fmt.Errorf("restore: %w", err)
		}
	}
	if err := disk.Rename(part, h.Database()); err != nil {
		return replaced, fmt.Errorf("restore: %w", err)
	}
	if was, ok := store.Noted(h.Note()); ok && was != who {
		err = disk.Remove(h.Note())
	}
	return replaced, errors.Join(err, clear(h.Search()))
}

// bring reads a copy into a home; the original stays as it is. It fails with ErrExposed for one in a shared folder,
// with ErrLocked and with ErrBad. What it writes is sealed with the home's key.
func (rs Records) bring(ctx context.Context, file, part, shared string) error {
	if home.Shared(file, shared) {
		return ErrExposed
	}
	if err := clear(part); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	info, missing := os.Stat(file)
	switch {
	case missing == nil && info.IsDir():
		return fmt.Errorf("restore: %w", home.ErrFolder)
	case missing == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%w: %s", ErrBad, info.Mode())
	}
	opens, err := rs.opening(ctx, file)
	if err != nil {
		return err
	}
	switch err := store.Transcribe(ctx, file, opens, part, rs.Key); {
	case errors.Is(err, sealed.ErrKey):
		return fmt.Errorf("%w: %w", ErrLocked, err)
	case errors.Is(err, store.ErrForeign), errors.Is(store.Fault(err), store.ErrDamaged),
		missing == nil && errors.Is(err, fs.ErrNotExist): // an empty one
		return fmt.Errorf("%w: %w", ErrBad, err)
	case err != nil:
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// opening gives the key of a copy: ours, or the one that whoever has its password or sheet gives.
func (rs Records) opening(ctx context.Context, file string) (sealed.Key, error) {
	err := pages.Fits(file, rs.Key)
	if !errors.Is(err, sealed.ErrKey) || rs.Opens == nil {
		return rs.Key, nil // what else is wrong is found where it is read
	}
	wraps, err := pages.Wraps(file)
	if err != nil {
		return rs.Key, fmt.Errorf("%w: %w", ErrBad, err)
	}
	key, err := rs.Opens(ctx, wraps)
	if errors.Is(err, sealed.ErrKey) {
		err = fmt.Errorf("%w: %w", ErrLocked, err)
	}
	return key, err
}

// before is where a copy in an older format is kept while it is brought to ours; the original stays anyway.
func before(part string) string { return part + "-before" }

// clear removes a database with its log.
func clear(name string) error {
	return errors.Join(disk.RemoveAll(name), disk.RemoveAll(name+"-wal"), disk.RemoveAll(name+"-shm"),
		disk.RemoveAll(name+"-journal"), disk.RemoveAll(before(name)))
}

// adopt makes a copy this computer's own: it belongs to our unit, and begins a new life under the name by which
// others know this computer's keys. It is told by the records that lie here, where what they say is signed with those
// keys, else by the note beside them; where neither tells, the copy keeps its name only where it is this computer's
// itself.
func (rs Records) adopt(ctx context.Context, s settings.Settings, part string, at time.Time) (
	who journal.Replica, err error) {
	h := rs.Home
	o := store.Options{Path: part, Backups: before(part), Kinds: rs.Kinds, Unit: s.Unit, Key: rs.Key}
	// Without keys nothing opens the home, and nothing is signed.
	mine := func(r journal.Record) bool { return r.Unit == s.Unit }
	keys, unsigned := keyring.Load(string(h), rs.Key)
	if errors.Is(unsigned, sealed.ErrKey) {
		return who, fmt.Errorf("%w: %w", ErrShut, unsigned)
	}
	if unsigned == nil {
		o.Sign, mine = keys.Signature, func(r journal.Record) bool { return keys.Wrote(s.Unit, r) }
	}
	db, err := store.Open(ctx, o)
	if err != nil {
		return who, errors.Join(ErrBad, err)
	}
	defer db.Close()
	if err := sound(ctx, db, s); err != nil {
		return who, err
	}
	if err := peer.Unsay(ctx, db); err != nil {
		return who, err
	}
	noted, known := store.Noted(h.Note())
	lies, words, err := store.Whose(ctx, h.Database(), rs.Key)
	var lay []peer.Peer // whom those records believe
	switch _, own, _ := store.Whose(ctx, part, rs.Key); {
	case err == nil && (slices.ContainsFunc(words, mine) || len(words) == 0 && (!known || noted == lies)):
		lay, err = rs.inherit(ctx, s, db, at)
	case known:
		err = db.Become(ctx, noted)
	case len(own) > 0 && !slices.ContainsFunc(own, mine):
		var name journal.Replica
		_, _ = rand.Read(name[:]) // it never fails
		err = db.Become(ctx, name)
	default:
		err = nil
	}
	if err != nil {
		return who, err
	}
	if unsigned == nil {
		if err := doubt(ctx, db, keys, s, lay); err != nil {
			return who, err
		}
	}
	if err := errors.Join(db.Reborn(ctx), db.Rescrub(ctx, at)); err != nil { // what lay here stays among the copies
		return who, err
	}
	return db.Self().Replica, db.Close()
}

// inherit gives a copy the name of the computer whose records lie here, and what these hold and it does not: nothing
// is lost by putting a copy back. It tells whom these believe. What cannot be read any more is no reason to refuse
// the copy; what only a newer program can read is.
func (rs Records) inherit(ctx context.Context, s settings.Settings, db *store.Store, at time.Time) (
	lay []peer.Peer, err error) {
	h := rs.Home
	part := h.Database() + ".read"
	if err := clear(part); err != nil {
		return nil, fmt.Errorf("restore: %w", err)
	}
	defer clear(part) //nolint:errcheck // it is tried again with the next copy
	now, err := store.Read(ctx, store.Options{Path: h.Database(), Kinds: rs.Kinds, Unit: s.Unit, Key: rs.Key}, part)
	if errors.Is(err, store.ErrNewer) {
		return nil, err
	}
	if err != nil {
		return nil, nil
	}
	defer now.Close()
	lay, _ = peer.Peers(ctx, now) // as far as they can be read
	return lay, peer.Inherit(ctx, db, now, s.Unit, at)
}

// whole says that records are undamaged: that others hold more of them, that something never came, or what came
// back without its private part, is no damage.
func whole(rep store.Report) bool {
	return rep.Only(store.Behind, store.Missed, store.Bare)
}

// sound says whether a copy is whole and a unit's own.
func sound(ctx context.Context, db *store.Store, s settings.Settings) error {
	if rep, err := db.Check(ctx, s.Unit); err != nil || !whole(rep) {
		return ErrBad
	}
	peers, err := peer.Peers(ctx, db)
	if err != nil {
		return err
	}
	for _, p := range peers {
		if p.Unit != s.Parent && !unit.Above(s.Unit, p.Unit) { // nobody with whom we would exchange
			return ErrOther
		}
	}
	author, err := db.Author(ctx)
	if err == nil && author != "" && author != s.Unit {
		err = ErrOther
	}
	return err
}
