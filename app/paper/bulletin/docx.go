package bulletin

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/docx"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
)

// DOCX writes the report as a document that its readers go on working on: the same words, charts and tables as on paper.
func (b Bulletin) DOCX(w io.Writer) error {
	f := docx.New(b.Title, b.Made)
	f.Practice = b.Practice
	f.Say(docx.Title, b.Title)
	if b.Span != "" {
		f.Say(docx.Centred, "（"+b.Span+"）")
	}
	f.Say(docx.Centred, b.Issue.Called())
	f.Say(docx.Centred, b.AsOf)
	f.Blank()
	if b.To != "" {
		f.Say(docx.Plain, form.Line(b.To)+"：")
	}
	for _, s := range b.Sections {
		f.Say(docx.Heading, s.Head)
		for _, text := range s.Paragraphs {
			f.Say(docx.Body, text)
		}
		for _, c := range s.Charts {
			look := chart.Paper
			look.Size = small
			if err := f.Picture(c.Image(docx.Width, 220, look), docx.Width, spoken(c)); err != nil {
				return err
			}
		}
		for _, t := range s.Tables {
			f.Say(docx.Minor, t.Title)
			f.Table(t, small)
		}
	}
	for i, n := range b.noted() {
		if i == 0 {
			f.Blank()
		}
		f.Say(docx.Small, n)
	}
	names := b.named()
	for i, name := range names {
		if len(names) > 1 {
			name = strconv.Itoa(i+1) + ". " + name
		}
		if i > 0 {
			f.Say(docx.Items, name)
			continue
		}
		f.Blank()
		f.Say(docx.Item, "附件："+name)
	}
	if b.Issuer != "" {
		f.Blank()
		f.Say(docx.Right, form.Line(b.Issuer))
		f.Say(docx.Right, b.Day)
	}
	for i, t := range b.Attached {
		if i == 0 {
			f.Turn()
		} else {
			f.Page()
		}
		attach(f, t)
	}
	return f.Write(w)
}

// DOCX writes the tables as a document that its readers go on working on.
func (s Tables) DOCX(w io.Writer) error {
	f := docx.New(s.Title, s.Made)
	f.Practice = s.Practice
	f.Turn()
	for i, t := range s.List {
		if i > 0 {
			f.Blank()
		}
		attach(f, t)
	}
	return f.Write(w)
}

// attach adds a table under its title, on pages across.
func attach(f *docx.File, t table.Table) {
	f.Say(docx.Heading, cmp.Or(form.Line(t.Title), "附表"))
	f.Say(docx.Over, strings.TrimSpace(t.Part+"　　"+t.Day))
	for n, part := range t.Parted(beside) {
		if n > 0 {
			f.Blank()
		}
		f.Table(part, form.Official)
	}
}

// beside is how many columns of an attached table stand beside each other on a page of a document.
const beside = 14

// spoken is what a chart shows, in words.
func spoken(c chart.Chart) string {
	text := form.Line(c.Title)
	for _, s := range c.Series {
		text += "；" + form.Line(s.Name) + "："
		for i, l := range c.Labels {
			if i < len(s.Values) {
				text += map[bool]string{true: "，"}[i > 0] + form.Line(l) + " " + c.Value(s.Values[i])
			}
		}
	}
	return text
}
