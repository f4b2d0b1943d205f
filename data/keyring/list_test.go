package keyring

import (
	"bytes"
	"errors"
	"testing"

	"lianluo.local/data/suite"
)

func TestFault27ListNeverGoesBack(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		county, by, home := atHome(t, name, 9, "530402", "county")
		_, a := someone(t, name, 1, "530402002003Z1", "station")
		_, b := someone(t, name, 2, "530402002003Z2", "station")
		list := func(version uint64, cards ...Card) List {
			return List{Version: version, By: by, Made: noon, Cards: cards}
		}
		sign := func(id Identity, l List) []byte {
			file, err := l.Sign(id)
			if err != nil {
				t.Fatal(err)
			}
			return file
		}
		trusted := List{By: by}
		one, err := OpenList(sign(county, list(1, a)), trusted)
		if err != nil {
			t.Fatal("the first:", err)
		}
		two, err := OpenList(sign(county, list(2, a, b)), one)
		if err != nil {
			t.Fatal("the second:", err)
		}
		if again, err := OpenList(sign(county, list(2, a, b)), two); err != nil || len(again.Cards) != 2 {
			t.Errorf("the same once more: %v", err)
		}
		thief, forger := someone(t, name, 3, "530402", "county")
		stolen := list(3, a)
		stolen.By = forger
		altered := bytes.Replace(sign(county, list(3, a)), []byte(`"version": 3`), []byte(`"version": 4`), 1)
		for what, c := range map[string]struct {
			file []byte
			want error
		}{
			"an older one, signed anew":    {sign(county, list(1, a, b)), ErrOlder},
			"another of the same version":  {sign(county, list(2, a)), ErrOlder},
			"somebody else's":              {sign(thief, stolen), ErrStranger},
			"altered":                      {altered, ErrForged},
			"cut":                          {altered[:100], ErrDamaged},
			"a request":                    {bytes.Replace(altered, []byte("keylist 1"), []byte("request 1"), 1), ErrDamaged},
			"of a newer program":           {bytes.Replace(altered, []byte("keylist 1"), []byte("keylist 2"), 1), ErrNewer},
			"without end":                  {bytes.Repeat([]byte(" "), MaxList+1), ErrTooLarge},
			"in which we believe nobody":   {nil, ErrDamaged},
			"a certificate in its clothes": {[]byte(`{"lianluo":"keylist 1","content":{},"signature":""}`), ErrStranger},
		} {
			if l, err := OpenList(c.file, two); !errors.Is(err, c.want) || l.Version != 0 {
				t.Errorf("%s: %v, want %v", what, err, c.want)
			}
		}
		if _, err := OpenList(sign(county, list(3, a)), List{}); !errors.Is(err, ErrStranger) {
			t.Errorf("where no county is believed: %v", err)
		}

		// The county changes its keys: whoever followed the statement believes the list that the new one signed.
		_, said := rotate(t, home, by, entry(9, 1, 5), 8)
		county, err = Turn(home, none)
		if err != nil {
			t.Fatal(err)
		}
		followed, err := by.Follow(said)
		if err != nil {
			t.Fatal(err)
		}
		three := list(3, a, b)
		three.By = followed.Turned()
		if _, err := OpenList(sign(county, three), two); !errors.Is(err, ErrStranger) {
			t.Errorf("new keys without a statement: %v", err)
		}
		two.By = followed
		if l, err := OpenList(sign(county, three), two); err != nil || len(l.By.Former) != 1 {
			t.Errorf("new keys with a statement: %v", err)
		}
	})
}

func TestListThatNobodyWouldBelieveIsNotSigned(t *testing.T) {
	county, by := someone(t, suite.Age, 9, "530402", "county")
	_, a := someone(t, suite.Age, 1, "530402002003Z1", "station")
	for what, l := range map[string]List{
		"no version":         {By: by},
		"no next one":        {Version: 1 << 63, By: by},
		"no recovery key":    {Version: 1, By: by, Recovery: &suite.Public{}},
		"another's own name": {Version: 1, By: a},
	} {
		if _, err := l.Sign(county); err == nil {
			t.Errorf("%s: signed", what)
		}
	}
}

