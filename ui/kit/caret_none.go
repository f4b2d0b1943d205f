//go:build !caret || !x11 || !linux

package kit

func putCaret(int, int) {}
