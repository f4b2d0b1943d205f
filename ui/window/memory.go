package window

import (
	"runtime/debug"
	"runtime/metrics"
)

// spare is how many bytes more than before may be held until what nobody needs is given back to the system.
const spare = 16 << 20

// rest is what is known of the memory of a window that waits for people: a paper, a report or a password takes a lot of it for
// a moment, and Go would keep that for the next time, which may be tomorrow.
type rest struct{ held uint64 }

// giveBack gives back what was needed for a moment, where that is much.
func (r *rest) giveBack() {
	if held() > r.held+spare {
		debug.FreeOSMemory()
		r.held = held()
	}
}

// held is how many bytes Go holds of the system's memory.
func held() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
