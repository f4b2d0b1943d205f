package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"lianluo.local/app/report"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// Files that a home signs are those of its settings; whoever opens one hears whose it is, and of a stranger what to ask him.
func TestVerifiedInTheWindow(t *testing.T) {
	office := sit(t, "county", "141102")
	own := *office.app.Settings
	own.Sign = "inside"
	must(t, own.Save(office.home))
	office.changed(own)
	kind, _ := report.KindByCode("month")
	file := filepath.Join(t.TempDir(), "月报.pdf")
	must(t, office.app.WriteReport(t.Context(), report.Ask{Kind: kind}, file))
	print := office.app.Trust.Print()
	office.verified(file, nil, nil)
	on := kittest.Window{Window: office.win, TB: t}
	if s := on.Sheet(); !strings.Contains(s, "可以当真") || !strings.Contains(s, "就是本机") {
		t.Error("its own paper is not known:", s)
	}
	on.Shot("verify-own")
	on.Tap("关闭")

	station := sit(t, "station", "141102002003")
	on = kittest.Window{Window: station.win, TB: t}
	station.open("preferences")
	on.Shot("verify-door")
	on.Tap("核对签名…")
	on.Tap("不选了")
	says := func(what, want string) {
		t.Helper()
		for _, o := range test.LaidOutObjects(on.Top()) {
			if l, ok := o.(*kit.Label); ok && l.Visible() && strings.Contains(l.Text, want) {
				return
			}
		}
		t.Errorf("%s: %s", what, on.Sheet())
	}
	station.verified(file, nil, nil)
	says("a stranger's paper", "不能当真")
	says("a stranger's paper", "自称")
	on.Shot("verify-stranger")
	types := func(digits string) {
		for _, o := range test.LaidOutObjects(on.Top()) {
			if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == "对方念的十六位" {
				e.SetText(digits)
			}
		}
		on.Tap("核对")
	}
	types(station.app.Trust.Print())
	says("other digits", "对不上")
	types(print)
	says("the digits that were heard", "可以当真")
	on.Tap("关闭")
	if on.Sheet() != "" {
		t.Error("the question is still open:", on.Sheet())
	}

	b, err := os.ReadFile(file)
	must(t, err)
	b[len(b)/3]++
	must(t, os.WriteFile(file, b, 0o600))
	station.verified(file, nil, nil)
	says("a changed file", "签名以后改过")
}
