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

// spot is a folder that can be gone into, or a file that can be taken: where it is, what it is called, what kind of
// place it is.
type spot struct {
	dir, name, kind string
	file            bool
}

// mount is a file system in its place.
type mount struct{ dir, kind string }

// spots gives where folders are looked for first: sticks and shares, then those of the person, then the whole computer.
// A test gives others.
var spots = func() []spot {
	if runtime.GOOS == "windows" {
		var list []spot
		for _, letter := range "DEFGHIJKLMNOPQRSTUVWXYZC" {
			if dir := string(letter) + `:\`; exists(dir) {
				list = append(list, spot{dir: dir, name: string(letter) + " 盘", kind: "磁盘、U盘或共享"})
			}
		}
		return append(list, own()...)
	}
	table, _ := os.ReadFile("/proc/self/mounts")
	return append(append(outside(mounts(string(table))), own()...), spot{dir: "/", name: "整台电脑", kind: "其他位置"})
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
			found = append(found, spot{dir: m.dir, name: filepath.Base(m.dir), kind: "共享文件夹"})
		case slices.ContainsFunc([]string{"/media/", "/run/media/", "/mnt/"},
			func(above string) bool { return strings.HasPrefix(m.dir, above) }):
			found = append(found, spot{dir: m.dir, name: filepath.Base(m.dir), kind: "U盘或移动硬盘"})
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
	for _, s := range [][2]string{{"桌面", "桌面"}, {"Desktop", "桌面"}, {"文档", "文档"}, {"Documents", "文档"}, {"下载", "下载"},
		{"Downloads", "下载"}, {"", "我的文件夹"}} {
		if dir := filepath.Join(home, s[0]); exists(dir) {
			list = append(list, spot{dir: dir, name: s[1], kind: "本机"})
		}
	}
	return list
}

func exists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// below gives the folders in a folder that are a person's, none of the system's, none that are hidden, and behind them
// its files whose names end as wanted.
func below(dir string, endings []string) (list []spot) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		s := spot{dir: filepath.Join(dir, e.Name()), name: e.Name(), kind: "文件夹"}
		if !exists(s.dir) && slices.Contains(endings, strings.ToLower(filepath.Ext(s.name))) && !strings.HasPrefix(s.name, "~$") {
			s.kind, s.file = "文件", true
		}
		hidden := strings.HasPrefix(s.name, ".") || strings.HasPrefix(s.name, "$") ||
			s.name == "System Volume Information"
		system := dir == "/" && slices.Contains([]string{"proc", "sys", "dev", "run", "boot", "bin", "sbin", "lib",
			"lib32", "lib64", "libx32", "etc", "usr", "var", "lost+found", "snap"}, s.name)
		if !hidden && !system && (s.file || exists(s.dir)) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b spot) int {
		behind := func(s spot) int { return map[bool]int{true: 1}[s.file] }
		return cmp.Or(behind(a)-behind(b), cmp.Compare(a.name, b.name))
	})
	return list
}

// Browse lets somebody choose a folder, beginning at one ("" or one that is gone: at the places where folders are). ↑
// and ↓ choose, Enter goes in, BackSpace goes out, Ctrl+Enter takes the folder that one is in, Esc takes none.
func Browse(on fyne.Canvas, title, at string, take func(dir string)) {
	browse(on, title, at, nil, take)
}

// BrowseFile lets somebody choose a file whose name ends in one of some ways (.xlsx), as Browse does a folder; Enter on
// a file takes it.
func BrowseFile(on fyne.Canvas, title, at string, endings []string, take func(file string)) {
	browse(on, title, at, endings, take)
}

func browse(on fyne.Canvas, title, at string, endings []string, take func(path string)) {
	var s *Dialog
	b := &browser{path: Bold(""), endings: endings, use: NewButton("就用这里", "Ctrl+Enter", true, nil)}
	taken := func(path string) {
		s.Close()
		take(path)
	}
	nothing, hint := "这里面没有文件夹，可以就用这里。", "点一下进去"
	if endings != nil {
		nothing, hint = "这里面没有这样的文件（"+strings.Join(endings, "、")+"），也没有文件夹。", "点文件夹进去，点文件就选它"
	}
	b.table = NewTable(nothing, Column[spot]{Title: hint, Text: func(s spot) string { return s.name }},
		Column[spot]{Title: "", Width: 8, Text: func(s spot) string { return s.kind }})
	b.table.ClickOpens = true
	b.table.OnOpen = func(s spot) {
		if s.file {
			taken(s.dir)
		} else {
			b.enter(s.dir)
		}
	}
	b.use.OnTapped = func() {
		if b.dir != "" {
			taken(b.dir)
		}
	}
	no := NewButton("不选了", "Esc", false, func() { s.Close() })
	b.up = NewButton("上一层", "退格", false, b.out)
	acts := []*Button{no, b.use}
	if endings != nil {
		acts = acts[:1]
	}
	s = Show(on, title, container.NewBorder(container.NewBorder(nil, nil, nil, b.up, b.path), nil, nil, nil,
		b.table.Container), fyne.NewSize(820, 2000), acts...)
	Keys[Key{Name: fyne.KeyBackspace}] = b.out
	if endings == nil {
		Keys[Key{Name: fyne.KeyReturn, Ctrl: true}] = b.use.OnTapped
		Keys[Key{Name: fyne.KeyEnter, Ctrl: true}] = b.use.OnTapped
	} else if at != "" && !exists(at) {
		at = filepath.Dir(at) // of the file that was taken last
	}
	if !exists(at) {
		at = ""
	}
	b.enter(at)
}

// browser is what Browse shows.
type browser struct {
	dir     string   // "" at the places where folders are
	endings []string // of the files that can be taken; nil where a folder is looked for
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
		list, path = below(dir, b.endings), dir
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
