package courier

import (
	"slices"
	"testing"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/settings"
)

// A unit is silent where none of its computers was heard of; the office above and what was put out of use are not
// counted.
func TestSilences(t *testing.T) {
	now := time.Date(2026, 11, 28, 18, 0, 0, 0, time.FixedZone("CST", 8*3600))
	c := &Courier{Trust: &trust.Trust{Settings: &settings.Settings{Unit: "141102000000", Parent: "141100000000"}, Now: func() time.Time { return now }}}
	heard := func(unit, name string, days int) Progress {
		return Progress{Unit: unit, Name: name, LastWord: now.AddDate(0, 0, -days), Silent: days > 10}
	}
	out := heard("d", "丁", 90)
	out.Revoked = true
	got := c.Silences([]Progress{heard("a", "甲", 12), heard("b", "乙", 16), heard("c", "丙", 40), heard("c", "丙", 1), out,
		heard("141100000000", "市里", 30)})
	if want := []Silence{{"b", "乙", 16}, {"a", "甲", 12}}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}
