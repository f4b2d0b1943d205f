package show

import (
	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
)

// Trait is a column of a list of matters: one thing that is shown of each. Those below can be sorted by, but the
// citizen, whom lists show covered.
type Trait = kit.Column[ledger.View]

// Number is that of a matter.
func Number(width float32) Trait {
	return Trait{Title: "编号", Width: width, Text: func(v ledger.View) string { return v.Number }, Less: ledger.ByNumber}
}

// Day is when it was brought, as the ledger writes days.
func Day(l *ledger.Ledger, width float32) Trait {
	return Trait{Title: "日期", Width: width, Text: func(v ledger.View) string { return l.Day(v.Occurred) },
		Less: ledger.ByDay}
}

// Citizen is who brought it, covered.
func Citizen() Trait { return Trait{Title: "反映人", Width: 3.5, Text: ledger.View.Masked} }

// Title is what it is about. It has what the others leave, and least characters before spare ones go.
func Title(least float32) Trait {
	return Trait{Title: "事由", Least: least, Text: func(v ledger.View) string { return v.Title }, Less: ledger.ByTitle}
}

// State is where it stands.
func State(width float32) Trait {
	return Trait{Title: "状态", Width: width, Text: func(v ledger.View) string { return v.State.String() },
		Less: ledger.ByState}
}

// Rest is how many working days are left.
func Rest(tone func(ledger.View) kit.Tone) Trait {
	return Trait{Title: "工作日", Width: 4.9, Text: ledger.View.Rest, Tone: tone, Less: ledger.ByTerm}
}

// Urgent is its urgency, "" for an ordinary one.
func Urgent() Trait {
	return Trait{Title: "紧急", Width: 2.6, Text: ledger.View.Urgent, Less: ledger.ByUrgency}
}

// Site is the station that has it.
func Site() Trait {
	return Trait{Title: "联络站", Width: 5.4, Text: ledger.View.Site, Less: ledger.ByStation}
}

// Kind is its category.
func Kind() Trait {
	return Trait{Title: "类别", Width: 6, Text: ledger.View.Kind, Less: ledger.ByCategory}
}

// Spare lets some go where there is little room, the last first.
func Spare(traits ...Trait) []Trait {
	for i := range traits {
		traits[i].Spare = true
	}
	return traits
}
