package command

import (
	"flag"
	"fmt"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/roster"
	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

type unitOptions struct {
	kind, county, query string
	sheetOptions
}

func unitFlags(fs *flag.FlagSet) *unitOptions {
	o := &unitOptions{}
	o.reads(fs)
	fs.StringVar(&o.kind, "kind", "", "")
	fs.StringVar(&o.county, "county", "", "")
	fs.StringVar(&o.query, "query", "", "")
	return o
}

// units are what is done with stations, offices and departments.
var units = map[string]part[*unitOptions]{
	"list": {0, 0, unitList}, "show": {1, 1, unitShow}, "act": {2, 2, unitAct},
	"import": {1, 1, func(e *env, o *unitOptions) error { return e.take(app.Units, o.sheetOptions) }}, "undo": {1, 1, undo[*unitOptions]},
	"export":   written(func(e *env, o *unitOptions) error { return e.app.ExportUnits(e.ctx, o.out, o.export) }, (*unitOptions).file),
	"template": written(func(e *env, o *unitOptions) error { return e.app.UnitTemplate(e.ctx, o.out) }, (*unitOptions).file),
	"asked":    {0, 0, unitAsked}, "adopt": {1, 1, unitAdopt},
}

func unitList(e *env, o *unitOptions) error {
	wrong := problem.Problems{}
	f := roster.SiteFilter{Kind: wrong.Choose("kind", o.kind, "", words.Sites), Query: o.query}
	if o.county != "" {
		code, ok := unit.Office(o.county)
		if f.County = code; !ok {
			wrong["county"] = "没有这个县，请写县的代码，如 141102"
		}
	}
	if err := wrong.Or(); err != nil {
		return err
	}
	list, err := e.app.Roster.Units(e.ctx, f)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := e.site(s.Site); err != nil {
			return err
		}
	}
	if len(list) == 0 && !e.json {
		fmt.Fprintln(e.out, "没有找到。")
	}
	return nil
}

// site prints a unit as a line of a list.
func (e *env) site(s site.Site) error {
	if e.json {
		line, err := app.UnitLine(s)
		if err != nil {
			return err
		}
		return e.print(line)
	}
	ended := ""
	if s.State == site.Closed {
		ended = "（" + s.Closed + " 撤销）"
	}
	_, err := fmt.Fprintf(e.out, "%s  %s  %s  %s%s\n", s.Code, words.Sites.Name(s.Kind), s.Name, s.Phone, ended)
	return err
}

func unitShow(e *env, _ *unitOptions) error {
	s, err := e.app.Roster.FindSite(e.ctx, e.args[0])
	if err != nil {
		return err
	}
	return e.station(s, nil)
}

// station prints all that is known of a unit.
func (e *env) station(s site.Site, odd []string) error {
	e.warn(odd)
	if e.json {
		told, err := app.UnitWhole(s)
		if err != nil {
			return err
		}
		if len(odd) > 0 {
			told["warnings"] = odd
		}
		return e.print(told)
	}
	line := func(name, value string) {
		if strings.TrimSpace(value) != "" {
			fmt.Fprintf(e.out, "%s：%s\n", name, value)
		}
	}
	line("代码", s.Code)
	line("类型", words.Sites.Name(s.Kind))
	for _, f := range site.Fields.Show(s.Values(), field.Names{}, nil) {
		line(f.Name, f.Text)
	}
	if s.Parent != "" {
		line("上级", e.unit(s.Parent))
	}
	line("设立日期", s.Opened)
	line("撤销日期", s.Closed)
	if s.Successor != "" {
		line("接续的单位", s.Successor)
	}
	e.history(&site.Kind, &s, site.Acts)
	return nil
}

func unitAct(e *env, _ *unitOptions) error {
	b, err := e.source(e.args[1])
	if err != nil {
		return err
	}
	order, err := roster.ParseSite(b)
	if err != nil {
		return err
	}
	code := e.args[0]
	if code == "-" {
		code = ""
	}
	s, err := e.app.Roster.Alter(e.ctx, e.app.Clerk(), code, order)
	if err != nil {
		return err
	}
	odd, err := e.app.Roster.SiteCaveats(e.ctx, s)
	if err != nil {
		return err
	}
	return e.station(s, odd)
}
