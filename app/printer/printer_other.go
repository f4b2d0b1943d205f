//go:build !windows

package printer

import (
	"bytes"
	"context"
	"os/exec"
)

// Once prints a paper that is to lie on no disk, whatever kills this program meanwhile: lp reads it from us.
func Once(ctx context.Context, j Job, pdf []byte) error {
	cmd, err := job(ctx, "-", j.Printer)
	if err == nil {
		cmd.Stdin = bytes.NewReader(pdf)
	}
	return j.sent(cmd, err)
}

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
