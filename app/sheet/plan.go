package sheet

import (
	"encoding/json"
)

// Plan is what a sheet would change, before anything is written: the dry run.
type Plan struct {
	Batch    string // the name under which it is undone, "" before it is done
	Sum      string // SM3 of the file
	New      []Item
	Changed  []Item
	Same     []Item
	Doubtful []Finding // to be asked; nothing is written while there are any
	Errors   []Finding // not to be taken; nothing is written while there are any
	Missing  []Item    // what is known here and not in the sheet: asked about, never deleted
	Notes    []Finding // to be known
}

// Item is a row of the sheet, or what is missing in it.
type Item struct {
	Cell    string // where its row begins, "" of what is missing
	Row     int
	ID      string // of the thing, "" of a new one
	Name    string
	Changes []Change
}

// Change is what one field was and is to be.
type Change struct {
	Code, Name string
	Was, Is    string
}

// Clear says whether nothing is left to ask or to put right.
func (p Plan) Clear() bool { return len(p.Doubtful) == 0 && len(p.Errors) == 0 }

// MarshalJSON gives the plan as commands tell it.
func (p Plan) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Batch    string    `json:"batch"`
		New      int       `json:"new"`
		Changed  int       `json:"changed"`
		Same     int       `json:"same"`
		Doubtful []Finding `json:"doubtful"`
		Errors   []Finding `json:"errors"`
		Missing  int       `json:"missing"`
	}{p.Batch, len(p.New), len(p.Changed), len(p.Same), append([]Finding{}, p.Doubtful...),
		append([]Finding{}, p.Errors...), len(p.Missing)})
}
