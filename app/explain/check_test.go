package explain

import (
	"testing"

	"lianluo.local/data/store"
)

// Whatever a check finds is said, each sort in its own words.
func TestFindingsAreSaid(t *testing.T) {
	said := map[string]bool{"": true}
	for what := store.Unread; what <= store.Keyed; what++ {
		says := Finding(store.Finding{What: what, Is: "9/a", Must: "8/b", Absent: store.Absent{Number: "n"}})
		if said[says] {
			t.Errorf("%d: %q", what, says)
		}
		said[says] = true
	}
}
