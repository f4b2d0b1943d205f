package figures

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/app/paper/chart"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/thing"
	"lianluo.local/ui/look"
)

// course is a column of a table whose rows are parts of time, or a row whose columns are, as the line that paper has: in time order
// and as far as time is over; whose it is where it is not of all. It needs two points.
func (t table) course(row, column int, c figure.Calendar) (drawn chart.Chart, of string, ok bool) {
	axes := t.By()
	by, across := figure.Axis{}, false
	switch {
	case len(axes) == 1 || len(axes) == 2 && t.crosses() && axes[0].Period != figure.Any:
		by = axes[0]
	case t.crosses():
		by, across = axes[1], true
	}
	if by.Period == figure.Any {
		return drawn, "", false
	}
	names, at := make([]string, len(t.rows())), func(i int) string { return t.cell(i, column).text }
	for i, r := range t.rows() {
		names[i] = r.Labels[0]
	}
	switch {
	case across:
		row = min(max(row, 0), len(t.rows()))
		names, at = t.heads[:len(t.heads)-1], func(i int) string { return t.cell(row, i).text }
		if row < len(t.rows()) {
			of = t.rows()[row].Labels[0]
		}
	case t.crosses() && column < len(t.heads)-1:
		of = t.heads[column]
	}
	i := t.indicator(column)
	line := chart.Series{Alarm: slices.Contains(bad, i.Code)}
	drawn.Kind = chart.Lines
	if i.Unit == "%" {
		drawn.Unit = "%"
	}
	for n, next := 0, t.Span.From; n < len(names); n++ {
		if next = c.Of(by.Period, next).To + 1; min(next, t.Span.To+1) > thing.DaysAt(t.AsOf) {
			break
		}
		v, counted := number(at(n))
		switch {
		case !counted:
			v = math.NaN()
		case i.Unit == "%":
			v /= 100
		}
		name := names[n]
		if _, after, found := strings.Cut(name, "年"); found && after != "" {
			name = after
		}
		drawn.Labels, line.Values = append(drawn.Labels, name), append(line.Values, v)
	}
	drawn.Series = []chart.Series{line}
	return drawn, of, len(drawn.Labels) > 1
}

// inch is how many units of the screen an inch of a chart takes.
const inch = 96

// ink is a colour of the screen as a chart takes it.
func ink(name fyne.ThemeColorName) color.RGBA {
	return color.RGBAModel.Convert(look.Color(name)).(color.RGBA)
}

// look is how a line is drawn, its type by so much smaller than hints are.
func (b *bars) look(by float64) chart.Look {
	return chart.Look{Ground: ink(look.Card), Ink: ink(theme.ColorNameForeground), Second: ink(look.Ink2), Tint: ink(theme.ColorNameSeparator),
		Alarm: ink(look.Accent), Size: by * float64(b.Theme().Size(look.Small)) * 72 / inch}
}

// high is how high the line is when it is so wide.
func (b *bars) high(wide float32, l chart.Look) float32 {
	return float32(b.line.Height(float64(wide)*25.4/inch, l) * inch / 25.4)
}

// drawn is the line as a picture, so wide and at most so high; nil where it has no room.
func (b *bars) drawn(wide, most float32) fyne.CanvasObject {
	for by := 1.0; by >= .8; by -= .05 {
		l := b.look(by)
		high := b.high(wide, l)
		if high > most {
			continue
		}
		line, mm := *b.line, float64(wide)*25.4/inch
		r := canvas.NewRaster(func(w, _ int) image.Image { return line.Image(mm, float64(w)/mm*25.4, l) })
		r.ScaleMode = canvas.ImageScaleSmooth
		r.Resize(fyne.NewSize(wide, high))
		return r
	}
	return nil
}

// asks says what a chart of a column answers: how it goes over time, or where there is most of it.
func (t table) asks(i figure.Indicator, of string, timed bool) string {
	said := i.Name
	if i.Unit != "%" {
		said += "（" + i.Unit + "）"
	}
	if of != "" {
		said += "，" + of
	}
	axes, sides := t.By(), strings.Join(t.sides, "和")
	if t.crosses() {
		sides = axes[0].Name
	}
	if !timed {
		return said + "：哪个" + sides + "多"
	}
	at := slices.IndexFunc(axes, func(a figure.Axis) bool { return a.Period != figure.Any })
	return said + "：各" + axes[at].Name + "怎样变"
}

// timely says whether its rows are in the order of time.
func (t table) timely() bool {
	axes := t.By()
	if t.crosses() {
		axes = axes[:1]
	}
	return slices.ContainsFunc(axes, func(a figure.Axis) bool { return a.Period != figure.Any })
}
