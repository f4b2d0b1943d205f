package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/outside"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

const station, county = "530402002003Z1", "530402"

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// side is the people of one suite: a writer that the reader knows, somebody it does not know, and another reader.
type side struct {
	name                         string
	writer, other, reader, alien suite.Secret
}

var sides = []side{people(suite.Age), people(suite.SM)}

func people(name string) side {
	return side{name, keys(name, 1), keys(name, 2), keys(name, 3), keys(name, 4)}
}

func keys(name string, seed byte) suite.Secret {
	s, err := suite.Named(name)
	if err != nil {
		panic(err)
	}
	own, err := s.Make(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		panic(err)
	}
	return own
}

func public(own suite.Secret) suite.Public {
	s, _ := suite.Named(own.Suite)
	p, err := s.Public(own)
	if err != nil {
		panic(err)
	}
	return p
}

func (s side) known(Header) ([]suite.Signer, error) {
	return []suite.Signer{{Suite: s.name, Key: public(s.writer).Sign}}, nil
}

// both runs a test in each suite.
func both(t *testing.T, test func(*testing.T, side)) {
	for _, s := range sides {
		t.Run(s.name, func(t *testing.T) { test(t, s) })
	}
}

// chain is n records of one computer, the even ones with a private part, each with a body of the given text.
func chain(t testing.TB, n int, text string) []journal.Record {
	t.Helper()
	var rs []journal.Record
	var prev journal.Hash
	for i := range n {
		body, _ := json.Marshal(text)
		e := journal.Entry{ID: journal.ID{Replica: journal.Replica{7}, Incarnation: 1, Seq: uint64(i + 1)}, Prev: prev,
			Thing: "019ab0c0-0000-7000-8000-000000000000", Kind: "matter", Do: "receive", Depth: 1, Unit: station,
			Level: journal.Station, By: "李梅", At: noon, Body: body}
		var private any
		if i%2 == 0 {
			private = map[string]string{"name": "张三", "phone": "13800000000"}
		}
		r, err := journal.Seal(e, private, [16]byte{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		rs, prev = append(rs, r), r.Hash
	}
	return rs
}

func blank() Header {
	return Header{From: station, To: county, Replica: journal.Replica{7}, Incarnation: 1, Stream: "up", First: 1,
		Made: noon, Program: "1.0.0", Acks: []Ack{{journal.Replica{9}, 2, "down", 40, journal.Hash{4}, 38, []byte("signed")}}}
}

func (s side) seal(t testing.TB, h Header, rs []journal.Record) (Header, []byte) {
	t.Helper()
	return s.sealAs(t, s.writer, h, rs, s.reader)
}

func (s side) sealAs(t testing.TB, own suite.Secret, h Header, rs []journal.Record, to ...suite.Secret) (Header, []byte) {
	t.Helper()
	var publics []suite.Public
	for _, r := range to {
		publics = append(publics, public(r))
	}
	var b bytes.Buffer
	h, err := Seal(&b, h, rs, publics, own)
	if err != nil {
		t.Fatal(err)
	}
	return h, b.Bytes()
}

func (s side) open(b []byte) (Header, []journal.Record, error) {
	return Open(bytes.NewReader(b), int64(len(b)), county, s.known, s.reader)
}

func TestThereAndBack(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		rs := chain(t, 5, "路灯不亮 <b>&\u2028")
		for _, n := range []int{0, 1, 5} {
			h, b := s.seal(t, blank(), rs[:n])
			got, records, err := s.open(b)
			if err != nil {
				t.Fatalf("%d records: %v", n, err)
			}
			if len(records) != n || got.Last != uint64(n) || Name(got) != Name(h) || !reflect.DeepEqual(got.Acks, h.Acks) {
				t.Errorf("%d records: got %d, header %+v", n, len(records), got)
			}
			for i, r := range records {
				if !bytes.Equal(r.Core, rs[i].Core) || !bytes.Equal(r.Secret, rs[i].Secret) || r.Hash != rs[i].Hash {
					t.Errorf("record %d came out in other bytes", i)
				}
			}
			if p, err := Peek(bytes.NewReader(b)); err != nil || Name(p) != Name(h) {
				t.Errorf("peek: %v", err)
			}
		}
	})
}

func TestBytesOfAnotherWriterStay(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		r := chain(t, 1, "x")[0]
		core := bytes.Replace(r.Core, []byte(`"x"`), []byte(`"<\u4e2d&>"  `), 1)
		r, err := journal.Open(core, r.Secret)
		if err != nil {
			t.Fatal(err)
		}
		_, b := s.seal(t, blank(), []journal.Record{r})
		_, records, err := s.open(b)
		if err != nil || !bytes.Equal(records[0].Core, core) {
			t.Errorf("%v", err)
		}
		r.Core = bytes.Replace(core, []byte("{"), []byte("{\n"), 1)
		if _, err := Seal(&bytes.Buffer{}, blank(), []journal.Record{r}, nil, s.writer); !errors.Is(err, journal.ErrMalformed) {
			t.Errorf("a record over two lines: %v", err)
		}
	})
}

