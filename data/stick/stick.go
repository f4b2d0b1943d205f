// Package stick is sticks.json: over which sticks a home exchanges, and what each brought and took.
//
// A stick is told from others by an id in its marker (folder.Label), which anybody can copy: it keeps people from
// exchanging over a stick that was found, lent or mistaken for another, and proves nothing. Where no stick is
// registered every folder of the city is taken, as it was before there were any.
package stick

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// Stick is one that was registered here.
type Stick struct {
	ID    string    `json:"id"` // in its marker
	Name  string    `json:"name"`
	Wipe  bool      `json:"wipe"` // whether what we wrote goes as soon as the other side has it
	Added time.Time `json:"added"`
}

// Trip is a round in which a stick brought or took something.
type Trip struct {
	At        time.Time `json:"at"`
	Stick     string    `json:"stick"`     // its id
	Collected int       `json:"collected"` // entries
	Sent      int       `json:"sent"`      // entries
	Wiped     int       `json:"wiped"`     // files
}

// List is the sticks of a home, in the order in which they were registered, and their last trips, the newest last.
type List struct {
	Sticks []Stick `json:"sticks"`
	Trips  []Trip  `json:"trips"`
}

// mostTrips are kept: some years of two a week.
const mostTrips = 500

// Why something cannot be done with a stick.
var (
	ErrName  = problem.New("no name for a stick", "给U盘起个名字，一到二十个字，和别的U盘不同，比如“蓝色的”。")
	ErrNone  = problem.New("no such stick", "没有登记过叫这个名字的U盘。stick list 列出登记过的。")
	ErrMuch  = problem.New("too many sticks", "登记的U盘太多了，先去掉几个不用的。")
	ErrTaken = problem.New("another stick has that name", "别的U盘已经用了这个名字，请换一个。")
)

// Unregistered says that the stick that is put in is none of those that are registered.
type Unregistered struct{ Names []string }

func (u Unregistered) Error() string { return "stick is not registered" }

// Sentence is what a person hears.
func (u Unregistered) Sentence() string {
	return "插的不是登记过的U盘，没有读，也没有往里写。请换登记过的（" + strings.Join(u.Names, "、") +
		"）；要用这一个，先在“设置帮助”的“U盘…”里登记它。来历不明的不要用。"
}

// Load reads the sticks of a home; none where none was registered.
func Load(h home.Home) (l List, err error) {
	b, err := disk.ReadFile(h.Sticks())
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &l)
	}
	if err != nil {
		return l, fmt.Errorf("sticks: %w", err)
	}
	return l, nil
}

// Save writes them whole.
func (l List) Save(h home.Home) error {
	l.Trips = l.Trips[max(0, len(l.Trips)-mostTrips):]
	b, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return fmt.Errorf("sticks: %w", err)
	}
	return home.WriteWhole(h.Sticks(), append(b, '\n'), 0o600)
}

// Find gives the stick of an id.
func (l List) Find(id string) (Stick, bool) {
	i := slices.IndexFunc(l.Sticks, func(s Stick) bool { return s.ID == id })
	if i < 0 || id == "" {
		return Stick{}, false
	}
	return l.Sticks[i], true
}

// Called is what people call the stick of an id, which may have been dropped since.
func (l List) Called(id string) string {
	if s, ok := l.Find(id); ok {
		return s.Name
	}
	return "去掉了的U盘"
}

// Says is a trip in words, by the clock of a place.
func (l List) Says(t Trip, in *time.Location) string {
	return fmt.Sprintf("%s　%s　收到 %d 条，送出 %d 条，清掉 %d 个文件", t.At.In(in).Format("2006-01-02 15:04"), l.Called(t.Stick), t.Collected,
		t.Sent, t.Wiped)
}

// Admits fails with Unregistered for a stick that is none of those, where there are any.
func (l List) Admits(id string) error {
	if _, ok := l.Find(id); ok || len(l.Sticks) == 0 {
		return nil
	}
	var names []string
	for _, s := range l.Sticks {
		names = append(names, s.Name)
	}
	return Unregistered{names}
}

// Add registers a stick, or gives one that is registered another name and wish. It fails with ErrName, ErrTaken or ErrMuch.
func (l List) Add(s Stick) (List, error) {
	s.Name = strings.Join(strings.Fields(s.Name), " ")
	if n := len([]rune(s.Name)); n == 0 || n > 20 || s.ID == "" ||
		strings.ContainsFunc(s.Name, func(r rune) bool { return r < ' ' }) {
		return l, ErrName
	}
	if slices.ContainsFunc(l.Sticks, func(o Stick) bool { return o.Name == s.Name && o.ID != s.ID }) {
		return l, ErrTaken
	}
	l.Sticks = slices.Clone(l.Sticks)
	if i := slices.IndexFunc(l.Sticks, func(o Stick) bool { return o.ID == s.ID }); i >= 0 {
		s.Added = l.Sticks[i].Added
		l.Sticks[i] = s
		return l, nil
	}
	if len(l.Sticks) == 100 {
		return l, ErrMuch
	}
	l.Sticks = append(l.Sticks, s)
	return l, nil
}

// Drop takes the stick of a name off the list. It fails with ErrNone.
func (l List) Drop(name string) (List, error) {
	n := len(l.Sticks)
	l.Sticks = slices.DeleteFunc(slices.Clone(l.Sticks), func(s Stick) bool { return s.Name == strings.TrimSpace(name) })
	if len(l.Sticks) == n {
		return l, ErrNone
	}
	return l, nil
}
