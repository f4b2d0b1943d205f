package kit

import (
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
			return []spot{{stick, "KINGSTON", "U盘或移动硬盘"}, {t.TempDir(), "桌面", "本机"}}
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
	if list := below(stick); len(list) != 2 {
		t.Errorf("offered %v", list)
	}
}

// Sticks and shares are offered, the system's own file systems are not.
func TestWhatIsPluggedIn(t *testing.T) {
	got := outside(mounts("proc /proc proc rw 0 0\n/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /run/media/li/U\\040盘 vfat rw 0 0\n" +
		"//pc/报送 /home/li/share cifs rw 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/sdc1 /media/li/BACKUP fuseblk rw 0 0\n"))
	want := []spot{{"/run/media/li/U 盘", "U 盘", "U盘或移动硬盘"}, {"/home/li/share", "share", "共享文件夹"},
		{"/media/li/BACKUP", "BACKUP", "U盘或移动硬盘"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	for _, s := range below("/") {
		if slices.Contains([]string{"proc", "sys", "dev", "etc"}, s.name) {
			t.Errorf("%s is offered", s.dir)
		}
	}
}
