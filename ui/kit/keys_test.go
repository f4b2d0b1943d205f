package kit

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// keystroke is what a window is told of a key: down, typed once and for each repeat, each with its character, and up;
// it goes to whatever has the focus at that moment.
func keystroke(w fyne.Window, name fyne.KeyName, char rune, repeats int) {
	k := &fyne.KeyEvent{Name: name}
	at := func() (fyne.Focusable, desktop.Keyable) {
		f := w.Canvas().Focused()
		keyable, _ := f.(desktop.Keyable)
		return f, keyable
	}
	if f, keyable := at(); keyable != nil {
		keyable.KeyDown(k)
	} else if f == nil {
		down(name)
	}
	for range repeats + 1 {
		if f, _ := at(); f != nil {
			f.TypedKey(k)
		} else {
			pressed(name)
		}
		if f, _ := at(); f != nil && char != 0 {
			f.TypedRune(char)
		}
	}
	if f, keyable := at(); keyable != nil {
		keyable.KeyUp(k)
	} else if f == nil {
		up(name)
	}
}

// What opens something by a key is not typed into it: not its character, nor what it repeats while it is held, whatever
// had the focus and whatever gets it. The next key arrives.
func TestNoShortcutArrivesInWhatItOpens(t *testing.T) {
	name := NewEntry("")
	box := NewCheck("", nil)
	chips := NewChips(true, Option{Code: "1", Text: "甲"}, Option{Code: "2", Text: "乙"}, Option{Code: "3", Text: "丙"})
	button := NewButton("办", "", false, nil)
	tabs := NewTabs(chips.Options()...)
	list := NewTable("", Column[int]{Text: func(int) string { return "" }})
	targets := map[string]struct {
		fyne.Focusable
		state func() string
	}{
		"entry": {name, func() string { return name.Text }},
		"check": {box, func() string { return fmt.Sprint(box.Checked) }},
		"chips": {chips, func() string { return fmt.Sprint(chips.Chosen()) }},
	}
	w := stand(t, name, box, chips, button, tabs, list.Container)
	for _, from := range []fyne.Focusable{nil, list.list, tabs, button, box} {
		for what, into := range targets {
			for _, k := range []struct {
				name fyne.KeyName
				char rune
			}{{fyne.Key3, '3'}, {fyne.KeyN, 'n'}, {fyne.KeyN, 'N'}, {fyne.KeySpace, ' '}} {
				if k.name == fyne.KeySpace && from != list.list && from != nil {
					continue // it belongs to the widget
				}
				for _, repeats := range []int{0, 5} {
					name.SetText("")
					box.SetChecked(false)
					chips.Choose()
					before := into.state()
					Keys = map[Key]func(){{Name: k.name}: func() { Keys = map[Key]func(){}; Focus(into.Focusable) }}
					w.Canvas().Unfocus()
					if from != nil {
						Focus(from)
					}
					keystroke(w, k.name, k.char, repeats)
					if w.Canvas().Focused() != into.Focusable || into.state() != before {
						t.Errorf("%q held for %d from %T arrived in %s: %s", k.char, repeats, from, what, into.state())
					}
					if keystroke(w, fyne.Key3, '3', 0); what != "check" && into.state() == before {
						t.Errorf("after %q the next key did not arrive in %s", k.char, what)
					}
				}
			}
		}
	}
}

// A button that is pressed by Space or Enter presses nothing in what it opens, and a digit that chooses something is
// not written where the choice leads.
func TestOnePressDoesOneThing(t *testing.T) {
	pressed := 0
	second := NewButton("真办", "", true, func() { pressed++ })
	chips := NewChips(false, Option{Code: "1", Text: "甲"}, Option{Code: "2", Text: "自定日期"})
	date := NewEntry("")
	chips.OnChanged = func() { Focus(date) }
	first := NewButton("办", "", false, nil)
	w := stand(t, first, second, chips, date)
	for _, k := range []struct {
		name fyne.KeyName
		char rune
	}{{fyne.KeySpace, ' '}, {fyne.KeyReturn, 0}} {
		first.OnTapped = func() { Focus(second) }
		Focus(first)
		if keystroke(w, k.name, k.char, 5); pressed > 0 {
			t.Errorf("%s held pressed what it led to", k.name)
		}
		first.OnTapped = func() { Focus(chips) }
		Focus(first)
		if keystroke(w, k.name, k.char, 5); chips.One() != "" {
			t.Errorf("%s held chose %s", k.name, chips.One())
		}
	}
	Focus(chips)
	if keystroke(w, fyne.Key2, '2', 5); date.Text != "" || chips.One() != "2" {
		t.Errorf("chose %q and wrote %q", chips.One(), date.Text)
	}
	Focus(date)
	if keystroke(w, fyne.Key2, '2', 2); date.Text != "222" {
		t.Errorf("a key that writes does not repeat: %q", date.Text)
	}
}

