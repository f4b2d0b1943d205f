package printer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Whatever a home, a paper or a printer is called, PowerShell reads the same line: the name is a value and never a text to be run.
func TestNamesAreNoScript(t *testing.T) {
	for _, name := range []string{`C:\Users\王明\lianluo\papers\回执.pdf`, `\\server\share\HP LaserJet`, `it's`, `O’Brien’; calc; ’`, `‘; calc #`, `‚ ; calc #`, `‛ ; calc #`,
		"`; calc", `$(calc)`, `${env:PATH}`, `; calc`, `| calc`, `& calc`, "一行 二行", `-Verb RunAs`, `@{a=1}`, `[x].pdf`, `%PATH%`, `“引号”`, "", " "} {
		for _, c := range []struct{ file, printer, line string }{{name, "", printing}, {"回执.pdf", name, printingTo}, {name, name, printingTo}} {
			if c.printer == "" {
				c.line = printing
			}
			line, env, err := powershell(c.file, c.printer)
			if line != c.line || err != nil {
				t.Errorf("%q: %s %v", name, line, err)
			}
			if env[0] != "LIANLUO_FILE="+c.file || c.printer != "" && !slices.Equal(env[1:], []string{"LIANLUO_PRINTER=" + c.printer}) {
				t.Errorf("%q: %q", name, env)
			}
		}
	}
	for _, name := range []string{`HP" /t "x`, "HP\nx", "HP\x00"} { // Windows has no printer by such a name
		if _, _, err := powershell("回执.pdf", name); !errors.Is(err, ErrNone) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A number that comes from elsewhere stands in the name of a paper: it stays a name.
func TestNamesAreNoPaths(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", "") // without a printer
	for name, want := range map[string]string{"../../回执.pdf": "..-..-回执.pdf", `..\C:x.pdf`: "..-C-x.pdf", "-d.pdf": "-d.pdf", "回\n执.pdf": "回-执.pdf"} {
		file, err := Print(context.Background(), dir, Job{Paper: "回执", File: name}, []byte("%PDF"))
		if _, no := os.Stat(file); no != nil || file != filepath.Join(dir, want) || !errors.As(err, new(Failed)) {
			t.Errorf("%q lies at %s: %v", name, file, err)
		}
	}
}
