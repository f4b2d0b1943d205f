package keyring

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"
	"unicode/utf8"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// Card is what a computer tells of itself.
type Card struct {
	Unit         string          `json:"unit"`            // code of its unit: 1 to 40 letters, digits and hyphens
	Name         string          `json:"name"`            // what people call the unit; up to 100 letters
	Role         string          `json:"role"`            // what the unit is: "station", "county", …
	Phone        string          `json:"phone,omitempty"` // where to call for the fingerprint
	Replica      journal.Replica `json:"replica"`
	Incarnation  uint32          `json:"incarnation"` // at the time of asking; the acceptance holds for later ones too
	suite.Public                 // sign, and age or sm2
	Asked        time.Time       `json:"asked"`              // wall time, for people
	Practice     bool            `json:"practice,omitempty"` // what it registers are exercises

	// What its statements told, see Follow. Of its former keys it also tells those who meet it only now: its key of today signed that.
	Next   *Next    `json:"next,omitempty"`
	Former []Former `json:"former,omitempty"`
}

var unit = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z-]{0,39}$`)

func (c Card) check() error {
	if err := usable(c.Public); err != nil {
		return err
	}
	switch {
	case c.Replica == journal.Replica{}, c.Incarnation == 0:
		return fmt.Errorf("%w: card without a number", ErrDamaged)
	case !unit.MatchString(c.Unit), c.Role == "":
		return fmt.Errorf("%w: card of unit %q, role %q", ErrDamaged, c.Unit, c.Role)
	case utf8.RuneCountInString(c.Name) > 100, len(c.Role) > 20, len(c.Phone) > 40:
		return fmt.Errorf("%w: words of the card", ErrTooLarge)
	case c.Next == nil:
		return nil
	}
	return usable(c.Next.Public)
}

// usable says whether keys can be used at all.
func usable(p suite.Public) error {
	switch err := p.Check(); {
	case errors.Is(err, suite.ErrUnknown) && len(p.Sign) > 0: // keys, but of what?
		return fmt.Errorf("%w: %w", ErrNewer, err)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// Hash is what an acceptance accepts: the unit, the computer and its two keys. It leaves out the words, so that a new
// telephone number or a field of a newer program does not undo it. It is SHA-256 over five lines: "lianluo card 1", the
// unit, and in hexadecimal the replica and the signing key, and the age key, or the SM2 key in hexadecimal.
func (c Card) Hash() journal.Hash {
	return sha256.Sum256(fmt.Appendf(nil, "lianluo card 1\n%s\n%x\n%x\n%s%x\n", c.Unit, c.Replica[:], []byte(c.Sign), c.Age, []byte(c.SM2)))
}

// stretch is slow on purpose, some milliseconds: ten digits are few, and whoever wants other keys with the same ten
// must pay it ten thousand million times.
const stretch = 20000

// Fingerprint is the ten decimal digits that two people compare over the telephone: the first eight bytes of
// PBKDF2-HMAC-SHA256 over the card's Hash, modulo 10^10. The first time takes milliseconds.
func Fingerprint(c Card) string {
	h := c.Hash()
	if said, ok := prints.Load(h); ok {
		return said.(string)
	}
	b, err := pbkdf2.Key(sha256.New, string(h[:]), []byte("lianluo fingerprint 1"), stretch, 8)
	if err != nil { // only for lengths that cannot occur
		panic(err)
	}
	said := fmt.Sprintf("%010d", binary.BigEndian.Uint64(b)%1e10)
	prints.Store(h, said)
	return said
}

// prints are those that were asked for before: journal.Hash → digits. There are as many as computers that one meets.
var prints sync.Map
