// Package journal is the one noun that travels: the Entry.
//
// A computer (a replica) writes what happened at its table once, as an entry, and never changes it. Its entries are
// numbered without gaps and each names the hash of the one before it, so a journal is a chain that anybody can verify.
// A thing (a matter, later a deputy, a reception) is what its entries add up to; each entry names the entries of its
// thing that its author had seen, as a commit names its parents, so the sum is the same wherever they arrive and in
// whatever order.
//
// An entry has two parts. The core may be known to every level; the private part (a citizen's name, phone, address,
// words) lies beside it and is bound into the chain by its salted hash only: a level that may not know receives the
// core alone and can still verify the chain.
//
// An entry says itself how it travels: its envelope, signed with it, names the units that it is for and those that may
// have the private part. So an office passes on what it cannot read. A thing belongs to the computer that wrote its
// first entry, because the name of the thing is made of that computer's name (Name).
//
// Each entry also carries the signature of the computer that wrote it, so that whoever gets it from a third can tell
// that it is genuine; and because it names the hash of the one before it, it vouches for all that came before.
//
// The package is pure: no clock, no disk, no randomness, and it imports nothing of ours.
package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Replica names one computer: 16 random bytes made when a home is set up.
type Replica [16]byte

// Hash is a SHA-256 sum.
type Hash [32]byte

// ID names an entry for ever: the Seq-th (from 1, no gaps) that a replica wrote in one of its incarnations. A replica
// begins a new incarnation when it was restored from a backup or copied, so that no ID is ever given twice.
type ID struct {
	Replica     Replica
	Incarnation uint32
	Seq         uint64
}

// Level says on which floor of the house an author sits.
type Level string

// The levels, from the table upwards.
const (
	Station Level = "station"
	County  Level = "county"
	City    Level = "city"
)

// Entry is the readable form of a core: one act on one thing.
type Entry struct {
	ID      ID              `json:"id"`
	Prev    Hash            `json:"prev"`   // hash of the entry before it in the same incarnation; zero for the first
	Thing   string          `json:"thing"`  // UUIDv7 of what it is about
	Kind    string          `json:"kind"`   // what sort of thing: "matter"
	Do      string          `json:"do"`     // the act: "receive", "correct", …
	Schema  int             `json:"schema"` // version of the body's fields
	Seen    []ID            `json:"seen"`   // heads of the thing that the author knew
	Depth   int             `json:"depth"`  // 1 + the greatest depth among Seen; 1 for a first entry
	Unit    string          `json:"unit"`   // code of the author's unit
	Level   Level           `json:"level"`
	By      string          `json:"by"`             // the person at the keyboard
	User    string          `json:"user,omitempty"` // which user of the unit he is; "" where it has none, and in entries of before
	At      time.Time       `json:"at"`             // wall time, for people; it never decides an order
	Body    json.RawMessage `json:"body"`
	Private *Hash           `json:"private,omitempty"` // hash of the private part, when there is one

	Envelope *Envelope `json:"envelope,omitempty"` // how it travels; nil in entries of before there were any
}

// Record is an entry as it is kept and carried: the exact bytes of both parts, the reading of the core, its hash.
type Record struct {
	Entry
	Hash      Hash
	Core      []byte // compact JSON, never rewritten
	Secret    []byte // compact JSON of the private part with its salt; nil where it is absent or withheld
	Signature []byte // of the author's computer over Signed; nil where there is none
}

// Errors that tell what is wrong with a record or a chain. Test with errors.Is.
var (
	ErrMalformed = errors.New("entry cannot be read")
	ErrSecret    = errors.New("private part does not belong to its entry")
	ErrBroken    = errors.New("chain is broken")
)

const maxCore = 1 << 20 // bytes of one part; a table entry is below 2 KiB

type secret struct {
	Salt string          `json:"salt"`
	Part json.RawMessage `json:"part"`
}

// Seal turns an entry and its private part (nil: none) into the bytes that are kept. The salt (16 random bytes) keeps
// anybody from guessing a phone number out of its hash.
func Seal(e Entry, private any, salt [16]byte) (Record, error) {
	var r Record
	if private != nil {
		part, err := json.Marshal(private)
		if err != nil {
			return r, fmt.Errorf("private part: %w", err)
		}
		if r.Secret, err = json.Marshal(secret{hex.EncodeToString(salt[:]), part}); err != nil {
			return r, fmt.Errorf("private part: %w", err)
		}
		sum := Hash(sha256.Sum256(r.Secret))
		e.Private = &sum
	}
	if e.Seen == nil {
		e.Seen = []ID{}
	}
	core, err := json.Marshal(e)
	if err != nil {
		return r, fmt.Errorf("core: %w", err)
	}
	return Open(core, r.Secret)
}

