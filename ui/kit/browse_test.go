package kit

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// A folder on a stick is found by the keyboard alone: into the stick, into the folder, out and in again, and taken.
func TestBrowseByKeyboard(t *testing.T) {
	stick := t.TempDir()
	for _, dir := range []string{"报送/一月", "照片", ".trash", "System Volume Information"} {
		if err := os.MkdirAll(filepath.Join(stick, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	spots = func(before func() []spot) func() []spot {
		t.Cleanup(func() { spots = before })
		return func() []spot {
			return []spot{{dir: stick, name: "KINGSTON", kind: "U盘或移动硬盘"}, {dir: t.TempDir(), name: "桌面", kind: "本机"}}
		}
	}(spots)
	f := NewFolder("", nil)
	w := stand(t, f.Container)
	f.find(w.Canvas())
	key(w, fyne.KeyReturn)            // into the stick
	key(w, fyne.KeyReturn)            // 报送 comes first
	key(w, fyne.KeyReturn)            // 一月
	key(w, fyne.KeyBackspace)         // and out again
	Keys[Key{fyne.KeyReturn, true}]() // Ctrl+Enter
	if want := filepath.Join(stick, "报送"); f.Entry.Text != want || !f.Chosen || w.Canvas().Overlays().Top() != nil {
		t.Errorf("%q is taken, not %q", f.Entry.Text, want)
	}
	if w.Canvas().Focused() != f.Entry {
		t.Error("the keyboard is not at the field")
	}
	f.find(w.Canvas()) // begins where the field says
	key(w, fyne.KeyBackspace, fyne.KeyDown, fyne.KeyReturn)
	key(w, fyne.KeyEscape)
	if f.Entry.Text != filepath.Join(stick, "报送") || w.Canvas().Overlays().Top() != nil {
		t.Errorf("Esc takes %q", f.Entry.Text)
	}
	if list := below(stick, nil); len(list) != 2 {
		t.Errorf("offered %v", list)
	}
}

// Sticks and shares are offered, the system's own file systems are not.
func TestWhatIsPluggedIn(t *testing.T) {
	got := outside(mounts("proc /proc proc rw 0 0\n/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /run/media/li/U\\040盘 vfat rw 0 0\n" +
		"//pc/报送 /home/li/share cifs rw 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/sdc1 /media/li/BACKUP fuseblk rw 0 0\n"))
	want := []spot{{dir: "/run/media/li/U 盘", name: "U 盘", kind: "U盘或移动硬盘"}, {dir: "/home/li/share", name: "share", kind: "共享文件夹"},
		{dir: "/media/li/BACKUP", name: "BACKUP", kind: "U盘或移动硬盘"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	for _, s := range below("/", nil) {
		if slices.Contains([]string{"proc", "sys", "dev", "etc"}, s.name) {
			t.Errorf("%s is offered", s.dir)
		}
	}
}

// Of files those are offered whose names end as wanted, behind the folders; Enter on one takes it.
func TestAFileIsTaken(t *testing.T) {
	stick := t.TempDir()
	for _, name := range []string{"名册.xlsx", "~$名册.xlsx", "说明.txt", "照片/王明.JPG"} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(stick, name)), 0o700),
			os.WriteFile(filepath.Join(stick, name), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	taken := ""
	w := stand(t, NewEntry(""))
	BrowseFile(w.Canvas(), "选择表格", filepath.Join(stick, "以前.xlsx"), []string{".xlsx", ".csv"}, func(file string) { taken = file })
	if list := below(stick, []string{".xlsx"}); len(list) != 2 || !list[1].file {
		t.Errorf("offered %v", list)
	}
	key(w, fyne.KeyDown, fyne.KeyReturn) // past 照片
	if want := filepath.Join(stick, "名册.xlsx"); taken != want || w.Canvas().Overlays().Top() != nil {
		t.Errorf("%q is taken, not %q", taken, want)
	}
	if list := below(filepath.Join(stick, "照片"), []string{".jpg"}); len(list) != 1 {
		t.Errorf("large letters: %v", list)
	}
}
