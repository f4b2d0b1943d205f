//go:build !windows || nowindow

package screen

import (
	"fmt"
	"os"
)

// Tell says why there is no window.
func Tell(sentence string) { fmt.Fprintln(os.Stderr, sentence) }
