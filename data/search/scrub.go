package search

import "context"

// Scrub writes the index anew, so that no word of a text that was taken out or replaced is left in its file or its log;
// it takes as long as copying it.
func (x *Index) Scrub(ctx context.Context) error {
	for _, part := range []string{
		"INSERT INTO pair(pair) VALUES ('optimize')", // all segments become one, without what was taken out
		"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := x.writer.ExecContext(ctx, part); err != nil {
			return x.failed("scrub", err)
		}
	}
	return nil
}
