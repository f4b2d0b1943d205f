package person

import (
	"encoding/json"
	"slices"
	"testing"
)

// What is private is for who named him, where he is grouped, and who has to tell it on the way there; a city has that of
// its own deputies.
func TestPrivy(t *testing.T) {
	seats := []Seat{{Station: point}}
	ofCounty := []Mandate{{Level: "county", Congress: "十四届"}, {Level: "township", Congress: "十四届"}}
	first := deed(t, county, 1, 1, Add, Opening{Facts: wang.Facts, Mandates: ofCounty, Seats: seats}, nil)
	own := deed(t, point, 1, 1, Add, Opening{Facts: wang.Facts, Seats: seats}, nil)
	elsewhere := deed(t, county, 2, 1, Group, Move{Seats: []Seat{{Station: "141102002000Z1-G"}}}, nil, own)
	for _, c := range []struct {
		name string
		of   Person
		want []string
	}{
		{"of a county", sum(t, first), []string{point, county}},
		{"named by a city", sum(t, deed(t, city, 1, 1, Add, Opening{Facts: wang.Facts, Mandates: ofCounty, Seats: seats}, nil)),
			[]string{point, county, city}},
		{"of a city, too", sum(t, first, deed(t, county, 1, 2, Named, Move{Mandate: &ofCity}, nil, first)), []string{point, county, city}},
		{"of another county's station", sum(t, first, deed(t, city, 2, 1, Group, Move{Seats: []Seat{{Station: far}}}, nil, first)),
			[]string{far, wenshui, point, county, city}},
		{"named by a station", sum(t, own), []string{point, county}},
		{"who left it", sum(t, own, elsewhere, deed(t, county, 2, 2, Ungroup, Move{Station: point}, nil, own, elsewhere)),
			[]string{"141102002000Z1-G", county}},
	} {
		got := c.of.Privy()
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A private part that cannot be read is none: what was said openly is the same for whoever has it and for whoever has it not.
func TestPrivatePartThatIsNone(t *testing.T) {
	first := deed(t, county, 1, 1, Add, wang, json.RawMessage(`{"phone":{}}`))
	correct := deed(t, county, 1, 2, Correct, map[string]any{"post": "书记"}, json.RawMessage(`["x"]`), first)
	group := deed(t, county, 1, 3, Group, Move{Seats: []Seat{{Station: point}}}, json.RawMessage(`"x"`), first, correct)
	has := sum(t, first, correct, group)
	first.Secret, correct.Secret, group.Secret = nil, nil, nil
	if lacks := sum(t, first, correct, group); lacks.Post != "书记" || has.Post != "书记" || len(has.Seats) != len(lacks.Seats) {
		t.Errorf("%+v, without the private parts %+v", has.Facts, lacks.Facts)
	}
}
