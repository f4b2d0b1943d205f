package courier

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
)

// Why an enrolment goes no further.
var (
	ErrNoRequest = problem.New("no such request", "没有找到这个站的申请。请让站里先报送一次，再核对代码。")
	ErrNoOffice  = problem.New("no other office", "上级没有换过的电脑等着核对。请先报送一次再看；上级还没有确认本机的，请先打电话请上级确认。")
	ErrAbove     = problem.New("the office above cannot be put out of use", "上级不由本单位停用。上级换了电脑的，请打电话核对校验号，确认新的；旧的就自动停用了。")
	ErrNobody    = problem.New("nobody of that unit is in use", "这个单位没有在用的电脑，不用停用。请核对代码（“报送”页里有）。")
	ErrLater     = problem.New("a computer that asked later stays in use", "已确认；这个单位还有一台电脑在用，它申请得更晚，没有停用。要停用它，请在“报送”里选它，点“停用…”。")
	ErrDigits    = problem.New("a fingerprint has ten digits", "校验号是十位数字。请对方念出屏幕上的十位，填全了再确认。")
	ErrPrint     = problem.New("fingerprint differs", "校验号对不上，没有确认。请再打电话逐位核对；仍不一致就不要确认。")

	ErrOtherOffice = problem.New("the office above shows another computer than before", "上级换了电脑，也可能有人冒充。请打电话核对它的校验号，确认后再收；在此之前照常登记，记录不会丢。")
)

// Card is what this computer tells of itself.
func (c *Courier) Card() keyring.Card {
	s, self := c.Settings, c.Store.Self()
	return keyring.Card{Unit: s.Unit, Name: s.Name, Role: string(s.Role), Phone: s.Phone, Replica: self.Replica,
		Incarnation: self.Incarnation, Public: c.Keys.Public(), Former: c.Keys.Past, Asked: c.Now().UTC(), Practice: s.Practice}
}

// ask puts a request into the folder of the upper unit, which it needs again when its computer is replaced; one that lies there
// says the same.
func (c *Courier) ask(f *folder.Folder) error {
	card := c.Card()
	b, err := c.Keys.Request(card)
	if err != nil {
		return err
	}
	return c.lay(f, c.Settings.Parent, keyring.RequestName(card), b, func(there []byte) bool {
		_, err := keyring.OpenRequest(there)
		return err == nil
	})
}

// yield gives this computer another letter for its numbers than those that were at its table before it have, as far as the folder tells.
func (c *Courier) yield(ctx context.Context, f *folder.Folder) error {
	if c.Settings.Role != journal.Station {
		return nil
	}
	return c.Store.Yield(ctx, func() (taken string) {
		files, _ := f.List(c.Settings.Parent, c.Settings.Unit)
		for _, file := range files {
			var by keyring.Card
			if b, err := read(f, c.Settings.Parent, file, bundle.MaxHeader); err == nil && filepath.Ext(file.Name) == ".request" {
				by, _ = keyring.OpenRequest(b)
			} else if h, err := bundle.Peek(bytes.NewReader(b)); err == nil {
				by.Replica, by.Incarnation = h.Replica, h.Incarnation
			}
			if by.Replica != c.Store.Self().Replica && by.Incarnation > 0 {
				taken += string(matter.Series(by.Replica[0], by.Incarnation))
			}
		}
		return taken
	})
}

func write(b []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(b); return err }
}

// Asking is a request that waits for a person.
type Asking struct {
	keyring.Card
	Print string // ten digits to be compared by telephone
	Out   bool   // its computer was put out of use, or has other keys now

	file folder.File // the certificate of an office above
}

// Print gives the ten digits of this computer.
func (c *Courier) Print() string { return keyring.Fingerprint(c.Card()) }

// Requests lists who asks to be accepted and is not yet.
func (c *Courier) Requests(ctx context.Context) ([]Asking, error) {
	f, err := c.connect()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files, _ := f.Inbox(c.Settings.Unit) // one unreadable directory keeps nobody else waiting
	ps, err := c.peers(ctx)
	if err != nil {
		return nil, err
	}
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	known := map[journal.Hash]bool{}
	for _, p := range ps {
		known[p.Hash()], known[p.Turned().Hash()] = !p.Revoked, !p.Revoked
		for _, f := range p.Former {
			known[f.Card] = !p.Revoked
		}
	}
	var list []Asking
	for _, file := range files {
		if filepath.Ext(file.Name) != ".request" {
			continue
		}
		card, err := c.request(f, file)
		if err != nil {
			if err := c.setAside(ctx, f, file, err, &Round{}); err != nil {
				return nil, err
			}
			continue
		}
		if !known[card.Hash()] {
			known[card.Hash()] = true
			list = append(list, Asking{Card: card, Print: keyring.Fingerprint(card), Out: b.revoked(author{card.Unit, card.Replica})})
		}
	}
	for i, a := range list { // the same computer asks again, under the keys that it has now
		list[i].Out = a.Out || slices.ContainsFunc(list, func(b Asking) bool {
			return b.Replica == a.Replica && slices.ContainsFunc(b.Former, func(f keyring.Former) bool { return f.Card == a.Hash() })
		})
	}
	return list, nil
}

// request reads one; the directory, the card and its role must agree.
func (c *Courier) request(f *folder.Folder, file folder.File) (keyring.Card, error) {
	b, err := c.read(f, file, keyring.MaxPaper)
	if err != nil {
		return keyring.Card{}, err
	}
	card, err := keyring.OpenRequest(b)
	if err != nil {
		return card, err
	}
	if card.Unit != file.From || !matter.Above(c.Settings.Unit, card.Unit) {
		return card, fmt.Errorf("%w: unit %s", keyring.ErrForged, card.Unit)
	}
	if card.Practice != c.Settings.Practice {
		return card, errPractice
	}
	return card, nil
}

