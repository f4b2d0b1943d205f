// Package session is one date of a station's calendar (场次): an evening at the table (进站接待), a round of visits (走访),
// an activity of deputies (活动). It is planned, announced, held and closed once, and everything that is printed or
// counted of it is a view of it: the notice, the evening's sheet, who was there, a deputy's record of duty.
//
// What citizens raised there are matters of their own, which name the session (matter.Session); what was said at a
// visited household is private, as a matter's words are, and goes to the station and its county.
package session

import (
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Name is the journal's word for entries about sessions, Schema the version of their bodies that this program writes.
const (
	Name   = "session"
	Schema = 1
)

// State is how far a session has come.
type State int

// The states.
const (
	None      State = 0
	Planned   State = 1
	Announced State = 2
	Altered   State = 3 // it was announced, and then moved: citizens have to be told anew
	Open      State = 4 // it is going on
	Held      State = 5
	Cancelled State = 6
	Void      State = 7 // entered by mistake
	Told      State = 8 // a deputy says that he did this elsewhere, and nobody has confirmed it
)

// States are the states as people read them; the codes are those of files.
var States = words.Of("planned", "已安排", "announced", "已公告", "altered", "待更正公告", "open", "进行中", "held", "已举行",
	"cancelled", "已取消", "void", "作废", "told", "待确认")

// Code is the state's word in files.
func (s State) Code() string {
	if s <= None || int(s) > len(States) {
		return ""
	}
	return States[s-1].Code
}

// String is the state as people read it.
func (s State) String() string { return States.Name(s.Code()) }

// Session is the sum of its entries.
type Session struct {
	thing.Base
	Facts
	Private   `json:"-"`
	State     State      `json:"state"`
	Station   string     `json:"station"`          // the code of whose it is: a station, a point, a base, or an office
	Via       string     `json:"via,omitempty"`    // what the station reports through, where it is not its county
	Guests    []Guest    `json:"guests,omitempty"` // the stations whose deputies are called besides
	Rule      string     `json:"rule,omitempty"`   // the ID of the rule that it follows
	Slot      string     `json:"slot,omitempty"`   // the day that the rule names, before a holiday or anybody moved it
	Hand      bool       `json:"hand,omitempty"`   // somebody has changed it since it was planned by rule
	Called    []Called   `json:"called"`
	Notices   []Notice   `json:"notices"`
	Moves     []Shift    `json:"moves"`
	Cause     string     `json:"cause,omitempty"` // why it was cancelled
	Began     string     `json:"began,omitempty"` // 19:32: when it was opened
	Ended     string     `json:"ended,omitempty"`
	Stops     []Stop     `json:"stops"`   // of a round of visits
	Checks    []Check    `json:"checks"`  // what is to be done before and on the day
	Results   []Result   `json:"results"` // what was handed to whom
	Objects   []Object   `json:"objects"` // what deputies say against what is written here
	Confirmer string     `json:"confirmer,omitempty"`
	Photo     journal.ID `json:"photo,omitzero"`
}

// Facts are what is written down of a session by its fields.
type Facts struct {
	Kind      string `json:"kind"` // words.Sessions
	Type      string `json:"type"` // words.Activities
	Day       string `json:"day"`  // 2027-01-11
	From      string `json:"from"` // 19:30
	To        string `json:"to"`
	Place     string `json:"place"` // "" for the station
	Topic     string `json:"topic"`
	Tier      string `json:"tier"` // words.Tiers: a leader comes
	Liaison   string `json:"liaison"`
	Organiser string `json:"organiser"` // of an activity
	Explained string `json:"explained"` // 政策宣讲: what was explained first
	Citizens  int    `json:"citizens"`  // how many came, with those who raised nothing
	Slips     int    `json:"slips"`     // of an opened box
	Minutes   string `json:"minutes"`
	Followed  string `json:"followed"` // the ID of the matter to which a visit goes back
	Ballots
}

// Ballots are how deputies were rated where they reported on their work (述职评议): how many ballots were given out and came
// back, and what these say. They add up: Collected is the sum of those after it.
type Ballots struct {
	Issued      int `json:"issued,omitempty"`
	Collected   int `json:"collected,omitempty"`
	Satisfied   int `json:"satisfied,omitempty"`
	Basically   int `json:"basically,omitempty"`
	Unsatisfied int `json:"unsatisfied,omitempty"`
	Abstained   int `json:"abstained,omitempty"`
	Spoiled     int `json:"spoiled,omitempty"`
}

// Sum is how many say something, or nothing that counts.
func (b Ballots) Sum() int {
	return b.Satisfied + b.Basically + b.Unsatisfied + b.Abstained + b.Spoiled
}

// Guest is a station whose deputies are called besides, with what it reports through, "" for its county.
type Guest struct {
	Station string `json:"station"`
	Via     string `json:"via,omitempty"`
}

// Called is somebody who is called to a session, or came without.
type Called struct {
	Key     string `json:"key"`               // tells them apart: a person's ID, or the name of who is on no roster
	Name    string `json:"name"`              // as it is printed
	Part    string `json:"part"`              // words.Callings
	Unit    string `json:"unit,omitempty"`    // of a guest
	Why     string `json:"why,omitempty"`     // why he was chosen: 今年 1 次，3 个月前，农业组
	For     string `json:"for,omitempty"`     // the name of whom he stands in for
	Instead string `json:"instead,omitempty"` // the name of who stands in for him: then he is not awaited
	Reply   string `json:"reply,omitempty"`   // words.Replies
	Excuse  string `json:"excuse,omitempty"`  // why he asks for leave, or was absent
	Came    bool   `json:"came,omitempty"`
	Absent  bool   `json:"absent,omitempty"`
	Arrived string `json:"arrived,omitempty"` // 19:28
	Left    string `json:"left,omitempty"`
	Extra   bool   `json:"extra,omitempty"` // he came without being called
}

// Person is his ID on the roster, "" where he is on none.
func (c Called) Person() string {
	if c.Key == c.Name {
		return ""
	}
	return c.Key
}

// Notice is a notice of a session that was put up.
type Notice struct {
	Day    string   `json:"day"`
	Places []string `json:"places"`
	Reason string   `json:"reason,omitempty"` // why it is late
	Amends bool     `json:"amends,omitempty"` // 更正公告: it says that another one no longer holds
	Tells  string   `json:"tells,omitempty"`  // what it says (Session.Tells); "" for what was so when it was put up
}

// Shift is what a session was moved from, and why.
type Shift struct {
	Day    string `json:"day"`
	From   string `json:"from"`
	To     string `json:"to"`
	Place  string `json:"place"`
	Reason string `json:"reason"`
}

// Stop is a household or site of a round of visits; what was said there is private (Home).
type Stop struct {
	Key    string `json:"key"`
	Matter string `json:"matter,omitempty"` // the ID of the matter that it became
	Again  string `json:"again,omitempty"`  // the day on which somebody comes back
}

// Home is what was said at a stop.
type Home struct {
	Name    string `json:"name"`
	Phone   string `json:"phone"`
	Address string `json:"address"`
	Words   string `json:"words"`
	Said    string `json:"said"` // what was explained there
}

// Private is what only the station and its county may know.
type Private struct {
	Homes map[string]Home `json:"homes,omitempty"` // by the keys of stops
}

// Check is one line of the list of what is to be done.
type Check struct {
	What string `json:"what"`
	Done bool   `json:"done"`
}

// Result is what an activity found, handed to a unit, and what that replied.
type Result struct {
	Key   string `json:"key"`
	Unit  string `json:"unit"`
	What  string `json:"what"`
	Day   string `json:"day"`
	Reply string `json:"reply,omitempty"`
	On    string `json:"on,omitempty"` // when it replied
}

// Object is what a deputy says against what is written of him here.
type Object struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Note   string `json:"note"`
	Answer string `json:"answer,omitempty"`
}

