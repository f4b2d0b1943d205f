package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Envelope is how an entry travels, in its author's signed words.
type Envelope struct {
	Way Way `json:"way"`
	// the units that it is for, the lowest first; of Below the office that says it
	Audience []string `json:"audience"`
	// those that may have the private part of what the author's unit says of this thing, besides that unit
	Privy []string `json:"privy,omitempty"`
	// what the thing's name was made of besides its author; in a thing's first entry only
	Born Salt `json:"born,omitzero"`
	// how many entries right before it its author keeps from those at the top (Kept): whoever lacks no more than these
	// lacks nothing that was meant for him
	Apart uint64 `json:"apart,omitempty"`
}

// Kept says whether an entry goes to a part of those above its author alone, as the draft of a table does: top is who
// stands above all of them.
func (e Envelope) Kept(top string) bool {
	return e.Way == Along && !slices.Contains(e.Audience, top)
}

// Way is where an entry goes.
type Way string

// The ways. A reader passes on what goes another way as though it went along the path.
const (
	Along   Way = "path"  // up and down among its audience
	Upwards Way = "up"    // from its author to all of its audience above him
	Below   Way = "below" // to every unit below the author
)

// Salt is 16 random bytes.
type Salt [16]byte

// MarshalText writes the salt as 32 hexadecimal digits.
func (s Salt) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(s[:])), nil }

// UnmarshalText reads 32 hexadecimal digits.
func (s *Salt) UnmarshalText(b []byte) error { return unhex(s[:], b) }

// Name makes the name of a new thing. It has the form of a UUIDv7 (RFC 9562): 48 bits of time in milliseconds, and,
// where others are random, 74 bits of the SHA-256 over "lianluo thing 1\n", these 48 bits, the computer, the salt and
// the unit. So nobody finds a salt with which somebody else's thing would be his: he would have to try 2^73 times for
// each of them.
func Name(unit string, r Replica, salt Salt, at time.Time) string {
	return name(unit, r, salt, uint64(at.UnixMilli()))
}

func name(unit string, r Replica, salt Salt, ms uint64) string {
	var id [16]byte
	binary.BigEndian.PutUint64(id[:], ms<<16)
	h := sha256.New()
	h.Write([]byte("lianluo thing 1\n"))
	h.Write(id[:6])
	h.Write(r[:])
	h.Write(salt[:])
	h.Write([]byte(unit))
	copy(id[6:], h.Sum(nil))
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	text := hex.EncodeToString(id[:])
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// First says whether an entry is a first word of its thing: its author had seen nothing of it.
func (e Entry) First() bool { return len(e.Seen) == 0 }

// Bound says whether an entry's author made the name of its thing, so that it is his and nobody else's.
func (e Entry) Bound() bool {
	if e.Envelope == nil || e.Envelope.Born == (Salt{}) || len(e.Thing) != 36 {
		return false
	}
	var ms [8]byte
	if _, err := hex.Decode(ms[2:], []byte(e.Thing[:8]+e.Thing[9:13])); err != nil {
		return false
	}
	return name(e.Unit, e.ID.Replica, e.Envelope.Born, binary.BigEndian.Uint64(ms[:])) == e.Thing
}
