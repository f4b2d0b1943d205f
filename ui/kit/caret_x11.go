//go:build caret && x11 && linux

package kit

import "github.com/go-gl/glfw/v3.4/glfw"

// followCaret is there in the GLFW that .ci/patched makes; nil says that keys are not for the input method.
func followCaret(where func() (x, y int)) { glfw.FollowCaret(where) }
