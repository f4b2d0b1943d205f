package bundle

import (
	"bytes"
	_ "embed"
	"errors"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// A bundle as the first program wrote it, and the key that opens it.
var (
	//go:embed testdata/before.bundle
	before []byte
	//go:embed testdata/age.key
	beforeKey []byte
)

func TestBundlesWrittenBeforeStayReadable(t *testing.T) {
	known := func(h Header) ([]suite.Signer, error) { return []suite.Signer{{Suite: suite.Age, Key: h.Key}}, nil }
	h, rs, err := Open(bytes.NewReader(before), int64(len(before)), county, known, suite.Secret{Suite: suite.Age, Open: beforeKey})
	if err != nil || len(rs) != 3 || rs[2].Hash != chain(t, 3, "路灯不亮")[2].Hash || h.Suite != "age-ed25519" {
		t.Errorf("%d records, %+v: %v", len(rs), h, err)
	}
	_, now := sides[0].seal(t, blank(), rs)
	names := func(b []byte) (names []string) {
		for i, word := range strings.Split(string(bytes.SplitN(b, []byte("\n"), 3)[1]), `"`) {
			if i%2 == 1 && strings.ToLower(word) == word && !strings.ContainsAny(word, "0123456789=+/") {
				names = append(names, word)
			}
		}
		return names
	}
	later := slices.DeleteFunc(names(now), func(s string) bool { return s == "proof" || s == "position" }) // which older programs pass over
	if a, b := strings.Join(names(before), " "), strings.Join(later, " "); a != b {
		t.Errorf("the header has other members than before:\n%s\n%s", a, b)
	}
}

func TestOneSuiteNeverOpensTheOther(t *testing.T) {
	rs := chain(t, 2, "x")
	for i, s := range sides {
		foreign := sides[1-i]
		_, b := s.seal(t, blank(), rs)
		if _, _, err := Open(bytes.NewReader(b), int64(len(b)), county, s.known, foreign.reader); !errors.Is(err, ErrNotForUs) {
			t.Errorf("%s, opened with keys of %s: %v", s.name, foreign.name, err)
		}
		if _, _, err := Open(bytes.NewReader(b), int64(len(b)), county, foreign.known, s.reader); !errors.Is(err, ErrOtherKey) {
			t.Errorf("%s, where we know the writer by %s: %v", s.name, foreign.name, err)
		}
		if _, err := Seal(&bytes.Buffer{}, blank(), rs, []suite.Public{public(s.reader), public(foreign.reader)}, s.writer); !errors.Is(err, suite.ErrMixed) {
			t.Errorf("%s sealed to %s: %v", s.name, foreign.name, err)
		}
		renamed := bytes.Replace(b, []byte(s.name), []byte(foreign.name), 1)
		if _, rs, err := s.open(renamed); err == nil || rs != nil {
			t.Errorf("%s under the name of %s: believed", s.name, foreign.name)
		}
	}
}

func TestCurrentNextAndRecoveryKeyOpenIt(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		next, recovery := keys(s.name, 5), keys(s.name, 6)
		_, b := s.sealAs(t, s.writer, blank(), chain(t, 2, "x"), s.reader, next, recovery)
		for what, own := range map[string][]suite.Secret{"today's": {s.reader}, "the next": {next}, "recovery": {recovery}, "one of many": {s.alien, s.other, next}} {
			if _, rs, err := Open(bytes.NewReader(b), int64(len(b)), county, s.known, own...); err != nil || len(rs) != 2 {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, _, err := Open(bytes.NewReader(b), int64(len(b)), county, s.known, s.alien, s.other); !errors.Is(err, ErrNotForUs) {
			t.Errorf("others: %v", err)
		}
	})
}

func TestEightMegabytes(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		text := make([]byte, 400_000) // hardly to be compressed
		n := uint32(1)
		for i := range text {
			n = n*1664525 + 1013904223
			text[i] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"[n>>26]
		}
		rs := chain(t, 20, string(text))
		h, b := s.seal(t, blank(), rs)
		if _, got, err := s.open(b); err != nil || len(got) != 20 || h.Size < 100_000 {
			t.Errorf("%d of 20 records in %d bytes: %v", len(got), h.Size, err)
		}
	})
}

func TestAKeyHoldsAsFarAsItMay(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		rs := chain(t, 5, "x")
		end := func(inc uint32, seq uint64) func(Header) ([]suite.Signer, error) {
			return func(Header) ([]suite.Signer, error) {
				return []suite.Signer{
					{Suite: s.name, Key: public(s.other).Sign},
					{Suite: s.name, Key: public(s.writer).Sign, Until: journal.ID{Replica: journal.Replica{7}, Incarnation: inc, Seq: seq}},
				}, nil
			}
		}
		relay := blank()
		relay.Replica = journal.Replica{8} // passes on what computer 7 wrote
		for _, c := range []struct {
			what    string
			h       Header
			records int
			signers func(Header) ([]suite.Signer, error)
			own     suite.Secret
			want    error
		}{
			{"all before", blank(), 5, end(1, 9), s.writer, nil},
			{"the last is the end", blank(), 5, end(1, 5), s.writer, nil},
			{"one is beyond", blank(), 5, end(1, 4), s.writer, ErrRevoked},
			{"only the early ones", blank(), 4, end(1, 4), s.writer, nil},
			{"never believed", blank(), 5, end(1, 0), s.writer, ErrRevoked},
			{"an earlier life", blank(), 5, end(2, 0), s.writer, nil},
			{"heartbeat", blank(), 0, end(1, 9), s.writer, ErrRevoked},
			{"nothing of its own", relay, 5, end(1, 9), s.writer, ErrRevoked},
			{"the new key signs all", blank(), 5, end(1, 2), s.other, nil},
			{"the new key's heartbeat", blank(), 0, end(1, 2), s.other, nil},
		} {
			_, b := s.sealAs(t, c.own, c.h, rs[:c.records], s.reader)
			h, got, err := Open(bytes.NewReader(b), int64(len(b)), county, c.signers, s.reader)
			if !errors.Is(err, c.want) || c.want != nil && (got != nil || h.From != "") || c.want == nil && len(got) != c.records {
				t.Errorf("%s: %d records, %v, want %v", c.what, len(got), err, c.want)
			}
		}
	})
}
