// Package printer knows the printers of this system. Printing is an act of its own: it never holds up or undoes saving.
//
// On Linux and other Unix systems it is CUPS' lp; on Windows the print verb of whatever opens PDF files. It is the only
// package that starts another program.
package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"
)

// Job is a paper to be printed.
type Job struct {
	Paper   string // what people call it, as 受理回执
	File    string // the name under which it is kept
	Printer string // "" for the system's own choice
	Code    string // typeset.Document.Code; "" for a file of somebody else
}

// Failed says in Chinese why a paper was not printed; its file is kept all the same.
type Failed struct {
	Paper string
	Why   error
}

func (f Failed) Error() string { return fmt.Sprintf("print: %v", f.Why) }
func (f Failed) Unwrap() error { return f.Why }

// Sentence is what a person hears.
func (f Failed) Sentence() string {
	return f.Paper + "没有打印出来：" + map[bool]string{true: "这台电脑没有找到打印机", false: "打印机没有接受"}[errors.Is(f.Why, ErrNone)] +
		"。记录没有丢，接好打印机以后请再打一次。"
}

// ErrNone says that the system has no printer, or none by that name.
var ErrNone = errors.New("no printer")

// Print keeps a paper in a folder and hands it to the printer. It returns the file; where printing fails the file is
// there all the same and the error is a Failed.
func Print(ctx context.Context, dir string, j Job, pdf []byte) (file string, err error) {
	dir, err = filepath.Abs(dir) // a name that begins with "-" is no option then
	if err := errors.Join(err, os.MkdirAll(dir, 0o700)); err != nil {
		return "", fmt.Errorf("keep paper: %w", err)
	}
	file = filepath.Join(dir, Name(j))
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		return "", fmt.Errorf("keep paper: %w", err)
	}
	cmd, err := job(ctx, file, j.Printer)
	return file, j.sent(cmd, err)
}

// sent runs the command that prints, where there is one.
func (j Job) sent(cmd *exec.Cmd, err error) error {
	if err != nil {
		return Failed{j.Paper, err}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return Failed{j.Paper, fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))}
	}
	return nil
}

// Name is that of the file in which a paper is kept.
func Name(j Job) string { return strings.Map(plain, j.File) }

// plain keeps a name from being a path, and from what Windows allows in none.
func plain(r rune) rune {
	if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) {
		return '-'
	}
	return r
}

// List names the printers of this system.
func List(ctx context.Context) []string {
	cmd, err := listing(ctx)
	if err != nil {
		return nil
	}
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	var names []string
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); line != "" {
			names = append(names, line)
		}
	}
	return names
}

func look(program string) error {
	if _, err := exec.LookPath(program); err != nil {
		return fmt.Errorf("%w: %v", ErrNone, err)
	}
	return nil
}
