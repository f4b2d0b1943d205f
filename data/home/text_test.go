package home

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that nobody can have typed is not taken into memory, however large it is; one of the greatest size is.
func TestTextHasALimit(t *testing.T) {
	name := filepath.Join(t.TempDir(), "profile.json")
	if err := os.WriteFile(name, []byte(strings.Repeat(" ", MaxText)), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := Text(name); err != nil || len(text) != MaxText {
		t.Errorf("one of the greatest size: %d %v", len(text), err)
	}
	if err := os.Truncate(name, 300<<30); err != nil { // no disk has as much, and nothing is written
		t.Fatal(err)
	}
	var large Large
	if _, err := Text(name); !errors.As(err, &large) || !strings.Contains(large.Sentence(), "profile.json 太大") {
		t.Errorf("a sparse one of 300 GB: %v", err)
	}
}
