package agenda

import (
	"context"
	"fmt"

	"lianluo.local/data/session"
)

// Mark is as much of a session as a month of many stations shows of it.
type Mark struct {
	ID, Station, Kind, Day, From string
	State                        session.State
	Late                         bool // citizens should have been told by now and were not, or were told something else
	Empty                        bool // it is still to be held, and nobody is called
}

// Mark gives it of a whole session.
func (a *Agenda) Mark(s session.Session) Mark {
	return Mark{s.ID, s.Station, s.Kind, s.Day, s.From, s.State, a.Late(s), s.Ahead() && len(s.Awaited()) == 0}
}

// Marks gives those of the sessions from a day to another, both counted, by day, hour and station. It reads no session
// whole: thousands are there in a moment.
func (a *Agenda) Marks(ctx context.Context, from, to string) (list []Mark, err error) {
	rows, err := a.Store.Query(ctx, `SELECT id, station, kind, day, start, state,
		CASE WHEN state = ? AND noticed <> '' THEN json_extract(CAST(open AS TEXT), '$.notices[#-1].tells') <> ? ELSE 0 END,
		CASE WHEN people = '' THEN json_array_length(CAST(open AS TEXT), '$.called') = 0 ELSE 0 END
		FROM session WHERE state <> ? AND day BETWEEN ? AND ? ORDER BY day, start, station, id`,
		int(session.Cancelled), session.Cancelled.Code(), int(session.Void), from, to)
	if err != nil {
		return nil, fmt.Errorf("marks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Mark
		var owes, empty bool
		if err := rows.Scan(&m.ID, &m.Station, &m.Kind, &m.Day, &m.From, &m.State, &owes, &empty); err != nil {
			return nil, fmt.Errorf("marks: %w", err)
		}
		s := session.Session{Facts: session.Facts{Kind: m.Kind, Day: m.Day}, State: m.State}
		m.Late, m.Empty = owes || a.Late(s), empty && s.Ahead()
		list = append(list, m)
	}
	return list, rows.Err()
}
