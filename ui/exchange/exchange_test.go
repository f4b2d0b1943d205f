package exchange

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

var evening = time.Date(2026, 11, 20, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

// seat is a computer with its page open.
type seat struct {
	*app.App
	*Page
	w fyne.Window
}

func sit(t *testing.T, role, unit, folder string) *seat {
	t.Helper()
	h := home.Home(t.TempDir() + "/lianluo")
	if _, err := setup.Home(context.Background(), h, setup.Answers{Role: role, Unit: unit, Folder: folder, Practice: true}, rand.Reader); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(context.Background(), app.Options{Home: h, Now: func() time.Time { return evening }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	s := &seat{App: a}
	host := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: func() fyne.Canvas { return s.w.Canvas() }, Explain: explain.Sentence,
		Go: func(string) {}}
	s.Page = New(host, a.Courier, a.Settings.Role, func(done func(courier.Round, error)) { done(a.Courier.Sync(context.Background())) })
	s.w = test.NewTempWindow(t, s.Object())
	s.w.Resize(fyne.NewSize(1186, 700))
	s.Shown()
	return s
}

func (s *seat) station() *station { return s.view.(*station) }
func (s *seat) board() *board     { return s.view.(*board) }

// visitor comes to the station and is written down.
func (s *seat) visitor(t *testing.T) {
	t.Helper()
	d := desk.Draft{Title: "七巷雨水倒灌", Words: "一下雨院子里就是污泥。", Category: "0203", Purpose: "help", Name: "成玉兰", Phone: "13800000000", Mode: "department", Proposal: "请踏勘。"}
	if _, err := s.Desk.Receive(context.Background(), d); err != nil {
		t.Fatal(err)
	}
}

// A station asks, the county hears the digits by telephone, and from then on each sees how far the records have come.
func TestFromTheFirstCallToTheTicks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	s.visitor(t)
	s.Shown()
	if got := s.station().print.Text; s.station().print.Hidden || !strings.HasSuffix(got, groups(s.Courier.Print())) {
		t.Errorf("digits %q", got)
	}
	s.Sync()
	if !strings.Contains(s.notice.Said(), "接入申请已放进共享文件夹") {
		t.Error(s.notice.Said())
	}

	c.Shown()
	if len(c.board().waiting) != 1 || c.board().side.One() != "asking" {
		t.Fatal("nobody asks")
	}
	for _, r := range c.board().waiting {
		r.digits.SetText("1234567890")
		c.w.Canvas().Focus(r.digits)
		r.digits.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if !strings.Contains(r.wrong.Text, "对不上") || r.wrong.Hidden {
			t.Errorf("wrong digits: %q", r.wrong.Text)
		}
		c.Shown()
		if r.digits.Text != "1234567890" || c.board().waiting[r.hash] != r {
			t.Error("what was typed is lost when the page asks again")
		}
		r.digits.SetText(groups(s.Courier.Print()))
		test.Tap(r.accept)
	}
	if len(c.board().waiting) != 0 || len(c.board().table.Rows()) != 1 || c.board().side.One() != "units" {
		t.Fatal("not accepted:", c.notice.Said())
	}
	for _, who := range []*seat{s, c, s} {
		who.Sync()
	}
	if got, want := s.station().line.Text, "共登记 1 条，县里已收到 1 条，已进县里台账 1 条；最近一次联系 11月20日 19:30。"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := s.station().advice.Text; got != "都收到了，现在不用做什么。" {
		t.Error(got)
	}
	if !s.station().print.Hidden || !strings.Contains(s.station().theirs.Text, groups(c.Courier.Print())) {
		t.Error(s.station().theirs.Text)
	}
	if got := c.board().table.Cell(0, 2); got != "1/1" {
		t.Error(got)
	}
	if got := c.board().table.Cell(0, 5); got != "✓ 正常" {
		t.Error(got)
	}

	s.visitor(t)
	s.Shown()
	if got := s.station().line.Text; !strings.HasPrefix(got, "共登记 2 条，县里已收到 1 条") {
		t.Error(got)
	}
	c.board().table.Choose(0)
	test.Tap(c.board().revoke)
	c.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // Ask's Enter says yes
	if got := c.board().table.Cell(0, 5); got != "已停用" {
		t.Error(got)
	}
}

// A file that cannot be believed is named, with its sentence.
func TestAside(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s := sit(t, "station", "141102002003", folder)
	dir := filepath.Join(folder, s.Settings.Unit, "141102000000")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	name := "down-1-1-0123456789abcdef.certificate"
	if err := os.WriteFile(filepath.Join(dir, name), []byte("broken"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Sync()
	if len(s.aside) == 0 {
		t.Fatal("nothing was put aside")
	}
	list := s.station().aside.Objects
	if len(list) != 2 || !strings.HasPrefix(list[1].(*widget.Label).Text, "文件 "+name+"：") {
		t.Error(len(list), s.notice.Said())
	}
}

// Without a folder the page says so, and that nothing is lost.
func TestNoFolder(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	s := sit(t, "station", "141102002003", "")
	if s.station().setting.Hidden || !strings.Contains(s.station().advice.Text, "没有丢") || !s.station().print.Hidden {
		t.Error(s.station().advice.Text)
	}
	stick := t.TempDir()
	s.Settings.Folder = stick
	if err := os.Remove(stick); err != nil {
		t.Fatal(err)
	}
	s.Sync()
	if !strings.Contains(s.notice.Said(), "插好U盘") || !strings.Contains(s.station().advice.Text, "插好U盘") {
		t.Error(s.notice.Said(), s.station().advice.Text)
	}
}

func TestTroubles(t *testing.T) {
	heard := evening.Format(time.RFC3339)
	for _, c := range []struct {
		p    courier.Progress
		want string
		mild bool
	}{
		{courier.Progress{LastHeard: heard}, "", false},
		{courier.Progress{}, "还没送来过", true},
		{courier.Progress{LastHeard: evening.AddDate(0, 0, -20).Format(time.RFC3339)}, "20 天没联系", false},
		{courier.Progress{LastHeard: heard, Gaps: []courier.Gap{{First: 3, Last: 5}}}, "有缺的", false},
		{courier.Progress{LastHeard: heard, Conflicts: 2}, "2 处不一致", false},
		{courier.Progress{LastHeard: heard, Aside: []courier.Aside{{File: "a/b", Why: "damaged"}}}, "1 个文件没采用", false},
		{courier.Progress{Revoked: true, Conflicts: 2}, "已停用", true},
	} {
		list := troubles(c.p, evening, explain.Sentence)
		if c.want == "" != (len(list) == 0) || c.want != "" && (list[0].short != c.want || list[0].mild != c.mild || list[0].long == "") {
			t.Errorf("%+v: %v", c.p, list)
		}
	}
}
