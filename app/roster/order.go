package roster

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"

	"lianluo.local/app/roster/photo"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
)

// Order is one act on a person as somebody asks for it, on a page or in a file: {"do":"group","stations":["…"]}. Closed
// lists take a code or its Chinese word, days whatever package day reads, stations a code or a name.
type Order struct {
	Do string `json:"do"` // a code of person.Acts, or one of field, post, contact: which put right what is named so

	// Set is what is said of person.Fields by their codes, for add, correct, field, post and contact; what is not in it
	// stays. In a file its members stand beside do, or in set.
	Set field.Values `json:"-"`

	person.Mandate                  // mandate: one; suspend, resume, end: by level and congress, with Reason and Notice
	Mandates       []person.Mandate `json:"mandates"` // add, mandate

	Station  string   `json:"station"`  // add, group, ungroup: one
	Stations []string `json:"stations"` // or several
	Part     string   `json:"part"`     // group: words.Parts

	Day  string `json:"day"`  // suspend, resume, end; "" for today
	From string `json:"from"` // leave
	To   string `json:"to"`
	With string `json:"with"` // same: the ID or name of who he is, too; "" parts them

	Photo []byte `json:"photo"` // photo: a JPEG or PNG
	File  string `json:"file"`  // photo: or the file that holds it
	Note  string `json:"note"`
	Batch string `json:"batch"` // the sheet that says it
}

// SiteOrder is one act on a unit as somebody asks for it: {"do":"merge","successor":"…","day":"2026-12-01"}.
type SiteOrder struct {
	Do string `json:"do"` // a code of site.Acts, or rename

	// Set is what is said of site.Fields by their codes, for open, change and rename; what is not in it stays. In a file
	// its members stand beside do.
	Set field.Values `json:"-"`

	Kind      string  `json:"kind"`      // open: words.Sites; "" by the code
	Place     string  `json:"place"`     // open without a code: 12 digits of a place, or its name
	Parent    *string `json:"parent"`    // open, change: what a station reports through; "" for its county
	Opened    string  `json:"opened"`    // open, change
	Day       string  `json:"day"`       // merge, close; "" for today
	Successor string  `json:"successor"` // merge, close: who goes on with its work
	Photo     []byte  `json:"photo"`     // photo: a JPEG or PNG
	File      string  `json:"file"`      // photo: or the file that holds it
	Note      string  `json:"note"`
	Batch     string  `json:"batch"`
}

// Parse reads one order about a person. Unknown keys, values of another kind and broken text are Problems.
func Parse(b []byte) (o Order, err error) {
	o.Set, err = parse(b, &o, person.Fields)
	if err == nil && o.Mandates != nil {
		var list struct{ Mandates []json.RawMessage }
		_ = json.Unmarshal(b, &list) // it was read just now
		for i, raw := range list.Mandates {
			o.Mandates[i] = person.Mandate{}
			if err := problem.Decode(raw, &o.Mandates[i]); err != nil {
				return o, within("mandates", err)
			}
		}
	}
	return o, err
}

// ParseSite reads one order about a unit, as Parse does.
func ParseSite(b []byte) (o SiteOrder, err error) {
	o.Set, err = parse(b, &o, site.Fields)
	return o, err
}

// within tells what is wrong inside a member.
func within(member string, err error) error {
	wrong, ok := err.(problem.Problems)
	if !ok {
		return err
	}
	code := slices.Sorted(maps.Keys(wrong))[0]
	said := wrong[code]
	if code != "" {
		said = problem.Field(code) + "：" + said
	}
	return problem.Problems{member: said}
}

// parse reads what is said of a kind's fields into Values, and everything else into an order.
func parse(b []byte, order any, fields field.List) (said field.Values, err error) {
	var all map[string]json.RawMessage
	if json.Unmarshal(b, &all) != nil {
		return nil, problem.Decode(b, order)
	}
	problems := problem.Problems{}
	torn := problem.Torn(b)
	var set map[string]json.RawMessage // as a correction of a matter is written
	if json.Unmarshal(all["set"], &set) == nil {
		delete(all, "set")
		maps.Copy(all, set)
	}
	rest := map[string]json.RawMessage{}
	known := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(order).Elem()) {
		known[f.Tag.Get("json")] = true
	}
	for key, raw := range all {
		f, is := fields.Field(key)
		switch {
		case known[key] || !is:
			rest[key] = raw
		case slices.Contains(torn, key):
			problems[key] = problem.Half
		default:
			if said == nil {
				said = field.Values{}
			}
			said[key] = read(f, raw, problems)
		}
	}
	whole, err := json.Marshal(rest)
	if err != nil {
		return nil, problem.Decode(b, order)
	}
	if err := problem.Decode(whole, order); err != nil {
		wrong, ok := err.(problem.Problems)
		if !ok {
			return nil, err
		}
		maps.Copy(problems, wrong)
	}
	return said, problems.Or()
}

// read reads what a file says of a field.
func read(f field.Field, raw json.RawMessage, problems problem.Problems) (value any) {
	var text string
	var yes bool
	var list []string
	switch f.Input {
	case field.Tick:
		if json.Unmarshal(raw, &yes) == nil {
			return yes
		}
		problems[f.Code] = "写法不对，请写 true 或 false"
	case field.People:
		if json.Unmarshal(raw, &list) == nil {
			return list
		}
		if json.Unmarshal(raw, &text) == nil {
			return []string{text}
		}
		problems[f.Code] = `写法不对，请写成 ["甲","乙"]`
	default:
		if json.Unmarshal(raw, &text) == nil {
			return text
		}
		problems[f.Code] = "写法不对，请写成带引号的文字"
	}
	return nil
}

// shrunk is a photo as it is kept, or a problem; without one it is read from a file.
func shrunk(taken []byte, file string, problems problem.Problems) []byte {
	take := func() ([]byte, error) { return photo.Shrink(taken) }
	if len(taken) == 0 && file != "" {
		take = func() ([]byte, error) { return photo.Read(file) }
	}
	small, err := take()
	if wrong := (problem.Problems{}); errors.As(err, &wrong) {
		maps.Copy(problems, wrong)
	}
	return small
}
