package register

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
)

// paper is a printed document, read again.
type paper struct {
	t      *testing.T
	pdf    []byte
	pieces []papertest.Piece
	all    string
	pages  int
}

func read(t *testing.T, d typeset.Document, err error) paper {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := d.PDF()
	if err != nil {
		t.Fatal(err)
	}
	pieces, err := papertest.Read(pdf)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces {
		w, h := d.Pages[p.Page].W, d.Pages[p.Page].H
		if p.Text != "练习" && !p.Within(w, h, 3.5) {
			t.Errorf("page %d: %q stands outside the margins", p.Page+1, p.Text)
		}
	}
	for _, o := range papertest.Overlaps(pieces) {
		t.Errorf("%s: %s", d.Title, o)
	}
	return paper{t, pdf, pieces, papertest.All(pieces), len(d.Pages)}
}

// drawn is a table on paper, read again.
func drawn(t *testing.T, l table.Layout, v table.Table) paper {
	t.Helper()
	return read(t, l.Document(v, desk().Today), nil)
}

func (p paper) has(texts ...string) {
	p.t.Helper()
	for _, s := range texts {
		if s = papertest.Squeeze(typeset.Clean(s)); !strings.Contains(p.all, s) {
			p.t.Errorf("%q is missing", s)
		}
	}
}

func (p paper) hasNot(texts ...string) {
	p.t.Helper()
	for _, s := range texts {
		if s = papertest.Squeeze(typeset.Clean(s)); s != "" && strings.Contains(p.all, s) {
			p.t.Errorf("%q is printed", s)
		}
	}
}

// page gives what stands on the n-th page, from 1.
func (p paper) page(n int) string {
	var here []papertest.Piece
	for _, x := range p.pieces {
		if x.Page == n-1 {
			here = append(here, x)
		}
	}
	return papertest.All(here)
}

// numbered checks that each page from one on says which it is, and repeats the heads.
func (p paper) numbered(from int, heads ...string) {
	p.t.Helper()
	for n := from; n <= p.pages; n++ {
		text := p.page(n)
		for _, s := range append(heads, fmt.Sprintf("第%d页共%d页", n, p.pages)) {
			if !strings.Contains(text, papertest.Squeeze(s)) {
				p.t.Errorf("page %d of %d lacks %q", n, p.pages, s)
			}
		}
	}
}

func TestRegisters(t *testing.T) {
	rows, o := sample(90), desk()
	rows[0].Words, rows[0].OnSpotAnswer, rows[0].PaperNumber, rows[0].Promise = "王𠅤明说的 (a\\b)", "当场说明了情况",
		"J26-A0001-7", "五月底前完工"
	rows[1].Anonymous, rows[1].Reason, rows[1].Door = true, "court", "县法院 12368"
	rows[2].Suggests, rows[2].Proposers, rows[2].Complaint = "关于供暖的建议", []string{"李慧敏", "赵堎"}, "还是冷"
	for _, v := range volumes {
		p := drawn(t, Filed, Book(v.code, rows, o))
		p.numbered(1, append([]string{v.name, o.Name, o.Organisation}, func() (ts []string) {
			for _, c := range v.columns {
				ts = append(ts, c.Title)
			}
			return ts
		}()...)...)
		count := 0
		for i := range rows {
			m := &rows[i]
			if m.Register != v.code {
				p.hasNot(m.Number)
				continue
			}
			count++
			p.has(m.Number, moment(m.Occurred))
			private := []string{m.Name, m.Phone, m.Address, m.Title + m.Words}
			switch {
			case m.State == matter.Void:
				p.has(m.Number + moment(m.Occurred) + "已作废：与上一件重复登记")
				p.hasNot(m.Phone, m.Address)
			case m.Confidential:
				p.has(m.Number + moment(m.Occurred) + sealed)
				p.hasNot(m.Phone, m.Address)
			default:
				p.has(append(private, m.OnSpotAnswer, m.Proposal, m.Answer, m.AnsweredOn, m.Told, list(m.Units),
					m.Assigned, m.PaperNumber, m.Promise,
					m.Door, m.Suggests, m.Complaint, strings.Join(m.Deputies, ""))...)
			}
		}
		p.has(fmt.Sprintf("合计 %d 件", count))
	}
}

func TestAnyNumberOfRows(t *testing.T) {
	o := desk()
	for _, n := range []int{0, 1, 1000} {
		rows := sample(n)
		for i := range rows {
			rows[i].Register = "reception"
		}
		p := drawn(t, Filed, Book("reception", rows, o))
		p.numbered(1, "接待群众登记簿", "反映问题")
		p.has("合计 " + strconv.Itoa(n) + " 件")
		if n <= 1 && p.pages != 1 {
			t.Errorf("%d rows take %d pages", n, p.pages)
		}
		for i := range rows {
			p.has(rows[i].Number)
		}
	}
}

// A text higher than many pages goes on until all of it is there, in order, under its number; the row after it follows.
func TestEndlessRow(t *testing.T) {
	rows := sample(3)
	for i := range rows {
		rows[i].Register = "reception"
	}
	rows[1].Title, rows[1].Words = "长文", story(20000)
	p := drawn(t, Filed, Book("reception", rows, desk()))
	p.numbered(1, "接待群众登记簿")
	x := 0.0
	for _, q := range p.pieces {
		if q.Text == "长文" {
			x = q.X
		}
	}
	var column strings.Builder
	again := 0
	for _, q := range p.pieces {
		if math.Abs(q.X-x) < .02 && q.Text != "（续）" {
			column.WriteString(q.Text)
		}
		if q.Text == "（续）" {
			again++
		}
	}
	if !strings.Contains(column.String(), rows[1].Words) {
		t.Error("a part of the text is lost or out of order")
	}
	if again < 10 || again > p.pages {
		t.Errorf("on %d pages the row goes on %d times", p.pages, again)
	}
	p.has(rows[0].Words, rows[2].Words)
	for n := 2; n < p.pages; n++ {
		if !strings.Contains(p.page(n), papertest.Squeeze(rows[1].Number)) {
			t.Errorf("page %d does not say whose text goes on", n)
		}
	}
}

// A column is as wide as what it holds: what cannot be broken stands in one line.
func TestColumnsByWhatTheyHold(t *testing.T) {
	rows := sample(30)
	for i := range rows {
		rows[i].Register, rows[i].Deputies = "reception", []string{"李慧敏（市人大代表）"}
	}
	p := drawn(t, Filed, Book("reception", rows, desk()))
	whole := map[string]bool{}
	for _, q := range p.pieces {
		whole[q.Text] = true
	}
	for i := range rows {
		m := &rows[i]
		if Public(*m) && (!whole[m.Phone] || !whole[day(m.Occurred)] || !whole[m.Name] || m.AnsweredOn != "" &&
			!whole[m.AnsweredOn]) {
			t.Errorf("the telephone, the name or a date of row %d is broken", i+1)
		}
	}
}
