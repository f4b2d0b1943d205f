package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// kept are the matters that are here, by what rows are found by.
type kept struct {
	byID, byNumber, byPaper, byRow map[string]*matter.Matter
	byDay                          map[string][]*matter.Matter
	taken                          map[string]string // by the matter's ID, the cell of the row that tells of it
}

// known are the matters of the years of some rows.
func (a *App) known(ctx context.Context, rows []keyedRow) (k kept, err error) {
	k = kept{map[string]*matter.Matter{}, map[string]*matter.Matter{}, map[string]*matter.Matter{},
		map[string]*matter.Matter{},
		map[string][]*matter.Matter{}, map[string]string{}}
	years := map[int]bool{}
	for _, r := range rows {
		if r.Struck == "" {
			years[r.Report.Occurred.Year()] = true
		}
	}
	add := func(m *matter.Matter) {
		if m.State == matter.Void || k.byID[m.ID] != nil {
			return
		}
		k.byID[m.ID], k.byNumber[spelling.Number(m.Number)] = m, m
		if key := m.PaperKey(); key != "" {
			k.byPaper[key] = m
		}
		if m.Row != "" {
			k.byRow[m.Row] = m
		}
		day := m.Station + " " + m.Report.Occurred.In(a.Now().Location()).Format("2006-01-02")
		k.byDay[day] = append(k.byDay[day], m)
	}
	for year := range years {
		from, to := strconv.Itoa(year-1)+"-12-31", strconv.Itoa(year+1)+"-01-01T" // of whatever zone
		ls, err := view.Things[matter.Matter](ctx, a.Store, matter.Name, "occurred >= ? AND occurred < ?", from, to+"9")
		if err != nil {
			return k, err
		}
		for i := range ls {
			add(&ls[i].Thing)
		}
	}
	for _, r := range rows { // of which the day was put right here since, or is wrong there
		if r.Number != "" && k.byNumber[spelling.Number(r.Number)] == nil {
			fs, err := view.ByNumber(ctx, a.Store, r.Number)
			if err == nil && len(fs) == 1 {
				add(&fs[0].Matter)
			}
		}
	}
	others, err := a.rowed(ctx, k)
	for i := range others {
		add(&others[i].Thing)
	}
	return k, err
}

// rowed are the matters that came from old books and are not known yet.
func (a *App) rowed(ctx context.Context, k kept) ([]view.Line[matter.Matter], error) {
	rows, err := a.Store.Query(ctx, "SELECT thing FROM label WHERE kind = ?", thing.ByRow)
	if err != nil {
		return nil, fmt.Errorf("rows of old books: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("rows of old books: %w", err)
		}
		if k.byID[id] == nil {
			ids = append(ids, id)
		}
	}
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return nil, err
	}
	list, _ := json.Marshal(ids)
	return view.Things[matter.Matter](ctx, a.Store, matter.Name, "id IN (SELECT value FROM json_each(?))", string(list))
}
