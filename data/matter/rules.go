package matter

import (
	"errors"
	"slices"

	"lianluo.local/data/journal"
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

// is says whether a unit is one of them.
func (w who) is(m Matter, code string) bool {
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

// rule is one row of the table: an act, who may do it, after what, what may then hold (the first is the usual), and how
// the fields change.
type rule struct {
	do    string
	by    who
	from  []State
	to    []State
	write func(*Matter, journal.Record) (fields []string, note string, err error)
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

// rules is all that may happen to a matter: act, by whom, from which states, to which. An act that stands in two rows may
// be done by two kinds of units.
var rules = []rule{
	{"receive", own, just(None), just(Registered, Answered, Guided), receive},
	{"correct", own, standing, just(same), correct},
	{"void", own, standing, just(Void), void},
	{"reckon", own, standing, just(same), reckon},
	{"reckon", holder, ongoing, just(same), reckon},
	{"reopen", own, just(Guided, Withdrawn, Void), just(Registered, Answered, Closed, Promised, Unrated, Lost), reopen},
	{"disclose", own, standing, just(same), disclose},

	{"collate", holder, sorting, just(Collated, Guided), collate},
	{"collate", nearby, just(Registered, Collated), just(Collated, Guided), collate},
	{"merge", holder, either(sorting, just(Merged)), just(Merged, Collated), merge},
	{"merge", nearby, just(Registered, Collated, Merged), just(Merged, Collated), merge},

	{"assign", holder, either(just(Collated, Escalated, Returned, Redoing), deputies, assigned), just(Assigned, Guiding, Consulting), assign},
	{"assign", above, just(Collated), just(Assigned, Guiding, Consulting), assign},
	{"sign", holder, just(Assigned), just(InHand), sign},
	{"return", holder, assigned, just(Returned), giveBack},
	{"return", holder, just(Escalated, Collated), just(Collated), sendDown},
	{"extend", holder, either(deputies, assigned, just(Suggested)), just(same), extend},
	{"answer", holder, either(just(Collated, Merged, Escalated, Suggested, Replied, ToldDeputy, Redoing, Promised), deputies, assigned), just(Replied), answer},
	{"answer", joint, just(Merged, Replied, ToldDeputy), just(Replied), answer},
	{"escalate", holder, just(Registered), just(Escalated), escalateAtOnce},
	{"escalate", holder, either(just(Collated, Escalated, Returned, Redoing), deputies), just(Escalated), escalate},
	{"suggest", holder, either(just(Collated, Escalated, Returned, Redoing), deputies, assigned), just(Suggested), suggest},
	{"suggest", above, just(Collated), just(Suggested), suggest},

	{"urge", holder, chased, just(same), urge},
	{"urge", above, chased, just(same), urge},
	{"supervise", office, chased, just(same), supervise},
	{"lead", path, ongoing, just(same), lead},

	{"inform-deputy", own, just(Replied), just(ToldDeputy), tellDeputy},
	{"inform-deputy", own, just(Told, Unreached), just(same), tellDeputy},
	{"inform", own, just(Replied, ToldDeputy, Unreached), just(Told, Unreached), tell},
	{"inform-term", own, owing, just(same), tellTerm},
	{"rate", own, just(Answered, Told), just(Closed, Unrated, Promised, Redoing, Escalated), rate},
	{"rate", own, just(Unrated), just(Closed, Promised, Redoing, Escalated), rateLate},
	{"rate", own, just(Promised), just(Promised, Redoing, Escalated), rateLate},
	{"rate", own, just(Unreached), just(Lost, Promised), lose},
	{"redo", own, just(Answered, Closed, Promised, Unrated, Lost), just(Redoing, Escalated), again},
	{"redo", holder, just(Redoing), just(Assigned, Guiding, Consulting), redo},
	{"withdraw", own, ongoing, just(Withdrawn), withdraw},
}

// Acts are the acts by their words, in the order of a matter's life.
var Acts = words.Of(
	"receive", "登记", "correct", "更正", "void", "作废", "reckon", "期限重算", "reopen", "重新受理", "disclose", "解除保密", "collate", "梳理", "merge", "并案", "assign", "交办",
	"sign", "签收", "return", "退回", "extend", "延期", "answer", "答复", "escalate", "上报", "suggest", "转代表建议",
	"urge", "催办", "supervise", "督办", "lead", "领办", "inform-deputy", "反馈代表", "inform", "反馈群众",
	"inform-term", "告知改期", "rate", "评议", "redo", "重办", "withdraw", "撤回",
)

// ActName is the Chinese word of an act, "" for one this program does not know.
func ActName(do string) string {
	if _, known := Acts.Parse(do); !known {
		return ""
	}
	return Acts.Name(do)
}

// rule finds the row of the table that an entry follows, or says why there is none.
func (m Matter) rule(r journal.Record) (rule, error) {
	err := ErrUnknown
	if r.Kind != Kind || r.Schema > Schema {
		return rule{}, err
	}
	for _, row := range rules {
		if row.do != r.Do {
			continue
		}
		if row.by == own && r.Level != journal.Station || row.do != "receive" && r.Level != unit.LevelOf(r.Unit) || !row.by.is(m, r.Unit) {
			if !errors.Is(err, ErrNotNow) {
				err = ErrNotYours
			}
			continue
		}
		if slices.Contains(row.from, m.State) {
			return row, nil
		}
		err = ErrNotNow
	}
	return rule{}, err
}

// May says whether a unit may do an act now, as far as the table tells; an act's own words may still be wanting.
func (m Matter) May(do, code string) bool {
	_, err := m.rule(journal.Record{Entry: journal.Entry{Kind: Kind, Schema: Schema, Do: do, Unit: code, Level: unit.LevelOf(code)}})
	return err == nil
}
