package official

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
)

// read prints a paper and reads it again; with SHOW set to a folder it is kept there to be looked at.
func read(t *testing.T, name string, pages []*typeset.Page) []papertest.Piece {
	t.Helper()
	ps := papertest.Print(t, typeset.Document{Title: name, Made: time.Date(2027, 3, 8, 9, 0, 0, 0, time.UTC), Pages: pages}, name)
	if found := papertest.Overlaps(ps); found != nil {
		t.Errorf("%s: %v", name, found)
	}
	return ps
}

// inked is the box that ink fills on a page, in millimetres, the number of the page left out.
func inked(p *typeset.Page) (left, top, right, bottom float64) {
	const dpi = 127 // five dots a millimetre
	img := p.Image(dpi)
	box := image.Rectangle{}
	for y := range int((Top + Height + 3) * dpi / 25.4) {
		for x := range img.Bounds().Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return float64(box.Min.X) / 5, float64(box.Min.Y) / 5, float64(box.Max.X) / 5, float64(box.Max.Y) / 5
}

// han are so many common characters, where they say so with punctuation, numbers and words between them.
func han(n int, mixed bool) string {
	rng := rand.New(rand.NewPCG(9704, 2012))
	var b strings.Builder
	for i := range n {
		switch k := rng.IntN(24); {
		case mixed && i > 0 && k < 3:
			b.WriteRune([]rune("，。、；：？！")[rng.IntN(7)])
		case mixed && k == 3:
			b.WriteString([]string{"（一）", "“十四五”", "2026年3月8日", "1,234.56元", "280户", "GB/T 9704", "——", "《代表法》"}[rng.IntN(8)])
		default:
			b.WriteRune([]rune("国的一是在人有我他这中大来上个们到说和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从")[rng.IntN(95)])
		}
	}
	return b.String()
}

// A full page is what the standard says: 22 lines of 28 characters between margins of 37, 28, 26 and 35 mm, to the
// millimetre, on the page as it prints.
func TestAFullPage(t *testing.T) {
	p := Paper{Body: typeset.Kai}
	for range 3 {
		p.Say(han(28*22-2, false))
	}
	pages := p.Pages(1)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	ps := read(t, "full", pages)
	for n := range 3 {
		var ys []float64
		for _, l := range ps {
			if l.Page != n || l.Size != 16 {
				continue
			}
			ys = append(ys, l.Y)
			if got := len([]rune(l.Text)); got != Across {
				t.Errorf("page %d: %d characters in %q", n+1, got, l.Text)
			}
		}
		if len(ys) != Lines {
			t.Errorf("page %d has %d lines", n+1, len(ys))
		}
		for i := range ys[1:] {
			if step := ys[i] - ys[i+1]; math.Abs(step-29.5) > .05 {
				t.Errorf("page %d: %.2f points from line to line", n+1, step)
			}
		}
		left, top, right, bottom := inked(pages[n])
		for _, m := range []struct {
			name      string
			got, want float64
		}{{"top", top, 37}, {"left", left, 28}, {"right", 210 - right, 26}, {"bottom", 297 - bottom, 35}} {
			if math.Abs(m.got-m.want) > 1 {
				t.Errorf("page %d: %.1f mm at the %s, want %.0f", n+1, m.got, m.name, m.want)
			}
		}
	}
}

// Whatever stands in it, no line begins with closing punctuation or ends with opening, nothing of a line leaves the
// type area, nothing is lost, and numbers of pages stand outside.
func TestAnyText(t *testing.T) {
	p, text := Paper{Body: typeset.Kai}, ""
	for i := range 9 {
		para := han(300+37*i, true)
		text += para
		p.Say(para)
	}
	pages := p.Pages(4)
	ps := read(t, "any", pages)
	all := ""
	for _, l := range ps {
		const pt = 72 / 25.4
		switch l.Size {
		case 14:
			odd, x := (l.Page+4)%2 == 1, 28*pt+14
			if odd {
				x = (210-26)*pt - 14 - l.Width
			}
			if want := fmt.Sprintf("— %d —", l.Page+4); l.Text != want || math.Abs(l.X-x) > .1 ||
				math.Abs(l.Y-(297-269)*pt) > 7 {
				t.Errorf("page %d: %q at %.1f, %.1f", l.Page+1, l.Text, l.X/pt, l.Y/pt)
			}
			continue
		case 16:
		default:
			t.Errorf("%q in %.1f points", l.Text, l.Size)
		}
		all += l.Text
		rs := []rune(strings.Trim(l.Text, " 　"))
		if strings.ContainsRune("，。、；：？！）》”’…—", rs[0]) && string(rs[:2]) != "——" || strings.ContainsRune("（《“‘", rs[len(rs)-1]) {
			t.Errorf("a line %q", l.Text)
		}
		if l.X < 28*pt-.01 || l.X+l.Width > 184.2*pt {
			t.Errorf("%q reaches from %.1f to %.1f mm", l.Text, l.X/pt, (l.X+l.Width)/pt)
		}
	}
	if papertest.Squeeze(all) != papertest.Squeeze(text) {
		t.Error("something is lost")
	}
}

// A letter: a title broken by sense into lines of about one length, the class in the corner, headings in their faces, a
// signature that is never alone on a page, copies at the foot of the last.
func TestALetter(t *testing.T) {
	for n := range 24 {
		p := Paper{Body: typeset.Kai, Corner: "B"}
		p.Blank(2)
		p.Title("关于离石区第十四届人民代表大会", "第七次会议", "第12号代表建议的答复")
		p.Address("王𠅤明、翟𰻝祥代表")
		p.Say("您提出的建议收悉。现答复如下：\n一、关于磘沟村用气\n" + han(28*n, true) + "\n（一）二〇二七年的安排\n" + han(60, true))
		p.Sign("离石区住房和城乡建设局", "2027年3月8日")
		p.Note("联系人：赵晖　联系电话：0358-8221000")
		p.Copies("离石区人大常委会人事代表工作委员会，离石区人民政府办公室，" + strings.Repeat("凤山街道办事处，", 3) + "存档")
		ps := read(t, "letter", p.Pages(1))
		last := ps[len(ps)-1].Page
		look := func(text string, is func(a, b string) bool) papertest.Piece {
			i := slices.IndexFunc(ps, func(l papertest.Piece) bool { return is(l.Text, text) })
			if i < 0 {
				t.Fatalf("%d: no %q", n, text)
			}
			return ps[i]
		}
		find := func(text string) papertest.Piece { return look(text, strings.Contains) }
		sign := find("2027年3月8日")
		beside := 0
		for _, l := range ps {
			if l.Page == sign.Page && l.Y > sign.Y && l.Size == 16 {
				beside++
			}
		}
		if beside < 3 {
			t.Errorf("%d: the signature stands with %d lines", n, beside)
		}
		const pt = 72 / 25.4
		if got := 184 - (sign.X+sign.Width)/pt; math.Abs(got-4*cell) > .2 {
			t.Errorf("the day is %.1f mm from the edge", got)
		}
		if c := find("抄送："); c.Page != last || c.Size != 14 || c.X/pt < 28+4.9 {
			t.Errorf("copies %+v of %d", c, last)
		}
		if c := look("B", strings.EqualFold); c.Page != 0 || math.Abs(c.X+c.Width-184*pt) > .1 || c.Y < find("关于离石区").Y {
			t.Errorf("the class %+v", c)
		}
		if a, b := find("关于离石区第十四届人民代表大会"), find("第七次会议第12号代表建议的答复"); a.Size != 22 || b.Size != 22 || a.Y < b.Y {
			t.Errorf("the title %+v %+v", a, b)
		}
	}
}

// Titles of every length are even, and no line of one is a single character or begins with a particle.
func TestTitles(t *testing.T) {
	const long = "关于加快解决离石区凤山街道袁家庄片区二百八十户居民长期没有天然气管道而且冬季取暖和做饭只能依靠煤球和液化气罐存在安全隐患的建议"
	for n := 4; n <= len([]rune(long)); n++ {
		text := string([]rune(long)[:n])
		lines := balanced(Ink(typeset.Song, 22), []string{text}, Width-8)
		if strings.Join(lines, "") != text {
			t.Fatalf("%q became %q", text, lines)
		}
		short, wide := 99, 0
		for i, l := range lines {
			short, wide = min(short, len([]rune(l))), max(wide, len([]rune(l)))
			if i > 0 && strings.HasPrefix(l, "的") || len([]rune(l)) > 19 {
				t.Errorf("%q", lines)
			}
		}
		if len(lines) > 1 && wide-short > 4 {
			t.Errorf("%q", lines)
		}
	}
}
