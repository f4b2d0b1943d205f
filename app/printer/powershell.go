package printer

import (
	"fmt"
	"strings"
	"unicode"
)

// On Windows PowerShell starts the program that prints PDF files. What it is told is always one of these lines and no
// other: no name is ever part of a text that it reads as its language, since it takes ‘, ’, ‚ and ‛ as quotes, too,
// and more to come. Names reach it as values of its environment.
const (
	printing   = `Start-Process -WindowStyle Hidden -Verb Print -FilePath $env:LIANLUO_FILE`
	printingTo = `Start-Process -WindowStyle Hidden -Verb PrintTo ` +
		`-ArgumentList ('"' + $env:LIANLUO_PRINTER + '"') -FilePath $env:LIANLUO_FILE`
	printers = `Get-Printer | Select-Object -ExpandProperty Name`
)

// powershell gives the line that prints a file, and the environment that it needs besides the program's own. It fails
// with ErrNone for a printer's name that Windows gives to none: the program that prints would read what follows a
// quote as words of its own.
func powershell(file, printer string) (line string, env []string, err error) {
	if strings.ContainsFunc(printer, func(r rune) bool { return r == '"' || unicode.IsControl(r) }) {
		return "", nil, fmt.Errorf("%w: %q", ErrNone, printer)
	}
	env = []string{"LIANLUO_FILE=" + file}
	if printer == "" {
		return printing, env, nil
	}
	return printingTo, append(env, "LIANLUO_PRINTER="+printer), nil
}
