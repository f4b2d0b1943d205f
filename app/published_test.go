package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/paper"
	"lianluo.local/app/report"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// The page of a web site asks a person first what the wall list asks, says the numbers of the report, and lists what it counts
// but for what is not for everybody.
func TestPublicPage(t *testing.T) {
	_, _, station := apptest.Pair(t)
	station.Receive(desk.Draft{Name: "欧阳志远", Phone: "13812345678", Title: "七巷雨水倒灌", Category: "0203"})
	station.Receive(desk.Draft{Name: "欧阳志远", Title: "隐情甲", Confidential: true})
	station.Receive(desk.Draft{Name: "单志远", Title: "问低保", OnSpot: "out-of-scope", Reason: "court", OnSpotAnswer: "请去法院"})
	named := station.Receive(desk.Draft{Name: "欧阳志远", Title: "欧阳志远家的灯", Category: "0204"})
	old := station.Receive(desk.Draft{Title: "去年的水管", Occurred: "2026-10-11 10:00", OnSpot: "register"})
	old = station.Do(old, `{"do":"collate","mode":"代表引导"}`)
	old = station.Do(old, `{"do":"assign","mode":"代表引导","deputies":["王明"]}`)
	old = station.Do(old, `{"do":"answer","class":"已解决","answer":"修好了。"}`)
	station.Do(old, `{"do":"inform","way":"当面"}`)
	dir := t.TempDir()
	file := filepath.Join(dir, "公开.html")
	var look paper.Unchecked
	if err := station.PublicPage(t.Context(), file, "2026-11-01", "", false); !errors.As(err, &look) || len(look) != 1 || look[0].Number != named.Number {
		t.Fatalf("%v", err)
	}
	if es, _ := os.ReadDir(dir); len(es) != 0 {
		t.Errorf("%v lies there", es)
	}
	if err := station.PublicPage(t.Context(), file, "2026-11-01", "", true); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(b), " ")), " ")
	for _, want := range []string{"七巷雨水倒灌", "**家的灯", "去年的水管", "共 2 件", "共 1 件", "收集意见件次 4 件次", "不受理 1 件次", "受理数 3 件次", "城乡建设", "上期结转 1 件次", "移出 1 件次"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %s", want)
		}
	}
	for _, never := range []string{"欧阳", "13812345678", "隐情", "问低保"} {
		if strings.Contains(text, never) {
			t.Errorf("it says %s", never)
		}
	}
	month, _ := report.KindByCode("month")
	r, err := station.Report.Make(t.Context(), report.Ask{Kind: month, From: "2026-11-01"})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range r.Indicators {
		if strings.Contains(text, " "+i.Name+" ") && !strings.Contains(text, " "+i.Name+" "+r.Cell(r.Total, i)) {
			t.Errorf("%s is %s in the report", i.Name, r.Cell(r.Total, i))
		}
	}
	for name, want := range map[string]error{filepath.Join(string(station.Home), "x.html"): home.ErrInside, filepath.Join(station.Settings.Folder, "x.html"): home.ErrShared} {
		if err := station.PublicPage(t.Context(), name, "", "", true); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var wrong problem.Problems
	if err := station.PublicPage(t.Context(), filepath.Join(dir, "x.doc"), "", "", true); !errors.As(err, &wrong) {
		t.Error(err)
	}
}
