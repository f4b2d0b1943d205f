// Package fonts holds the type that Lianluo is set in, so that a page looks the same on every computer and nothing has
// to be installed.
//
// Five TrueType files come with the program (82 MB): Noto Sans SC for labels and the window, Noto Serif SC Black as
// heavy Song for titles, LXGW WenKai as Kai for what somebody filled in, and Hanazono Mincho B for the rare characters
// of names and places (CJK extensions B to F). With Noto they cover GB 18030-2022 level 3 up to extension F. All are
// free to ship; each licence lies beside its font.
//
// They are part of the program file. A package holds two programs, the window and the commands, which are built with the
// tag beside and share one file, lianluo.fonts, made by pack.go: a zip in which those of the window lie as they are and those
// of papers packed with zstd (name.zst), since a package may take 145 MB of a disk. It lies beside the program, or in
// ../share/lianluo as systems with /usr have it. All of it is read and compared with its sums while the program starts:
// so what is spoilt is a sentence then (Lost), and never a paper without its type.
//
// What is packed is unpacked when it is asked for and given back when nobody has it any more: whoever keeps it keeps up to 31 MB.
// What is not packed is a file that the system maps, and reads from disk only where it is looked at. So the bytes are
// read-only: writing to one stops the program. Whoever needs to write takes a copy (bytes.Clone). A newer file takes the place
// of the old one under a program that runs, which keeps the old one; nothing is written over it.
package fonts

// The files.
const (
	sansRegular = "NotoSansSC-Regular.ttf"
	sansBold    = "NotoSansSC-Bold.ttf"
	songBlack   = "NotoSerifSC-Black.ttf"
	kai         = "LXGWWenKai-Regular.ttf"
	rare        = "HanaMinB.ttf"
)

// SansRegular is Noto Sans SC 400 (黑体), the ordinary text of window and paper. Read-only.
func SansRegular() []byte { return font(sansRegular) }

// SansBold is Noto Sans SC 700. Read-only.
func SansBold() []byte { return font(sansBold) }

// SongBlack is Noto Serif SC 900, a heavy 宋体 for the titles of papers. Read-only.
func SongBlack() []byte { return font(songBlack) }

// Kai is LXGW WenKai (楷体), for what was filled in on a form. Read-only.
func Kai() []byte { return font(kai) }

// Rare is Hanazono Mincho B: Han of CJK extensions B to F and nothing else. Read-only.
func Rare() []byte { return font(rare) }
