package app_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
	"lianluo.local/app/export"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
)

// written is a folder that a home exports, by the names of its files.
func written(t *testing.T, o *apptest.Seat, w export.Wish) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "all")
	f, err := o.Everything(t.Context(), dir, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range f.Files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

// readable is the wish for what a person and a program can read.
func readable(private bool) export.Wish {
	return export.Wish{Formats: []export.Format{export.CSV, export.JSON, export.Open311}, Private: private}
}

// byNumber are the objects of a file of JSON lines, by number.
func byNumber(t *testing.T, lines string) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	for s := bufio.NewScanner(strings.NewReader(lines)); s.Scan(); {
		var m map[string]any
		if err := json.Unmarshal(s.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		number, _ := m["number"].(string)
		all[number] = m
	}
	return all
}

// Nothing of who a citizen is stands in a folder unless it is asked for, wherever he or the office wrote it; what he said in
// confidence stands in that of his table alone, and only where it is asked for.
func TestExportTellsNobody(t *testing.T) {
	w, county, station := apptest.Pair(t)
	open := station.Receive(desk.Draft{Name: "欧阳志远", Phone: "13812345678", Address: "凤山街道袁家庄社区七巷3号", Category: "0203", Title: "欧阳志远家门前雨水倒灌",
		Place: "七巷3号楼", Words: "院子里都是污泥", Proposal: "请联系13812345678"})
	open = station.Do(open, `{"do":"collate","mode":"部门联动","proposal":"欧阳志远，13812345678"}`)
	open = station.Do(open, `{"do":"escalate","note":"欧阳志远急，电话13812345678"}`)
	secret := station.Receive(desk.Draft{Name: "单秘密", Phone: "13987654321", Address: "保密院五号", Category: "1401", Title: "举报隐情甲", Words: "隐情乙",
		Place: "隐情丙", Proposal: "隐情丁", Confidential: true})
	secret = station.Do(secret, `{"do":"collate","mode":"部门联动","proposal":"隐情戊"}`)
	station.Do(secret, `{"do":"escalate","note":"隐情己"}`)
	w.Settle(station, county)
	county.Do(open, `{"do":"assign","to":["住建局"],"note":"请找欧阳志远"}`)
	w.Settle(station, county)
	who := []string{"欧阳志远", "13812345678", "七巷3号", "院子里都是污泥"}
	confidential := []string{"单秘密", "13987654321", "保密院", "隐情"}
	for _, o := range []*apptest.Seat{station, county} {
		for _, private := range []bool{false, true} {
			all := written(t, o, readable(private))
			if len(byNumber(t, all["matters.jsonl"])) != 2 {
				t.Fatalf("%s: %d matters", o.Settings.Name, len(byNumber(t, all["matters.jsonl"])))
			}
			var never, must []string
			switch {
			case !private:
				never = slices.Concat(who, confidential)
			case o == county:
				must, never = who, confidential
			default:
				must = slices.Concat(who, confidential)
			}
			whole := ""
			for name, text := range all {
				whole += text
				for _, word := range never {
					if strings.Contains(text, word) {
						t.Errorf("%s, private %v: %s says %s", o.Settings.Name, private, name, word)
					}
				}
			}
			for _, word := range must {
				if !strings.Contains(whole, word) {
					t.Errorf("%s, private %v: %s is nowhere", o.Settings.Name, private, word)
				}
			}
			m := byNumber(t, all["matters.jsonl"])[open.Number]
			if name, phone := m["name"], m["phone"]; !private && (name != "欧阳**" || phone != "138****5678" || m["address"] != "凤山街道袁家庄社区") {
				t.Errorf("%s: %v %v %v", o.Settings.Name, name, phone, m["address"])
			}
			for _, text := range []string{all["matters.csv"], all["history.csv"], all["links.csv"], all["answers.csv"]} {
				if rows, err := csv.NewReader(bytes.NewReader([]byte(text)[3:])).ReadAll(); err != nil || len(rows) < 1 {
					t.Error(len(rows), err)
				}
			}
		}
	}
}

// A line has the keys that show --json has, and what is private besides only where it is asked for.
func TestExportHasTheKeysOfShow(t *testing.T) {
	_, _, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Name: "王𠅤明", Phone: "13812345678", Title: "七巷雨水倒灌"})
	v, err := station.Ledger.Show(t.Context(), m.Number)
	if err != nil {
		t.Fatal(err)
	}
	b, err := v.JSON(true)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSpace(written(t, station, readable(true))["matters.jsonl"])
	if line != string(b) {
		t.Errorf("%s\nis not\n%s", line, b)
	}
}

// plain fails unless an error is told in one sentence that somebody wrote for it.
func plain(t *testing.T, what string, err error) {
	t.Helper()
	says := explain.Sentence(err)
	if err == nil || strings.Contains(says, "没有料到") || !strings.HasSuffix(says, "。") {
		t.Errorf("%s: %q of %v", what, says, err)
	}
}

