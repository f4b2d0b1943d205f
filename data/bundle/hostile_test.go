package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// forge signs whatever plain says, as a known but faulty or malicious writer could.
func (s side) forge(t testing.TB, plain []byte, change func(*Header)) []byte {
	t.Helper()
	algorithms, _ := suite.Named(s.name)
	cipher, err := encrypt(algorithms, plain, []suite.Public{public(s.reader)})
	if err != nil {
		t.Fatal(err)
	}
	h := blank()
	h.Version, h.MinReader, h.Suite, h.Key = version, version, s.name, public(s.writer).Sign
	change(&h)
	var b bytes.Buffer
	if _, err := finish(&b, h, cipher, s.writer); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSignedButWrong(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		rs := chain(t, 3, "x")
		var text []string
		var head []journal.Hash // after 0, 1, 2, 3
		head = append(head, journal.Hash{})
		for i, r := range rs {
			line, _ := r.MarshalJSON()
			text = append(text, string(line)+"\n")
			head = append(head, journal.Advance(head[i], uint64(i+1), r.Hash))
		}
		with := func(n int) func(*Header) {
			return func(h *Header) { h.Last, h.Entries, h.Head = uint64(n), n, head[n] }
		}
		all := strings.Join(text, "")
		for _, c := range []struct {
			what, plain string
			change      func(*Header)
			want        error
		}{
			{"as it should be", all, with(3), nil},
			{"one left out", text[0] + text[2], with(3), ErrDamaged},
			{"one left out and hidden", text[0] + text[2], func(h *Header) { with(2)(h); h.Head = head[3] }, journal.ErrBroken},
			{"exchanged", text[1] + text[0] + text[2], with(3), journal.ErrBroken},
			{"one too many", all, with(2), ErrDamaged},
			{"private of another", strings.Replace(all, "张三", "李四", 1), with(3), journal.ErrSecret},
			{"core altered", strings.Replace(all, `"x"`, `"y"`, 1), with(3), journal.ErrBroken},
			{"no JSON", "hello\n", with(1), journal.ErrMalformed},
			{"no record", "{}\n", with(1), journal.ErrMalformed},
			{"deep", strings.Repeat("[", 20000) + "\n", with(1), journal.ErrMalformed},
			{"long line", strings.Repeat(" ", MaxLine+1) + "\n", with(1), ErrTooLarge},
			{"zeros", string(make([]byte, 16<<20)), with(1), ErrTooLarge},
			{"empty lines", strings.Repeat("\n", 16<<20), with(3), ErrDamaged},
		} {
			_, records, err := s.open(s.forge(t, []byte(c.plain), c.change))
			if !errors.Is(err, c.want) || (c.want != nil && records != nil) {
				t.Errorf("%s: %v, want %v", c.what, err, c.want)
			}
		}
	})
}

func TestFault28DecompressedLimit(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		h, b := s.seal(t, blank(), chain(t, 100, strings.Repeat("x", 5000)))
		for limit, want := range map[int64]error{10_000_000: nil, 100_000: ErrTooLarge} {
			algorithms, _ := suite.Named(s.name)
			packed, err := algorithms.Decrypt(b[len(b)-int(h.Size):], []suite.Secret{s.reader})
			if err != nil {
				t.Fatal(err)
			}
			if records, err := unpack(bytes.NewReader(packed), h, limit); !errors.Is(err, want) || (want != nil && records != nil) {
				t.Errorf("500 kB in %d bytes where %d are allowed: %v", h.Size, limit, err)
			}
		}
	})
}

func TestFault28TooLarge(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		if _, _, err := Open(bytes.NewReader(nil), MaxFile+1, county, s.known, s.reader); !errors.Is(err, ErrTooLarge) {
			t.Errorf("file: %v", err)
		}
		if _, err := Peek(strings.NewReader(magic + strings.Repeat("x", 1<<20))); !errors.Is(err, ErrTooLarge) {
			t.Errorf("header: %v", err)
		}
		h := blank()
		h.Acks = make([]Ack, 1000)
		for i := range h.Acks {
			h.Acks[i] = Ack{Incarnation: 1, Stream: "up"}
		}
		if _, err := Seal(&bytes.Buffer{}, h, nil, []suite.Public{public(s.reader)}, s.writer); !errors.Is(err, ErrTooLarge) {
			t.Errorf("acknowledgements: %v", err)
		}
		_, b := s.seal(t, blank(), nil)
		for _, claim := range []string{`"size":99999999999`, `"size":-1`, `"size":0`} {
			size := fmt.Sprintf(`"size":%d`, mustPeek(t, b).Size)
			if h, err := Peek(bytes.NewReader(bytes.Replace(b, []byte(size), []byte(claim), 1))); err == nil {
				t.Errorf("%s: %+v", claim, h)
			}
		}
	})
}

