package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/app/export"
	"lianluo.local/data/audit"
	"lianluo.local/data/disk"
	"lianluo.local/data/field"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
)

// Everything writes all that this home keeps into a new folder: matters with their history and answers, sessions, people,
// units, suggestions, and what joins them. Names, telephones, addresses and words are masked unless w asks for them; of what
// is confidential they are told to nobody but the table itself, and only then. told hears how many matters are written.
//
// All of it is as it stands when this begins, whatever is written meanwhile. It gives the folder with the files that stand in
// it. It fails with export.ErrThere where something lies there already, as home.Outside does, and with problem.Problems about
// what a template cannot write; then there is no folder.
func (a *App) Everything(ctx context.Context, dir string, w export.Wish, told func(matters int)) (_ *export.Folder, err error) {
	n := 0
	defer func() { a.note(a.Clerk(), audit.Export, taken("everything", n, w.Private), err) }()
	if err := a.guard.Sits(ctx, right.Export); err != nil {
		return nil, err
	}
	if w.Private {
		if err := a.guard.Sits(ctx, right.Contact); err != nil {
			return nil, err
		}
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	if err := disk.Named(dir); err != nil {
		return nil, err
	}
	if home.Shared(dir, a.Settings.Folder) {
		return nil, home.ErrShared
	}
	if home.Within(dir, string(a.Home)) {
		return nil, home.ErrInside
	}
	var templates []profile.Template
	if w.Has(export.Template) {
		if templates, err = a.templates(w.Templates); err != nil {
			return nil, err
		}
	}
	f, err := export.Begin(dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Abandon()
		}
	}()
	at := a.Now()
	ctx, done, err := a.Store.Still(ctx)
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	defer done()
	o := &outgoing{App: a, wish: w, folder: f, sheets: map[string]*export.Sheet{}, told: func(matters int) {
		if n = matters; told != nil {
			told(n)
		}
	}}
	if err = o.begin(templates); err != nil {
		return nil, err
	}
	for _, write := range []func(context.Context) error{o.matters, o.sessions, o.people, o.units, o.suggestions} {
		if err = write(ctx); err != nil {
			return nil, err
		}
	}
	if err = o.end(); err != nil {
		return nil, err
	}
	about := export.About{Unit: a.Settings.Name, At: at, From: w.From, To: w.To, Private: w.Private, Practice: a.Settings.Practice}
	if about.Until, err = o.until(ctx); err != nil {
		return nil, err
	}
	if err = f.Finish(f.Readme(about)); err != nil {
		return nil, err
	}
	return f, nil
}

// templates are those of the profile that bear some names; all where none is named.
func (a *App) templates(names []string) (list []profile.Template, err error) {
	var known []string
	for _, t := range a.Profile.Templates {
		if slices.ContainsFunc(Outgoing, func(k export.Kind) bool { return strings.EqualFold(k.Code, t.Name) }) {
			return nil, problem.Problems{"format": "办理规则里的模板“" + t.Name + "”和导出的另一个文件同名，请给它换一个名字"}
		}
		known = append(known, t.Name)
		if len(names) == 0 || slices.Contains(names, t.Name) {
			list = append(list, t)
		}
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, problem.Problems{"format": "办理规则里没有“" + n + "”这个模板" + map[bool]string{true: "，有的是：" + strings.Join(known, "、")}[known != nil]}
		}
	}
	if list == nil {
		return nil, problem.Problems{"format": "办理规则（profile.json）里还没有写模板（templates）"}
	}
	return list, nil
}

// outgoing is a folder while this home's things are written into it.
type outgoing struct {
	*App
	wish     export.Wish
	folder   *export.Folder
	sheets   map[string]*export.Sheet // by the codes of kinds; none where only Open311 or a template is wanted
	requests *export.Requests         // nil where Open311 is not wanted
	fits     []*export.Fit
	fitted   []*export.Sheet
	told     func(matters int)
}

