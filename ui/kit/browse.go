package kit

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// spot is a folder that can be gone into: where it is, what it is called, what kind of place it is.
type spot struct{ dir, name, kind string }

// mount is a file system in its place.
type mount struct{ dir, kind string }

// spots gives where folders are looked for first: sticks and shares, then those of the person, then the whole computer.
// A test gives others.
var spots = func() []spot {
	if runtime.GOOS == "windows" {
		var list []spot
		for _, letter := range "DEFGHIJKLMNOPQRSTUVWXYZC" {
			if dir := string(letter) + `:\`; exists(dir) {
				list = append(list, spot{dir, string(letter) + " 盘", "磁盘、U盘或共享"})
			}
		}
		return append(list, own()...)
	}
	table, _ := os.ReadFile("/proc/self/mounts")
	return append(append(outside(mounts(string(table))), own()...), spot{"/", "整台电脑", "其他位置"})
}

// mounts reads the table of the system's mounts.
func mounts(table string) (list []mount) {
	for line := range strings.Lines(table) {
		if f := strings.Fields(line); len(f) > 2 {
			list = append(list, mount{strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`).Replace(f[1]), f[2]})
		}
	}
	return list
}

// outside picks those that people plug in or share.
func outside(list []mount) (found []spot) {
	for _, m := range list {
		switch kind := strings.TrimPrefix(m.kind, "fuse."); {
		case slices.Contains([]string{"cifs", "smb3", "nfs", "nfs4", "sshfs", "davfs"}, kind):
			found = append(found, spot{m.dir, filepath.Base(m.dir), "共享文件夹"})
		case slices.ContainsFunc([]string{"/media/", "/run/media/", "/mnt/"},
			func(above string) bool { return strings.HasPrefix(m.dir, above) }):
			found = append(found, spot{m.dir, filepath.Base(m.dir), "U盘或移动硬盘"})
		}
	}
	return found
}

// own are the folders of the person.
func own() (list []spot) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	for _, s := range []spot{{"桌面", "桌面", ""}, {"Desktop", "桌面", ""}, {"文档", "文档", ""}, {"Documents", "文档", ""},
		{"", "我的文件夹", ""}} {
		if s.dir = filepath.Join(home, s.dir); exists(s.dir) {
			s.kind = "本机"
			list = append(list, s)
		}
	}
	return list
}

func exists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// below gives the folders in a folder that are a person's: none of the system's, none that are hidden.
func below(dir string) (list []spot) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		s := spot{dir: filepath.Join(dir, e.Name()), name: e.Name(), kind: "文件夹"}
		hidden := strings.HasPrefix(s.name, ".") || strings.HasPrefix(s.name, "$") ||
			s.name == "System Volume Information"
		system := dir == "/" && slices.Contains([]string{"proc", "sys", "dev", "run", "boot", "bin", "sbin", "lib",
			"lib32", "lib64", "libx32", "etc", "usr", "var", "lost+found", "snap"}, s.name)
		if !hidden && !system && exists(s.dir) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b spot) int { return cmp.Compare(a.name, b.name) })
	return list
}

// Browse lets somebody choose a folder, beginning at one ("" or one that is gone: at the places where folders are). ↑
// and ↓ choose, Enter goes in, BackSpace goes out, Ctrl+Enter takes the folder that one is in, Esc takes none.
func Browse(on fyne.Canvas, title, at string, take func(dir string)) {
	var s *Dialog
	b := &browser{path: Bold("")}
	b.table = NewTable("这里面没有文件夹，可以就用这里。", Column[spot]{Title: "点一下进去", Text: func(s spot) string { return s.name }},
		Column[spot]{Title: "", Width: 8, Text: func(s spot) string { return s.kind }})
	b.table.ClickOpens = true
	b.table.OnOpen = func(s spot) { b.enter(s.dir) }
	b.use = NewButton("就用这里", "Ctrl+Enter", true, func() {
		if b.dir != "" {
			s.Close()
			take(b.dir)
		}
	})
	no := NewButton("不选了", "Esc", false, func() { s.Close() })
	b.up = NewButton("上一层", "BackSpace", false, b.out)
	s = Show(on, title, container.NewBorder(container.NewBorder(nil, nil, nil, b.up, b.path), nil, nil, nil,
		b.table.Container),
		fyne.NewSize(820, 2000), no, b.use)
	Keys[Key{Name: fyne.KeyBackspace}] = b.out
	Keys[Key{Name: fyne.KeyReturn, Ctrl: true}] = b.use.OnTapped
	Keys[Key{Name: fyne.KeyEnter, Ctrl: true}] = b.use.OnTapped
	if !exists(at) {
		at = ""
	}
	b.enter(at)
}

// browser is what Browse shows.
type browser struct {
	dir     string // "" at the places where folders are
	path    *Label
	table   *Table[spot]
	use, up *Button
}

// enter goes into a folder.
func (b *browser) enter(dir string) {
	was := b.dir
	b.dir = dir
	list, path := spots(), "U盘、共享文件夹，还有本机的位置："
	if dir != "" {
		list, path = below(dir), dir
	}
	b.path.SetText(path)
	if dir == "" {
		b.use.Disable()
		b.up.Disable()
	} else {
		b.use.Enable()
		b.up.Enable()
	}
	b.table.Set(list)
	b.table.Choose(max(slices.IndexFunc(list, func(s spot) bool { return s.dir == was }), 0))
	b.table.Focus()
}

// out goes to the folder above, and from the top of a place to the places.
func (b *browser) out() {
	above := filepath.Dir(b.dir)
	if b.dir == "" || above == b.dir || slices.ContainsFunc(spots(), func(s spot) bool { return s.dir == b.dir }) {
		above = ""
	}
	b.enter(above)
}
