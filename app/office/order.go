package office

import (
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
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

// Class is a class of results, as an order says it.
type Class = profile.Class

// Parse reads one order. Unknown keys, values of another kind and broken text are Problems.
func Parse(b []byte) (o Order, err error) {
	err = problem.Decode(b, &o)
	return o, err
}
