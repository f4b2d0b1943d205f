// Lianluo (联络站) is the program of a people's-congress liaison station. With words it is a command, without any, or with files
// that the system opens with it, it is a window; built with the tag nowindow it is commands only, and with the tag beside it takes
// its fonts from a file beside it.
package main

import (
	"context"
	"os"

	"lianluo.local/app/explain"
	"lianluo.local/assets/fonts"
	"lianluo.local/ui/command"
	"lianluo.local/ui/console"
	"lianluo.local/ui/screen"
)

func main() {
	if err := fonts.Lost(); err != nil {
		screen.Tell(err.Error())
		os.Exit(1)
	}
	if home, now, files, ok := command.Window(os.Args[1:]); ok {
		if err := screen.Open(home, now, files...); err != nil {
			screen.Tell(explain.Sentence(err))
			os.Exit(1)
		}
		return
	}
	console.Attach()
	os.Exit(command.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
