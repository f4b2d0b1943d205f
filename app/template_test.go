package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
)

// A sheet to be filled in has the columns of what comes in from it, says how each is filled in, gives an example that is
// nobody's row, and its example comes in as it stands.
func TestSheetsToFillInComeInAgain(t *testing.T) {
	county := apptest.Begin(t).SetUp("county", apptest.County)
	for _, c := range []struct {
		of     app.Keeping
		write  func(file string) error
		titles []string
		choice string
	}{
		{app.Units, func(file string) error { return county.UnitTemplate(ctx, file) },
			[]string{"代码", "类型", "乡镇（街道）", "村（社区）", "名称", "电话", "地址", "站长", "联络员", "面积", "设备", "设立日期"}, "凤山街道"},
		{app.People, func(file string) error { return county.Template(ctx, file) },
			[]string{"姓名", "出生年月", "电话", "代表级别", "届次", "代表证号", "联络站"}, "换届选举"},
	} {
		file := filepath.Join(t.TempDir(), "空表.xlsx")
		if err := c.write(file); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		main := f.GetSheetName(0)
		rows, _ := f.GetRows(main)
		hints, _ := f.GetRows("填写说明")
		offered, _ := f.GetRows("可选内容")
		if len(rows) != 1 || len(hints) != len(rows[0])+1 || !slices.ContainsFunc(offered, func(r []string) bool {
			return slices.Contains(r, c.choice)
		}) {
			t.Fatalf("%d rows, %d hints, %q offered", len(rows), len(hints), offered)
		}
		for _, title := range c.titles {
			if !slices.Contains(rows[0], title) {
				t.Errorf("%s has no column %s", c.of.Name, title)
			}
		}
		empty, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if in := handIn(t, county, c.of, "空表.xlsx", empty, app.Said{}); !in.Plan.Clear() || len(in.Plan.New)+len(in.Plan.Notes) > 0 {
			t.Errorf("%s: an empty sheet says something: %+v", c.of.Name, in.Plan)
		}
		for i, hint := range hints[1:] {
			if len(hint) > 2 {
				at, _ := excelize.CoordinatesToCellName(i+1, 2)
				if err := f.SetCellValue(main, at, hint[2]); err != nil {
					t.Fatal(err)
				}
			}
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		if c.of.Name == app.People.Name { // the station of the example is none of here
			b.Reset()
			csv := strings.Join(rows[0], ",") + "\n"
			for _, hint := range hints[1:] {
				if example := append(hint, "", "")[2]; !strings.Contains(example, "联络站") {
					csv += example
				}
				csv += ","
			}
			b.WriteString(csv)
		}
		in := handIn(t, county, c.of, "填好的.xlsx", b.Bytes(), app.Said{})
		if len(in.Plan.New) != 1 || !in.Plan.Clear() {
			t.Errorf("%s: the example is no row: %+v", c.of.Name, in.Plan)
		}
	}
}
