package show

import (
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
)

// Ask opens the sheet of an act with some matters; done hears what came of each, and nothing where somebody left the
// sheet.
type Ask func(do string, vs []ledger.View, done func([]office.Outcome))

// Same says whether two views are of one matter.
func Same(a, b ledger.View) bool { return a.ID == b.ID }

// Light is the tone of a matter's light.
func Light(v ledger.View) kit.Tone {
	return [...]kit.Tone{ledger.Off: kit.Plain, ledger.Green: kit.Good, ledger.Yellow: kit.Soon,
		ledger.Red: kit.Bad}[v.Light]
}

// Tone is the tone of a matter as a whole: of its light only what is pressing, and good where the citizen has his
// answer.
func Tone(v ledger.View) kit.Tone {
	switch {
	case v.Overdue:
		return kit.Bad
	case v.Soon():
		return kit.Soon
	case v.State == matter.Answered:
		return kit.Good
	}
	return kit.Plain
}

// Done says in one line what was done with a matter, and what was said of it.
func Done(e thing.Event) string {
	act := matter.ActName(e.Do)
	if act == "" { // of a newer program
		act = e.Do
	}
	if e.Note != "" {
		act += "：" + e.Note
	}
	return act
}
