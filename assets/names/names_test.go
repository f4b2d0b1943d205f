package names

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range All() {
		if n := utf8.RuneCountInString(name); n < 2 || n > 4 || seen[name] || !utf8.ValidString(name) {
			t.Errorf("%q", name)
		}
		seen[name] = true
	}
	if len(seen) < 50 {
		t.Errorf("only %d", len(seen))
	}
	for _, c := range []string{"𠅤", "𫝎", "𰻞", "𬺞", "单", "解", "曾", "仇", "查", "尉迟"} {
		if !strings.Contains(text, c) {
			t.Errorf("no %s", c)
		}
	}
}
