package agenda

import (
	"context"
	"encoding/json"
	"fmt"
)

// Kept is what is written down while a session goes on and becomes an entry when it is closed.
type Kept struct {
	Citizens  int
	Explained string
}

func keptID(id string) string { return "evening " + id }

// Keep saves what is being written down of a session; a crash or a power cut loses at most the last moment.
func (a *Agenda) Keep(ctx context.Context, id string, k Kept) error {
	b, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keep evening: %w", err)
	}
	return a.Store.Keep(ctx, keptID(id), string(b), a.Now())
}

// Kept gives what was being written down of a session, and whether there was anything.
func (a *Agenda) Kept(ctx context.Context, id string) (k Kept, ok bool, err error) {
	body, err := a.Store.Kept(ctx, keptID(id))
	if err != nil || body == "" {
		return k, false, err
	}
	return k, json.Unmarshal([]byte(body), &k) == nil, nil
}
