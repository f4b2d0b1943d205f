package roster

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// narrow are the acts that put right nothing but what they are named after.
var narrow = map[string][]string{
	"field": {"fields"}, "post": {"post", "employer", "tier"}, "contact": {"phone", "email", "address", "open"},
}

// add gives the act by which somebody is put on the roster.
func (d *Desk) add(_ context.Context, o Order) ([]store.Act, error) {
	problems := problem.Problems{}
	open, private := d.fields(person.Person{}, o.Set, problems)
	var b person.Opening
	var hidden person.Private
	open.Into(&b)
	private.Into(&hidden)
	if b.Name == "" && problems["name"] == "" {
		problems["name"] = "请写姓名"
	}
	b.Batch = o.Batch
	b.Mandates = d.mandates(person.Person{}, o, problems)
	b.Seats = d.seats(o, problems)
	if unit.LevelOf(d.Unit) == journal.Station {
		b.Via = d.Through(d.Unit)
		if len(b.Seats) == 0 {
			b.Seats = []person.Seat{{Station: d.Unit, Via: b.Via, Part: "main"}}
		}
	}
	if len(problems) > 0 {
		return nil, problems.Of(person.Name)
	}
	return []store.Act{d.act(person.Name, "", person.Add, b, hidden)}, nil
}

// prepare gives the acts by which an order is done with somebody who is kept under some IDs, the asked first.
func (d *Desk) prepare(ctx context.Context, parts []person.Person, o Order) ([]store.Act, error) {
	p, problems := parts[0], problem.Problems{}
	var acts []store.Act
	do := func(id, do string, body, private any) { acts = append(acts, d.act(person.Name, id, do, body, private)) }
	note := problems.Line("note", o.Note, 200)
	if p.State == person.Void && o.Do != person.Correct {
		problems["do"] = "这一位已经作废；弄错了的，先更正，再办"
	}
	switch o.Do {
	case person.Correct, "field", "post", "contact":
		d.correct(p, o, note, problems, do)
	case person.Named:
		ms := d.mandates(whole(parts), o, problems)
		if len(ms) == 0 {
			problems["level"] = "请写级别和届次"
		}
		for _, m := range ms {
			do(person.Holder(parts, m.Key()).ID, person.Named, person.Move{Mandate: &m, Note: note, Batch: o.Batch}, nil)
		}
	case person.Suspend, person.Resume, person.End:
		m, body := d.standing(whole(parts), o, problems)
		body.Note = note
		do(person.Holder(parts, m.Key()).ID, o.Do, body, nil)
	case person.Away:
		l := d.leave(o, problems)
		do(p.ID, o.Do, person.Move{Leave: &l, Note: note, Batch: o.Batch}, nil)
	case person.Group:
		seats := d.seats(o, problems)
		if len(seats) == 0 && problems["stations"] == "" {
			problems["stations"] = "请写编入哪个站点"
		}
		if n := len(p.Seats) + len(slices.DeleteFunc(slices.Clone(seats), func(s person.Seat) bool { return p.Seated(s.Station) })); n > mostSeats {
			problems["stations"] = fmt.Sprintf("加起来有 %d 个站点，最多 %d 个，请先调出几个", n, mostSeats)
		}
		acts = append(acts, d.Group(ctx, p, seats, note, o.Batch))
	case person.Ungroup:
		for _, code := range d.left(whole(parts), o, problems) {
			for _, part := range parts {
				if part.Seated(code) {
					do(part.ID, o.Do, person.Move{Station: code, Note: note, Batch: o.Batch}, nil)
				}
			}
		}
	case person.Picture:
		do(p.ID, o.Do, person.Move{Note: note, Batch: o.Batch}, person.Image{Photo: shrunk(o.Photo, o.File, problems)})
	case person.Join:
		with := d.same(ctx, parts, o, problems)
		do(p.ID, o.Do, person.Move{With: with, Note: note}, nil)
	case person.Cancel:
		if note == "" {
			problems["note"] = "请写作废的原因"
		}
		do(p.ID, o.Do, person.Move{Note: note}, nil)
	}
	for _, a := range acts {
		if i := slices.IndexFunc(parts, func(p person.Person) bool { return p.ID == a.Thing }); problems["do"] == "" && !parts[i].May(a.Do, d.Unit) {
			problems["do"] = "“" + person.Acts.Name(a.Do) + "”不归本单位办，没有改动。请找登记这一位的县（市）人大"
		}
	}
	if len(problems) > 0 {
		return nil, problems.Of(person.Name)
	}
	return acts, nil
}

