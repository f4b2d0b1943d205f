package app_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every sentence of the threat model names tests, and each of them is there.
func TestThreatsAreHeld(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root(t), "data", "bundle", "threats.go"), nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b((?:app|data|ui)[a-z/]*)\.(Test\w+)`)
	sources := map[string]string{}
	source := func(dir string) string {
		if _, ok := sources[dir]; !ok {
			files, _ := filepath.Glob(filepath.Join(root(t), filepath.FromSlash(dir), "*_test.go"))
			for _, f := range files {
				b, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				sources[dir] += string(b)
			}
		}
		return sources[dir]
	}
	text, held := file.Doc.Text(), 0
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(source(m[1]), "func "+m[2]+"(t *testing.T)") {
			t.Errorf("%s has no %s", m[1], m[2])
		}
	}
	for _, part := range strings.Split(text, "\n# ")[2:] {
		for i, sentence := range strings.Split(part, "\n  - ") {
			sentence, _, _ = strings.Cut(sentence, "\n\n")
			if i == 0 {
				continue
			}
			if held++; !named.MatchString(sentence) {
				t.Errorf("nothing holds: %s", sentence)
			}
		}
	}
	if held < 25 {
		t.Errorf("%d sentences", held)
	}
}
