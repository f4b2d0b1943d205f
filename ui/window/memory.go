package window

import (
	"context"
	"runtime/metrics"
	"time"

	"lianluo.local/ui/kit"
)

// spare is how many bytes more than at the least may be held until they are given back.
const spare = 16 << 20

// breathe gives back what was needed for a moment, once a minute as long as somebody works here and a while longer, since Fyne
// remembers for a minute what it drew; and whenever a lot is held, as after a round in which many things came.
func (w *Window) breathe() {
	if w.app == nil || kit.Idle() > 3*time.Minute && held() < w.least+spare {
		return
	}
	a := w.app
	kit.Do(w.run, w.ctx, func(ctx context.Context) (uint64, error) {
		err := a.Rest(ctx)
		return held(), err
	}, func(held uint64, err error) {
		if err != nil {
			w.log.Error("give memory back", "error", err.Error())
		}
		if w.least == 0 || held < w.least {
			w.least = held
		}
	})
}

// held is how many bytes Go holds of the system's memory.
func held() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