func mustPeek(t testing.TB, b []byte) Header {
	h, err := Peek(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestFault28HeadersThatCannotBe(t *testing.T) {
	both(t, func(t *testing.T, s side) {
		good, _ := s.seal(t, blank(), chain(t, 2, "x"))
		for what, change := range map[string]func(*Header){
			"path as unit":      func(h *Header) { h.To = "../.." },
			"no sender":         func(h *Header) { h.From = "" },
			"no replica":        func(h *Header) { h.Replica = journal.Replica{} },
			"incarnation":       func(h *Header) { h.Incarnation = 0 },
			"stream":            func(h *Header) { h.Stream = "sideways" },
			"position 0":        func(h *Header) { h.First, h.Last, h.Entries = 0, 1, 2 },
			"backwards":         func(h *Header) { h.First, h.Last = 9, 2 },
			"wrapped":           func(h *Header) { h.First, h.Last, h.Entries = 1, ^uint64(0), 0 },
			"count":             func(h *Header) { h.Entries = 3 },
			"negative count":    func(h *Header) { h.First, h.Last, h.Entries = 5, 3, -1 },
			"a million":         func(h *Header) { h.Last, h.Entries = 1_000_000, 1_000_000 },
			"prev of the first": func(h *Header) { h.Prev = journal.Hash{1} },
			"empty and moved":   func(h *Header) { h.First, h.Entries = 3, 0 },
			"key":               func(h *Header) { h.Key = h.Key[1:] },
			"ack":               func(h *Header) { h.Acks = []Ack{{Incarnation: 1, Stream: "up", Stored: 1, Processed: 2}} },
		} {
			h := good
			change(&h)
			if err := h.check(); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func FuzzPeek(f *testing.F) {
	for _, s := range sides {
		_, b := s.seal(f, blank(), chain(f, 1, "x"))
		f.Add(b)
		f.Add(b[:300])
	}
	f.Add([]byte("lianluo bundle 2\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := Peek(bytes.NewReader(b))
		if l, ok := ParseName(Name(h)); err == nil && (!ok || l.First != h.First || l.Last != h.Last) {
			t.Errorf("believed a header without a name: %+v", h)
		}
	})
}

// FuzzUnpack takes anything for the compressed records of a bundle: only those that the header names may come out.
func FuzzUnpack(f *testing.F) {
	r := chain(f, 1, "x")[0]
	line, _ := r.MarshalJSON()
	z, _ := zstd.NewWriter(nil)
	f.Add(z.EncodeAll(append(line, '\n'), nil))
	f.Add(z.EncodeAll(bytes.Repeat([]byte("\n"), 1000), nil))
	h := Header{First: 1, Last: 1, Entries: 1, Head: journal.Advance(journal.Hash{}, 1, r.Hash)}
	f.Fuzz(func(t *testing.T, packed []byte) {
		records, err := unpack(bytes.NewReader(packed), h, 1<<20)
		if err == nil && !bytes.Equal(records[0].Core, r.Core) || err != nil && records != nil {
			t.Errorf("believed %v %v", records, err)
		}
	})
}

func BenchmarkBundle(b *testing.B) {
	for _, s := range sides {
		for _, n := range []int{0, 100, 10000} {
			rs := chain(b, n, "路灯不亮")
			_, file := s.seal(b, blank(), rs)
			b.Run(fmt.Sprintf("%s/seal%d", s.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s.seal(b, blank(), rs)
				}
			})
			b.Run(fmt.Sprintf("%s/open%d", s.name, n), func(b *testing.B) {
				b.ReportAllocs()
				b.ReportMetric(float64(len(file)), "bytes/file")
				for b.Loop() {
					if _, _, err := s.open(file); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
