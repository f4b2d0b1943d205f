package unit

import "testing"

// A stranger writes the audiences of his entries: one that goes round is none, and asking of it comes to an end.
func TestTreeDoesNotGoRound(t *testing.T) {
	const one, other, county = "141102002000Z1-G", "141102002000Z2-E", "141102000000"
	if !Tree([]string{one, other, county}) || !Beneath([]string{one, other, county}, one, county) {
		t.Error("two stations of one township are none")
	}
	round := []string{one, other, one, county}
	if Tree(round) || Tree([]string{one, one, county}) {
		t.Error("a unit stands above itself")
	}
	if Beneath(round, one, "141100000000") || !Beneath(round, one, county) {
		t.Error("what is no tree has others above it")
	}
}
