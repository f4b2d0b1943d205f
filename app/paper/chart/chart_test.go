package chart_test

import (
	"bytes"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"

	"pgregory.net/rapid"
)

var none = math.NaN()

// samples are the charts that reports have.
func samples() map[string]chart.Chart {
	weeks := strings.Fields("第36周 第37周 第38周 第39周 第40周 第41周 第42周 第43周 第44周 第45周 第46周 第47周")
	return map[string]chart.Chart{
		"bars": {Kind: chart.Bars, Title: "群众反映最多的是什么", Unit: "件次",
			Labels: []string{"供水供电供气供暖通信", "城乡建设", "交通出行", "三农", "其他"},
			Series: []chart.Series{{Name: "本周", Values: []float64{126, 61, 34, 9, 0}}}},
		"before": {Kind: chart.Bars, Title: "和上月比", Unit: "件次",
			Labels: []string{"供水供电供气供暖通信", "吕梁市离石区凤山街道办事处西山上社区居民委员会代表联络站", "交通出行"},
			Series: []chart.Series{{Name: "本月", Values: []float64{126, 61, 34}}, {Name: "上月", Values: []float64{98, 70, none}}}},
		"rates": {Kind: chart.Bars, Title: "各县满意率", Unit: "%", Labels: []string{"离石区", "文水县", "交城县"},
			Series: []chart.Series{{Name: "满意率", Values: []float64{.943, 1, none}}}},
		"late": {Kind: chart.Bars, Title: "谁家超期", Unit: "件次", Labels: []string{"住房和城乡建设管理局", "水利局"},
			Series: []chart.Series{{Name: "超期", Values: []float64{3, 1}, Alarm: true}}},
		"weeks": {Kind: chart.Lines, Title: "各周新收和办结", Unit: "件次", Labels: weeks,
			Series: []chart.Series{{Name: "新收", Values: []float64{3, 8, 12, 9, 14, 22, 17, 19, 25, 18, 20, 23}},
				{Name: "办结", Values: []float64{0, 2, 5, 9, 10, 12, 19, 16, 18, 22, 19, 21}},
				{Name: "超期", Values: []float64{none, none, 0, 0, 1, 1, 2, 2, 1, 3, 2, 2}, Alarm: true}}},
	}
}

func read(t testing.TB, c chart.Chart, width float64) ([]papertest.Piece, float64) {
	t.Helper()
	h := c.Height(width, chart.Paper)
	p := typeset.NewPage(width, max(h, 20))
	if got := c.Draw(p, 0, 0, width, chart.Paper); got != h {
		t.Fatalf("it is %.1f high, and was to be %.1f", got, h)
	}
	ps := papertest.Print(t, typeset.Document{Title: "图", Made: time.Date(2026, 11, 27, 18, 0, 0, 0, time.UTC),
		Pages: []*typeset.Page{p}}, "")
	return ps, h
}

// Names and values of a chart are all there, in nobody's way; where SHOW names a folder it is left there to look at.
func TestWhatAChartSays(t *testing.T) {
	for name, c := range samples() {
		ps, h := read(t, c, 156)
		all := papertest.All(ps)
		for i, l := range c.Labels {
			if c.Kind != chart.Lines && !strings.Contains(all, papertest.Squeeze(l)) {
				t.Errorf("%s: %s is not told in %s", name, l, all)
			}
			for _, s := range c.Series {
				if c.Kind == chart.Bars && !strings.Contains(all, c.Value(s.Values[i])) {
					t.Errorf("%s: %s of %s is not told", name, c.Value(s.Values[i]), l)
				}
			}
		}
		for _, s := range c.Series {
			if len(c.Series) > 1 && !strings.Contains(all, s.Name) {
				t.Errorf("%s: nobody knows which is %s", name, s.Name)
			}
		}
		for _, o := range papertest.Overlaps(ps) {
			t.Errorf("%s: %s", name, o)
		}
		if h > 110 {
			t.Errorf("%s is %.0f mm high", name, h)
		}
		if dir := os.Getenv("SHOW"); dir != "" {
			var b bytes.Buffer
			if err := png.Encode(&b, c.Image(156, 130, chart.Paper)); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name+".png"), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Whatever is to be drawn, nothing stands outside of the chart, and no texts over each other.
func TestNothingClips(t *testing.T) {
	text := rapid.StringMatching(`[一-龥A-Za-z0-9（），。 ]{0,60}`)
	rapid.Check(t, func(t *rapid.T) {
		c := chart.Chart{Kind: chart.Kind(rapid.IntRange(0, 1).Draw(t, "kind")), Title: text.Draw(t, "title"),
			Unit:   rapid.SampledFrom([]string{"件次", "%", ""}).Draw(t, "unit"),
			Labels: rapid.SliceOfN(text, 0, 14).Draw(t, "labels")}
		value := rapid.Custom(func(t *rapid.T) float64 {
			return []float64{math.NaN(), 0, 1, float64(rapid.IntRange(0, 9_999_999).Draw(t, "value"))}[rapid.IntRange(0, 3).Draw(t, "which")]
		})
		for range rapid.IntRange(0, 7).Draw(t, "series") {
			c.Series = append(c.Series, chart.Series{Name: text.Draw(t, "name"), Values: rapid.SliceOfN(value, 0, 14).Draw(t, "values"), Alarm: rapid.Bool().Draw(t, "alarm")})
		}
		width := rapid.Float64Range(70, 277).Draw(t, "width")
		h := c.Height(width, chart.Paper)
		p := typeset.NewPage(width, h)
		c.Draw(p, 0, 0, width, chart.Paper)
		ps := papertest.Print(t, typeset.Document{Pages: []*typeset.Page{p}}, "")
		for _, x := range ps {
			if x.X < -.1 || x.X+x.Width > width*72/25.4+.1 || x.Y < 0 || x.Y > h*72/25.4 {
				t.Fatalf("%q stands at %.1f %.1f, %.1f wide, on %.1f × %.1f", x.Text, x.X, x.Y, x.Width, width*72/25.4, h*72/25.4)
			}
		}
		if o := papertest.Overlaps(ps); len(o) > 0 {
			t.Fatal(o)
		}
	})
}