func (c *Courier) read(f *folder.Folder, file folder.File, limit int64) ([]byte, error) {
	return read(f, c.Settings.Unit, file, limit)
}

func read(f *folder.Folder, to string, file folder.File, limit int64) ([]byte, error) {
	in, _, err := f.OpenFile(to, file.From, file.Name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, limit+1))
}

// Accept lets the computer in that asks for a unit and shows this fingerprint: we know it from now on, and it gets our
// certificate. One that was let in before gets it again. It fails with ErrNoRequest, ErrDigits or ErrPrint.
func (c *Courier) Accept(ctx context.Context, unit, print string) (keyring.Card, error) {
	card, _, err := c.letIn(ctx, unit, print)
	return card, err
}

// Replace lets a computer in as Accept does, and puts those out of use that the unit had before; not those that asked after one which
// was let in already, as far as their clocks tell: then it fails with ErrLater.
func (c *Courier) Replace(ctx context.Context, unit, print string) (keyring.Card, error) {
	card, again, err := c.letIn(ctx, unit, print)
	if err != nil {
		return card, err
	}
	later := false
	err = c.revoke(ctx, unit, func(p peer) bool {
		kept := again && p.Card.Replica != card.Replica && p.Asked.After(card.Asked)
		later = later || kept
		return p.Card.Replica != card.Replica && !kept
	})
	if err == nil && later {
		err = ErrLater
	}
	return card, err
}

// letIn also says whether the computer was in use already.
func (c *Courier) letIn(ctx context.Context, unit, print string) (card keyring.Card, again bool, err error) {
	if len(digits(print)) != 10 {
		return card, false, ErrDigits
	}
	asking, err := c.Requests(ctx)
	if err != nil {
		return card, false, err
	}
	seen := false
	for _, a := range asking {
		if a.Unit != unit {
			continue
		}
		if seen = true; a.Print == digits(print) {
			return a.Card, false, c.accept(ctx, a.Card)
		}
	}
	ps, err := c.peers(ctx)
	if err != nil {
		return card, false, err
	}
	for _, p := range ps {
		if p.Card.Unit == unit && !p.Revoked && keyring.Fingerprint(p.Turned()) == digits(print) {
			return p.Turned(), true, c.accept(ctx, p.Turned()) // its certificate may have been lost
		}
	}
	if seen {
		return card, false, ErrPrint
	}
	return card, false, ErrNoRequest
}

func (c *Courier) accept(ctx context.Context, card keyring.Card) error {
	paper, err := c.Keys.Certify(c.Card(), card, c.Now().UTC())
	if err != nil {
		return err
	}
	f, err := c.connect()
	if err != nil {
		return err
	}
	defer f.Close()
	// Known first: a certificate that is out must never meet a county that does not know the station.
	if err := c.know(ctx, card); err != nil {
		return err
	}
	err = c.lay(f, card.Unit, keyring.CertificateName(c.Card(), card), paper, func(there []byte) bool {
		_, err := keyring.OpenCertificate(there, card)
		return err == nil
	})
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	return nil
}

// lay puts a paper of ours into the folder, in the place of what lies there under its name and is not good.
func (c *Courier) lay(f *folder.Folder, to, name string, paper []byte, good func(there []byte) bool) error {
	there, err := read(f, to, folder.File{From: c.Settings.Unit, Name: name}, keyring.MaxList)
	if err == nil && good(there) {
		return nil
	}
	if err == nil || errors.Is(err, folder.ErrTooLarge) {
		if err := f.Remove(to, c.Settings.Unit, name); err != nil {
			return err
		}
	}
	return f.Drop(to, c.Settings.Unit, name, write(paper))
}

// Revoke puts a unit's computers out of use, or the one with this fingerprint, from their next entry on. What lies in the folder by
// then is taken in before. It fails with ErrAbove, ErrNobody or ErrPrint.
func (c *Courier) Revoke(ctx context.Context, unit, print string) error {
	if unit == c.Settings.Parent {
		return ErrAbove
	}
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	inUse := slices.DeleteFunc(ps, func(p peer) bool { return p.Card.Unit != unit || p.Revoked })
	meant := func(p peer) bool { return print == "" || keyring.Fingerprint(p.Turned()) == digits(print) }
	if len(inUse) == 0 {
		return ErrNobody
	}
	if !slices.ContainsFunc(inUse, meant) {
		return ErrPrint
	}
	return c.revoke(ctx, unit, meant)
}

func (c *Courier) revoke(ctx context.Context, unit string, meant func(peer) bool) error {
	var unread error
	if f, err := c.connect(); err == nil { // a stolen computer does not wait for a folder
		defer f.Close()
		unread = c.collect(ctx, f, &Round{})
	}
	if _, err := c.keyPapers(ctx); err != nil { // ours goes on naming whom theirs named
		return err
	}
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if p.Card.Unit == unit && !p.Revoked && meant(p) {
			if err := c.Store.Revoke(ctx, p.Card.Replica); err != nil {
				return err
			}
		}
	}
	return unread
}

func digits(s string) string {
	out := []rune{}
	for _, r := range spelling.Plain(s) {
		if r >= '0' && r <= '9' {
			out = append(out, r)
		}
	}
	return string(out)
}
