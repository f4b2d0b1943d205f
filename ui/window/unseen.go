package window

import (
	"os"

	"lianluo.local/data/problem"
)

// ErrNoScreen says that there is nothing to show a window on, ErrNoX11 that this desktop takes no windows of X11.
var (
	ErrNoScreen = problem.New("no display", "这里没有屏幕，开不了窗口。不开窗口的用法见 lianluo help。")
	ErrNoX11    = problem.New("Wayland without X11", "窗口打不开：这个桌面（Wayland）上没有 XWayland。请让管电脑的人装好 xwayland，或者注销以后"+
		"在登录的地方选 X11（Xorg）桌面，再打开。资料没有动过。")
)

// ErrNoOpenGL says that nothing here draws the window.
var ErrNoOpenGL = problem.New("no OpenGL", "窗口打不开：这台电脑的显卡驱动不支持 OpenGL 2.1。请装好电脑厂家的显卡驱动再打开；"+
	"远程桌面和虚拟机里常常没有，请在电脑跟前打开。资料没有动过。不开窗口的命令照常能用，用法见 lianluo-cli help。")

// unseen is why a window has no place where there is none.
func unseen() error {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return ErrNoX11
	}
	return ErrNoScreen
}
