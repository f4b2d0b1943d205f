package field

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Names tell what codes mean of inputs that have no closed list: categories.
type Names map[Input]func(code string) string

// Shown is what is told of a field. What is long, or has several lines, has a line of its own.
type Shown struct {
	Name, Text string
	Wide       bool
}

// Show tells what is known, in the order of the list; said is what somebody says in his own way, by code ("" to leave
// it out).
func (l List) Show(v Values, names Names, said map[string]string) (known []Shown) {
	for _, f := range l {
		text, own := said[f.Code]
		if !own {
			text = f.Text(v, names)
		}
		if text != "" {
			known = append(known, Shown{f.Name, text, f.Wide || f.Input == Area || strings.Contains(text, "\n")})
		}
	}
	return known
}

// Masked gives the values as they are shown where others look on.
func (l List) Masked(v Values) Values {
	v = v.With(nil)
	for _, f := range l {
		if said := v.Text(f.Code); f.Mask != nil && said != "" {
			v[f.Code] = f.Mask(said)
		}
	}
	return v
}

// Text is a value as people read it, "" where nothing was said.
func (f Field) Text(v Values, names Names) string {
	switch f.Input {
	case Chips:
		return f.Words.Name(v.Text(f.Code))
	case Tick:
		if !v.Yes(f.Code) {
			return ""
		}
		return f.Words.Name(strconv.FormatBool(true))
	case Number:
		if n := v.Number(f.Code); n > 0 {
			return strings.TrimSpace(fmt.Sprintf("%d %s", n, f.Counted))
		}
		return ""
	case People:
		return strings.Join(v.List(f.Code), "、")
	case Day:
		if at, ok := v[f.Code].(time.Time); ok {
			return Moment(at)
		}
	}
	said := v.Text(f.Code)
	if name := names[f.Input]; name != nil && said != "" {
		return name(said)
	}
	return said
}

// Moment writes a day with its time of day, where it has one: midnight stands for a day without.
func Moment(t time.Time) string { return strings.TrimSuffix(t.Format("2006-01-02 15:04"), " 00:00") }
