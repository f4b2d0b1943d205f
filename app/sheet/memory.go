package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"lianluo.local/data/home"
	"lianluo.local/data/spelling"
)

// Memory is how sheets were mapped before: by the print of their titles, the keys of their columns by letter. It holds
// nothing of what stands in them.
type Memory map[string]map[string]string

// print tells sheets of the same titles in the same columns. 原因, which stands before rows that came back, is none.
func print(g *Grid, m Mapping) string {
	var all []string
	for _, parts := range joined(g, m) {
		all = append(all, spelling.Letters(strings.Join(parts, "")))
	}
	if len(all) > 0 && all[len(all)-1] == reason {
		all = all[:len(all)-1]
	}
	sum := sha256.Sum256([]byte(strings.Join(all, "\n")))
	return hex.EncodeToString(sum[:16])
}

// Remember gives the memory of a home; an empty one where there is none, or where it cannot be read: it is asked again.
func Remember(h home.Home) (Memory, error) {
	b, err := os.ReadFile(h.Sheets())
	if errors.Is(err, fs.ErrNotExist) {
		return Memory{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("remembered sheets: %w", err)
	}
	memory := Memory{}
	if json.Unmarshal(b, &memory) != nil || memory == nil {
		return Memory{}, nil
	}
	return memory, nil
}

// remembered is how many kinds of sheets are kept.
const remembered = 200

// Keep remembers how a sheet was mapped.
func (memory Memory) Keep(h home.Home, g *Grid, m Mapping) error {
	for len(memory) >= remembered {
		for fingerprint := range memory {
			delete(memory, fingerprint)
			break
		}
	}
	memory[print(g, m)] = m.Columns
	b, err := json.MarshalIndent(memory, "", " ")
	if err != nil {
		return fmt.Errorf("remember sheet: %w", err)
	}
	return home.WriteWhole(h.Sheets(), b, 0o600)
}

// has says whether a letter stands among others.
func has(letters []string, letter string) bool { return slices.Contains(letters, letter) }
