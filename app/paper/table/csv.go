package table

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"lianluo.local/data/spelling"
)

// CSV writes the rows of the table under their titles as text, in UTF-8 with the mark by which Excel and WPS know it.
// Heads of groups, sums and notes are left out.
func (t Table) CSV(w io.Writer) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // Flush tells what is amiss
	c := csv.NewWriter(b)
	c.UseCRLF = true
	line := t.titles()
	for i := range line {
		line[i] = spelling.Harmless(flat(line[i]))
	}
	if err := c.Write(line); err != nil {
		return fmt.Errorf("table as text: %w", err)
	}
	for _, r := range t.plain() {
		clear(line)
		for i := range min(len(r.Cells), len(line)) {
			line[i] = spelling.Harmless(flat(r.Cells[i]))
		}
		if err := c.Write(line); err != nil {
			return fmt.Errorf("table as text: %w", err)
		}
	}
	if c.Flush(); c.Error() != nil {
		return fmt.Errorf("table as text: %w", c.Error())
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("table as text: %w", err)
	}
	return nil
}

// flat is a text without the places where paper breaks it, and without what no file may hold.
func flat(s string) string { return spelling.Clean(strings.ReplaceAll(s, Fold, "")) }

// titles are those of the columns, each in one line.
func (t Table) titles() (all []string) {
	for _, c := range t.Columns {
		all = append(all, strings.ReplaceAll(c.Title, "\n", ""))
	}
	return all
}

// plain is the rows alone, without the heads of groups.
func (t Table) plain() (rows []Row) {
	for _, r := range t.Rows {
		if !r.Group {
			rows = append(rows, r)
		}
	}
	return rows
}
