package folder

import (
	"context"
	"path/filepath"

	"github.com/syncthing/notify"
)

// Watch gives a channel that fires when something may have changed under dir, until ctx ends. It is a hint and no more:
// any number of changes are one firing, some are missed (another machine's on a network drive, a burst), and where the
// system cannot watch at all the channel never fires, nor for a stick that Windows lets nobody take out while somebody watches
// it. Whoever uses it also looks by the clock.
func Watch(ctx context.Context, dir string) <-chan struct{} {
	dirty := make(chan struct{}, 1)
	events := make(chan notify.EventInfo, 500) // what does not fit is dropped, and dirty is set by then
	if pluggable(dir) || notify.Watch(filepath.Join(dir, "..."), events, notify.All) != nil {
		return dirty
	}
	go func() {
		defer notify.Stop(events)
		for {
			select {
			case <-ctx.Done():
				return
			case <-events:
				select {
				case dirty <- struct{}{}:
				default:
				}
			}
		}
	}()
	return dirty
}
