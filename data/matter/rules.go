package matter

import (
	"encoding/json"
	"slices"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// who says which unit may do an act, by where it stands to the matter.
type who string

const (
	own    who = "the table where the citizen sat"
	nearby who = "the township station that this table reports to, as long as nobody else has it"
	holder who = "the unit that has it to handle: point, station, county or city"
	above  who = "an office above that one"
	joint  who = "the unit that handles the matter into which this one was merged: the holder, or an office above it"
	office who = "the county or city that has it to handle or sits above"
	path   who = "every unit that the matter concerns"
)

// Is says whether the author of an entry is one of them.
func (w who) Is(m *Matter, r journal.Record) bool {
	return (w != own || r.Level == journal.Station) && (r.Do == "receive" || r.Level == unit.LevelOf(r.Unit)) && w.is(m,
		r.Unit)
}

func (w who) is(m *Matter, code string) bool {
	switch w {
	case own:
		return m.State == None || code == m.Unit
	case nearby:
		return m.Holder == m.Unit && code == m.Via && unit.LevelOf(code) == journal.Station
	case holder:
		return code == m.Holder
	case above:
		return m.higher(code, m.Holder)
	case joint:
		return m.Into != "" && (code == m.Holder || m.higher(code, m.Holder))
	case office:
		return unit.LevelOf(code) != journal.Station && (code == m.Holder || m.higher(code, m.Holder))
	}
	return slices.Contains(m.Path(), code)
}

const same State = -1 // the state stays

// Groups of states, so that the table can be read.
var (
	standing = Choose(func(s State) bool { return s != Void })
	ongoing  = OpenStates()
	sorting  = []State{Registered, Collated, Escalated, Returned}
	deputies = []State{Guiding, Consulting}
	assigned = []State{Assigned, InHand}
	owing    = Choose(State.Owing)
	chased   = Choose(func(s State) bool { return s.Open() && s != Told && s != Merged })
)

func either(lists ...[]State) []State { return slices.Concat(lists...) }

func just(s ...State) []State { return s }

// paragraphs are the members of bodies and private parts that may have several lines.
func paragraphs() []string {
	names := []string{"note", "answer", "minutes", "promise", "reason"}
	for _, f := range Fields {
		if f.Input == field.Area {
			names = append(names, f.Code)
		}
	}
	return names
}

type rule = thing.Rule[Matter, State]

// table is all that may happen to a matter: act, by whom, from which states, to which.
var table = thing.Table[Matter, State]{Kind: Name, Schema: Booked, Same: same, Rules: rules,
	Paragraphs: paragraphs(),
	Of:         func(m *Matter) (*thing.Base, *State) { return &m.Base, &m.State },
	Enters: func(m *Matter, from State) {
		if m.State == Void {
			m.Was = from
		}
	},
	Told: func(r journal.Record) string {
		var said Move
		_ = json.Unmarshal(r.Body, &said) // of a newer program: then nothing is told of it
		return thing.Join(said.Answer, said.Note)
	},
}

func row(do string, by who, from, to []State, write func(*Matter, journal.Record) ([]string, string, error)) rule {
	return rule{Do: do, By: by, From: from, To: to, Write: write}
}

// rules are its rows.
var rules = []rule{
	row("receive", own, just(None), either(just(Registered, Answered, Guided), carriable), receive),
	row("correct", own, standing, just(same), correct),
	row("void", own, standing, just(Void), void),
	row("reckon", own, standing, just(same), reckon),
	row("reckon", holder, ongoing, just(same), reckon),
	row("reopen", own, just(Guided, Withdrawn, Void), just(Registered, Answered, Closed, Promised, Unrated, Lost),
		reopen),
	row("redact", own, Choose(func(State) bool { return true }), just(same), redact), // whatever others did meanwhile
	row("disclose", own, standing, just(same), disclose),
	row("carry", own, standing, either(just(same), carriable), carry),

	row("collate", holder, sorting, just(Collated, Guided), collate),
	row("collate", nearby, just(Registered, Collated), just(Collated, Guided), collate),
	row("merge", holder, either(sorting, just(Merged)), just(Merged, Collated), merge),
	row("merge", nearby, just(Registered, Collated, Merged), just(Merged, Collated), merge),

	row("assign", holder, either(just(Collated, Escalated, Returned, Redoing), deputies, assigned),
		just(Assigned, Guiding, Consulting), assign),
	row("assign", above, just(Collated), just(Assigned, Guiding, Consulting), assign),
	row("sign", holder, just(Assigned), just(InHand), sign),
	row("return", holder, assigned, just(Returned), giveBack),
	row("return", holder, just(Escalated, Collated), just(Collated), sendDown),
	row("extend", holder, either(deputies, assigned, just(Suggested)), just(same), extend),
	row("answer", holder, either(just(Collated, Merged, Escalated, Suggested, Replied, ToldDeputy, Redoing, Promised),
		deputies, assigned), just(Replied), answer),
	row("answer", joint, just(Merged, Replied, ToldDeputy), just(Replied), answer),
	row("escalate", holder, just(Registered), just(Escalated), escalateAtOnce),
	row("escalate", holder, either(just(Collated, Escalated, Returned, Redoing), deputies), just(Escalated), escalate),
	row("suggest", holder, either(just(Collated, Escalated, Returned, Redoing), deputies, assigned),
		just(Suggested), suggest),
	row("suggest", above, just(Collated), just(Suggested), suggest),

	row("urge", holder, chased, just(same), urge),
	row("urge", above, chased, just(same), urge),
	row("supervise", office, chased, just(same), supervise),
	row("lead", path, ongoing, just(same), lead),
	row("decline", path, either(sorting, deputies, just(Suggested, Redoing)), just(same), decline),
	row("offer", path, either(sorting, deputies, just(Suggested, Redoing)), just(same), offer),
	row("accept", path, ongoing, just(same), accept),
	row("pass", path, ongoing, just(same), pass),
	row("session", own, standing, just(same), reseat),
	row("know", path, standing, just(same), know),

	row("inform-deputy", own, just(Replied), just(ToldDeputy), tellDeputy),
	row("inform-deputy", own, just(Told, Unreached), just(same), tellDeputy),
	row("inform", own, just(Replied, ToldDeputy, Unreached), just(Told, Unreached), tell),
	row("inform-term", own, owing, just(same), tellTerm),
	row("rate", own, just(Answered, Told), just(Closed, Unrated, Promised, Redoing, Escalated), rate),
	row("rate", own, just(Unrated), just(Closed, Promised, Redoing, Escalated), rateLate),
	row("rate", own, just(Promised), just(Promised, Redoing, Escalated), rateLate),
	row("rate", own, just(Unreached), just(Lost, Promised), lose),
	row("redo", own, just(Answered, Closed, Promised, Unrated, Lost), just(Redoing, Escalated), again),
	row("redo", holder, just(Redoing), just(Assigned, Guiding, Consulting), redo),
	row("withdraw", own, ongoing, just(Withdrawn), withdraw),
}

// Acts are the acts by their words, in the order of a matter's life.
var Acts = words.Of(
	"receive", "登记", "correct", "更正", "void", "作废", "reckon", "期限重算", "reopen", "重新受理", "disclose", "解除保密", "redact", "隐去", "carry",
	"补录", "collate",
	"梳理", "merge", "并案", "assign", "交办",
	"sign", "签收", "return", "退回", "extend", "延期", "answer", "答复", "escalate", "上报", "suggest", "转代表建议",
	"urge", "催办", "supervise", "督办", "lead", "领办", "decline", "代表推辞", "offer", "请代表接单", "accept", "代表接单", "pass", "代表转荐", "session", "改场次", "know", "对应名册", "inform-deputy", "反馈代表", "inform", "反馈群众",
	"inform-term", "告知改期", "rate", "评议", "redo", "重办", "withdraw", "撤回",
)

// ActName is the Chinese word of an act, "" for one this program does not know.
func ActName(do string) string {
	if _, known := Acts.Parse(do); !known {
		return ""
	}
	return Acts.Name(do)
}

// May says whether a unit may do an act now, as far as the table tells; an act's own words may still be wanting.
func (m Matter) May(do, code string) bool {
	return table.May(m, journal.Record{Entry: journal.Entry{Do: do, Unit: code, Level: unit.LevelOf(code)}})
}
