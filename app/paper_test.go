package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/data/matter"
)

// What only an office knows comes to its papers by itself: the matters of a list, the numbers of a blank book, the
// digits of a slip.
func TestAPaperGathersWhatItNeeds(t *testing.T) {
	w, _, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.Titles("八巷")
	gather := func(code string, ms []matter.Matter, wish paper.Wish) app.Paper {
		t.Helper()
		k, ok := paper.ByCode(code)
		if !ok {
			t.Fatal(code)
		}
		p, err := station.Paper(ctx, k, paper.Things{Matters: ms}, wish)
		w.Must(err)
		d, err := station.Draw(ctx, p)
		if err != nil || len(d.Pages) == 0 {
			t.Errorf("%s: %d pages, %v", code, len(d.Pages), err)
		}
		return p
	}
	if p := gather("ledger", nil, paper.Wish{}); len(p.Things.Matters) != 2 {
		t.Errorf("the list is about %d matters", len(p.Things.Matters))
	}
	if p := gather("ledger", nil, paper.Wish{Which: ledger.Filter{Station: apptest.Fengshan}}); len(p.Things.Matters) != 0 {
		t.Errorf("a list of another station is about %d matters", len(p.Things.Matters))
	}
	if p := gather("ledger", nil, paper.Wish{Text: "八巷"}); len(p.Things.Matters) != 1 || p.Things.Matters[0].Number == m.Number {
		t.Errorf("a list of what speaks of a street is about %d matters", len(p.Things.Matters))
	}
	late := paper.Wish{Which: ledger.Filter{Overdue: w.Now.Format(time.DateOnly)}}
	if p := gather("ledger", nil, late); len(p.Things.Matters) != 0 {
		t.Errorf("a list of what is late is about %d matters that are not", len(p.Things.Matters))
	}
	if p := gather("ledger", []matter.Matter{m}, paper.Wish{}); len(p.Things.Matters) != 1 {
		t.Errorf("a list of one is about %d matters", len(p.Things.Matters))
	}
	if p := gather("receipt", []matter.Matter{m}, paper.Wish{}); len(p.Things.Matters) != 1 {
		t.Errorf("a receipt is about %d matters", len(p.Things.Matters))
	}
	kind, _ := paper.ByCode("blank-reception")
	if _, err := station.Paper(ctx, kind, paper.Things{}, paper.Wish{Count: 3, Size: paper.A4}); !errors.As(err,
		new(paper.NotTaken)) {
		t.Errorf("a blank book of a size: %v", err)
	}
	p := gather("blank-reception", nil, paper.Wish{Count: 3})
	if p.Wish.Letter == 0 || p.Wish.First != 1 || p.Wish.Count != 3 { // what was refused took no number
		t.Errorf("blank book %+v", p.Wish)
	}
	if p := gather("joining-slip", nil, paper.Wish{Up: true}); p.Wish.Digits != station.Courier.Print() {
		t.Errorf("slip %+v", p.Wish)
	}
	station.ReadsClock(func() time.Time { return w.Now.AddDate(15, 0, 0) })
	station.Now = station.Desk.Now
	var doubt app.Doubt
	if _, err := station.Draw(ctx, blank(t)); !errors.As(err, &doubt) {
		t.Errorf("a paper by a clock that is doubted: %v", err)
	}
}

// blank is a paper about nothing.
func blank(t *testing.T) app.Paper {
	t.Helper()
	k, _ := paper.ByCode("plan")
	return app.Paper{Kind: k}
}

// A paper is kept where somebody chose: not among the records nor where others read, and what lies there stays where
// that is wished.
func TestAPaperIsKeptWhereItMay(t *testing.T) {
	w, _, station := apptest.Pair(t)
	d, err := station.Draw(ctx, blank(t))
	w.Must(err)
	for _, dir := range []string{string(station.Home), w.Folder} {
		if _, err := station.Save(d, filepath.Join(dir, "x.pdf"), false); err == nil {
			t.Errorf("kept in %s", dir)
		}
	}
	dir := t.TempDir()
	for i, want := range []struct {
		beside bool
		name   string
	}{{true, "表.pdf"}, {true, "表（2）.pdf"}, {false, "表.pdf"}, {true, "表（3）.pdf"}} {
		file, err := station.Save(d, filepath.Join(dir, "表.pdf"), want.beside)
		if err != nil || file != filepath.Join(dir, want.name) {
			t.Errorf("%d: %s %v", i, file, err)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 3 {
		t.Errorf("%v %v", files, err)
	}
}
