// Package fonts holds the type that Lianluo is set in, so that a page looks the same on every computer and nothing has
// to be installed.
//
// Five TrueType files are part of the program (82 MB): Noto Sans SC for labels and the window, Noto Serif SC Black as
// heavy Song for titles, LXGW WenKai as Kai for what somebody filled in, and Hanazono Mincho B for the rare characters
// of names and places (CJK extensions B to F). With Noto they cover GB 18030-2022 level 3 up to extension F. All are
// free to ship; each licence lies beside its font.
//
// The bytes are the program file itself, mapped by the system and read from disk only where they are used. They are
// therefore read-only: writing to one stops the program. Whoever needs to write takes a copy (bytes.Clone).
package fonts

import (
	_ "embed" // the files below
	"unsafe"
)

var (
	//go:embed NotoSansSC-Regular.ttf
	sansRegular string
	//go:embed NotoSansSC-Bold.ttf
	sansBold string
	//go:embed NotoSerifSC-Black.ttf
	songBlack string
	//go:embed LXGWWenKai-Regular.ttf
	kai string
	//go:embed HanaMinB.ttf
	rare string
)

// SansRegular is Noto Sans SC 400 (黑体), the ordinary text of window and paper. Read-only.
func SansRegular() []byte { return view(sansRegular) }

// SansBold is Noto Sans SC 700. Read-only.
func SansBold() []byte { return view(sansBold) }

// SongBlack is Noto Serif SC 900, a heavy 宋体 for the titles of papers. Read-only.
func SongBlack() []byte { return view(songBlack) }

// Kai is LXGW WenKai (楷体), for what was filled in on a form. Read-only.
func Kai() []byte { return view(kai) }

// Rare is Hanazono Mincho B: Han of CJK extensions B to F and nothing else. Read-only.
func Rare() []byte { return view(rare) }

func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
