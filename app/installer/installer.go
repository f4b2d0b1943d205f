// Package installer knows how a program is installed on this system: which package it takes, and the command line that
// installs one. On Debian, UOS and Kylin the system's own pkexec asks for the administrator's password, of root nobody does; the
// setup program of Windows needs none and waits until this program is closed: with its own window, which says when it is done,
// where somebody sits before one.
package installer

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"lianluo.local/data/disk"
)

// System is what a package must be made for.
type System struct {
	OS, Arch string // as Go names them
	Kind     string // deb, rpm, exe
	Root     bool   // who runs this program may install without asking
	// Run runs a command line that ends with a file where wait says that it is to run to its end.
	Run func(line []string, wait bool) error
}

// Here is the system of this computer.
func Here() System {
	s := System{OS: runtime.GOOS, Arch: runtime.GOARCH, Kind: "exe", Root: os.Geteuid() == 0, Run: run}
	if s.OS == "linux" {
		s.Kind = "deb"
		if _, err := os.Stat("/var/lib/dpkg/status"); err != nil {
			s.Kind = "rpm"
		}
	}
	return s
}

// Ahead says whether the program goes on while it is installed: then it must be opened anew afterwards, else it must be
// closed before.
func (s System) Ahead() bool { return s.Kind != "exe" }

// line is what installs a package, without asking for rights.
func (s System) line(file string, seen bool) []string {
	switch s.Kind {
	case "deb":
		return []string{"dpkg", "-i", file}
	case "rpm":
		return []string{"rpm", "-U", file}
	}
	return []string{file, map[bool]string{true: "/UPDATE", false: "/S"}[seen]}
}

// Install installs a package, by its absolute path: to its end where the program goes on meanwhile, else it is begun; seen
// says that somebody sits before a window. It fails with ByHand.
func (s System) Install(file string, seen bool) error {
	line := s.line(file, seen)
	asks := line
	if s.Ahead() && !s.Root {
		asks = append([]string{"pkexec"}, line...)
	}
	if err := s.Run(asks, s.Ahead()); err != nil {
		return ByHand{line, s.Ahead(), err}
	}
	return nil
}

// ByHand says that a package was not installed, and what somebody can do who may.
type ByHand struct {
	line []string
	root bool
	why  error
}

func (b ByHand) Error() string { return fmt.Sprintf("install: %v", b.why) }
func (b ByHand) Unwrap() error { return b.why }

// Sentence is what a person hears.
func (b ByHand) Sentence() string {
	if !b.root {
		return "新版本没有装上。请关掉程序，双击 " + filepath.Base(b.line[0]) + " 自己装；它在 " + filepath.Dir(b.line[0]) + "。"
	}
	line := strings.Join(b.line[:len(b.line)-1], " ")
	return "新版本没有装好，资料没有动。请管理员在终端里执行：sudo " + line + " '" + strings.ReplaceAll(b.line[len(b.line)-1], "'", `'\''`) + "'"
}

// run is System.Run of this computer. What was begun goes on whatever becomes of us, for a system that is half changed is worse
// than either: nothing stops it, and what it says goes into a file, where a pipe of ours would break.
func run(line []string, wait bool) error {
	cmd := exec.Command(line[0], line[1:]...)
	if !wait {
		if err := cmd.Start(); err != nil {
			return err
		}
		return cmd.Process.Release()
	}
	said, err := os.Create(line[len(line)-1] + ".said")
	if err != nil {
		return err
	}
	defer disk.Remove(said.Name())
	defer said.Close()
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Run(); err != nil {
		out, _ := os.ReadFile(said.Name())
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
