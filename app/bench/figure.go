package bench

import (
	"math"
	"slices"
	"time"
)

// Figure is one thing measured: of how many times, the median, the time that 19 of 20 stay below, and the slowest.
type Figure struct {
	Name   string  `json:"name"`
	What   string  `json:"what"`             // in Chinese
	Beside string  `json:"beside,omitempty"` // the usual way it is held against, in Chinese
	Unit   string  `json:"unit"`             // ms or s
	Ours   Times   `json:"ours"`
	Usual  *Times  `json:"usual,omitempty"`
	Ratio  float64 `json:"ratio,omitempty"` // median of ours / median of the usual way
	Goal   *Goal   `json:"goal,omitempty"`
}

// Times sums up a series.
type Times struct {
	N      int     `json:"n"`
	Median float64 `json:"median"`
	P95    float64 `json:"p95"`
	Max    float64 `json:"max"`
}

// Goal is what a figure ought to stay below: the median of ours in ms, or the ratio.
type Goal struct {
	Of   string  `json:"of"` // median or ratio
	Most float64 `json:"most"`
	Met  bool    `json:"met"`
}

// series is how long something took, in milliseconds, time after time.
type series []float64

// time does something once more.
func (s *series) time(do func() error) error {
	start := time.Now()
	err := do()
	*s = append(*s, float64(time.Since(start))/float64(time.Millisecond))
	return err
}

func (s series) times() Times {
	s = slices.Sorted(slices.Values(s))
	at := func(part float64) float64 { return round(s[int(math.Ceil(part*float64(len(s))))-1]) }
	return Times{len(s), at(.5), at(.95), at(1)}
}

// round keeps three decimals, which is more than a figure is worth.
func round(v float64) float64 { return math.Round(v*1000) / 1000 }

// plain is a figure of our own.
func (s series) plain(name, what string) Figure {
	return Figure{Name: name, What: what, Unit: "ms", Ours: s.times()}
}

// beside holds a series against that of the usual way.
func (s series) beside(usual series, name, what, way string) Figure {
	f := s.plain(name, what)
	theirs := usual.times()
	f.Usual, f.Beside, f.Ratio = &theirs, way, round(f.Ours.Median/theirs.Median)
	return f
}

// seconds turns a figure of one long act into seconds.
func (f Figure) seconds() Figure {
	f.Unit = "s"
	for _, v := range []*float64{&f.Ours.Median, &f.Ours.P95, &f.Ours.Max} {
		*v = round(*v / 1000)
	}
	return f
}

// below sets the goal of a median in milliseconds.
func (f Figure) below(most float64) Figure {
	f.Goal = &Goal{"median", most, f.Ours.Median < most}
	return f
}

// atMost sets the goal of a ratio.
func (f Figure) atMost(ratio float64) Figure {
	f.Goal = &Goal{"ratio", ratio, f.Ratio <= ratio}
	return f
}

// race does two things n times by turns, each first every other time, so that whatever else the computer does disturbs
// both alike. Both are done once before, untimed.
func race(n int, ours, usual func(i int) error) (a, b series, err error) {
	for i := -1; i < n; i++ {
		turn := []func() error{
			func() error { return a.time(func() error { return ours(max(i, 0)) }) },
			func() error { return b.time(func() error { return usual(max(i, 0)) }) },
		}
		if i%2 != 0 {
			slices.Reverse(turn)
		}
		for _, do := range turn {
			if err := do(); err != nil {
				return nil, nil, err
			}
		}
	}
	return a[1:], b[1:], nil
}
