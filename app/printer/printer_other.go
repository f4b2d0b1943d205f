//go:build !windows

package printer

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// Sent is what may be said of a paper, or of a file of somebody else, that was printed without an error.
func Sent(bool) string { return "已送到打印机" }

// send has lp read the paper from us. It does not wait for a printing service that is stuck.
func send(ctx context.Context, j Job, pdf []byte) error {
	if err := look("lp"); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	args := []string{"-t", Name(j), "-"}
	if j.Printer != "" {
		args = append([]string{"-d", j.Printer}, args...)
	}
	cmd := exec.CommandContext(ctx, "lp", args...)
	cmd.Stdin = bytes.NewReader(pdf)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// List names the printers of this system.
func List(ctx context.Context) []string {
	if look("lpstat") != nil {
		return nil
	}
	out, err := exec.CommandContext(ctx, "lpstat", "-e").Output()
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
