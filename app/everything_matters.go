package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"time"

	"lianluo.local/app/export"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper/form"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/trace"
	"lianluo.local/data/words"
)

func matterColumns() []export.Column { return fielded(matter.Columns) }

// batch is how many matters are written at a time.
const outgoingBatch = 1000

// told is what is written of one matter.
type toldMatter struct {
	whole                   export.Record
	values                  field.Values
	history, answers, links []export.Record
	request                 export.Request
	err                     error
}

// matters writes them, newest first, a batch on all cores at a time.
func (o *outgoing) matters(ctx context.Context) error {
	q := ledger.Query{Limit: outgoingBatch}
	q.From, q.To = civil(o.wish.From, 0), civil(o.wish.To, 1)
	for n := 0; ; {
		page, err := o.Ledger.Page(ctx, q)
		if err != nil {
			return err
		}
		done := make([]toldMatter, len(page.Matters))
		workers := runtime.GOMAXPROCS(0)
		var wait sync.WaitGroup
		for k := range workers {
			wait.Go(func() {
				for i := k; i < len(done); i += workers {
					done[i] = o.matter(page.Matters[i])
				}
			})
		}
		wait.Wait()
		if err := o.put(page.Matters, done); err != nil {
			return err
		}
		if n += len(done); o.told != nil {
			o.told(n)
		}
		if !page.More {
			return nil
		}
		q.Before = page.Matters[len(page.Matters)-1].Row
	}
}

// civil is the beginning of a day, so many days later; the zero time for "".
func civil(day string, plus int) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, beijing)
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 0, plus)
}

// put writes a batch. What was entered by mistake is no request, and no template has it.
func (o *outgoing) put(vs []ledger.View, done []toldMatter) error {
	var whole, history, answers, links []export.Record
	var requests []export.Request
	fitted := make([][]export.Record, len(o.fits))
	for i, t := range done {
		if t.err != nil {
			return t.err
		}
		whole = append(whole, t.whole)
		history, answers, links = append(history, t.history...), append(answers, t.answers...), append(links, t.links...)
		if vs[i].State == matter.Void {
			continue
		}
		requests = append(requests, t.request)
		for k, f := range o.fits {
			fitted[k] = append(fitted[k], export.Record{Cells: f.Cells(vs[i].Number, t.values)})
		}
	}
	for k, s := range o.fitted {
		if err := s.Add(fitted[k]); err != nil {
			return err
		}
	}
	if o.requests != nil {
		if err := o.requests.Add(requests); err != nil {
			return err
		}
	}
	for kind, rs := range map[string][]export.Record{"matters": whole, "history": history, "answers": answers, "links": links} {
		if err := o.add(kind, rs); err != nil {
			return err
		}
	}
	return nil
}

// hidden is a text of a matter as the masked folder has it.
func hidden(text string, p matter.Private) string {
	if text == "" {
		return ""
	}
	return trace.Hide(text, p, func(trace.Found) string { return "**" })
}

// masked is a matter as whoever reads the folder may see it.
func masked(v ledger.View) ledger.View {
	who := v.Private
	v = v.Covered()
	v.Private = matter.Private{Name: v.Name, Phone: v.Phone, Address: form.Village(v.Station, who.Address)}
	return v
}

// matter is what is written of one. Nobody but the table itself is told a confidential one, whatever this home holds of it.
func (o *outgoing) matter(v ledger.View) (t toldMatter) {
	private := o.wish.Private && (!v.Confidential || v.Unit == o.Settings.Unit)
	if !private {
		v = masked(v)
	}
	said, err := v.Object(private)
	if err != nil {
		return toldMatter{err: err}
	}
	if !private {
		said["name"], said["phone"], said["address"] = v.Name, v.Phone, v.Address
	}
	if t.whole.Object, err = json.Marshal(said); err != nil {
		return toldMatter{err: fmt.Errorf("matter %s: %w", v.Number, err)}
	}
	t.values = o.values(v, said)
	for _, f := range matter.Columns {
		t.whole.Cells = append(t.whole.Cells, export.Told(f, t.values))
	}
	for _, h := range v.Timeline() {
		t.history = append(t.history, export.Record{Cells: []string{v.Number, clocked(h.At), h.Unit, places.Of(h.Unit).Brief, h.By, h.Do, matter.ActName(h.Do), h.Note}})
	}
	if v.AnsweredOn != "" || v.Answer != "" {
		t.answers = []export.Record{{Cells: []string{"事项", v.Number, strconv.Itoa(v.Redone + 1), v.AnsweredOn, cmp.Or(v.AnsweredBy, unitsOf(v)), "", figureOf(v.Class),
			o.Profile.Letter(v.Class), v.Answer, v.Promise, v.PromiseBy, ""}}}
	}
	t.links = matterLinks(v)
	t.request = o.request(v)
	return t
}

func clocked(at time.Time) string { return at.In(beijing).Format("2006-01-02 15:04:05") }

func figureOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func unitsOf(v ledger.View) string { return joined(v.Units) }

// values are a matter's by the codes of matter.Columns.
func (o *outgoing) values(v ledger.View, said map[string]any) field.Values {
	values := field.Values(said)
	values["occurred"] = v.Occurred.In(beijing)
	for _, p := range places.Path(v.Station[:min(12, len(v.Station))]) {
		values[p.Level] = p.Name
	}
	if c, ok := category.ByCode(v.Category); ok {
		values["group"], values["categoryName"] = c.GroupName, c.Name
	}
	values["className"], values["letter"] = words.ClassName(v.Class), o.Profile.Letter(v.Class)
	return values
}

// matterLinks are what a matter is joined with.
func matterLinks(v ledger.View) (list []export.Record) {
	add := func(is, kind, other, name string) {
		list = append(list, export.Record{Cells: []string{"事项", v.Number, is, kind, other, name}})
	}
	add("登记在", "单位", v.Station, places.Of(v.Station).Where)
	if v.Session != "" {
		add("反映于", "场次", v.Session, "")
	}
	if v.Into != "" {
		add("并入", "事项", cmp.Or(v.IntoNumber, v.Into), "")
	}
	if v.Suggestion != "" {
		add("形成", "代表建议", v.Suggestion, v.Suggests)
	}
	for _, name := range v.Called() {
		add("代表", "代表", v.Persons[name], name)
	}
	for i, name := range v.Units {
		add([]string{"主办", "协办"}[min(i, 1)], "单位", "", name)
	}
	return list
}

// request is a matter as Open311 has it.
func (o *outgoing) request(v ledger.View) export.Request {
	r := export.Request{ID: v.Number, Status: "closed", StatusNotes: v.State.String(), Description: v.Title,
		Agency:    cmp.Or(unitsOf(v), places.Of(v.Holder).Full, places.Of(v.Unit).Full),
		Requested: v.Occurred.In(beijing).Format(time.RFC3339), Address: cmp.Or(v.Place, places.Of(v.Station).Full)}
	last := v.Occurred
	for _, h := range v.History {
		if h.At.After(last) {
			last = h.At
		}
	}
	r.Updated = last.In(beijing).Format(time.RFC3339)
	if v.State.Open() {
		r.Status = "open"
	}
	if v.Class > 0 {
		r.StatusNotes += "：" + words.ClassName(v.Class)
	}
	if due := civil(v.Due, 1); !due.IsZero() {
		r.Expected = due.Add(-time.Second).Format(time.RFC3339)
	}
	if v.PromiseBy != "" {
		r.Notice = "承诺 " + v.PromiseBy + " 前办成"
	}
	return r.Filed(v.Category)
}
