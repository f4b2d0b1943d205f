// Package trust is whom we believe: who asks to be let in, whose digits a person compared, which keys a computer has
// now and had before, whom an office put out of use, and for whom it may speak.
//
// It gives a Picture, one value of all that at a moment, by which a round of reading and writing is judged; what a
// round learns of keys stands in the next picture. Courier, which carries the files, asks it and never the store.
//
// It has more files than a package usually has, one for each question that a reader brings (who is above us, who asks
// to be let in, who was here before, what a list says, what is proven): all make the one picture out of the same
// parts, and parted they would have to show these to each other.
package trust

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// Trust belongs to one home. A window asks it from many sides at once.
type Trust struct {
	Guard    right.Guard
	Store    *store.Store
	Settings *settings.Settings
	Now      func() time.Time
	Home     string                   // where the keys lie
	Admits   func(stick string) error // whether a folder is used that is the stick of an id; nil: any
	key      sealed.Key               // of a protected home

	keys    atomic.Pointer[keyring.Identity]
	turning sync.Mutex // of the files in which they lie

	mu    sync.Mutex
	lists map[string]keyring.List // as read last, by the name under which they are kept
}

// New is the trust of a home with these keys.
func New(s *store.Store, set *settings.Settings, keys keyring.Identity, home string, key sealed.Key,
	now func() time.Time) *Trust {
	t := &Trust{Store: s, Settings: set, Now: now, Home: home, key: key}
	t.keys.Store(&keys)
	return t
}

// Keys are those of this computer, as they are now.
func (t *Trust) Keys() keyring.Identity { return *t.keys.Load() }

// turn changes the keys: do changes the files in which they lie, and gives what is read there then.
func (t *Trust) turn(do func() (keyring.Identity, error)) error {
	t.turning.Lock()
	defer t.turning.Unlock()
	keys, err := do()
	if err != nil {
		return err
	}
	t.keys.Store(&keys)
	return nil
}

// Why a file is not believed, besides what keyring and bundle say of it.
var (
	ErrBefore = problem.New("file is of an earlier computer", "这是以前那台电脑的文件，本机打不开，不用管；它报送过的记录由现在的电脑和上级送来。")
	// A bundle speaks to another computer of our unit: of its stream it tells, for its keys it is sealed.
	ErrElse = problem.New("file is for another computer of this unit", "这个文件是送给本单位另一台电脑的，不用管。")
	// Exercises stay out of the books of real offices, and real matters out of exercises.
	ErrPractice = problem.New("practice and work do not mix", "练习的电脑和正式的电脑不能互相接入。练习请另选一个共享文件夹，几台电脑都设成练习。")
	// Another key of the office above than before: only a telephone call tells.
	ErrUncompared = problem.New("a certificate of the office above that nobody compared yet",
		"上级已确认本机，还要在本机核对上级的校验号（接入单上有，或打电话问）。")
	ErrOtherDigits = problem.New("a certificate has other digits than a person typed",
		"收到的上级证书和您填的校验号对不上，没有采用，可能有人冒充。请打电话给上级再核对一次；照常登记，记录不会丢。")
	ErrOtherOffice = problem.New("the office above shows another computer than before",
		"上级换了电脑，也可能有人冒充。请打电话核对它的校验号，确认后再收；在此之前照常登记，记录不会丢。")
)

// ErrNoFolder says that no shared folder was chosen yet.
var ErrNoFolder = problem.New("no shared folder is set", "还没有选共享文件夹。请在“设置帮助”里选好再报送；您的记录都在本机，没有丢。")

// Connect opens the shared folder. It fails with ErrNoFolder, as home.Apart, as folder.Open and as Admits do.
func (t *Trust) Connect() (*folder.Folder, error) {
	if t.Settings.Folder == "" {
		return nil, ErrNoFolder
	}
	if err := home.Home(t.Home).Apart(t.Settings.Folder); err != nil {
		return nil, err
	}
	f, err := folder.Open(t.Settings.Folder, t.Settings.FolderID)
	if err == nil && t.Admits != nil {
		if err = t.Admits(f.Stick()); err != nil {
			f.Close()
			return nil, err
		}
	}
	return f, err
}

// Author is a computer of a unit.
type Author struct {
	Unit    string
	Replica journal.Replica
}

// kept is under which name its list lies in the store.
func (a Author) kept() string { return fmt.Sprintf("%s %x", a.Unit, a.Replica[:]) }

// Peer is one that we know, with the card it signed.
type Peer struct {
	peer.Peer
	keyring.Card
}

// By is who signs its words.
func (p Peer) By() Author { return Author{p.Card.Unit, p.Card.Replica} }

// had says whether a peer has the keys of a card, or had them.
func (p Peer) had(card keyring.Card) bool {
	now := p.Turned()
	return now.Hash() == card.Hash() || slices.ContainsFunc(now.Former,
		func(f keyring.Former) bool { return f.Card == card.Hash() })
}