func TestWhatDoesNotFitGoesIntoTheNext(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		rs := chain(t, 11, strings.Repeat("很长", 150_000)) // 0.9 MB each
		h, left := blank(), rs
		var bundles, count int
		for len(left) > 0 {
			sealed, b := s.seal(t, h, left)
			if _, records, err := s.open(b); err != nil || len(records) != sealed.Entries {
				t.Fatal(err)
			}
			left = left[sealed.Entries:]
			h.First, h.Prev = sealed.Last+1, sealed.Head
			bundles, count = bundles+1, count+sealed.Entries
		}
		if bundles != 2 || count != 11 || h.First != 12 {
			t.Errorf("%d bundles, %d records, next %d", bundles, count, h.First)
		}
	})
}

func TestFault04And05EveryTruncationAndEveryFlip(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		_, b := s.seal(t, blank(), chain(t, 1, "短"))
		for n := range b {
			if h, rs, err := s.open(b[:n]); !errors.Is(err, ErrShort) || !errors.Is(err, ErrDamaged) || rs != nil || h.From != "" {
				t.Fatalf("cut at %d of %d: %v", n, len(b), err)
			}
		}
		for i := range len(b) * 8 {
			b[i/8] ^= 1 << (i % 8)
			if _, rs, err := s.open(b); err == nil || rs != nil {
				t.Fatalf("bit %d of byte %d flipped: believed", i%8, i/8)
			}
			b[i/8] ^= 1 << (i % 8)
		}
		if _, _, err := s.open(b); err != nil {
			t.Fatal("the test itself broke the bundle:", err)
		}
		t.Logf("%d bytes, %d bits", len(b), 8*len(b))
	})
}

func TestFault05BlocksZeroedOrSwapped(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		h, one := s.seal(t, blank(), chain(t, 300, "一"))
		_, two := s.seal(t, blank(), chain(t, 300, "二"))
		body := len(one) - int(h.Size)
		for at := 0; at+4096 <= min(len(one), len(two)); at += 4096 {
			zero, swap := bytes.Clone(one), bytes.Clone(one)
			clear(zero[at : at+4096])
			copy(swap[at:at+4096], two[at:])
			for _, b := range [][]byte{zero, swap} {
				if _, rs, err := s.open(b); err == nil || rs != nil || at > body && !errors.Is(err, ErrDamaged) {
					t.Errorf("block at %d: %v", at, err)
				}
			}
		}
	})
}

func TestWhoAndForWhom(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		rs := chain(t, 2, "x")
		_, good := s.seal(t, blank(), rs)
		_, resigned := s.sealAs(t, s.other, blank(), rs, s.reader)
		_, foreign := s.sealAs(t, s.writer, blank(), rs, s.alien)
		lines := bytes.SplitAfterN(good, []byte("\n"), 4)
		asOther := bytes.Replace(lines[1], []byte(station), []byte("530402002003Z9"), 1)
		changed := bytes.Join([][]byte{lines[0], asOther, lines[2], lines[3]}, nil)
		theirs := bytes.SplitAfterN(resigned, []byte("\n"), 4)
		mixed := bytes.Join([][]byte{lines[0], lines[1], theirs[2], lines[3]}, nil)
		broken := errors.New("database is closed")

		for _, c := range []struct {
			what   string
			file   []byte
			me     string
			signer func(Header) ([]suite.Signer, error)
			want   error
		}{
			{"good", good, county, s.known, nil},
			{"another county's", good, "530403", s.known, ErrNotForUs},
			{"sealed for another key", foreign, county, s.known, ErrNotForUs},
			{"unknown signer", good, county, func(Header) ([]suite.Signer, error) { return nil, nil }, ErrStranger},
			{"signed with another key", resigned, county, s.known, ErrOtherKey},
			{"signer fails", good, county, func(Header) ([]suite.Signer, error) { return nil, broken }, broken},
			{"header altered", changed, county, s.known, ErrForged},
			{"signature exchanged", mixed, county, s.known, ErrForged},
			{"something appended", append(bytes.Clone(good), 0), county, s.known, ErrDamaged},
		} {
			h, records, err := Open(bytes.NewReader(c.file), int64(len(c.file)), c.me, c.signer, s.reader)
			if !errors.Is(err, c.want) || (c.want != nil && (records != nil || h.From != "")) {
				t.Errorf("%s: %v, want %v", c.what, err, c.want)
			}
		}
	})
}

