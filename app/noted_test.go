package app_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/export"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/printer"
	"lianluo.local/app/roster"
	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
)

// looks does everything once that is written down, with a citizen of whom nothing may be.
func looks(o *apptest.Seat) (m matter.Matter) {
	w := o.World
	w.T.Helper()
	dir := w.T.TempDir()
	m = o.Receive(desk.Draft{Title: "标记事项甲乙", Name: "标记王小明", Phone: "13800771234", Address: "标记巷七号", Words: "标记原话污水倒灌"})
	w.Must(o.Reveal(ctx, m.Number))
	for _, text := range []string{"标", "标记王", "标记王小明", "标记王", "13800771234", m.Number, "BJWXM"} {
		w.Must(apptest.Err(o.Ledger.Page(ctx, ledger.Query{Text: text})))
	}
	k, _ := paper.ByCode("receipt")
	p, err := o.Paper(ctx, k, paper.Things{Matters: []matter.Matter{m}}, paper.Wish{})
	w.Must(err)
	d, err := o.Draw(ctx, p)
	w.Must(err)
	w.Must(apptest.Err(o.Save(d, filepath.Join(dir, "标记王小明.pdf"), false)))
	_, _ = o.Print(ctx, printer.Job{Paper: "标记王小明的回执", File: "标记王小明.pdf", Printer: "nowhere"}, d)
	w.Must(apptest.Err(o.ExportMatters(ctx, filepath.Join(dir, "标记.xlsx"), "标记王小明", ledger.Query{Text: "标记王小明"}, true)))
	w.Must(o.ExportPeople(ctx, filepath.Join(dir, "a.xlsx"), app.Export{Contact: true}))
	w.Must(o.ExportUnits(ctx, filepath.Join(dir, "b.xlsx"), app.Export{}))
	if err := o.ExportUnits(ctx, filepath.Join(dir, "b.标记王小明"), app.Export{}); err == nil {
		w.T.Error("a file of no kind was written")
	}
	wish := export.Wish{Private: true}
	w.Must(wish.Parse("csv"))
	w.Must(apptest.Err(o.Everything(ctx, filepath.Join(dir, "标记王小明"), wish, nil)))
	w.Must(apptest.Err(o.HoldingPaper(ctx, app.Asker{Name: "标记王小明", Phone: "13800771234"})))
	w.Must(o.Backup(ctx, filepath.Join(dir, "标记王小明.db")))
	app.Restored(o.Home, clerk.Clerk{}, o.Now(), errors.New("标记王小明 13800771234"))
	return m
}

// What people look at, print, export and copy is written down once each, by number, and how it ended.
func TestWhatIsNoted(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	wang := hire(o, "王明", "联络员", "审计员", "系统管理员")
	sit(o, "王明")
	m := looks(o)
	list, err := o.Audit(ctx, time.Time{}, time.Time{})
	w.Must(err)
	var says []string
	for i := len(list) - 1; i >= 0; i-- {
		l := list[i]
		says = append(says, strings.TrimSpace(l.Do+" "+l.What+" "+l.Result))
		if noted := l.Do != "begin" && l.Do != "restore" && l.Do != "user-add"; noted && (l.User != wang.ID || l.Who != "王明") ||
			l.At.Before(apptest.Evening) {
			t.Errorf("by whom: %+v", l)
		}
	}
	want := []string{"begin  done", "user-add add " + wang.ID + " done", "sign-in  done", "contact " + m.Number + " done",
		"find-name  done", "find-phone  done", "find-name  done", "export pdf receipt " + m.Number + " done",
		"print receipt " + m.Number + " failed", "find-name  done", "export matters x1 private done", "export people x0 private done",
		"export units x0 done", "export units x0 refused", "export everything x1 private done", "held " + m.Number + " done",
		"backup file done", "restore  failed", "read-log  done"}
	if strings.Join(says, "\n") != strings.Join(want, "\n") {
		t.Errorf("noted:\n%s", strings.Join(says, "\n"))
	}
	w.Must(o.Close())
	o.Open(o.Home)
	if rep, v, err := o.Check(ctx); err != nil || v != app.Sound || rep.Logged != len(want) {
		t.Errorf("%+v, %v, %v", rep, v, err)
	}
}

