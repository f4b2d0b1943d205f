package matter

import (
	"slices"
	"strings"
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
