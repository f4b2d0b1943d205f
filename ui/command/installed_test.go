package command

import (
	"flag"
	"testing"
)

var installed = flag.String("installed", "", "a program that was installed and plays every story, too")

// The same stories with what was taken out of a package, so that nothing is missing there; but that of updates, whose publisher
// an installed program does not believe: .ci/package/try-update tells one with a publisher whom it does.
func TestInstalled(t *testing.T) {
	if *installed == "" {
		t.Skip("make test-dist installs it")
	}
	stories(t, *installed, evening, func(name string) bool { return name != "update" })
}
