package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/outside"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/matter"
)

// busy is a city, to which two stations have reported through their county what they did in a few weeks.
func busy(t *testing.T) (*apptest.World, *apptest.Seat) {
	w, point, town, county, city := apptest.Chain(t)
	r := rand.New(rand.NewPCG(3, 11))
	all := []*apptest.Seat{point, town, county, city}
	var ms []matter.Matter
	for i := range 30 {
		d := desk.Draft{Title: fmt.Sprintf("=1+%d 号楼没有水", i), Words: "请办一办。", Category: []string{"0203", "0101", "1107"}[i%3], People: 1 + i%3}
		switch i % 5 {
		case 0:
			d.OnSpot, d.OnSpotAnswer = "answered", "当场说清楚了"
		case 1:
			d.OnSpot, d.Reason, d.Door = "out-of-scope", "court", "法院"
		}
		ms = append(ms, all[i%2].Receive(d))
		w.Later(5 * time.Hour)
	}
	w.Settle(all...)
	for range 300 {
		m, o := ms[r.IntN(len(ms))], all[r.IntN(4)]
		_, _ = o.Try(m, []string{`{"do":"collate","mode":"department"}`, `{"do":"assign","to":["水利局"]}`, `{"do":"sign"}`, `{"do":"answer","class":1,"answer":"通了"}`,
			`{"do":"inform","way":"visit"}`, `{"do":"rate","attitude":"satisfied","result":"basically"}`,
			`{"do":"rate","attitude":"satisfied","result":"unsatisfied","note":"没有通"}`, `{"do":"merge","into":"` + ms[2].Number + `"}`}[r.IntN(8)])
		if w.Later(time.Hour); r.IntN(20) == 0 {
			w.Settle(all...)
		}
	}
	w.Settle(all...)
	return w, city
}

// asked are all reports over the same days, and some that cross two axes or are held against other days.
func asked() map[string]report.Ask {
	all := map[string]report.Ask{}
	ask := func(name, kind, by string, compare ...string) {
		k, _ := report.KindByCode(kind)
		a := report.Ask{Kind: k, From: "2026-11-01", To: "2026-12-31", Compare: compare}
		for _, code := range strings.Fields(by) {
			axis, _ := figure.AxisByCode(code)
			a.By = append(a.By, axis)
		}
		all[name] = a
	}
	for _, k := range report.Kinds {
		ask(k.Code, k.Code, "")
	}
	ask("held", "month", "station", report.Before, report.Year)
	ask("crossed", "month", "station category")
	ask("matrix", "overdue", "station week")
	matrix := all["matrix"]
	matrix.Codes = []string{"cases"}
	all["cases"] = matrix
	return all
}

var kept = regexp.MustCompile(`(<f>[^<]*</f>)<v>([^<]*)</v>`)

// emptied is a workbook beside whose formulas stands nothing that is true, and how many they are.
func emptied(t *testing.T, book []byte) (spoilt []byte, formulas int) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		formulas += len(kept.FindAll(text, -1))
		to, err := out.Create(f.Name)
		if err == nil {
			_, err = to.Write(kept.ReplaceAll(text, []byte("$1<v>77777</v>")))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), formulas
}

// Whatever report is written as a workbook, another program comes by its formulas alone to each number that stood there, and
// its totals are those of the report.
func TestWorkbooksAddUp(t *testing.T) {
	w, city := busy(t)
	dir := t.TempDir()
	var files []string
	formulas := 0
	for name, a := range asked() {
		file := filepath.Join(dir, name+".xlsx")
		w.Must(city.WriteReport(ctx, a, file))
		book, err := os.ReadFile(file)
		w.Must(err)
		spoilt, n := emptied(t, book)
		formulas += n
		files = append(files, filepath.Join(dir, name+"-again.xlsx"))
		w.Must(os.WriteFile(files[len(files)-1], spoilt, 0o600))
	}
	if formulas < 500 {
		t.Errorf("%d formulas", formulas)
	}
	out := outside.Office(t, outside.Sheets, files...)
	for name, a := range asked() {
		book, err := excelize.OpenFile(filepath.Join(dir, name+".xlsx"))
		w.Must(err)
		sheets := book.GetSheetList()
		if len(sheets) < 3 || sheets[len(sheets)-2] != "练习 指标说明" || sheets[len(sheets)-1] != "练习 还没有报送的" {
			t.Errorf("%s has the sheets %q", name, sheets)
		}
		var total []string
		for i, sheet := range sheets {
			was, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
			w.Must(err)
			is := lines(t, filepath.Join(out, name+"-again-"+sheet+".csv"))
			for r, row := range was {
				for c, cell := range row {
					got := is[r][c]
					x, err1 := strconv.ParseFloat(cell, 64)
					y, err2 := number(got)
					if days := strings.Count(got, "-") == 2; !days && (err1 == nil) != (err2 == nil) || err1 == nil && err2 == nil && math.Abs(x-y) > 2e-6 {
						t.Errorf("%s, %s: row %d, column %d says %q, calculated afresh %q", name, sheet, r+1, c+1, cell, got)
					}
				}
				if i == 0 && row[0] == "合计" {
					total = is[r]
				}
			}
		}
		r, err := city.Report.Make(ctx, a)
		w.Must(err)
		for n, i := range r.Indicators {
			v, ok := r.Total.Says(i)
			said, err := number(total[len(total)-len(r.Indicators)+n])
			if ok != (err == nil) || ok && math.Abs(v-said) > 2e-6 {
				t.Errorf("%s: %s is %v, the workbook comes to %q", name, i.Name, v, total)
			}
		}
	}
}

