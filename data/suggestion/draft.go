package suggestion

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// most is how many signers, matters, units or acts of one sort one suggestion may have: more than any congress has
// deputies.
const most = 3000

// Opening is the body of a suggestion's first entry.
type Opening struct {
	Facts
	Told
	Via     string   `json:"via,omitempty"`
	Office  string   `json:"office"`
	Matters []Link   `json:"matters,omitempty"`
	Signers []Signer `json:"signers,omitempty"`
	Before  string   `json:"before,omitempty"`  // what matters call it that were suggested before there were any
	Becomes State    `json:"becomes,omitempty"` // then: Submitted, Assigned, Answered
	On      string   `json:"on,omitempty"`      // then since when
	Units   []Unit   `json:"units,omitempty"`
	Due     string   `json:"due,omitempty"`
	Answer  *Answer  `json:"reply,omitempty"`
}

// Told is what an entry says in words: in its body, or apart where the suggestion is confidential or has not left its table. Change has the fields
// of Wording that it changes beside it, by their codes.
type Told struct {
	*Wording  `json:",omitempty"`
	Salt      string         `json:"salt,omitempty"` // draft, and where a draft is said again
	Untouched bool           `json:"untouched,omitempty"`
	Names     map[string]Who `json:"names,omitempty"` // of signers and units, by their keys
	Text      string         `json:"text,omitempty"`
	Letter    string         `json:"letter,omitempty"`   // the number of a letter, where it names who wrote it
	Promised  []string       `json:"promised,omitempty"` // what is promised, in the order of Said.Promises
}

// Said is the body of any other act: each takes the members that it needs.
type Said struct {
	Fields   []string  `json:"fields,omitempty"`  // change: the codes of what is changed
	Signers  []Signer  `json:"signers,omitempty"` // change: all of them; invite: who is asked besides
	Matters  []Link    `json:"matters,omitempty"` // change: all of them, where Fields has "matters"
	Guests   []Guest   `json:"guests,omitempty"`  // share, assign
	Signer   string    `json:"signer,omitempty"`  // cosign, decline: whose; rate: "" for all
	Signs    []string  `json:"signs,omitempty"`   // cosign, deliver, withdraw: the keys of several
	Date     string    `json:"date,omitempty"`    // when it truly happened; "" for the entry's day
	Until    string    `json:"until,omitempty"`   // invite
	Out      bool      `json:"out,omitempty"`     // invite: others than the table's own are asked, so that it leaves the table
	Paper    string    `json:"paper,omitempty"`   // cosign, rate: from what it was keyed in
	Number   string    `json:"number,omitempty"`  // register; help, answer: of the letter
	Into     string    `json:"into,omitempty"`
	IntoNum  string    `json:"intoNumber,omitempty"`
	Unit     string    `json:"unit,omitempty"` // the key of which it is about
	Units    []Unit    `json:"units,omitempty"`
	Hard     bool      `json:"hard,omitempty"`
	Due      string    `json:"due,omitempty"`  // of the answer
	Term     string    `json:"term,omitempty"` // of the next step
	More     bool      `json:"more,omitempty"` // ask: besides, not instead
	Way      string    `json:"way,omitempty"`
	To       string    `json:"to,omitempty"` // extend: by which day, grant: by which day after all
	No       bool      `json:"no,omitempty"` // grant: it is refused; review: the answer is sent back
	Class    int       `json:"class,omitempty"`
	Promises []Promise `json:"promises,omitempty"`
	Work     string    `json:"work,omitempty"`
	Result   string    `json:"result,omitempty"`
	Taken    string    `json:"taken,omitempty"`
	Why      string    `json:"why,omitempty"`    // pause: words.Pauses
	Kept     []string  `json:"kept,omitempty"`   // keep: the marks of promises
	Leader   string    `json:"leader,omitempty"` // supervise
	Public   string    `json:"public,omitempty"` // publish
	Told
}

var beijing = time.FixedZone("CST", 8*60*60)

func day(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }

// on gives when an act truly happened.
func (b Said) on(r journal.Record) string {
	return cmp.Or(b.Date, day(r.At))
}

func has(list words.List, code string) bool {
	return slices.ContainsFunc(list, func(w words.Word) bool { return w.Code == code })
}

// read gives what an act says, whichever part it stands in.
func read(r journal.Record) (b Said, err error) {
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return b, err
	}
	for _, n := range []int{len(b.Signers), len(b.Matters), len(b.Guests), len(b.Signs), len(b.Units), len(b.Promises)} {
		if n > most {
			return b, errors.New("too many at once")
		}
	}
	for _, day := range append([]string{b.Date, b.Until, b.Due, b.Term, b.To}, b.ends()...) {
		if day != "" && date(day).IsZero() {
			return b, fmt.Errorf("a day %q", day)
		}
	}
	thing.Hear(r, &b.Told)
	return b, nil
}

