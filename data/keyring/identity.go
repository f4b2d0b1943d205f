package keyring

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// Errors of this package. Test with errors.Is.
var (
	ErrNone     = errors.New("this home has no keys")
	ErrExists   = errors.New("this home has keys already")
	ErrDamaged  = errors.New("keys or paper cannot be read")
	ErrForged   = errors.New("signature does not belong to what it signs")
	ErrStranger = errors.New("paper is for, or from, another computer")
	ErrNewer    = errors.New("paper was written by a newer program")
	ErrTooLarge = errors.New("paper is too large")
	ErrOlder    = errors.New("key list is older than the one we hold, or another with the same version")
	ErrSuite    = problem.New("keys of another suite",
		"两边的加密方式不一样（一边是通用算法，一边是国密算法），不能互相接入，没有改动。请让对方按本县统一的加密方式重新建站，再来申请。")
)

// Identity is the keys of this computer.
type Identity struct {
	Current    suite.Secret   // signs
	Next       *suite.Secret  // announced; signs after Turn
	Former     []suite.Secret // sign nothing any more, and still open; oldest first
	Past       []Former       // what the former keys may have signed; a card that says so is believed in it
	Statements [][]byte       // that announced the later keys, oldest first; each is to lie in the folders of the peers
	Recovery   *suite.Public  // of the county; nil for none
	public     suite.Public   // of Current
}

// Create makes the keys of a home in a suite (suite.Age or suite.SM) from 64 bytes of random and writes them to
// HOME/keys (folder 0700, files 0600), the secret ones sealed with the data key of a protected home. The folder appears
// whole or not at all. It fails with ErrExists rather than replace a key: what was sealed for it would be lost.
func Create(home, name string, key sealed.Key, random io.Reader) (Identity, error) {
	s, err := suite.Named(name)
	if err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	own, err := s.Make(random)
	if err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	if err := keep(filepath.Join(home, "keys"), key, map[string][]byte{"sign.key": own.Sign,
		s.File(): own.Open}); err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	return Load(home, key)
}

// use is what keys are sealed for where a home is protected: the secret ones, and of the recovery sheet and of the county's
// recovery the public halves, too, lest somebody without the data key puts his own there. The statements of later keys
// lie open: they are signed.
const use = "keys"

// Sealed are how the names of those files end.
var Sealed = []string{".key", sheetFile, recoveryFile}

// keep writes a folder of files whole.
func keep(dir string, key sealed.Key, files map[string][]byte) error {
	part := dir + ".part"
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("%s: %w", dir, ErrExists)
	}
	defer func() { _ = disk.RemoveAll(part) }()
	err := errors.Join(disk.RemoveAll(part), os.Mkdir(part, 0o700))
	for name, b := range files {
		if filepath.Ext(name) == ".key" {
			b = key.Sealed(use, name, b)
		}
		err = errors.Join(err, write(filepath.Join(part, name), b))
	}
	if err != nil {
		return err
	}
	syncDir(part)
	if err := disk.Rename(part, dir); err != nil {
		return err
	}
	syncDir(filepath.Dir(dir))
	return nil
}

