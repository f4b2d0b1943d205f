package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

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

// Preview is the matter that a draft would become, without a number; nothing is kept.
func (d *Desk) Preview(draft Draft) matter.Matter {
	opening, private, _ := d.prepare(draft)
	return matter.Matter{Base: thing.Base{Unit: d.Settings.Unit}, Report: opening.Report, Private: private}
}

// Receive registers a matter: number, entry, projection and place in the stream in one transaction. It fails with
// problem.Problems where the draft is not right; then nothing has changed.
func (d *Desk) Receive(ctx context.Context, by clerk.Clerk, draft Draft) (matter.Matter, error) {
	ms, err := d.ReceiveAll(ctx, by, draft)
	if err != nil {
		return matter.Matter{}, err
	}
	return ms[0], nil
}

// ReceiveAll registers matters as Receive does, all of them or none.
func (d *Desk) ReceiveAll(ctx context.Context, by clerk.Clerk, drafts ...Draft) ([]matter.Matter, error) {
	if err := d.Guard.Ask(ctx, by, right.Register); err != nil {
		return nil, err
	}
	if d.Settings.Role != journal.Station {
		return nil, ErrNotStation
	}
	var acts []store.Act
	for _, draft := range drafts {
		opening, private, problems := d.prepare(draft)
		if len(problems) > 0 {
			return nil, problems
		}
		if err := d.seat(ctx, draft, &opening.Report); err != nil {
			return nil, err
		}
		acts = append(acts, d.act(by, "", "receive", &opening, private))
	}
	ms, err := store.Record[matter.Matter](ctx, d.Store, acts...)
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

// Used says, for people, that the paper of a matter that is to be received (Preview) was keyed in before; "" where it
// was not.
func (d *Desk) Used(ctx context.Context, m matter.Matter) (sentence string, err error) {
	key := m.PaperKey()
	if key == "" {
		return "", nil
	}
	number, err := view.Keyed(ctx, d.Store, key)
	if number == "" {
		return "", err
	}
	return "纸质编号 " + m.PaperNumber + " 已经登记过，就是 " + number + "，请核对；不能登记两次", err
}

// Saying is the form of what a citizen said and who he is, however it is written: two matters of one form that came
// in at the same moment are one.
func Saying(m matter.Matter) string {
	var phones []string
	all, _ := spelling.Phones(m.Phone)
	for _, p := range all {
		phones = append(phones, p.Local)
	}
	names := spelling.Names(m.Name)
	slices.Sort(names)
	slices.Sort(phones)
	return strings.Join([]string{m.Station, m.Occurred.Format(time.RFC3339), spelling.Letters(m.Title),
		spelling.Letters(m.Words), strings.Join(names, "、"),
		strings.Join(phones, "、"), spelling.Letters(m.Place), spelling.Letters(m.Address)}, "\n")
}

// Again gives the matter that a draft says once more, nil for none: it came in at the same table at the same moment,
// which the draft names, and the citizen and his words are the same (Saying).
func (d *Desk) Again(ctx context.Context, draft Draft) (*matter.Matter, error) {
	m := d.Preview(draft)
	if strings.TrimSpace(draft.Occurred) == "" {
		return nil, nil
	}
	fs, err := view.Page(ctx, d.Store, view.Filter{Station: m.Station, From: m.Occurred,
		To: m.Occurred.Add(time.Second)}, 0, 100)
	said := Saying(m)
	for _, f := range fs {
		if f.State != matter.Void && Saying(f.Matter) == said {
			return &f.Matter, err
		}
	}
	return nil, err
}
