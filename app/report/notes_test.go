package report

import (
	"strings"
	"testing"

	"lianluo.local/app/report/figure"
	"lianluo.local/data/issued"
)

// What is not the sum of its rows is named, however much of it there is, in sentences that an issued report can hold.
func TestNotesOfManySums(t *testing.T) {
	codes := figure.Counted(figure.Indicators)
	row := func(key string, n int64) figure.Row {
		ns := make([]int64, len(codes))
		for i := range ns {
			ns[i] = n
		}
		return figure.Kept([]string{key}, []string{key}, codes, ns)
	}
	r := Report{Indicators: figure.Indicators, Part: Part{Rows: []figure.Row{row("甲", 12_345_678_901), row("乙", 12_345_678_901)}, Total: row("", 12_345_678_905)}}
	all := notes(r, nil)
	for _, n := range all {
		if len(n) > issued.MostText {
			t.Errorf("%d bytes: %s", len(n), n)
		}
	}
	for _, i := range figure.Indicators {
		if said := strings.Contains(strings.Join(all, ""), i.Name+"（各行相加 24691357802，合计 12345678905）"); said == i.Rate() {
			t.Errorf("%s: %v in %v", i.Name, said, all)
		}
	}
}
