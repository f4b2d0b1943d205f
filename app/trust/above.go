package trust

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/right"
)

// An office above is believed once a person here compared its digits, and by nothing else: not because it is the
// first, nor after its computer or ours was restored. The digits may be typed before its certificate is here
// (Store.Await), so that one call is enough.

// judge says of a certificate that lies here what keeps us from believing it; nil where we do or need not.
func (t *Trust) judge(ctx context.Context, f *folder.Folder, file folder.File, pic Picture) error {
	said, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
	if err != nil {
		return err
	}
	by, err := t.certified(said, file, pic)
	if errors.Is(err, keyring.ErrStranger) {
		return nil // for another computer of this unit
	}
	if err != nil {
		return err
	}
	known := false
	for _, p := range pic.peers {
		// the same certificate again, perhaps from before its keys changed
		if p.Card.Unit == by.Unit && p.Card.Replica == by.Replica {
			return nil
		}
		known = known || p.Card.Unit == by.Unit
	}
	awaited, err := peer.Awaited(ctx, t.Store, by.Unit)
	if err != nil {
		return err
	}
	switch {
	case pic.Superseded(by):
		return nil
	case awaited == "" && known:
		return ErrOtherOffice
	case awaited == "":
		return ErrUncompared
	}
	statements, err := t.statements(ctx, f, by.Unit)
	if err != nil {
		return err
	}
	if t.Noted(ctx, since(statements, by)) != awaited {
		return ErrOtherDigits
	}
	return ErrUncompared
}

// certified reads a certificate for this computer by the office above.
func (t *Trust) certified(b []byte, file folder.File, pic Picture) (keyring.Card, error) {
	mine := t.Card()
	cert, err := keyring.OpenCertificate(b, mine)
	for _, former := range t.Keys().Publics()[1:] { // given when we had other keys
		if errors.Is(err, keyring.ErrStranger) {
			mine.Public = former
			cert, err = keyring.OpenCertificate(b, mine)
		}
	}
	if err != nil {
		return keyring.Card{}, err
	}
	if cert.By.Unit != t.Settings.Parent || file.From != t.Settings.Parent ||
		pic.foreign(cert.By.Unit, cert.By.Replica) {
		return keyring.Card{}, fmt.Errorf("%w: from unit %s", keyring.ErrForged, cert.By.Unit)
	}
	if cert.By.Practice != t.Settings.Practice {
		return keyring.Card{}, ErrPractice
	}
	return cert.By, nil
}

// Offices lists the computers of the office above that accepted this one and that nobody here compared. Where we knew
// another one before, somebody replaced a computer there, or somebody steps into its place. Only a telephone call
// tells.
func (t *Trust) Offices(ctx context.Context) ([]Asking, error) {
	list, err := t.certificates(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	pic, err := t.Picture(ctx)
	if err != nil {
		return nil, err
	}
	files, err := peer.Files(ctx, t.Store)
	answered := map[string]bool{}
	for _, f := range files {
		answered[f.Name] = f.Sender == t.Settings.Parent && f.Why == ""
	}
	list = slices.DeleteFunc(list,
		func(a Asking) bool { return pic.knows(a.Replica) || answered[a.file.Name] || pic.Superseded(a.Card) })
	for i := range list {
		list[i].Phone = ""
	}
	return list, err
}

// certificates are those of the office above that accept us, each with the keys that its computer has now.
func (t *Trust) certificates(ctx context.Context) ([]Asking, error) {
	if t.Settings.Parent == "" {
		return nil, nil
	}
	f, err := t.Connect()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := t.Recall(ctx, f); err != nil {
		return nil, err
	}
	files, err := t.lying(f, t.Settings.Parent, ".certificate")
	if err != nil {
		return nil, err
	}
	pic, err := t.Picture(ctx)
	if err != nil {
		return nil, err
	}
	statements, err := t.statements(ctx, f, t.Settings.Parent)
	if err != nil {
		return nil, err
	}
	if files, err = t.papers(ctx, files, ".certificate", mostOf); err != nil {
		return nil, err
	}
	var list []Asking
	for _, file := range files {
		b, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
		if err != nil {
			continue // one bad file hides no other
		}
		by, err := t.certified(b, file, pic)
		if err != nil {
			continue
		}
		at := slices.IndexFunc(pic.peers, func(p Peer) bool { return p.Card.Replica == by.Replica })
		if at >= 0 && pic.peers[at].had(by) { // what is known of it is newer
			by = pic.peers[at].Card
		}
		list = append(list, Asking{Card: since(statements, by), Out: at >= 0, file: file})
	}
	return list, nil
}

// Follow takes the digits of the office above that a person here heard or read, and believes the computer that has
// them from now on, in place of the one before. Where none has them yet they are kept, and the certificate that fits
// is believed when it comes. It fails with ErrPrint where a certificate is here that does not fit (the digits are
// kept all the same: it may be a forged one), with ErrMany, with ErrOwn and as Typed does. What lies in the folder by
// then the courier takes in before.
func (t *Trust) Follow(ctx context.Context, print string) error {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return err
	}
	digits, err := Typed(print)
	switch {
	case err != nil:
		return err
	case digits == t.Print():
		return ErrOwn
	}
	done, why := t.heard(ctx, digits, true)
	if done || why != nil && !errors.Is(why, ErrPrint) && !errors.Is(why, ErrMany) {
		return why
	}
	if err := peer.Await(ctx, t.Store, t.Settings.Parent, digits, t.Now()); err != nil {
		return err
	}
	return why
}

