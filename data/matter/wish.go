package matter

import (
	"errors"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
)

// Offer is one time that a deputy was asked to take a matter on (点单 · 接单): a citizen wished for a field or for him.
type Offer struct {
	Who    string `json:"who"`
	Person string `json:"person,omitempty"`
	On     string `json:"on"`              // 2026-12-04
	Until  string `json:"until,omitempty"` // by when he is to say
	Reply  string `json:"reply,omitempty"` // accepted, passed, declined, lapsed; "" while he is asked
	Reason string `json:"reason,omitempty"`
}

// Wish is how far a wish has come.
type Wish int

// The wishes.
const (
	Unwished Wish = iota // nobody wished for a deputy
	Wished               // nobody was asked yet, or somebody is to be asked again
	Offered              // a deputy is asked
	Refused              // two did not take it on: the head of the station decides
	Taken                // a deputy took it on
)

// refusals is after how many of them a wish goes back to the head of the station (people.md's rule of 点单: two).
const refusals = 2

// Wish says how far it has come with the deputy whom a citizen wished for, as long as the matter is handled.
func (m Matter) Wish() Wish {
	if m.Channel != "order" && len(m.Offers) == 0 || !m.State.Open() || m.State.Citizen() {
		return Unwished
	}
	refused := 0
	for _, o := range m.Offers {
		switch o.Reply {
		case "":
			return Offered
		case "accepted":
			return Taken
		case "declined", "lapsed":
			refused++
		}
	}
	if refused >= refusals {
		return Refused
	}
	return Wished
}

// Asking gives the offer that nobody has answered yet.
func (m Matter) Asking() (Offer, bool) {
	i := slices.IndexFunc(m.Offers, func(o Offer) bool { return o.Reply == "" })
	if i < 0 {
		return Offer{}, false
	}
	return m.Offers[i], true
}

// Late says whether the deputy who is asked has let the day pass by which he was to say.
func (m Matter) Late(now time.Time) bool {
	o, asking := m.Asking()
	return asking && o.Until != "" && o.Until < now.Format(time.DateOnly)
}

// Taker is the name of the deputy who took it on, "" for nobody.
func (m Matter) Taker() string {
	for _, o := range slices.Backward(m.Offers) {
		if o.Reply == "accepted" {
			return o.Who
		}
	}
	return ""
}

// offer asks a deputy. Whoever was asked before and did not say anything is not asked any more.
func offer(m *Matter, r journal.Record) ([]string, string, error) {
	b, _, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(b.Who) == "" {
		return nil, "", errors.New("the deputy is missing")
	}
	if m.Taker() != "" {
		return nil, "", thing.ErrNotNow
	}
	m.settle("", "lapsed", "")
	m.Offers = append(m.Offers, Offer{Who: b.Who, Person: b.Persons[b.Who], On: day(r.At), Until: b.Term})
	return []string{"offer"}, thing.Join(b.Who, b.Note), nil
}

// settle ends the offer of a name ("" for any) that is not answered yet, and says whether there was one. It leaves the
// offers as they were before alone.
func (m *Matter) settle(who, reply, reason string) bool {
	m.Offers = slices.Clone(m.Offers)
	for i := range m.Offers {
		o := &m.Offers[i]
		if o.Reply == "" && (who == "" || spelling.Name(o.Who) == spelling.Name(who)) {
			o.Reply, o.Reason = reply, reason
			return true
		}
	}
	return false
}

// accept notes that the deputy who was asked takes it on.
func accept(m *Matter, r journal.Record) ([]string, string, error) {
	b, _, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	asked, open := m.Asking()
	if !open || !m.settle(b.Who, "accepted", "") {
		return nil, "", thing.ErrNotNow
	}
	return []string{"offer"}, thing.Join(asked.Who, b.Note), nil
}

// pass notes that the deputy who was asked named another one, who is asked now.
func pass(m *Matter, r journal.Record) ([]string, string, error) {
	b, _, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if len(b.Deputies) != 1 {
		return nil, "", errors.New("nobody is recommended")
	}
	asked, open := m.Asking()
	to := b.Deputies[0]
	if !open || !m.settle(b.Who, "passed", to) {
		return nil, "", thing.ErrNotNow
	}
	m.Offers = append(m.Offers, Offer{Who: to, Person: b.Persons[to], On: day(r.At), Until: b.Term})
	return []string{"offer"}, thing.Join(asked.Who+"推荐"+to, b.Note), nil
}

// reseat moves a matter to another session of the calendar, or to none.
func reseat(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if b.Session == m.Session {
		return nil, "", thing.ErrNotNow
	}
	m.Session = b.Session
	return []string{"session"}, open.Note, nil
}
