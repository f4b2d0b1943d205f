package keyring

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// Card is what a computer tells of itself.
type Card struct {
	Unit         string          `json:"unit"`            // code of its unit: 1 to 40 letters, digits and hyphens
	Name         string          `json:"name"`            // what people call the unit; up to 100 letters
	Role         string          `json:"role"`            // what the unit is: "station", "county", …
	Phone        string          `json:"phone,omitempty"` // what it says; nobody calls there to compare
	Replica      journal.Replica `json:"replica"`
	Incarnation  uint32          `json:"incarnation"` // at the time of asking; the acceptance holds for later ones too
	suite.Public                 // sign, and age or sm2
	Asked        time.Time       `json:"asked"`              // wall time, for people
	Practice     bool            `json:"practice,omitempty"` // what it registers are exercises

	// What its statements told, see Follow. Of its former keys it also tells those who meet it only now: its key of
	// today signed that.
	Next   *Next    `json:"next,omitempty"`
	Former []Former `json:"former,omitempty"`
}

// mostFormer is how many former keys a card may tell of: new ones each week for years.
const mostFormer = 500

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
	case !Printable(c.Name + c.Role + c.Phone):
		return fmt.Errorf("%w: words of the card that cannot be printed", ErrDamaged)
	case len(c.Former) > mostFormer:
		return fmt.Errorf("%w: %d former keys", ErrTooLarge, len(c.Former))
	case c.Next == nil:
		return nil
	}
	return usable(c.Next.Public)
}

// Printable says whether words stand as they are on a screen: no line feeds, no escapes, nothing that turns the
// direction of others.
func Printable(words string) bool {
	return utf8.ValidString(words) && !strings.ContainsFunc(words, func(r rune) bool { return !unicode.IsGraphic(r) })
}

// Words are words without what Printable refuses.
func Words(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(words, ""))
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
	return sha256.Sum256(fmt.Appendf(nil, "lianluo card 1\n%s\n%x\n%x\n%s%x\n", c.Unit, c.Replica[:],
		[]byte(c.Sign), c.Age, []byte(c.SM2)))
}
