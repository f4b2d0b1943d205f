package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/paper"
	"lianluo.local/app/printer"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
)

// people are what a diagnosis must tell nothing of, in Chinese and in letters: persons, what they say, where they are, whose
// folders these are.
var people = []string{"钟馗骉", "饕餮薅", "犄角旮旯", "蒹葭蘅", "綦毓赟", "耄耋谳", "13790417", "82213210", "Zhonggui", "zhaoliu", "Qiyuyun"}

// A diagnosis tells what there is to mend, and of nobody: not of who is written of, who works there, what units are called,
// whose folder it is, whatever names files bear and whatever stands in the log; of a home that does not open, too.
func TestDiagnosisNamesNobody(t *testing.T) {
	dir := filepath.Join(apptest.Dir(t), "zhaoliu 钟馗骉")
	w := apptest.Begin(t)
	w.Folder = filepath.Join(dir, "stick of Zhonggui")
	w.Must(os.MkdirAll(w.Folder, 0o700))
	county := w.SetUp("county", apptest.County)
	station := w.Settled("station", apptest.Yuanjia, "", home.Home(filepath.Join(dir, "home")))
	w.Enrol(station, county)
	hire(station, "綦毓赟")
	sit(station, "綦毓赟")
	hire(station, "Qiyuyun", "值班员")
	m := station.Receive(desk.Draft{Title: "蒹葭蘅", Name: "钟馗骉", Phone: "13790417001", Address: "犄角旮旯3号", Words: "饕餮薅"})
	station.Do(m, `{"do":"collate","mode":"部门联动","proposal":"耄耋谳"}`)
	w.Settle(station, county)
	d, err := station.Draw(ctx, app.Paper{Kind: paper.TakenHome(m), Things: paper.Things{Matters: []matter.Matter{station.Show(m)}}})
	w.Must(err)
	_, _ = station.Print(ctx, printer.Job{Paper: "受理回执", File: "钟馗骉 Zhonggui.pdf", Printer: "none"}, d)
	for _, file := range []string{"aside/钟馗骉 Zhonggui.bundle", "papers/Zhonggui.pdf", "backup/zhaoliu.db", "Zhonggui.txt",
		"钟馗骉/13790417001"} {
		w.Must(os.MkdirAll(filepath.Dir(filepath.Join(string(station.Home), file)), 0o700))
		w.Must(os.WriteFile(filepath.Join(string(station.Home), file), []byte("饕餮薅"), 0o600))
	}
	w.Put(apptest.County, apptest.Yuanjia, "up-1-1-9-0123abcd.bundle", []byte("饕餮薅"))
	w.Put(apptest.County, "zhaoliu", "zhaoliu.bundle", []byte("饕餮薅"))
	county.Sync()
	log, err := os.OpenFile(station.Home.Log(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	w.Must(err)
	for _, error := range []string{"open " + w.Folder + "/zhaoliu.bundle: denied", `C:\\Users\\zhaoliu\\Zhonggui x.pdf: denied`,
		"钟馗骉 13790417001: no", "user Qiyuyun: wrong", "0358-82213210",
		"open " + strings.ReplaceAll(string(station.Home), `\`, `\\`) + "/lianluo.db: database is locked", // as slog writes it
		"1379041 7001", "write zhaoliu.pdf: no space", "open zhaoliu/x: no", `printer \"zhaoliu\": off`, "lookup zhaoliu: no such host"} {
		_, err := log.WriteString(`time=2026-11-21T19:30:00.5+08:00 level=ERROR msg="command failed" command=check error="` + error +
			"\"\n饕餮薅 zhaoliu\n")
		w.Must(err)
	}
	w.Must(log.Close())

	tells := func(d app.Diagnosis, wants ...string) {
		t.Helper()
		for _, mark := range people {
			if strings.Contains(string(d), mark) {
				t.Errorf("it tells of %s:\n%s", mark, d)
			}
		}
		for _, want := range wants {
			if !strings.Contains(string(d), want) {
				t.Errorf("%q is missing:\n%s", want, d)
			}
		}
	}
	tells(app.Diagnose(ctx, station.Home, station.App, nil, w.Now), "2026-11-21", apptest.Yuanjia, "matter 1", "0 处问题",
		"lianluo.db", "HOME/lianluo.db: database is locked", "user …: wrong", apptest.County, "别的　2 个")
	tells(app.Diagnose(ctx, county.Home, county.App, nil, w.Now), "refused 1", apptest.Yuanjia+"　lianluo")
	w.Sqlite(station.Home.Database(), "CREATE TABLE zhaoliu (a)")
	tells(app.Diagnose(ctx, station.Home, station.App, nil, w.Now), "1 处问题")
	w.Must(station.Close())
	w.Must(os.WriteFile(station.Home.Database(), []byte("饕餮薅"), 0o600))
	_, why := app.Open(ctx, app.Options{Home: station.Home, Now: station.Now})
	shut := app.Diagnose(ctx, station.Home, nil, why, w.Now)
	tells(shut, "没有打开：", "lianluo.db")

	for file, ok := range map[string]bool{filepath.Join(dir, "d.txt"): true, station.Home.Database(): false, filepath.Join(w.Folder, "d.txt"): false} {
		err := shut.Save(station.Home, file)
		if b, _ := os.ReadFile(file); (err == nil) != ok || ok != slices.Equal(b, []byte(shut)) {
			t.Errorf("saved as %s: %v", filepath.Base(file), err)
		}
	}
}

// A diagnosis is read by people: each line says something, in words and days as they are said here.
func TestDiagnosisIsReadable(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	o.Settings.Folder = ""
	w.Must(o.Settings.Save(o.Home))
	w.Must(o.Close())
	o.Open(o.Home)
	o.Receive(desk.Draft{Words: "路灯不亮"})
	w.Now = w.Now.AddDate(2, 0, 0)
	d := app.Diagnose(ctx, o.Home, o.App, nil, w.Now).Text()
	for _, want := range []string{"练习 是，上锁 否", "共享文件夹　还没有选", "时钟　电脑的", " 行】\n没有\n"} {
		if !strings.Contains(d, want) {
			t.Errorf("%q is missing:\n%s", want, d)
		}
	}
	for _, not := range []string{"true", "false", ".0 B", "no shared folder", "　\n"} {
		if strings.Contains(d, not) {
			t.Errorf("%q stands in:\n%s", not, d)
		}
	}
}
