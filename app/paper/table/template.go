package table

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// filled is how many rows a template has lists to choose from and text cells for.
const filled = 5000

// Template writes the titles of the table as a workbook to be filled in: what may be chosen is offered, days and codes
// stay as they are typed, and a second sheet says what to write and gives a row
// as an example, where nobody takes it for one of his own.
func (t Table) Template(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	b := book{f: f, t: t, name: sheetName(t), styles: map[look]int{}, first: 1}
	const hints, lists = "填写说明", "可选内容"
	_, err1 := f.NewSheet(hints)
	_, err2 := f.NewSheet(lists)
	b.keep(errors.Join(f.SetSheetName("Sheet1", b.name), err1, err2, f.SetSheetVisible(lists, false)))
	b.page()
	set := func(sheet, at string, v any, l look) {
		b.keep(errors.Join(f.SetCellValue(sheet, at, v), f.SetCellStyle(sheet, at, at, b.style(l))))
	}
	set(hints, "A1", "栏目", look{bold: true})
	set(hints, "B1", "怎么填", look{bold: true})
	set(hints, "C1", "例如", look{bold: true})
	b.keep(errors.Join(f.SetColWidth(hints, "A", "A", 18), f.SetColWidth(hints, "B", "B", 80),
		f.SetColWidth(hints, "C", "C", 30)))
	wide := t.Wide()
	for i, title := range t.titles() {
		c := t.Columns[i]
		letter, err := excelize.ColumnNumberToName(i + 1)
		b.keep(errors.Join(err, f.SetColWidth(b.name, letter, letter, max(wide[i], 12)),
			f.SetColStyle(b.name, letter, b.style(look{}))))
		set(b.name, cell(i+1, 1), title, heading)
		hint := c.Hint
		if len(c.Choices) > 0 {
			hint = strings.TrimSpace(hint + "　可以选：" + strings.Join(c.Choices, "、"))
		}
		set(hints, cell(1, i+2), title, look{})
		set(hints, cell(2, i+2), hint, look{})
		set(hints, cell(3, i+2), c.Example, look{})
		if len(c.Choices) == 0 {
			continue
		}
		for n, choice := range c.Choices {
			set(lists, cell(i+1, n+1), choice, look{})
		}
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(fmt.Sprintf("%s2:%s%d", letter, letter, filled))
		dv.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", lists, letter, letter, len(c.Choices)))
		warn, head, body := excelize.DataValidationErrorStyleWarning, title, "这一栏一般从下面的里选。要照写的内容保留吗？"
		dv.SetError(warn, head, body)
		b.keep(f.AddDataValidation(b.name, dv))
	}
	if err := errors.Join(append(b.errs, f.Write(w))...); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	return nil
}
