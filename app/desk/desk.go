package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
)

// Desk is the table of one station.
type Desk struct {
	Store    *store.Store
	Settings *settings.Settings
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time
}

// ErrNotStation says that only a station receives citizens.
var ErrNotStation = problem.New("only a station receives citizens", "这台电脑是上级机关用的，不登记来访。请到联络站（点）的电脑上登记。")

// Check gives the problems of a draft as of now; none when it may be received.
func (d *Desk) Check(draft Draft) problem.Problems {
	_, _, problems := draft.Check(d.Now(), d.Settings.Unit)
	return problems
}

// prepare checks a draft as of now and promises a date where the matter goes on.
func (d *Desk) prepare(draft Draft) (opening matter.Opening, private matter.Private, problems problem.Problems) {
	report, private, problems := draft.Check(d.Now(), d.Settings.Unit)
	if d.Settings.Parent != unit.Parent(d.Settings.Unit) {
		report.Via = d.Settings.Parent
	}
	if report.OnSpot == "register" {
		report.Due, opening.Term = d.promise(report, d.Now())
	}
	if report.Door == "" {
		report.Door = d.Profile.Doors[report.Reason]
	}
	opening.Report = report
	return opening, private, problems
}

// promise gives the day by which the citizen is told the outcome, and that by which his matter is sorted, begun being when it was
// registered.
func (d *Desk) promise(r matter.Report, begun time.Time) (due, term string) {
	days := d.Profile.Promise[r.Urgency]
	return d.Calendar.Add(r.Occurred, days).Format(time.DateOnly), d.Calendar.Add(begun, min(d.Profile.Collate, days)).Format(time.DateOnly)
}

// Caveat says that the date promised, or that of the next step, was counted without the official holidays of its year; "" where
// they are known.
func (d *Desk) Caveat(m matter.Matter) string { return d.Calendar.Caveat(m.Due, m.Limit()) }

// Preview is the matter that a draft would become, without a number; nothing is kept.
func (d *Desk) Preview(draft Draft) matter.Matter {
	opening, private, _ := d.prepare(draft)
	return matter.Matter{Report: opening.Report, Private: private, Unit: d.Settings.Unit}
}

// Receive registers a matter: number, entry, projection and place in the stream in one transaction. It fails with
// problem.Problems where the draft is not right; then nothing has changed.
func (d *Desk) Receive(ctx context.Context, draft Draft) (matter.Matter, error) {
	ms, err := d.ReceiveAll(ctx, draft)
	if err != nil {
		return matter.Matter{}, err
	}
	return ms[0], nil
}

// ReceiveAll registers matters as Receive does, all of them or none.
func (d *Desk) ReceiveAll(ctx context.Context, drafts ...Draft) ([]matter.Matter, error) {
	if d.Settings.Role != journal.Station {
		return nil, ErrNotStation
	}
	var acts []store.Act
	for _, draft := range drafts {
		opening, private, problems := d.prepare(draft)
		if len(problems) > 0 {
			return nil, problems
		}
		acts = append(acts, d.act("", "receive", &opening, private))
	}
	ms, err := d.Store.RecordAll(ctx, acts...)
	if errors.Is(err, store.ErrTaken) {
		said := "这个纸质编号已经登记过，请核对；不能登记两次"
		for _, a := range acts {
			if used, _ := d.Used(ctx, matter.Matter{Report: a.Body.(*matter.Opening).Report}); used != "" {
				said = used
			}
		}
		return nil, problem.Problems{"paperNumber": said}
	}
	return ms, err
}

