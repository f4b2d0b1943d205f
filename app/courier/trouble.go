package courier

import (
	"path"
	"slices"
)

// Step is what somebody does about a trouble.
type Step int

// The steps.
const (
	Nothing Step = iota // it heals by itself
	Again               // a round now: it tells the other side what we miss
	Call                // the telephone
	Settle              // look at the matter that was changed in two places
	Rebuild             // our list is made again from the journal
	Update              // the program is old
)

// Trouble is one thing that is not well between us and one other, and what to do about it. Who shows it has the words.
type Trouble struct {
	Code  string   // of the list at Troubles
	N     int      // how many: entries, files, matters; of a clock the seconds by which it is off
	Why   string   // of "fault" and "refused": the code of a reason, see Reason
	Files []string // of "refused"
	Mild  bool     // good to know, nothing is lost or late by it
	Step  Step
}

// Missing counts the entries that are known to exist and are not here.
func (p Progress) Missing() (n uint64) {
	for _, g := range p.Gaps {
		n += g.Last - g.First + 1
	}
	return n
}

// Troubles are what is not well between us and one other, in the order in which somebody should know; none where all
// is well.
func (p Progress) Troubles() (list []Trouble) {
	add := func(holds bool, t Trouble) {
		if holds {
			list = append(list, t)
		}
	}
	add(p.Revoked, Trouble{Code: "revoked", Mild: true})
	add(p.LastHeard == "", Trouble{Code: "unheard", Mild: true, Step: Call})
	add(p.Silent, Trouble{Code: "silent", Step: Call})
	add(p.Out, Trouble{Code: "out", Step: Call})               // it put this computer out of use
	add(p.Stored > p.Sent, Trouble{Code: "ahead", Step: Call}) // it holds more of us than we do
	add(p.Forks > 0, Trouble{Code: "forked", N: p.Forks, Step: Call})
	add(p.Diverged != "", Trouble{Code: "diverged", Step: Rebuild})
	add(p.Missing() > 0, Trouble{Code: "missing", N: int(p.Missing()), Step: Again})
	for _, fault := range p.Faults {
		add(true, Trouble{Code: "fault", Why: fault, Step: Call})
	}
	list = append(list, Refused(p.Aside)...)
	add(p.More > 0, Trouble{Code: "unnamed", N: p.More, Mild: true})
	add(p.Conflicts > 0, Trouble{Code: "disputed", N: p.Conflicts, Step: Settle})
	add(p.Clock != 0, Trouble{Code: "clock", N: p.Clock, Mild: p.Clock > -3600 && p.Clock < 3600, Step: Call})
	add(p.Program != "" && p.Program != Program, Trouble{Code: "program", Mild: true, Step: Call})
	add(p.Waiting > 0, Trouble{Code: "waiting", N: p.Waiting, Mild: true})
	add(p.Renewing, Trouble{Code: "renewing", Mild: true})
	return list
}

// steps say by the code of the reason for which a file was put aside what is done about it; the others need a call.
var steps = map[string]Step{
	"damaged": Again, "paper-damaged": Again, "unreadable": Again, "unread": Again, "not-a-file": Again, "gap": Again,
	"misplaced": Nothing,
	"newer":     Update, "unknown-suite": Update, "paper-newer": Update, "paper-suite": Update,
}

// Refused are the troubles of files that were set aside: one for each sender and reason, because one sentence
// explains them, in the order in which they came.
func Refused(files []Aside) (list []Trouble) {
	for _, a := range files {
		at := slices.IndexFunc(list, func(t Trouble) bool {
			return t.Why == a.Why && path.Dir(t.Files[0]) == path.Dir(a.File)
		})
		if at < 0 {
			step, ok := steps[a.Why]
			if !ok {
				step = Call
			}
			at, list = len(list), append(list, Trouble{Code: "refused", Why: a.Why, Mild: a.Why == "gap", Step: step})
		}
		list[at].N++
		list[at].Files = append(list[at].Files, a.File)
	}
	return list
}