func TestNewer(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		_, b := s.seal(t, blank(), nil)
		swap := func(old, new string) []byte { return bytes.Replace(b, []byte(old), []byte(new), 1) }
		if _, err := Peek(bytes.NewReader(swap(`"`+s.name+`"`, `"sm2-sm4"`))); !errors.Is(err, ErrSuite) {
			t.Errorf("suite: %v", err)
		}
		for what, file := range map[string][]byte{
			"container":  swap("lianluo bundle 1\n", "lianluo bundle 2\n"),
			"min_reader": swap(`"min_reader":1`, `"min_reader":2`),
			"suite":      swap(`"`+s.name+`"`, `"sm2-sm4"`),
			"other type": swap(`"min_reader":1`, `"min_reader":2,"from":7`),
		} {
			if _, err := Peek(bytes.NewReader(file)); !errors.Is(err, ErrNewer) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := Peek(bytes.NewReader(swap(`"min_reader":1`, `"min_reader":1,"colour":{"new":[1]}`))); err != nil {
			t.Errorf("unknown member: %v", err)
		}
	})
}

func TestNames(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		h, _ := s.seal(t, blank(), chain(t, 3, "x"))
		name := Name(h)
		l, ok := ParseName(name)
		if !ok || l.Stream != "up" || l.Incarnation != 1 || l.First != 1 || l.Last != 3 || l.Sum != fmt.Sprintf("%x", h.SHA256[:8]) {
			t.Errorf("%s: %+v", name, l)
		}
		if _, ok := ParseName("down-4294967295-101-100-0123456789abcdef.bundle"); !ok {
			t.Error("a heartbeat's name")
		}
		for _, bad := range []string{"", "x", "../" + name, strings.ToUpper(name), name + ".tmp", strings.Replace(name, ".b", " (1).b", 1),
			"up-1-01-3-0123456789abcdef.bundle", "up-0-1-3-0123456789abcdef.bundle", "up-1-9-3-0123456789abcdef.bundle",
			"up-1-0-0-0123456789abcdef.bundle", "up-9999999999-1-1-0123456789abcdef.bundle", "up-1-1-9999999999999999999-0123456789abcdef.bundle",
			"up-1-1-3-0123456789abcdef.sync-conflict-20261122-182406-KUQFXLV.bundle"} {
			if l, ok := ParseName(bad); ok {
				t.Errorf("%q: %+v", bad, l)
			}
		}
	})
}

func TestOtherToolsReadIt(t *testing.T) {
	outside.Needs(t, "age", "zstd", "openssl", "sh")
	s := sides[0]
	rs := chain(t, 3, "路灯不亮")
	var want strings.Builder
	for _, r := range rs {
		line, _ := r.MarshalJSON()
		fmt.Fprintf(&want, "%s\n", line)
	}
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "age.key"), s.reader.Open, 0o600)
	os.WriteFile(filepath.Join(dir, "pub.der"), append([]byte("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"), public(s.writer).Sign...), 0o600)
	for n := range 4 {
		_, b := s.seal(t, blank(), rs[:n])
		os.WriteFile(filepath.Join(dir, "f.bundle"), b, 0o600)
		sh := exec.Command("sh", "-ec", `head -n 2 f.bundle > signed; sed -n 3p f.bundle | base64 -d > sig
			openssl pkeyutl -verify -pubin -keyform DER -inkey pub.der -rawin -in signed -sigfile sig >&2
			tail -n +4 f.bundle | age -d -i age.key | zstd -d`)
		sh.Dir = dir
		var complaint bytes.Buffer
		sh.Stderr = &complaint
		out, err := sh.Output()
		if all := strings.Join(strings.SplitAfter(want.String(), "\n")[:n], ""); err != nil || string(out) != all {
			t.Errorf("%d records: %v %s\ngot  %s\nwant %s", n, err, &complaint, out, all)
		}
	}
}

// What a reader gives back as its proof is signed by the writer, says whose stream for whom ends where, and nothing else passes for it.
func TestPositionIsProof(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		_, b := s.seal(t, blank(), chain(t, 3, "x"))
		h, _, err := s.open(b)
		if err != nil {
			t.Fatal(err)
		}
		algorithms, _ := suite.Named(s.name)
		proves := func(a Ack, by, reader string) bool {
			return algorithms.Verify(h.Key, a.Signed(by, reader), h.Position)
		}
		held := Ack{Replica: h.Replica, Incarnation: h.Incarnation, Stream: h.Stream, Stored: h.Last, Hash: h.Head}
		if !proves(held, h.From, h.To) {
			t.Error("what the writer said proves nothing")
		}
		for what, alter := range map[string]func(*Ack){
			"more": func(a *Ack) { a.Stored++ }, "other words": func(a *Ack) { a.Hash[0]++ }, "another life": func(a *Ack) { a.Incarnation++ },
			"another computer": func(a *Ack) { a.Replica[0]++ }, "the other way": func(a *Ack) { a.Stream = "down" },
		} {
			other := held
			if alter(&other); proves(other, h.From, h.To) {
				t.Error("it passes for", what)
			}
		}
		if proves(held, h.To, h.From) || proves(held, h.From, station) {
			t.Error("it passes for another reader")
		}
	})
}
