package explain

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"lianluo.local/data/problem"
)

// Every sentence is Chinese, ends as one, and says no jargon; every error is found through its wrapping.
func TestSentences(t *testing.T) {
	for _, s := range sentences {
		got := Sentence(fmt.Errorf("act: %w", fmt.Errorf("deeper: %w", s.err)))
		if !strings.HasSuffix(got, "。") || strings.Contains(got, "error") {
			t.Errorf("%v: %q", s.err, got)
		}
		if got != s.says {
			t.Errorf("%v is told as %q", s.err, got)
		}
	}
}

func TestOwnSentenceAndTheUnforeseen(t *testing.T) {
	if got := Sentence(fmt.Errorf("receive: %w", problem.Problems{"phone": "位数不对"})); got != "电话：位数不对" {
		t.Errorf("%q", got)
	}
	if got := Sentence(errors.New("EOF")); !strings.Contains(got, "没有丢") || strings.Contains(got, "EOF") {
		t.Errorf("%q", got)
	}
	if Sentence(nil) != "" {
		t.Error("no error has a sentence")
	}
}

// A disk that is full, protected, broken or gone is said in one sentence, whatever the system's number for it.
func TestDisksAreSaid(t *testing.T) {
	for says, number := range map[string]map[string]syscall.Errno{
		"磁盘满了":    {"linux": 28, "windows": 112},
		"只能读不能写":  {"linux": 30, "windows": 19},
		"读写出错":    {"linux": 5, "windows": 1117},
		"不在了":     {"linux": 116, "windows": 21},
		"别的程序用着":  {"linux": 16, "windows": 32},
		"不能用的字":   {"linux": 36, "windows": 123},
		"没有权限":    {"linux": 13, "windows": 5},
		"找不到这个文件": {"linux": 2, "windows": 3},
	} {
		n := number[cmp.Or(map[string]string{"windows": "windows"}[runtime.GOOS], "linux")]
		if got := Sentence(fmt.Errorf("save: %w", &fs.PathError{Op: "write", Path: "x", Err: n})); !strings.Contains(got, says) {
			t.Errorf("%d: %s", n, got)
		}
	}
}