// ends are the days by which something is promised.
func (b Said) ends() (days []string) {
	for _, p := range b.Promises {
		days = append(days, p.By)
	}
	return days
}

// tell keeps the text of an act and gives the mark by which it is found, which everybody counts alike.
func (s *Suggestion) tell(text string) (mark string) {
	s.Marks++
	mark = strconv.Itoa(s.Marks)
	if text != "" {
		s.Texts = with(s.Texts, mark, text)
	}
	return mark
}

func with[V any](m map[string]V, key string, v V) map[string]V {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]V{}
	}
	m[key] = v
	return m
}

// name keeps who some keys are.
func (s *Suggestion) name(names map[string]Who) {
	if len(s.Who)+len(names) > 2*most { // signers, and units
		return
	}
	all := maps.Clone(s.Who)
	if all == nil {
		all = map[string]Who{}
	}
	maps.Copy(all, names)
	s.Who = all
}

// hear keeps who some keys are, and what the suggestion says, where an entry says it again to those who come to hear of it.
func (s *Suggestion) hear(b Told) {
	if s.name(b.Names); b.Wording != nil {
		s.Wording = *b.Wording
	}
	if s.Salt == "" {
		s.Salt = b.Salt
	}
}

// step begins the clock of the next step.
func (s *Suggestion) step(on, term string) { s.Since, s.Term = on, term }

func draft(s *Suggestion, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	s.Bare = first.Wording != nil
	thing.Hear(r, &first.Told)
	code, ok := unit.Parse(first.Office)
	switch {
	case !ok || code != first.Office || code != r.Unit && !unit.Above(code, r.Unit) && !unit.Above(r.Unit, code):
		return nil, "", fmt.Errorf("a suggestion by %s for %q", r.Unit, first.Office)
	case first.Via != "" && !unit.Above(first.Via, r.Unit):
		return nil, "", errors.New("a table that reports to none above it")
	case !has(words.Proposals, first.Kind) || !has(words.Levels, first.Level):
		return nil, "", fmt.Errorf("a %q to a congress %q", first.Kind, first.Level)
	case len(first.Matters) > most || len(first.Signers) > most || len(first.Units) > most:
		return nil, "", errors.New("too many at once")
	case slices.ContainsFunc(first.Units, func(u Unit) bool { return u.Code != "" }): // whom its office names
		return nil, "", errors.New("a table that hands it on")
	}
	if err := first.days(); err != nil {
		return nil, "", err
	}
	s.ID, s.Unit, s.Via, s.Office, s.Facts, s.Before = r.Thing, r.Unit, first.Via, first.Office, first.Facts, first.Before
	if first.Wording != nil {
		s.Wording = *first.Wording
	}
	s.Untouched, s.Salt = first.Untouched, first.Salt
	s.name(first.Names)
	if err := errors.Join(s.gather(first.Matters), s.sign(first.proposers())); err != nil {
		return nil, "", err
	}
	switch first.Becomes {
	case None:
	case Submitted:
		s.State, s.Up, s.Submitted = Submitted, true, first.On
	case Assigned, Answered:
		if first.Becomes == Answered && (first.Answer == nil || first.Answer.Class < 1 || first.Answer.Class > 8) {
			return nil, "", errors.New("answered without an answer")
		}
		s.State, s.Up, s.Submitted, s.Accepted = first.Becomes, true, first.On, first.On
		s.Handed, s.FirstHand, s.Due, s.FirstDue, s.Round = first.On, first.On, first.Due, first.Due, 1
		s.step(first.On, first.Due)
		if err := s.hand(first.On, first.Units); err != nil {
			return nil, "", err
		}
		if s.State == Answered && !slices.ContainsFunc(s.Mains(), func(u Unit) bool { return u.Key == first.Answer.Unit }) {
			return nil, "", errors.New("an answer of nobody who has it")
		}
		if a := first.Answer; s.State == Answered {
			for i := range s.Units {
				if u := &s.Units[i]; !u.Help {
					u.Signed, u.Answered = first.On, a.On
				}
			}
			s.Answers = []Answer{{Unit: a.Unit, Round: 1, On: a.On, Class: a.Class, Number: a.Number, Mark: s.tell(first.Text)}}
		}
	default:
		return nil, "", fmt.Errorf("a suggestion that becomes %d", first.Becomes)
	}
	return nil, first.title(), nil
}

// proposers are those whom it names; of what they did by then it tells who signed one of before.
func (o Opening) proposers() (list []Signer) {
	for _, g := range o.Signers {
		if list = append(list, Signer{Key: g.Key, Lead: g.Lead}); o.Becomes != None {
			list[len(list)-1].Signed = g.Signed
		}
	}
	return list
}

