package manual

import (
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/version"
)

// What is handed over is a page each, that prints whole, names the version, leaves room for whom to call, and is large where
// everybody reads it.
func TestHandedOver(t *testing.T) {
	made := time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		draw  func(time.Time) (typeset.Document, error)
		least float64 // points
		wants []string
	}{
		{"install-guide", Install, 10.5, []string{"lianluo-setup.exe/S", "dpkg-i", "%LocalAppData%", "~/.config/lianluo", "LIANLUO_HOME",
			"SHA256SUMS", "updatepublish", "diagnose--out", "OpenGL2.1", "仍要运行"}},
		{"user-guide", Use, 11, []string{"F2", "Ctrl+回车", "F3", "F9", "Ctrl+P", "停电、断网", "诊断…"}},
	} {
		d, err := c.draw(made)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Pages) != 1 {
			t.Errorf("%s has %d pages", c.name, len(d.Pages))
		}
		ps := papertest.Print(t, d, c.name)
		all := papertest.Squeeze(papertest.All(ps))
		for _, want := range append(c.wants, version.Number, "县里电话", "技术人员电话") {
			if !strings.Contains(all, want) {
				t.Errorf("%s: %q is missing in %s", c.name, want, all)
			}
		}
		for _, p := range ps {
			if !p.Within(210, 297, 8) {
				t.Errorf("%s: outside the page: %+v", c.name, p)
			}
			if p.Size < c.least-.01 {
				t.Errorf("%s: %q is set in %.1f points", c.name, p.Text, p.Size)
			}
			if strings.Contains(p.Text, "…") && !strings.Contains(p.Text, "诊断…") {
				t.Errorf("%s: %q was cut", c.name, p.Text)
			}
		}
		for _, found := range papertest.Overlaps(ps) {
			t.Error(c.name, found)
		}
	}
}