// number is a number as another program writes it: 0.25, 25%.
func number(s string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if strings.HasSuffix(s, "%") {
		v /= 100
	}
	return v, err
}

// lines are those of a text file.
func lines(t *testing.T, file string) [][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A report as a document is opened by another program as it was written: its title, its headings, the titles of a table on each
// of its pages, a number on each page. One of tables alone has them from its first page on, without a cover.
func TestDocumentsOpen(t *testing.T) {
	w, city := busy(t)
	dir, says := t.TempDir(), map[string][]string{"month": {"月报", "附件", "指标说明", "收集意见件次", "群众反映日在本期的事项"},
		"terms": {"承诺期限情况", "各项率的分子和分母", "指标说明", "收集意见件次"}}
	var files []string
	for kind := range says {
		files = append(files, filepath.Join(dir, kind+".docx"))
		w.Must(city.WriteReport(ctx, asked()[kind], files[len(files)-1]))
	}
	out := outside.Office(t, "pdf", files...)
	outside.Needs(t, "pdftotext")
	for kind, wants := range says {
		b, err := exec.Command("pdftotext", "-layout", filepath.Join(out, kind+".pdf"), "-").Output()
		w.Must(err)
		pages := strings.Split(strings.TrimSuffix(string(b), "\f"), "\f")
		for i, p := range pages {
			pages[i] = strings.Join(strings.Fields(p), "")
			if !strings.HasSuffix(pages[i], fmt.Sprintf("—%d—", i+1)) {
				t.Errorf("%s: page %d says\n%s", kind, i+1, pages[i])
			}
		}
		for _, want := range wants {
			if !strings.Contains(strings.Join(pages, ""), want) {
				t.Errorf("%s: %q is not read in it", kind, want)
			}
		}
		if kind == "terms" && (!strings.Contains(pages[0], "合计") || strings.Contains(strings.Join(pages, ""), "附件")) {
			t.Errorf("it begins with\n%s", pages[0])
		}
	}
}

// A report is one and the same in whatever file: JSON says of its total what text does, and no word of a citizen is a formula.
func TestReportFiles(t *testing.T) {
	w, city := busy(t)
	dir := t.TempDir()
	month := asked()["month"]
	for _, end := range []string{"csv", "json", "pdf", "docx", "xlsx"} {
		w.Must(city.WriteReport(ctx, month, filepath.Join(dir, "month."+end)))
	}
	rows := lines(t, filepath.Join(dir, "month.csv"))
	var told struct {
		Total      map[string]*float64
		Indicators []struct{ Code, Name string }
	}
	b, err := os.ReadFile(filepath.Join(dir, "month.json"))
	w.Must(err)
	w.Must(json.Unmarshal(b, &told))
	names := map[string]string{}
	for _, i := range told.Indicators {
		names[i.Name] = i.Code
	}
	last := rows[len(rows)-1]
	for n, title := range rows[0][1:] {
		is, want := last[n+1], told.Total[names[title]]
		if v, err := strconv.ParseFloat(is, 64); want == nil && is != "—" || want != nil && (err != nil || v != *want) {
			t.Errorf("%s: text says %q, JSON %v", title, is, want)
		}
	}
	list := asked()["overdue"]
	w.Later(60 * 24 * time.Hour)
	w.Must(city.WriteReport(ctx, list, filepath.Join(dir, "list.csv")))
	text, err := os.ReadFile(filepath.Join(dir, "list.csv"))
	if w.Must(err); !strings.Contains(string(text), ",'=1+") || strings.Contains(string(text), ",=1+") {
		t.Errorf("the list says\n%s", text)
	}
}
