//go:build nowindow

// Package screen is the door to the window, which this program does not have.
package screen

import (
	"time"

	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// ErrNone says that this program holds the commands alone.
var ErrNone = problem.New("no window", "这个程序只有命令，没有窗口。用法见 lianluo help。")

// Open fails with ErrNone.
func Open(home.Home, func() time.Time, ...string) error { return ErrNone }
