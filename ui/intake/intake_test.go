package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

var ctx = context.Background()

// world is a county with the page on it.
type world struct {
	*apptest.Seat
	*Page
	win  fyne.Window
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
	w.Page = New(host, "代表名册", Actions{Columns: app.People.Columns, Whole: person.Terms[:2],
		Try: func(ctx context.Context, book *sheet.Book, said Said) (Trial, error) {
			in, err := w.Intake(ctx, app.People, book, app.Said{Mapping: said.Mapping, Default: said.Default})
			return Trial{Said: Said{in.Mapping, in.Default}, Grid: in.Grid, Plan: in.Plan, Again: in.Again, Who: in.Who, In: in}, err
		},
		Take: func(ctx context.Context, t Trial) error { return w.Take(ctx, by, t.In.(app.Intake)) },
		Undo: func(ctx context.Context, which string) (int, error) { return batch.Undo(ctx, w.Roster, by, which) },
		Wrong: func(_ context.Context, t Trial, dir string) (string, error) {
			in, file, b := t.In.(app.Intake), filepath.Join(dir, "要改的行.xlsx"), bytes.Buffer{}
			return file, errors.Join(in.Wrong(&b), os.WriteFile(file, b.Bytes(), 0o600))
		},
		Back: func() {},
	})
	w.win = test.NewTempWindow(t, w.Object())
	w.win.Resize(fyne.NewSize(1186, 700))
	kit.Keys = w.Keys()
	file := filepath.Join(w.dir, "花名册.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Page.Open(file)
	return w
}

func (w *world) shot(t *testing.T, name string) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := w.win.Canvas().Size()
	w.win.Resize(size.AddWidthHeight(0, 1))
	w.win.Resize(size)
	if err := png.Encode(f, w.win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// find gives the first object of which something is true, what lies over the page first.
func (w *world) find(is func(fyne.CanvasObject) bool) (found fyne.CanvasObject) {
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() || found != nil {
			return
		}
		if is(o) {
			found = o
			return
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, part := range o.Objects {
				walk(part)
			}
		case fyne.Widget:
			for _, part := range test.WidgetRenderer(o).Objects() {
				walk(part)
			}
		}
	}
	if over := w.win.Canvas().Overlays().Top(); over != nil {
		walk(over)
		return found
	}
	walk(w.win.Content())
	return found
}

// words are all that can be read, without the ends of lines.
func (w *world) words() string {
	var b strings.Builder
	w.find(func(o fyne.CanvasObject) bool {
		if t, is := o.(*canvas.Text); is {
			b.WriteString(t.Text)
		}
		return false
	})
	return b.String()
}

func (w *world) tap(t *testing.T, called string) {
	t.Helper()
	o := w.find(func(o fyne.CanvasObject) bool {
		b, is := o.(*kit.Button)
		return is && strings.HasPrefix(b.Text, called)
	})
	if o == nil {
		t.Fatalf("there is no button %s: %s", called, w.words())
	}
	o.(*kit.Button).OnTapped()
}

func (w *world) press(key fyne.KeyName) {
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}

// turn shows a part of the list.
func (w *world) turn(code string) {
	w.tabs.Choose(code)
	w.list()
}

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
	w.shot(t, "intake-columns")
	if said := w.words(); !strings.Contains(said, "新 3") || !strings.Contains(said, "→ 出生年月") || !strings.Contains(said, "十四届") {
		t.Fatalf("it says %s, %q", said, w.said)
	}
	if w.people(t) != 0 {
		t.Error("something was written before it was taken")
	}
	w.turn(fresh)
	w.shot(t, "intake-new")
	if rows := w.table.Rows(); len(rows) != 3 || rows[2].name != "任莉" || !strings.HasSuffix(rows[2].at, "5") {
		t.Errorf("new are %+v", rows)
	}
	kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}]()
	w.shot(t, "intake-done")
	if said := w.words(); w.people(t) != 3 || !strings.Contains(said, "导入好了") {
		t.Fatalf("%d people, it says %s, %q", w.people(t), said, w.said)
	}
	w.Page.Open(w.where)
	w.shot(t, "intake-again")
	if said := w.words(); !strings.Contains(said, "已经导入过") {
		t.Errorf("it says %s", said)
	}
	w.tap(t, "撤销这一批")
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
	w.shot(t, "intake-doubtful")
	asked := len(w.table.Rows())
	w.table.Choose(0)
	w.table.OnOpen(w.table.Rows()[0])
	w.shot(t, "intake-answer")
	if said := w.words(); !strings.Contains(said, "这一行不导入") {
		t.Fatalf("it says %s", said)
	}
	w.press(fyne.KeyEscape)
	for i, r := range w.table.Rows() {
		if strings.Contains(r.text, "同名") { // with the answers that may be given
			w.table.OnOpen(w.table.Rows()[i])
		}
	}
	w.shot(t, "intake-who")
	w.tap(t, "是另外一个")
	w.table.OnOpen(w.table.Rows()[0])
	w.tap(t, "这一行不导入")
	if now := len(w.trial.Plan.Doubtful); now != asked-2 {
		t.Errorf("%d are asked still", now)
	}
	w.apartTo(t)
	w.tap(t, "要问的和有错的先不导")
	if w.take.Disabled() {
		t.Fatalf("it cannot be taken: %+v", w.trial.Plan)
	}
	w.tap(t, "导入")
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
				return w.find(func(o fyne.CanvasObject) bool { _, ok := o.(*kit.Entry); return ok }).(*kit.Entry)
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
	w.tap(t, "就这样")
	asked := len(w.trial.Plan.Doubtful)
	e = open("D6")
	e.SetText("1990-14")
	e.OnEnter()
	w.shot(t, "intake-refused")
	if said := w.words(); !strings.Contains(said, "还不行") || !strings.Contains(said, "没有这个月") || e.Text != "1990-14" ||
		len(w.trial.Plan.Doubtful) != asked || w.answeredAt("D7") != "1975-03" || w.answeredAt("D6") != "" {
		t.Errorf("it says %s, answers %v", said, w.Page.said.Answers)
	}
	e.SetText("1990-12")
	e.OnEnter()
	open("D8")
	w.tap(t, "留空")
	e = open("H6")
	e.SetText("2021")
	w.tap(t, "就这样")
	if n := len(w.trial.Plan.Doubtful); n != 0 || w.take.Disabled() {
		t.Fatalf("%d are asked still: %+v", n, w.trial.Plan.Doubtful)
	}
	w.tap(t, "导入")
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
	w.shot(t, "intake-26")
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
	w.shot(t, "intake-column")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	found := fmt.Sprint(w.table.Rows())
	if !strings.Contains(found, "在哪儿上班 → 工作单位") || !strings.Contains(found, "→ 出生年月") {
		t.Errorf("%s", found)
	}
}