// whole is somebody with all that is kept under several IDs.
func whole(parts []person.Person) person.Person {
	p := parts[0]
	for _, o := range parts[1:] {
		p = p.Whole(o)
	}
	return p
}

// lists are the fields that hold codes of closed lists, typed as words.
var lists = map[string]words.List{"roles": words.Roles, "structures": words.Structures}

// fields gives what is said of somebody's fields as it is kept, the open ones and those kept apart.
func (d *Desk) fields(p person.Person, set field.Values, problems problem.Problems) (open, private field.Values) {
	asked := person.Fields.Where(func(f field.Field) bool { _, said := set[f.Code]; return said })
	for code := range set {
		if _, ok := asked.Field(code); !ok {
			problems[code] = "没有这一项，请检查名称的写法"
		}
	}
	open, private = field.Values{}, field.Values{}
	for code, v := range asked.Check(set, d.Now, nil, problems) {
		switch code {
		case "birth":
			v = d.birth(set.Text(code), problems)
		case "roles", "structures":
			v = chosen(code, field.Values{code: v}.List(code), lists[code], problems)
		}
		if f, _ := asked.Field(code); f.Private {
			private[code] = v
		} else {
			open[code] = v
		}
	}
	if post, said := set["post"]; said && post != "" && set["tier"] == nil && p.Tier == "" { // proposed, and put right like any other
		if tier := Tier(set.Text("post"), cmp.Or(set.Text("employer"), p.Employer), unit.LevelOf(d.Unit)); tier != "" {
			open["tier"] = tier
		}
	}
	return open, private
}

