package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/printer"
	"lianluo.local/app/roster"
	"lianluo.local/data/audit"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/settings"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
)

// Paper is a paper that is to be made: of what kind, about which things, and what somebody wished of it.
type Paper struct {
	paper.Kind
	Things paper.Things
	Wish   paper.Wish
}

// Paper gathers what a paper of a kind needs that only this office knows: the things of a list, those that wish
// chooses, where none are named; the numbers of a blank book; the digits of a slip. It fails as paper.Kind.Refuses does.
func (a *App) Paper(ctx context.Context, k paper.Kind, t paper.Things, wish paper.Wish) (p Paper, err error) {
	wish.Named = t.Matters != nil || t.People != nil || t.Sites != nil || t.Calendar.Sessions != nil || t.Suggestions != nil
	if err := k.Refuses(t, wish); err != nil {
		return p, err
	}
	p = Paper{k, t, wish}
	switch {
	case k.Of == session.Name:
		if p.Things.Calendar, err = a.calendar(ctx, k, t.Calendar, wish); err == nil && k.Code == "wall-set" {
			p.Things, err = a.hanging(ctx, k, p.Things, wish)
		}
	case k.Of == suggestion.Name:
		p.Things, err = a.dossier(ctx, k, t, wish)
	case k.Of != matter.Name:
		if p.Things.Directory, err = a.directory(ctx, k, t.Directory, wish); err == nil && k.Takes(paper.Days) {
			p.Things.Calendar.Records, err = a.records(ctx, k, p.Things.People, wish)
		}
	case k.Takes(paper.Digits):
		p.Wish.Digits = a.Courier.Print()
	case k.Blank != "":
		p.Wish.Letter, p.Wish.First, p.Wish.Count, err = a.Desk.Blanks(ctx, k.Blank, wish.First, wish.Count)
	case k.About == paper.Many && !wish.Named:
		q := ledger.Query{Filter: k.Narrow(wish, a.Now()), Text: wish.Text}
		p.Things.Matters, err = a.Ledger.Rows(ctx, q)
	}
	return p, err
}

// Draw makes a paper. It fails with Doubt, because papers bear the day, with paper.Unchecked until its wish says that
// somebody looked, or with a sentence where the paper makes no sense of one of its matters.
func (a *App) Draw(ctx context.Context, p Paper) (typeset.Document, error) {
	if err := a.guard.Sits(ctx, right.Print); err != nil {
		return typeset.Document{}, err
	}
	if err := a.Doubts(ctx); err != nil {
		return typeset.Document{}, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return typeset.Document{}, err
	}
	d, err := p.Make(p.Things, o, p.Wish)
	d.Code = p.code()
	return a.tells(d), err
}

// code is the kind of a paper and the number or ID of what it is about, or how many things these are.
func (p Paper) code() string {
	var which []string
	t := p.Things
	for _, m := range t.Matters {
		which = append(which, m.Number)
	}
	for _, v := range t.People {
		which = append(which, v.ID)
	}
	for _, s := range t.Sites {
		which = append(which, s.Code)
	}
	for _, s := range t.Calendar.Sessions {
		which = append(which, s.ID)
	}
	for _, s := range t.Suggestions {
		which = append(which, s.ID)
	}
	if len(which) == 1 {
		return p.Code + " " + which[0]
	}
	return fmt.Sprintf("%s x%d", p.Code, len(which))
}

// Issuer is how this office signs its papers: by what is known of its unit, else by its settings.
func (a *App) Issuer(ctx context.Context) (o form.Issuer, err error) {
	o = form.Issuer{Settings: *a.Settings, Profile: a.Profile, Sites: map[string]site.Site{}, Today: a.Now()}
	all, err := a.Roster.Sites(ctx, true)
	for _, s := range all {
		o.Sites[s.Code] = s
	}
	o.Settings = form.Own(o.Settings, o.Sites[o.Unit])
	o.Clerk = a.Clerk().Name
	return o, err
}

