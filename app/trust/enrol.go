package trust

import (
	"context"
	"fmt"
	"slices"

	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/unit"
)

// Why an enrolment goes no further.
var (
	ErrNoRequest = problem.New("no such request", "没有找到这个站的申请。请让站里先报送一次，再核对代码。")
	ErrAbove     = problem.New("the office above cannot be put out of use",
		"上级不由本单位停用。上级换了电脑的，请打电话核对校验号，确认新的；旧的就自动停用了。")
	ErrNobody  = problem.New("nobody of that unit is in use", "这个单位没有在用的电脑，不用停用。请核对代码（“报送”页里有）。")
	ErrPartner = problem.New("nobody of that unit is known", "还没有和这个单位接上，没有它的校验号。请核对代码。")
	ErrLater   = problem.New("a computer that asked later stays in use",
		"已确认；这个单位还有一台电脑在用，它申请得更晚，没有停用。要停用它，请在“报送”里选它，点“停用…”。")
)

// Ask puts a request into the folder of the upper unit, which it needs again when its computer is replaced; one that
// lies there says the same.
func (t *Trust) Ask(f *folder.Folder) error {
	card := t.Card()
	b, err := t.Keys().Request(card)
	if err != nil {
		return err
	}
	return f.Lay(t.Settings.Parent, t.Settings.Unit, keyring.RequestName(card), b, keyring.MaxPaper,
		func(there []byte) bool {
			lies, err := keyring.OpenRequest(there)
			return err == nil && lies.Hash() == card.Hash()
		})
}

// Asking is one who asks to be believed, and waits for a person: below us by a request, above by a certificate. Its
// words are its own claim and tell of no telephone: whoever compares calls the number in the own book.
type Asking struct {
	keyring.Card
	Out bool // its computer was put out of use, or has other keys now

	file folder.File // the certificate of an office above
}

// Requests lists who asks to be accepted and is not yet, the newest of each unit where there are many. It computes no
// digits, see Prints.
func (t *Trust) Requests(ctx context.Context) ([]Asking, error) {
	list, err := t.requests(ctx, "")
	for i := range list {
		list[i].Phone = ""
	}
	return list, err
}

// requests are those of one unit, or some of all.
func (t *Trust) requests(ctx context.Context, unit string) ([]Asking, error) {
	f, err := t.Connect()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	pic, err := t.Picture(ctx)
	if err != nil {
		return nil, err
	}
	var files []folder.File
	most := mostOf
	if unit != "" {
		files, err = f.List(t.Settings.Unit, unit, ".request")
	} else {
		if err := t.Recall(ctx, f); err != nil {
			return nil, err
		}
		senders, _ := f.Senders(t.Settings.Unit)
		for _, p := range pic.peers { // there may be thousands of others
			if !slices.Contains(senders, p.Card.Unit) {
				senders = append(senders, p.Card.Unit)
			}
		}
		for _, from := range senders {
			of, _ := t.lying(f, from, ".request") // one unreadable directory keeps nobody else waiting
			files = append(files, of...)
		}
		most = mostShown
	}
	if err != nil {
		return nil, err
	}
	type asker struct { // of its former keys a computer tells what it likes: of others nothing follows from that
		r    journal.Replica
		card journal.Hash
	}
	known := map[asker]bool{}
	for _, p := range pic.peers {
		r := p.Card.Replica
		known[asker{r, p.Hash()}], known[asker{r, p.Turned().Hash()}] = !p.Revoked, !p.Revoked
		for _, f := range p.Former {
			known[asker{r, f.Card}] = !p.Revoked
		}
	}
	var list []Asking
	changed := map[journal.Hash]bool{} // cards whose computer asks again under other keys
	asking, err := t.papers(ctx, files, ".request", most)
	if err != nil {
		return nil, err
	}
	for _, file := range asking {
		card, err := t.request(f, file, pic)
		is := asker{card.Replica, card.Hash()}
		if err != nil || known[is] {
			continue // the round names it
		}
		known[is] = true
		list = append(list, Asking{Card: card, Out: pic.Revoked(Author{card.Unit, card.Replica})})
		for _, f := range card.Former {
			changed[f.Card] = true
		}
	}
	said := map[string][][]byte{}
	for i, a := range list {
		if !changed[a.Hash()] { // that is what another request says; its statement proves it
			continue
		}
		if _, read := said[a.Unit]; !read {
			if said[a.Unit], err = t.statements(ctx, f, a.Unit); err != nil {
				return nil, err
			}
		}
		list[i].Out = a.Out || since(said[a.Unit], a.Card).Hash() != a.Hash()
	}
	return list, nil
}

// Partners are the computers of a unit that we know, in use or put out of use. It fails with ErrPartner where there
// are none.
func (t *Trust) Partners(ctx context.Context, unit string) (list []Asking, err error) {
	ps, err := t.Peers(ctx)
	for _, p := range ps {
		if p.Card.Unit == unit {
			list = append(list, Asking{Card: p.Turned(), Out: p.Revoked})
		}
	}
	if err == nil && len(list) == 0 {
		err = ErrPartner
	}
	return list, err
}