// chosen gives the codes of a list of words.
func chosen(field string, typed []string, from words.List, problems problem.Problems) []string {
	codes := []string{}
	for _, s := range typed {
		if code := problems.Choose(field, s, "", from); code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

func (d *Desk) birth(s string, problems problem.Problems) string {
	on := d.partial("birth", s, problems)
	if on != "" && on > d.Now.Format("2006-01-02") {
		problems["birth"] = "出生年月在今天以后，请核对"
	}
	return on
}

// correct puts fields right: those that say something else than before, or that somebody else changed, too.
func (d *Desk) correct(p person.Person, o Order, note string, problems problem.Problems, do func(id, do string, body, private any)) {
	if only, is := narrow[o.Do]; is {
		for code := range o.Set {
			if !slices.Contains(only, code) {
				problems[code] = "这一项请用“更正”（correct）改"
			}
		}
	}
	open, private := d.fields(p, o.Set, problems)
	was := field.From(p.Facts, p.Private)
	differs := func(v field.Values) map[string]json.RawMessage {
		raw, before := v.Raw(), was.Raw()
		maps.DeleteFunc(raw, func(code string, said json.RawMessage) bool {
			same := string(said) == string(before[code]) || empty(string(said)) && empty(string(before[code]))
			return same && !p.Contested(code)
		})
		return raw
	}
	body, hidden := differs(open), differs(private)
	if name, said := open["name"]; said && name == "" {
		problems["name"] = "请写姓名"
	}
	waits := !p.Confirmed && unit.LevelOf(d.Unit) != journal.Station // to say nothing new confirms him
	if len(body)+len(hidden) == 0 && len(problems) == 0 && !waits && p.State == person.Here {
		problems[""] = "没有改动，和原来一样"
	}
	if p.State == person.Void {
		body["again"] = json.RawMessage("true")
	}
	if note != "" {
		body["note"], _ = json.Marshal(note)
	}
	if o.Batch != "" {
		body["batch"], _ = json.Marshal(o.Batch)
	}
	if len(hidden) > 0 {
		body["hides"], _ = json.Marshal(slices.Sorted(maps.Keys(hidden)))
		do(p.ID, person.Correct, body, hidden)
		return
	}
	do(p.ID, person.Correct, body, nil)
}

func empty(said string) bool {
	return said == `""` || said == "[]" || said == "null" || said == "false" || said == ""
}

// mostSeats is at how many stations somebody may be grouped: a thing concerns so many units at most (unit.MostUnits).
const mostSeats = 20

// seats gives the stations where an order groups somebody, with what each reports through.
func (d *Desk) seats(o Order, problems problem.Problems) (seats []person.Seat) {
	part := problems.Choose("part", o.Part, "", words.Parts)
	since := ""
	if o.Do == person.Group {
		since = d.partial("since", o.Since, problems)
	}
	codes := d.stations(o, problems)
	if len(codes) > mostSeats {
		problems["stations"] = fmt.Sprintf("写了 %d 个站点，最多写 %d 个", len(codes), mostSeats)
	}
	for _, code := range codes {
		seats = append(seats, person.Seat{Station: code, Via: d.route(code), Part: part, Since: since})
	}
	return seats
}

// stations are those that an order names, each once.
func (d *Desk) stations(o Order, problems problem.Problems) (codes []string) {
	for _, typed := range append(slices.Clone(o.Stations), o.Station) {
		if strings.TrimSpace(typed) == "" {
			continue
		}
		if code := d.Station("stations", typed, problems); code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// Group gives the act that groups a person to stations. Who comes in learns of what is private by this act: what others
// said privately stays theirs to give.
func (d *Desk) Group(ctx context.Context, p person.Person, seats []person.Seat, note, batch string) store.Act {
	b, told := person.Move{Seats: seats, Note: note, Batch: batch}, person.Told{Private: p.Private}
	come := slices.ContainsFunc(seats, func(s person.Seat) bool { return !p.Seated(s.Station) })
	if i := slices.IndexFunc(p.History, func(e thing.Event) bool { return e.ID == p.Photo }); come && i >= 0 && p.History[i].Unit != d.Unit {
		told.Photo, _ = d.r.Photo(ctx, p.Photo) // where it is not here there is none to give
		b.Shows = told.Photo != nil
	}
	if told.Private == (person.Private{}) && !b.Shows {
		return d.act(person.Name, p.ID, person.Group, b, nil)
	}
	return d.act(person.Name, p.ID, person.Group, b, told)
}

// left gives the stations that somebody leaves.
func (d *Desk) left(p person.Person, o Order, problems problem.Problems) (codes []string) {
	for _, typed := range append(slices.Clone(o.Stations), o.Station) {
		if strings.TrimSpace(typed) == "" {
			continue
		}
		code, ok := unit.Station(typed)
		if !ok {
			code = d.Station("stations", typed, problems)
		}
		switch {
		case code == "":
		case !p.Seated(code):
			problems["stations"] = "这一位没有编入 " + d.Called(code)
		case !unit.Above(d.Unit, code):
			problems["stations"] = d.Called(code) + " 不归本单位管"
		default:
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 && problems["stations"] == "" {
		problems["stations"] = "请写调出哪个站点"
	}
	return codes
}

// leave reads a time of leave.
func (d *Desk) leave(o Order, problems problem.Problems) person.Leave {
	l := person.Leave{From: d.date("from", o.From, true, problems), To: d.date("to", o.To, false, problems), Why: problems.Line("reason", o.Reason, 30)}
	if problems["to"] == "" && problems["from"] == "" && l.To != "" && l.To < l.From {
		problems["to"] = "比请假开始的日子还早，请核对"
	}
	return l
}

// same gives the ID of who somebody is, too; "" where an order parts the two.
func (d *Desk) same(ctx context.Context, parts []person.Person, o Order, problems problem.Problems) string {
	p := parts[0]
	if strings.TrimSpace(o.With) == "" {
		var ids []string
		for _, q := range parts[1:] {
			ids = append(ids, q.ID)
		}
		switch {
		case p.Same != "":
		case len(ids) > 0:
			problems["with"] = "要分开，请写并到这一位的那个编号：" + strings.Join(ids, "、")
		default:
			problems["with"] = "请写和哪一位是同一个人"
		}
		return ""
	}
	other, err := d.r.Find(ctx, o.With)
	switch {
	case err != nil:
		problems["with"] = sentence(err)
	case other.ID == p.ID || slices.ContainsFunc(parts, func(q person.Person) bool { return q.ID == other.ID }):
		problems["with"] = "这就是他本人，不用并"
	case p.Same != "":
		problems["with"] = "他已经和另一位并为一人，先分开（with 写空）再并"
	case other.State == person.Void:
		problems["with"] = "那一位已经作废"
	case other.Unit != d.Unit && !unit.Above(d.Unit, other.Unit) || p.Unit != d.Unit && !unit.Above(d.Unit, p.Unit):
		problems["with"] = "两处登记的人要由管着这两处的上级并"
	default:
		d.Related(append(slices.Clone(p.Held()), other.Held()...), "with", problems)
	}
	return other.ID
}

func sentence(err error) string {
	var p problem.Problems
	if errors.As(err, &p) {
		for _, why := range p {
			return why
		}
	}
	return "没有找到这一位"
}