// What is wrong with one card costs that card and not the list, for who signs it and for who reads it.
func TestABadCardCostsThatCard(t *testing.T) {
	county, by := someone(t, suite.Age, 9, "530402", "county")
	_, a := someone(t, suite.Age, 1, "530402002003Z1", "station")
	_, b := someone(t, suite.Age, 2, "530402002003Z2", "station")
	_, sm := someone(t, suite.SM, 3, "530402002003Z3", "station")
	moved := a // under another unit
	moved.Unit = b.Unit
	odd := b
	odd.Name = "站\n点\x1b[8m"
	bad := List{Version: 1, By: by, Cards: []Card{a, sm, {Unit: "530402002003Z3"}, moved, odd}, Revoked: []Revocation{{}, {Replica: a.Replica, Incarnation: 1, LastSeq: 7}}}
	clean, err := bad.Sign(county)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := county.seal("keylist", bad) // as a program does that looks at nothing
	if err != nil {
		t.Fatal(err)
	}
	for what, file := range map[string][]byte{"signed": clean, "as it is": raw} {
		l, err := OpenList(file, List{By: by})
		if err != nil || len(l.Cards) != 2 || l.Cards[0].Hash() != a.Hash() || l.Cards[1].Hash() != b.Hash() || l.Cards[1].Name != "站点[8m" || len(l.Revoked) != 1 {
			t.Errorf("%s: %+v %v", what, l, err)
		}
		if kept, err := ReadList(file); err != nil || !kept.Says(l) {
			t.Errorf("%s: read again it says something else: %v", what, err)
		}
	}
}

func TestRevokedFromANumberOn(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		_, by := someone(t, name, 9, "530402", "county")
		_, a, home := atHome(t, name, 1, "530402002003Z1", "station")
		_, said := rotate(t, home, a, entry(1, 2, 50), 5)
		told, err := a.Follow(said)
		if err != nil {
			t.Fatal(err)
		}
		new := told.Next.Sign
		l := List{Version: 1, By: by, Cards: []Card{told}}
		signers := func(r ...Revocation) []suite.Signer {
			l.Revoked = r
			return l.Signers(a.Unit, a.Replica)
		}
		for _, c := range []struct {
			what      string
			revoked   []Revocation
			inc       uint32
			seq       uint64
			old, next bool
		}{
			{"not revoked", nil, 2, 60, false, true},
			{"another was", []Revocation{{by.Replica, 1, 0}}, 2, 60, false, true},
			{"the last entry", []Revocation{{a.Replica, 2, 60}}, 2, 60, false, true},
			{"the one after it", []Revocation{{a.Replica, 2, 60}}, 2, 61, false, false},
			{"an earlier life", []Revocation{{a.Replica, 2, 60}}, 1, 999, true, true},
			{"a later life", []Revocation{{a.Replica, 2, 60}}, 3, 1, false, false},
			{"before the keys changed", []Revocation{{a.Replica, 2, 20}}, 2, 20, true, true},
			{"from then on the old one too", []Revocation{{a.Replica, 2, 20}}, 2, 21, false, false},
			{"the strictest counts", []Revocation{{a.Replica, 2, 30}, {a.Replica, 2, 10}, {a.Replica, 2, 20}}, 2, 11, false, false},
			{"from the beginning", []Revocation{{a.Replica, 1, 0}}, 1, 1, false, false},
		} {
			got := signers(c.revoked...)
			if old, next := may(t, got, a.Sign, entry(1, c.inc, c.seq)), may(t, got, new, entry(1, c.inc, c.seq)); old != c.old || next != c.next {
				t.Errorf("%s: old key %v, new key %v", c.what, old, next)
			}
		}
		if l.Signers("530402002003Z9", a.Replica) != nil || l.Signers(a.Unit, by.Replica) != nil || len(l.Signers(by.Unit, by.Replica)) != 1 {
			t.Error("keys for somebody whom the list does not name")
		}
	})
}
