package agenda

import (
	"encoding/json"

	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
)

// Order is one act on a session as somebody asks for it, on a page or in a file: {"do":"close","present":["王明"],"citizens":3}.
// Closed lists take a code or its Chinese word, days and hours whatever package day reads, people an ID or a name that one
// person bears.
type Order struct {
	Do string `json:"do"` // a code of session.Acts

	// Set is what is said of session.Fields by their codes, for plan, change, move and close; what is not in it stays. In a
	// file its members stand beside do, or in set.
	Set field.Values `json:"-"`

	Station string   `json:"station"` // plan: whose it is, "" for ours
	Becomes string   `json:"becomes"` // plan: open, where it is held without a plan; told, where a deputy did it elsewhere
	Rule    string   `json:"-"`       // plan: the ID of the rule that it follows
	Planned []Person `json:"planned"` // plan: who is called; call: who is called as well
	Guests  []string `json:"guests"`  // plan, call: the stations whose deputies an office calls besides
	Anyway  bool     `json:"anyway"`  // plan, call, swap, move, change: also where somebody is to be at two places at one hour
	Off     []string `json:"off"`     // call: who is not called any more; attend: who was ticked by mistake

	Who    string `json:"who"`  // swap: who does not come; reply, object: who says it
	With   string `json:"with"` // swap: who stands in
	Reply  string `json:"reply"`
	Reason string `json:"reason"` // move, cancel, notice, swap, reply, void

	Date   string   `json:"date"` // notice: when it was put up, "" for today
	Places []string `json:"places"`

	Present []Person  `json:"present"` // attend, close
	Absent  []Absence `json:"absent"`
	At      string    `json:"at"` // hold, attend, close: 19:32, "" for now

	Stop    string `json:"stop"` // visit: its key, "" for another household
	Name    string `json:"name"` // visit: of the household
	Phone   string `json:"phone"`
	Address string `json:"address"`
	Words   string `json:"words"`
	Said    string `json:"said"`
	Again   string `json:"again"`  // visit: the day of the return visit
	Gone    bool   `json:"gone"`   // visit: it was none
	Matter  string `json:"matter"` // visit: that which it became; plan: that to which a visit goes back; by ID or number
	Stops   []Home `json:"stops"`  // plan: the households to be visited

	What   string `json:"what"` // check: the line; result: what was found
	Done   *bool  `json:"done"` // check
	Unit   string `json:"unit"` // result: to whom it was handed
	Result string `json:"result"`
	Answer string `json:"answer"` // result: what that unit replied; object: what is answered
	Object string `json:"object"`

	Note string `json:"note"`
}

// Person is somebody who is called or came: in a file his ID or name, or {"who":"…","part":"特邀","unit":"…"}.
type Person struct {
	Who     string `json:"who"`
	Part    string `json:"part"`
	Unit    string `json:"unit"`
	Arrived string `json:"arrived"`
	Left    string `json:"left"`
	Why     string `json:"-"` // why he was chosen
}

// UnmarshalJSON reads either.
func (p *Person) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &p.Who) == nil {
		return nil
	}
	type plain Person
	return problem.Decode(b, (*plain)(p))
}

// Absence is somebody who did not come, and why.
type Absence struct {
	Who string `json:"who"`
	Why string `json:"why"`
}

// UnmarshalJSON reads a name alone, too.
func (a *Absence) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &a.Who) == nil {
		return nil
	}
	type plain Absence
	return problem.Decode(b, (*plain)(a))
}

// Home is a household that is to be visited.
type Home struct {
	Name    string `json:"name"`
	Phone   string `json:"phone"`
	Address string `json:"address"`
}

// Parse reads one order. Unknown keys, values of another kind and broken text are problem.Problems.
func Parse(b []byte) (o Order, err error) {
	o.Set, err = field.Parse(b, &o, session.Fields)
	return o, err
}
