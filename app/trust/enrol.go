package trust

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

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
)

// Ask puts a request into the folder of the upper unit, which it needs again when its computer is replaced; one that lies there
// says the same.
func (t *Trust) Ask(f *folder.Folder) error {
	card := t.Card()
	b, err := t.Keys.Request(card)
	if err != nil {
		return err
	}
	return f.Lay(t.Settings.Parent, t.Settings.Unit, keyring.RequestName(card), b, keyring.MaxPaper, func(there []byte) bool {
		_, err := keyring.OpenRequest(there)
		return err == nil
	})
}

// Asking is a request that waits for a person.
type Asking struct {
	keyring.Card
	Print string // ten digits to be compared by telephone
	Out   bool   // its computer was put out of use, or has other keys now

	file folder.File // the certificate of an office above
}

// Print gives the ten digits of this computer.
func (t *Trust) Print() string { return keyring.Fingerprint(t.Card()) }

// Requests lists who asks to be accepted and is not yet.
func (t *Trust) Requests(ctx context.Context) ([]Asking, error) {
	f, err := t.Connect()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files, _ := f.Inbox(t.Settings.Unit) // one unreadable directory keeps nobody else waiting
	ps, err := t.Peers(ctx)
	if err != nil {
		return nil, err
	}
	pic, err := t.Picture(ctx)
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
		card, err := t.request(f, file)
		if err != nil {
			continue // the round names it
		}
		if !known[card.Hash()] {
			known[card.Hash()] = true
			list = append(list, Asking{Card: card, Print: keyring.Fingerprint(card), Out: pic.Revoked(Author{card.Unit, card.Replica})})
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
func (t *Trust) request(f *folder.Folder, file folder.File) (keyring.Card, error) {
	b, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
	if err != nil {
		return keyring.Card{}, err
	}
	card, err := keyring.OpenRequest(b)
	if err != nil {
		return card, err
	}
	if card.Unit != file.From || !matter.Above(t.Settings.Unit, card.Unit) {
		return card, fmt.Errorf("%w: unit %s", keyring.ErrForged, card.Unit)
	}
	if card.Practice != t.Settings.Practice {
		return card, ErrPractice
	}
	return card, nil
}

// Accept lets the computer in that asks for a unit and shows this fingerprint: we know it from now on, and it gets our
// certificate. One that was let in before gets it again. It fails with ErrNoRequest, ErrDigits or ErrPrint.
func (t *Trust) Accept(ctx context.Context, unit, print string) (keyring.Card, error) {
	card, _, err := t.letIn(ctx, unit, print)
	return card, err
}

// Replace lets a computer in as Accept does, and puts those out of use that the unit had before; not those that asked after one which
// was let in already, as far as their clocks tell: then it fails with ErrLater.
func (t *Trust) Replace(ctx context.Context, unit, print string) (keyring.Card, error) {
	card, again, err := t.letIn(ctx, unit, print)
	if err != nil {
		return card, err
	}
	later := false
	err = t.revoke(ctx, unit, func(p Peer) bool {
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
func (t *Trust) letIn(ctx context.Context, unit, print string) (card keyring.Card, again bool, err error) {
	if len(digits(print)) != 10 {
		return card, false, ErrDigits
	}
	asking, err := t.Requests(ctx)
	if err != nil {
		return card, false, err
	}
	seen := false
	for _, a := range asking {
		if a.Unit != unit {
			continue
		}
		if seen = true; a.Print == digits(print) {
			return a.Card, false, t.accept(ctx, a.Card)
		}
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return card, false, err
	}
	for _, p := range ps {
		if p.Card.Unit == unit && !p.Revoked && keyring.Fingerprint(p.Turned()) == digits(print) {
			return p.Turned(), true, t.accept(ctx, p.Turned()) // its certificate may have been lost
		}
	}
	if seen {
		return card, false, ErrPrint
	}
	return card, false, ErrNoRequest
}

func (t *Trust) accept(ctx context.Context, card keyring.Card) error {
	paper, err := t.Keys.Certify(t.Card(), card, t.Now().UTC())
	if err != nil {
		return err
	}
	f, err := t.Connect()
	if err != nil {
		return err
	}
	defer f.Close()
	// Known first: a certificate that is out must never meet a county that does not know the station.
	if err := t.know(ctx, card); err != nil {
		return err
	}
	err = f.Lay(card.Unit, t.Settings.Unit, keyring.CertificateName(t.Card(), card), paper, keyring.MaxPaper, func(there []byte) bool {
		_, err := keyring.OpenCertificate(there, card)
		return err == nil
	})
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	return nil
}

// Revoke puts a unit's computers out of use, or the one with this fingerprint, from their next entry on. What lies in the folder by
// then the courier takes in before. It fails with ErrAbove, ErrNobody or ErrPrint.
func (t *Trust) Revoke(ctx context.Context, unit, print string) error {
	if unit == t.Settings.Parent {
		return ErrAbove
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return err
	}
	inUse := slices.DeleteFunc(ps, func(p Peer) bool { return p.Card.Unit != unit || p.Revoked })
	meant := func(p Peer) bool { return print == "" || keyring.Fingerprint(p.Turned()) == digits(print) }
	if len(inUse) == 0 {
		return ErrNobody
	}
	if !slices.ContainsFunc(inUse, meant) {
		return ErrPrint
	}
	return t.revoke(ctx, unit, meant)
}

// revoke puts computers of a unit out of use, and first takes into our list whom theirs named.
func (t *Trust) revoke(ctx context.Context, unit string, meant func(Peer) bool) error {
	if _, err := t.Papers(ctx); err != nil {
		return err
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if p.Card.Unit == unit && !p.Revoked && meant(p) {
			if err := t.Store.Revoke(ctx, p.Card.Replica); err != nil {
				return err
			}
		}
	}
	return nil
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
