package paper

import (
	"lianluo.local/app/paper/dossier"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
)

// proposed is a paper about suggestions.
func proposed(code string, about Subject, takes []Pick, make func(dossier.Dossier, form.Issuer) (typeset.Document, error)) Kind {
	k := kind(code, func(t Things, o form.Issuer, _ Wish) (typeset.Document, error) {
		d := t.Dossier
		d.Suggestions = t.Suggestions
		if about == Many && len(d.Suggestions)+d.Sum.All == 0 {
			return typeset.Document{}, problem.New(code+" of no suggestions", "这段时间没有交到人大机关的代表建议，没有"+form.Names[code]+"可以打印。")
		}
		return make(d, o)
	})
	k.Of, k.About, k.takes = suggestion.Name, about, append([]Pick{Numbers}, takes...)
	return k
}

// suggestions are the papers about suggestions: first those of one, in the order in which they are needed.
func suggestions() []Kind {
	span := []Pick{Days, OfYear}
	return []Kind{
		proposed("suggestion", One, nil, dossier.Forms),
		proposed("cosign-sheet", One, nil, dossier.Cosigning),
		proposed("handover-letter", One, nil, dossier.Handovers),
		proposed("contact-record", One, nil, dossier.Contacts),
		proposed("help-letter", One, nil, dossier.Opinions),
		proposed("answer-letter", One, nil, dossier.Answers),
		proposed("opinion-form", One, nil, dossier.OpinionForms),
		proposed("urge-suggestion", One, nil, dossier.Urgings),
		proposed("supervise-suggestion", One, nil, dossier.Supervisions),
		proposed("suggestion-table", Many, span, dossier.Table),
		proposed("promise-list", Many, span, dossier.Promises),
		proposed("suggestion-volume", Many, span, dossier.Volume),
	}
}
