package app_test

import (
	"context"
	"slices"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/paper"
	"lianluo.local/data/profile"
)

// What a city and a county want on the walls comes down and hangs together, the city's first; where neither said anything
// the program's own rules hang.
func TestRulesOfCityAndCountyHang(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	titles := func() (list []string) {
		k, _ := paper.ByCode("wall-set")
		p, err := point.Paper(ctx, k, paper.Things{}, paper.Wish{})
		w.Must(err)
		for _, r := range p.Things.Rules {
			list = append(list, r.Title)
		}
		d, err := point.Draw(ctx, app.Paper{Kind: k, Things: p.Things, Wish: paper.Wish{Checked: true}})
		if err != nil || len(d.Pages) < len(list) {
			t.Errorf("%d pages of %v: %v", len(d.Pages), list, err)
		}
		return list
	}
	if got := titles(); len(got) != len(profile.Default().Texts) {
		t.Errorf("at first hang %v", got)
	}
	tells := func(o *apptest.Seat, text string) {
		o.Courier.Rules = func(context.Context) (map[string]string, error) { return map[string]string{"profile.json": text}, nil }
	}
	tells(city, `{"texts":[{"title":"市级制度","body":"一、按时到站。"}]}`)
	tells(county, `{"collate":7,"texts":[{"title":"县级制度","body":"一、如实登记。"},{"title":"县级办法","body":"一、按期答复。"}]}`)
	w.Settle(point, town, county, city)
	if got := titles(); !slices.Equal(got, []string{"市级制度", "县级制度", "县级办法"}) {
		t.Errorf("hangs %v", got)
	}
}
