package proposal

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"lianluo.local/app/docket"
	"lianluo.local/app/office"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// fields are what an act asks of a suggestion as it stands: nothing of which there is but one.
func (p *Page) fields(do string, s suggestion.Suggestion) field.List {
	list := acts[do].fields
	if len(p.answering(do, s)) < 2 {
		list = list.Without("unit")
	}
	switch {
	case do == suggestion.Rate && len(s.Signed()) < 2:
		list = list.Without("who")
	case do == suggestion.Supervise && !s.Key:
		list = list.Without("no")
	case do == suggestion.Keep && len(s.Pending()) < 2:
		list = list.Without("kept")
	case do == suggestion.Change && s.State > suggestion.Inviting:
		list = list.Without("lead", "cosigners", "level", "confidential")
	}
	return list
}

// either are the acts of those who answer and of those who help them alike.
var either = []string{suggestion.Sign, suggestion.Return, suggestion.Ask, suggestion.Meet}

// answering are the units of which an act may be about one.
func (p *Page) answering(do string, s suggestion.Suggestion) (us []suggestion.Unit) {
	own := p.docket.Settings.Unit
	for _, u := range s.Units {
		switch {
		case s.Handles(own) && u.Code != own, u.Help != (do == suggestion.Help) && !slices.Contains(either, do):
		case do == suggestion.Reply && u.Answered != "", do == suggestion.Sign && u.Signed != "":
		default:
			us = append(us, u)
		}
	}
	return us
}

// congress is the session of which one was drafted last.
func (p *Page) congress() string {
	for _, s := range p.table.Came() {
		if s.Congress != "" {
			return s.Congress
		}
	}
	return ""
}

// handlers are the names of those that suggestions may be handed to: departments, and for a city its counties.
func (p *Page) handlers(ctx context.Context) (names []string, err error) {
	list, err := p.roster.Departments(ctx, "")
	for _, d := range list {
		names = append(names, d.Name)
	}
	for _, c := range places.Children(p.docket.Settings.Unit) {
		if strings.HasSuffix(c.Code, "000000") {
			names = append(names, c.Name)
		}
	}
	return names, err
}

// input makes what this page knows more of than the list of fields does.
func (p *Page) input(do string, s suggestion.Suggestion, f field.Field, changed func()) (kit.Input, bool) {
	switch f.Code {
	case "unit":
		var options []kit.Option
		for _, u := range p.answering(do, s) {
			options = append(options, kit.Option{Code: u.Key, Text: s.Who[u.Key].Name})
		}
		return one(f, options, changed), true
	case "class":
		var options []kit.Option
		for i := range words.Classes[:8] {
			options = append(options, kit.Option{Code: strconv.Itoa(i + 1), Text: p.letter(i + 1)})
		}
		return one(f, options, changed), true
	case "category":
		pick := show.NewCategoryPicker()
		pick.OnGrown = changed
		return kit.Input{Object: pick.Container, First: pick.Entry, Get: func() any { return pick.Code() },
			Put: func(v field.Values) { pick.Put(v.Text(f.Code)) }}, true
	case "lead":
		return show.Picked(kit.NewPicker(f.Hint, p.deputies), f.Code, p.named(s), changed), true
	case "who":
		if f.Input == field.Chips {
			return one(f, p.signers(do, s), changed), true
		}
		if do == suggestion.Cosign && s.Sits(p.docket.Settings.Unit) {
			return several("再加一位签了名的：姓名或首字母", f, p.signers(do, s), nil, p.deputies, p.named(s), changed), true
		}
		return several("", f, p.signers(do, s), p.signers(do, s), nil, nil, changed), true
	case "cosigners":
		return several(f.Hint, f, nil, nil, p.deputies, p.named(s), changed), true
	case "to", "help":
		return several(cmp.Or(f.Hint, "单位名或首字母"), f, nil, nil, p.handed, func(name string) string { return name }, changed), true
	case "promises":
		return promised(changed), true
	case "kept":
		var options []kit.Option
		for i, pr := range s.Pending() {
			what := cmp.Or(short(s.Texts[pr.Mark], 20), "承诺") + "（" + show.Date(pr.By) + "前）"
			options = append(options, kit.Option{Code: strconv.Itoa(i + 1), Text: what})
		}
		return several("", f, options, options, nil, nil, changed), true
	}
	return kit.Input{}, false
}

