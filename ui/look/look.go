// Package look is how the window looks: an official Chinese document made warm. Quiet ground, dark ink, one red that
// means "this matters". Nothing else sets a colour, a size or a font.
//
// The three variants (light, dark, contrast) are the same names with other values; every text colour has a contrast of
// at least 4.5 : 1 on what it stands on.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/assets/fonts"
	_ "lianluo.local/ui/look/language"
)

// The names beyond Fyne's own. Ask for one with Color.
const (
	Card   fyne.ThemeColorName = "card"   // what cards and fields stand on
	Rail   fyne.ThemeColorName = "rail"   // the list of pages
	Ink2   fyne.ThemeColorName = "ink2"   // second ink: labels, hints
	Accent fyne.ThemeColorName = "accent" // the one red: primary button, overdue, promised date
	Calm   fyne.ThemeColorName = "calm"   // green: done, received
	Soon   fyne.ThemeColorName = "soon"   // amber: soon
	Ring   fyne.ThemeColorName = "ring"   // focus
	Tint   fyne.ThemeColorName = "tint"   // a chosen thing's ground

	Hiding  fyne.ThemeColorName = "hiding"  // lies over what nobody may see
	Dimming fyne.ThemeColorName = "dimming" // and over what may still be read
)

// The text sizes that a person may choose, and the names of those derived from it.
var TextSizes = []float32{15, 18, 22, 26}

// Title is the size of a page's title, Small that of hints, Number that of the few numbers that matter most.
const (
	Title                     = theme.SizeNameHeadingText
	Small                     = theme.SizeNameCaptionText
	Number fyne.ThemeSizeName = "number"
)

// Variants are the themes by name, with their Chinese words.
var Variants = []struct{ Code, Name string }{{"light", "浅色"}, {"dark", "深色"}, {"contrast", "高对比"}}

type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

var palettes = map[string]palette{
	"light": of(0xFAF8F4, 0xFFFFFF, 0xF3EEE4, 0xE3DCD0, 0x8A8278, 0x262320, 0x6B645B, 0xB01B1F, 0xFFFFFF, 0x266E44,
		0x8A5A12, 0x1F5FA8, 0xF8E9E7),
	"dark": of(0x1E1C1A, 0x282522, 0x232120, 0x4A443D, 0x8A8176, 0xF2EDE6, 0xBDB4A8, 0xF08A84, 0x1E1C1A, 0x7FCF9F,
		0xE8B760, 0x8BBCF0, 0x4A2C2A),
	"contrast": of(0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0x000000, 0x000000, 0x000000, 0x555555, 0x8C0000, 0xFFFFFF, 0x005A20,
		0x5C3A00, 0x0000C0, 0xFFE0E0),
}

// of gives them their places. Fyne draws the focused field in its primary colour: that is the ring here, because a red
// edge would look like a mistake. edge bounds what can be filled in or pressed (3 : 1 on a card).
func of(ground, card, rail, line, edge, ink, ink2, accent, onAccent, calm, soon, ring, tint uint32) palette {
	shade := func(c uint32, a uint8) color.NRGBA { n := rgb(c); n.A = a; return n }
	return palette{
		theme.ColorNameBackground: rgb(ground), theme.ColorNameForeground: rgb(ink), Card: rgb(card), Rail: rgb(rail),
		Ink2:   rgb(ink2),
		Hiding: rgb(rail), Dimming: shade(ground, 0x78),
		Accent: rgb(accent), Calm: rgb(calm), Soon: rgb(soon), Ring: rgb(ring), Tint: rgb(tint),
		theme.ColorNamePrimary: rgb(ring), theme.ColorNameForegroundOnPrimary: rgb(onAccent),
		theme.ColorNameError:             rgb(accent),
		theme.ColorNameForegroundOnError: rgb(onAccent), theme.ColorNameSuccess: rgb(calm),
		theme.ColorNameWarning:             rgb(soon),
		theme.ColorNameForegroundOnSuccess: rgb(onAccent), theme.ColorNameForegroundOnWarning: rgb(onAccent),
		theme.ColorNameButton: rgb(card), theme.ColorNameDisabledButton: rgb(rail), theme.ColorNameDisabled: rgb(ink2),
		theme.ColorNameFocus: shade(ring, 0x40), theme.ColorNameHover: shade(ink, 0x10),
		theme.ColorNamePressed:   shade(ink, 0x20),
		theme.ColorNameHyperlink: rgb(ring), theme.ColorNameInputBackground: rgb(card),
		theme.ColorNameInputBorder:    rgb(edge),
		theme.ColorNameMenuBackground: rgb(card), theme.ColorNameOverlayBackground: rgb(ground),
		theme.ColorNamePlaceHolder: rgb(ink2),
		theme.ColorNameScrollBar:   shade(ink2, 0xA0), theme.ColorNameScrollBarBackground: shade(ink, 0x08),
		theme.ColorNameSelection: shade(ring, 0x40),
		theme.ColorNameSeparator: rgb(line), theme.ColorNameShadow: shade(ink, 0x30),
		theme.ColorNameHeaderBackground:  rgb(rail),
		theme.ColorNameInnerWindowBorder: rgb(line), theme.ColorNameInnerWindowBorderInactive: rgb(line),
	}
}

// Look is a fyne.Theme.
type Look struct {
	colors palette
	text   float32
}

// New gives the look of a variant ("" for light) with a text size (0 for 18).
func New(variant string, text float32) *Look {
	p, ok := palettes[variant]
	if !ok {
		p = palettes["light"]
	}
	if text == 0 {
		text = 18
	}
	return &Look{p, text}
}

// Color gives the value of a name in the present look.
func Color(name fyne.ThemeColorName) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, theme.VariantLight)
}

// Color implements fyne.Theme; the variant of the system is not asked.
func (l *Look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := l.colors[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

var (
	regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", fonts.SansRegular())
	bold    = fyne.NewStaticResource("NotoSansSC-Bold.ttf", fonts.SansBold())
)

// Font implements fyne.Theme: two faces serve every style, because each more costs thirty megabytes.
func (l *Look) Font(s fyne.TextStyle) fyne.Resource {
	if s.Bold {
		return bold
	}
	if s.Symbol {
		return theme.DefaultTheme().Font(s)
	}
	return regular
}

// Icon implements fyne.Theme.
func (l *Look) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size implements fyne.Theme, in steps of eight.
func (l *Look) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return l.text
	case theme.SizeNameHeadingText:
		return l.text + 8
	case theme.SizeNameSubHeadingText:
		return l.text + 3
	case theme.SizeNameCaptionText:
		return l.text - 3
	case Number:
		return 2 * l.text
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 10 // with 18 pt text a target is 44 pixels high
	case theme.SizeNameInlineIcon:
		return l.text + 4
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNameScrollBar:
		return 14
	case theme.SizeNameScrollBarSmall:
		return 6
	}
	return theme.DefaultTheme().Size(name)
}
