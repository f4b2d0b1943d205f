//go:build !windows

package printer

import (
	"context"
	"os/exec"
)

// taking is how long a paper is read after the command that prints it has ended: lp has taken it by then.
const taking = 0

func job(ctx context.Context, file, printer string) (*exec.Cmd, error) {
	args := []string{file}
	if printer != "" {
		args = append([]string{"-d", printer}, args...)
	}
	return exec.CommandContext(ctx, "lp", args...), look("lp")
}

func listing(ctx context.Context) (*exec.Cmd, error) {
	return exec.CommandContext(ctx, "lpstat", "-e"), look("lpstat")
}
