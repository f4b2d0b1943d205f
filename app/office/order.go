package office

import (
	"encoding/json"
	"unicode"

	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Order is one act as somebody asks for it, on a page or in a file: {"do":"assign","to":["区住建局"],"due":"2026-12-04"}.
// Closed lists take a code or its Chinese word, dates whatever day.Read takes; what is left out follows from the
// county's profile.
type Order struct {
	Do         string   `json:"do"`
	Note       string   `json:"note"`
	Due        string   `json:"due"`        // the day by which it is to be done; "" for the usual term
	Hard       bool     `json:"hard"`       // a difficult matter: the longer usual term
	To         []string `json:"to"`         // assign: departments, the main one first
	Deputies   []string `json:"deputies"`   // assign: who guides or consults; suggest: who proposes; pass: who is recommended
	Persons    Persons  `json:"persons"`    // assign, suggest, decline, offer, pass, know: who on the roster those named are
	Who        string   `json:"who"`        // decline, offer, accept, pass: the deputy
	Session    string   `json:"session"`    // session: its ID, "" for none
	Mode       string   `json:"mode"`       // collate, assign
	Category   string   `json:"category"`   // collate
	Proposal   string   `json:"proposal"`   // collate
	Reason     string   `json:"reason"`     // collate: out of scope after all; rate: why not satisfied; decline: why
	Door       string   `json:"door"`       // collate: the right door
	Into       string   `json:"into"`       // merge: a number; "" parts what was merged
	Unit       string   `json:"unit"`       // escalate: an office further up, for what is urgent
	Class      Class    `json:"class"`      // answer
	Answer     string   `json:"answer"`     // answer
	AnsweredBy string   `json:"answeredBy"` // answer: "" for the main department
	Minutes    string   `json:"minutes"`    // answer: what the deputies agreed on
	Promise    string   `json:"promise"`    // answer: what is still to come
	PromiseBy  string   `json:"promiseBy"`  // and until when
	Leader     string   `json:"leader"`     // lead
	Way        string   `json:"way"`        // inform, inform-deputy
	Date       string   `json:"date"`       // the day it truly happened; "" for today
	Attitude   string   `json:"attitude"`   // rate
	Result     string   `json:"result"`     // rate
	Score      int      `json:"score"`      // rate: 1–5
	Title      string   `json:"title"`      // suggest
	Congress   string   `json:"congress"`   // suggest
	With       []string `json:"with"`       // suggest: numbers of more matters that it gathers
}

// Persons are IDs of people by their names as written.
type Persons = matter.Persons

// Class is a class of results, 1–8: in files a number, its Chinese words, or a letter as the county prints it.
type Class int

// letter is where classes stand that were written as letters until the county's profile tells which they are.
const letter = 1000

// UnmarshalJSON reads any of the three.
func (c *Class) UnmarshalJSON(b []byte) error {
	var n int
	if json.Unmarshal(b, &n) == nil {
		*c = Class(n)
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s = spelling.Letters(s); s == "" {
		return nil
	}
	if rs := []rune(s); len(rs) == 1 && (rs[0] < '0' || rs[0] > '9') {
		*c = Class(letter + unicode.ToUpper(rs[0]))
	}
	for i, name := range words.Classes {
		if s == spelling.Letters(name) || s == string(rune('1'+i)) {
			*c = Class(i + 1)
		}
	}
	if *c == 0 {
		*c = -1 // refused with the field's name
	}
	return nil
}

// Parse reads one order. Unknown keys, values of another kind and broken text are Problems.
func Parse(b []byte) (o Order, err error) {
	err = problem.Decode(b, &o)
	return o, err
}
