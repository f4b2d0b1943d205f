package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/archive"
	"lianluo.local/app/computer"
	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/data/stick"
	"lianluo.local/data/store"
)

// Diagnosis is a text for whoever mends a computer from afar: versions, sizes, counts, codes of units and of what is not
// well, and the last lines of the log. It names nobody: no person, telephone or address, no title or word of a matter, no
// unit by its name, no folder by its path. So anybody may have it made, and hand it on.
type Diagnosis string

// logged is how many lines of the log are in it.
const logged = 60

// Diagnose tells of a home as it is now. a is the home where it is open, nil where it does not open and why is the reason;
// then it tells what the disk does. It changes nothing.
func Diagnose(ctx context.Context, h home.Home, a *App, why error, now time.Time) Diagnosis {
	s, _ := settings.Load(h) // why says that there are none
	d := &diagnosing{h: h, s: s, hide: []string{s.Clerk, s.Phone}}
	d.line("联络站诊断　%s", now.Format("2006-01-02 15:04:05 -07:00"))
	d.line("里面没有人名、电话、住址，没有事项的内容，没有单位的名称，可以放心交给技术人员。")
	d.head("程序和电脑")
	d.line("程序　%s，%s/%s，%s", courier.Program, runtime.GOOS, runtime.GOARCH, runtime.Version())
	d.line("系统　%s", computer.System())
	d.line("处理器　%d 个；内存　%s", runtime.NumCPU(), spare(computer.Memory()))
	d.files(now)
	if a == nil {
		d.head("记录")
		d.line("没有打开：%s", d.says(why))
	} else {
		d.records(ctx, a)
		d.exchange(ctx, a)
	}
	d.head(fmt.Sprintf("运行日志的最后 %d 行", logged))
	log, _ := os.ReadFile(h.Log()) // none yet
	lines := explain.Lines(string(log), logged, string(h), d.hide...)
	for _, l := range lines {
		d.line("%s", l)
	}
	if lines == nil {
		d.line("没有")
	}
	return Diagnosis(d.String())
}

// Text is it with one character at the end of a line.
func (d Diagnosis) Text() string { return strings.ReplaceAll(string(d), "\r\n", "\n") }

// Save writes it where somebody says, which must not lie among the home's own files or where others read.
func (d Diagnosis) Save(h home.Home, file string) error {
	s, _ := settings.Load(h)
	if err := h.Outside(file, s.Folder); err != nil {
		return err
	}
	return home.WriteWhole(file, []byte(d), 0o600)
}

// diagnosing is a diagnosis that is being written.
type diagnosing struct {
	strings.Builder
	h    home.Home
	s    settings.Settings
	hide []string
}

// line ends as old editors of Windows need it.
func (d *diagnosing) line(format string, args ...any) { fmt.Fprintf(d, format+"\r\n", args...) }

func (d *diagnosing) head(title string) { d.line("\r\n【%s】", title) }

// says is an error without anybody in it: in English for who mends the program, in Chinese what everybody may put right.
func (d *diagnosing) says(err error) string {
	var doubt Doubt
	switch {
	case err == nil:
		return "没有问题"
	case errors.As(err, &doubt): // of days alone
		return doubt.Sentence()
	case errors.Is(err, trust.ErrNoFolder):
		return "还没有选"
	}
	return explain.Unnamed(err.Error(), string(d.h), d.hide...)
}

func spare(r computer.Room) string {
	if r.Of == 0 {
		return "不知道"
	}
	return "空余 " + size(r.Free) + "，共 " + size(r.Of)
}

func size(bytes uint64) string {
	if bytes < 1000 {
		return fmt.Sprintf("%d B", bytes)
	}
	at, units := float64(bytes), []string{"B", "KB", "MB", "GB"}
	for at >= 1000 && len(units) > 1 {
		at, units = at/1024, units[1:]
	}
	return fmt.Sprintf("%.1f %s", at, units[0])
}

