package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// enveloped is the first act of a computer on a thing of its own.
func enveloped(replica byte) Entry {
	e := entry(replica, 1)
	e.Envelope = &Envelope{Way: Along, Audience: []string{e.Unit, "141102000000"}, Privy: []string{"141102000000"}, Born: Salt{7}}
	e.Thing = Name(e.Unit, e.ID.Replica, e.Envelope.Born, e.At)
	return e
}

// Entries of before are the same bytes as ever; an envelope is part of what is signed, and what of it this program does not
// know is kept.
func TestEnvelopeIsSigned(t *testing.T) {
	if old := seal(t, entry(1, 1), nil); bytes.Contains(old.Core, []byte("envelope")) || old.Envelope != nil {
		t.Errorf("an envelope out of nothing: %s", old.Core)
	}
	r := seal(t, enveloped(1), citizen{Name: "王𠅤亮"})
	const want = `"envelope":{"way":"path","audience":["141102002003D1-A","141102000000"],"privy":["141102000000"],"born":"07000000000000000000000000000000"}`
	if !bytes.Contains(r.Core, []byte(want)) {
		t.Errorf("%s", r.Core)
	}
	e := enveloped(1)
	e.Envelope.Privy = nil
	if seal(t, e, citizen{Name: "王𠅤亮"}).Hash == r.Hash {
		t.Error("who may have it is not signed")
	}
	newer := bytes.Replace(r.Core, []byte(`"way":"path"`), []byte(`"way":"round","seal":7`), 1)
	if got, err := Open(newer, r.Secret); err != nil || got.Envelope.Way != "round" || !bytes.Equal(got.Core, newer) {
		t.Errorf("a newer program's: %+v %v", got.Envelope, err)
	}
	for _, bad := range []string{`"born":"07"`, `"born":"` + strings.Repeat("z", 32) + `"`, `"born":7`} {
		if _, err := Open(bytes.Replace(r.Core, []byte(`"born":"07000000000000000000000000000000"`), []byte(bad), 1), r.Secret); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// A thing is its author's: another unit, another computer, another moment or salt make another name. It stays his in a new
// life.
func TestThingIsItsAuthors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := enveloped(byte(rapid.IntRange(1, 200).Draw(t, "who")))
		e.At = e.At.AddDate(0, 0, rapid.IntRange(-40000, 40000).Draw(t, "day"))
		e.Thing = Name(e.Unit, e.ID.Replica, e.Envelope.Born, e.At)
		if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(e.Thing) {
			t.Fatalf("no UUIDv7: %s", e.Thing)
		}
		if !e.Bound() {
			t.Fatalf("%s is not its own", e.Thing)
		}
		again := e
		again.ID.Incarnation, again.ID.Seq = 7, 9
		if !again.Bound() {
			t.Fatal("lost in a new life")
		}
		for what, change := range map[string]func(e *Entry){
			"unit": func(e *Entry) { e.Unit = "141102002004D1-8" }, "computer": func(e *Entry) { e.ID.Replica[15]++ },
			"salt": func(e *Entry) { e.Envelope.Born[0]++ }, "moment": func(e *Entry) { e.Thing = e.Thing[:12] + string('a'+(e.Thing[12]+1)%6) + e.Thing[13:] },
			"letters": func(e *Entry) { e.Thing = strings.ToUpper(e.Thing) + "-" }, "no salt": func(e *Entry) { e.Envelope.Born = Salt{} },
			"no envelope": func(e *Entry) { e.Envelope = nil }, "no name": func(e *Entry) { e.Thing = "rules 141102000000" },
			"a digit": func(e *Entry) { e.Thing = e.Thing[:35] + string('a'+(e.Thing[35]+1)%6) },
		} {
			other := e
			env := *e.Envelope
			other.Envelope = &env
			if change(&other); other.Thing+other.Unit != e.Thing+e.Unit || other.ID != e.ID || other.Envelope == nil || other.Envelope.Born != e.Envelope.Born {
				if other.Bound() {
					t.Fatalf("%s: another's thing is his", what)
				}
			}
		}
	})
}

// FuzzEnvelope: whatever somebody puts on an envelope is refused with a reason or read without harm.
func FuzzEnvelope(f *testing.F) {
	whole, _ := json.Marshal(enveloped(1).Envelope)
	for _, s := range []string{string(whole), "null", "{}", "[]", `{"audience":null,"born":""}`, `{"way":1}`} {
		f.Add(s)
	}
	base := seal(f, enveloped(1), nil).Core
	f.Fuzz(func(t *testing.T, text string) {
		core := bytes.Replace(base, whole, []byte(text), 1)
		r, err := Open(core, nil)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Fatalf("no reason: %v", err)
			}
			return
		}
		if r.Bound() && r.Envelope.Born != (Salt{7}) {
			t.Fatalf("bound by another salt: %s", text)
		}
	})
}
