package act

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/assets/names"
	"lianluo.local/data/clerk"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: names.All()[0]}

const table, above1 = "141102002003D1-A", "141102000000"

// world is one computer at which a station's table and its county sit in turn, and a window without a screen.
type world struct {
	*apptest.Seat
	t      *testing.T
	office map[string]*office.Office // by unit
	win    kittest.Window
	said   []string
	sheets map[string]*Attempts
}

func newWorld(t *testing.T) *world {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	ctx := context.Background()
	w := &world{t: t, Seat: apptest.Alone(t, "station", table), sheets: map[string]*Attempts{}}
	w.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.office = map[string]*office.Office{table: w.Office, above1: w.As(above1)}
	kit.Keys = map[kit.Key]func(){}
	w.win = kittest.Open(t, container.NewStack(), fyne.NewSize(1280, 720))
	host := kit.Host{Context: ctx, Run: kit.Inline, Canvas: w.win.Canvas, Explain: explain.Sentence,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	for code, at := range w.office {
		w.sheets[code] = New(host, at, w.Ledger, w.Roster, someone)
	}
	return w
}

func (w *world) receive(d desk.Draft) ledger.View {
	w.t.Helper()
	if d.Category == "" {
		d.Category = "0203"
	}
	d.Name, d.Phone, d.Deputies = names.All()[5], "13812345678", names.All()[1:3]
	m, err := w.Desk.Receive(context.Background(), someone, d)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.view(m.Number)
}

func (w *world) view(number string) ledger.View {
	w.t.Helper()
	v, err := w.Ledger.Show(context.Background(), number)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// already does what goes before: each is a unit and an order.
func (w *world) already(v ledger.View, orders ...order) ledger.View {
	w.t.Helper()
	for _, o := range orders {
		if _, err := w.office[o.by].Do(context.Background(), someone, v.ID, o.Order); err != nil {
			w.t.Fatalf("%s: %v", o.Do, err)
		}
	}
	return w.view(v.Number)
}

type order struct {
	by string
	office.Order
}

// do presses Ctrl+Enter.
func (w *world) do() {
	if do, ok := kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}]; ok {
		do()
	}
}

// Some of what goes before.
var (
	sorted   = order{table, office.Order{Do: "collate", Mode: "department"}}
	up       = order{table, office.Order{Do: "escalate"}}
	handed   = order{above1, office.Order{Do: "assign", To: []string{"水利局"}}}
	consult  = order{above1, office.Order{Do: "assign", Mode: "consult", Deputies: names.All()[1:3]}}
	signed   = order{above1, office.Order{Do: "sign"}}
	answered = order{above1, office.Order{Do: "answer", Class: 1, Answer: "七巷的雨水管已经疏通，加装了排水泵。"}}
	going    = order{above1, office.Order{Do: "answer", Class: 3, Answer: "正在施工。", Promise: "管道改造",
		PromiseBy: "2026-12-31"}}
	informed = order{table, office.Order{Do: "inform"}}
	away     = order{table, office.Order{Do: "inform", Way: "unreachable"}}
	unhappy  = order{table, office.Order{Do: "rate", Result: "unsatisfied", Reason: "太慢"}}
)

// fill is what is typed and pressed: "\n" is Enter, "\t" Tab.
func (w *world) fill(keys string) {
	for _, r := range keys {
		switch r {
		case '\n':
			w.win.Press(fyne.KeyReturn)
		case '\t':
			w.win.Canvas().FocusNext()
		default:
			w.win.Type(string(r))
		}
	}
}
