package session

import (
	"encoding/json"
	"errors"

	"lianluo.local/data/journal"
	"lianluo.local/data/words"
)

// redact takes away who was visited and what was said there; how many households were visited stays, and which of them
// became a matter. It may follow in every state, whatever others did meanwhile.
func redact(s *Session, r journal.Record) ([]string, string, error) {
	var said Said
	if err := json.Unmarshal(r.Body, &said); err != nil {
		return nil, "", err
	}
	if _, known := words.Redactions.Parse(said.Reason); !known {
		return nil, "", errors.New("the reason is missing")
	}
	s.Homes = nil
	return nil, words.Redactions.Name(said.Reason), nil
}