// Correct puts fields right, by their names in a draft; an empty value clears a field. What says the same as before is
// left out. The promise follows a corrected day or urgency, and so does the term for sorting while nobody has sorted it; a matter that
// is confidential no longer sends what was withheld. It fails with problem.Problems, also where nothing would change.
func (d *Desk) Correct(ctx context.Context, id string, changes map[string]json.RawMessage) (matter.Matter, error) {
	f, err := d.Store.ByID(ctx, id)
	if err != nil {
		return matter.Matter{}, err
	}
	switch {
	case f.State == matter.Void:
		return matter.Matter{}, fmt.Errorf("correct: %w", matter.ErrNotNow)
	case len(changes) == 0:
		return matter.Matter{}, problem.Problems{"": "请写明要更正什么"}
	}
	draft, problems := draftOf(f.Matter), problem.Problems{}
	for field, value := range changes {
		if _, ok := matter.Correctable.Parse(field); !ok || matter.Correctable.Name(field) == field {
			problems[field] = "这一项不能更正"
		} else if err := json.Unmarshal([]byte(fmt.Sprintf("{%q:%s}", field, value)), &draft); err != nil {
			problems[field] = "写法不对，请检查"
		}
	}
	if _, asked := changes["title"]; !asked && draft.Words != "" && f.Title == titled(f.Private) { // it follows what it was made of
		changes, draft.Title = maps.Clone(changes), ""
		changes["title"] = nil
	}
	opened := f.Confidential && !draft.Confidential
	if opened {
		draft.unseal()
	}
	report, private, wrong := draft.Check(d.Now(), d.Settings.Unit)
	for field, why := range wrong {
		if _, asked := changes[field]; asked || field == "name" || field == "words" { // these two follow from others
			problems[field] = why
		}
	}
	if _, asked := changes["occurred"]; asked && problems["occurred"] == "" {
		for _, done := range [][2]string{{f.Assigned, "交办"}, {f.Signed, "签收"}, {f.AnsweredOn, "答复"}, {f.DeputyTold, "反馈代表"}, {f.Told, "反馈群众"}, {f.RatedOn, "评议"}} {
			if done[0] != "" && report.Occurred.Format(time.DateOnly) > done[0] {
				problems["occurred"] = "晚于" + done[1] + "的日子（" + done[0] + "），请核对日期"
				break
			}
		}
	}
	if len(problems) > 0 {
		return matter.Matter{}, problems
	}
	if _, ok := changes["name"]; ok {
		changes = maps.Clone(changes)
		changes["anonymous"] = nil
	}
	if report.Confidential || opened { // what was open so far goes under the seal, too, and comes back
		changes = maps.Clone(changes)
		for _, field := range []string{"title", "place", "proposal", "words"} {
			changes[field] = nil
		}
	}
	open, hidden := differing(report, f.Report, changes, f.Contested), differing(private, f.Private, changes, f.Contested)
	if len(open)+len(hidden) == 0 {
		return matter.Matter{}, problem.Problems{"": "没有改动，和原来一样"}
	}
	if opened {
		whole := only(private, nil)
		maps.DeleteFunc(whole, func(_ string, value json.RawMessage) bool { return string(value) == `""` })
		maps.Copy(hidden, whole)
	}
	acts := []store.Act{d.act(id, "correct", open, nil)}
	if len(hidden) > 0 {
		acts[0].Private = hidden
	}
	if opened && len(f.Sealed) > 0 {
		acts = append(acts, d.act(id, "disclose", matter.Disclosed{Sealed: f.Sealed}, nil))
	}
	if move, ok := d.reckon(f.Matter, report, open); ok {
		acts = append(acts, d.act(id, "reckon", move, nil))
	}
	ms, err := d.Store.RecordAll(ctx, acts...)
	if errors.Is(err, store.ErrTaken) {
		return matter.Matter{}, problem.Problems{"occurred": fmt.Sprintf("%d年的簿子里，纸质编号 %s 已经登记过别的事，请核对年份", report.Occurred.Year(), f.PaperNumber)}
	}
	if err != nil {
		return matter.Matter{}, err
	}
	return ms[len(ms)-1], nil
}

// reckon gives the days that follow from a report put right, as though it had been registered so; corrected names the fields.
func (d *Desk) reckon(m matter.Matter, r matter.Report, corrected map[string]json.RawMessage) (move matter.Move, ok bool) {
	if m.Due == "" || m.Told != "" || !m.State.Open() { // he has heard
		return move, false
	}
	begun, err := time.Parse(time.DateOnly, m.Since)
	if now := d.Now(); begun.After(now) { // written by a clock that was ahead
		begun = now
	}
	due, term := d.promise(r, begun)
	for _, field := range []string{"occurred", "urgency"} {
		if corrected[field] != nil {
			move.Note, move.Due = "更正了"+matter.Correctable.Name(field), due
		}
	}
	if move.Due != "" && err == nil && m.State == matter.Registered && m.Holder == m.Unit && term != m.Term {
		move.Term, move.From = term, m.Term
	}
	return move, move.Due != "" && (move.Due != m.Due || move.Term != "" || m.Contested("due"))
}

