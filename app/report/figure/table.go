package figure

import (
	"slices"

	"lianluo.local/data/matter"
	"lianluo.local/data/session"
)

// Table counts what it is given over a span, parted by at most two axes.
type Table struct {
	Span Span
	By   []Axis
	// Behind are the rows of the matters behind the total of the indicator that it lists (Lists).
	Behind []int64
	lists  int // the place of its number, none where it lists nothing
	world  *World
	axes   []parting
	rows   [][]*Cell // by the places of the axes' keys
	total  *Cell
	whole  sum // of the thing that is counted just now, and in a cell
	here   sum
	seats  map[[2]int]int64 // how many are grouped, by place; {-1,-1}: at all
}

// Cell is the sum of what stands in it.
type Cell struct {
	numbers Numbers
	kept    map[string]int64 // of a row that was kept (Kept): its numbers by their codes
	persons map[string]bool  // who came
	roots   map[int64]bool   // the matters with which others are handled
}

// New begins a table.
func New(w *World, span Span, by ...Axis) *Table {
	t := &Table{Span: span, By: by, lists: none, world: w, total: &Cell{}}
	for _, a := range by {
		t.axes = append(t.axes, part(w, span, a))
	}
	return t
}

// Afresh is an empty table of the same kind, for whoever counts at the same time as another.
func (t *Table) Afresh() *Table { return New(t.world, t.Span, t.By...) }

// Lists has it list the matters behind the total of an indicator while it counts them.
func (t *Table) Lists(i Indicator) { t.lists = i.place() }

// each gives the cells in which something stands whose places are noted.
func (t *Table) each(do func(i, j int, in Span)) {
	switch len(t.axes) {
	case 1:
		for _, a := range t.axes[0].here {
			do(a.at, 0, a.span)
		}
	case 2:
		for _, a := range t.axes[0].here {
			for _, b := range t.axes[1].here {
				if in := a.span.both(b.span); in.From <= in.To {
					do(a.at, b.at, in)
				}
			}
		}
	}
}

func (t *Table) cell(i, j int) *Cell {
	for len(t.rows) <= i {
		t.rows = append(t.rows, nil)
	}
	row := t.rows[i]
	for len(row) <= j {
		row = append(row, nil)
	}
	if row[j] == nil {
		row[j] = &Cell{}
	}
	t.rows[i] = row
	return row[j]
}

// Matter counts a matter.
func (t *Table) Matter(m Matter) {
	t.matter(m, func(i, j int, in Span, n *sum) {
		c := t.total
		if i >= 0 {
			c = t.cell(i, j)
		} else if t.lists != none && n.Numbers[t.lists] != 0 {
			t.Behind = append(t.Behind, m.Row)
		}
		c.add(n)
		if n.Numbers[cases] > 0 && m.Root != 0 {
			if c.roots == nil {
				c.roots = map[int64]bool{}
			}
			if c.roots[m.Root] {
				c.numbers[cases]--
			}
			c.roots[m.Root] = true
		}
	})
}

// matter says what a matter counts as in each cell in which it stands, and in the total (-1, -1).
func (t *Table) matter(m Matter, say func(i, j int, in Span, n *sum)) {
	t.whole.clear()
	m.count(t.Span, t.world.Today, &t.whole)
	if t.whole.many == 0 {
		return
	}
	say(-1, -1, t.Span, &t.whole)
	for i := range t.axes {
		t.axes[i].matter(t, m)
	}
	t.each(func(i, j int, in Span) {
		n := &t.whole
		who, parted := t.department(i, j)
		if in != t.Span || parted {
			n = &t.here
			n.clear()
			m.count(in, t.world.Today, n)
		}
		if parted {
			n.handed(m, who, in)
		}
		say(i, j, in, n)
	})
}

// department gives that of a cell, where departments part the table.
func (t *Table) department(i, j int) (who string, parted bool) {
	for k, at := range []int{i, j} {
		if k < len(t.axes) && t.axes[k].Code == "department" {
			return t.axes[k].keys[at], true
		}
	}
	return "", false
}

// handed leaves to a department what was handed to it and given back by it, and the rest to the one that has the matter now.
func (n *sum) handed(m Matter, who string, in Span) {
	if who != m.Department {
		n.clear()
	}
	var to, back int64
	for _, h := range m.Happened {
		if h.Who != who || !in.has(h.On) {
			continue
		}
		switch h.What {
		case matter.WasAssigned:
			to++
		case matter.WasReturned:
			back++
		}
	}
	n.add(assigned, to-n.Numbers[assigned])
	n.add(returned, back-n.Numbers[returned])
}

func (c *Cell) add(n *sum) {
	for _, i := range n.met[:n.many] {
		c.numbers[i] += n.Numbers[i]
	}
}

// Session counts a session and those who came.
func (t *Table) Session(s *Session) {
	t.session(s, func(i, j int, _ Span, n *sum, who string) {
		c := t.total
		if i >= 0 {
			c = t.cell(i, j)
		}
		c.add(n)
		if who != "" {
			if c.persons == nil {
				c.persons = map[string]bool{}
			}
			c.persons[who] = true
		}
	})
}

// Sits says whether the axes part sessions, too: else a table has no numbers of them.
func (t *Table) Sits() bool {
	return !slices.ContainsFunc(t.axes, func(p parting) bool { return p.Period == Any && p.Axis.session == nil })
}

