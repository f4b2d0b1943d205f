package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	sheets "lianluo.local/app/sheet"
	"lianluo.local/app/sheet/messy"
	"lianluo.local/assets/places"
	"lianluo.local/data/home"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	wordlists "lianluo.local/data/words"
)

// handIn reads a file as a sheet of a kind.
func handIn(t *testing.T, o *apptest.Seat, k app.Keeping, name string, file []byte, said app.Said) app.Intake {
	t.Helper()
	book, err := sheets.New(name, file)
	if err != nil {
		t.Fatal(err)
	}
	in, err := o.Intake(ctx, k, book, said)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// handed is handIn of what is not asked about, taken.
func handed(t *testing.T, o *apptest.Seat, k app.Keeping, name string, file []byte, said app.Said) app.Intake {
	t.Helper()
	in := handIn(t, o, k, name, file, said)
	for _, f := range slices.Concat(in.Plan.Errors, in.Plan.Doubtful) {
		t.Errorf("%s %s", f.Cell, f.Why)
	}
	if err := o.Take(ctx, o.Clerk(), in); err != nil {
		t.Fatal(err)
	}
	return in
}

// fiftyFive are so many stations and points of the county as a sheet, and what they are called.
func fiftyFive() (csv string, names []string) {
	csv = "类型,乡镇（街道）,村（社区）,名称,电话\n"
	for _, town := range places.Children(apptest.County) {
		for i, p := range append([]places.Place{town}, places.Children(town.Code)...) {
			if len(names) == 55 || i == 6 {
				break
			}
			kind, village, name := "联络站", "", places.Local(p.Code)+"人大代表联络站"
			if i > 0 {
				kind, village, name = "联络点", p.Name, places.Local(p.Code)+"代表联络点"
			}
			names = append(names, name)
			csv += fmt.Sprintf("%s,%s,%s,%s,0358-82%05d\n", kind, town.Name, village, name, len(names))
		}
	}
	return csv, names
}

// A county's 55 stations and 900 people come from sheets as offices keep them: what is doubtful is asked and nothing is
// written before; then everybody is as the sheet says, each computer knows those whom it may, and what goes out comes in
// again without a change.
func TestCountyFromSheets(t *testing.T) {
	w, _, town, county, city := apptest.Chain(t)
	csv, names := fiftyFive()
	if in := handed(t, county, app.Units, "站点.csv", []byte(csv), app.Said{}); len(in.Plan.New) != 55 {
		t.Fatalf("%d stations", len(in.Plan.New))
	}
	kept := messy.County(900, names, 3)
	before := county.Entries()
	in := handIn(t, county, app.People, "名册.xlsx", kept.File, app.Said{})
	asked := map[string]bool{}
	for _, f := range in.Plan.Doubtful {
		asked[f.Cell] = true
	}
	for _, cell := range slices.Concat(kept.Bodies, slices.Collect(maps.Keys(kept.Answers))) {
		if !asked[cell] {
			t.Errorf("%s was not asked about", cell)
		}
	}
	if err := county.Take(ctx, county.Clerk(), in); !errors.Is(err, batch.ErrDoubtful) || county.Entries() != before {
		t.Fatalf("taken in doubt: %v, %d entries more", err, county.Entries()-before)
	}
	for name, save := range map[string]func(file string) error{
		"要改的行.xlsx": func(file string) error { return county.SaveWrong(ctx, in, file) },
		"名册.xlsx":   func(file string) error { return county.ExportPeople(ctx, file, app.Export{Contact: true}) },
		"站点.xlsx":   func(file string) error { return county.ExportUnits(ctx, file, app.Export{}) },
		"空表.xlsx":   func(file string) error { return county.Template(ctx, file) },
		"日程.ics":    func(file string) error { return county.WriteCalendar(ctx, file, agenda.Filter{}) },
	} {
		for dir, want := range map[string]error{string(county.Home): home.ErrInside, county.Settings.Folder: home.ErrShared,
			t.TempDir(): nil} {
			if err := save(filepath.Join(dir, name)); !errors.Is(err, want) {
				t.Errorf("%s in %s: %v, want %v", name, dir, err, want)
			}
		}
	}

	said := app.Said{Mapping: sheets.Mapping{Year: kept.Year, Answers: kept.Answers}}
	for _, cell := range kept.Bodies {
		said.Answers[cell] = "skip"
	}
	in = handed(t, county, app.People, "名册.xlsx", kept.File, said)
	if len(in.Plan.New) != len(kept.People) {
		t.Fatalf("%d people, want %d", len(in.Plan.New), len(kept.People))
	}
	byNumber := map[string]person.Person{}
	list, all, err := county.Roster.People(ctx, roster.Filter{})
	if err != nil || all != len(kept.People) {
		t.Fatal(all, err)
	}
	for _, p := range list {
		byNumber[p.Mandates[0].Number] = p
	}
	for _, want := range kept.People {
		p := byNumber[want.Number]
		station := ""
		if len(p.Seats) == 1 {
			s, err := county.Roster.Site(ctx, p.Seats[0].Station)
			if err != nil {
				t.Fatal(err)
			}
			station = s.Name
		}
		party, _ := wordlists.Parties.Read(want.Party)
		got := []string{p.Name, wordlists.Sexes.Name(p.Sex), p.Nationality, p.Birth, p.Party, p.Education, p.Employer,
			p.Post, p.Phone, station,
			p.Mandates[0].String(), p.Mandates[0].Since, p.Mandates[0].Delegation, strings.Join(p.Fields, "、")}
		if want := []string{want.Name, want.Sex, want.Nation, want.Birth, party, want.School, want.Employer, want.Post,
			strings.Join(want.Phones, "、"),
			want.Station, "十四届县人大代表", want.Since, want.Delegation, strings.Join(want.Fields, "、")}; !slices.Equal(got,
			want) {
			t.Fatalf("%q\nwant %q", got, want)
		}
	}
	if in = handed(t, county, app.People, "名册.xlsx", kept.File, said); !in.Again || len(in.Plan.Same) != all {
		t.Errorf("the same file again: %d new, %d changed", len(in.Plan.New), len(in.Plan.Changed))
	}

	// Some are put right by a second sheet, one is grouped to another station.
	first := kept.People[0]
	fix := "姓名,代表证号,代表级别,届次,职务\n"
	for _, p := range kept.People[:10] {
		fix += fmt.Sprintf("%s,%s,县,十四届,站点负责人\n", p.Name, p.Number)
	}
	second := handed(t, county, app.People, "更正.csv", []byte(fix), app.Said{})
	if len(second.Plan.Changed) != 10 {
		t.Errorf("%d put right", len(second.Plan.Changed))
	}
	moved := byNumber[first.Number]
	if _, err := county.Roster.Act(ctx, county.Clerk(), moved.ID, roster.Order{Do: person.Group,
		Station: apptest.Fengshan}); err != nil {
		t.Fatal(err)
	}

	out := filepath.Join(t.TempDir(), "导出.xlsx")
	if err := county.ExportPeople(ctx, out, app.Export{Contact: true}); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	before = county.Entries()
	in = handed(t, county, app.People, "导出.xlsx", file, app.Said{})
	if len(in.Plan.Same) != all || len(in.Plan.New)+len(in.Plan.Changed)+len(in.Plan.Missing) > 0 ||
		county.Entries() != before {
		for _, c := range in.Plan.Changed[:min(3, len(in.Plan.Changed))] {
			t.Errorf("%+v", c)
		}
		t.Errorf("exported and imported again: %d new, %d changed, %d the same of %d", len(in.Plan.New),
			len(in.Plan.Changed), len(in.Plan.Same), all)
	}

	// Each knows whom he may.
	w.Settle(town, county, city)
	if _, n, err := city.Roster.People(ctx, roster.Filter{}); err != nil || n != all {
		t.Errorf("the city knows %d of %d, %v", n, all, err)
	}
	here, n, err := town.Roster.People(ctx, roster.Filter{})
	if err != nil || n == 0 || n > all/6 { // those of the points of its township that have no computer, too
		t.Errorf("the station knows %d, %v", n, err)
	}
	theirs := map[string]bool{}
	for _, p := range here {
		theirs[p.Phone] = true
		his := func(s person.Seat) bool {
			return s.Station == apptest.Fengshan ||
				s.Via == apptest.Fengshan
		} // it passes on
		if !slices.ContainsFunc(p.Seats, his) || p.Phone == "" {
			t.Errorf("%s is known at a station that is not his, or without his telephone", p.Name)
		}
	}
	for _, p := range list {
		if !theirs[p.Phone] && holds(t, string(town.Home), p.Phone) {
			t.Fatalf("the telephone of %s lies at a station that is not his", p.Name)
		}
	}

	// A sheet is taken back where nobody went on from it.
	var refused problem.Problems
	if _, err := batch.Undo(ctx, county.Roster, county.Clerk(), in.Plan.Batch); !errors.As(err, &refused) {
		t.Errorf("what changed nothing was taken back: %v", err)
	}
	if n, err := batch.Undo(ctx, county.Roster, county.Clerk(), second.Plan.Batch); err != nil || n != 10 {
		t.Errorf("%d taken back, %v", n, err)
	}
	county.Healthy()
	town.Healthy()
}

// contents are all files of a place, read once.
var contents = map[string][][]byte{}

// holds says whether a text stands in any file below a folder.
func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	if contents[dir] == nil {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(name)
			contents[dir] = append(contents[dir], b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return slices.ContainsFunc(contents[dir], func(b []byte) bool { return bytes.Contains(b, []byte(text)) })
}
