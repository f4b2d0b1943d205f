package bundle

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// Errors that tell why a file is not believed. Test with errors.Is.
var (
	ErrDamaged  = errors.New("bundle is damaged")
	ErrShort    = fmt.Errorf("%w: it ends too early, perhaps it is still being copied", ErrDamaged)
	ErrStranger = errors.New("bundle is signed by nobody we know")
	ErrOtherKey = fmt.Errorf("%w: somebody we know, but not with this key", ErrStranger)
	ErrForged   = errors.New("bundle was altered, or signed with another key")
	ErrRevoked  = errors.New("bundle is signed with a key that was put out of use")
	ErrNotForUs = errors.New("bundle is for somebody else")
	ErrNewer    = errors.New("bundle needs a newer program")
	ErrSuite    = fmt.Errorf("%w: its suite is unknown", ErrNewer)
	ErrTooLarge = errors.New("bundle is too large")
)

// The limits of a bundle, in bytes but for MaxEntries.
const (
	MaxFile    = 64 << 20
	MaxHeader  = 64 << 10
	MaxPlain   = 256 << 20
	MaxLine    = 2<<20 + 256
	MaxEntries = 100_000
	Full       = 8 << 20 // a writer closes a bundle before its records exceed this
)

const (
	version   = 1
	magic     = "lianluo bundle 1\n"
	signature = 88 // letters of the third line
	maxProof  = 64 // bytes of a signature
)

// Header is the second line of a bundle; the package comment says what each field means.
type Header struct {
	Version     int             `json:"version"`
	MinReader   int             `json:"min_reader"`
	Suite       string          `json:"suite"`
	Program     string          `json:"program"`
	From        string          `json:"from"`
	To          string          `json:"to"`
	Replica     journal.Replica `json:"replica"`
	Incarnation uint32          `json:"incarnation"`
	Stream      string          `json:"stream"`
	First       uint64          `json:"first"`
	Last        uint64          `json:"last"`
	End         uint64          `json:"end"`
	Prev        journal.Hash    `json:"prev"`
	Head        journal.Hash    `json:"head"`
	Entries     int             `json:"entries"`
	Made        time.Time       `json:"made"`
	Key         suite.Key       `json:"key"`
	Size        int64           `json:"size"`
	SHA256      journal.Hash    `json:"sha256"`
	Acks        []Ack           `json:"acks,omitempty"`
	Digest      journal.Hash    `json:"digest,omitzero"`   // of the matters
	Digests     Digests         `json:"digests,omitempty"` // of other kinds
	KeyList     uint64          `json:"key_list,omitempty"`
	Position    []byte          `json:"position,omitempty"`
}

// Digests are what lists say, by kind.
type Digests map[string]journal.Hash

// matters is the kind whose digest stands in a place of its own, where every reader finds it.
const matters = "matter"

// Say puts what all lists say into a header.
func (h *Header) Say(all Digests) {
	h.Digest, h.Digests = all[matters], maps.Clone(all)
	delete(h.Digests, matters)
}

// Said gives what all lists say.
func (h Header) Said() Digests {
	all := maps.Clone(h.Digests)
	if h.Digest != (journal.Hash{}) {
		if all == nil {
			all = Digests{}
		}
		all[matters] = h.Digest
	}
	return all
}

// Ack is what the writer of a bundle has of one stream that flows to it.
type Ack struct {
	Replica     journal.Replica `json:"replica"`
	Incarnation uint32          `json:"incarnation"`
	Stream      string          `json:"stream"`
	Stored      uint64          `json:"stored"`
	Hash        journal.Hash    `json:"hash"`
	Processed   uint64          `json:"processed"`
	// the position that was signed for the acknowledger, as it came
	Proof []byte `json:"proof,omitempty"`
}

// Signed is what the proof of an acknowledgement by the unit reader signs, of a stream of the unit by.
func (a Ack) Signed(by, reader string) []byte {
	return fmt.Appendf(nil, "lianluo position 1\n%s %s %x %d %s %d %x\n", by, reader, a.Replica[:], a.Incarnation,
		a.Stream, a.Stored, a.Hash[:])
}

// reached is the acknowledgement that a reader of a bundle gives who holds its stream as far as the bundle goes.
func (h Header) reached() Ack {
	return Ack{Replica: h.Replica, Incarnation: h.Incarnation, Stream: h.Stream, Stored: h.Last, Hash: h.Head}
}

// Peek reads the header of a bundle and believes nothing: who wrote it, and whether it is whole, only Open says. It
// fails with ErrDamaged, ErrShort, ErrNewer or ErrTooLarge.
func Peek(r io.Reader) (Header, error) {
	t, err := peek(r)
	return t.Header, err
}

// top is what stands above the ciphertext.
type top struct {
	Header
	signed    []byte // the first two lines
	signature []byte
	length    int64 // of the three lines
}

