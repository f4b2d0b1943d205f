//go:build nowindow

package screen

import (
	"fmt"
	"os"
)

// Tell says what keeps the program from working.
func Tell(sentence string) { fmt.Fprintln(os.Stderr, sentence) }
