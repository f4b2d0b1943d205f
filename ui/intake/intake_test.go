package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

var ctx = context.Background()

// world is a county with the page on it.
type world struct {
	*apptest.Seat
	*Page
	win  kittest.Window
	said []string
	dir  string
}

// newWorld is the page with a sheet of people that somebody wrote.
func newWorld(t *testing.T, text string, size float32) *world {
	t.Helper()
	w := &world{Seat: apptest.Alone(t, "county", "141102"), dir: t.TempDir()}
	w.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	test.NewTempApp(t).Settings().SetTheme(look.New("light", size))
	host := kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Canvas: func() fyne.Canvas { return w.win.Canvas() }, Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	by := clerk.Clerk{Name: "赵晖"}
	w.Page = New(host, "代表名册", Actions{Columns: app.People.Columns, Lists: true, Whole: person.Terms[:2],
		Try: func(ctx context.Context, book *sheet.Book, said Said) (Trial, error) {
			in, err := w.Intake(ctx, app.People, book, app.Said{Mapping: said.Mapping, Default: said.Default})
			return Trial{Said: Said{in.Mapping, in.Default}, Grid: in.Grid, Plan: in.Plan, Again: in.Again, Who: in.Who, In: in}, err
		},
		Take: func(ctx context.Context, t Trial) error { return w.Take(ctx, by, t.In.(app.Intake)) },
		Undo: func(ctx context.Context, which string) (int, error) { return batch.Undo(ctx, w.Roster, by, which) },
		Wrong: func(ctx context.Context, t Trial, dir string) (string, error) {
			file := filepath.Join(dir, "要改的行.xlsx")
			return file, w.SaveWrong(ctx, t.In.(app.Intake), file)
		},
		Back: func() {},
	})
	w.win = kittest.Open(t, w.Object(), fyne.NewSize(1186, 700))
	kit.Keys = w.Keys()
	file := filepath.Join(w.dir, "花名册.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Page.Open(file)
	return w
}

// turn shows a part of the list.
func (w *world) turn(code string) {
	w.tabs.Choose(code)
	w.list()
}

// words are all that can be read on top, without the ends of lines.
func (w *world) words() string { return strings.ReplaceAll(kittest.Seen(w.win.Top()), "\n", "") }

func (w *world) people(t *testing.T) int {
	t.Helper()
	_, n, err := w.Roster.People(ctx, roster.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const clean = "离石区第十四届人大代表名册\n序号,姓名,性别,出生年月,联系电话,工作单位,选区\n1,高小宝,男,1970.3,13812340000,第一小学,一选区\n" +
	"2,胡大海,男,1966-12,13812340001,区医院,二选区\n3,任  莉,女,1981年5月,13812340002,林业局,三选区\n"

// A sheet is looked at, taken, the same when it comes again, and taken back.
func TestASheetComesIn(t *testing.T) {
	w := newWorld(t, clean, 18)
	w.win.Shot("intake-columns")
	if said := w.words(); !strings.Contains(said, "新 3") || !strings.Contains(said, "→ 出生年月") || !strings.Contains(said, "十四届") {
		t.Fatalf("it says %s, %q", said, w.said)
	}
	if w.people(t) != 0 {
		t.Error("something was written before it was taken")
	}
	w.turn(fresh)
	w.win.Shot("intake-new")
	if rows := w.table.Rows(); len(rows) != 3 || rows[2].name != "任莉" || !strings.HasSuffix(rows[2].at, "5") {
		t.Errorf("new are %+v", rows)
	}
	kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}]()
	w.win.Shot("intake-done")
	if said := w.words(); w.people(t) != 3 || !strings.Contains(said, "导入好了") {
		t.Fatalf("%d people, it says %s, %q", w.people(t), said, w.said)
	}
	w.Page.Open(w.where)
	w.win.Shot("intake-again")
	if said := w.words(); !strings.Contains(said, "已经导入过") {
		t.Errorf("it says %s", said)
	}
	w.win.Tap("撤销这一批")
	if w.people(t) != 0 || !strings.Contains(strings.Join(w.said, ""), "已撤回 3 条") {
		t.Errorf("%d people, it says %q", w.people(t), w.said)
	}
}

// What is doubtful is asked by its cell; what is wrong is kept as a sheet of its own, or left out.
func TestASheetIsAskedAbout(t *testing.T) {
	w := newWorld(t, clean+"4,高小宝,男,,13812340009,镇中学,五选区\n5,郭润生,男,1990.13,1381234,区政府,六选区\n6,车玉柱,男,1990.1,,区政府,八选区\n", 18)
	if n := len(w.trial.Plan.Doubtful); n != 3 || !w.take.Disabled() {
		t.Fatalf("%d are asked: %+v", n, w.trial.Plan)
	}
	w.turn(doubtful)
	w.win.Shot("intake-doubtful")
	asked := len(w.table.Rows())
	w.table.Choose(0)
	w.table.OnOpen(w.table.Rows()[0])
	w.win.Shot("intake-answer")
	if said := w.words(); !strings.Contains(said, "这一行不导入") {
		t.Fatalf("it says %s", said)
	}
	w.win.Press(fyne.KeyEscape)
	for i, r := range w.table.Rows() {
		if strings.Contains(r.text, "同名") { // with the answers that may be given
			w.table.OnOpen(w.table.Rows()[i])
		}
	}
	w.win.Shot("intake-who")
	w.win.Tap("是另外一个")
	w.table.OnOpen(w.table.Rows()[0])
	w.win.Tap("这一行不导入")
	if now := len(w.trial.Plan.Doubtful); now != asked-2 {
		t.Errorf("%d are asked still", now)
	}
	w.apartTo(t)
	w.win.Tap("要问的和有错的先不导")
	if w.take.Disabled() {
		t.Fatalf("it cannot be taken: %+v", w.trial.Plan)
	}
	w.win.Tap("导入")
	if n := w.people(t); n != 4 {
		t.Errorf("%d people: %q", n, w.said)
	}
}

// What does not answer a question is told on its sheet, which stays with what was typed; other answers stay, too. A cell
// may be left blank; a year alone answers for all days.
func TestARefusedAnswerStaysOpen(t *testing.T) {
	w := newWorld(t, strings.Replace(clean, "选区\n", "选区,当选日期\n", 1)+
		"4,郭润生,男,1990-13,13812340005,区政府,五选区,3月5日\n5,车玉柱,男,75.3,,区政府,六选区,4月1日\n6,孙 平,男,1970-02-30,,区政府,七选区,\n", 18)
	w.turn(doubtful)
	open := func(at string) *kit.Entry {
		t.Helper()
		for _, r := range w.table.Rows() {
			if strings.HasSuffix(r.at, at) {
				w.table.OnOpen(r)
				return kittest.Find(w.win.Top(), func(o fyne.CanvasObject) bool { _, ok := o.(*kit.Entry); return ok }).(*kit.Entry)
			}
		}
		t.Fatalf("nothing is asked at %s: %+v", at, w.table.Rows())
		return nil
	}
	e := open("D7")
	if e.Text != "75.3" {
		t.Errorf("it begins with %q", e.Text)
	}
	e.SetText("1975-03")
	w.win.Tap("就这样")
	asked := len(w.trial.Plan.Doubtful)
	e = open("D6")
	e.SetText("1990-14")
	e.OnEnter()
	w.win.Shot("intake-refused")
	if said := w.words(); !strings.Contains(said, "还不行") || !strings.Contains(said, "没有这个月") || e.Text != "1990-14" ||
		len(w.trial.Plan.Doubtful) != asked || w.answeredAt("D7") != "1975-03" || w.answeredAt("D6") != "" {
		t.Errorf("it says %s, answers %v", said, w.Page.said.Answers)
	}
	e.SetText("1990-12")
	e.OnEnter()
	open("D8")
	w.win.Tap("留空")
	e = open("H6")
	e.SetText("2021")
	w.win.Tap("就这样")
	if n := len(w.trial.Plan.Doubtful); n != 0 || w.take.Disabled() {
		t.Fatalf("%d are asked still: %+v", n, w.trial.Plan.Doubtful)
	}
	w.win.Tap("导入")
	if n := w.people(t); n != 6 {
		t.Errorf("%d people: %q", n, w.said)
	}
}

// answeredAt is what was answered at a cell.
func (w *world) answeredAt(at string) string {
	for cell, said := range w.Page.said.Answers {
		if strings.HasSuffix(cell, at) {
			return said
		}
	}
	return ""
}

func (w *world) apartTo(t *testing.T) {
	t.Helper()
	file, err := w.actions.Wrong(ctx, w.trial, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	if book, err := sheet.Open(file); err != nil || len(book.Sheets) == 0 {
		t.Errorf("%s: %v", file, err)
	}
}

// A column that was taken for something else is put right, and the others stay.
func TestAColumnIsPutRight(t *testing.T) {
	w := newWorld(t, strings.Replace(clean, "工作单位", "在哪儿上班", 1), 26)
	w.win.Shot("intake-26")
	var at row
	for _, r := range w.table.Rows() {
		if r.name == "在哪儿上班" {
			at = r
		}
	}
	if !strings.Contains(at.text, "不导入") {
		t.Fatalf("it is %+v", at)
	}
	w.table.OnOpen(at)
	for _, r := range "工作单位" {
		w.win.Canvas().Focused().TypedRune(r)
	}
	w.win.Shot("intake-column")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	found := fmt.Sprint(w.table.Rows())
	if !strings.Contains(found, "在哪儿上班 → 工作单位") || !strings.Contains(found, "→ 出生年月") {
		t.Errorf("%s", found)
	}
}
