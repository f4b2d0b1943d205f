// Package printer knows the printers of this system. Printing is an act of its own: it never holds up or undoes saving.
//
// On Linux and other Unix systems it is CUPS' lp, which takes PDF. Windows has nothing that does: there the pages go to the
// printer as pictures, through GDI (fit.go says how large and where, gdi_windows.go asks Windows), so that no reader of PDF
// is needed, no other program starts, nothing lies in a folder for it, and what fails is known. A PDF file of somebody else
// is handed to the program that opens such files, and people are told just that. It is the only package that starts
// another program.
package printer

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// Job is a paper to be printed.
type Job struct {
	Paper   string  // what people call it, as 受理回执
	File    string  // the name under which it is kept
	Printer string  // "" for the system's own choice
	Code    string  // typeset.Document.Code; "" for a file of somebody else
	Sheets  []Sheet // its pages; none for a file of somebody else,
	Path    string  // which lies here
}

// Sheet is a page as it will be printed: so many millimetres wide and high, and its picture at so many dots an inch, made
// anew each time.
type Sheet struct {
	W, H  float64
	Image func(dpi float64) *image.RGBA
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
	why, next := "打印机没有接受", "接好打印机以后请再打一次"
	switch {
	case errors.Is(f.Why, ErrNone):
		why = "这台电脑没有找到打印机"
	case errors.Is(f.Why, errReader):
		why, next = "这台电脑没有能替它打印 PDF 的程序", "请双击打开这个文件，从那里打印"
	}
	return f.Paper + "没有打印出来：" + why + "。记录没有丢，" + next + "。"
}

// Waiting says in Chinese that a paper lies with the printer, which does not print for now. It comes out by itself once
// that is seen to: printing again would make two.
type Waiting struct{ Paper, Why string }

func (w Waiting) Error() string { return "print: the printer waits" }

// Sentence is what a person hears.
func (w Waiting) Sentence() string {
	return w.Paper + "已排在打印机那里，还没有打出来：" + w.Why + "。处理好以后会接着打，不用再打一次。"
}

// ErrNone says that the system has no printer, or none by that name.
var ErrNone = errors.New("no printer")

// errReader says that nothing here prints files of somebody else.
var errReader = errors.New("no program prints PDF")

// Print keeps a paper in a folder and hands it to the printer as Once does. It returns the file, which is there also
// where printing fails.
func Print(ctx context.Context, dir string, j Job, pdf []byte) (file string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("keep paper: %w", err)
	}
	file = filepath.Join(dir, Name(j))
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		return "", fmt.Errorf("keep paper: %w", err)
	}
	return file, Once(ctx, j, pdf)
}

// Once prints a paper and leaves it on no disk, whatever kills this program meanwhile. It fails with Failed, or with
// Waiting where the printer has it and stands still.
func Once(ctx context.Context, j Job, pdf []byte) error {
	err := send(ctx, j, pdf)
	if err == nil || errors.As(err, &Waiting{}) {
		return err
	}
	return Failed{j.Paper, err}
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
