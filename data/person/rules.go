package person

import (
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// The acts, as entries say them.
const (
	Add     = "add"
	Correct = "correct"
	Named   = "mandate"
	Suspend = "suspend"
	Resume  = "resume"
	End     = "end"
	Away    = "leave"
	Group   = "group"
	Ungroup = "ungroup"
	Picture = "photo"
	Join    = "same"
	Cancel  = "void"
)

// Acts are the acts by their words.
var Acts = words.Of(Add, "登记", Correct, "更正", Named, "登记代表职务", Suspend, "暂停执行代表职务", Resume, "恢复执行代表职务",
	End, "代表职务终止", Away, "请假", Group, "编入站点", Ungroup, "调出站点", Picture, "换照片", Join, "并为一人", Cancel, "作废")

// Mistaken is the standing of a mandate that he never had: an entry that says it takes the mandate away.
const Mistaken = "void"

// Opening is the body of a person's first entry.
type Opening struct {
	Facts
	Mandates []Mandate `json:"mandates,omitempty"`
	Seats    []Seat    `json:"seats,omitempty"`
	Via      string    `json:"via,omitempty"`
	Batch    string    `json:"batch,omitempty"`
}

// Move is the body of any other act: each takes the members that it needs.
type Move struct {
	Mandate *Mandate `json:"mandate,omitempty"` // mandate: whole; suspend, resume, end: level and congress
	Seats   []Seat   `json:"seats,omitempty"`   // group
	Shows   bool     `json:"shows,omitempty"`   // group, correct: its private part brings the photo once more
	Station string   `json:"station,omitempty"` // ungroup
	Leave   *Leave   `json:"leave,omitempty"`   // leave; one that begins on the same day takes the place of the one before
	Day     string   `json:"day,omitempty"`     // suspend, resume, end
	Reason  string   `json:"reason,omitempty"`
	Notice  string   `json:"notice,omitempty"`
	With    string   `json:"with,omitempty"` // same
	Note    string   `json:"note,omitempty"`
	Hides   []string `json:"hides,omitempty"` // correct: the fields of its private part, for those who do not have that
	Tells   bool     `json:"tells,omitempty"` // correct: its private part is all that its unit knows, said again
	Again   bool     `json:"again,omitempty"` // correct: he was not entered by mistake after all
	Batch   string   `json:"batch,omitempty"` // the sheet that said it
}

// who says which unit may do an act.
type who string

const (
	anyone who = "every unit that he concerns"
	office who = "an office that he concerns"
	namer  who = "the station that named him, until an office says something of him"
	above  who = "the office that named him, or one above who did"
	seated who = "a station where he is grouped"
)

// Is says whether the author of an entry is one of them.
func (w who) Is(p *Person, r journal.Record) bool {
	if r.Level != unit.LevelOf(r.Unit) {
		return false
	}
	switch w {
	case office:
		return r.Level != journal.Station
	case namer:
		return r.Unit == p.Unit && !p.Confirmed
	case above:
		return r.Level != journal.Station && (r.Unit == p.Unit || unit.Above(r.Unit, p.Unit))
	case seated:
		return p.Seated(r.Unit)
	}
	return true
}

const same State = -1

var (
	none = []State{None}
	here = []State{Here}
	stay = []State{same}
)

type rule = thing.Rule[Person, State]

// table is all that may happen to a person.
var table = thing.Table[Person, State]{Kind: Name, Schema: Schema, Same: same, Rules: []rule{
	{Do: Add, By: anyone, From: none, To: here, Write: add},
	{Do: Correct, By: office, From: here, To: stay, Write: correct},
	{Do: Correct, By: namer, From: here, To: stay, Write: correct},
	{Do: Named, By: office, From: here, To: stay, Write: named},
	{Do: Named, By: namer, From: here, To: stay, Write: named},
	{Do: Suspend, By: office, From: here, To: stay, Write: standing("suspended")},
	{Do: Resume, By: office, From: here, To: stay, Write: standing("office")},
	{Do: End, By: office, From: here, To: stay, Write: standing("ended")},
	{Do: Away, By: office, From: here, To: stay, Write: away},
	{Do: Away, By: seated, From: here, To: stay, Write: away},
	{Do: Group, By: office, From: here, To: stay, Write: group},
	{Do: Ungroup, By: office, From: here, To: stay, Write: ungroup},
	{Do: Picture, By: office, From: here, To: stay, Write: picture},
	{Do: Picture, By: seated, From: here, To: stay, Write: picture},
	{Do: Picture, By: namer, From: here, To: stay, Write: picture},
	{Do: Join, By: office, From: here, To: stay, Write: join},
	{Do: Cancel, By: above, From: here, To: []State{Void}, Write: cancel},
	{Do: Cancel, By: namer, From: here, To: []State{Void}, Write: cancel},
	{Do: Correct, By: above, From: []State{Void}, To: here, Write: again},
},
	Paragraphs: []string{"note", "remark"},
	Of:         func(p *Person) (*thing.Base, *State) { return &p.Base, &p.State },
}

// Apply gives the person after one more entry, or says why the entry cannot follow.
func (p Person) Apply(r journal.Record) (Person, error) { return table.Apply(p, r) }

// May says whether a unit may do an act now, as far as the table tells.
func (p Person) May(do, code string) bool {
	return table.May(p, journal.Record{Entry: journal.Entry{Do: do, Unit: code, Level: unit.LevelOf(code)}})
}

// said notes that an office spoke, and the sheet by which; what a sheet said and was taken back has a hyphen before it.
func (p *Person) said(r journal.Record, batch string) {
	p.Confirmed = p.Confirmed || r.Level != journal.Station
	p.Batches = thing.Batches(p.Batches, batch)
}
