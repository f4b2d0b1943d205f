package keyring

import (
	"encoding/binary"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/crypto/argon2"

	"lianluo.local/data/journal"
)

// Digits is how many decimal digits two people compare: fifteen of payload and one that tells a slip of the finger.
const Digits = 16

// cost is what one computing of digits takes: Argon2id over that many KiB, that many times, in two lanes.
type cost struct {
	memory, passes uint32
	salt           string
}

// Whoever wants to pass for another must find keys whose card, of that very unit, has the digits of the true one: the
// unit, the computer and both keys are in the Hash, so that nothing can be computed for two units at once, nor before
// the true card is there. One try moves some 1.5 GiB through memory; a graphics card of 1 TB/s manages about 600 a
// second, a thousand of them for a month (2.6 million seconds) some 1.6·10^12 of the 10^15 values: one chance in six
// hundred. That the digits are known to everybody is reckoned with. Exercises never mix with real matters, so theirs
// cost little.
var real, exercise = cost{128 << 10, 4, "lianluo fingerprint 2"}, cost{64, 1, "lianluo fingerprint 2, an exercise"}

// Fingerprint is the sixteen decimal digits that two people compare over a telephone or from a sheet of paper: the
// first eight bytes of Argon2id over the card's Hash modulo 10^15, and a check digit by ISO/IEC 7064, MOD 11,10. It
// takes 128 MiB and about half a second the first time, so it is asked for only where a person compares, see package
// trust.
func Fingerprint(c Card) string {
	return Compared(c.Hash(), c.Practice)
}

// Compared are the digits of whatever two people compare, by its hash, as Fingerprint makes them of a card.
func Compared(h [32]byte, practice bool) string {
	key := known{h, practice}
	if said, ok := prints.Load(key); ok {
		return said.(string)
	}
	one.Lock() // of the memory there may be little
	defer one.Unlock()
	k := exercise
	if !practice {
		k = real
		defer debug.FreeOSMemory() // what it took goes back to the system at once
	}
	b := argon2.IDKey(key.card[:], []byte(k.salt), k.passes, k.memory, 2, 8)
	said := fmt.Sprintf("%015d", binary.BigEndian.Uint64(b)%1e15)
	said += string('0' + check(said))
	prints.Store(key, said)
	return said
}

// known is a card whose digits were computed; as many as people ask for.
type known struct {
	card     journal.Hash
	practice bool
}

var (
	prints sync.Map // known → digits
	one    sync.Mutex
)

// Mistyped says whether sixteen digits are none that Fingerprint gives: one is wrong, or two that stand side by side
// are exchanged.
func Mistyped(digits string) bool {
	last := len(digits) - 1
	return len(digits) != Digits || digits[last] != '0'+check(digits[:last])
}

// check is the check digit of ISO/IEC 7064, MOD 11,10.
func check(digits string) byte {
	p := 10
	for _, d := range []byte(digits) {
		if p = (p + int(d-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return byte((11 - p) % 10)
}
