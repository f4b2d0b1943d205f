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

// Nobody is let in by who does not stand above him, nor sent away, nor put under somebody else.
func TestMay(t *testing.T) {
	const base = "141102002000J1-7"
	for _, c := range []struct {
		name      string
		from, to  []string
		by, owner string
		want      bool
	}{
		{"county lets in a station", []string{one, county, city}, []string{one, village, county, city}, county, one, true},
		{"station lets in another", []string{one, county, city}, []string{one, other, county, city}, one, one, false},
		{"as one below it", []string{one, county, city}, []string{other, one, county, city}, one, one, false},
		{"township lets in its village", []string{one, county, city}, []string{village, one, county, city}, one, one, true},
		{"village lets in its township", []string{village, county, city}, []string{village, one, county, city}, village, village, false},
		{"county lets in another county", []string{one, county, city}, []string{wenshui, one, county, city}, county, one, false},
		{"city lets in another county's", []string{one, county, city}, []string{far, wenshui, one, county, city}, city, one, true},
		{"a stranger lets in itself", []string{one, county, city}, []string{one, village, county, city}, village, one, false},
		{"station tells its county", []string{one}, []string{one, county, city}, one, one, true},
		{"station puts its county between", []string{one, city}, []string{one, county, city}, one, one, true},
		{"county tells the city", []string{one, county}, []string{one, county, city}, county, county, true},
		{"county sends a station away", []string{one, village, county, city}, []string{one, county, city}, county, one, true},
		{"station sends another away", []string{one, village, county, city}, []string{village, county, city}, village, village, false},
		{"township sends away a village that reports to the county", []string{one, village, county, city}, []string{one, county, city}, one, one, false},
		{"station sends away one of its township", []string{base, one, county, city}, []string{one, county, city}, one, one, false},
		{"station sends its county away", []string{one, county, city}, []string{one, city}, one, one, false},
		{"station goes", []string{one, village, county, city}, []string{one, county, city}, village, one, true},
		{"township goes without its village", []string{village, one, county, city}, []string{village, county, city}, one, county, false},
		{"township goes with its village", []string{village, one, county, city}, []string{county, city}, one, county, true},
		{"owner is sent away", []string{one, county, city}, []string{county, city}, county, one, false},
		{"owner goes", []string{one, county, city}, []string{county, city}, one, one, false},
		{"county puts a village under a township", []string{one, village, county, city}, []string{village, one, county, city}, county, county, true},
		{"township puts a village under itself", []string{one, village, county, city}, []string{village, one, county, city}, one, one, false},
		{"no tree", []string{one, county, city}, []string{village, one, city, county}, county, one, false},
	} {
		if got := May(c.from, c.to, c.by, c.owner); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if Alike([]string{one}, []string{county}) || !Alike([]string{one, village, county}, []string{village, county, one, county}) {
		t.Error("trees that are alike")
	}
}
