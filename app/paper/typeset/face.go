package typeset

import (
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"lianluo.local/assets/fonts"
)

// Face is a way of writing. Each has fonts in order of preference; a rune is taken from the first that has it.
type Face uint8

// The faces of an official paper.
const (
	Sans Face = iota // 黑体: labels and notes
	Bold             // heavy 黑体: numbers and headings
	Song             // heavy 宋体: titles and the one fact that matters
	Kai              // 楷体: what was filled in
	Ming             // light 宋体: the numbers of official pages
	fang             // and those behind it: 仿宋 of this computer (Fangsong)
)

// fangs is how many fonts of this computer may be in use at a time.
const fangs = 4

// fangsongs are the faces of the fonts of this computer, by the paths that they were asked for.
var fangsongs = struct {
	sync.Mutex
	faces map[string]Face
}{faces: map[string]Face{}}

// named are the files of 仿宋 that Windows, the Linux desktops of this country, WPS and Office bring, the best first.
var named = []string{"simfang.ttf", "fzfsk.ttf", "fzfsjw.ttf", "stfangso.ttf", "fangsong.ttf", "simfang_gb2312.ttf"}

// Fangsong gives the face of the 仿宋 in a file of this computer; where there is none, or of "", that which the system
// brings; else, or where it is damaged or says that it may not be embedded, Kai.
func Fangsong(path string) Face {
	fangsongs.Lock()
	defer fangsongs.Unlock()
	if f, known := fangsongs.faces[path]; known {
		return f
	}
	free := fang
	for free < Face(len(chains)) && chains[free] != nil {
		free++
	}
	fangsongs.faces[path] = Kai
	tried := brought()
	if filepath.IsAbs(path) && !strings.HasPrefix(filepath.ToSlash(path), "//") { // no other computer is asked
		tried = append([]string{path}, tried...)
	}
	for _, file := range tried {
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() || info.Size() > 100<<20 || free == Face(len(chains)) {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if font, err := Parse(b); err == nil && font.embeds && font.sound() {
			chains[free] = []func() *Font{func() *Font { return font }, kai, rare, sans}
			fangsongs.faces[path] = free
			break
		}
	}
	return fangsongs.faces[path]
}

// brought are the files of 仿宋 on this computer.
func brought() []string {
	home, _ := os.UserHomeDir()
	found := make([][]string, len(named))
	for _, dir := range []string{filepath.Join(os.Getenv("WINDIR"), "Fonts"), "/usr/share/fonts", "/usr/local/share/fonts",
		filepath.Join(home, ".local/share/fonts"), filepath.Join(home, ".fonts")} {
		if !filepath.IsAbs(dir) {
			continue
		}
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error { // what cannot be read is not there
			if err == nil && !e.IsDir() {
				if i := slices.Index(named, strings.ToLower(e.Name())); i >= 0 {
					found[i] = append(found[i], path)
				}
			}
			return nil
		})
	}
	return slices.Concat(found...)
}

// unknown stands for whatever cannot be printed (geta, the printers' old mark for a missing sort).
const unknown = '〓'

func lazy(data func() []byte) func() *Font {
	return sync.OnceValue(func() *Font {
		f, err := parse(data)
		if err != nil {
			panic("a font of the program: " + err.Error())
		}
		return f
	})
}

var (
	sans, bold, song = lazy(fonts.SansRegular), lazy(fonts.SansBold), lazy(fonts.SongBlack)
	kai, rare        = lazy(fonts.Kai), lazy(fonts.Rare)

	// Hanazono, a light Ming, goes with Kai better than Noto's heavy Song does.
	chains = [fang + fangs][]func() *Font{
		Sans: {sans, rare},
		Bold: {bold, sans, rare},
		Song: {song, bold, sans, rare},
		Kai:  {kai, rare, sans},
		Ming: {rare, kai, sans},
	}
)

func (f Face) find(r rune) (glyph, bool) {
	for _, font := range chains[f] {
		if id := font().glyph(r); id != 0 {
			return glyph{font(), id}, true
		}
	}
	return glyph{}, false
}

// glyph never gives the empty box: a rune that no font has is printed, and later found, as 〓.
func (f Face) glyph(r rune) (glyph, rune) {
	if s := f.sort(r); s != 0 {
		return glyph{chains[f][s>>29&3](), uint16(s)}, r
	}
	g, _ := f.find(unknown)
	return g, unknown
}

// sorts remembers for each face which glyph a common rune has and how wide it is, so that setting a book of a million
// characters searches no font for any of them twice. Zero is not asked yet.
var sorts [len(chains)][1 << 16]atomic.Uint32

const (
	found  = 1 << 31 // bits 29 and 30 then say which font of the chain, 16–28 the advance, 0–15 the glyph
	absent = 1 << 15 // alone: no font has it
)

// sort gives what sorts remembers of a rune, or would; 0 where no font has it.
func (f Face) sort(r rune) uint32 {
	if uint32(r) >= 1<<16 {
		return f.seek(r)
	}
	s := sorts[f][r].Load()
	if s == 0 {
		if s = f.seek(r); s == 0 {
			s = absent
		}
		sorts[f][r].Store(s)
	}
	if s == absent {
		return 0
	}
	return s
}

func (f Face) seek(r rune) uint32 {
	for i, font := range chains[f] {
		if id := font().glyph(r); id != 0 {
			w, _ := font().metric(id)
			return found | uint32(i)<<29 | uint32(w)<<16 | uint32(id)
		}
	}
	return 0
}

// Clean makes text from anywhere printable. Line ends become \n and other space a blank; controls, direction marks,
// joiners, variation selectors and byte order marks vanish; broken UTF-8, private-use characters and runes in no font
// become 〓, one for each. Every rune of the result but \n has a glyph in every face.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	for i, n := 0, 0; i < len(s); i += n {
		var r rune
		r, n = utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError:
			b.WriteRune(unknown)
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte('\n')
		case r == '\u3000':
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Noncharacter_Code_Point):
		default:
			if Sans.sort(r) == 0 || unicode.In(r, unicode.Co) {
				r = unknown
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain says that Clean has nothing to do: nearly every text is of Latin letters, common Han and their punctuation.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~', r == '\n':
		case r >= '一' && r <= '龥', r >= '\u3000' && r <= '】', r >= '！' && r <= '？', r == '“', r == '”', r == '—',
			r == '…', r == '·':
			if Sans.sort(r) == 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// Style is a face at a size: points, colour, letter-spacing in em, and the points below which it is never made
// smaller: what does not fit is cut instead.
type Style struct {
	Face  Face
	Size  float64
	Ink   color.RGBA
	Track float64
	Least float64
	Firm  bool // nothing hangs out at the end of a wrapped line
}

// mm is a point in millimetres.
const mm = 25.4 / 72

// em is the size of the style in millimetres.
func (s Style) em() float64 { return s.Size * mm }

// advance is the width of one rune in millimetres, without letter-spacing.
func (s Style) advance(r rune) float64 {
	at := s.Face.sort(r)
	if at == 0 {
		at = s.Face.sort(unknown)
	}
	return float64(at>>16&0x1FFF) * s.em() / 1000
}

// Width is the length of a line of text in millimetres.
func (s Style) Width(text string) float64 {
	w, n := 0.0, 0
	for _, r := range text {
		w += s.advance(r)
		n++
	}
	return w + float64(max(n-1, 0))*s.Track*s.em()
}

// Scaled is the style at another size, its least at least.
func (s Style) Scaled(by float64) Style {
	s.Size = max(s.Size*by, s.Least)
	return s
}