// differing gives the named fields of v that say something else than before, or that somebody else changed, too: to say so once more
// settles it.
func differing(v, before any, names map[string]json.RawMessage, contested func(string) bool) map[string]json.RawMessage {
	was := only(before, names)
	now := only(v, names)
	maps.DeleteFunc(now, func(name string, value json.RawMessage) bool {
		return bytes.Equal(value, was[name]) && !contested(name)
	})
	return now
}

// Void takes a matter that was entered by mistake out of the list; it stays in the journal with the reason.
func (d *Desk) Void(ctx context.Context, id, reason string) (matter.Matter, error) {
	problems := problem.Problems{}
	if reason = problems.Line("note", reason, maxLine); reason == "" {
		problems["note"] = "请写明作废的原因"
	}
	if len(problems) > 0 {
		return matter.Matter{}, problems
	}
	f, err := d.Store.ByID(ctx, id)
	if err != nil {
		return matter.Matter{}, err
	}
	if fs, err := d.Store.Page(ctx, store.Filter{Into: f.ID, States: []matter.State{matter.Merged}}, 0, 1); err != nil || len(fs) > 0 {
		return matter.Matter{}, errors.Join(err, problem.Problems{"": "还有别的事项并在这一件里，请先分开（并案），再作废"}.Or())
	}
	said := matter.Move{Note: reason}
	if f.Confidential {
		return d.Store.Record(ctx, d.act(id, "void", matter.Move{}, said))
	}
	return d.Store.Record(ctx, d.act(id, "void", said, nil))
}

func (d *Desk) act(id, do string, body, private any) store.Act {
	return store.Act{Thing: id, Do: do, Body: body, Private: private, Unit: d.Settings.Unit, Level: d.Settings.Role,
		By: d.Settings.Clerk, At: d.Now()}
}

// only gives the named fields of v as a body has them; all of them for nil names.
func only(v any, names map[string]json.RawMessage) map[string]json.RawMessage {
	b, _ := json.Marshal(v)
	all := map[string]json.RawMessage{}
	_ = json.Unmarshal(b, &all)
	maps.DeleteFunc(all, func(name string, _ json.RawMessage) bool { _, ok := names[name]; return names != nil && !ok })
	return all
}

func draftOf(m matter.Matter) Draft {
	return Draft{m.Register, m.Channel, m.Occurred.Format(time.RFC3339), m.Station, m.PaperNumber, m.Name, false, m.Confidential,
		m.Phone, m.Sex, m.AgeBand, m.Address, m.People, m.Purpose, m.Category, m.Title, m.Words, m.Place, m.Urgency, slices.Clone(m.Deputies),
		m.OnSpot, m.OnSpotAnswer, m.Mode, m.Proposal, m.Reason, m.Door}
}

// What is kept while somebody types.
const draftID, presentID = "reception", "present"

// Keep saves what is being typed; a crash or a power cut loses at most the last moment.
func (d *Desk) Keep(ctx context.Context, draft Draft) error {
	b, err := json.Marshal(draft)
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	return d.Store.Keep(ctx, draftID, string(b), d.Now())
}

// Kept gives what was being typed, and whether there was anything.
func (d *Desk) Kept(ctx context.Context) (draft Draft, ok bool, err error) {
	body, err := d.Store.Kept(ctx, draftID)
	if err != nil || body == "" {
		return draft, false, err
	}
	return draft, json.Unmarshal([]byte(body), &draft) == nil, nil
}

// Forget drops what was being typed.
func (d *Desk) Forget(ctx context.Context) error { return d.Store.Keep(ctx, draftID, "", d.Now()) }

// today is a list of names that holds for one day.
type today struct {
	Day   string
	Names []string
}

func (d *Desk) keepToday(ctx context.Context, id string, names []string) error {
	b, err := json.Marshal(today{d.Now().Format(time.DateOnly), names})
	if err != nil {
		return fmt.Errorf("list of today: %w", err)
	}
	return d.Store.Note(ctx, id, string(b), d.Now())
}

// keptToday gives the list of today, and whether there is one.
func (d *Desk) keptToday(ctx context.Context, id string) (names []string, ok bool, err error) {
	body, err := d.Store.Noted(ctx, id)
	if err != nil || body == "" {
		return nil, false, err
	}
	var t today
	if json.Unmarshal([]byte(body), &t) != nil || t.Day != d.Now().Format(time.DateOnly) {
		return nil, false, nil
	}
	return t.Names, true, nil
}

