package show

import (
	"slices"

	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
)

// Onward is which matter is chosen when a list is filled anew: the first of these, by their keys, that is there; "" is
// the first of the list. Nil leaves the choice to whoever made it.
type Onward []string

// After are the matters around some that something was done with, in the order in which somebody goes on.
func After(t *kit.Table[ledger.View], done []ledger.View) Onward {
	next := Onward{}
	for _, v := range t.Others(func(v ledger.View) bool {
		return slices.ContainsFunc(done, func(d ledger.View) bool { return Same(d, v) })
	}) {
		next = append(next, v.ID)
	}
	return next
}

// Choose chooses it.
func (n Onward) Choose(t *kit.Table[ledger.View]) {
	for _, id := range n {
		if row := slices.IndexFunc(t.Rows(), func(v ledger.View) bool { return id == "" || v.ID == id }); row >= 0 {
			t.Choose(row)
			return
		}
	}
}
