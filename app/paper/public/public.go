// Package public is the page that a county puts on its web site: what citizens raised, what came of it, the rates with what
// they count, and when deputies receive next. One file of HTML, without scripts, pictures or anything from elsewhere, which
// reads on a telephone and prints on A4.
//
// It shows what the wall list shows (register.Posts) and less: nobody's name, not even masked, and no village of his. What
// in a title or a topic seems to tell who somebody is (data/trace) stands there as **, whatever a person who looked it
// through said about it.
package public

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/register"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/trace"
)

// Page is what the page tells.
type Page struct {
	Issuer   form.Issuer
	Span     string          // 2026年11月
	Received string          // until when the stations were heard of, and who was not
	Figures  []Figure        // of the span
	Groups   []Group         // what was raised, by the groups of categories
	Raised   []matter.Matter // in the span
	Answered []matter.Matter // told in the span, and raised before it
	Sessions []session.Session
	Coming   string // the days of the sessions: 2026年11月29日至12月31日
}

// Figure is one number with what it counts.
type Figure struct{ Name, Value, Of, Definition string }

// Group is a row of numbers by their columns (Columns).
type Group struct {
	Name   string
	Values []string
}

// Columns are those of groups.
var Columns = []string{"结转", "收集", "办结", "移出", "在办", "满意率"}

// Most is how many matters stand in a list, the newest; a page of more is read by nobody.
const Most = 500

// Post is a matter on the page.
type Post struct{ Day, Place, Kind, Title, Mode, Result, Rating string }

// list is a table of matters.
type list struct {
	ID, Caption, None string
	Posts             []Post
	Of                int // how many there are, where not all stand there
}

//go:embed page.html
var files embed.FS

var page = template.Must(template.ParseFS(files, "page.html"))

// Checked is what a person looks through before the page is made, as before the wall list.
func (p Page) Checked() []register.Finding {
	return register.WallCheck(append(latest(p.Raised), latest(p.Answered)...))
}

// latest are the newest of so many as stand in a list.
func latest(ms []matter.Matter) []matter.Matter {
	var open []matter.Matter
	for _, m := range ms {
		if register.Public(m) {
			open = append(open, m)
		}
	}
	return open[max(0, len(open)-Most):]
}

func covered(text string, p matter.Private) string {
	return trace.Hide(spelling.Clean(text), p, func(trace.Found) string { return "**" })
}

// posts are matters as the page has them, the newest first.
func (p Page) posts(ms []matter.Matter) (list []Post) {
	for _, one := range register.Posts(latest(ms), p.Issuer) {
		m := one.Matter
		kind := "未分类"
		if c, ok := category.ByCode(m.Category); ok {
			kind = c.Name
		}
		title := covered(one.Title, m.Private)
		if title == "" {
			title = "（没有标题）"
		}
		day := m.Occurred.In(p.Issuer.Today.Location()).Format("1月2日")
		list = append(list, Post{day, places.Of(m.Station).Where, kind, title, one.Mode, one.Result, one.Rating})
	}
	slices.Reverse(list)
	return list
}

func (p Page) list(id, caption, none string, ms []matter.Matter) list {
	l := list{ID: id, Caption: caption, None: none, Posts: p.posts(ms)}
	all := 0
	for _, m := range ms {
		if register.Public(m) {
			all++
		}
	}
	if all > len(l.Posts) {
		l.Of = all
	}
	return l
}

// Write writes the page. It asks nothing of what a person looked through (Checked).
func (p Page) Write(w io.Writer) error {
	var evenings []calendar.Evening
	for _, e := range calendar.Evenings(p.Sessions, p.Issuer) {
		e.Topic = covered(e.Topic, matter.Private{})
		evenings = append(evenings, e)
	}
	err := page.Execute(w, map[string]any{"Office": form.Line(p.Issuer.Name), "Head": form.Line(p.Issuer.Organisation),
		"Today": form.Day(p.Issuer.Today), "Practice": p.Issuer.Practice, "Phone": form.Line(p.Issuer.Phone),
		"Hours": form.Line(p.Issuer.Hours), "Received": p.Received, "Span": p.Span,
		"Figures": p.Figures, "Columns": Columns, "Groups": p.Groups, "Evenings": evenings, "Coming": p.Coming,
		"Lists": []list{p.list("raised", "本期群众反映的事项", "本期没有可以公开的事项。", p.Raised),
			p.list("answered", "以前反映、本期答复的事项", "", p.Answered)}})
	if err != nil {
		return fmt.Errorf("public page: %w", err)
	}
	return nil
}
