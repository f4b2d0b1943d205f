package matter

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// Booked is the version of a first entry that carries a matter out of an old book: a program of before would take it for
// one that nobody has begun with.
const Booked = Schema + 1

// Book is what a station's old book tells of what became of a matter before it was keyed in here (补录), and nothing
// besides: what the book does not say is blank. Dates are written 2026-12-04.
type Book struct {
	State      State    `json:"state"`            // how far it had come
	Units      []string `json:"units,omitempty"`  // departments that got it to handle, the main one first
	Guides     []string `json:"guides,omitempty"` // or deputies
	Assigned   string   `json:"assigned,omitempty"`
	Class      int      `json:"class,omitempty"`
	Answer     string   `json:"answer,omitempty"`
	AnsweredOn string   `json:"answeredOn,omitempty"`
	Told       string   `json:"told,omitempty"`
	TellWay    string   `json:"tellWay,omitempty"`
	Attitude   string   `json:"attitude,omitempty"`
	Result     string   `json:"result,omitempty"`
	Score      int      `json:"score,omitempty"`
	Complaint  string   `json:"complaint,omitempty"`
	RatedOn    string   `json:"ratedOn,omitempty"`
	Ended      string   `json:"ended,omitempty"` // when the book says that it was settled
	Term       string   `json:"term,omitempty"`  // of what is open still: by when somebody has to act here
}

// end is the last day of which a book tells, "" where it tells none.
func (b Book) end() string {
	return or(b.Ended, or(b.RatedOn, or(b.Told, or(b.AnsweredOn, b.Assigned))))
}

// carriable are the states in which a matter may come out of an old book.
var carriable = []State{Answered, Guided, Registered, Collated, Guiding, Consulting, Assigned, Replied, Told, Closed,
	Unrated, Lost, Withdrawn}

// check says why a book cannot be believed.
func (b Book) check() error {
	_, rated := words.Ratings.Parse(b.Result)
	switch {
	case !slices.Contains(carriable, b.State):
		return fmt.Errorf("state %d of an old book", b.State)
	case b.Class < 0 || b.Class > len(words.Classes), b.Score < 0 || b.Score > 5, b.Result != "" && !rated:
		return errors.New("class or rating of an old book")
	case b.State == Assigned && len(b.Units) == 0,
		(b.State == Guiding || b.State == Consulting) && len(b.Guides) == 0:
		return errors.New("nobody has it to handle in an old book")
	}
	return nil
}

// carried is the matter as an old book tells of it. Each thing that happened counts on the day that the book names, else
// on the last one that it names before, else on that on which the citizen spoke.
func (m *Matter) carried(b Book, r journal.Record) (note string, err error) {
	if err := b.check(); err != nil {
		return "", err
	}
	m.Book, m.State = &b, b.State
	m.Handling = Handling{Holder: m.Unit, Units: b.Units, Guides: b.Guides, Assigned: b.Assigned, Class: b.Class,
		Answer: b.Answer, AnsweredOn: b.AnsweredOn, Told: b.Told, TellWay: b.TellWay, Attitude: or(b.Attitude, b.Result),
		Result: b.Result, Score: b.Score, Complaint: b.Complaint, RatedOn: b.RatedOn}
	if b.Answer != "" && len(b.Units) > 0 {
		m.AnsweredBy = b.Units[0]
	}
	if m.State.Open() {
		m.clock(r, b.Term)
	}
	on := day(m.Occurred)
	if on = or(b.Assigned, on); len(b.Units) > 0 {
		m.happened(WasAssigned, on, b.Units[0], "")
	}
	on = or(b.AnsweredOn, on)
	if b.Told != "" {
		m.happened(WasTold, b.Told, "", "")
		on = b.Told
	}
	if what, said := ratedAs(b.Result); said {
		m.happened(what, or(b.RatedOn, or(b.Ended, on)), "", "")
	}
	return "补录自旧登记簿：" + m.State.String(), nil
}

// Carry is the body of an act by which a sheet tells of a matter once more: fields of the report put right, private ones
// in the private part, and what became of it, as a whole.
type Carry struct {
	Batch string          `json:"batch,omitempty"` // the sheet; behind "-" that which is taken back
	Set   json.RawMessage `json:"set,omitempty"`
	Book  *Book           `json:"book,omitempty"`
}

// carry takes it. What became of a matter is told by those who handled it here, where anybody did.
func carry(m *Matter, r journal.Record) (fields []string, note string, err error) {
	var said Carry
	if err := json.Unmarshal(r.Body, &said); err != nil {
		return nil, "", err
	}
	if said.Book == nil && len(said.Set) == 0 && r.Private == nil {
		return nil, "", errors.New("nothing is said")
	}
	if said.Book != nil {
		if !m.Untouched() {
			return nil, "", thing.ErrNotNow
		}
		if note, err = m.carried(*said.Book, r); err != nil {
			return nil, "", err
		}
		fields = []string{"state"}
	}
	if len(said.Set) > 0 || r.Private != nil {
		r.Body = said.Set
		if len(r.Body) == 0 {
			r.Body = []byte("{}")
		}
		put, names, err := correct(m, r)
		if err != nil {
			return nil, "", err
		}
		if fields = append(fields, put...); names != "" {
			note = thing.Join(note, "照旧登记簿更正："+names)
		}
	}
	if back, ok := strings.CutPrefix(said.Batch, "-"); ok {
		m.Batches, note = batches(m.Batches, "", back), thing.Join("撤回导入的旧登记簿", note)
	} else {
		m.Batches = batches(m.Batches, said.Batch)
	}
	return fields, note, nil
}

// Untouched says whether what became of a matter was told by an old book alone.
func (m *Matter) Untouched() bool {
	return m.Book != nil && !slices.ContainsFunc(m.History, func(e thing.Event) bool {
		return !slices.Contains([]string{"receive", "carry", "correct", "know", "session", "reckon"}, e.Do)
	})
}

// batches are some with one more, and without others.
func batches(had []string, more string, gone ...string) []string {
	all := slices.DeleteFunc(slices.Clone(had), func(b string) bool { return b == more || slices.Contains(gone, b) })
	if more != "" {
		all = append(all, more)
	}
	return all
}

// batched are the sheets as the list keeps them: " a b ".
func (m *Matter) batched() string {
	if len(m.Batches) == 0 {
		return ""
	}
	return " " + strings.Join(m.Batches, " ") + " "
}

// RowKey is what tells a row of an old book from all others, in whichever order they stand, on whichever computer: where
// and when somebody spoke, who he was, what he said, and how many rows before say the very same. It is a hash, which
// lies in the private part: who may not know the citizen cannot try names.
func RowKey(m Matter, before int) string {
	names := spelling.Names(m.Name)
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join([]string{"lianluo row 1", m.Station, day(m.Occurred), strings.Join(names, "、"),
		spelling.Letters(m.Title), spelling.Letters(m.Words), fmt.Sprint(before)}, "\n")))
	return hex.EncodeToString(sum[:16])
}
