package roster

import (
	"context"
	"fmt"

	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// SiteFilter chooses units; what is empty chooses all that are not closed.
type SiteFilter struct {
	Kind, County, Query string // words.Sites; twelve digits; as Place.Fits takes it
	Closed              bool   // the closed ones, too
}

// Units gives those whom a filter chooses, in the order of Places.
func (r *Roster) Units(ctx context.Context, f SiteFilter) (list []Place, err error) {
	var kinds []string
	if f.Kind != "" {
		kinds = []string{f.Kind}
	}
	all, err := r.Places(ctx, f.Closed, kinds...)
	for _, p := range all {
		if (f.County == "" || p.Code[:6] == f.County[:6]) && (f.Query == "" || p.Fits(f.Query)) {
			list = append(list, p)
		}
	}
	return list, err
}

// FindSite gives the unit of a code or of a name that one alone has, also a closed one. It fails with problem.Problems.
func (r *Roster) FindSite(ctx context.Context, typed string) (s site.Site, err error) {
	d, err := r.Desk(ctx, clerk.Clerk{})
	if err != nil {
		return s, err
	}
	problems := problem.Problems{}
	code := d.coded(typed, SiteOrder{}, problems)
	if problems["code"] == "" || code != "" { // whose it is does not matter to who reads
		if s, known := d.Sites[code]; known {
			return s, nil
		}
		return s, problem.Problems{"code": "站点名册里没有“" + typed + "”，请核对代码或名称"}
	}
	return s, problems.Of(site.Name)
}

// Station gives the code of a station by its code or its name. It fails with problem.Problems.
func (r *Roster) Station(ctx context.Context, typed string) (string, error) {
	if code, ok := unit.Station(typed); ok {
		return code, nil
	}
	s, err := r.FindSite(ctx, typed)
	if err != nil {
		return "", problem.Problems{"station": "没有“" + typed + "”这个站点，请写代码或名册里的名称"}
	}
	return s.Code, nil
}

// SiteCaveats says what is odd about a unit and was written all the same.
func (r *Roster) SiteCaveats(ctx context.Context, s site.Site) (odd []string, err error) {
	if s.State == site.Closed {
		n, err := view.Count(ctx, r.Store, view.Filter{Station: s.Code, States: matter.OpenStates()})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			odd = append(odd, fmt.Sprintf("那里还有 %d 件事项没有办结，编号不变，仍在原来的台账里，请接着办", n))
		}
	}
	var twice int
	if err := r.Store.QueryRow(ctx, "SELECT count(*) FROM unit WHERE state IN (1, 2) AND code = ?", s.Code).Scan(&twice); err != nil {
		return nil, fmt.Errorf("unit %s: %w", s.Code, err)
	}
	if twice > 1 {
		odd = append(odd, "两处同时登记了 "+s.Code+"，照县里登记的显示；多登的那一个请登记的单位作废")
	}
	same, err := r.Sites(ctx, false, s.Kind)
	for _, o := range same {
		if o.Code != s.Code && s.State == site.Open && spelling.Department(o.Facts.Name) == spelling.Department(s.Facts.Name) {
			odd = append(odd, o.Code+" 也叫“"+o.Facts.Name+"”，请核对是不是同一个")
		}
	}
	if !s.Confirmed {
		odd = append(odd, r.waits())
	}
	return odd, err
}
