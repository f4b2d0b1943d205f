package keyring

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"lianluo.local/data/journal"
)

// Attestation is a paper that lies beside a file and says that a computer's office signed it: FILE.sig beside FILE.
type Attestation struct {
	By   Card         `json:"by"`
	File string       `json:"file"` // its name then, for people
	Size int64        `json:"size"` // bytes
	Hash journal.Hash `json:"hash"` // SHA-256 of the file
	At   time.Time    `json:"at"`   // wall time, for people
}

// Attest writes the paper that says that this computer, whose card is by, signed a file at the given time.
func (id Identity) Attest(by Card, name string, file []byte, at time.Time) ([]byte, error) {
	by = by.bare()
	if err := id.holds(by); err != nil {
		return nil, err
	}
	return id.seal("signature", Attestation{by, Words(name), int64(len(file)), sha256.Sum256(file), at})
}

// OpenAttestation reads the paper that lies beside a file. It fails with ErrStranger where another file, or this one with other
// contents, was signed; else as OpenRequest does. Whether the computer that signed is who it says, the paper does not tell.
func OpenAttestation(paper, file []byte) (Attestation, error) {
	var a Attestation
	if err := open("signature", paper, MaxPaper, &a, a.By.self); err != nil {
		return Attestation{}, err
	}
	if a.Size != int64(len(file)) || a.Hash != sha256.Sum256(file) {
		return a, fmt.Errorf("%w: of another file than %d bytes", ErrStranger, len(file))
	}
	return a, nil
}

// JSON is a card as a signed file carries it, without what it tells of other keys: those a reader has from lists.
func (c Card) JSON() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return json.Marshal(c.bare())
}

func (c Card) bare() Card {
	c.Next, c.Former = nil, nil
	return c
}

// ReadCard reads a card that a signed file carries. It fails with ErrDamaged, ErrNewer or ErrTooLarge.
func ReadCard(b []byte) (c Card, err error) {
	if len(b) > MaxPaper {
		return c, fmt.Errorf("%w: card of %d bytes", ErrTooLarge, len(b))
	}
	if err := json.Unmarshal(b, &c); err != nil {
		return Card{}, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return c.bare(), c.check()
}
