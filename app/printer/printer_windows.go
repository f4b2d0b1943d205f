package printer

import (
	"context"
	"os/exec"
	"time"
)

// taking is how long a paper is read after the command that prints it has ended: the program that opens it has only been started.
const taking = 30 * time.Second

// job asks the program that opens PDF files to print; names with quotes cannot break out, they are doubled.
func job(ctx context.Context, file, printer string) (*exec.Cmd, error) {
	script := "Start-Process -WindowStyle Hidden -Verb Print -FilePath " + quote(file)
	if printer != "" {
		script = "Start-Process -WindowStyle Hidden -Verb PrintTo -ArgumentList " + quote(`"`+printer+`"`) + " -FilePath " + quote(file)
	}
	return exec.CommandContext(ctx, "powershell", "-NoProfile", "-NonInteractive", "-Command", script), look("powershell")
}

func listing(ctx context.Context) (*exec.Cmd, error) {
	return exec.CommandContext(ctx, "powershell", "-NoProfile", "-NonInteractive", "-Command",
		"Get-Printer | Select-Object -ExpandProperty Name"), look("powershell")
}

func quote(s string) string {
	out := []byte{'\''}
	for i := 0; i < len(s); i++ {
		if out = append(out, s[i]); s[i] == '\'' {
			out = append(out, '\'')
		}
	}
	return string(append(out, '\''))
}
