package register

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/paper/table"
)

func TestYear(t *testing.T) {
	rows, o := sample(80), desk()
	rows[79].Occurred = rows[79].Occurred.AddDate(1, 0, 0)
	o.Practice = true
	p := read(t, Year(2026, rows, o), nil)
	p.numbered(2)
	p.hasNot(rows[79].Number)
	if text := p.page(1); !strings.Contains(text, "共79件·"+strconv.Itoa(p.pages)+"页") {
		t.Errorf("the cover says %q", text)
	}
	if text := p.page(p.pages); !strings.Contains(text, fmt.Sprintf("全册共79件、%d页", p.pages)) ||
		!strings.Contains(text, "盖章") {
		t.Errorf("the last page says %q", text)
	}
	var names, at []string
	for _, q := range p.pieces {
		if q.Page == 1 && q.Size == 16 {
			if len(names) == len(at) {
				names = append(names, q.Text)
			} else {
				at = append(at, q.Text)
			}
		}
	}
	if len(at) != 5 {
		t.Fatalf("contents: %q %q", names, at)
	}
	for i, name := range names {
		n, _ := strconv.Atoi(at[i])
		if !strings.Contains(p.page(n), name) || n > 3 && strings.Contains(p.page(n-1), name) {
			t.Errorf("%s does not begin on page %d", name, n)
		}
	}
	for i := range rows[:79] {
		if m := &rows[i]; Public(*m) {
			p.has(history(m), m.Title+m.Words)
		} else {
			p.hasNot(m.Phone, m.Address)
		}
	}
	for n := 1; n <= p.pages; n++ {
		if !strings.Contains(p.page(n), "练习") {
			t.Errorf("page %d of a practice book does not say so", n)
		}
	}
}

// Every table is a plain value: written down and read again it prints the same, and a file of commas has all of it, a
// number in one piece.
func TestTablesArePlain(t *testing.T) {
	rows, o := sample(60), desk()
	blank, err := Blank("visit", o, 'C', 41, 20)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]table.Table{"blank": blank, "household": Household(rows, o), "records": records(rows, o, 2026)}
	for name, of := range lists {
		tables[name] = of(rows, o)
	}
	for _, v := range volumes {
		tables[v.name] = Book(v.code, rows, o)
	}
	for name, v := range tables {
		kept, err := json.Marshal(v)
		if err != nil {
			t.Fatal(name, err)
		}
		var again table.Table
		if err := json.Unmarshal(kept, &again); err != nil {
			t.Fatal(name, err)
		}
		l := map[string]table.Layout{"household": Rounds, "blank": Blanks}[name]
		if l.Body == 0 {
			l = Filed
		}
		if !bytes.Equal(drawn(t, l, v).pdf, drawn(t, l, again).pdf) {
			t.Errorf("%s read again prints another thing", name)
		}
		var file strings.Builder
		w := csv.NewWriter(&file)
		for _, r := range slices.Concat(v.Rows, v.Sums) {
			for i, c := range r.Cells {
				r.Cells[i] = strings.ReplaceAll(c, table.Fold, "")
			}
			if err := w.Write(r.Cells); err != nil || len(r.Cells) > len(v.Columns) {
				t.Error(name, len(r.Cells), err)
			}
		}
		w.Flush()
		for i := range rows {
			m := &rows[i]
			if name == "汇总台账" && (!strings.Contains(file.String(), m.Number) || Public(*m) &&
				!strings.Contains(file.String(), m.Title)) {
				t.Errorf("the file lacks %s", m.Number)
			}
		}
	}
}

// The same rows, office and day give the same bytes, in whatever order the rows come.
func TestSameBytes(t *testing.T) {
	rows, o := sample(200), desk()
	first := read(t, Year(2026, rows, o), nil).pdf
	slices.Reverse(rows)
	if !bytes.Equal(first, read(t, Year(2026, rows, o), nil).pdf) {
		t.Error("the year's book is another one the second time")
	}
}
