package ledger

import (
	"context"
	"slices"
	"time"

	"lianluo.local/data/clerk"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/trace"
)

// eyes are what whoever sits here may see.
type eyes struct {
	by                   clerk.Clerk
	now                  time.Time
	all                  bool // every matter, or those that name him
	contact, secret, own bool
}

// eyes gives those of who sits here. It fails with right.Denied where he may look at no matter.
func (l *Ledger) eyes(ctx context.Context) (e eyes, err error) {
	g := l.Guard
	e = eyes{g.Sitting(), l.Now(), g.May(ctx, right.Look), g.May(ctx, right.Contact), g.May(ctx, right.Secret),
		g.May(ctx, right.Own)}
	if !e.all {
		err = g.Sits(ctx, right.Look, right.Mine)
	}
	return e, err
}

// narrowed narrows a query to what whoever sits here may see. Who may not search is asked for a number instead.
func (l *Ledger) narrowed(ctx context.Context, f *Filter, text string) (eyes, error) {
	e, err := l.eyes(ctx)
	if err == nil && text != "" {
		err = l.Guard.Sits(ctx, right.Find)
	}
	if err == nil && !e.all {
		f.Labels = []thing.Label{{Kind: matter.ByDeputy, Value: spelling.Name(e.by.Name)},
			{Kind: matter.ByDepartment, Value: spelling.Department(e.by.Name)}}
		var ids []string
		ids, err = l.Guard.Selves(ctx, e.by)
		for _, id := range ids {
			f.Labels = append(f.Labels, thing.Label{Kind: matter.ByPerson, Value: id})
		}
	}
	return e, err
}

// cover is a matter as they see it: the citizen covered where his contact is not for them, nothing that was said in
// confidence, unless he registered it himself just now.
func (e eyes) cover(v View) View {
	switch {
	case e.own && v.RegisteredBy(e.by.User, e.now):
	case v.Confidential && !e.secret, !e.contact:
		return v.Covered()
	}
	return v
}

// Covered is a matter as whoever may not know the citizen sees it: his name and phone are masked, also where they stand in
// other words, and his address is gone. Of a confidential one nothing is left that anybody said.
func (v View) Covered() View {
	who := v.Private
	hide := func(text string) string {
		if text == "" {
			return ""
		}
		return trace.Hide(text, who, func(trace.Found) string { return "**" })
	}
	v.Private = matter.Private{Name: mask.Name(who.Name), Phone: mask.Phone(who.Phone), Sex: who.Sex, AgeBand: who.AgeBand}
	if v.Confidential {
		hide = func(string) string { return "" }
		v.Matter = v.Hushed()
	} else {
		v.Words, v.OnSpotAnswer = hide(who.Words), hide(who.OnSpotAnswer)
	}
	for _, text := range []*string{&v.Title, &v.Place, &v.Proposal, &v.Door, &v.Answer, &v.Minutes, &v.Promise, &v.Complaint,
		&v.Suggests} {
		*text = hide(*text)
	}
	v.History, v.Moves, v.Declines, v.Offers = slices.Clone(v.History), slices.Clone(v.Moves), slices.Clone(v.Declines),
		slices.Clone(v.Offers)
	for i := range v.History {
		v.History[i].Note = hide(v.History[i].Note)
	}
	for i := range v.Moves {
		v.Moves[i].Why = hide(v.Moves[i].Why)
	}
	for i := range v.Declines {
		v.Declines[i].Why = hide(v.Declines[i].Why)
	}
	for i := range v.Offers {
		v.Offers[i].Reason = hide(v.Offers[i].Reason)
	}
	if v.Confidential {
		v.Title = "保密件"
	}
	return v
}
