package report

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/report/figure"
)

// reported are the indicators that every report tells as JSON; more where its kind has them.
var reported = strings.Fields("sessions deputies people collected cases onSpot outOfScope accepted closed closedRate inTimeRate answered answerRate " +
	"rated ratedRate satisfied satisfiedRate dissatisfied redone kept returned days overdue suggested carried open moved")

// Told are the indicators of a report that is told as JSON.
func (a Ask) Told() []string {
	if a.Codes != nil {
		return a.Codes
	}
	return append(slices.Clone(reported), a.Kind.Codes...)
}

// values are what a row says, by the codes of indicators; null where nothing is counted.
func values(row figure.Row, list []figure.Indicator, sits bool) map[string]*float64 {
	vs := map[string]*float64{}
	for _, i := range list {
		vs[i.Code] = nil
		if v, ok := row.Says(i); ok && (sits || !i.OfSessions()) {
			v = math.Round(v*1e6) / 1e6
			vs[i.Code] = &v
		}
	}
	return vs
}

// line is a row as JSON. Of two axes label is that of the first and column that of the second.
type line struct {
	Label  string              `json:"label"`
	Column string              `json:"column,omitempty"`
	Keys   []string            `json:"keys"`
	Values map[string]*float64 `json:"values"`
}

func inRows(p Part, list []figure.Indicator) []line {
	all := []line{}
	for _, row := range p.Rows {
		l := line{Label: row.Labels[0], Keys: row.Keys, Values: values(row, list, p.Sits())}
		if len(row.Labels) > 1 {
			l.Column = row.Labels[1]
		}
		all = append(all, l)
	}
	return all
}

// Plain is a report as it is told as JSON.
func (r Report) Plain() map[string]any {
	definitions, about := map[string]string{}, []any{}
	for _, i := range r.Indicators {
		definitions[i.Code] = i.Name + "：" + i.Definition
		about = append(about, map[string]string{"code": i.Code, "name": i.Name, "unit": i.Unit, "day": i.Day, "over": i.Over, "under": i.Under,
			"source": i.Source})
	}
	missing := []any{}
	for _, h := range r.Missing {
		missing = append(missing, map[string]string{"unit": h.Unit, "name": h.Name, "last": moment(h.Last)})
	}
	out := map[string]any{"kind": r.Kind.Code, "title": r.Title, "from": r.Span.First(), "to": r.Span.Last(), "asOf": r.AsOf.Format(time.RFC3339),
		"unit": r.Unit, "until": moment(r.Until()), "rows": inRows(r.Part, r.Indicators), "total": values(r.Total, r.Indicators, true),
		"before": map[string]any{}, "missing": missing, "reporting": len(r.Heard), "definitions": definitions, "indicators": about,
		"notes": append([]string{}, r.Notes...)}
	if r.Kind.List != "" {
		items := []any{}
		for _, m := range r.Items {
			items = append(items, map[string]any{"number": m.Number, "id": m.ID, "title": m.Title, "station": m.Station, "state": m.State.String(),
				"units": m.Units, "leader": m.Leader, "limit": m.Limit(), "result": m.Result})
		}
		out["items"] = items
	}
	held := r.Before
	if held == nil {
		held = r.Year
	}
	if held != nil {
		out["before"] = values(held.Total, r.Indicators, true)
		out["beforeFrom"], out["beforeTo"], out["beforeRows"] = held.Span.First(), held.Span.Last(), inRows(*held, r.Indicators)
	}
	if r.Before != nil && r.Year != nil {
		out["year"] = values(r.Year.Total, r.Indicators, true)
	}
	if r.Issued != nil {
		maps.Copy(out, r.Issued.Plain())
	}
	return out
}

// Plain is an issued report in a list as it is told as JSON.
func (e Edition) Plain() map[string]any {
	return map[string]any{"id": e.ID, "unit": e.Unit, "kind": e.Kind, "title": e.Title, "from": e.From, "to": e.To, "by": append([]string{}, e.By...),
		"number": e.Number, "edition": e.Edition, "heading": e.Heading(), "hash": e.Hash, "maker": e.Maker, "made": e.Made.Format(time.RFC3339), "odd": e.Odd()}
}

// Plain is as which a report was issued, and what changed, as it is told as JSON.
func (i Issue) Plain() map[string]any {
	out, since, late := i.Edition.Plain(), []any{}, []any{}
	for _, c := range i.Since {
		since = append(since, map[string]any{"labels": c.Labels, "indicator": c.Indicator.Code, "was": c.Was, "is": c.Is})
	}
	for _, m := range i.Late {
		late = append(late, map[string]any{"number": m.Number, "id": m.ID, "title": m.Title, "station": m.Where})
	}
	out["since"], out["late"], out["more"] = since, late, i.More
	return out
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