// Rename gives the same act under another name, after another entry; seen maps the names of entries that were renamed
// before it. Only the computer that wrote an entry may, and only while nobody else has it.
func (r Record) Rename(id ID, prev Hash, seen map[ID]ID) (Record, error) {
	e := r.Entry
	e.ID, e.Prev, e.Seen = id, prev, make([]ID, len(r.Seen))
	for i, old := range r.Seen {
		if e.Seen[i] = old; seen[old] != (ID{}) {
			e.Seen[i] = seen[old]
		}
	}
	core, err := json.Marshal(e)
	if err != nil {
		return Record{}, fmt.Errorf("core: %w", err)
	}
	return Open(core, r.Secret)
}

// Open reads the two parts of a record; private may be nil where it is withheld. It fails with ErrMalformed or
// ErrSecret.
func Open(core, private []byte) (Record, error) {
	r := Record{Core: core, Secret: private}
	if len(core) > maxCore || len(private) > maxCore {
		return r, fmt.Errorf("%w: larger than %d bytes", ErrMalformed, maxCore)
	}
	if err := json.Unmarshal(core, &r.Entry); err != nil {
		return r, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	if !plain(core) {
		return r, fmt.Errorf("%w: others would read it otherwise", ErrMalformed)
	}
	if r.ID.Seq == 0 || r.ID.Incarnation == 0 || r.Thing == "" || r.Kind == "" || r.Do == "" || r.Depth < 1 {
		return r, fmt.Errorf("%w: a name is missing", ErrMalformed)
	}
	if private != nil && (r.Private == nil || *r.Private != sha256.Sum256(private)) {
		return r, fmt.Errorf("%w: %v", ErrSecret, r.ID)
	}
	if at := bytes.Index(core, r.Body); at > 0 { // kept once
		r.Body = core[at : at+len(r.Body) : at+len(r.Body)]
	}
	h := sha256.New()
	h.Write([]byte("lianluo entry 1\n"))
	h.Write(core)
	h.Sum(r.Hash[:0])
	return r, nil
}

// deepest is how far a core may nest; what our programs write stays below ten, and databases read a thousand.
const deepest = 100

// plain says whether every reader takes a core, which is sound JSON, for the same: readers differ where a member stands
// twice, or in other letters than it is written in, and in how far they follow what is nested.
func plain(core []byte) bool {
	names := make([][]byte, 0, 20)
	depth := 0
	for at := 0; at < len(core); at++ {
		switch core[at] {
		case '{', '[':
			if depth++; depth > deepest {
				return false
			}
		case '}', ']':
			depth--
		case '"':
			from := at + 1
			for at = from; core[at] != '"'; at++ {
				if core[at] == '\\' {
					at++
				}
			}
			if depth != 1 {
				continue
			}
			if rest := bytes.TrimLeft(core[at+1:], " \t\r\n"); len(rest) == 0 || rest[0] != ':' {
				continue
			}
			name := core[from:at]
			if slices.ContainsFunc(name, func(c byte) bool { return (c < 'a' || c > 'z') && c != '_' }) ||
				slices.ContainsFunc(names, func(other []byte) bool { return bytes.Equal(name, other) }) {
				return false
			}
			names = append(names, name)
		}
	}
	return true
}

// Signed is what the author's computer signs: "lianluo entry signature 1\n" and the hash.
func (r Record) Signed() []byte { return append([]byte("lianluo entry signature 1\n"), r.Hash[:]...) }

// Read decodes the private part into v; it leaves v alone where the part is absent or withheld.
func (r Record) Read(v any) error {
	if r.Secret == nil {
		return nil
	}
	var s secret
	if err := json.Unmarshal(r.Secret, &s); err != nil {
		return fmt.Errorf("%w: private part: %v", ErrMalformed, err)
	}
	if err := json.Unmarshal(s.Part, v); err != nil {
		return fmt.Errorf("%w: private part: %v", ErrMalformed, err)
	}
	return nil
}

// Line is a record on its way: one JSON object a line in a bundle.
type Line struct {
	Core      json.RawMessage `json:"core"`
	Private   json.RawMessage `json:"private,omitempty"`
	Signature []byte          `json:"signature,omitempty"` // base64
}

// MarshalJSON gives the record as a Line, its bytes untouched.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"core":`)
	b.Write(r.Core)
	if r.Secret != nil {
		b.WriteString(`,"private":`)
		b.Write(r.Secret)
	}
	if r.Signature != nil {
		b.WriteString(`,"signature":"` + base64.StdEncoding.EncodeToString(r.Signature) + `"`)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads a Line and verifies that its parts belong together.
func (r *Record) UnmarshalJSON(b []byte) error {
	l, ok := cut(b)
	if !ok {
		l = Line{}
		if err := json.Unmarshal(b, &l); err != nil {
			return fmt.Errorf("%w: %v", ErrMalformed, err)
		}
	}
	rec, err := Open(l.Core, l.Private)
	if rec.Signature = l.Signature; len(l.Signature) > 0 && len(l.Signature) != 64 {
		err = errors.Join(err, fmt.Errorf("%w: signature of %d bytes", ErrMalformed, len(l.Signature)))
	}
	*r = rec
	return err
}

// cut takes a line apart that is written as MarshalJSON writes it; so its parts are read once, not four times. It is
// not ok with any other.
func cut(b []byte) (l Line, ok bool) {
	rest, ok := bytes.CutPrefix(b, []byte(`{"core":`))
	if !ok {
		return l, false
	}
	n := object(rest)
	l.Core, rest = bytes.Clone(rest[:n]), rest[n:]
	if private, ok := bytes.CutPrefix(rest, []byte(`,"private":`)); ok {
		n = object(private)
		l.Private, rest = bytes.Clone(private[:n]), private[n:]
		if !json.Valid(l.Private) {
			return l, false
		}
	}
	if signature, ok := bytes.CutPrefix(rest, []byte(`,"signature":"`)); ok {
		end := bytes.IndexByte(signature, '"')
		if end < 0 {
			return l, false
		}
		var err error
		if l.Signature, err = base64.StdEncoding.Strict().DecodeString(string(signature[:end])); err != nil {
			return l, false
		}
		rest = signature[end+1:]
	}
	return l, len(l.Core) > 0 && string(rest) == "}"
}

// object gives the length of the JSON object with which b begins, 0 where there is none; whether it is one inside, it
// does not ask.
func object(b []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
		if depth == 0 {
			if b[0] != '{' {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// String is the ID as people and tests see it: replica.incarnation.seq.
func (id ID) String() string {
	b, _ := id.MarshalText()
	return string(b)
}

// MarshalText writes the ID as String does.
func (id ID) MarshalText() ([]byte, error) {
	b := hex.AppendEncode(make([]byte, 0, 64), id.Replica[:])
	b = strconv.AppendUint(append(b, '.'), uint64(id.Incarnation), 10)
	return strconv.AppendUint(append(b, '.'), id.Seq, 10), nil
}

// UnmarshalText reads what MarshalText wrote.
func (id *ID) UnmarshalText(b []byte) error {
	replica, rest, _ := bytes.Cut(b, []byte("."))
	life, number, _ := strings.Cut(string(rest), ".")
	inc, err1 := strconv.ParseUint(life, 10, 32)
	seq, err2 := strconv.ParseUint(number, 10, 63)
	if err := errors.Join(id.Replica.UnmarshalText(replica), err1, err2); err != nil {
		return fmt.Errorf("%w: id %q", ErrMalformed, b)
	}
	id.Incarnation, id.Seq = uint32(inc), seq
	return nil
}

// MarshalText writes the replica as 32 hexadecimal digits.
func (r Replica) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(r[:])), nil }

// UnmarshalText reads 32 hexadecimal digits.
func (r *Replica) UnmarshalText(b []byte) error { return unhex(r[:], b) }

// MarshalText writes the hash as 64 hexadecimal digits.
func (h Hash) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h[:])), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (h *Hash) UnmarshalText(b []byte) error { return unhex(h[:], b) }

func unhex(to, from []byte) error {
	if len(from) == hex.EncodedLen(len(to)) {
		if _, err := hex.Decode(to, from); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%w: %d hexadecimal digits wanted", ErrMalformed, 2*len(to))
}