// Present says of this unit what was changed in its settings, where it is known as a unit at all; then its papers say so
// everywhere.
func (a *App) Present(ctx context.Context, next settings.Settings) error {
	if err := a.guard.Sits(ctx, right.Rules); err != nil {
		return err
	}
	s, set := *a.Settings, field.Values{}
	if next.Phone != s.Phone {
		set["phone"] = next.Phone
	}
	if next.Hours != s.Hours {
		set["opening"] = next.Hours
	}
	if next.Organisation != s.Organisation && s.Role != journal.Station {
		set["letterhead"] = next.Organisation
	}
	_, err := a.Roster.Site(ctx, s.Unit)
	if errors.Is(err, store.ErrNotFound) || err == nil && len(set) == 0 {
		return nil
	}
	if err == nil {
		_, err = a.Roster.Alter(ctx, a.Clerk(), s.Unit, roster.SiteOrder{Do: site.Change, Set: set})
	}
	return err
}

// Print keeps a paper among those of the home and hands it to a printer, "" for the one of the settings. It returns
// the file, which is there also where it fails with printer.Failed or printer.Waiting.
func (a *App) Print(ctx context.Context, j printer.Job, d typeset.Document) (file string, err error) {
	j.Code, j.Sheets = d.Code, sheets(d)
	return a.print(ctx, j, func() ([]byte, error) { return a.PDF(d) })
}

// PrintFile does as Print with a PDF file of somebody else.
func (a *App) PrintFile(ctx context.Context, j printer.Job, path string) (file string, err error) {
	path, err = filepath.Abs(path)
	j.Path = path
	return a.print(ctx, j, func() ([]byte, error) {
		pdf, readErr := os.ReadFile(path)
		return pdf, errors.Join(err, readErr)
	})
}

func (a *App) print(ctx context.Context, j printer.Job, paper func() ([]byte, error)) (file string, err error) {
	defer func() { a.note(a.Clerk(), audit.Print, cmp.Or(j.Code, "file"), err) }()
	if err := a.guard.Sits(ctx, right.Print); err != nil {
		return "", err
	}
	pdf, err := paper()
	if err != nil {
		return "", err
	}
	j.Printer = cmp.Or(j.Printer, a.Settings.Printer)
	if a.key.Given() { // nothing of it lies bare on a disk; names name nobody
		j.File = strings.ReplaceAll(cmp.Or(j.Code, "file"), " ", "-") + ".pdf"
		file = filepath.Join(a.Home.Papers(), printer.Name(j))
		if err := os.MkdirAll(a.Home.Papers(), 0o700); err != nil {
			return "", fmt.Errorf("keep paper: %w", err)
		}
		if err := a.key.WriteFile("papers", file, pdf); err != nil {
			return "", fmt.Errorf("keep paper: %w", err)
		}
		return file, printer.Once(ctx, j, pdf)
	}
	return printer.Print(ctx, a.Home.Papers(), j, pdf)
}

// sheets are the pages of a paper as a printer takes them that reads no PDF.
func sheets(d typeset.Document) []printer.Sheet {
	all := make([]printer.Sheet, len(d.Pages))
	for i, p := range d.Pages {
		all[i] = printer.Sheet{W: p.W, H: p.H, Image: p.Image}
	}
	return all
}

// Save writes a paper into a file, which must not lie where the home's own files do or where others read. Where one
// lies there already it is written over, or, for beside, stays, and the paper gets a number behind its name. It gives
// the name.
func (a *App) Save(d typeset.Document, file string, beside bool) (_ string, err error) {
	defer func() { a.note(a.Clerk(), audit.Export, "pdf "+d.Code, err) }()
	if err := a.Home.Outside(file, a.Settings.Folder); err != nil {
		return "", err
	}
	pdf, err := a.PDF(d)
	if err != nil {
		return "", err
	}
	if !beside {
		return file, a.keep(file, d.Code, pdf)
	}
	name := strings.TrimSuffix(file, filepath.Ext(file))
	for n := 2; ; n++ {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			file = fmt.Sprintf("%s（%d）%s", name, n, filepath.Ext(file))
			continue
		}
		if err != nil {
			return "", fmt.Errorf("save paper: %w", err)
		}
		_, err = f.Write(pdf)
		return file, errors.Join(err, f.Close(), a.beside(file, d.Code, pdf))
	}
}
