package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/day"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/profile"
)

// rule is one of the rules that travel: a file that somebody may put into a home, which an office tells those below it.
type rule struct {
	file  string
	bad   error // what a file that cannot be read is
	check func(text string) error
	heed  func(a *App, text string) error // takes what can be read of it, and tells what cannot
}

var (
	terms = rule{"profile.json", profile.ErrBroken,
		func(text string) error { _, err := profile.Read([]byte(text)); return err },
		func(a *App, text string) (err error) { a.Profile, err = profile.Told([]byte(text)); return err }}
	days = rule{"holidays.csv", workday.ErrTable,
		func(text string) error { _, err := table(text); return err },
		func(a *App, text string) error {
			list, err := workday.Told(strings.NewReader(text), dated)
			a.Calendar = a.Calendar.With(list)
			return err
		}}
)

// heed reads the rules that hold here: the defaults, over them what an office above told or what this home says
// itself. It reads leniently: what an office tells may be of a newer program, and what this home said before may have
// been read by one.
func (a *App) heed(ctx context.Context) error {
	a.Calendar, a.Profile, a.Amiss = workday.Official(), profile.Default(), nil
	for _, r := range []rule{days, terms} {
		text, own, err := a.said(ctx, r)
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		if wrong := r.heed(a, text); wrong != nil && !own { // of its own file own told already
			a.Amiss = append(a.Amiss, errTold{r.file, wrong})
		}
	}
	return nil
}

// errTold says that something in rules that an office above told cannot be read here.
type errTold struct {
	file string
	err  error
}

func (e errTold) Error() string { return fmt.Sprintf("%s as it was told: %v", e.file, e.err) }

// Sentence is what a person hears.
func (e errTold) Sentence() string {
	return "上级告诉的" + map[string]string{terms.file: "办理规则", days.file: "放假安排"}[e.file] +
		"，有的地方本机读不出来，那里先照本机原来的用，别的照上级的，资料没有动。请先更新程序；还是这样的，请告诉上级。"
}

func table(text string) ([]workday.Day, error) { return workday.Parse(strings.NewReader(text), dated) }

// dated gives the day that a field of a table names.
func dated(s string) (string, bool) {
	at, _, why := day.Read(s, time.Time{}) // near which no year is found for a day without one
	return at.Format(day.Written), why == ""
}

// recount moves what falls on a day off of a table that was not there when it was promised; it is cheap while the
// table stays.
func (a *App) recount(ctx context.Context) error {
	const counted = "counted by"
	before, err := a.Store.Noted(ctx, counted)
	if err != nil {
		return err
	}
	now := a.Calendar.Table()
	if now == before || a.Store.Doubts(ctx, a.Now()) != nil {
		return nil
	}
	list, err := table(before)
	if err != nil {
		return err
	}
	if _, err := a.Office.Recount(ctx, a.Machine(ctx), workday.Parsed(list)); err != nil {
		return err
	}
	return a.Store.Note(ctx, counted, now, a.Now())
}

// said is what this home says itself, else what the nearest office above told; own tells which.
func (a *App) said(ctx context.Context, r rule) (text string, own bool, err error) {
	text, amiss, err := a.own(ctx, r)
	if amiss != nil {
		a.Amiss = append(a.Amiss, amiss)
	}
	if err != nil || text != "" {
		return text, true, err
	}
	text, err = a.Store.Published(ctx, a.Settings.Unit, r.file)
	return text, false, err
}

// own is what a file of the home says, "" for none. Where it cannot be read (amiss), what it said before holds.
func (a *App) own(ctx context.Context, r rule) (text string, amiss, err error) {
	before, err := a.Store.Kept(ctx, r.file)
	if err != nil {
		return "", nil, err
	}
	text, err = home.Text(filepath.Join(string(a.Home), r.file))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && strings.TrimSpace(text) == "":
		text, err = "", nil
	case err == nil && !tellable(text):
		err = home.Large(r.file)
	case err == nil:
		err = r.check(text)
	}
	if !tellable(before) { // a program of before took it
		before = ""
	}
	if err != nil {
		return before, fmt.Errorf("%s: %w", r.file, errors.Join(r.bad, err)), nil
	}
	if text != before {
		err = a.Store.Keep(ctx, r.file, text, a.Now())
	}
	return text, nil, err
}

// tellable says whether an entry can hold a text, beside what else it says.
func tellable(text string) bool {
	b, err := json.Marshal(text)
	return err == nil && len(b) < home.MaxText-64<<10
}

// rules are what this office tells those below it.
func (a *App) rules(ctx context.Context) (map[string]string, error) {
	said := map[string]string{}
	if a.Settings.Role == journal.Station {
		return said, nil
	}
	for _, r := range []rule{terms, days} {
		text, _, err := a.own(ctx, r)
		if err != nil {
			return nil, err
		}
		if text != "" {
			said[r.file] = text
		}
	}
	return said, nil
}
