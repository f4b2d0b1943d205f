package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/explain"
)

// Rules that are too large to be told, as a file or once they are written as an entry, are named and keep nobody from sending; what
// held before goes on.
func TestRulesThatAreTooLarge(t *testing.T) {
	w, county, station := pair(t)
	profile := filepath.Join(string(county.Home), "profile.json")
	write := func(text string) { w.must(os.WriteFile(profile, []byte(text), 0o600)) }
	write(`{"collate":7}`)
	w.settle(county, station)
	for at, text := range []string{
		`{"collate":3,"departments":["` + strings.Repeat("部", 600_000) + `"]}`,
		`{"collate":3,"departments":["` + strings.Repeat("<", 300_000) + `"]}`,
	} {
		write(text)
		title := fmt.Sprint("第", at, "件")
		station.titles(title)
		w.settle(county, station)
		if !county.known(title) {
			t.Error("nothing comes in")
		}
		county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
		w.settle(county, station)
		if v := station.list()[0]; len(v.History) < 2 {
			t.Error("nothing comes down")
		}
		w.must(county.Close())
		county.open(county.Home)
		if county.Profile.Collate != 7 || len(county.Amiss) != 1 || !strings.Contains(explain.Sentence(county.Amiss[0]), "profile.json 太大") {
			t.Errorf("the county sorts within %d days and says %v", county.Profile.Collate, county.Amiss)
		}
	}
	w.must(station.Close())
	station.open(station.Home)
	if station.Profile.Collate != 7 {
		t.Errorf("the station sorts within %d days", station.Profile.Collate)
	}
}
