package printer

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// taking is how long a paper is read after the command that prints it has ended: the program that opens it has only
// been started.
const taking = 30 * time.Second

// Once prints a paper that is to lie on no disk: its file goes as soon as the printer has taken it, and where
// printing fails, too.
func Once(ctx context.Context, j Job, pdf []byte) error {
	dir, err := os.MkdirTemp("", "lianluo-")
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	defer os.RemoveAll(dir)
	if _, err := Print(ctx, dir, j, pdf); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-time.After(taking):
	}
	return nil
}

// job asks the program that opens PDF files to print.
func job(ctx context.Context, file, printer string) (*exec.Cmd, error) {
	line, env, err := powershell(file, printer)
	if err != nil {
		return nil, err
	}
	cmd := shell(ctx, line)
	cmd.Env = append(os.Environ(), env...)
	return cmd, look("powershell")
}

func listing(ctx context.Context) (*exec.Cmd, error) { return shell(ctx, printers), look("powershell") }

func shell(ctx context.Context, line string) *exec.Cmd {
	return exec.CommandContext(ctx, "powershell", "-NoProfile", "-NonInteractive", "-Command", line)
}