// Load reads the keys of a home, by the data key of a protected one. It fails with ErrNone or ErrDamaged, and with
// sealed.ErrKey, too, where another data key sealed them.
func Load(home string, key sealed.Key) (Identity, error) {
	var id Identity
	dir := filepath.Join(home, "keys")
	first, err := pair(dir, key)
	if err != nil {
		return id, err
	}
	later, next, err := numbers(dir)
	if err != nil {
		return id, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	all := []suite.Secret{first}
	for _, name := range append(later, next...) {
		p, err1 := pair(filepath.Join(dir, name), key)
		said, err2 := os.ReadFile(filepath.Join(dir, name, statement))
		if err := errors.Join(err1, err2); err != nil {
			return id, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		all, id.Statements = append(all, p), append(id.Statements, said)
	}
	if len(next) > 0 {
		id.Next = &all[len(all)-1]
		all = all[:len(all)-1]
	}
	id.Current, id.Former = all[len(all)-1], all[:len(all)-1]
	if id.public, err = publicOf(id.Current); err != nil {
		return id, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if id.Past, err = id.past(); err != nil {
		return id, err
	}
	id.Recovery, err = recovery(dir, key)
	return id, err
}

// numbers lists the folders of later keys, in their order, and of the next ones, of which there is at most one.
func numbers(dir string) (later, next []string, err error) {
	names, err := os.ReadDir(dir)
	for _, e := range names {
		number, isNext := strings.CutSuffix(e.Name(), ".next")
		if n, err := strconv.Atoi(number); err != nil || n < 2 || strconv.Itoa(n) != number {
			continue
		}
		if isNext {
			next = append(next, e.Name())
		} else {
			later = append(later, number)
		}
	}
	slices.SortFunc(later, func(a, b string) int { x, _ := strconv.Atoi(a); y, _ := strconv.Atoi(b); return x - y })
	return later, next, err
}

// pair reads the two keys in a folder; the name of the second tells their suite.
func pair(dir string, key sealed.Key) (suite.Secret, error) {
	sign, err := key.ReadFile(use, filepath.Join(dir, "sign.key"))
	none := errors.Is(err, fs.ErrNotExist)
	if err != nil && !none {
		return suite.Secret{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	for _, name := range []string{suite.Age, suite.SM} {
		s, _ := suite.Named(name)
		open, err := key.ReadFile(use, filepath.Join(dir, s.File()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		own := suite.Secret{Suite: name, Sign: sign, Open: open}
		if err == nil {
			_, err = s.Public(own)
		}
		if err != nil {
			return own, fmt.Errorf("%w: %s: %w", ErrDamaged, dir, err)
		}
		return own, nil
	}
	if none {
		return suite.Secret{}, ErrNone
	}
	return suite.Secret{}, fmt.Errorf("%w: %s: no key to open with", ErrDamaged, dir)
}

func publicOf(own suite.Secret) (suite.Public, error) {
	s, err := suite.Named(own.Suite)
	if err != nil {
		return suite.Public{}, err
	}
	return s.Public(own)
}

// Public is the keys that others know of this computer.
func (id Identity) Public() suite.Public { return id.public }

// Signature is this computer's signature of a message, with its key of today.
func (id Identity) Signature(message []byte) ([]byte, error) {
	s, err := suite.Named(id.Current.Suite)
	if err != nil {
		return nil, err
	}
	return s.Sign(id.Current, message)
}

// Wrote says whether a record can be what this computer wrote as a unit: what was signed is signed with its key of
// today or an earlier one.
func (id Identity) Wrote(unit string, r journal.Record) bool {
	return r.Unit == unit && (r.Signature == nil || slices.ContainsFunc(id.Publics(), func(p suite.Public) bool {
		s, err := suite.Named(p.Suite())
		return err == nil && s.Verify(p.Sign, r.Signed(), r.Signature)
	}))
}

// Signs says whether a key of today or an earlier one signed a message.
func (id Identity) Signs(message, signature []byte) bool {
	return slices.ContainsFunc(id.Publics(), func(p suite.Public) bool {
		s, err := suite.Named(p.Suite())
		return err == nil && s.Verify(p.Sign, message, signature)
	})
}

// Publics are the keys of today and all earlier ones, with which this computer may have signed.
func (id Identity) Publics() []suite.Public {
	all := []suite.Public{id.public}
	for _, own := range id.Former {
		if p, err := publicOf(own); err == nil {
			all = append(all, p)
		}
	}
	return all
}

// Keys are all with which this computer opens what was sealed for it.
func (id Identity) Keys() []suite.Secret {
	keys := append([]suite.Secret{id.Current}, id.Former...)
	if id.Next != nil {
		keys = append(keys, *id.Next)
	}
	return keys
}

// To names everybody who is to open what this computer sends to another: its keys of today, those it announced, and the
// county's recovery key.
func (id Identity) To(c Card) []suite.Public {
	to := []suite.Public{c.Public}
	if c.Next != nil {
		to = append(to, c.Next.Public)
	}
	if id.Recovery != nil {
		to = append(to, *id.Recovery)
	}
	return to
}

// SetRecovery keeps the county's recovery key in a home, in place of another. It fails with ErrSuite or ErrDamaged.
func SetRecovery(home string, key sealed.Key, p suite.Public) error {
	id, err := Load(home, key)
	if err != nil {
		return err
	}
	if err := usable(p); err != nil {
		return err
	}
	if p.Suite() != id.Current.Suite {
		return ErrSuite
	}
	return replace(filepath.Join(home, "keys", recoveryFile), key, p)
}

// ForgetRecovery seals to no recovery key from now on.
func ForgetRecovery(home string) error {
	if err := disk.Remove(filepath.Join(home, "keys", recoveryFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("recovery: %w", err)
	}
	return nil
}

// replace writes a public half, whole or not at all.
func replace(file string, key sealed.Key, public any) error {
	b, err := json.MarshalIndent(public, "", "  ")
	if err != nil {
		return fmt.Errorf("recovery: %w", err)
	}
	_ = disk.Remove(file + ".part")
	if err := errors.Join(write(file+".part", key.Sealed(use, file, append(b, '\n'))), disk.Rename(file+".part", file)); err != nil {
		return fmt.Errorf("recovery: %w", err)
	}
	syncDir(filepath.Dir(file))
	return nil
}

const recoveryFile = "recovery.pub"

func recovery(dir string, key sealed.Key) (*suite.Public, error) {
	b, err := key.ReadFile(use, filepath.Join(dir, recoveryFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var p suite.Public
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err == nil {
		err = p.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, recoveryFile, err)
	}
	return &p, nil
}

func write(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncDir makes a rename last; where a system cannot (Windows), the rename is as good as it gets.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
