package peer

import (
	"context"
	"database/sql"
	"fmt"

	"lianluo.local/data/store"
)

// KeyList is the newest signed list of an office's keys.
type KeyList struct {
	Version uint64
	File    []byte
}

// KeyLists gives those that we hold, our own among them, by unit.
func KeyLists(ctx context.Context, s *store.Store) (map[string]KeyList, error) {
	rows, err := s.Query(ctx, "SELECT unit, version, file FROM keylist")
	if err != nil {
		return nil, fmt.Errorf("key lists: %w", err)
	}
	defer rows.Close()
	lists := map[string]KeyList{}
	for rows.Next() {
		var unit string
		var l KeyList
		if err := rows.Scan(&unit, &l.Version, &l.File); err != nil {
			return nil, fmt.Errorf("key lists: %w", err)
		}
		lists[unit] = l
	}
	return lists, rows.Err()
}

// KeepKeyList keeps a list in place of the one before of the same unit.
func KeepKeyList(ctx context.Context, s *store.Store, unit string, l KeyList) error {
	return s.Transact(ctx, func(tx *sql.Tx) error { return keepKeyList(tx, unit, l) })
}

func keepKeyList(tx *sql.Tx, unit string, l KeyList) error {
	_, err := tx.Exec(
		"INSERT INTO keylist VALUES (?,?,?) ON CONFLICT DO UPDATE SET version=excluded.version, file=excluded.file",
		unit, int64(l.Version), append([]byte{}, l.File...))
	if err != nil {
		return fmt.Errorf("key list: %w", err)
	}
	return nil
}
