package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
)

// Label is something that a matter is found by: its kind and its form.
type Label struct{ Kind, Value string }

// The kinds of labels.
const (
	byNumber = "number"
	byPaper  = "paper"
	byName   = "name"
	byPhone  = "phone"
)

// People gives the labels of the people of a field of names.
func People(field string) (ls []Label) {
	for _, name := range spelling.Names(field) {
		ls = append(ls, Label{byName, name})
	}
	return ls
}

// Phones gives the labels of the telephones of a field.
func Phones(field string) (ls []Label) {
	phones, _ := spelling.Phones(field)
	for _, p := range phones {
		ls = append(ls, Label{byPhone, p.Local})
	}
	return ls
}

// labelsOf are those of a matter, in order, each once.
func labelsOf(m matter.Matter) []Label {
	ls := slices.Concat([]Label{{byNumber, spelling.Number(m.Number)}}, People(m.Name), Phones(m.Phone))
	if key := m.PaperKey(); key != "" && m.State != matter.Void { // entered by mistake: its paper may be keyed again
		ls = append(ls, Label{byPaper, key})
	}
	slices.SortFunc(ls, func(a, b Label) int { return strings.Compare(a.Kind+a.Value, b.Kind+b.Value) })
	return slices.Compact(ls)
}

// label keeps what a matter is found by that has no labels.
func label(tx *sql.Tx, m matter.Matter) error {
	for _, l := range labelsOf(m) {
		if _, err := tx.Exec("INSERT INTO label VALUES (?,?,?)", l.Kind, l.Value, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// unused fails with ErrTaken where a matter has this paper already.
func unused(tx *sql.Tx, paper string) error {
	var taken bool
	err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM label WHERE kind=? AND value=?)", byPaper, paper).Scan(&taken)
	if err == nil && taken {
		err = fmt.Errorf("paper %s: %w", paper, ErrTaken)
	}
	return err
}

// Keyed gives the number of the matter that was keyed in from a paper (matter.Report.PaperKey), "" where none was.
func (s *Store) Keyed(ctx context.Context, paper string) (number string, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT number FROM matter JOIN label ON thing = id WHERE kind = ? AND value = ? LIMIT 1", byPaper, paper).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return number, err
}

// ByNumber finds the matter whose number this is however it is written, whole or the only one that ends with it, with or
// without its check character (A0042-7, A0042), alone or in a text with other words; else the one that was keyed in from the
// slip with this number. Two are returned where it is not the only one; of those that bear one number only the ID tells which
// is meant. It fails with ErrNotFound.
func (s *Store) ByNumber(ctx context.Context, number string) ([]Found, error) {
	form, slip := spelling.Number(number), spelling.Slip(number)
	if whole, ok := matter.NumberIn(number); ok {
		form = spelling.Number(whole)
	}
	const labelled = "id IN (SELECT thing FROM label WHERE kind = '%s' AND %s) ORDER BY row DESC LIMIT 2"
	fs, err := s.find(ctx, "id = ? LIMIT 1", strings.ToLower(strings.TrimSpace(number)))
	if err == nil && len(fs) == 0 {
		fs, err = s.find(ctx, fmt.Sprintf(labelled, byNumber, "value = ?"), form)
	}
	if err == nil && len(fs) == 0 && len(form) >= 4 {
		fs, err = s.find(ctx, fmt.Sprintf(labelled, byNumber, "(value GLOB '*'||?1 OR value GLOB '*'||?1||'?')"), form)
	}
	if err == nil && len(fs) == 0 && spelling.Printed(slip) {
		fs, err = s.find(ctx, fmt.Sprintf(labelled, byPaper, "value GLOB '* '||?"), slip)
	}
	if err == nil && len(fs) == 0 {
		err = fmt.Errorf("number %q: %w", number, ErrNotFound)
	}
	return fs, err
}
