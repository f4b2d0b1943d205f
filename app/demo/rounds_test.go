package demo

import (
	"strings"
	"testing"
)

// Where a round of visits goes is told to everybody; which households it went to, and what they said, is not.
func TestRoundsNameNoHousehold(t *testing.T) {
	for _, r := range rounds {
		for _, h := range r.homes {
			for _, open := range []string{r.topic, r.place} {
				if strings.Contains(open, h.Address) || strings.Contains(open, h.Name) || r.place == "" {
					t.Errorf("%s: %q tells of %s", r.day, open, h.Address)
				}
			}
		}
	}
}
