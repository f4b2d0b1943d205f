//go:build !windows && !(caret && x11 && linux)

package kit

func followCaret(func() (x, y int)) {}
