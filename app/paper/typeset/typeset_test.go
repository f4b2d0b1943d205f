package typeset

import (
	"bytes"
	"image/color"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// local are characters of names and places here, within the basic plane and beyond.
const local = "𠅤𫝎𰻞𬺞圐圙垯堎墕磘窊"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"王𠅤明":                                 "王𠅤明",
		"王\xe4明":                              "王〓明",
		"\xff\xfe":                            "〓〓",
		"甲\r\n乙\r丙\u2028丁":                    "甲\n乙\n丙\n丁",
		"甲\t乙\u00a0丙\u3000丁":                  "甲 乙 丙\u3000丁",
		"葛\U000e0100城":                        "葛城",
		"a\u200b\u200d\ufeffb\u202ec\x00\x1b": "abc",
		"\ue000造字\U000f0000":                  "〓造字〓",
		"👨\u200d👩":                            "〓〓",
		local:                                 local,
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNoBoxes(t *testing.T) {
	printed := local + "“”‘’…—·、。《》（）【】〇〓□①⑳❶❷❸✂☎℃％￥ⅢαАéü0123456789AZaz-*/:"
	for r := rune('一'); r <= 0x9FA5; r++ {
		printed += string(r)
	}
	for _, face := range []Face{Sans, Bold, Song, Kai} {
		for _, r := range printed {
			if g, means := face.glyph(r); g.id == 0 || means != r || len(g.font.outline(g.id)) == 0 {
				t.Errorf("face %d prints %c as a box", face, r)
			}
		}
	}
	for r := rune(0x20000); r <= 0x2EBE0; r++ { // extensions B to F, where they are assigned
		assigned := r <= 0x2A6D6 || r >= 0x2A700 && r <= 0x2B734 || r >= 0x2B740 && r <= 0x2B81D || r >= 0x2B820 &&
			r <= 0x2CEA1 || r >= 0x2CEB0
		if _, ok := Kai.find(r); assigned && !ok {
			t.Fatalf("no font has %U", r)
		}
	}
}

func FuzzCleanWrap(f *testing.F) {
	for _, s := range []string{"", "，，，，，，，，，，，，", strings.Repeat("a", 57), "（（（“甲”））——乙……丙",
		"https://example.org/a/b?c=d",
		"共￥1,234.56元，比上年增长98.6%，请于2026年4月17日前到碛口镇圐圙塔村办理。", " 甲  乙 ", "一\n\n二\n", local, "\xff王\U000e0100",
		"甲乙丙丁戊己庚辛壬癸。"} {
		f.Add(s, 40.0)
		f.Add(s, 9.0)
	}
	f.Fuzz(func(t *testing.T, in string, width float64) {
		if !(width > 0 && width < 1000) || len(in) > 2000 {
			t.Skip("not text that anybody can type")
		}
		text := Clean(in)
		if !utf8.ValidString(text) || Clean(text) != text {
			t.Fatalf("Clean(%q) = %q is not clean", in, text)
		}
		s := Style{Face: Kai, Size: 12}
		var b strings.Builder
		for _, l := range s.Wrap(text, width) {
			b.WriteString(l.Text)
			if l.Hard {
				b.WriteByte('\n')
			}
			n := len([]rune(strings.TrimRight(l.Text, " ")))
			if l.Width > width+s.em()/2+.03*s.em()*float64(n) && n > 1 {
				t.Errorf("line %q of %.1f mm in %.1f", l.Text, l.Width, width)
			}
			if s.Width(strings.TrimRight(l.Text, " ")) > l.Width+1e-6 {
				t.Errorf("line %q is not measured right", l.Text)
			}
		}
		if b.String() != text {
			t.Errorf("lines of %q make %q", text, b.String())
		}
		_, lines := s.Block(text, max(width, 30), 2, "…")
		if len(lines) > 2 {
			t.Errorf("block of %d lines", len(lines))
		}
	})
}

func TestKinsoku(t *testing.T) {
	text := "请于2026年4月17日前，带身份证、户口本到“碛口镇”便民服务中心（镇政府一楼）办理——逾期不候……共￥1,234.56元，增长98.6%，气温-5℃；赵钱孙李，周吴郑王。"
	for w := 30.0; w < 120; w += .7 {
		lines := Style{Face: Kai, Size: 12}.Wrap(text, w)
		for i, l := range lines {
			rs := []rune(l.Text)
			if i > 0 && strings.ContainsRune("，。、；：）”…%℃年月日元", rs[0]) {
				t.Errorf("at %.1f mm a line begins %q", w, l.Text)
			}
			if i < len(lines)-1 && strings.ContainsRune("（“￥", rs[len(rs)-1]) {
				t.Errorf("at %.1f mm a line ends %q", w, l.Text)
			}
			if i > 0 && unicode.IsDigit(rs[0]) &&
				unicode.IsDigit([]rune(lines[i-1].Text)[len([]rune(lines[i-1].Text))-1]) {
				t.Errorf("at %.1f mm a number is cut before %q", w, l.Text)
			}
		}
		if last := lines[len(lines)-1]; w > 45 && len(lines) > 1 && lone([]rune(last.Text)) {
			t.Errorf("at %.1f mm %q stands alone", w, last.Text)
		}
	}
}

// In a narrow cell, too, the last character does not stand alone where the line before can give one.
func TestNoCharacterAlone(t *testing.T) {
	kai := Style{Face: Kai, Size: 12}
	for _, text := range []string{"离石区十四届人大代表", "离石区十四届人大代表。", "吕梁市第五届人大代表、离石区第六届人大代表", "凤山街道袁家庄社区人大代表联络点"} {
		for w := 3 * kai.em(); w < 80; w += .7 {
			lines := kai.Wrap(text, w)
			if last := lines[len(lines)-1].Text; len(lines) > 1 && lone([]rune(last)) {
				t.Errorf("at %.1f mm %q stands alone in %v", w, last, lines)
			}
		}
	}
}

// A date, a time, a number with what it counts is read at one glance; only where it is wider than the line is it
// parted, and then between its parts.
func TestDatesAndNumbersStayWhole(t *testing.T) {
	text := "你于2026年11月23日 19时48分来站反映，共 12 件、第 3 次，涉及280户、12.6公里、3万5千元、第7组；十五天内答复，电话0358-8221321，" +
		"值班8:30—11:30，限2026年12月14日前，另有5个工作日和20天。"
	kai := Style{Face: Kai, Size: 12}
	whole := []string{"2026年11月23日", "19时48分", "12 件", "第 3", "3 次", "280户", "12.6公", "3万5千元", "第7组", "0358-8221321",
		"8:30—11:30", "2026年12月14日", "5个", "20天"}
	for w := 36.0; w < 140; w += .7 {
		var all []string
		for _, l := range kai.Wrap(text, w) {
			all = append(all, l.Text)
		}
		got := strings.Join(all, "/")
		for _, token := range whole {
			if !strings.Contains(got, token) {
				t.Fatalf("at %.1f mm %q is parted: %s", w, token, got)
			}
		}
	}
	for _, text := range []string{"2026年11月23日", "限2026年11月23日"} {
		for _, l := range kai.Wrap(text, 22)[1:] {
			if r := []rune(l.Text)[0]; !strings.ContainsRune("21", r) || strings.ContainsRune(units, r) {
				t.Errorf("in a narrow column a line begins %q", l.Text)
			}
		}
	}
}

func TestFit(t *testing.T) {
	s := Style{Face: Sans, Size: 10}
	if got, text := s.Fit("群众", 100); got != s || text != "群众" {
		t.Error("what fits is changed")
	}
	if got, text := s.Fit(strings.Repeat("字", 12), 10*s.em()); text != strings.Repeat("字", 12) || got.Size >= 10 ||
		got.Size < 7.5 {
		t.Errorf("shrunk to %.1f, %q", got.Size, text)
	}
	got, text := s.Fit(strings.Repeat("字", 60), 10*s.em())
	if !strings.HasSuffix(text, "字…") || got.Size != 7.5 || got.Width(text) > 10*s.em() {
		t.Errorf("cut to %.1f, %q", got.Size, text)
	}
	_, lines := s.Block(strings.Repeat("路塌了。", 2500), 100, 3, "…（全文见存根）")
	if len(lines) != 3 || !strings.HasSuffix(lines[2].Text, "…（全文见存根）") {
		t.Errorf("cut to %v", lines)
	}
}

func TestBlockKeepsItsLeastSize(t *testing.T) {
	kai := Style{Face: Kai, Size: 16, Least: 14}
	for name, x := range map[string]struct {
		text  string
		lines int
		whole bool
	}{
		"short": {"路塌了。", 1, true}, "smaller": {strings.Repeat("路", 19), 1, true}, "cut": {strings.Repeat("路塌了，", 40),
			2, false},
		"endless": {strings.Repeat("路塌了，", 5000), 3, false}, "empty": {"", 1, true},
	} {
		style, lines := kai.Block(x.text, 100, x.lines, "…（全文到站查看）")
		var got strings.Builder
		for _, l := range lines {
			got.WriteString(l.Text)
		}
		if style.Size < 14 || style.Size > 16 || len(lines) > x.lines {
			t.Errorf("%s: %d lines of %.1f points", name, len(lines), style.Size)
		}
		if (got.String() == x.text) != x.whole || x.whole == strings.HasSuffix(got.String(), "…（全文到站查看）") {
			t.Errorf("%s: %q", name, got.String())
		}
		if full := strings.Repeat("x", x.lines); !x.whole && len(lines) != len(full) {
			t.Errorf("%s leaves %d lines empty", name, x.lines-len(lines))
		}
	}
}

// TestMerge reads the merged font with another reader and finds the outlines of the fonts it came from, composed
// glyphs too.
func TestMerge(t *testing.T) {
	list := []glyph{{sans(), 0}}
	for i, r := range local + "éüÅǚ省人大代表0aB，。 " {
		g, _ := Face(i % 4).glyph(r)
		list = append(list, g)
	}
	font, err := sfnt.Parse(merge(list))
	if err != nil {
		t.Fatal(err)
	}
	var a, b sfnt.Buffer
	for i, g := range list[1:] {
		at, err := font.GlyphIndex(&a, rune((i+1)*apart))
		if err != nil || int(at) != i+1 {
			t.Fatalf("code %d is glyph %d: %v", i+1, at, err)
		}
		got, err := font.LoadGlyph(&a, at, fixed.I(1000), nil)
		if err != nil {
			t.Fatal(err)
		}
		source := g.font.sfnt()
		want, err := source.LoadGlyph(&b, sfnt.GlyphIndex(g.id), fixed.I(int(source.UnitsPerEm())), nil)
		if err != nil || len(got) != len(want) {
			t.Fatalf("glyph %d: %d segments, want %d: %v", i+1, len(got), len(want), err)
		}
		for k := range got {
			if got[k] != want[k] {
				t.Fatalf("glyph %d differs", i+1)
			}
		}
	}
}

// page has everything a page can have.
func page() *Page {
	p := NewPage(100, 60)
	ink := color.RGBA{0, 0, 0, 255}
	s := Style{Face: Kai, Size: 12, Ink: ink}
	p.Tint(5, 5, 90, 20, color.RGBA{240, 240, 240, 255})
	p.Frame(5, 5, 90, 20, .3, ink)
	p.Text(10, 10, Left, s, local)
	p.Spread(10, 18, 30, s, "经办人")
	p.Across(0, 0, 100, 60, 30, Style{Face: Song, Size: 60, Ink: color.RGBA{200, 200, 200, 255}}, "练习")
	p.Dashes(0, 30, 100, 2, .25, ink)
	if err := p.QR(70, 35, 20, "王𠅤明", ink); err != nil {
		panic(err)
	}
	return p
}

func TestSameBytes(t *testing.T) {
	made := time.Date(2026, 3, 18, 9, 42, 0, 0, time.UTC)
	want, err := Document{Title: "页", Made: made, Pages: []*Page{page()}}.PDF()
	if err != nil {
		t.Fatal(err)
	}
	picture := page().Image(96)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			got, err := Document{Title: "页", Made: made, Pages: []*Page{page()}}.PDF()
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("another file: %v", err)
			}
			if !bytes.Equal(page().Image(96).Pix, picture.Pix) {
				t.Error("another picture")
			}
		})
	}
	all.Wait()
}

