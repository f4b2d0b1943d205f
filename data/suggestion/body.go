package suggestion

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// most is how many signers, matters, units or acts of one sort one suggestion may have: more than any congress has
// deputies.
const most = 3000

// Opening is the body of a suggestion's first entry.
type Opening struct {
	Facts
	Told
	Via     string   `json:"via,omitempty"`
	Office  string   `json:"office"`
	Matters []Link   `json:"matters,omitempty"`
	Signers []Signer `json:"signers,omitempty"`
	Before  string   `json:"before,omitempty"`  // what matters call it that were suggested before there were any
	Becomes State    `json:"becomes,omitempty"` // then: Submitted, Assigned, Answered
	On      string   `json:"on,omitempty"`      // then since when
	Units   []Unit   `json:"units,omitempty"`
	Due     string   `json:"due,omitempty"`
	Answer  *Answer  `json:"reply,omitempty"`
}

// Told is what an entry says in words: in its body, or apart where the suggestion is confidential or has not left its table. Change has the fields
// of Wording that it changes beside it, by their codes.
type Told struct {
	*Wording  `json:",omitempty"`
	Salt      string         `json:"salt,omitempty"` // draft, and where a draft is said again
	Untouched bool           `json:"untouched,omitempty"`
	Names     map[string]Who `json:"names,omitempty"` // of signers and units, by their keys
	Text      string         `json:"text,omitempty"`
	Letter    string         `json:"letter,omitempty"`   // the number of a letter, where it names who wrote it
	Promised  []string       `json:"promised,omitempty"` // what is promised, in the order of Said.Promises
}

// Said is the body of any other act: each takes the members that it needs.
type Said struct {
	Fields   []string  `json:"fields,omitempty"`  // change: the codes of what is changed
	Signers  []Signer  `json:"signers,omitempty"` // change: all of them; invite: who is asked besides
	Matters  []Link    `json:"matters,omitempty"` // change: all of them, where Fields has "matters"
	Guests   []Guest   `json:"guests,omitempty"`  // share, assign
	Signer   string    `json:"signer,omitempty"`  // cosign, decline: whose; rate: "" for all
	Signs    []string  `json:"signs,omitempty"`   // cosign, deliver, withdraw: the keys of several
	Date     string    `json:"date,omitempty"`    // when it truly happened; "" for the entry's day
	Until    string    `json:"until,omitempty"`   // invite
	Out      bool      `json:"out,omitempty"`     // invite: others than the table's own are asked, so that it leaves the table
	Paper    string    `json:"paper,omitempty"`   // cosign, rate: from what it was keyed in
	Number   string    `json:"number,omitempty"`  // register; help, answer: of the letter
	Into     string    `json:"into,omitempty"`
	IntoNum  string    `json:"intoNumber,omitempty"`
	Unit     string    `json:"unit,omitempty"` // the key of which it is about
	Units    []Unit    `json:"units,omitempty"`
	Hard     bool      `json:"hard,omitempty"`
	Due      string    `json:"due,omitempty"`  // of the answer
	Term     string    `json:"term,omitempty"` // of the next step
	More     bool      `json:"more,omitempty"` // ask: besides, not instead
	Way      string    `json:"way,omitempty"`
	To       string    `json:"to,omitempty"` // extend: by which day, grant: by which day after all
	No       bool      `json:"no,omitempty"` // grant: it is refused; review: the answer is sent back
	Class    int       `json:"class,omitempty"`
	Promises []Promise `json:"promises,omitempty"`
	Work     string    `json:"work,omitempty"`
	Result   string    `json:"result,omitempty"`
	Taken    string    `json:"taken,omitempty"`
	Why      string    `json:"why,omitempty"`    // pause: words.Pauses
	Kept     []string  `json:"kept,omitempty"`   // keep: the marks of promises
	Leader   string    `json:"leader,omitempty"` // supervise
	Public   string    `json:"public,omitempty"` // publish
	Told
}

var beijing = time.FixedZone("CST", 8*60*60)

func day(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }

// on gives when an act truly happened.
func (b Said) on(r journal.Record) string {
	return cmp.Or(b.Date, day(r.At))
}

func has(list words.List, code string) bool {
	return slices.ContainsFunc(list, func(w words.Word) bool { return w.Code == code })
}

// read gives what an act says, whichever part it stands in.
func read(r journal.Record) (b Said, err error) {
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return b, err
	}
	for _, n := range []int{len(b.Signers), len(b.Matters), len(b.Guests), len(b.Signs), len(b.Units), len(b.Promises)} {
		if n > most {
			return b, errors.New("too many at once")
		}
	}
	for _, day := range append([]string{b.Date, b.Until, b.Due, b.Term, b.To}, b.ends()...) {
		if day != "" && date(day).IsZero() {
			return b, fmt.Errorf("a day %q", day)
		}
	}
	thing.Hear(r, &b.Told)
	return b, nil
}

// ends are the days by which something is promised.
func (b Said) ends() (days []string) {
	for _, p := range b.Promises {
		days = append(days, p.By)
	}
	return days
}

// proposers are those whom it names; of what they did by then it tells who signed one of before.
func (o Opening) proposers() (list []Signer) {
	for _, g := range o.Signers {
		if list = append(list, Signer{Key: g.Key, Lead: g.Lead}); o.Becomes != None {
			list[len(list)-1].Signed = g.Signed
		}
	}
	return list
}

// days fails where a day is none.
func (o Opening) days() error {
	days := []string{o.On, o.Due}
	if o.Answer != nil {
		days = append(days, o.Answer.On)
	}
	for _, g := range o.Signers {
		days = append(days, g.Signed)
	}
	for _, u := range o.Units {
		days = append(days, u.Due)
	}
	for _, day := range days {
		if day != "" && date(day).IsZero() {
			return fmt.Errorf("a day %q", day)
		}
	}
	return nil
}

func (t Told) title() string {
	if t.Wording == nil || t.Title == "" {
		return ""
	}
	return "“" + t.Title + "”"
}

func until(date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		return "限" + t.Format("2006年1月2日") + "前"
	}
	return ""
}

func date(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}
