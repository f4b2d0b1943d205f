package command

import (
	"flag"
	"testing"
)

var installed = flag.String("installed", "", "a program that was installed and plays every story, too")

// The same stories with what was taken out of a package, so that nothing is missing there.
func TestInstalled(t *testing.T) {
	if *installed == "" {
		t.Skip("make test-dist installs it")
	}
	stories(t, *installed, evening, nil)
}