// session says what a session counts as in each cell, and who came to it.
func (t *Table) session(s *Session, say func(i, j int, in Span, n *sum, who string)) {
	if !t.Span.has(s.Day) {
		return
	}
	n := &t.here
	n.clear()
	s.count(t.Span, n)
	say(-1, -1, t.Span, n, "")
	parts := t.Sits()
	if parts {
		for i := range t.axes {
			t.axes[i].session(t, s, "")
		}
		t.each(func(i, j int, in Span) {
			n.clear()
			s.count(in, n)
			say(i, j, in, n, "")
		})
	}
	for _, a := range s.Present {
		t.came(s, a, parts, say)
	}
}

// came says where somebody stands who came.
func (t *Table) came(s *Session, a session.Attended, parts bool, say func(i, j int, in Span, n *sum, who string)) {
	n := &t.here
	n.clear()
	if !s.attend(t.Span, a, n) {
		return
	}
	who := t.world.who(a.Key)
	say(-1, -1, t.Span, n, who)
	if !parts {
		return
	}
	for i := range t.axes {
		t.axes[i].session(t, s, a.Key)
	}
	t.each(func(i, j int, in Span) {
		n.clear()
		if s.attend(in, a, n) {
			say(i, j, in, n, who)
		}
	})
}

// Row is a row of a table, or of two axes a cell.
type Row struct {
	Keys   []string // of the axes, "" where they have none
	Labels []string
	Cell   *Cell
}

// Total is the row of everything, each thing counted once.
func (t *Table) Total() Row {
	t.grouped()
	return Row{Labels: []string{"合计"}, Cell: t.finish(t.total, [2]int{-1, -1})}
}

// Rows are the rows, in the order of their axes. Cells of two axes in which nothing stands are left out.
func (t *Table) Rows() (rows []Row) {
	if len(t.axes) == 0 {
		return nil
	}
	t.grouped()
	first := t.axes[0].order(t.world)
	if len(t.axes) == 1 {
		for _, i := range first {
			rows = append(rows, t.row(t.cell(i, 0), i))
		}
		return rows
	}
	second := t.axes[1].order(t.world)
	for _, i := range first {
		for _, j := range second {
			if i < len(t.rows) && j < len(t.rows[i]) && t.rows[i][j] != nil {
				rows = append(rows, t.row(t.rows[i][j], i, j))
			}
		}
	}
	return rows
}

func (t *Table) row(c *Cell, at ...int) Row {
	r := Row{Cell: t.finish(c, [2]int{at[0], append(at, 0)[1]})}
	for k, i := range at {
		r.Keys, r.Labels = append(r.Keys, t.axes[k].keys[i]), append(r.Labels, t.axes[k].label(t.world, i))
	}
	return r
}

func (t *Table) finish(c *Cell, at [2]int) *Cell {
	c.numbers[persons] = int64(len(c.persons))
	c.numbers[seated] = t.seats[at]
	return c
}

// grouped counts who is grouped where; where nothing else stands there is a row for them, too.
func (t *Table) grouped() {
	if t.seats != nil {
		return
	}
	t.seats = map[[2]int]int64{}
	for id, p := range t.world.People {
		if len(p.Stations) == 0 || id != p.ID { // under that he was known before
			continue
		}
		t.seats[[2]int{-1, -1}]++
		if len(t.axes) == 1 && t.axes[0].seats != nil {
			for _, key := range t.axes[0].seats(t.world, p) {
				t.seats[[2]int{t.axes[0].place(key), 0}]++
			}
		}
	}
}

// Says gives what an indicator says of the row; none where it says nothing.
func (r Row) Says(i Indicator) (v float64, ok bool) { return i.of(r.Cell.by) }

// Balanced says whether 上期结转 + 新收 = 办结 + 在办 + 移出.
func (r Row) Balanced() bool {
	if k := r.Cell.kept; k != nil {
		return k["carried"]+k["collected"] == k["closed"]+k["open"]+k["moved"]
	}
	return r.Cell.numbers.Balanced()
}

// Holds says for how much a matter stands in the list behind an indicator in the row of some keys; no keys: in the total. What
// all stand for together is the number in the cell; of a rate the one by which is divided. Of 件数 the table cannot tell which
// of those that are handled together is the one.
func (t *Table) Holds(m Matter, i Indicator, keys ...string) (much int64) {
	of := i.place()
	if of == none {
		return 0
	}
	t.matter(m, func(a, b int, _ Span, n *sum) {
		if t.is(a, b, keys) {
			much += n.Numbers[of]
		}
	})
	return much
}

// Held says the same of a session, of 人数 for how many came, some of whom may have come to others.
func (t *Table) Held(s *Session, i Indicator, keys ...string) (much int64) {
	of := i.place()
	if of == none {
		return 0
	}
	t.session(s, func(a, b int, _ Span, n *sum, who string) {
		if who != "" && of == persons || i.Code == "coverage" {
			much += map[bool]int64{true: 1}[who != "" && t.is(a, b, keys)]
		} else if t.is(a, b, keys) {
			much += n.Numbers[of]
		}
	})
	return much
}

// is says whether a cell is that of some keys.
func (t *Table) is(i, j int, keys []string) bool {
	if len(keys) == 0 || i < 0 {
		return len(keys) == 0 && i < 0
	}
	for k, at := range []int{i, j} {
		if k < len(t.axes) && k < len(keys) && t.axes[k].keys[at] != keys[k] {
			return false
		}
	}
	return true
}
