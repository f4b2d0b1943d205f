package matter

import (
	"slices"
	"strings"
	"time"
)

// Hushed is a confidential matter as anybody but its table may see it: without what was said openly before confidence
// was asked for. What was said since lies sealed.
func (m Matter) Hushed() Matter {
	m.Private = Private{}
	m.Proposal, m.Answer, m.Minutes, m.Promise, m.Complaint = "", "", "", "", ""
	asked := 0
	for i, e := range m.History {
		if e.Do == "correct" && strings.Contains(e.Note, Fields.Name("confidential")) {
			asked = i
		}
	}
	m.History = slices.Clone(m.History)
	for i := range m.History[:asked] {
		m.History[i].Note = ""
	}
	return m
}

// RegisteredBy says whether a user registered it himself, less than a day before a moment: then he may see what he wrote, and
// put it right.
func (m Matter) RegisteredBy(user string, now time.Time) bool {
	return user != "" && len(m.History) > 0 && m.History[0].User == user && now.Sub(m.History[0].At) < 24*time.Hour
}
