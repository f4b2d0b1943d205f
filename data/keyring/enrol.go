package keyring

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// MaxPaper is the size in bytes that a request, a certificate or a statement may have; a real one is below 2 KiB.
const MaxPaper = 16 << 10

// Certificate is how one level accepts a computer of another.
type Certificate struct {
	By      Card         `json:"by"`      // who accepts; its key signed the certificate
	Unit    string       `json:"unit"`    // unit code of the accepted computer
	Accepts journal.Hash `json:"accepts"` // Hash of its card
	Granted time.Time    `json:"granted"` // wall time, for people
}

// RequestName is the name of the file in which a computer asks: enrol-<16 hexadecimal digits of its card's
// Hash>.request.
func RequestName(asker Card) string { return "enrol-" + short(asker) + ".request" }

// CertificateName is the name of the file that answers the asker: enrol-<of its card>-<of who accepts>.certificate.
func CertificateName(by, asker Card) string {
	return "enrol-" + short(asker) + "-" + short(by) + ".certificate"
}

// short tells one card from another in a name. Nothing that people compare stands there.
func short(c Card) string {
	h := c.Hash()
	return fmt.Sprintf("%x", h[:8])
}

// Request writes the paper in which this computer asks to be accepted. The card must carry this identity's keys.
func (id Identity) Request(c Card) ([]byte, error) {
	if err := id.holds(c); err != nil {
		return nil, err
	}
	return id.seal("request", c)
}

// OpenRequest reads a request and verifies that its asker holds the key on the card. Whether the asker is who it says,
// only the fingerprint tells. It fails with ErrDamaged, ErrForged, ErrNewer or ErrTooLarge.
func OpenRequest(file []byte) (Card, error) {
	var c Card
	if err := open("request", file, MaxPaper, &c, c.self); err != nil {
		return Card{}, err
	}
	return c, nil
}

// self is who signs a paper that carries the card of its signer. Of its keys of tomorrow only a statement speaks.
func (c *Card) self() (suite.Public, error) {
	c.Next = nil
	return c.Public, c.check()
}

// Certify writes the paper in which this computer, whose card is by, accepts another at the given time. It fails with
// ErrSuite where the other has keys of another suite.
func (id Identity) Certify(by, accepted Card, at time.Time) ([]byte, error) {
	if err := id.holds(by); err != nil {
		return nil, err
	}
	if err := accepted.check(); err != nil {
		return nil, err
	}
	if accepted.Suite() != by.Suite() {
		return nil, ErrSuite
	}
	return id.seal("certificate", Certificate{by, accepted.Unit, accepted.Hash(), at})
}

// OpenCertificate reads a certificate for the computer whose card is mine. The county's own fingerprint (of By) is for
// a person to compare before its key is believed. It fails with ErrStranger where another computer, or this one with
// other keys, was accepted, with ErrSuite where the county uses another suite; else as OpenRequest does.
func OpenCertificate(file []byte, mine Card) (Certificate, error) {
	var c Certificate
	if err := open("certificate", file, MaxPaper, &c, c.By.self); err != nil {
		return Certificate{}, err
	}
	if c.By.Suite() != mine.Suite() {
		return Certificate{}, ErrSuite
	}
	if c.Accepts != mine.Hash() {
		return Certificate{}, fmt.Errorf("%w: of unit %q", ErrStranger, c.Unit)
	}
	return c, nil
}

// Signer is the card of who signed a request, a certificate or a list.
func Signer(file []byte) (Card, error) {
	var asks Card
	if err := open("request", file, MaxPaper, &asks, asks.self); err == nil {
		return asks, nil
	}
	var grants Certificate
	if err := open("certificate", file, MaxPaper, &grants, grants.By.self); err == nil {
		return grants.By, nil
	}
	var l List
	err := open("keylist", file, MaxList, &l, l.By.self)
	return l.By, err
}

// Granted says whether a paper is a certificate of this identity's, under keys of today or before, for the computer of
// a card.
func (id Identity) Granted(file []byte, to Card) bool {
	to = to.Turned()
	accepted := []journal.Hash{to.Hash()}
	for _, f := range to.Former {
		accepted = append(accepted, f.Card)
	}
	return slices.ContainsFunc(id.Publics(), func(by suite.Public) bool {
		var c Certificate
		err := open("certificate", file, MaxPaper, &c, func() (suite.Public, error) { return by, nil })
		return err == nil && slices.Contains(accepted, c.Accepts)
	})
}

func (id Identity) holds(c Card) error {
	if !c.Equal(id.public) {
		return fmt.Errorf("%w: the card carries other keys", ErrForged)
	}
	return c.check()
}

type paper struct {
	Kind      string          `json:"lianluo"`
	Content   json.RawMessage `json:"content"`
	Signature []byte          `json:"signature"`
}

func (id Identity) seal(kind string, content any) ([]byte, error) {
	b, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	s, err := suite.Named(id.Current.Suite)
	if err != nil {
		return nil, err
	}
	signature, err := s.Sign(id.Current, signed(kind, b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	out, err := json.MarshalIndent(paper{kind + " 1", b, signature}, "", "  ")
	return append(out, '\n'), err
}

// open reads a paper into content, asks who is believed to have signed it, which the content may tell, and verifies it.
func open(kind string, file []byte, limit int, content any, signer func() (suite.Public, error)) error {
	if len(file) > limit {
		return fmt.Errorf("%w: %d bytes", ErrTooLarge, len(file))
	}
	var p paper
	if err := json.Unmarshal(file, &p); err != nil {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if p.Kind != kind+" 1" {
		if strings.HasPrefix(p.Kind, kind+" ") {
			return fmt.Errorf("%w: %q", ErrNewer, p.Kind)
		}
		return fmt.Errorf("%w: a %q is no %s", ErrDamaged, p.Kind, kind)
	}
	if err := json.Unmarshal(p.Content, content); err != nil {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	by, err := signer()
	if err != nil {
		return err
	}
	s, err := suite.Named(by.Suite())
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNewer, err)
	}
	if !s.Verify(by.Sign, signed(kind, p.Content), p.Signature) {
		return ErrForged
	}
	return nil
}

func signed(kind string, content []byte) []byte {
	b := bytes.NewBufferString("lianluo " + kind + " 1\n")
	_ = json.Compact(b, content) // content was parsed before: it cannot fail
	return b.Bytes()
}