// files tells of what lies in the home: what is in it by our own names, the rest counted.
func (d *diagnosing) files(now time.Time) {
	d.head("资料的文件")
	usual, _ := home.Default()
	d.line("位置　%s；磁盘　%s", map[bool]string{true: "默认的文件夹", false: "另外定的文件夹"}[usual == d.h], spare(computer.Disk(string(d.h))))
	own := map[string]bool{"window.lock": true, "records.lock": true, "release.lock": true, "profile.json": true}
	for _, f := range []string{d.h.Database(), d.h.Search(), d.h.Settings(), d.h.Keys(), d.h.Aside(), d.h.Backups(), d.h.Papers(),
		d.h.Audit(), d.h.Release(), d.h.Log(), d.h.Note(), d.h.Sheets(), d.h.Sticks(), d.h.Place(), d.h.Raise()} {
		own[filepath.Base(f)] = true
	}
	others := 0
	entries, err := os.ReadDir(string(d.h))
	for _, e := range entries {
		if name := strings.TrimSuffix(strings.TrimSuffix(e.Name(), "-wal"), "-shm"); !own[name] {
			others++
			continue
		}
		n, bytes, newest := 0, int64(0), time.Time{}
		_ = filepath.WalkDir(filepath.Join(string(d.h), e.Name()), func(_ string, in fs.DirEntry, err error) error {
			if err != nil || in.IsDir() {
				return err
			}
			info, err := in.Info()
			if err == nil {
				n, bytes = n+1, bytes+info.Size()
				newest = later(newest, info.ModTime())
			}
			return err
		})
		text := e.Name() + "　" + size(uint64(bytes))
		if e.IsDir() {
			text += fmt.Sprintf("　%d 个文件", n)
		}
		if n > 0 {
			text += newest.In(now.Location()).Format("　2006-01-02 15:04")
		}
		d.line("%s", text)
	}
	if d.line("别的　%d 个", others); err != nil {
		d.line("%s", d.says(err))
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// records tells of the database and of what is kept beside it.
func (d *diagnosing) records(ctx context.Context, a *App) {
	if s, err := a.Crew.Staff(ctx, a.Settings.Unit); err == nil {
		for _, u := range s.Users {
			d.hide = append(d.hide, u.Name)
		}
	}
	d.head("记录")
	yes := map[bool]string{true: "是", false: "否"}
	d.line("本机　%s %s，练习 %s，上锁 %s，格式 %d", a.Settings.Role, a.Settings.Unit, yes[a.Settings.Practice], yes[a.key.Given()],
		store.FormatNow())
	d.line("时钟　%s", d.says(a.Doubts(ctx)))
	for _, err := range a.Amiss {
		d.line("打开时　%s", d.says(err))
	}
	rep, err := a.Store.Check(ctx, a.Settings.Unit)
	d.line("核对　%d 条流水，%d 处问题，%d 处重号；%s", rep.Entries, len(rep.Problems), len(rep.Doubled), d.says(err))
	for _, kind := range slices.Sorted(maps.Keys(rep.Things)) {
		d.line("　　%s %d", kind, rep.Things[kind])
	}
	for _, f := range rep.Problems[:min(len(rep.Problems), logged)] {
		if f.What == store.Added { // whoever put it there called it so
			f.Name = "…"
		}
		for _, text := range []*string{&f.Name, &f.Is, &f.Must} {
			*text = explain.Unnamed(*text, string(d.h), d.hide...)
		}
		d.line("　　%s", explain.Finding(f))
	}
	if log, err := a.logged(ctx); err != nil || log.Lines > 0 {
		d.line("审计日志　%d 行，%d 处问题；%s", log.Lines, len(log.Problems), d.says(err))
	}
	copies := a.Copies()
	d.line("备份　%d 份%s；第二个地方 %s", len(copies), lastOf(copies), map[bool]string{true: "有", false: "没有"}[a.Second() != ""])
	ts, err := a.Waiting(ctx)
	if err != nil {
		d.line("%s", d.says(err))
	}
	for _, t := range ts {
		d.line("要办的　%s %d", t.Code, t.N)
	}
}

func lastOf(copies []archive.Copy) string {
	if len(copies) == 0 {
		return ""
	}
	return "，最近 " + copies[0].Taken.In(beijing).Format(time.DateOnly)
}

// exchange tells of the shared folder and of those who are reached through it, by their codes.
func (d *diagnosing) exchange(ctx context.Context, a *App) {
	d.head("报送")
	f, err := a.Trust.Connect()
	if err == nil {
		f.Close()
	}
	d.line("共享文件夹　%s；磁盘　%s", d.says(err), spare(computer.Disk(a.Settings.Folder)))
	sticks, err := stick.Load(a.Home)
	d.line("登记的U盘　%d 个；%s", len(sticks.Sticks), d.says(err))
	ps, err := a.Courier.Status(ctx)
	d.line("来往的单位　%d 个；%s", len(ps), d.says(err))
	for _, p := range ps {
		var codes []string
		for _, t := range p.Troubles() {
			codes = append(codes, strings.TrimSpace(fmt.Sprintf("%s %d %s", t.Code, t.N, t.Why)))
		}
		heard := "没有过"
		if at, err := time.Parse(time.RFC3339, p.LastHeard); err == nil {
			heard = at.In(beijing).Format("2006-01-02 15:04")
		}
		d.line("　　%s　%s　送出 %d，对方收到 %d、办理 %d，等着 %d；时差 %d 秒；最近来信 %s；%s", p.Unit,
			explain.Unnamed(p.Program, string(d.h), d.hide...), p.Sent, p.Stored, p.Processed, p.Waiting, p.Clock, heard,
			cmp.Or(strings.Join(codes, "、"), "没有问题"))
	}
}
