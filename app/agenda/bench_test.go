package agenda_test

import (
	"fmt"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster/batch"
	"lianluo.local/assets/names"
	"lianluo.local/assets/places"
	"lianluo.local/data/unit"
)

// everywhere is so many stations of the city, by the names of their places.
func everywhere(n int) (stations []string) {
	for _, county := range places.Children(apptest.City) {
		for _, town := range places.Children(county.Code) {
			for i, p := range places.Children(town.Code) {
				if code, ok := unit.Station(p.Code); ok && i < 8 && len(stations) < n {
					stations = append(stations, code)
				}
			}
		}
	}
	return stations
}

// peopled is a city's home with so many stations and deputies, of whom every tenth sits at two. Each station receives
// once a month: by the date, an n-th weekday, or a market.
func peopled(b *testing.B, n, deputies int) *apptest.Seat {
	o := apptest.Alone(b, "city", apptest.City)
	stations, all := everywhere(n), names.All()
	var rows []batch.Row
	for i := range deputies {
		row := batch.Row{}
		said := map[string]string{"name": all[i%len(all)][:3] + string(rune(0x4e00+i/500)) + string(rune(0x5e00+i%500)), "stations": stations[i%n]}
		if i%10 == 0 {
			said["stations"] += "、" + stations[(i+1)%n]
		}
		for code, text := range said {
			row[code] = batch.Cell{Text: text, At: fmt.Sprintf("%s%d", code, i+2)}
		}
		rows = append(rows, row)
	}
	tr, err := batch.Try(ctx, o.Roster, batch.Handout{Batch: "a", Rows: rows, Default: map[string]string{"level": "市", "congress": "四届"}})
	if err == nil && len(tr.New) != deputies {
		err = fmt.Errorf("%d new: %v %v", len(tr.New), tr.Doubtful[:min(3, len(tr.Doubtful))], tr.Errors[:min(3, len(tr.Errors))])
	}
	if err == nil {
		err = batch.Take(ctx, o.Roster, o.Clerk(), tr)
	}
	if err != nil {
		b.Fatal(err)
	}
	for i, s := range stations {
		body := fmt.Sprintf(`{"station":%q,"every":"month","day":%d,"deputies":2}`, s, 1+i%28)
		switch i % 3 {
		case 1:
			body = fmt.Sprintf(`{"station":%q,"every":"month","nth":2,"weekday":%d,"deputies":2}`, s, 1+i%5)
		case 2:
			body = fmt.Sprintf(`{"station":%q,"every":"month","day":%d,"lunar":true,"shift":"keep","deputies":2}`, s, 1+i%28)
		}
		if _, err := rule(o, body); err != nil {
			b.Fatal(err)
		}
	}
	return o
}

// A year for the whole city, for a half and a quarter of it, worked out from the roster and written at once; it grows as
// the evenings do. (app/agenda/turn has the choice alone, beside the usual way.)
func BenchmarkPlanCity(b *testing.B) {
	for _, part := range []int{4, 2, 1} {
		b.Run(fmt.Sprintf("stations=%d", 708/part), func(b *testing.B) {
			o := peopled(b, 708/part, 10000/part)
			year, made := 2027, 0
			for b.Loop() {
				done, err := o.Agenda.Plan(ctx, o.Clerk(), agenda.Span{From: fmt.Sprintf("%d-01-01", year), To: fmt.Sprintf("%d-12-31", year)})
				if err != nil || len(done.Without) > 0 {
					b.Fatal(done.Sentence(), len(done.Without), err)
				}
				made = done.Made
				year++
			}
			b.ReportMetric(float64(made), "evenings")
		})
	}
}