// Whoever searches among people or suggestions is noted as he is in the register, once while he types, and not what he
// searched for; so is each signature. Looking at a list, asking for a number of a suggestion and verifying leave no line.
func TestSearchesAndSignaturesAreNoted(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	wang := hire(o, "王明", "联络员", "审计员", "系统管理员")
	sit(o, "王明")
	m := o.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	dir := w.T.TempDir()
	people := func(query string) {
		_, _, err := o.Roster.People(ctx, roster.Filter{Query: query})
		w.Must(err)
	}
	suggestions := func(query string) {
		_, _, err := o.Docket.List(ctx, docket.Filter{Query: query})
		w.Must(err)
	}
	people("")
	people("单")
	people("单志远")
	w.Later(11 * time.Minute)
	suggestions("")
	suggestions("12")
	suggestions("单志远")
	k, _ := paper.ByCode("receipt")
	p, err := o.Paper(ctx, k, paper.Things{Matters: []matter.Matter{m}}, paper.Wish{})
	w.Must(err)
	for _, o.Signing = range []string{app.Inside, app.Beside} {
		d, err := o.Draw(ctx, p)
		w.Must(err)
		file := filepath.Join(dir, o.Signing+".pdf")
		w.Must(apptest.Err(o.Save(d, file, false)))
		w.Must(apptest.Err(o.Verify(ctx, file, "")))
	}
	w.Must(o.WriteAudit(ctx, filepath.Join(dir, "log.jsonl"), time.Time{}, time.Time{}))
	list, err := o.Audit(ctx, time.Time{}, time.Time{})
	w.Must(err)
	var says []string
	for _, l := range slices.Backward(list) {
		says = append(says, strings.TrimSpace(l.Do+" "+l.What))
	}
	want := []string{"begin", "user-add add " + wang.ID, "sign-in", "find-name", "find-name", "sign receipt " + m.Number, "export pdf receipt " + m.Number,
		"sign receipt " + m.Number, "export pdf receipt " + m.Number, "read-log", "sign audit", "export audit x10", "read-log"}
	if got := strings.Join(says, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("noted:\n%s", got)
	}
}

// shapes are the forms in which a text lies in a file.
func shapes(text string) (all [][]byte) {
	var wide []byte
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for shift := range 3 { // base64 of a text that begins anywhere
		b := base64.StdEncoding.EncodeToString(append(make([]byte, shift), text...))
		if b = b[4*((shift+2)/3) : len(b)-4]; len(b) >= 4 {
			all = append(all, []byte(b))
		}
	}
	return append(all, []byte(text), wide)
}

// Nothing of a person is in the log, in whatever form: it says which number somebody looked at.
func TestNothingOfAPersonInTheLog(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	hire(o, "标记李慧敏")
	sit(o, "标记李慧敏")
	looks(o)
	app.Note(o.Home, w.Now, "标记李慧敏", audit.SignIn, "标记王小明 密码", errors.New("标记王小明"))
	w.Must(o.Close())
	var marks [][]byte
	for _, text := range []string{"标记", "王小明", "13800771234", "0771234", "七号", "污水", "慧敏", "BJWXM"} {
		marks = append(marks, shapes(text)...)
	}
	files := 0
	w.Must(filepath.WalkDir(o.Home.Audit(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for _, mark := range marks {
			if bytes.Contains(b, mark) {
				t.Errorf("%s holds %q", d.Name(), mark)
			}
		}
		return err
	}))
	if files == 0 {
		t.Error("no log")
	}
}