func TestParseDamaged(t *testing.T) {
	good := merge([]glyph{{sans(), 0}, {sans(), 20}})
	for range 300 {
		bad := bytes.Clone(good)
		for range 4 {
			bad[rand.IntN(len(bad))] ^= byte(1 + rand.IntN(255))
		}
		Parse(bad[:rand.IntN(len(bad))]) // an error or a font, no panic
	}
	if _, err := Parse([]byte("OTTO")); err == nil {
		t.Error("a font of another kind is taken")
	}
}

// The short way finds the same places to break a line as Unicode's long one does.
func TestEasyBreaks(t *testing.T) {
	letters := []rune("路口信号灯年月日号元村组室07aZ，。、；：！？）（")
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		text := make([]rune, 1+r.IntN(12))
		for i := range text {
			text[i] = letters[r.IntN(len(letters))]
		}
		short := make([]byte, len(text)+1)
		short[len(text)] = free
		if !easy(text, short) {
			t.Fatalf("%q is not easy", string(text))
		}
		// What is behind a character that is not easy does not change what is before it.
		long := breaks(append(slices.Clone(text), '中', '◆'))
		for i := 1; i < len(text); i++ {
			if short[i] != long[i] {
				t.Fatalf("%q at %d: %v, by Unicode %v", string(text), i, short[i], long[i])
			}
		}
	}
}

// A page that is drawn later is the same page, and drawing it again gives the same again.
func TestLater(t *testing.T) {
	style := Style{Face: Kai, Size: 12, Ink: color.RGBA{A: 0xFF}}
	draw := func(p *Page) {
		p.Text(10, 20, Left, style, "(王\\𠅤明)\r")
		p.Frame(5, 10, 60, 20, .3, color.RGBA{R: 0x80, A: 0xFF})
		p.Across(0, 0, 100, 100, 30, style, "练习")
	}
	now := NewPage(100, 100)
	draw(now)
	a, err := Document{Pages: []*Page{now, now}}.PDF()
	if err != nil {
		t.Fatal(err)
	}
	b, err := Document{Pages: []*Page{Later(100, 100, draw), Later(100, 100, draw)}}.PDF()
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("drawn later it is another document (%v)", err)
	}
	if x, y := now.Image(50), Later(100, 100, draw).Image(50); !bytes.Equal(x.Pix, y.Pix) {
		t.Error("drawn later it is another picture")
	}
}
