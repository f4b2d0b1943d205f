package profile

import (
	"errors"
	"strings"
	"testing"

	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

func TestDefaultsAreWhole(t *testing.T) {
	p := Default()
	if p.Steps != matter.Steps {
		t.Error("other words for the steps")
	}
	for class := 1; class <= 8; class++ {
		if l := p.Letter(class); l == "" || p.Meaning(l) == "" {
			t.Errorf("class %d is printed as %q, %q", class, l, p.Meaning(l))
		}
	}
	if p.Letter(0)+p.Letter(9)+p.Letter(10)+p.Meaning("Z") != "" {
		t.Error("a letter for what has none")
	}
	for _, w := range words.Reasons {
		if p.Doors[w.Code] == "" {
			t.Errorf("no door for %s", w.Name)
		}
	}
	for _, w := range words.Urgencies {
		if p.Promise[w.Code] < 1 {
			t.Errorf("nothing is promised for what is %s", w.Name)
		}
	}
}

func TestReadKeepsTheDefaultsBelow(t *testing.T) {
	p, err := Read([]byte(`{"ordinary":7,"letters":["甲","甲","乙","乙","丙","丙","丙","丁",""],"promise":{"normal":20},"doors":{"court":"离石区法院"}}`))
	if err != nil || p.Ordinary != 7 || p.Letter(1) != "甲" || p.Collate != 5 || p.Promise["normal"] != 20 || p.Promise["urgent"] != 5 ||
		p.Doors["court"] != "离石区法院" || p.Doors["own"] == "" {
		t.Errorf("%+v %v", p, err)
	}
	if Default().Doors["court"] == "离石区法院" {
		t.Error("the defaults were changed")
	}
	p, err = Read([]byte(`{"promise":{"一般":12,"特急":2},"doors":{"招标投标、学术、产品推介":"市场局"}}`))
	if err != nil || p.Promise["normal"] != 12 || p.Promise["critical"] != 2 || p.Doors["trade"] != "市场局" || len(p.Promise) != 3 {
		t.Errorf("in Chinese words: %+v %v", p, err)
	}
	for said, name := range map[string]string{`{"promise":{"normla":12}}`: "normla", `{"doors":{"法院":"x"}}`: "法院", `{"colour":"red"}`: "colour"} {
		var u Unknown
		if _, err := Read([]byte(said)); !errors.Is(err, ErrBroken) || !errors.As(err, &u) || !strings.Contains(u.Sentence(), "“"+name+"”不认得") {
			t.Errorf("%s: %v", said, err)
		}
		if _, err := Told([]byte(said)); err != nil {
			t.Errorf("what an office of a newer program told: %v", err)
		}
	}
	for _, bad := range []string{"", "[]", `{"ordinary":0}`, `{"rate":9999}`, `{"colour":"red"}`, `{"promise":{"normal":0}}`, `{"doors":{"court":"\ud800"}}`, `{"steps":["","","","","","",""]}`} {
		if _, err := Read([]byte(bad)); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// What an office of a newer program tells is used as far as it can be read: a key that means nothing here is passed over, one that says
// something unheard of leaves the default of that key alone, and is named.
func TestToldIsReadAsFarAsItCanBe(t *testing.T) {
	for _, c := range []struct{ said, unread string }{
		{`{"ordinary":7,"inform":2,"quorum":{"least":5},"promise":{"normal":20,"someday":9}}`, ""},
		{`{"ordinary":7,"inform":2,"collate":{"days":4},"promise":{"normal":20}}`, "collate"},
		{`{"ordinary":7,"inform":2,"collate":0,"doors":["court"],"letters":"ABCD","promise":{"normal":20}}`, "collate, doors, letters"},
		{`{"ordinary":7,"inform":2,"steps":["","","","","","",""],"meanings":[["甲","好了","详"],["乙"]],"promise":{"normal":20}}`, "steps"},
	} {
		p, err := Told([]byte(c.said))
		if p.Ordinary != 7 || p.Inform != 2 || p.Promise["normal"] != 20 || p.Promise["urgent"] != 5 {
			t.Errorf("%s: what can be read is lost: %+v", c.said, p)
		}
		if d := Default(); p.Collate != d.Collate || p.Steps != d.Steps || p.Letters != d.Letters || p.Doors["court"] != d.Doors["court"] {
			t.Errorf("%s: no default for what cannot be read: %+v", c.said, p)
		}
		if (err != nil) != (c.unread != "") || err != nil && (!errors.Is(err, ErrBroken) || !strings.HasSuffix(err.Error(), ": "+c.unread)) {
			t.Errorf("%s: %v, want %s", c.said, err, c.unread)
		}
	}
	if p, err := Told([]byte(`{"ordinary":7`)); !errors.Is(err, ErrBroken) || p.Ordinary != 10 {
		t.Errorf("half a profile: %v %v", p.Ordinary, err)
	}
}

// A county's fields and quotas take the place of the defaults as a whole; what is no field, no category or no congress is
// named, and leaves what an office told of everything else in force.
func TestFieldsAndQuotas(t *testing.T) {
	p, err := Read([]byte(`{"fields":[{"name":"枣业","categories":{"0108":4,"01":0},"words":["红枣"]}],
		"quotas":[{"level":"县","congress":"十四届","seats":180,"reserve":2},{"level":"乡","congress":"二十届","place":"141102002000","seats":50}]}`))
	if err != nil || len(p.Fields) != 1 || len(p.Fields[0].Categories) != 2 || p.Quotas[0].Level != "county" || p.Quotas[1].Level != "township" {
		t.Errorf("%+v %+v %v", p.Fields, p.Quotas, err)
	}
	if p, err := Read([]byte(`{"fields":[]}`)); err != nil || len(p.Fields) != 0 || len(Default().Fields) != 12 {
		t.Errorf("a county without fields: %+v %v", p.Fields, err)
	}
	for _, bad := range []string{`"fields":[{"name":""}]`, `"fields":[{"name":"水"},{"name":"水"}]`, `"fields":[{"name":"水","categories":{"1":3}}]`,
		`"fields":[{"name":"水","categories":{"0101":12}}]`, `"fields":[{"name":"水","words":[""]}]`, `"fields":{"水":3}`,
		`"quotas":[{"level":"县","congress":"","seats":9}]`, `"quotas":[{"level":"县","congress":"十四届","seats":0}]`,
		`"quotas":[{"level":"县","congress":"十四届","seats":9,"reserve":10}]`,
		`"quotas":[{"level":"县","congress":"十四届","seats":9},{"level":"county","congress":"十四届","seats":9}]`} {
		if _, err := Read([]byte("{" + bad + "}")); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", bad, err)
		}
		p, err := Told([]byte(`{"ordinary":7,` + bad + "}"))
		if !errors.Is(err, ErrBroken) || p.Ordinary != 7 || len(p.Fields) != 12 || p.Quotas != nil {
			t.Errorf("told %s: %v, %+v", bad, err, p.Quotas)
		}
	}
	var u Unknown
	if _, err := Read([]byte(`{"quotas":[{"level":"州","congress":"十四届","seats":9}]}`)); !errors.As(err, &u) || u != "州" {
		t.Errorf("an unknown level: %v", err)
	}
	if p, err := Told([]byte(`{"fields":[{"name":"水","since":2027}],"quotas":[{"level":"县","congress":"十四届","seats":9,"by":"x"}]}`)); err != nil ||
		p.Fields[0].Name != "水" || p.Quotas[0].Seats != 9 {
		t.Errorf("of a newer program: %+v %v", p, err)
	}
}
