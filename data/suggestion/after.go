package suggestion

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// review says what the office finds an answer to be, or sends it back as none.
func review(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if b.Class < 0 || b.Class > 8 {
		return nil, "", fmt.Errorf("class %d of result", b.Class)
	}
	s.Answers, s.Units = slices.Clone(s.Answers), slices.Clone(s.Units)
	found := false
	for i := range s.Answers {
		a := &s.Answers[i]
		if a.Round != s.Round || a.Back || b.Unit != "" && a.Unit != b.Unit {
			continue
		}
		found = true
		if a.Reviewed = b.Class; b.No {
			a.Back = true
			for n := range s.Units {
				if s.Units[n].Key == a.Unit {
					s.Units[n].Answered = ""
				}
			}
		}
	}
	if !found {
		return nil, "", thing.ErrNotNow
	}
	if b.No {
		s.State = InHand
		s.step(b.on(r), max(s.Due, b.Term))
		return []string{"review"}, thing.Join("退回重新答复", b.Text), nil
	}
	s.step(b.on(r), b.Term)
	return []string{"review"}, thing.Join(words.ClassName(b.Class), b.Text), nil
}

// deliver says who had the answer. Whoever leads may pass it on (山东, 青岛): then it says whom he stands for.
func deliver(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if b.Way != "" && !has(words.Ways, b.Way) {
		return nil, "", fmt.Errorf("delivered by %q", b.Way)
	}
	s.Signers = slices.Clone(s.Signers)
	var fields []string
	for _, key := range b.Signs {
		i := slices.IndexFunc(s.Signers, func(g Signer) bool { return g.Key == key })
		if i < 0 {
			return nil, "", thing.ErrNotNow
		}
		s.Signers[i].Delivered, s.Signers[i].Way = b.on(r), b.Way
		fields = append(fields, "delivered "+key)
	}
	if b.Signs == nil && len(s.Signed()) > 0 {
		return nil, "", thing.ErrNotNow
	}
	note := thing.Join(thing.Join(s.called(b.Signs), words.Ways.Name(b.Way)), b.Text)
	if slices.ContainsFunc(s.Signed(), func(g Signer) bool { return g.Delivered == "" }) {
		return fields, note, nil
	}
	if s.State == Reviewed {
		s.State = Delivered
		s.step(b.on(r), b.Term)
	}
	return fields, note, nil
}

// Second says whether the answer that stands is the second one: what was promised is done.
func (s *Suggestion) Second() bool {
	list := s.Standing()
	return len(list) > 0 && list[len(list)-1].Again
}

func rate(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if !has(words.Verdicts, b.Work) || !has(words.Verdicts, b.Result) || b.Taken != "" && !has(words.Takings, b.Taken) {
		return nil, "", fmt.Errorf("rated %q and %q", b.Work, b.Result)
	}
	if b.Signer != "" {
		if g, is := s.Signer(b.Signer); !is || g.Signed == "" {
			return nil, "", thing.ErrNotNow
		}
	}
	v := Rating{Round: s.Round, Again: s.Second(), On: b.on(r), Work: b.Work, Result: b.Result, Taken: b.Taken, Key: b.Signer,
		Paper: b.Paper, Mark: s.tell(b.Text)}
	s.Ratings = append(slices.Clip(s.Ratings), v)
	note := thing.Join("办理工作 "+words.Verdicts.Name(b.Work)+"，办理结果 "+words.Verdicts.Name(b.Result), thing.Join(b.Paper, b.Text))
	s.Ended = ""
	switch {
	case !v.Content() && s.Round == 1 && !v.Again:
		s.State = Redo
	case !v.Content() && s.Round < 3 && !v.Again:
		s.State = Meeting
	case !v.Content() && v.Again && s.Round < 3: // what was promised was not kept to their content
		s.State = Redo
	case len(s.Pending()) > 0:
		s.State = Promised
		b.Term = s.promised()
	default:
		s.State, s.Ended, b.Term = Closed, v.On, ""
	}
	s.step(v.On, b.Term)
	return []string{"rating"}, note, bounded(len(s.Ratings))
}

// rateBeside is the form of another signer, after the first of them was not content: it counts, and it is handled anew all
// the same.
func rateBeside(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if b.Signer == "" || slices.ContainsFunc(s.Ratings, func(v Rating) bool {
		return v.Round == s.Round && v.Again == s.Second() && (v.Key == b.Signer || v.Key == "")
	}) {
		return nil, "", thing.ErrNotNow
	}
	was := *s
	fields, note, err := rate(s, r, b)
	if n := len(s.Ratings); err == nil && n > 1 { // the last word stays that for which it is handled anew
		s.Ratings[n-1], s.Ratings[n-2] = s.Ratings[n-2], s.Ratings[n-1]
	}
	s.State, s.Since, s.Term, s.Ended = was.State, was.Since, was.Term, was.Ended
	return fields, note, err
}