// Person gives who is called by a person's ID or a name.
func (s Session) Person(key string) (Called, bool) {
	i := slices.IndexFunc(s.Called, func(c Called) bool { return c.Key == key })
	if i < 0 {
		return Called{}, false
	}
	return s.Called[i], true
}

// Awaited are those who are called and for whom nobody stands in.
func (s Session) Awaited() (list []Called) {
	for _, c := range s.Called {
		if c.Instead == "" && !c.Extra {
			list = append(list, c)
		}
	}
	return list
}

// Present are those who came.
func (s Session) Present() (list []Called) {
	for _, c := range s.Called {
		if c.Came {
			list = append(list, c)
		}
	}
	return list
}

// Here are the deputies, not guests, who were at the table at a moment of the day on which it was held, or of the night after it: who came by
// then or whose hour is not known, and had not left.
func (s Session) Here(at time.Time) (list []Called) {
	hour := at.Format("15:04")
	if at.Format(time.DateOnly) > s.Day {
		hour = "24:00"
	}
	for _, c := range s.Present() {
		if c.Part != "guest" && c.Arrived <= hour && (c.Left == "" || c.Left >= hour) {
			list = append(list, c)
		}
	}
	return list
}

// Ahead says whether it is still to be held.
func (s Session) Ahead() bool {
	return s.State == Planned || s.State == Announced || s.State == Altered
}

// Withdrawn says whether planning took it back itself, so that its day is free to be planned again.
func (s Session) Withdrawn() bool { return s.State == Void && !s.Hand }

// Counts says whether it was held, or is going on.
func (s Session) Counts() bool { return s.State == Open || s.State == Held }

// Announces says whether citizens are to be told of it beforehand: a reception is, an activity and a visit need not.
func (s Session) Announces() bool { return s.Kind == "reception" }

// Owes says whether a notice is to be put up that says something else than the one that hangs: it was moved or cancelled
// after it.
func (s Session) Owes() bool {
	return s.State == Altered || s.State == Cancelled && len(s.Notices) > 0 && s.Notices[len(s.Notices)-1].Tells != s.Tells()
}

// Tells is what a notice of it has to say: its day, hours and place, or that it was cancelled.
func (s Session) Tells() string {
	if s.State == Cancelled {
		return Cancelled.Code()
	}
	return strings.Join([]string{s.Day, s.From, s.To, s.Place}, " ")
}

// Hung is when and where it was to be by the last notice that says something else than what holds now, with the
// reason for which it was moved from there; ok is false where citizens were told nothing else.
func (s Session) Hung() (was Shift, ok bool) {
	for _, n := range slices.Backward(s.Notices) {
		said := strings.SplitN(n.Tells, " ", 4) // Tells
		if len(said) < 4 || n.Tells == s.Tells() {
			continue
		}
		was = Shift{Day: said[0], From: said[1], To: said[2], Place: said[3]}
		if slices.ContainsFunc(s.Moves, func(m Shift) bool { m.Reason = ""; return m == was }) {
			was.Reason = s.Moves[len(s.Moves)-1].Reason
		}
		return was, true
	}
	return was, false
}

// Sits says whether a unit sits at its table: it is the station's own, or serves the point.
func (s Session) Sits(code string) bool {
	return code == s.Station || unit.LevelOf(code) == journal.Station && unit.Above(code, s.Station)
}

// Title is what it is called: its topic, else its kind.
func (s Session) Title() string {
	switch {
	case s.Topic != "":
		return s.Topic
	case s.Kind == "activity" && s.Type != "":
		return words.Activities.Name(s.Type)
	}
	return words.Sessions.Name(s.Kind)
}