// The folder is made where nothing is yet and where it may be, and of the days that are asked for.
func TestExportWhereAndWhen(t *testing.T) {
	_, _, station := apptest.Pair(t)
	early := station.Receive(desk.Draft{Title: "早的", Occurred: "2026-11-19 10:00"})
	late := station.Receive(desk.Draft{Title: "晚的"})
	place := t.TempDir()
	if err := os.Mkdir(filepath.Join(place, "there"), 0o700); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]error{filepath.Join(place, "there"): export.ErrThere, filepath.Join(station.Settings.Folder, "all"): home.ErrShared,
		filepath.Join(string(station.Home), "all"): home.ErrInside, filepath.Join(place, "no", "all"): os.ErrNotExist} {
		_, err := station.Everything(t.Context(), dir, readable(false), nil)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", dir, err)
		}
		plain(t, dir, err)
	}
	if es, _ := os.ReadDir(place); len(es) != 1 {
		t.Errorf("%v lies there", es)
	}
	wish := readable(false)
	wish.From, wish.To = "2026-11-20", "2026-11-21"
	text := written(t, station, wish)["matters.jsonl"]
	if strings.Contains(text, early.Number) || !strings.Contains(text, late.Number) {
		t.Error(text)
	}

}

// All files are of the moment at which it began, which they name, whatever is entered while they are written.
func TestExportIsOfOneMoment(t *testing.T) {
	w, county, _ := apptest.Pair(t)
	altered(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄联络点"}`)
	began, dir := w.Now, filepath.Join(t.TempDir(), "all")
	_, err := county.Everything(t.Context(), dir, readable(false), func(int) {
		w.Now = w.Now.Add(time.Hour)
		altered(county, apptest.Yuanjia, `{"do":"rename","name":"后来的名称"}`)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, says := range map[string]string{"units.jsonl": "袁家庄联络点", "README.txt": "截至：" + began.Format("2006年1月2日 15:04:05")} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(b), says) ||
			strings.Contains(string(b), "后来") {
			t.Errorf("%s does not say %s: %s %v", name, says, b, err)
		}
	}
}

// What a template cannot write is told, and then there is no folder.
func TestExportByTemplate(t *testing.T) {
	_, _, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Name: "欧阳志远", Title: "七巷雨水倒灌", Category: "0203"})
	wrong := station.Receive(desk.Draft{Title: "按错了"})
	p, err := profile.Read([]byte(`{"templates":[{"name":"省平台","columns":[{"title":"编码","from":"number"},{"title":"姓名","from":"name","otherwise":"匿名"},
		{"title":"日期","from":"occurred","date":"yyyyMMdd"},{"title":"类别","from":"category","table":{"02":"CX"}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	wish := export.Wish{Formats: []export.Format{export.Template}}
	dir := filepath.Join(t.TempDir(), "all")
	var refused problem.Problems
	if _, err := station.Everything(t.Context(), dir, wish, nil); !errors.As(err, &refused) {
		t.Error("without a template: ", err)
	}
	station.Profile = p
	wish.Templates = []string{"没有的"}
	if _, err := station.Everything(t.Context(), dir, wish, nil); !errors.As(err, &refused) || !strings.Contains(err.Error(), "有的是：省平台") {
		t.Error(err)
	}
	wish.Templates = []string{"省平台"}
	station.Receive(desk.Draft{Title: "外面的", Category: "0801"})
	if _, err := station.Everything(t.Context(), dir, wish, nil); !errors.As(err, &refused) || !strings.Contains(refused["类别"], "在代码表（table）里没有") {
		t.Error(err)
	}
	station.Profile.Templates[0].Name = "Matters"
	if _, err := station.Everything(t.Context(), dir, export.Wish{Formats: []export.Format{export.CSV, export.Template}}, nil); !errors.As(err, &refused) {
		t.Error("of the name of another file: ", err)
	}
	station.Profile.Templates[0].Name = "省平台"
	if es, _ := os.ReadDir(filepath.Dir(dir)); len(es) != 0 {
		t.Errorf("%v lies there", es)
	}
	station.Profile.Templates[0].Columns[3].Otherwise = "QT"
	if _, err := station.Desk.Void(t.Context(), station.Clerk(), wrong.ID, "按错了"); err != nil {
		t.Fatal(err)
	}
	all := written(t, station, wish)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(all["省平台.csv"], "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || strings.Join(rows[0], "|") != "编码|姓名|日期|类别" || strings.Join(rows[2], "|") != m.Number+"|欧阳**|20261121|CX" {
		t.Errorf("%q %v", rows, err)
	}
	if all["省平台.xlsx"] == "" {
		t.Error("no workbook")
	}
}
