package window

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/assets/publisher"
	"lianluo.local/assets/version"
	"lianluo.local/data/release"
	"lianluo.local/ui/kit/kittest"
)

// A newer program is a card on the page of today, which says what is new; a person has it installed, and is told to open the
// program anew. Nothing is installed by the test: what installs, or asks for the administrator's password before, only writes down
// what it was asked.
func TestNewerInTheWindow(t *testing.T) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	must(t, err)
	before := publisher.Key
	publisher.Key = base64.StdEncoding.EncodeToString(der)
	t.Cleanup(func() { publisher.Key = before })
	bin, dir, asked := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "asked")
	for _, name := range []string{"pkexec", "dpkg", "rpm"} {
		must(t, os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" > "+asked+"\n"), 0o700))
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))

	w := window(t, seat(t, "station", "141102002003", dir))
	on := kittest.Window{Window: w.win, TB: t}
	w.open("home")
	if text := kittest.Seen(w.win.Content()); strings.Contains(text, "有新版本") {
		t.Error(text)
	}
	w.seek()
	if s := on.Sheet(); !strings.Contains(s, "没有找到更新的版本") {
		t.Error(s)
	}
	on.Tap("关闭")
	w.open("preferences")
	on.Shot("newer-door")
	w.open("home")
	shelf, packages := filepath.Join(dir, "release"), t.TempDir()
	lies := func(v string) { // alone
		var files []string
		for _, name := range []string{"lianluo_" + v + "-1_amd64.deb", "lianluo_" + v + "-1_arm64.deb", "lianluo-" + v + "-1.x86_64.rpm",
			"lianluo-" + v + "-1.aarch64.rpm", "lianluo-setup.exe"} {
			files = append(files, filepath.Join(packages, name))
			must(t, os.WriteFile(filepath.Join(packages, name), []byte(name), 0o600))
		}
		var b bytes.Buffer
		must(t, release.Make(&b, key, release.Manifest{Version: v, At: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
			Notes: "打印更快了，回执可以选纸。\n旧资料照样能打开。"}, files...))
		must(t, os.RemoveAll(shelf))
		must(t, os.MkdirAll(shelf, 0o700))
		must(t, os.WriteFile(filepath.Join(shelf, release.Name(v)), b.Bytes(), 0o600))
	}
	lies("99.0.0")
	w.frame.refresh() // the page itself looks into no folder
	if text := kittest.Seen(w.win.Content()); strings.Contains(text, "有新版本") {
		t.Error(text)
	}
	_, err = w.app.Round(w.ctx, w.app.Clerk())
	must(t, err)
	w.frame.refresh()
	on.Shot("newer-card")
	if text := kittest.Seen(w.win.Content()); !strings.Contains(text, "有新版本 99.0.0") || !strings.Contains(text, "打印更快了") {
		t.Error(text)
	}
	on.Tap("看一看…")
	on.Shot("newer")
	if s := on.Sheet(); !strings.Contains(s, "旧资料照样能打开") || !strings.Contains(s, "本机现在是 "+version.Number) ||
		strings.Contains(s, "放进共享文件夹") {
		t.Error(s)
	}
	on.Tap("以后再说")
	if _, err := os.Stat(asked); err == nil {
		t.Error("it is installed although nobody said so")
	}
	on.Tap("看一看…")
	lies("98.0.0")
	on.Tap("现在更新")
	if text := kittest.Seen(w.win.Content()); !strings.Contains(text, "刚换成了另一个版本，没有装") {
		t.Error(text)
	}
	if _, err := os.Stat(asked); err == nil {
		t.Error("what nobody agreed to is installed")
	}
	lies("99.0.0")
	w.seek()
	on.Tap("现在更新")
	if text := kittest.Seen(w.win.Content()); !strings.Contains(text, "99.0.0 装好了。请关掉程序，再打开") {
		t.Error(text)
	}
	if text := kittest.Seen(w.win.Content()); strings.Contains(text, "有新版本") || !strings.Contains(text, "新版本 99.0.0 装好了") {
		t.Error(text)
	}
	said, err := os.ReadFile(asked)
	if kept := filepath.Join(w.home.Release(), "lianluo"); err != nil || !strings.Contains(string(said), kept) {
		t.Errorf("asked for %q, %v", said, err)
	}
}