// Whoever writes keeps the keys of writing, whatever the page does with them elsewhere.
func TestWritingKeepsItsKeys(t *testing.T) {
	e := NewEntry("")
	w := stand(t, e)
	for _, n := range []fyne.KeyName{fyne.KeySpace, fyne.KeyA, fyne.Key3, fyne.KeyLeft, fyne.KeyRight} {
		Keys[Key{Name: n}] = func() { t.Errorf("%s did something while somebody wrote", n) }
	}
	Focus(e)
	keystroke(w, fyne.KeyA, 'a', 0)
	keystroke(w, fyne.KeySpace, ' ', 0)
	keystroke(w, fyne.KeyLeft, 0, 1)
	keystroke(w, fyne.Key3, '3', 0)
	if e.Text != "3a " {
		t.Errorf("wrote %q", e.Text)
	}
}

// Ctrl+Z brings back what was written.
func TestUndoWhatWasWritten(t *testing.T) {
	e := NewEntry("")
	stand(t, e)
	test.Type(e, "下雨")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if e.Text != "下雨" {
		t.Errorf("%q after the undo", e.Text)
	}
}

// The second click of a double click does nothing, neither to a button nor to what came under the pointer; a later
// click does, and so does one elsewhere.
func TestDoubleClickIsOneClick(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	Clock = func() time.Time { return now }
	t.Cleanup(func() { Clock = nil })
	pressed := 0
	b, other := NewButton("登记", "", true, func() { pressed++ }), NewButton("打印", "", true, func() { pressed += 10 })
	chips := NewChips(false, Option{Code: "1", Text: "甲"}, Option{Code: "2", Text: "乙"})
	stand(t, b, other, chips)
	at := func(x float32) *fyne.PointEvent {
		return &fyne.PointEvent{Position: fyne.NewPos(10, 10), AbsolutePosition: fyne.NewPos(x, 10)}
	}
	b.Tapped(at(10))
	now = now.Add(400 * time.Millisecond)
	b.Tapped(at(12))
	other.Tapped(at(12))
	if pressed != 1 {
		t.Errorf("a double click did %d", pressed)
	}
	if other.Tapped(at(200)); pressed != 11 {
		t.Errorf("a click elsewhere did nothing: %d", pressed)
	}
	now = now.Add(time.Second)
	if b.Tapped(at(200)); pressed != 12 {
		t.Errorf("a later click did nothing: %d", pressed)
	}
	now = now.Add(time.Second)
	chips.Tapped(at(10))
	if chips.Tapped(at(10)); chips.One() != "1" {
		t.Error("a double click on a chip chooses nothing")
	}
}

// What is offered anew keeps its places: a digit means the same as long as the page is open.
func TestChipsKeepTheirPlaces(t *testing.T) {
	o := func(codes ...string) (os []Option) {
		for _, c := range codes {
			os = append(os, Option{Code: c, Text: c})
		}
		return os
	}
	c := NewChips(false, o("a", "b", "c", "d")...)
	w := stand(t, c)
	Focus(c)
	key(w, fyne.KeyRight, fyne.KeyRight)
	for _, step := range []struct{ offered, want []Option }{
		{o("c", "b", "a", "d"), o("a", "b", "c", "d")},
		{o("e", "c", "d", "a"), o("a", "e", "c", "d")},
		{o("c", "f", "a", "d", "e", "g"), o("a", "e", "c", "d", "f", "g")},
		{o("g", "c"), o("g", "c")},
	} {
		if c.SetOptions(step.offered); !slices.Equal(c.Options(), step.want) {
			t.Errorf("offered %v, shown %v", step.offered, c.Options())
		}
	}
	if test.Type(c, " "); c.One() != "c" {
		t.Errorf("the cursor went to %q", c.One())
	}
}
