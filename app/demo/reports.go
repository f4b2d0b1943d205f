package demo

import (
	"fmt"
	"path/filepath"
	"slices"

	"lianluo.local/app"
	"lianluo.local/app/report"
)

// reports leaves reports as papers: of these kinds, of none: of all.
func (p *play) reports(a *app.App, who string, kinds ...string) error {
	for _, k := range report.Kinds {
		if kinds != nil && !slices.Contains(kinds, k.Code) {
			continue
		}
		d, err := a.ReportPaper(p.ctx, report.Ask{Kind: k})
		if err != nil {
			return fmt.Errorf("demo: report %s: %w", k.Code, err)
		}
		pdf, err := d.PDF()
		if err != nil {
			return fmt.Errorf("demo: report %s: %w", k.Code, err)
		}
		if err := p.leave(filepath.Join("papers", "reports", who+"-"+k.Code+".pdf"), pdf); err != nil {
			return err
		}
	}
	return nil
}