// signers are those of whom an act may be about some.
func (p *Page) signers(do string, s suggestion.Suggestion) (options []kit.Option) {
	for _, g := range s.Signers {
		signed := g.Signed != ""
		switch {
		case (do == suggestion.Cosign || do == suggestion.Decline) && signed, do == suggestion.Decline && g.Lead,
			(do == suggestion.Deliver || do == suggestion.Withdraw || do == suggestion.Rate) && !signed,
			do == suggestion.Deliver && g.Delivered != "":
		default:
			options = append(options, kit.Option{Code: g.Key, Text: cmp.Or(s.Who[g.Key].Name, "一位这里不知道的人")})
		}
	}
	return options
}

// named gives the name of somebody on the roster, or of one who signs.
func (p *Page) named(s suggestion.Suggestion) func(id string) string {
	return func(id string) string {
		for _, w := range s.Who {
			if w.Person == id && id != "" {
				return w.Name
			}
		}
		for _, o := range p.offers {
			if o.ID == id {
				return o.Name
			}
		}
		return id
	}
}

func (p *Page) deputies(typed string) []kit.Option {
	return show.Deputies(p.offers, typed, func(string) bool { return false })
}

// handed offers units that are meant by what somebody typed, and what he typed where none is.
func (p *Page) handed(typed string) (found []kit.Option) {
	for _, name := range office.Named(p.units, typed) {
		found = append(found, kit.Option{Code: name, Text: name})
	}
	if typed = strings.TrimSpace(typed); len(found) == 0 && typed != "" {
		found = append(found, kit.Option{Code: typed, Text: typed, Note: "名单里没有，就这样写"})
	}
	return found
}

// one is an input for one of a few; where there is but one, that one.
func one(f field.Field, options []kit.Option, changed func()) kit.Input {
	c := kit.NewChips(false, options...)
	c.OnChanged = changed
	return kit.Input{Object: c, First: c, Get: func() any { return c.One() }, Put: func(v field.Values) {
		if c.Choose(v.Text(f.Code)); c.One() == "" && len(options) == 1 && f.Must {
			c.Choose(options[0].Code)
		}
	}}
}

// several is an input for some of those that are offered, and of others that are found by what is typed (find nil: of
// none); what is chosen at first are begin. called gives the names of what stands there already.
func several(hint string, f field.Field, options, begin []kit.Option, find func(string) []kit.Option,
	called func(string) string, changed func()) kit.Input {
	c := kit.NewChips(true, options...)
	c.OnChanged = changed
	in := kit.Input{Object: c, First: c, Get: func() any { return append([]string{}, c.Chosen()...) }}
	add := func(o kit.Option) {
		if !slices.ContainsFunc(c.Options(), func(had kit.Option) bool { return had.Code == o.Code }) {
			c.SetOptions(append(c.Options(), kit.Option{Code: o.Code, Text: o.Text}))
		}
	}
	in.Put = func(v field.Values) {
		chosen := v.List(f.Code)
		if _, said := v[f.Code]; !said {
			for _, o := range begin {
				chosen = append(chosen, o.Code)
			}
		}
		for _, code := range chosen {
			if called != nil {
				add(kit.Option{Code: code, Text: called(code)})
			}
		}
		c.Choose(chosen...)
	}
	if find == nil {
		return in
	}
	pick := kit.NewPicker(hint, find)
	pick.Stay, pick.OnGrown = true, changed
	pick.OnChosen = func(o kit.Option) {
		if o.Code == "" {
			return
		}
		pick.Choose(kit.Option{})
		add(o)
		c.Choose(append(c.Chosen(), o.Code)...)
		changed()
	}
	in.Object, in.First = container.NewVBox(c, pick.Container), pick.Entry
	return in
}

// promised is an input for what an answer promises, each with its day; there is always a line for one more.
func promised(changed func()) kit.Input {
	var whats, bys []*kit.Entry
	box := container.NewVBox()
	var line func()
	line = func() {
		what, by := kit.NewEntry("承诺做什么，如 280户接通天然气"), kit.NewEntry("哪天办完，如 2027-10-31")
		i := len(whats)
		whats, bys = append(whats, what), append(bys, by)
		what.OnChanged = func(typed string) {
			if typed != "" && i == len(whats)-1 {
				line()
			}
			changed()
		}
		by.OnChanged = func(string) { changed() }
		box.Add(container.NewVBox(what, by))
	}
	line()
	return kit.Input{Object: box, First: whats[0], Get: func() any {
		var list []docket.Promise
		for i := range whats {
			p := docket.Promise{What: strings.TrimSpace(whats[i].Text), By: strings.TrimSpace(bys[i].Text)}
			if p != (docket.Promise{}) {
				list = append(list, p)
			}
		}
		return list
	}, Put: func(v field.Values) {
		list, _ := v["promises"].([]docket.Promise)
		for i, p := range list {
			whats[i].SetText(p.What) // which makes the line for the next
			bys[i].SetText(p.By)
		}
	}}
}