func peek(r io.Reader) (top, error) {
	var none top
	in := bufio.NewReader(io.LimitReader(r, int64(len(magic)+MaxHeader+1+signature+1)))
	var b []byte
	for range 3 { // of the ciphertext nothing is wanted
		line, err := in.ReadBytes('\n')
		if b = append(b, line...); err != nil && !errors.Is(err, io.EOF) {
			return none, err
		}
	}
	body, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		switch first, _, _ := bytes.Cut(b[:min(len(b), 40)], []byte("\n")); {
		case strings.HasPrefix(magic, string(b)):
			return none, ErrShort
		case regexp.MustCompile(`^lianluo bundle \d+$`).Match(first):
			return none, fmt.Errorf("%w: %s", ErrNewer, first)
		}
		return none, fmt.Errorf("%w: it does not begin as a bundle", ErrDamaged)
	}
	line, rest, whole := bytes.Cut(body, []byte("\n"))
	seal, _, sealed := bytes.Cut(rest, []byte("\n"))
	switch {
	case len(line) > MaxHeader:
		return none, fmt.Errorf("%w: header", ErrTooLarge)
	case !whole, !sealed && len(rest) <= signature:
		return none, ErrShort
	case len(seal) != signature:
		return none, fmt.Errorf("%w: signature", ErrDamaged)
	}
	t := top{signed: b[:len(magic)+len(line)+1]}
	t.length = int64(len(t.signed) + signature + 1)
	var err error
	if t.signature, err = base64.StdEncoding.Strict().DecodeString(string(seal)); err != nil {
		return none, fmt.Errorf("%w: signature: %v", ErrDamaged, err)
	}
	t.Header, err = parse(line)
	return t, err
}

func parse(line []byte) (Header, error) {
	var need struct {
		MinReader int `json:"min_reader"`
		Suite     string
	}
	if err := json.Unmarshal(line, &need); err != nil {
		return Header{}, fmt.Errorf("%w: header: %v", ErrDamaged, err)
	}
	if need.MinReader > version {
		return Header{}, fmt.Errorf("%w: version %d", ErrNewer, need.MinReader)
	}
	if _, err := suite.Named(need.Suite); err != nil {
		return Header{}, fmt.Errorf("%w: %q", ErrSuite, need.Suite)
	}
	var h Header
	if err := json.Unmarshal(line, &h); err != nil {
		return Header{}, fmt.Errorf("%w: header: %v", ErrDamaged, err)
	}
	if err := h.check(); err != nil {
		return Header{}, err
	}
	return h, nil
}

var unit = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z-]{0,39}$`)

// check says whether the fields of a header can be true together.
func (h Header) check() error {
	wrong := ""
	switch count := h.Last - h.First + 1; { // wraps to the right number
	case h.Version < 1, h.MinReader < 1:
		wrong = "version"
	case !unit.MatchString(h.From), !unit.MatchString(h.To):
		wrong = "unit"
	case h.Replica == journal.Replica{}, h.Incarnation == 0:
		wrong = "replica"
	case !streams(h.Stream):
		wrong = "stream"
	case h.First == 0, h.First > h.Last+1, h.Last >= 1<<63, h.End < h.Last, h.End >= 1<<63, h.Entries < 0,
		uint64(h.Entries) != count:
		wrong = "positions"
	case h.First == 1 && h.Prev != journal.Hash{}, count == 0 && h.Head != h.Prev:
		wrong = "hash"
	case len(h.Key) != map[string]int{suite.Age: 32, suite.SM: 65}[h.Suite]:
		wrong = "key"
	case h.KeyList >= 1<<63:
		wrong = "key list"
	case len(h.Position) > maxProof:
		wrong = "position"
	case h.Size < 1:
		wrong = "size"
	case h.Entries > MaxEntries, h.Size > MaxFile:
		return fmt.Errorf("%w: %d entries in %d bytes", ErrTooLarge, h.Entries, h.Size)
	}
	for _, a := range h.Acks {
		if a.Incarnation == 0 || !streams(a.Stream) || a.Processed > a.Stored || a.Stored >= 1<<63 ||
			len(a.Proof) > maxProof {
			wrong = "acknowledgement"
		}
	}
	if wrong != "" {
		return fmt.Errorf("%w: header: %s", ErrDamaged, wrong)
	}
	return nil
}

func streams(s string) bool { return s == "up" || s == "down" }

// Label is what the name of a bundle tells.
type Label struct {
	Stream      string
	Incarnation uint32
	First, Last uint64
	Sum         string // first 16 hexadecimal digits of the ciphertext's SHA-256
}

// Name is the file name of a bundle: <stream>-<incarnation>-<first>-<last>-<sum>.bundle.
func Name(h Header) string {
	return Label{h.Stream, h.Incarnation, h.First, h.Last, fmt.Sprintf("%x", h.SHA256[:8])}.String()
}

// String is the name that carries the label.
func (l Label) String() string {
	return fmt.Sprintf("%s-%d-%d-%d-%s.bundle", l.Stream, l.Incarnation, l.First, l.Last, l.Sum)
}

var named = regexp.MustCompile(`^(up|down)-(\d{1,10})-(\d{1,19})-(\d{1,19})-([0-9a-f]{16})\.bundle$`)

// ParseName reads a name exactly as Name writes it. Any other name, a synchroniser's conflict copy for instance, gives
// false; such a file may still be a bundle.
func ParseName(name string) (Label, bool) {
	m := named.FindStringSubmatch(name)
	if m == nil {
		return Label{}, false
	}
	incarnation, err1 := strconv.ParseUint(m[2], 10, 32)
	first, err2 := strconv.ParseUint(m[3], 10, 63)
	last, err3 := strconv.ParseUint(m[4], 10, 63)
	l := Label{m[1], uint32(incarnation), first, last, m[5]}
	ok := errors.Join(err1, err2, err3) == nil && l.String() == name && incarnation > 0 && first > 0 && first <= last+1
	if !ok {
		return Label{}, false
	}
	return l, true
}
