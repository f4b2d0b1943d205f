package agenda_test

import (
	"fmt"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/assets/places"
	"lianluo.local/data/unit"
)

// A year for a county of fifty stations and nine hundred deputies, worked out and written, one evening a month each; and
// the same once more, when all of it is there.
func BenchmarkPlanCounty(b *testing.B) {
	c := apptest.Alone(b, "county", apptest.County)
	var stations []string
	for _, town := range places.Children("141102000000") {
		for _, p := range places.Children(town.Code) {
			if code, ok := unit.Station(p.Code); ok && len(stations) < 50 {
				stations = append(stations, code)
			}
		}
	}
	for i, s := range stations {
		for n := range 18 {
			deputies(b, c, s, fmt.Sprintf("代表%02d%02d", i, n))
		}
		if _, err := rule(c, fmt.Sprintf(`{"station":%q,"every":"month","day":%d,"deputies":2}`, s, 1+i%28)); err != nil {
			b.Fatal(err)
		}
	}
	year := 2027
	for b.Loop() {
		done, err := c.Agenda.Plan(ctx, c.Clerk(), agenda.Span{From: fmt.Sprintf("%d-01-01", year), To: fmt.Sprintf("%d-12-31", year)})
		if err != nil || done.Made != 600 {
			b.Fatal(done.Sentence(), err)
		}
		year++
	}
	b.ReportMetric(600, "evenings")
}
