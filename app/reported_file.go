package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/report"
	"lianluo.local/data/audit"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

// WriteReport makes a report and writes it into a file, whole or not at all: as the end of its name says as a paper (.pdf,
// .docx), a workbook whose totals are formulas (.xlsx), its rows alone (.csv) or all that is known of it (.json). It fails with
// problem.Problems where the name ends otherwise, before anything is counted.
func (a *App) WriteReport(ctx context.Context, ask report.Ask, file string) error {
	if err := a.guard.Sits(ctx, right.Report); err != nil {
		return err
	}
	if err := a.Writable(file); err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(file), ".json") {
		ask.Codes = ask.Told()
	}
	r, err := a.asked(ctx, ask, file)
	if err != nil {
		return err
	}
	return a.WriteIssued(ctx, r, file)
}

// asked makes a report that is to be written. Of one that is printed in words nothing is counted yet: that is with what these say.
func (a *App) asked(ctx context.Context, ask report.Ask, file string) (report.Report, error) {
	r, err := a.Report.Blank(ask)
	if err != nil {
		return r, err
	}
	told, err := a.worded(ctx, r)
	if end := strings.ToLower(filepath.Ext(file)); err != nil || told && (end == ".pdf" || end == ".docx") {
		return r, err
	}
	return a.Report.Make(ctx, ask)
}

// Writable fails where a report cannot be written into a file by its name, or because of where it lies; "" stands for none.
func (a *App) Writable(file string) error {
	if file == "" {
		return nil
	}
	if a.reportWriter(file) == nil {
		return problem.Problems{"out": "请写成 .pdf、.docx、.xlsx、.csv 或 .json 文件"}
	}
	return a.Home.Outside(file, a.Settings.Folder)
}

// reportWriter writes a report as the end of a file's name says, nil for one that nobody knows.
func (a *App) reportWriter(file string) func(context.Context, report.Report, io.Writer) error {
	return map[string]func(context.Context, report.Report, io.Writer) error{
		".pdf": a.reportPDF, ".docx": a.reportDocument, ".xlsx": a.reportBook, ".csv": a.reportText,
		".json": reportJSON}[strings.ToLower(filepath.Ext(file))]
}

// IssueReport issues a report and writes it into a file, "" for none. What would keep it from being written is told before anything is
// issued, and so is a day that is in doubt: a report bears it for ever.
func (a *App) IssueReport(ctx context.Context, ask report.Ask, file string) (r report.Report, err error) {
	if err := errors.Join(a.Writable(file), a.Doubts(ctx)); err != nil {
		return r, err
	}
	if r, err = a.Report.Issue(ctx, a.Clerk(), ask); err != nil || file == "" {
		return r, err
	}
	return r, a.WriteIssued(ctx, r, file)
}

// WriteIssued writes a report that was made or issued before into a file, as WriteReport does.
func (a *App) WriteIssued(ctx context.Context, r report.Report, file string) (err error) {
	defer func() { a.note(a.Clerk(), audit.Export, "report "+r.Kind.Code, err) }()
	if err := a.guard.Sits(ctx, right.Report); err != nil {
		return err
	}
	if err := a.Writable(file); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := a.reportWriter(file)(ctx, r, &b); err != nil {
		return err
	}
	return a.keep(file, "report "+r.Kind.Code, b.Bytes())
}

// ReportPaper makes a report and draws it as it prints.
func (a *App) ReportPaper(ctx context.Context, ask report.Ask) (d typeset.Document, err error) {
	if err := a.guard.Sits(ctx, right.Report); err != nil {
		return d, err
	}
	if err := a.Doubts(ctx); err != nil {
		return d, err
	}
	r, err := a.asked(ctx, ask, ".pdf")
	if err != nil {
		return d, err
	}
	d, err = a.reportPaper(ctx, r)
	return a.tells(d), err
}

// IssuedPaper draws a report that was made or issued before as it prints.
func (a *App) IssuedPaper(ctx context.Context, r report.Report) (d typeset.Document, err error) {
	if err := a.guard.Sits(ctx, right.Report); err != nil {
		return d, err
	}
	if err := a.Doubts(ctx); err != nil {
		return d, err
	}
	d, err = a.reportPaper(ctx, r)
	return a.tells(d), err
}

func (a *App) reportPDF(ctx context.Context, r report.Report, w io.Writer) error {
	d, err := a.IssuedPaper(ctx, r)
	if err != nil {
		return err
	}
	pdf, err := a.PDF(d)
	if err != nil {
		return err
	}
	_, err = w.Write(pdf)
	return err
}

func (a *App) reportDocument(ctx context.Context, r report.Report, w io.Writer) error {
	if err := a.Doubts(ctx); err != nil {
		return err
	}
	if b, told, err := a.Bulletin(ctx, r); err != nil || told {
		if err != nil {
			return err
		}
		return b.DOCX(w)
	}
	t, err := a.tabled(ctx, r)
	if err != nil {
		return err
	}
	return t.DOCX(w)
}

func (a *App) reportBook(ctx context.Context, r report.Report, w io.Writer) error {
	laid, err := a.Lay(ctx, r)
	if err != nil {
		return err
	}
	return tables.Book(w, tables.Print, laid.All()...)
}

// reportText has the total and those that it is held against under the rows, and of a kind that lists its matters instead.
func (a *App) reportText(ctx context.Context, r report.Report, w io.Writer) error {
	laid, err := a.Lay(ctx, r)
	if err != nil {
		return err
	}
	t := laid.Numbers
	if laid.List != nil {
		t = *laid.List
	}
	t.Rows = slices.Concat(t.Rows, t.Sums, t.Held)
	return t.CSV(w)
}

func reportJSON(_ context.Context, r report.Report, w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(r.Plain())
}
