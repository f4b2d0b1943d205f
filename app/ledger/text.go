package ledger

import (
	"context"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/search"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// Fill brings the index up to the store and says how many matters were taken in. It is cheap when nothing changed.
func (l *Ledger) Fill(ctx context.Context) (n int, err error) {
	for {
		taken, err := l.take(ctx)
		if n += taken; err != nil || taken == 0 {
			return n, err
		}
	}
}

// catchUp takes in what was written since the index was last filled, by this process or another, so that a question
// finds it. What is more than a batch, Fill takes in behind it; where the disk takes nothing, what the index has is
// found all the same.
func (l *Ledger) catchUp(ctx context.Context) { _, _ = l.take(ctx) }

// take takes in the next batch and says how many there were.
func (l *Ledger) take(ctx context.Context) (n int, err error) {
	mark, err := l.Index.Mark(ctx)
	if err != nil {
		return 0, err
	}
	newest, err := l.Store.Version(ctx)
	if err != nil {
		return 0, err
	}
	if mark > newest { // the store was restored from a backup: the index speaks of what is no longer there
		if err := l.Index.Put(ctx, 0, nil); err != nil {
			return 0, err
		}
		mark = 0
	}
	fs, err := l.Store.Changed(ctx, mark, batch)
	if err != nil || len(fs) == 0 {
		return 0, err
	}
	docs := make([]search.Doc, len(fs))
	for i, f := range fs {
		docs[i] = search.Doc{Row: f.Row, Version: f.Version}
		if f.Kind.Doc != nil {
			d := f.Kind.Doc(f.Sum, l.Unit)
			docs[i].People, docs[i].Phone, docs[i].Numbers = d.People, d.Phone, d.Numbers
			docs[i].Initials, docs[i].Text = d.Initials, d.Text
		}
	}
	return len(fs), l.Index.Put(ctx, fs[len(fs)-1].Version, docs)
}

// Found is the kind of matters, found by whatever is written about them and whoever has to do with them.
func Found(k thing.Kind) thing.Kind {
	k.Doc = func(s thing.Sum, at string) thing.Doc {
		m := *s.(*matter.Matter)
		if m.Confidential && m.Unit != at { // an office may hold what was said before confidence was asked for
			m = m.Hushed()
		}
		return doc(m)
	}
	return k
}

func doc(m matter.Matter) thing.Doc {
	d := thing.Doc{Phone: m.Phone, Numbers: []string{m.Number, m.PaperNumber},
		People:   slices.Concat([]string{m.Name, m.Leader}, m.Deputies, m.Guides, m.Proposers),
		Initials: append([]string{m.Title, CategoryName(m.Category), m.AnsweredBy}, m.Units...)}
	text := []string{m.Words, m.Place, m.Address, m.OnSpotAnswer, m.Proposal, words.Reasons.Name(m.Reason), m.Door,
		m.Answer,
		m.Minutes, m.Promise, m.Complaint,
		m.Suggests, m.IntoNumber, places.Of(m.Station).Where, m.Station}
	for _, e := range m.History {
		text = append(text, e.Note)
	}
	for _, s := range m.Sealed {
		text = append(text, s.Note, s.Answer, s.Minutes, s.Promise, s.Proposal, s.Reason)
	}
	d.Text = strings.Join(text, "\n")
	return d
}
