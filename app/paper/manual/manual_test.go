package manual

import (
	"os"
	"path/filepath"
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
		{"install-guide", Install, 12, []string{"lianluo-setup.exe/S", "dpkg-i", "%LocalAppData%", "~/.config/lianluo", "LIANLUO_HOME",
			"SHA256SUMS", "updatepublish", "diagnose--out", "OpenGL2.1", "仍要运行"}},
		{"user-guide", Use, 12, []string{"F2", "Ctrl+Enter", "F3", "F9", "Ctrl+P", "停电、断网", "诊断…"}},
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
			if strings.Contains(strings.ReplaceAll(p.Text, "…”", ""), "…") { // a button's own stands in quotes
				t.Errorf("%s: %q was cut", c.name, p.Text)
			}
		}
		for _, found := range papertest.Overlaps(ps) {
			t.Error(c.name, found)
		}
	}
}

// What the pages say of files, folders and the menu is what the packages are made with.
func TestHandedOverSaysWhatPackagesDo(t *testing.T) {
	text := ""
	for _, draw := range []func(time.Time) (typeset.Document, error){Install, Use} {
		d, err := draw(time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		text += papertest.All(papertest.Print(t, d, ""))
	}
	for _, c := range [][3]string{ // what a page says, what makes it so, and where
		{"“开始”菜单打开“联络站”", `$SMPROGRAMS\联络站.lnk`, "setup.nsi"}, {"“联络站”", "Name=联络站\n", "lianluo.desktop"},
		{`%LocalAppData%\Programs\Lianluo`, `InstallDir "$LOCALAPPDATA\Programs\Lianluo"`, "setup.nsi"},
		{"uninstall.exe/S", `WriteUninstaller "$INSTDIR\uninstall.exe"`, "setup.nsi"},
		{"2联络站还开着", "SetErrorLevel 2", "setup.nsi"}, {"3已有更新的或系统太旧", "SetErrorLevel 3", "setup.nsi"},
		{"4没有装成", "SetErrorLevel 4", "setup.nsi"},
		{"lianluo-setup.exe", "dist/lianluo-setup.exe", "windows"}, {"dpkg-Plianluo", "Package: lianluo\n", "control"},
		{"rpm-elianluo", "Name: lianluo\n", "lianluo.spec"}, {"/usr/bin", "$tree/usr/bin bin/linux/$arch/lianluo", "linux"},
	} {
		made, err := os.ReadFile(filepath.Join("../../../.ci/package", c[2]))
		if err != nil || !strings.Contains(text, c[0]) || !strings.Contains(string(made), c[1]) {
			t.Errorf("%s: %q is to be so by %q: %v", c[2], c[0], c[1], err)
		}
	}
}
