//go:build caret && x11 && linux

package kit

import "github.com/go-gl/glfw/v3.4/glfw"

// putCaret is there in the GLFW that .ci/patched makes.
func putCaret(x, y int) { glfw.PutCaret(x, y) }
