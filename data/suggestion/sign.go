package suggestion

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// sign sets who proposes it, the lead first.
func (s *Suggestion) sign(list []Signer) error {
	leads, keys := 0, map[string]bool{}
	for _, g := range list {
		if keys[g.Key] || g.Key == "" {
			return fmt.Errorf("a signer %q", g.Key)
		}
		if keys[g.Key] = true; g.Lead {
			leads++
		}
	}
	s.Signers = slices.Clone(list)
	if leads > 1 {
		return errors.New("two lead it")
	}
	slices.SortStableFunc(s.Signers, func(a, b Signer) int {
		switch {
		case a.Lead == b.Lead:
			return 0
		case a.Lead:
			return -1
		}
		return 1
	})
	return nil
}

// resign sets who is to propose it. Who has signed or declined did so, whatever is said of him now.
func (s *Suggestion) resign(list []Signer) error {
	list = slices.Clone(list)
	for i, g := range list {
		if had, is := s.Signer(g.Key); is {
			list[i], list[i].Lead = had, g.Lead
		} else {
			list[i] = Signer{Key: g.Key, Lead: g.Lead}
		}
	}
	return s.sign(list)
}

func invite(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	list := slices.Clone(s.Signers)
	var keys []string
	for _, g := range b.Signers {
		i := slices.IndexFunc(list, func(had Signer) bool { return had.Key == g.Key })
		if i < 0 {
			list, i = append(list, Signer{Key: g.Key}), len(list)
		}
		if list[i].Signed == "" {
			list[i].Invited, list[i].Until, list[i].Declined = b.on(r), b.Until, ""
		}
		keys = append(keys, g.Key)
	}
	if keys == nil || len(list) > most {
		return nil, "", errors.New("nobody, or too many, are asked")
	}
	s.hear(b.Told)
	s.Up = s.Up || b.Out
	s.step(b.on(r), b.Until)
	return []string{"signers"}, thing.Join(thing.Join(s.called(keys), until(b.Until)), b.Text), s.sign(list)
}

// called are the names of some keys.
func (s *Suggestion) called(keys []string) string {
	var names []string
	for _, key := range keys {
		if n := s.Who[key].Name; n != "" {
			names = append(names, n)
		}
	}
	return strings.Join(names, "、")
}

func cosign(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	keys := b.Signs
	if b.Signer != "" {
		keys = append([]string{b.Signer}, keys...)
	}
	list := slices.Clone(s.Signers)
	var fields []string
	for _, key := range keys {
		i := slices.IndexFunc(list, func(g Signer) bool { return g.Key == key })
		if i < 0 && s.Sits(r.Unit) && key != "" { // he signed the paper without having been asked
			list, i = append(list, Signer{Key: key}), len(list)
		}
		if i < 0 || list[i].Signed != "" {
			return nil, "", thing.ErrNotNow
		}
		list[i].Signed, list[i].Paper, list[i].Declined = b.on(r), b.Paper != "", ""
		fields = append(fields, "signer "+key)
	}
	if fields == nil || len(list) > most {
		return nil, "", errors.New("nobody, or too many, sign")
	}
	s.name(b.Names)
	return fields, thing.Join(thing.Join(s.called(keys), b.Paper), b.Text), s.sign(list)
}

func decline(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	i := slices.IndexFunc(s.Signers, func(g Signer) bool { return g.Key == b.Signer })
	if i < 0 || s.Signers[i].Signed != "" || s.Signers[i].Lead {
		return nil, "", thing.ErrNotNow
	}
	s.Signers = slices.Clone(s.Signers)
	s.Signers[i].Declined = b.on(r)
	return []string{"signer " + b.Signer}, thing.Join(s.called([]string{b.Signer}), b.Text), nil
}
