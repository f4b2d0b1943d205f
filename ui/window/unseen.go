package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
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

// unopened is a home in which this computer lets nobody write, or read, and why.
type unopened struct {
	home.Home
	error
}

func (u unopened) Unwrap() error { return u.error }

// Sentence is what a person hears.
func (u unopened) Sentence() string {
	return fmt.Sprintf("打不开放资料的文件夹 %s：%s", u.Home, explain.Sentence(u.error))
}

// lock is home.Home.Lock of a home that the window opens, told by the folder that it is about.
func lock(h home.Home) (release func(), err error) {
	if !filepath.IsAbs(string(h)) { // the system names no folder for a person's files
		return nil, setup.Unwritable{Err: home.ErrFolder}
	}
	release, err = h.Lock()
	if err != nil && !errors.Is(err, home.ErrOpen) {
		err = unopened{h, err}
	}
	return release, err
}
