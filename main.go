// Lianluo (联络站) is the program of a people's-congress liaison station. With words it is a command, without any it is a
// window.
package main

import (
	"context"
	"os"

	"lianluo.local/ui/command"
)

func main() {
	os.Exit(command.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
