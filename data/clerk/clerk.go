// Package clerk is the person who does something (经办人): an entry says by whom it was written.
package clerk

// Clerk is the person at the keyboard. Every verb that writes takes one, from the window or the command that was used:
// what is below them knows nobody of itself.
type Clerk struct {
	User string // the ID of a user of this home (data/staff); "" where there are none yet
	Name string // "" where nobody is named
}

// Computer is this computer where it does by itself what the day brings: a round of exchange, what lapses.
var Computer = Clerk{User: "computer", Name: "本机"}