// days fails where a day is none.
func (o Opening) days() error {
	days := []string{o.On, o.Due}
	if o.Answer != nil {
		days = append(days, o.Answer.On)
	}
	for _, g := range o.Signers {
		days = append(days, g.Signed)
	}
	for _, u := range o.Units {
		days = append(days, u.Due)
	}
	for _, day := range days {
		if day != "" && date(day).IsZero() {
			return fmt.Errorf("a day %q", day)
		}
	}
	return nil
}

func (t Told) title() string {
	if t.Wording == nil || t.Title == "" {
		return ""
	}
	return "“" + t.Title + "”"
}

// gather sets the matters that it grew from.
func (s *Suggestion) gather(links []Link) error {
	ids := map[string]bool{}
	for _, l := range links {
		if l.ID == "" || ids[l.ID] || unit.LevelOf(l.Station) != journal.Station || l.Via != "" && !unit.Above(l.Via, l.Station) {
			return fmt.Errorf("a matter %q of %q", l.ID, l.Station)
		}
		ids[l.ID] = true
	}
	s.Matters = links
	return nil
}

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

func change(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	was := s.Facts
	var names []string
	for _, code := range b.Fields {
		f, known := Fields.Field(code)
		known = known && f.Correctable || code == "signers" || code == "matters"
		if !known || s.State > Inviting && (code == "confidential" || code == "signers") {
			return nil, "", fmt.Errorf("%s stays", code)
		}
		names = append(names, name(code))
	}
	changed := func(code string) bool { return slices.Contains(b.Fields, code) }
	if err := json.Unmarshal(r.Body, &s.Facts); err != nil {
		return nil, "", err
	}
	for code, undo := range map[string]func(){"kind": func() { s.Kind = was.Kind }, "level": func() { s.Level = was.Level },
		"congress": func() { s.Congress = was.Congress }, "held": func() { s.Held = was.Held }, "public": func() { s.Public = was.Public },
		"confidential": func() { s.Confidential = was.Confidential }, "origin": func() { s.Origin = was.Origin },
		"original": func() { s.Original = was.Original }} {
		if !changed(code) {
			undo()
		}
	}
	if !has(words.Proposals, s.Kind) || !has(words.Levels, s.Level) {
		return nil, "", fmt.Errorf("a %q to a congress %q", s.Kind, s.Level)
	}
	if b.Wording != nil { // in it stands what is said, and nothing else
		next := s.Wording
		for code, set := range map[string]func(){"title": func() { next.Title = b.Title }, "category": func() { next.Category = b.Category },
			"facts": func() { next.Case = b.Case }, "proposal": func() { next.Proposal = b.Proposal },
			"wanted": func() { next.Wanted = b.Wanted }, "delegation": func() { next.Delegation = b.Delegation }} {
			if changed(code) {
				set()
			}
		}
		s.Wording = next
	}
	if changed("title") || changed("facts") || changed("proposal") {
		s.Untouched = b.Untouched
	}
	s.name(b.Names)
	if changed("matters") {
		err = s.gather(b.Matters)
	}
	if changed("signers") {
		err = errors.Join(err, s.resign(b.Signers))
	}
	return b.Fields, thing.Join(strings.Join(names, "、"), b.Text), err
}

func invite(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
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

func until(date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		return "限" + t.Format("2006年1月2日") + "前"
	}
	return ""
}

func cosign(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
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

func decline(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	i := slices.IndexFunc(s.Signers, func(g Signer) bool { return g.Key == b.Signer })
	if i < 0 || s.Signers[i].Signed != "" || s.Signers[i].Lead {
		return nil, "", thing.ErrNotNow
	}
	s.Signers = slices.Clone(s.Signers)
	s.Signers[i].Declined = b.on(r)
	return []string{"signer " + b.Signer}, thing.Join(s.called([]string{b.Signer}), b.Text), nil
}

func submit(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	s.hear(b.Told)
	s.Up, s.Submitted = true, b.on(r)
	s.step(s.Submitted, b.Term)
	return []string{thing.State}, b.Text, nil
}

// share lets stations hear of it, and says who those are of whom its table knew the name alone.
func share(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	s.name(b.Names)
	return nil, "", s.invited(r, b.Guests)
}

// invited lets more units hear of it.
func (s *Suggestion) invited(r journal.Record, more []Guest) error {
	for _, g := range more {
		if !unit.Above(r.Unit, g.Station) || g.Via != "" && !unit.Above(g.Via, g.Station) {
			return fmt.Errorf("%s hears of it: %w", g.Station, thing.ErrNotYours)
		}
		if !slices.Contains(s.Guests, g) {
			s.Guests = append(slices.Clip(s.Guests), g)
		}
	}
	if len(s.Guests) > most {
		return errors.New("too many hear of it")
	}
	return nil
}

func date(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}