// Recognise believes a certificate whose digits were typed before it came. Where another computer of that office is
// in use it does so only at the end of a round, once that one's files are taken in.
func (t *Trust) Recognise(ctx context.Context, end bool) error {
	digits, err := peer.Awaited(ctx, t.Store, t.Settings.Parent)
	if err != nil || digits == "" {
		return err
	}
	if _, err = t.heard(ctx, digits, end); errors.Is(err, ErrPrint) || errors.Is(err, ErrMany) {
		return nil // it has not come yet
	}
	return err
}

// heard believes the computer of the office above that has these digits, and puts others there out of use, if it may.
// It says whether there was one; else it fails with ErrPrint or ErrMany where there are others whom nobody compared.
func (t *Trust) heard(ctx context.Context, digits string, instead bool) (bool, error) {
	ps, err := t.Peers(ctx)
	if err != nil {
		return false, err
	}
	var cards []keyring.Card
	var doubtful bool
	ps = slices.DeleteFunc(ps, func(p Peer) bool { return p.Card.Unit != t.Settings.Parent || p.Revoked })
	for _, p := range ps {
		cards, doubtful = append(cards, p.Turned()), doubtful || p.Compared == ""
	}
	offices, err := t.certificates(ctx)
	if err != nil { // the folder is away
		offices = nil
	}
	fresh, err := t.Offices(ctx)
	if err != nil {
		fresh = nil
	}
	for _, o := range offices {
		cards = append(cards, o.Card)
	}
	at, err := t.find(ctx, cards, digits)
	switch {
	case err != nil && (doubtful || len(fresh) > 0):
		return false, err
	case err != nil:
		return false, nil
	case at >= len(ps) && len(ps) > 0 && !instead:
		return false, nil
	}
	if err := t.know(ctx, cards[at], t.Now()); err != nil {
		return false, err
	}
	if err := peer.Await(ctx, t.Store, t.Settings.Parent, "", t.Now()); err != nil || at < len(ps) {
		return true, err
	}
	for _, o := range offices { // those are answered, too
		if err := peer.Met(ctx, t.Store, t.Now(), Ledger(o.file, "")); err != nil {
			return false, err
		}
	}
	return true,
		t.revoke(ctx,
			func(p Peer) bool { return p.Card.Unit == t.Settings.Parent && p.Card.Replica != cards[at].Replica })
}

// Above is how far this computer and the office above have come with each other.
type Above struct {
	Believed bool // a computer of it is in use
	Compared bool // a person here compared its digits
	Awaited  bool // digits were typed that no certificate here has
	Offered  int  // certificates that are here and that nobody compared
}

// Stage is how far a person here came with comparing the digits of the office above.
type Stage int

// The stages.
const (
	Settled  Stage = iota // there is nothing to compare
	First                 // nothing is here yet
	Noted                 // its digits were typed, and nobody showed them yet
	Expected              // beside the office that we know the digits of another computer of it were typed
	Offered               // somebody showed himself as the office
	Misfit                // what was shown is not what was typed
	Former                // a program of before believed it without asking a person
	Doubtful              // what a program of before believes is not what was typed
	Another               // beside the office that we know another computer shows itself as it
	Stranger              // and it is not what was typed
)

// Stage tells it, where there is an office above.
func (a Above) Stage() Stage {
	is := [2]bool{a.Offered > 0, a.Awaited}
	switch {
	case a.Believed && a.Compared:
		return map[[2]bool]Stage{{true, false}: Another, {true, true}: Stranger, {false, true}: Expected}[is]
	case a.Believed && a.Awaited:
		return Doubtful
	case a.Believed:
		return Former
	}
	return map[[2]bool]Stage{{false, false}: First, {true, false}: Offered, {true, true}: Misfit,
		{false, true}: Noted}[is]
}

// Grave says whether somebody may pass himself off as the office.
func (s Stage) Grave() bool { return s == Misfit || s == Doubtful || s == Another || s == Stranger }

// Above tells it, as far as the folder can be read now.
func (t *Trust) Above(ctx context.Context) (a Above, err error) {
	if t.Settings.Parent == "" {
		return a, nil
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return a, err
	}
	for _, p := range ps {
		if p.Card.Unit == t.Settings.Parent && !p.Revoked {
			a.Believed, a.Compared = true, a.Compared || p.Compared != ""
		}
	}
	digits, err := peer.Awaited(ctx, t.Store, t.Settings.Parent)
	if err != nil {
		return a, err
	}
	a.Awaited = digits != ""
	if offered, err := t.Offices(ctx); err == nil {
		a.Offered = len(offered)
	}
	return a, nil
}
