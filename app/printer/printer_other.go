//go:build !windows

package printer

import (
	"context"
	"os/exec"
)

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
