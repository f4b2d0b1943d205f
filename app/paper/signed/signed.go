// Package signed is papers that an office signed with the key of its computer, so that whoever is sent the file can have it
// verified: whose it is, when it was signed, and whether a byte of it is another one since.
//
//	pdf, err := signed.PDF(pdf, signed.Signer{Card: card, Sign: trust.Sign}, now)
//	s, err := signed.Open(pdf)                      // whose, when; nil only where every byte is as it was
//
// Files of other kinds have a paper beside them (keyring.Attest). Whether the key of a card is one that we know, package
// trust says.
//
// # In a PDF
//
// The signature is added behind what typeset wrote (an incremental update of ISO 32000-1, 7.5.6): a signature field that is
// not to be seen, on the first page, and its value (12.8), a CMS without contents over all bytes of the file but its own.
// Readers that know PDF signatures list it; those that do not know its algorithms say so.
//
//	suite         digest     signature                    forms
//	age-ed25519   SHA-512    Ed25519, RFC 8419            CMS, RFC 5652
//	sm2-sm3-sm4   SM3        SM2 with SM3, GB/T 32918.2   GB/T 35275
//
// Its certificate is made for it and signed by its own key: subject are name and code of the unit, the comment is the card
// in JSON, by which the key is looked for among those we know. The signed attributes hold the time and the certificate's
// hash (RFC 5035, in the digest of the suite), so nothing in the CMS can be exchanged.
//
// # What is believed
//
// A file is whole where it holds one signature, which covers the file from its first byte to its last except the place
// where it lies itself, and where writing that place again out of what was read in it gives the same bytes: there is no
// other spelling, and nothing more than we would write. What was added behind (an update that shows another page) is told as
// such and is never whole; two signatures are not judged. Readers disagree on less than that, and a paper that one of them shows
// otherwise would be signed by us.
package signed

import (
	"fmt"
	"time"

	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
)

// Most is the size in bytes of a file that is signed or verified.
const Most = 64 << 20

// Errors of this package. Test with errors.Is.
var (
	ErrNone = problem.New("no signature",
		"这个文件没有签名，看不出是谁做的、改过没有。签名文件（名字后面多 .sig）在旁边的，请和它放在同一个文件夹里再核对。")
	ErrChanged = problem.New("file was changed after it was signed",
		"文件签名以后改过，或者没有传完整，不能当真。请向签名的单位再要一份原件。")
	ErrBehind = problem.New("something was added behind what was signed",
		"签名以后又往文件里加了内容，看到的不一定是签名时的样子，不能当真。请向签名的单位再要一份原件。")
	ErrSeveral = problem.New("several signatures",
		"文件里不止一个签名，本程序不能判断看到的是不是签名时的样子。请向做文件的单位要只有一个签名的原件。")
	ErrForeign = problem.New("not a signature of this program",
		"认不出这个签名：不是联络站程序签的（比如别的系统的电子章），或者签名本身改过。要核对电子章，请用盖章的那个系统。")
	ErrTooLarge = problem.New("file is too large to be signed or verified", "文件太大了，最大可以是 64 MB。")
)

// Signer is who signs: the card of this computer, and what signs with the key on it.
type Signer struct {
	keyring.Card
	Sign func(message []byte) ([]byte, error)
}

// Signature is what a signature says: who signed, and when by his clock.
type Signature struct {
	keyring.Card
	At time.Time
}

// asked gives the card as a certificate keeps it: JSON in ASCII, because certificates hold comments in nothing else.
func asked(c keyring.Card) (string, error) {
	b, err := c.JSON()
	if err != nil {
		return "", fmt.Errorf("card: %w", err)
	}
	var out []byte
	for _, r := range string(b) {
		switch {
		case r < 0x80:
			out = append(out, byte(r))
		case r < 0x10000:
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		}
	}
	return string(out), nil
}
