package demo

import (
	"strings"
	"testing"
)

// What the county answers is about what the citizen asked: each matter that goes up has answers of its own category, and
// whatever is looked after by the city has a reason.
func TestAnswersAreToWhatWasAsked(t *testing.T) {
	asked := map[string]bool{}
	for _, c := range cases {
		if c.OnSpot != "" || c.Confidential {
			continue
		}
		asked[c.Category] = true
		h, ok := handled[c.Category]
		if !ok || len(h.to) == 0 || len(h.answers) < 2 || h.complaint == "" || (h.city == "") != (h.why == "") {
			t.Errorf("%s (%s) is answered by %+v", c.Title, c.Category, h)
		}
		for _, a := range h.answers {
			if about := strings.Contains(a.Answer, "疏通") || strings.Contains(a.Answer, "排水"); about && c.Category != "0203" {
				t.Errorf("%s is answered with a drain: %s", c.Title, a.Answer)
			}
		}
	}
	for category := range handled {
		if !asked[category] {
			t.Errorf("nobody asks for %s", category)
		}
	}
}