// SetPresent remembers who sits at the table today.
func (d *Desk) SetPresent(ctx context.Context, names []string) error {
	return d.keepToday(ctx, presentID, names)
}

// Present gives who sits at the table today; nobody until it was said today.
func (d *Desk) Present(ctx context.Context) ([]string, error) {
	names, _, err := d.keptToday(ctx, presentID)
	return names, err
}

// Usual gives what was chosen most often lately, for chips: a column of store.Usual ("category", "deputy", …). It is the same
// all day, in one order: a digit that chooses something goes on choosing it.
func (d *Desk) Usual(ctx context.Context, column string, limit int) ([]string, error) {
	id := "usual " + column
	if vs, ok, err := d.keptToday(ctx, id); err != nil || ok {
		return vs[:min(limit, len(vs))], err
	}
	ts, err := d.Store.Usual(ctx, column, 4*limit)
	if err != nil {
		return nil, err
	}
	vs, met := []string{}, map[string]bool{}
	for _, t := range ts { // somebody who is written in two ways is offered in the usual one
		if form := spelling.Name(t.Value); !met[form] && len(vs) < limit {
			vs, met[form] = append(vs, t.Value), true
		}
	}
	return vs, d.keepToday(ctx, id, vs)
}

// Used says, for people, that the paper of a matter that is to be received (Preview) was keyed in before; "" where it was not.
func (d *Desk) Used(ctx context.Context, m matter.Matter) (sentence string, err error) {
	key := m.PaperKey()
	if key == "" {
		return "", nil
	}
	number, err := d.Store.Keyed(ctx, key)
	if number == "" {
		return "", err
	}
	return "纸质编号 " + m.PaperNumber + " 已经登记过，就是 " + number + "，请核对；不能登记两次", err
}

// Saying is the form of what a citizen said and who he is, however it is written: two matters of one form that came in at the same
// moment are one.
func Saying(m matter.Matter) string {
	var phones []string
	all, _ := spelling.Phones(m.Phone)
	for _, p := range all {
		phones = append(phones, p.Local)
	}
	names := spelling.Names(m.Name)
	slices.Sort(names)
	slices.Sort(phones)
	return strings.Join([]string{m.Station, m.Occurred.Format(time.RFC3339), spelling.Letters(m.Title), spelling.Letters(m.Words), strings.Join(names, "、"),
		strings.Join(phones, "、"), spelling.Letters(m.Place), spelling.Letters(m.Address)}, "\n")
}

// Again gives the matter that a draft says once more, nil for none: it came in at the same table at the same moment, which the draft
// names, and the citizen and his words are the same (Saying).
func (d *Desk) Again(ctx context.Context, draft Draft) (*matter.Matter, error) {
	m := d.Preview(draft)
	if strings.TrimSpace(draft.Occurred) == "" {
		return nil, nil
	}
	fs, err := d.Store.Page(ctx, store.Filter{Station: m.Station, From: m.Occurred, To: m.Occurred.Add(time.Second)}, 0, 100)
	said := Saying(m)
	for _, f := range fs {
		if f.State != matter.Void && Saying(f.Matter) == said {
			return &f.Matter, err
		}
	}
	return nil, err
}

// Blanks takes numbers of a register's blank books and slips for printing: count of them (0 stands for 20), from first (0:
// where the last ones ended). What was printed once is not given again unless somebody asks for it by its number.
func (d *Desk) Blanks(ctx context.Context, register string, first, count int) (letter byte, from, n int, err error) {
	if d.Settings.Role != journal.Station {
		return 0, 0, 0, ErrNotStation
	}
	if err := d.Store.Doubts(ctx, d.Now()); err != nil { // their year is the clock's
		return 0, 0, 0, err
	}
	letter = d.Store.Series()
	key := fmt.Sprintf("blank %s %d", register, d.Now().Year())
	last := 0
	body, err := d.Store.Kept(ctx, key)
	if err != nil {
		return 0, 0, 0, err
	}
	_, _ = fmt.Sscan(body, &last) // nothing was printed yet
	if count == 0 {
		count = 20
	}
	if first == 0 {
		first = last + 1
	}
	if first < 1 || count < 1 || count > 1000 || first+count > 100000 {
		return 0, 0, 0, problem.Problems{"count": "编号从 1 起，一次最多印 1000 个"}
	}
	if end := first + count - 1; end > last {
		err = d.Store.Keep(ctx, key, fmt.Sprint(end), d.Now())
	}
	return letter, first, count, err
}
