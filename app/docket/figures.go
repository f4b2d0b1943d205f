package docket

import (
	"context"
	"fmt"

	"lianluo.local/app/docket/rates"
	"lianluo.local/data/suggestion"
)

// Figures count the suggestions whom a filter chooses, as they stand today, and give the units' names by their keys where
// they are known here. Nothing of what they say is read for it.
func (d *Desk) Figures(ctx context.Context, f Filter) (rates.Figures, map[string]string, error) {
	cond, args, err := d.where(ctx, f)
	if err != nil {
		return rates.Figures{}, nil, err
	}
	rows, err := d.Store.Query(ctx, "SELECT tally FROM suggestion WHERE "+cond, args...)
	if err != nil {
		return rates.Figures{}, nil, fmt.Errorf("figures of suggestions: %w", err)
	}
	defer rows.Close()
	count := rates.On(d.today(), d.Profile.Letters)
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return rates.Figures{}, nil, fmt.Errorf("figures of suggestions: %w", err)
		}
		t, err := suggestion.ParseTally(text)
		if err != nil {
			return rates.Figures{}, nil, fmt.Errorf("figures of suggestions: %w", err)
		}
		count.Add(t)
	}
	if err := rows.Err(); err != nil {
		return rates.Figures{}, nil, fmt.Errorf("figures of suggestions: %w", err)
	}
	figures := count.Figures()
	names := map[string]string{}
	for _, u := range figures.Units {
		if names[u.Key] != "" {
			continue
		}
		named, err := d.things(ctx, "id IN (SELECT thing FROM label WHERE kind = ? AND value = ? LIMIT 3)", suggestion.ByHandler, u.Key)
		if err != nil {
			return figures, nil, err
		}
		for _, s := range named {
			for _, u := range s.Units {
				if name := s.Who[u.Key].Name; name != "" {
					names[s.UnitKey(u)] = name
				}
			}
		}
	}
	return figures, names, nil
}