// Who cuts the log, exchanges or deletes it while nobody looks is found when the home is opened next, and by every check until
// somebody accepts it; a copy of the records that is put back changes nothing about it.
func TestLogThatWasTamperedWith(t *testing.T) {
	for what, harm := range map[string]func(file string, older []byte) error{
		"cut":     func(file string, older []byte) error { return os.WriteFile(file, older, 0o600) },
		"deleted": func(file string, _ []byte) error { return os.RemoveAll(filepath.Dir(file)) },
	} {
		t.Run(what, func(t *testing.T) {
			w := apptest.Begin(t)
			o := w.SetUp("station", apptest.Yuanjia)
			copied := o.KeepCopy()
			file := filepath.Join(o.Home.Audit(), "0000000001.log")
			w.Must(o.Reveal(ctx, "a"))
			older, err := os.ReadFile(file)
			w.Must(err)
			for i := range 5 {
				w.Must(o.Reveal(ctx, fmt.Sprint(i)))
			}
			w.Must(o.PutBack(copied)) // the log stays as it is
			if _, v, err := o.Check(ctx); err != nil || v != app.Sound || o.Amiss != nil {
				t.Fatalf("a copy that was put back: %v, %v, %v", v, o.Amiss, err)
			}
			w.Must(o.Close())
			w.Must(harm(file, older))
			o.Open(o.Home)
			if len(o.Amiss) != 1 || !errors.Is(o.Amiss[0], app.ErrLogCut) {
				t.Errorf("when it is opened: %v", o.Amiss)
			}
			for range 9 { // it grows past the end that it had
				w.Must(o.Reveal(ctx, "b"))
			}
			w.Must(o.PutBack(copied))
			rep, v, err := o.Check(ctx)
			if err != nil || v != app.Tampered || len(rep.Problems) != 1 || !strings.Contains(rep.Problems[0], "第 7 条和以前的不一样") {
				t.Errorf("a check: %+v, %v, %v", rep, v, err)
			}
			if n, err := o.AcceptAudit(ctx); err != nil || n != 1 {
				t.Errorf("accepted: %d, %v", n, err)
			}
			w.Must(o.Close())
			o.Open(o.Home)
			if rep, v, err := o.Check(ctx); err != nil || v != app.Sound || o.Amiss != nil || len(rep.Accepted) != 1 {
				t.Errorf("accepted, a check: %+v, %v, %v, %v", rep, v, o.Amiss, err)
			}
		})
	}
}

// Who moves to another computer leaves the log behind: there it begins anew, and nobody is asked who cut it.
func TestLogStaysOnItsComputer(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	for i := range 5 {
		w.Must(o.Reveal(ctx, fmt.Sprint(i)))
	}
	w.Must(o.Close()) // remembers the log's end
	o.Open(o.Home)
	copied := o.KeepCopy()
	fresh := w.SetUp("station", apptest.Yuanjia)
	w.Must(fresh.PutBack(copied))
	if _, v, err := fresh.Check(ctx); err != nil || v != app.Sound || fresh.Amiss != nil {
		t.Errorf("a check: %v, %v, %v", v, fresh.Amiss, err)
	}
}

// Of what is older than it is kept nothing stays; a round sees to it.
func TestLogIsKeptForItsTime(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	for range 40 {
		w.Must(o.Reveal(ctx, "a"))
		w.Now = w.Now.AddDate(0, 1, 0)
	}
	o.Sync()
	_, err := o.Round(ctx, o.Clerk())
	w.Must(err)
	list, err := o.Audit(ctx, time.Time{}, time.Time{})
	w.Must(err)
	if first := list[len(list)-1].At; first.Before(w.Now.AddDate(0, -37, 0)) || first.After(w.Now.AddDate(0, -35, 0)) {
		t.Errorf("it begins on %v, today is %v", first, w.Now)
	}
	if rep, v, err := o.Check(ctx); err != nil || v != app.Sound {
		t.Errorf("%+v, %v, %v", rep, v, err)
	}
}
