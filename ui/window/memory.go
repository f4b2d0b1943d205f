package window

import (
	"context"
	"runtime/metrics"
	"time"

	"lianluo.local/ui/kit"
)

// spare is how many bytes more than before may be held until they are given back.
const spare = 32 << 20

// breathe gives back what was needed for a moment: where that is much, as after a report or a round in which many things came,
// and once a minute as long as somebody works here and a while longer, since Fyne remembers for a minute what it drew.
func (w *Window) breathe() {
	w.breaths++
	if w.app == nil || held() < w.memory+spare && (w.breaths%4 > 0 || kit.Idle() > 3*time.Minute) {
		return
	}
	a := w.app
	kit.Do(w.run, w.ctx, func(ctx context.Context) (uint64, error) {
		err := a.Rest(ctx)
		return held(), err
	}, func(held uint64, err error) {
		w.memory = held
		if err != nil {
			w.log.Error("give memory back", "error", err.Error())
		}
	})
}

// held is how many bytes Go holds of the system's memory.
func held() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
