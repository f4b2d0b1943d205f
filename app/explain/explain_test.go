package explain

import (
	"errors"
	"fmt"
	"strings"
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
