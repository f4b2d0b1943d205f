package command

import (
	"fmt"
	"strings"

	reports "lianluo.local/app/report"
	"lianluo.local/assets/places"
	"lianluo.local/data/issued"
)

// issue makes a report and issues it.
func issue(e *env, o *reportOptions) error {
	if len(e.args) != 2 {
		return usage("请写印发哪一种报告：report issue week")
	}
	a, err := o.ask(e.args[1], e.app.Now())
	if err != nil {
		return err
	}
	given, err := e.app.IssueReport(e.ctx, a, o.out)
	if err != nil {
		return err
	}
	if e.json {
		return e.print(given.Plain())
	}
	fmt.Fprintf(e.out, "已印发：%s　%s　校验值 %s\n", given.Title, given.Issued.Heading(), given.Issued.Mark())
	if o.out != "" {
		fmt.Fprintf(e.out, "%s在 %s\n", given.Kind.Name, o.out)
	}
	e.since(given.Issued.Since, given.Issued.Late, given.Issued.More, "上一版")
	return nil
}

// issuedOnes lists the reports that were issued, shows one as it was, or compares it with what it says today.
func issuedOnes(e *env, o *reportOptions) error {
	if len(e.args) == 1 {
		list, err := e.app.Report.Issued(e.ctx)
		if err != nil {
			return err
		}
		for _, i := range list {
			line := fmt.Sprintf("%s  %s  %s  %s  校验值 %s  %s印发", i.Made.In(e.app.Now().Location()).Format("2006-01-02 15:04"), i.Title, i.Heading(),
				e.unitOf(i.Unit), i.Mark(), i.Maker)
			if odd := i.Odd(); odd != "" {
				line += "\n    " + odd
			}
			if err := e.say(i.Plain(), "%s", line); err != nil {
				return err
			}
		}
		if len(list) == 0 && !e.json {
			fmt.Fprintln(e.out, "还没有印发过报告。")
		}
		return nil
	}
	if len(e.args) != 3 || e.args[1] != "show" && e.args[1] != "compare" {
		return usage("请写 report issued、report issued show 编号 或 report issued compare 编号")
	}
	found, err := e.app.Report.Edition(e.ctx, e.args[2])
	if err != nil {
		return err
	}
	kept, err := e.app.Report.Kept(e.ctx, found)
	if err != nil {
		return err
	}
	if e.args[1] == "compare" {
		changes, late, more, err := e.app.Report.Changed(e.ctx, kept)
		if err != nil {
			return err
		}
		if e.json {
			kept.Issued.Since, kept.Issued.Late, kept.Issued.More = changes, late, more
			return e.print(kept.Issued.Plain())
		}
		fmt.Fprintf(e.out, "%s　%s，印发时截至 %s，和现在的数比：\n", found.Title, found.Heading(), kept.AsOf.Format("2006年1月2日 15:04"))
		e.since(changes, late, more, "印发时")
		return nil
	}
	if o.out != "" {
		if err := e.app.WriteIssued(e.ctx, kept, o.out); err != nil {
			return err
		}
		return e.say(map[string]string{"kind": kept.Kind.Code, "file": o.out}, "%s在 %s", kept.Title, o.out)
	}
	if e.json {
		return e.print(kept.Plain())
	}
	fmt.Fprintf(e.out, "%s　校验值 %s　%s %s印发\n", found.Heading(), found.Mark(), e.unitOf(found.Unit), found.Maker)
	if odd := found.Odd(); odd != "" {
		fmt.Fprintln(e.out, odd)
	}
	if err := e.table(kept); err != nil {
		return err
	}
	if found.Edition > 1 {
		fmt.Fprintln(e.out)
		e.since(kept.Issued.Since, kept.Issued.Late, kept.Issued.More, "上一版")
	}
	return nil
}

func (e *env) unitOf(code string) string {
	if code == e.app.Settings.Unit {
		return e.app.Settings.Name
	}
	return places.Of(code).Where
}

// since prints what a report says otherwise than before, and what came late.
func (e *env) since(changes []reports.Change, late []issued.Item, more int, before string) {
	for i, c := range changes {
		if i == 0 {
			fmt.Fprintf(e.out, "和%s不同的数：\n", before)
		}
		fmt.Fprintf(e.out, "  %s　%s：%s → %s\n", strings.Join(c.Labels, "　"), c.Indicator.Name, c.Was, c.Is)
	}
	for i, m := range late {
		if i == 0 {
			fmt.Fprintf(e.out, "%s还不知道、后来补报补录的 %d 件：\n", before, len(late)+more)
		}
		fmt.Fprintf(e.out, "  %s  %s  %s\n", m.Number, places.Of(m.Where).Where, m.Title)
	}
	if more > 0 {
		fmt.Fprintf(e.out, "  还有 %d 件没有列出。\n", more)
	}
	if len(changes)+len(late) == 0 && before != "上一版" {
		fmt.Fprintln(e.out, "没有变化。")
	}
}
