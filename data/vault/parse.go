package vault

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"lianluo.local/data/suite"
)

// The bounds of what is read from a file that anybody may have made.
const (
	MaxSize  = 60 << 10 // bytes; it stands in front of a sealed database, too
	maxSlots = 60
	maxKey   = 4 << 10 // bytes of a sealed key, and of a sealed holder
	maxWork  = 1 << 20 // KiB times passes of one stretching: some five seconds on an old computer
	maxKiB   = 256 << 10
	maxKinds = 3 // different stretchings in one file
	idSize   = 16
)

// Parse reads a vault. It fails with ErrDamaged or ErrNewer.
func Parse(b []byte) (*Vault, error) {
	var file struct {
		Lianluo string `json:"lianluo"`
		Suite   string `json:"suite"`
		ID      []byte `json:"id"`
		Slots   []slot `json:"slots"`
	}
	if len(b) > MaxSize {
		return nil, fmt.Errorf("%w: %d bytes", ErrDamaged, len(b))
	}
	v := &Vault{}
	if json.Unmarshal(b, &file) != nil || json.Unmarshal(b, &v.rest) != nil {
		return nil, fmt.Errorf("%w: no JSON of ours", ErrDamaged)
	}
	if file.Lianluo != head {
		if strings.HasPrefix(file.Lianluo, newer) {
			return nil, ErrNewer
		}
		return nil, fmt.Errorf("%w: another file", ErrDamaged)
	}
	v.suite, v.id, v.slots = file.Suite, file.ID, file.Slots
	for _, known := range []string{"lianluo", "suite", "id", "slots"} {
		delete(v.rest, known)
	}
	if _, err := suite.Named(v.suite); err != nil || len(v.id) != idSize || len(v.slots) > maxSlots {
		return nil, fmt.Errorf("%w: suite, id or number of slots", ErrDamaged)
	}
	for i, s := range v.slots {
		if s.bad() {
			return nil, fmt.Errorf("%w: slot %d", ErrDamaged, i+1)
		}
	}
	if len(v.stretches()) > maxKinds {
		return nil, fmt.Errorf("%w: stretchings", ErrDamaged)
	}
	return v, nil
}

func (s slot) bad() bool {
	if len(s.Key) > maxKey || len(s.Who) > maxKey || len(s.Seed) > maxKey || len(s.To.Age) > maxKey {
		return true
	}
	return s.Kind == Password && (s.Time < 1 || s.Memory < 8 || s.Memory > maxKiB || uint64(s.Time)*uint64(s.Memory) > maxWork)
}

// Bytes is the file.
func (v *Vault) Bytes() []byte {
	file := map[string]any{}
	for name, value := range maps.All(v.rest) {
		file[name] = value
	}
	file["lianluo"], file["suite"], file["id"], file["slots"] = head, v.suite, v.id, append([]slot{}, v.slots...)
	b, err := json.MarshalIndent(file, "", " ")
	if err != nil {
		panic(err) // texts and bytes alone
	}
	return append(b, '\n')
}
