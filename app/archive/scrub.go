package archive

import (
	"context"
	"errors"
	"io/fs"

	"lianluo.local/data/home"
	"lianluo.local/data/sealed"
	"lianluo.local/data/store"
)

// Scrub writes those copies anew that hold what was redacted since they were taken: of a home, and in further folders as
// far as they are there. A copy that cannot be read is passed over; what is on sticks in drawers nobody reaches. It says
// how many were written anew.
func Scrub(ctx context.Context, db *store.Store, h home.Home, further ...string) (n int, err error) {
	for _, c := range Copies(h, further...) {
		anew, fault := db.ScrubCopy(ctx, c.File, h.Database()+".scrubbed")
		if anew {
			n++
		}
		if fault != nil && !unreadable(fault) {
			err = errors.Join(err, fault)
		}
	}
	return n, err
}

// unreadable says whether an error comes of what a file is: another's, damaged, closed to our key, gone meanwhile.
func unreadable(err error) bool {
	return errors.Is(err, store.ErrForeign) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, sealed.ErrKey) ||
		errors.Is(store.Fault(err), store.ErrDamaged)
}
