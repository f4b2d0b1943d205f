//go:build unix

package installer

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What is being installed is installed to its end, also where the program that began it is killed meanwhile.
func TestGoesOnWithoutUs(t *testing.T) {
	dir := t.TempDir()
	told, goOn := filepath.Join(dir, "told"), filepath.Join(dir, "go on")
	line := []string{"sh", "-c", `exec 3>"$1"; echo begun >&3; read x <"$2"; echo Unpacking; echo Setting up; echo done >&3`,
		"sh", told, goOn, filepath.Join(dir, "package")}
	if os.Getenv("LIANLUO_LINE") != "" {
		t.Fatal(run(strings.Split(os.Getenv("LIANLUO_LINE"), "\n"), true))
	}
	for _, pipe := range []string{told, goOn} {
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program := exec.Command(os.Args[0], "-test.run", "^TestGoesOnWithoutUs$")
	program.Env = append(os.Environ(), "LIANLUO_LINE="+strings.Join(line, "\n"))
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(told)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	says := bufio.NewScanner(f)
	if !says.Scan() || says.Text() != "begun" {
		t.Fatalf("%q, %v", says.Text(), says.Err())
	}
	_ = program.Process.Kill()
	_ = program.Wait()
	if err := os.WriteFile(goOn, []byte("go on\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !says.Scan() || says.Text() != "done" {
		t.Errorf("it broke off: %q, %v", says.Text(), says.Err())
	}
}

// Where it fails what it said is known, and nothing of that stays.
func TestSaysWhyNot(t *testing.T) {
	file := filepath.Join(t.TempDir(), "package")
	err := run([]string{"sh", "-c", "echo is locked >&2; exit 2", file}, true)
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || !strings.Contains(err.Error(), "is locked") {
		t.Error(err)
	}
	if left, _ := filepath.Glob(file + "*"); left != nil {
		t.Errorf("%q is left", left)
	}
}
