package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/app/paper/directory"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/assets/places"
	"lianluo.local/data/audit"
	"lianluo.local/data/field"
	"lianluo.local/data/home"
	"lianluo.local/data/mask"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/site"
	"lianluo.local/data/words"
)

// Export is what a sheet that goes out is to be.
type Export struct {
	Print   bool // as it is printed, instead of rows that come in again as they are
	Contact bool // with telephones and birthdays
}

// taken is what the log says of an export.
func taken(what string, n int, private bool) string {
	what = fmt.Sprintf("%s x%d", what, n)
	if private {
		what += " private"
	}
	return what
}

// write writes a file that somebody named, whole or not at all. It fails as home.Outside does where the home's own files lie,
// or where others read.
func (a *App) write(file string, b []byte) error {
	if err := a.Home.Outside(file, a.Settings.Folder); err != nil {
		return err
	}
	return home.WriteWhole(file, b, 0o600)
}

// saved writes a table into a new file, by its name as a workbook or as text.
func (a *App) saved(t tables.Table, file string, use tables.Use) error {
	var b bytes.Buffer
	var err error
	switch strings.ToLower(filepath.Ext(file)) {
	case ".xlsx":
		err = t.Sheet(&b, use)
	case ".csv":
		err = t.CSV(&b)
	default:
		return problem.Problems{"out": "请写成 .xlsx 或 .csv 文件"}
	}
	if err != nil {
		return err
	}
	return a.write(file, b.Bytes())
}

// ExportPeople writes everybody on the roster into a file; those whose mandates ended, too, unless it is to be printed.
func (a *App) ExportPeople(ctx context.Context, file string, o Export) (err error) {
	var ps []person.Person
	defer func() { a.note(a.Clerk(), audit.Export, taken("people", len(ps), o.Contact), err) }()
	if err := a.guard.Sits(ctx, right.Export); err != nil {
		return err
	}
	ps, _, err = a.Roster.People(ctx, roster.Filter{})
	if err != nil {
		return err
	}
	if o.Print {
		by, err := a.Issuer(ctx)
		if err != nil {
			return err
		}
		return a.saved(directory.Roster(directory.Directory{People: ps}, by, o.Contact), file, tables.Print)
	}
	ended, _, err := a.Roster.People(ctx, roster.Filter{Ended: true})
	if err != nil {
		return err
	}
	return a.saved(peopleTable(append(ps, ended...), o.Contact), file, tables.Rows)
}

// carried are the columns of a list that a sheet of rows has: each code once, none that stands for another.
func carried(list []batch.Column, contact bool) (cs []batch.Column) {
	seen := map[string]bool{}
	for _, c := range list {
		if seen[c.Code] || strings.Contains(c.Code, ".") || c.Private && c.Code != "phone" && !contact {
			continue
		}
		seen[c.Code] = true
		cs = append(cs, c)
	}
	return cs
}

func titles(cs []batch.Column) (t tables.Table) {
	for _, c := range cs {
		one := tables.Column{Title: c.Name, Width: 20}
		if c.Sort == batch.Day {
			one.Holds = tables.Days
		}
		t.Columns = append(t.Columns, one)
	}
	return t
}

// peopleTable has a row for each mandate of each person, with all that the columns say; without contact telephones are masked.
func peopleTable(ps []person.Person, contact bool) tables.Table {
	cs := carried(batch.Columns, contact)
	t := titles(cs)
	t.Title, t.Keys = People.Name, 2
	for _, p := range ps {
		own := p.Values()
		ms := p.Mandates
		if len(ms) == 0 {
			ms = []person.Mandate{{}}
		}
		var stations []string
		for _, s := range p.Seats {
			stations = append(stations, s.Station)
		}
		for _, m := range ms {
			said := map[string]string{"id": p.ID, "stations": strings.Join(stations, "、"),
				"level": words.Levels.Name(m.Level), "congress": m.Congress,
				"place": m.Place, "number": m.Number, "district": m.District, "delegation": m.Delegation,
				"how":   words.Elections.Name(m.How),
				"since": m.Since, "until": m.Until, "state": words.Standings.Name(m.Standing),
				"reason": words.Ends.Name(m.Reason)}
			if m.Standing == "suspended" {
				said["reason"] = ""
			}
			var offices []string
			for _, o := range m.Offices {
				offices = append(offices, words.Offices.Name(o))
			}
			said["offices"] = strings.Join(offices, "、")
			var row tables.Row
			for _, c := range cs {
				text, ok := said[c.Code]
				if !ok {
					text = plain(own, c)
				}
				if c.Code == "phone" && !contact {
					text = mask.Phone(text)
				}
				row.Cells = append(row.Cells, text)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// plain is a value as a sheet has it.
func plain(v field.Values, c batch.Column) string {
	switch f, _ := person.Fields.Field(c.Code); {
	case f.Input == field.Tick && v.Yes(c.Code):
		return "√"
	case f.Input == field.Tick:
		return ""
	case f.Input == field.People:
		return strings.Join(v.List(c.Code), "、")
	case f.Input == field.Chips:
		return f.Words.Name(v.Text(c.Code))
	}
	return v.Text(c.Code)
}

// ExportUnits writes all units that are open into a file.
func (a *App) ExportUnits(ctx context.Context, file string, o Export) (err error) {
	var sites []site.Site
	defer func() { a.note(a.Clerk(), audit.Export, taken("units", len(sites), false), err) }()
	if err := a.guard.Sits(ctx, right.Export); err != nil {
		return err
	}
	sites, err = a.Roster.Sites(ctx, false)
	if err != nil {
		return err
	}
	if o.Print {
		by, err := a.Issuer(ctx)
		if err != nil {
			return err
		}
		sites = slices.DeleteFunc(sites, func(s site.Site) bool { return s.Kind == "office" || s.Kind == "department" })
		return a.saved(directory.Stations(directory.Directory{Sites: sites}, by), file, tables.Print)
	}
	cs := carried(batch.Units, true)
	t := titles(cs)
	t.Title, t.Keys = Units.Name, 1
	for _, s := range sites {
		said := map[string]string{"code": s.Code, "kind": words.Sites.Name(s.Kind), "opened": s.Opened, "parent": s.Via}
		if s.Kind != "office" && s.Kind != "department" {
			for _, p := range places.Path(s.Code[:12]) {
				said[p.Level] = p.Name
			}
		}
		v := s.Values()
		var row tables.Row
		for _, c := range cs {
			row.Cells = append(row.Cells, cmp.Or(said[c.Code], strings.Join(v.List(c.Code), "、"), v.Text(c.Code)))
		}
		t.Rows = append(t.Rows, row)
	}
	return a.saved(t, file, tables.Rows)
}
