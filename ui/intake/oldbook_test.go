package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/sheet"
	"lianluo.local/data/field"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

// oldWorld is a station with the page of an old register on it.
func oldWorld(t *testing.T, text string, size float32) *world {
	t.Helper()
	w := &world{Seat: apptest.Alone(t, "station", apptest.Yuanjia), dir: t.TempDir()}
	test.NewTempApp(t).Settings().SetTheme(look.New("light", size))
	host := kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Canvas: func() fyne.Canvas { return w.win.Canvas() }, Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	k := app.Books["reception"]
	w.Page = New(host, k.Name, Actions{Columns: k.Columns, Whole: field.List{{Code: "ended", Name: "没有写办得怎样的", Input: field.Chips, Words: app.Ended}},
		Try: func(ctx context.Context, book *sheet.Book, said Said) (Trial, error) {
			in, err := w.Intake(ctx, k, book, app.Said{Mapping: said.Mapping, Default: said.Default})
			return Trial{Said: Said{in.Mapping, in.Default}, Grid: in.Grid, Plan: in.Plan, Again: in.Again, Who: in.Who, In: in}, err
		},
		Take: func(ctx context.Context, t Trial) error { return w.Take(ctx, w.Clerk(), t.In.(app.Intake)) },
		Undo: func(ctx context.Context, which string) (int, error) { return w.Undo(ctx, k, w.Clerk(), which) },
		Back: func() {},
	})
	w.win = kittest.Open(t, w.Object(), fyne.NewSize(1186, 700))
	kit.Keys = w.Keys()
	file := filepath.Join(w.dir, "旧簿.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Page.Open(file)
	return w
}

// An old register is looked at, asked about, taken and taken back as people are.
func TestAnOldRegisterComesIn(t *testing.T) {
	const text = "2023年接待群众登记簿\n序号,日期,接待代表,反映人,电话,反映问题,类别,办理结果,满意度\n1,3月5日,王明,李  福生,13812345678,七巷雨水倒灌,下水道,管道已疏通,满意\n" +
		"2,3月5日,王明,张秀兰,8221321,公厕太少,杂项,,\n3,3月6日,,匿名,,路灯不亮,杂项,,\n4,3月6日,,匿名,,路灯不亮,路灯,,\n"
	for _, size := range []float32{18, 26} {
		w := oldWorld(t, text, size)
		name := map[float32]string{18: "", 26: "-large"}[size]
		w.win.Shot("oldbook-columns" + name)
		if said := w.words(); !strings.Contains(said, "新 3") || !strings.Contains(said, "要问 2") {
			t.Fatalf("it says %s, %q", said, w.said)
		}
		w.turn(doubtful)
		w.win.Shot("oldbook-asked" + name)
		rows := w.table.Rows()
		if len(rows) != 2 || !strings.Contains(rows[0].text, "有 2 行这样写，答一次就行") {
			t.Fatalf("asked is %+v", rows)
		}
		w.open(rows[0])
		w.win.Shot("oldbook-answer" + name)
		w.win.Press(fyne.KeyEscape)
		w.said = nil
		w.Page.said.Answers = map[string]string{rows[0].at: "其他"}
		w.try()
		w.turn(doubtful)
		if rows = w.table.Rows(); len(rows) != 1 || !strings.Contains(rows[0].text, "写的一样") {
			t.Fatalf("asked is %+v", rows)
		}
		w.open(rows[0])
		w.win.Tap("是另外一个，新登记")
		if said := w.words(); !strings.Contains(said, "新 4") || strings.Contains(said, "要问") {
			t.Fatalf("it says %s, %q", said, w.said)
		}
		kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}]()
		w.win.Shot("oldbook-done" + name)
		if n := len(w.List()); n != 4 || !strings.Contains(w.words(), "导入好了") {
			t.Fatalf("%d matters, it says %s, %q", n, w.words(), w.said)
		}
		w.win.Tap("撤销这一批")
		if !strings.Contains(strings.Join(w.said, ""), "已撤回 4 条") {
			t.Errorf("it says %q", w.said)
		}
	}
}