// signers are the keys of a peer, as far as they hold.
func (p Peer) signers() []suite.Signer {
	if p.Revoked {
		return p.Signers(p.revocation())
	}
	return p.Signers()
}

func (p Peer) revocation() keyring.Revocation {
	return keyring.Revocation{Replica: p.Until.Replica, Incarnation: p.Until.Incarnation, LastSeq: p.Until.Seq}
}

// Peers are those that we know, in use or not.
func (t *Trust) Peers(ctx context.Context) ([]Peer, error) {
	known, err := peer.Peers(ctx, t.Store)
	if err != nil {
		return nil, err
	}
	var ps []Peer
	for _, k := range known {
		p := Peer{Peer: k}
		if err := json.Unmarshal([]byte(k.Card), &p.Card); err != nil {
			return nil, fmt.Errorf("card of %s: %w", k.Unit, err)
		}
		p.Card.Name = keyring.Words(p.Card.Name) // it may be of a program that looked at nothing
		ps = append(ps, p)
	}
	return ps, nil
}

// Card is what this computer tells of itself.
func (t *Trust) Card() keyring.Card {
	s, self := t.Settings, t.Store.Self()
	return keyring.Card{Unit: s.Unit, Name: keyring.Words(s.Name), Role: string(s.Role), Phone: keyring.Words(s.Phone),
		Replica:     self.Replica,
		Incarnation: self.Incarnation, Public: t.Keys().Public(), Former: t.Keys().Past,
		Asked: t.Now().UTC(), Practice: s.Practice}
}

// Sign signs with this computer's key of today.
func (t *Trust) Sign(message []byte) ([]byte, error) { return t.Keys().Signature(message) }

// know believes a card from now on; compared is when a person here compared its digits, or never.
func (t *Trust) know(ctx context.Context, card keyring.Card, compared time.Time) error {
	b, err := json.Marshal(card)
	if err != nil {
		return fmt.Errorf("card: %w", err)
	}
	p := peer.Peer{Replica: card.Replica, Unit: card.Unit, Name: card.Name, Card: string(b)}
	if !compared.IsZero() {
		p.Compared = compared.UTC().Format(time.RFC3339)
	}
	return peer.Know(ctx, t.Store, p)
}

// Turned keeps that a peer's announced keys are in use: a bundle came that the new one signed.
func (t *Trust) Turned(ctx context.Context, p Peer) error {
	return t.know(ctx, p.Turned(), time.Time{})
}

// Ledger is a file of the folder as the store keeps that it was met, and why it was set aside; "" for not.
func Ledger(file folder.File, why string) peer.File {
	return peer.File{Sender: file.From, Name: file.Name, Size: file.Size, Mtime: file.Modified.UnixNano(), Why: why}
}

// crowded is under what the store notes what rounds found in crowded directories of the folder.
const crowded = "crowded"

type crowds struct {
	Of   string        `json:"of"` // this life of this computer, in this folder: a copy's word is none
	Dirs folder.Memory `json:"dirs"`
}

func (t *Trust) crowds(ctx context.Context) (m crowds, body string, err error) {
	self := t.Store.Self()
	of := fmt.Sprintf("%x %d %s", self.Replica, self.Incarnation, t.Settings.FolderID)
	body, err = t.Store.Noted(ctx, crowded)
	if json.Unmarshal([]byte(body), &m) != nil || m.Of != of {
		m = crowds{Of: of}
	}
	return m, body, err
}

// Recall lets whoever looks into the folder pass over crowded directories that stood still since a round looked.
func (t *Trust) Recall(ctx context.Context, f *folder.Folder) error {
	m, _, err := t.crowds(ctx)
	f.Recall(m.Dirs, t.Now)
	return err
}

// Retain ends a round and keeps what it found in them.
func (t *Trust) Retain(ctx context.Context, f *folder.Folder) error {
	m, before, err := t.crowds(ctx)
	if err != nil {
		return err
	}
	var body []byte
	if m.Dirs = f.Memory(); len(m.Dirs) > 0 {
		if body, err = json.Marshal(m); err != nil {
			return fmt.Errorf("crowded directories: %w", err)
		}
	}
	if string(body) == before {
		return nil
	}
	return t.Store.Note(ctx, crowded, string(body), t.Now())
}

// Papers is what directories are looked at for that hold papers by which somebody asks, accepts or changes keys.
const Papers = "papers"

// lying lists a sender's papers of one kind.
func (t *Trust) lying(f *folder.Folder, from, kind string) (files []folder.File, err error) {
	names, still := f.Still(path.Join(t.Settings.Unit, from), Papers, "")
	if !still {
		return f.List(t.Settings.Unit, from, kind)
	}
	for _, name := range names {
		if file, err := f.Lying(t.Settings.Unit, from, name); err == nil && strings.EqualFold(path.Ext(name), kind) {
			files = append(files, file)
		}
	}
	return files, nil
}