// begin begins all files.
func (o *outgoing) begin(templates []profile.Template) (err error) {
	if formats := o.wish.Sheets(); formats != nil {
		for _, k := range Outgoing {
			if o.sheets[k.Code], err = o.folder.Sheet(k, formats...); err != nil {
				return err
			}
		}
	}
	for _, t := range templates {
		fit := export.NewFit(t)
		s, err := o.folder.Sheet(fit.Kind(), export.XLSX, export.CSV)
		if err != nil {
			return err
		}
		o.fits, o.fitted = append(o.fits, fit), append(o.fitted, s)
	}
	if o.wish.Has(export.Open311) {
		o.requests, err = o.folder.Requests(strings.TrimSpace(o.Settings.Name+" "+o.Settings.Phone), o.Now())
	}
	return err
}

// add writes records of a kind, where that is wanted.
func (o *outgoing) add(kind string, rs []export.Record) error {
	if s := o.sheets[kind]; s != nil && len(rs) > 0 {
		return s.Add(rs)
	}
	return nil
}

// end ends all files. It fails where a template could not write a matter as it wants it.
func (o *outgoing) end() error {
	for _, f := range o.fits {
		if err := f.Amiss(); err != nil {
			return err
		}
	}
	for _, s := range append(slices.Clone(o.fitted), o.all()...) {
		if err := s.Close(); err != nil {
			return err
		}
	}
	if o.requests != nil {
		return o.requests.Close()
	}
	return nil
}

func (o *outgoing) all() (list []*export.Sheet) {
	for _, k := range Outgoing {
		if s := o.sheets[k.Code]; s != nil {
			list = append(list, s)
		}
	}
	return list
}

// until says until when units below were heard of.
func (o *outgoing) until(ctx context.Context) (string, error) {
	all, err := o.heard(ctx)
	if err != nil || len(all) == 0 {
		return "", err
	}
	var never []string
	n, first := 0, all[0].Last
	for _, h := range all {
		if h.Last.IsZero() {
			never = append(never, h.Name)
			continue
		}
		if n++; first.IsZero() || h.Last.Before(first) {
			first = h.Last
		}
	}
	says := "下级单位还没有报来过"
	if n > 0 {
		says = fmt.Sprintf("%d 个下级单位都报到 %s 以后", n, first.In(beijing).Format("2006年1月2日 15:04"))
	}
	if never != nil {
		says += "；从没有收到的：" + strings.Join(never, "、")
	}
	return says, nil
}

// Outgoing are the kinds of records that Everything writes, in the order of their files.
var Outgoing = []export.Kind{
	{Code: "matters", Name: "事项", Columns: matterColumns()},
	{Code: "history", Name: "经过", Columns: headed("number 编号", "at 时间", "unit 单位代码", "unitName 单位", "by 经办人", "do 动作代码", "doName 动作", "note 说明")},
	{Code: "answers", Name: "答复", Columns: headed("of 种类", "number 编号", "round #第几次", "on 日期", "unit 答复单位", "letterNumber 文号", "class #结果类别", "letter 结果字母",
		"answer 答复", "promise 承诺事项", "promiseBy 承诺兑现日", "kept 兑现日期")},
	{Code: "sessions", Name: "场次", Columns: sessionColumns()},
	{Code: "people", Name: "代表", Columns: personColumns()},
	{Code: "units", Name: "单位", Columns: unitColumns()},
	{Code: "suggestions", Name: "代表建议", Columns: suggestionColumns()},
	{Code: "links", Name: "联系", Columns: headed("from 种类", "id 编号", "is 关系", "to 另一方种类", "other 另一方编号", "name 另一方名称")},
}

// headed makes some: a code and a name each, # before that of numbers.
func headed(said ...string) (list []export.Column) {
	for _, s := range said {
		code, name, _ := strings.Cut(s, " ")
		list = append(list, export.Column{Code: code, Name: strings.TrimPrefix(name, "#"), Number: strings.HasPrefix(name, "#")})
	}
	return list
}

// fielded are the columns of fields.
func fielded(fs field.List) (list []export.Column) {
	for _, f := range fs {
		one := export.Column{Code: f.Code, Name: f.Name, Number: f.Input == field.Number}
		if f.Input == field.Area || f.Most >= 100 && !one.Number {
			one.Width = 40
		}
		list = append(list, one)
	}
	return list
}
