package ledger

import (
	"slices"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
)

// Step is one of the seven steps as far as a matter has come.
type Step struct {
	Word string // 已过, 剩 3 个工作日, 以后, 没有经过, …
	Done bool   // it truly happened, and is over
	Here bool   // where things stand, or where they ended
}

// Steps says of each of the seven steps whether the matter went through it. One that did not happen is not called
// gone by, whatever came after it: who was shown to another door at the table never had his matter sorted.
func (v View) Steps() (steps [7]Step) {
	happened := v.happened()
	here := v.State.Step()
	if ended := !v.State.Open() && v.State.Step() != 7 || v.State == matter.Withdrawn; ended {
		here = slices.Max(slices.DeleteFunc([]int{1, 2, 3, 4, 5, 6, 7}, func(n int) bool { return !happened[n-1] }))
	}
	for i := range steps {
		s := &steps[i]
		switch n := i + 1; {
		case n == here && v.State.Open():
			s.Word, s.Here = v.Days(), true
			if s.Word == "" {
				s.Word = "现在"
			}
		case n == here:
			s.Word, s.Here, s.Done = v.State.String(), true, happened[i]
		case n == 6 && v.TellWay == "" && v.State == matter.Lost:
			s.Word = "没联系上"
		case n < here && happened[i]:
			s.Word, s.Done = "已过", true
		case n < here:
			s.Word = "没有经过"
		case v.State.Open():
			s.Word = "以后"
		default:
			s.Word = "不需要"
		}
	}
	return steps
}

// happened says of each step whether it was ever done.
func (v View) happened() (done [7]bool) {
	did := func(acts ...string) bool {
		return slices.ContainsFunc(v.History, func(e thing.Event) bool {
			return slices.Contains(acts, e.Do) && !strings.HasPrefix(e.Note, thing.NoEffect)
		})
	}
	atOnce := v.OnSpot != "" && v.OnSpot != "register"
	return [7]bool{true, atOnce, !atOnce || did("reopen"), did("collate", "merge"),
		did("assign", "escalate", "suggest", "sign", "return", "answer"),
		v.DeputyTold != "" || v.Told != "", v.RatedOn != "" && v.Result != "unrated" && v.Result != "unreachable"}
}