// request reads one; the directory, the card and its role must agree, and its computer must be no other unit's.
func (t *Trust) request(f *folder.Folder, file folder.File, pic Picture) (keyring.Card, error) {
	b, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
	if err != nil {
		return keyring.Card{}, err
	}
	card, err := keyring.OpenRequest(b)
	if err != nil {
		return card, err
	}
	if card.Unit != file.From || !unit.Above(t.Settings.Unit, card.Unit) || pic.foreign(card.Unit, card.Replica) {
		return card, fmt.Errorf("%w: unit %s", keyring.ErrForged, card.Unit)
	}
	if card.Practice != t.Settings.Practice {
		return card, ErrPractice
	}
	return card, nil
}

// Accept lets the computer in that asks for a unit and has these digits: we know it from now on, and it gets our
// certificate. One that was let in before gets it again. It fails with ErrNoRequest, ErrPrint, ErrMany and as Typed
// does.
func (t *Trust) Accept(ctx context.Context, unit, print string) (keyring.Card, error) {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return keyring.Card{}, err
	}
	card, _, err := t.letIn(ctx, unit, print)
	return card, err
}

// Replace lets a computer in as Accept does, and puts those out of use that the unit had before; not those that asked
// after one which was let in already, as far as their clocks tell: then it fails with ErrLater. What lies in the
// folder by then the courier takes in before.
func (t *Trust) Replace(ctx context.Context, unit, print string) (keyring.Card, error) {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return keyring.Card{}, err
	}
	card, again, err := t.letIn(ctx, unit, print)
	if err != nil {
		return card, err
	}
	later := false
	err = t.revoke(ctx, func(p Peer) bool {
		kept := again && p.Card.Replica != card.Replica && p.Asked.After(card.Asked)
		other := p.Card.Unit == unit && p.Card.Replica != card.Replica
		later = later || kept && other && !p.Revoked
		return other && !kept
	})
	if err == nil && later {
		err = ErrLater
	}
	return card, err
}

// letIn also says whether the computer was in use already.
func (t *Trust) letIn(ctx context.Context, unit, print string) (card keyring.Card, again bool, err error) {
	digits, err := Typed(print)
	if err != nil {
		return card, false, err
	}
	asking, err := t.requests(ctx, unit)
	if err != nil {
		return card, false, err
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return card, false, err
	}
	var cards []keyring.Card
	for _, p := range ps {
		if p.Card.Unit == unit && !p.Revoked {
			cards = append(cards, p.Turned()) // its certificate may have been lost
		}
	}
	inUse := len(cards)
	for _, a := range asking {
		if a.Unit == unit {
			cards = append(cards, a.Card)
		}
	}
	at, err := t.find(ctx, cards, digits)
	switch {
	case err == nil:
		return cards[at], at < inUse, t.accept(ctx, cards[at])
	case len(cards) == inUse:
		return card, false, ErrNoRequest
	}
	return card, false, err
}

func (t *Trust) accept(ctx context.Context, card keyring.Card) error {
	paper, err := t.Keys().Certify(t.Card(), card, t.Now().UTC())
	if err != nil {
		return err
	}
	f, err := t.Connect()
	if err != nil {
		return err
	}
	defer f.Close()
	// Known first: a certificate that is out must never meet a county that does not know the station.
	if err := t.know(ctx, card, t.Now()); err != nil {
		return err
	}
	err = f.Lay(card.Unit, t.Settings.Unit, keyring.CertificateName(t.Card(), card), paper, keyring.MaxPaper,
		func(there []byte) bool {
			lies, err := keyring.OpenCertificate(there, card)
			return err == nil && lies.By.Hash() == t.Card().Hash()
		})
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	return nil
}

// Revoke puts a unit's computers out of use, or the one with these digits, from their next entry on. What lies in the
// folder by then the courier takes in before. It fails with ErrAbove, ErrNobody, ErrPrint and as Typed does.
func (t *Trust) Revoke(ctx context.Context, unit, print string) error {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return err
	}
	if unit == t.Settings.Parent {
		return ErrAbove
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return err
	}
	inUse := slices.DeleteFunc(ps, func(p Peer) bool { return p.Card.Unit != unit || p.Revoked })
	if len(inUse) == 0 {
		return ErrNobody
	}
	if print == "" {
		return t.revoke(ctx, func(p Peer) bool { return p.Card.Unit == unit })
	}
	digits, err := Typed(print)
	if err != nil {
		return err
	}
	var cards []keyring.Card
	for _, p := range inUse {
		cards = append(cards, p.Turned())
	}
	at, err := t.find(ctx, cards, digits)
	if err != nil {
		return err
	}
	return t.Out(ctx, inUse[at].Card.Replica)
}

// Out puts one computer out of use as Revoke does. It fails with ErrAbove or ErrNobody.
func (t *Trust) Out(ctx context.Context, r journal.Replica) error {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return err
	}
	ps, err := t.Peers(ctx)
	at := slices.IndexFunc(ps, func(p Peer) bool { return p.Card.Replica == r && !p.Revoked })
	switch {
	case err != nil:
		return err
	case at < 0:
		return ErrNobody
	case ps[at].Card.Unit == t.Settings.Parent:
		return ErrAbove
	}
	return t.revoke(ctx, func(p Peer) bool { return p.Card.Replica == r })
}

// revoke puts computers out of use, and first takes into our list whom theirs named.
func (t *Trust) revoke(ctx context.Context, meant func(Peer) bool) error {
	if _, err := t.Papers(ctx); err != nil {
		return err
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if !p.Revoked && meant(p) {
			if err := peer.Revoke(ctx, t.Store, p.Card.Replica); err != nil {
				return err
			}
		}
	}
	return nil
}
