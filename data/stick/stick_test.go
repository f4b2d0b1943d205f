package stick_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/home"
	"lianluo.local/data/stick"
)

var added = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

// two is a list of two sticks.
func two(t *testing.T) (l stick.List) {
	t.Helper()
	for id, name := range map[string]string{"a": "蓝色的", "b": "红色的"} {
		var err error
		if l, err = l.Add(stick.Stick{ID: id, Name: name, Added: added}); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// A name belongs to one stick and is short enough to be said; one that is registered again keeps its day and its place.
func TestAdd(t *testing.T) {
	for what, c := range map[string]struct {
		s   stick.Stick
		why error
	}{
		"another":            {stick.Stick{ID: "c", Name: "黑的"}, nil},
		"blanks":             {stick.Stick{ID: "c", Name: " 黑的 \t 那个\n"}, nil},
		"twenty":             {stick.Stick{ID: "c", Name: strings.Repeat("长", 20)}, nil},
		"renamed":            {stick.Stick{ID: "a", Name: "天蓝的"}, nil},
		"the same":           {stick.Stick{ID: "a", Name: "蓝色的", Wipe: true}, nil},
		"no name":            {stick.Stick{ID: "c", Name: " "}, stick.ErrName},
		"twenty-one":         {stick.Stick{ID: "c", Name: strings.Repeat("长", 21)}, stick.ErrName},
		"a bell":             {stick.Stick{ID: "c", Name: "黑\a的"}, stick.ErrName},
		"no id":              {stick.Stick{Name: "黑的"}, stick.ErrName},
		"another's name":     {stick.Stick{ID: "c", Name: "红色的"}, stick.ErrTaken},
		"takes another name": {stick.Stick{ID: "a", Name: "红色的"}, stick.ErrTaken},
	} {
		before := two(t)
		l, err := before.Add(c.s)
		if !errors.Is(err, c.why) {
			t.Errorf("%s: %v", what, err)
		}
		s, known := l.Find(c.s.ID)
		_, knew := before.Find(c.s.ID)
		switch {
		case err != nil && len(l.Sticks) != 2, len(before.Sticks) != 2:
			t.Errorf("%s: the list is another one: %v", what, l.Sticks)
		case err == nil && (!known || s.Name != strings.Join(strings.Fields(c.s.Name), " ") ||
			s.Wipe != c.s.Wipe || knew != s.Added.Equal(added)):
			t.Errorf("%s: %+v", what, s)
		}
	}
	var l stick.List
	for n := range 101 {
		var err error
		l, err = l.Add(stick.Stick{ID: strings.Repeat("x", n+1), Name: strings.Repeat("又", n%19+1) + string(rune('a'+n/19))})
		if n < 100 && err != nil || n == 100 && !errors.Is(err, stick.ErrMuch) {
			t.Fatalf("stick %d: %v", n, err)
		}
	}
}

// Where there are any, no other is used, and whoever puts one in hears which; where there are none every one is.
func TestAdmits(t *testing.T) {
	l := two(t)
	for id, admitted := range map[string]bool{"a": true, "b": true, "c": false, "": false} {
		err := l.Admits(id)
		var not stick.Unregistered
		if (err == nil) != admitted || err != nil && (!errors.As(err, &not) || !strings.Contains(not.Sentence(), "蓝色的")) {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, name := range []string{"蓝色的", " 红色的 "} {
		var err error
		if l, err = l.Drop(name); err != nil {
			t.Error(err)
		}
	}
	if err := l.Admits("c"); err != nil {
		t.Errorf("none is registered: %v", err)
	}
	if _, err := l.Drop("红色的"); !errors.Is(err, stick.ErrNone) {
		t.Errorf("dropped twice: %v", err)
	}
}

// What is saved is read again, the newest five hundred trips of it; nothing is read as nothing, and what is damaged is told.
func TestSaved(t *testing.T) {
	h := home.Home(t.TempDir())
	if l, err := stick.Load(h); err != nil || len(l.Sticks)+len(l.Trips) > 0 {
		t.Errorf("of nothing: %+v %v", l, err)
	}
	l := two(t)
	for n := range 501 {
		l.Trips = append(l.Trips, stick.Trip{At: added.Add(time.Duration(n) * time.Hour), Stick: "a", Sent: n})
	}
	if err := l.Save(h); err != nil {
		t.Fatal(err)
	}
	got, err := stick.Load(h)
	if s, ok := got.Find("a"); err != nil || !ok || s.Name != "蓝色的" || !s.Added.Equal(added) {
		t.Errorf("%+v %v", s, err)
	}
	if len(got.Trips) != 500 || got.Trips[0].Sent != 1 || got.Trips[499].Sent != 500 {
		t.Errorf("%d trips", len(got.Trips))
	}
	trip := stick.Trip{At: added, Stick: "a", Collected: 3, Sent: 2, Wiped: 1}
	if says := got.Says(trip, time.FixedZone("CST", 8*3600)); says != "2026-11-22 03:42　蓝色的　收到 3 条，送出 2 条，清掉 1 个文件" {
		t.Error(says)
	}
	if got, _ = got.Drop("蓝色的"); !strings.Contains(got.Says(trip, time.UTC), "去掉了的U盘") {
		t.Error("a trip of a stick that was dropped names it")
	}
	if err := os.WriteFile(h.Sticks(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := stick.Load(h); err == nil {
		t.Error("what is damaged is read as nothing: any stick would be used")
	}
}
