package command

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What README and the book of commands name is there: commands in their examples, targets of make, and files that are linked.
func TestReadmeNamesWhatIsThere(t *testing.T) {
	const top = "../.."
	read := func(file string) string {
		b, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	targets := read("Makefile")
	for _, file := range []string{"README.md", "assets/help/commands.md"} {
		text, examples := read(file), ""
		for i, part := range strings.Split(text, "```") {
			if i%2 == 1 && strings.HasPrefix(part, "sh\n") {
				examples += part
			}
		}
		called := regexp.MustCompile(`(?m)(?:^|; |\| )(?:station|county|lianluo) +(?:--\S+ \S+ )*([a-z-]+)`)
		named := called.FindAllStringSubmatch(examples, -1)
		for _, m := range named {
			if !slices.ContainsFunc(commands(), func(r row) bool { return r.name == m[1] }) {
				t.Errorf("%s: there is no command %s", file, m[1])
			}
		}
		if len(named) < 10 {
			t.Errorf("%s: %d examples", file, len(named))
		}
		for _, m := range regexp.MustCompile("(?:`|^|\n)make ([a-z][a-z-]+)").FindAllStringSubmatch(text, -1) {
			if !strings.Contains(targets, "\n"+m[1]+":") {
				t.Errorf("%s: there is no make %s", file, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(top, filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}
