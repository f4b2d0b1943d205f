package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A number that comes from elsewhere stands in the name of a paper: it stays a name.
func TestNamesAreNoPaths(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", "") // without a printer
	for name, want := range map[string]string{"../../回执.pdf": "..-..-回执.pdf", `..\C:x.pdf`: "..-C-x.pdf", "-d.pdf": "-d.pdf", "回\n执.pdf": "回-执.pdf"} {
		file, err := Print(context.Background(), dir, Job{Paper: "回执", File: name, Printer: "nowhere"}, []byte("%PDF"))
		if _, no := os.Stat(file); no != nil || file != filepath.Join(dir, want) || !errors.As(err, new(Failed)) {
			t.Errorf("%q lies at %s: %v", name, file, err)
		}
	}
}

// Whoever printed hears whether to print again: not where the printer has the paper and waits.
func TestWhatIsSaidOfFailures(t *testing.T) {
	for want, err := range map[string]interface{ Sentence() string }{
		"回执没有打印出来：这台电脑没有找到打印机。记录没有丢，接好打印机以后请再打一次。":            Failed{"回执", fmt.Errorf("%w: no lp", ErrNone)},
		"回执没有打印出来：打印机没有接受。记录没有丢，接好打印机以后请再打一次。":                Failed{"回执", errors.New("end page")},
		"名单没有打印出来：这台电脑没有能替它打印 PDF 的程序。记录没有丢，请双击打开这个文件，从那里打印。": Failed{"名单", errors.Join(errReader, errors.New("no association"))},
		"回执已排在打印机那里，还没有打出来：打印机卡纸了。处理好以后会接着打，不用再打一次。":          Waiting{"回执", "打印机卡纸了"},
	} {
		if got := err.Sentence(); got != want {
			t.Errorf("%s", got)
		}
	}
}
