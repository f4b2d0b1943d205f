package ledger

import (
	"strings"
	"testing"

	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
)

// A step that did not happen is not called gone by.
func TestStepsThatDidNotHappen(t *testing.T) {
	for name, c := range map[string]struct {
		spot  string
		state matter.State
		acts  string
		light Light
		own   matter.Handling
		want  string
	}{
		"registered":                      {"register", matter.Registered, "receive", Green, matter.Handling{}, "已过 没有经过 剩 2 个工作日* 以后 以后 以后 以后"},
		"answered at the table":           {"answered", matter.Answered, "receive", Off, matter.Handling{}, "已过 现场办结* 不需要 不需要 不需要 不需要 不需要"},
		"answered at the table and rated": {"answered", matter.Closed, "receive rate", Off, matter.Handling{RatedOn: "2026-11-23", Result: "satisfied"}, "已过 已过 没有经过 没有经过 没有经过 没有经过 办结*"},
		"shown to another door":           {"out-of-scope", matter.Guided, "receive", Off, matter.Handling{}, "已过 不受理已告知* 不需要 不需要 不需要 不需要 不需要"},
		"shown to it when it was sorted":  {"register", matter.Guided, "receive collate", Off, matter.Handling{}, "已过 没有经过 已过 不受理已告知* 不需要 不需要 不需要"},
		"given up unsorted":               {"register", matter.Escalated, "receive escalate", Green, matter.Handling{}, "已过 没有经过 已过 没有经过 剩 2 个工作日* 以后 以后"},
		"merged":                          {"register", matter.Merged, "receive merge", Green, matter.Handling{}, "已过 没有经过 已过 剩 2 个工作日* 以后 以后 以后"},
		"taken back":                      {"register", matter.Withdrawn, "receive withdraw", Off, matter.Handling{}, "已过 没有经过 群众撤回* 不需要 不需要 不需要 不需要"},
		"taken back while in hand":        {"register", matter.Withdrawn, "receive collate assign withdraw", Off, matter.Handling{}, "已过 没有经过 已过 已过 群众撤回* 不需要 不需要"},
		"nobody rated":                    {"register", matter.Unrated, "receive collate answer inform rate", Off, matter.Handling{Told: "2026-11-23", RatedOn: "2026-12-14", Result: "unrated"}, "已过 没有经过 已过 已过 已过 已过 未评价办结*"},
		"nobody was reached":              {"register", matter.Lost, "receive collate answer inform rate", Off, matter.Handling{RatedOn: "2026-12-14", Result: "unreachable"}, "已过 没有经过 已过 已过 已过 没联系上 无法联系归档*"},
		"done again":                      {"register", matter.InHand, "receive collate assign answer inform rate redo sign", Green, matter.Handling{Told: "2026-11-23", RatedOn: "2026-11-23", Result: "unsatisfied"}, "已过 没有经过 已过 已过 剩 2 个工作日* 以后 以后"},
		"without a term":                  {"register", matter.Suggested, "receive collate suggest", Off, matter.Handling{}, "已过 没有经过 已过 已过 现在* 以后 以后"},
	} {
		v := View{Light: c.light, DaysLeft: 2}
		v.State, v.OnSpot, v.Handling = c.state, c.spot, c.own
		for _, do := range strings.Fields(c.acts) {
			v.History = append(v.History, thing.Event{Do: do})
		}
		v.History = append(v.History, thing.Event{Do: "collate", Note: thing.NoEffect})
		var words []string
		for _, s := range v.Steps() {
			words = append(words, s.Word+map[bool]string{true: "*"}[s.Here])
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
