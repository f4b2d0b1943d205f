//go:build !nowindow

// Package screen is the door to the window. A program that is built with the tag nowindow has none: it holds the
// commands alone, without Fyne, OpenGL and X11, for servers, schedulers and whoever writes scripts.
package screen

import "lianluo.local/ui/window"

// Open opens the window of a home, takes files in there, and returns when it is closed; see window.Run.
var Open = window.Run
