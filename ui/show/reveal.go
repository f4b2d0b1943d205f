package show

import (
	"context"

	"lianluo.local/ui/kit"
)

// Reveal asks whether the contact of somebody may be shown in full, by the number or ID of what it belongs to, and then
// shows it; what is refused is said. Who asks writes down that it was seen.
func Reveal(h kit.Host, may func(ctx context.Context, which string) error, which string, show func()) {
	kit.Do(h.Run, h.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, may(ctx, which) },
		func(_ struct{}, err error) {
			if err != nil {
				h.Say(kit.Bad, h.Explain(err))
				return
			}
			show()
		})
}
