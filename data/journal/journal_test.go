package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.FixedZone("CST", 8*3600))

const thing = "019ab0c0-0000-7000-8000-000000000001"

type citizen struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// entry is the first act of a computer on a thing.
func entry(replica byte, seq uint64) Entry {
	return Entry{ID: ID{Replica{replica}, 1, seq}, Thing: thing, Kind: "matter", Do: "receive", Schema: 1, Depth: 1,
		Unit: "141102002003D1-A", Level: Station, By: "赵晖", At: evening, Body: json.RawMessage(`{"title":"七巷雨水倒灌"}`)}
}

func seal(t testing.TB, e Entry, private any) Record {
	t.Helper()
	r, err := Seal(e, private, [16]byte{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealedIsReadBack(t *testing.T) {
	who := citizen{"王𠅤亮", "13812345678"}
	r := seal(t, entry(1, 1), who)
	again, err := Open(r.Core, r.Secret)
	if err != nil || again.Hash != r.Hash || again.Do != "receive" || again.By != "赵晖" || !again.At.Equal(evening) {
		t.Fatalf("%+v %v", again, err)
	}
	var got citizen
	if err := again.Read(&got); err != nil || got != who {
		t.Errorf("private part %+v %v", got, err)
	}
	if bytes.Contains(r.Core, []byte(who.Phone)) || bytes.Contains(r.Core, []byte(who.Name)) {
		t.Errorf("the core tells who the citizen is: %s", r.Core)
	}
	if r.Seen == nil || !bytes.Contains(r.Core, []byte(`"seen":[]`)) {
		t.Errorf("a first entry's heads are not an empty list: %s", r.Core)
	}
	if open := seal(t, entry(1, 1), nil); open.Secret != nil || open.Private != nil || open.Hash == r.Hash {
		t.Errorf("without a private part: %+v", open)
	}
}

// A level that may not know gets the core alone: it verifies, has the same hash, and tells nothing.
func TestWithheldPartVerifies(t *testing.T) {
	r := seal(t, entry(1, 1), citizen{"李福生", "13900001111"})
	bare, err := Open(r.Core, nil)
	if err != nil || bare.Hash != r.Hash || bare.Private == nil {
		t.Fatalf("%+v %v", bare, err)
	}
	got := citizen{Name: "as before"}
	if err := bare.Read(&got); err != nil || got.Name != "as before" {
		t.Errorf("read %+v %v", got, err)
	}
	if err := Follow(ID{}, Hash{}, bare); err != nil {
		t.Error(err)
	}
	line, err := json.Marshal(bare)
	if err != nil || bytes.Contains(line, []byte("13900001111")) || bytes.Contains(line, []byte(`"private":{`)) {
		t.Errorf("%s %v", line, err)
	}
}

// The same phone under another salt has another hash, so nobody finds a number by trying all of them.
func TestSaltHidesWhatIsGuessed(t *testing.T) {
	who := citizen{"", "13812345678"}
	a, _ := Seal(entry(1, 1), who, [16]byte{1})
	b, _ := Seal(entry(1, 1), who, [16]byte{2})
	c, _ := Seal(entry(1, 1), who, [16]byte{1})
	if *a.Private == *b.Private || a.Hash == b.Hash {
		t.Error("two salts give one hash")
	}
	if a.Hash != c.Hash || !bytes.Equal(a.Secret, c.Secret) {
		t.Error("the same words and salt give two entries")
	}
}

// Every bit counts: a core with any byte changed is refused or is another entry, and its successor no longer follows; a
// secret with any byte changed is refused.
func TestTamperingIsFound(t *testing.T) {
	r := seal(t, entry(1, 1), citizen{"张𰻞华", "13812345678"})
	e := entry(1, 2)
	e.Prev, e.Seen, e.Depth = r.Hash, []ID{r.ID}, 2
	next := seal(t, e, nil)
	if err := Follow(r.ID, r.Hash, next); err != nil {
		t.Fatal(err)
	}
	for i := range r.Core {
		bad := slices.Clone(r.Core)
		bad[i] ^= 1
		if got, err := Open(bad, r.Secret); err == nil && Follow(got.ID, got.Hash, next) == nil {
			t.Fatalf("byte %d of the core: %s passes", i, bad)
		}
	}
	for i := range r.Secret {
		for _, bit := range []byte{1, 0x20} {
			bad := slices.Clone(r.Secret)
			bad[i] ^= bit
			if _, err := Open(r.Core, bad); !errors.Is(err, ErrSecret) {
				t.Fatalf("byte %d of the secret: %v", i, err)
			}
		}
	}
	if _, err := Open(r.Core, []byte{}); !errors.Is(err, ErrSecret) {
		t.Errorf("empty secret: %v", err)
	}
	if _, err := Open(next.Core, r.Secret); !errors.Is(err, ErrSecret) {
		t.Errorf("a secret beside a core that has none: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	whole := seal(t, entry(1, 1), nil).Core
	swap := func(old, new string) []byte { return bytes.Replace(whole, []byte(old), []byte(new), 1) }
	for name, core := range map[string][]byte{
		"nothing":        nil,
		"null":           []byte("null"),
		"a list":         []byte("[]"),
		"half":           whole[:len(whole)/2],
		"two":            append(slices.Clone(whole), whole...),
		"seq 0":          swap(".1.1", ".1.0"),
		"incarnation 0":  swap(".1.1", ".0.1"),
		"seq above 2^63": swap(".1.1", ".1.9223372036854775808"),
		"negative seq":   swap(".1.1", ".1.-1"),
		"short replica":  swap(`"01`, `"`),
		"no thing":       swap(thing, ""),
		"no kind":        swap(`"kind":"matter"`, `"kind":""`),
		"no act":         swap(`"do":"receive"`, `"do":""`),
		"depth 0":        swap(`"depth":1`, `"depth":0`),
		"depth a word":   swap(`"depth":1`, `"depth":"1"`),
		"short prev":     swap(`"prev":"00`, `"prev":"`),
		"no time":        swap("2026-11-21", "2026-13-21"),
		"too large":      append(slices.Clone(whole), bytes.Repeat([]byte(" "), maxCore)...),
	} {
		if bytes.Equal(core, whole) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := Open(core, nil); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	e := entry(1, 1)
	e.Body = json.RawMessage(`{`)
	if _, err := Seal(e, nil, [16]byte{}); err == nil {
		t.Error("sealed half a body")
	}
	if _, err := Seal(entry(1, 1), func() {}, [16]byte{}); err == nil {
		t.Error("sealed what is no private part")
	}
	if _, err := Seal(entry(1, 1), strings.Repeat("长", maxCore), [16]byte{}); !errors.Is(err, ErrMalformed) {
		t.Errorf("sealed a private part that is too large: %v", err)
	}
}

func TestReadRefusesAnotherShape(t *testing.T) {
	r := seal(t, entry(1, 1), []string{"not", "a", "citizen"})
	var c citizen
	if err := r.Read(&c); !errors.Is(err, ErrMalformed) {
		t.Errorf("%v", err)
	}
}

// A record travels as one line, and its bytes arrive as they were, however odd they look.
func TestLineKeepsTheBytes(t *testing.T) {
	e := entry(1, 1)
	e.Body = json.RawMessage(`{"title":"<公厕> & \u2028","z":1.0,"a":1e2}`)
	for _, r := range []Record{seal(t, e, citizen{"刘𬺞生<", "0358-8221321"}), seal(t, e, nil)} {
		line, err := r.MarshalJSON()
		if err != nil || bytes.ContainsRune(line, '\n') {
			t.Fatalf("%s %v", line, err)
		}
		var got Record
		if err := json.Unmarshal(line, &got); err != nil || !bytes.Equal(got.Core, r.Core) || !bytes.Equal(got.Secret, r.Secret) || got.Hash != r.Hash {
			t.Errorf("%s became %s %s: %v", line, got.Core, got.Secret, err)
		}
	}
	for _, bad := range []string{``, `null`, `{}`, `[]`, `{"core":1}`, `{"core":null}`, `{"private":{}}`} {
		var r Record
		if err := r.UnmarshalJSON([]byte(bad)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	r := seal(t, e, citizen{})
	var got Record
	if err := got.UnmarshalJSON(fmt.Appendf(nil, `{"core":%s,"private":null}`, r.Core)); !errors.Is(err, ErrSecret) {
		t.Errorf("null as private part: %v", err)
	}
}

func TestNamesAsText(t *testing.T) {
	id := ID{Replica{0xab, 15: 1}, 4294967295, 1<<63 - 1}
	const text = "ab000000000000000000000000000001.4294967295.9223372036854775807"
	if b, _ := id.MarshalText(); string(b) != text || id.String() != text {
		t.Errorf("%s", b)
	}
	var got ID
	if err := got.UnmarshalText([]byte(text)); err != nil || got != id {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"", "..", "ab.1.1", text + ".1", text[1:], "zz" + text[2:], strings.Replace(text, ".4", ".9", 1), text + "0", text[:33] + "-1.1", text[:33] + "1", text + " "} {
		if err := new(ID).UnmarshalText([]byte(bad)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q was read: %v", bad, err)
		}
	}
	h := Hash{0xff, 31: 7}
	b, _ := h.MarshalText()
	var back Hash
	if err := back.UnmarshalText(b); err != nil || back != h || len(b) != 64 {
		t.Errorf("%s %v", b, err)
	}
	for _, bad := range []string{"", "00", strings.Repeat("0", 63), strings.Repeat("0", 66), strings.Repeat("x", 64)} {
		if err := back.UnmarshalText([]byte(bad)); !errors.Is(err, ErrMalformed) || back != h {
			t.Errorf("%q: %v, now %x", bad, err, back)
		}
	}
	if err := new(Replica).UnmarshalText([]byte(strings.Repeat("00", 15))); !errors.Is(err, ErrMalformed) {
		t.Error("a short replica was read")
	}
}

// FuzzOpen: whatever comes from outside is refused with a reason or is an entry that survives the way there and back.
func FuzzOpen(f *testing.F) {
	r := seal(f, entry(1, 1), citizen{"王𠅤亮", "13812345678"})
	bare := seal(f, entry(2, 9), nil)
	for _, r := range []Record{r, bare, seal(f, enveloped(3), citizen{"王𠅤亮", ""})} {
		line, _ := r.MarshalJSON()
		f.Add(line)
		f.Add(line[:len(line)-1])
	}
	f.Add([]byte(`{"core":{"id":"x"},"private":null}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		if l, ok := cut(line); ok && json.Valid(l.Core) { // the short way and the long one read the same
			var long Line
			if err := json.Unmarshal(line, &long); err != nil || !bytes.Equal(l.Core, long.Core) || !bytes.Equal(l.Private, long.Private) || !bytes.Equal(l.Signature, long.Signature) {
				t.Fatalf("%s is read as %+v and %+v: %v", line, l, long, err)
			}
		}
		var got Record
		if err := got.UnmarshalJSON(line); err != nil {
			if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrSecret) {
				t.Fatalf("no reason: %v", err)
			}
			return
		}
		again, err := got.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var twice Record
		if err := twice.UnmarshalJSON(again); err != nil || twice.Hash != got.Hash || twice.ID != got.ID {
			t.Fatalf("%s came back as %v: %v", again, twice.ID, err)
		}
		bare, err := Open(got.Core, nil)
		if err != nil || bare.Hash != got.Hash {
			t.Fatalf("core alone: %v", err)
		}
	})
}

// A core that two readers would take for two things is none: a member that stands twice or in other letters, and what is nested without end.
// What a newer program adds is passed over.
func TestCoreSaysOneThing(t *testing.T) {
	r, err := Seal(Entry{ID: ID{Replica: Replica{1}, Incarnation: 1, Seq: 1}, Thing: "x", Kind: "matter", Do: "receive", Depth: 1,
		Body: json.RawMessage(`{"Title":"\"x\\","title":"at\":"}`)}, nil, [16]byte{})
	if err != nil {
		t.Fatal(err)
	}
	with := func(member string) []byte {
		return []byte(strings.TrimSuffix(string(r.Core), "}") + "," + member + "}")
	}
	if _, err := Open(with(`"new_member":{"At":1,"at":2}`), nil); err != nil {
		t.Errorf("of a newer program: %v", err)
	}
	for _, member := range []string{`"at":"x"`, `"AT":"2026-11-21T11:00:00Z"`, `"\u0061t":"2026-11-21T11:00:00Z"`, `"new":1,"new" : 2`, `"ſeen":[]`,
		`"new":` + strings.Repeat("[", 200) + strings.Repeat("]", 200)} {
		if _, err := Open(with(member), nil); !errors.Is(err, ErrMalformed) {
			t.Errorf("%.60s: %v", member, err)
		}
	}
}