// promised is by which day the first of what waits is promised.
func (s *Suggestion) promised() (by string) {
	for _, p := range s.Pending() {
		by = soonest(by, p.By)
	}
	return by
}

// rateLate is a form that came back after it was closed without one, that of another signer, or a second word of those who
// wait for what is promised.
func rateLate(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	said := func(v Rating) bool {
		return v.Round == s.Round && v.Again == s.Second() && (v.Key == b.Signer || v.Key == "" || b.Signer == "") && v.Work != "none" && v.Result != "none"
	}
	if s.State == Closed && !s.Contested(thing.Handled) && (len(s.Ratings) == 0 || slices.ContainsFunc(s.Ratings, said)) {
		return nil, "", thing.ErrNotNow
	}
	return rate(s, r, b)
}

// again hands it on once more, after deputies were not content.
func again(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.hear(b.Told)
	s.Units = nil // who has it again signs, helps and answers again
	s.Promises = slices.DeleteFunc(slices.Clone(s.Promises), func(p Promise) bool { return p.Kept == "" })
	s.Round++
	if err := s.hand(b.on(r), b.Units); err != nil {
		return nil, "", err
	}
	s.Signers = slices.Clone(s.Signers)
	for i := range s.Signers {
		s.Signers[i].Delivered, s.Signers[i].Way = "", ""
	}
	s.Handed, s.Due = b.on(r), b.Due
	s.step(s.Handed, b.Term)
	return []string{"units"}, thing.Join("第"+strconv.Itoa(s.Round)+"次办理", s.handNote(b)), s.invited(r, b.Guests)
}

// keep says that what was promised is done, with the second answer.
func keep(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	by := ""
	s.Promises = slices.Clone(s.Promises)
	var fields []string
	for n := range s.Promises {
		p := &s.Promises[n]
		mine := r.Unit == s.Office || slices.ContainsFunc(s.Units, func(u Unit) bool { return u.Key == p.Unit && u.Code == r.Unit })
		if p.Kept != "" || b.Kept == nil && !mine || b.Kept != nil && !slices.Contains(b.Kept, p.Mark) {
			continue
		}
		if !mine {
			return nil, "", fmt.Errorf("%s for another: %w", r.Unit, thing.ErrNotNow)
		}
		p.Kept, by = b.on(r), p.Unit
		fields = append(fields, "promise "+p.Mark)
	}
	if fields == nil {
		return nil, "", thing.ErrNotNow
	}
	class := b.Class
	if class < 1 || class > 8 {
		class = 1
	}
	s.Answers = append(slices.Clip(s.Answers), Answer{Unit: by, Round: s.Round, On: b.on(r), Class: class, Number: cmp.Or(b.Letter, b.Number),
		Again: true, Mark: s.tell(b.Text)})
	if len(s.Pending()) > 0 {
		s.Term = s.promised()
		return fields, b.Text, bounded(len(s.Answers))
	}
	s.State = Reviewed
	s.Signers = slices.Clone(s.Signers)
	for n := range s.Signers {
		s.Signers[n].Delivered, s.Signers[n].Way = "", ""
	}
	s.step(b.on(r), b.Term)
	return fields, b.Text, bounded(len(s.Answers))
}

func supervise(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.Key, s.Leader = !b.No, b.Leader
	if b.No {
		return []string{"key"}, thing.Join("不再列为重点督办", b.Text), nil
	}
	return []string{"key"}, thing.Join(b.Leader, b.Text), nil
}

func urge(s *Suggestion, _ journal.Record, b Said) ([]string, string, error) {
	s.Urged++
	return nil, thing.Join("第"+strconv.Itoa(s.Urged)+"次", thing.Join(until(b.Term), b.Text)), nil
}

func publish(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	switch {
	case !has(words.Openness, b.Public):
		return nil, "", fmt.Errorf("made public as %q", b.Public)
	case s.Confidential && b.Public != "no":
		return nil, "", thing.ErrNotNow
	}
	s.Public, s.Published = b.Public, b.on(r)
	return []string{"public"}, thing.Join(words.Openness.Name(b.Public), b.Text), nil
}

// withdraw takes a suggestion back; all who signed have to want it (上海).
func withdraw(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	for _, g := range s.Signed() {
		if !slices.Contains(b.Signs, g.Key) {
			return nil, "", thing.ErrNotNow
		}
	}
	s.Ended = b.on(r)
	s.rest(s.Ended, "")
	s.step(s.Ended, "")
	return []string{thing.State}, b.Text, nil
}

func abandon(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.rest(b.on(r), "")
	s.step(b.on(r), "")
	return []string{thing.State}, b.Text, nil
}
