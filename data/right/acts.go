package right

import "strings"

// acts say which right an act takes, by the kind of the thing: what a person may do with one thing and not with another
// follows from the act. The rest of what may be written takes one right a verb.
var acts = map[string]map[Right]string{
	"matter": {
		Register: "receive session", Correct: "correct void withdraw redact", Collate: "collate merge escalate", Route: "assign reopen redo", Sign: "sign return",
		Answer: "extend answer", Supervise: "urge supervise", Inform: "inform-deputy inform inform-term", Rate: "rate", Lead: "lead decline offer accept pass",
		Suggest: "suggest", People: "know", Secret: "disclose", Exchange: "reckon", Import: "carry",
	},
	"suggestion": {
		Suggest: "draft change invite cosign decline submit withdraw void share", Route: "register assign redo", Approve: "accept join refuse grant review pause resume",
		Sign: "sign return ask", Answer: "contact help extend answer keep", Inform: "deliver", Rate: "rate", Supervise: "supervise urge", Publish: "publish",
	},
	"session": {
		Agenda: "plan change call swap notice move cancel reply void", Hold: "attend hold close visit check result", Duty: "confirm object", Correct: "redact",
	},
}

// To gives the right that an act on a thing of a kind takes; "", which nobody has, for what is no act.
func To(kind, do string) Right {
	for r, list := range acts[kind] {
		for act := range strings.FieldsSeq(list) {
			if act == do {
				return r
			}
		}
	}
	return ""
}
