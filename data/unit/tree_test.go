package unit

import (
	"slices"
	"testing"
)

const (
	one, other = "141102002000Z1-G", "141102002000Z2-E" // stations of one township
	village    = "141102002003D1-A"                     // in it
	far        = "141121103000Z1-A"                     // of another county
	county     = "141102000000"
	wenshui    = "141121000000"
	city       = "141100000000"
)

// A stranger writes the audiences of his entries: one that goes round is none, and asking of it comes to an end.
func TestTreeDoesNotGoRound(t *testing.T) {
	if !Tree([]string{one, other, county}) || !Beneath([]string{one, other, county}, one, county) {
		t.Error("two stations of one township are none")
	}
	round := []string{one, other, one, county}
	if Tree(round) || Tree([]string{one, one}) || Tree([]string{county, one, county, wenshui}) {
		t.Error("a unit stands above itself")
	}
	if Beneath(round, one, city) || Beneath(round, one, county) {
		t.Error("what is no tree has others above it")
	}
}

// Who comes in reports to whom it is said that he does, and nobody who is there to another one than before; who goes
// leaves all as it was.
func TestJoin(t *testing.T) {
	for _, c := range []struct {
		units      []string
		code, over string
		want       []string
	}{
		{[]string{county}, one, county, []string{one, county}},
		{[]string{one, county}, city, "", []string{one, county, city}},
		{[]string{one, county, city}, village, one, []string{village, one, county, city}},
		{[]string{one, county, city}, village, county, []string{one, village, county, city}},
		{[]string{one, county, city}, wenshui, city, []string{wenshui, one, county, city}},
		{[]string{wenshui, one, county, city}, far, wenshui, []string{far, wenshui, one, county, city}},
		{[]string{one, county, city}, other, one, []string{other, one, county, city}},
		{[]string{one, county, city}, other, county, []string{other, county, one, county, city}},
		{[]string{other, county, one, county, city}, village, one, []string{other, county, village, one, county, city}},
		{[]string{other, county, one, county, city}, village, other, []string{village, other, county, one, county, city}},
		{[]string{other, county, one, county, city}, village, county, []string{other, village, county, one, county, city}},
		{[]string{one, county}, one, county, []string{one, county}},
		{[]string{one, county}, one, city, nil},
		{[]string{one, county}, far, county, nil},
		{[]string{one, county}, far, city, nil},
		{[]string{one, county}, wenshui, "", nil},
	} {
		got, ok := Join(c.units, c.code, c.over)
		if ok != (c.want != nil) || ok && !slices.Equal(got, c.want) {
			t.Errorf("%s to %s of %s: %v %v", c.code, c.over, c.units, got, ok)
		}
		if ok && c.over != "" && len(got) > len(c.units) && !slices.Equal(Part(got, c.code), c.units) {
			t.Errorf("%s goes, and of %s stay %s", c.code, got, Part(got, c.code))
		}
	}
	full := []string{county}
	for i := 1; len(full) < MostUnits; i++ {
		full, _ = Join(full, "141102100"+string(rune('0'+i/100))+string(rune('0'+i/10%10))+string(rune('0'+i%10))+"D1-A", county)
	}
	if _, ok := Join(full, one, county); ok {
		t.Error("it concerns too many")
	}
}
