package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"lianluo.local/app/export"
	"lianluo.local/data/field"
	"lianluo.local/data/profile"
)

var at = time.Date(2026, 11, 29, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// left is what stands in a directory.
func left(t *testing.T, dir string) (names []string) {
	t.Helper()
	es, err := os.ReadDir(dir)
	for _, e := range es {
		names = append(names, e.Name())
	}
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A folder stands under its name when it is whole, with nothing that was only needed on the way; one that is there already
// is not touched, and what was given up leaves nothing.
func TestFolderWholeOrNone(t *testing.T) {
	place := t.TempDir()
	f, err := export.Begin(filepath.Join(place, "all"))
	if err != nil {
		t.Fatal(err)
	}
	k := export.Kind{Code: "things", Name: "东西", Columns: []export.Column{{Code: "a", Name: "甲"}, {Code: "n", Name: "数", Number: true}}}
	s, err := f.Sheet(k, export.XLSX, export.CSV, export.JSON)
	if err != nil {
		t.Fatal(err)
	}
	big := strings.Repeat("七巷雨水倒灌", 3000) // pages of a workbook go to the disk
	for range 1200 {
		if err := s.Add([]export.Record{{Cells: []string{big[:15000], "7"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(place, "all")); err == nil {
		t.Error("it is there before it is whole")
	}
	if err := errors.Join(s.Close(), f.Finish("说明")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(left(t, filepath.Join(place, "all")), " "); got != "README.txt things.csv things.jsonl things.xlsx" {
		t.Error(got)
	}
	if _, err := export.Begin(filepath.Join(place, "all")); !errors.Is(err, export.ErrThere) {
		t.Errorf("over what is there: %v", err)
	}
	other, err := export.Begin(filepath.Join(place, "other"))
	if err == nil {
		_, err = other.Sheet(k, export.XLSX, export.CSV)
	}
	if err != nil {
		t.Fatal(err)
	}
	other.Abandon()
	if got := strings.Join(left(t, place), " "); got != "all" {
		t.Error(got)
	}
}

// What a killed program left in a place is taken away by the next that begins there, and told; what another writes just now
// stays, as does what is not ours.
func TestFolderOfAKilledProgram(t *testing.T) {
	place := t.TempDir()
	for _, name := range []string{".lianluo-export-0000000a", ".lianluo-export-0000000b", ".lianluo-export-mine", ".part-1"} {
		if err := os.MkdirAll(filepath.Join(place, name, "open311"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".lianluo-export-0000000a/matters.csv", ".lianluo-export-0000000a.lock",
		".lianluo-export-0000000c"} {
		if err := os.WriteFile(filepath.Join(place, name), []byte("王明"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := export.Begin(filepath.Join(place, "all"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(f.Cleared(), "2 个") {
		t.Errorf("it tells %q", f.Cleared())
	}
	other, err := export.Begin(filepath.Join(place, "other"))
	if err != nil || other.Cleared() != "" {
		t.Fatal(other.Cleared(), err)
	}
	if err := errors.Join(f.Finish(""), other.Finish("")); err != nil {
		t.Error(err)
	}
	if got := strings.Join(left(t, place), " "); got != ".lianluo-export-0000000c .lianluo-export-mine .part-1 all other" {
		t.Error(got)
	}
}

// What somebody wrote is a text in every format: nothing of it is a formula, ends a line or breaks a file, and each program
// reads the same of it.
func TestHostileCells(t *testing.T) {
	words := []string{"=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "-5", "甲,乙\"丙\"", "一\n二", "<b>&amp;", "𠅤\u0000\u202e字", "＝1", "'x"}
	dir := filepath.Join(t.TempDir(), "all")
	f, err := export.Begin(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Sheet(export.Kind{Code: "w", Name: "话", Columns: []export.Column{{Code: "w", Name: "话"}, {Code: "x", Name: "尾"}}}, export.XLSX, export.CSV, export.JSON)
	for _, w := range words {
		err = errors.Join(err, s.Add([]export.Record{{Cells: []string{w, "尾"}}}))
	}
	if err := errors.Join(err, s.Close(), f.Finish("")); err != nil {
		t.Fatal(err)
	}
	clean := strings.NewReplacer("\u0000", "", "\u202e", "", "\t", " ")
	b, err := os.ReadFile(filepath.Join(dir, "w.csv"))
	if err != nil || !bytes.HasPrefix(b, []byte("\ufeff")) {
		t.Fatal(err, "no mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(b[3:])).ReadAll()
	if err != nil || len(rows) != len(words)+1 {
		t.Fatal(len(rows), err)
	}
	book, err := excelize.OpenFile(filepath.Join(dir, "w.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	lines, err := os.ReadFile(filepath.Join(dir, "w.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range words {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		formula, _ := book.GetCellFormula("话", cell)
		value, _ := book.GetCellValue("话", cell)
		if formula != "" || value != clean.Replace(w) {
			t.Errorf("xlsx %q: %q, formula %q", w, value, formula)
		}
		bare := strings.TrimPrefix(rows[i+1][0], "'")
		if w != "'x" && bare != clean.Replace(w) || rows[i+1][1] != "尾" {
			t.Errorf("csv %q: %q", w, rows[i+1])
		}
		if risky := strings.TrimLeft(rows[i+1][0], " \n"); w != "-5" && strings.IndexAny(risky, "=+-@＝") == 0 {
			t.Errorf("csv %q may be taken for a formula", rows[i+1][0])
		}
		var said map[string]string
		if err := json.Unmarshal(bytes.Split(lines, []byte("\n"))[i], &said); err != nil || said["w"] != w {
			t.Errorf("json %q: %q %v", w, said["w"], err)
		}
	}
}

// checked holds a file against a part of the schema of GeoReport v2.
func checked(t *testing.T, file, part string) error {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile("testdata/georeport_v2.schema.json#/$defs/" + part)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// The files of Open311 are what GeoReport v2 says, with no request, one, and several; and the schema tells what is not.
func TestGeoReport(t *testing.T) {
	r := export.Request{ID: "02-002003-26-A0042-7", Status: "open", Description: "七巷雨水倒灌", Requested: at.Format(time.RFC3339), Updated: at.Format(time.RFC3339)}
	for n, rs := range [][]export.Request{nil, {r.Filed("0203")}, {r.Filed("0203"), r.Filed("")}} {
		dir := filepath.Join(t.TempDir(), "all")
		f, err := export.Begin(dir)
		if err != nil {
			t.Fatal(err)
		}
		q, err := f.Requests("离石区人大常委会 0358-8221321", at)
		if err == nil {
			err = errors.Join(q.Add(rs), q.Close(), f.Finish(""))
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"discovery", "services", "requests"} {
			if err := checked(t, filepath.Join(dir, "open311", part+".json"), part); err != nil {
				t.Errorf("%d %s: %v", n, part, err)
			}
		}
	}
	for _, wrong := range []string{`[{"service_request_id":"1"}]`, `{}`,
		`[{"service_request_id":"1","status":"办理中","service_name":"x","service_code":"1","description":"","requested_datetime":"2026-11-29T09:00:00+08:00","updated_datetime":"2026-11-29T09:00:00+08:00"}]`,
		`[{"service_request_id":"1","status":"open","service_name":"x","service_code":"1","description":"","requested_datetime":"2026-11-29","updated_datetime":"2026-11-29T09:00:00+08:00"}]`,
		`[{"service_request_id":"1","status":"open","service_name":"x","service_code":"1","description":"","requested_datetime":"2026-11-29T09:00:00+08:00","updated_datetime":"2026-11-29T09:00:00+08:00","name":"王明"}]`} {
		file := filepath.Join(t.TempDir(), "x.json")
		if err := os.WriteFile(file, []byte(wrong), 0o600); err != nil {
			t.Fatal(err)
		}
		if checked(t, file, "requests") == nil {
			t.Error("passed: ", wrong)
		}
	}
}

// A template writes codes, days and fixed texts as it says; what it cannot write is told by column with the numbers.
func TestFit(t *testing.T) {
	p, err := profile.Read([]byte(`{"templates":[{"name":"省平台","columns":[
		{"title":"地区编码","text":"141102"},{"title":"登记号","from":"number","required":true},
		{"title":"受理时间","from":"occurred","date":"yyyyMMddHHmmss"},{"title":"反映日","from":"反映时间","date":"yyyy年M月d日"},
		{"title":"限办日","from":"due","date":"yyyy/MM/dd","otherwise":"无"},
		{"title":"诉求类别","from":"category","table":{"0203":"CX-03","02":"CX"},"otherwise":"QT"},
		{"title":"来源","from":"channel","table":{"来访":"1","hotline":"2"}},
		{"title":"标题","from":"title","most":8,"required":true}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	f := export.NewFit(p.Templates[0])
	v := field.Values{"number": "A1", "occurred": at, "due": "2026-12-18", "category": "0203", "channel": "walk-in", "title": "雨水倒灌"}
	if got := strings.Join(f.Cells("A1", v), "|"); got != "141102|A1|20261129090000|2026年11月29日|2026/12/18|CX-03|1|雨水倒灌" {
		t.Error(got)
	}
	v = v.With(field.Values{"number": "A2", "due": "", "category": "0204", "channel": "hotline"})
	if got := strings.Join(f.Cells("A2", v), "|"); got != "141102|A2|20261129090000|2026年11月29日|无|CX|2|雨水倒灌" {
		t.Error(got)
	}
	if err := f.Amiss(); err != nil {
		t.Error(err)
	}
	f.Cells("A3", v.With(field.Values{"category": "0501", "channel": "box", "title": "七巷一下雨就往院子里倒灌"}))
	f.Cells("A4", v.With(field.Values{"title": ""}))
	err = f.Amiss()
	for _, want := range []string{"“来源”的“意见箱”在代码表（table）里没有：A3", "“标题”超过 8 个字：A3", "“标题”是空的：A4"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
}
