package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/explain"
	"lianluo.local/app/paper/form"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
)

// Audited is one line of the log of who looked at what: its codes, and the words for them.
type Audited struct {
	N      uint64    `json:"n"`
	At     time.Time `json:"at"`
	User   string    `json:"user"` // his ID, "" where nobody had signed in
	Do     string    `json:"do"`
	What   string    `json:"what"`
	Result string    `json:"result"`
	Who    string    `json:"name"` // by whom, in words
	Act    string    `json:"-"`    // Do in words
	Which  string    `json:"-"`    // What in words
	Came   string    `json:"-"`    // Result in words
}

// Amiss says whether somebody was refused something, or it did not come about.
func (l Audited) Amiss() bool { return l.Result != string(audit.Done) }

// Audit gives who looked at what from one moment until before another, zero for no bound, the newest first. That somebody
// reads it is written down, too. It fails with right.Denied.
func (a *App) Audit(ctx context.Context, from, until time.Time) (list []Audited, err error) {
	if err := a.audits(ctx); err != nil {
		return nil, err
	}
	s, err := a.Crew.Staff(ctx, a.Settings.Unit)
	if err != nil {
		return nil, err
	}
	err = a.Log().Each(from, until, func(l audit.Line, _ []byte) error {
		list = append(list, Audited{l.N, l.At.In(beijing), l.User, string(l.Do), l.What, string(l.Result),
			whom(s, l.User), audit.Acts.Name(string(l.Do)), spoken(s, l.What), audit.Results.Name(string(l.Result))})
		return nil
	})
	slices.Reverse(list)
	return list, err
}

// audits asks whether who sits here may read the log, and writes down that he does.
func (a *App) audits(ctx context.Context) error {
	err := a.guard.Sits(ctx, right.Audit)
	a.note(a.Clerk(), audit.Read, "", err)
	return err
}

// whom is what a user is called.
func whom(s staff.Staff, id string) string {
	u, known := s.Find(id)
	switch {
	case known:
		return u.Name
	case id == clerk.Computer.User:
		return clerk.Computer.Name
	case id == "":
		return "没有登录"
	}
	return id
}

// codeWords are the words for the codes in a line; papers have theirs in form.Names.
var codeWords = map[string]string{"pdf": "存成文件", "matters": "台账", "people": "代表名册", "units": "站点名录", "everything": "全部资料", "concerned": "涉及的人员名单", "expired": "到期的", "private": "含联系方式",
	"report": "统计报表", "public": "公开页", "audit": "审计记录", "sheet": "恢复单", "file": "文件", "copy": "本机备份", "weekly": "每周备份", "password": "密码",
	"dropped": "收回", "account": "本机账户", "code": "开锁码", "add": "增加", "publish": "放进共享文件夹", "take": "拷到本机", "install": "安装", "role": "改角色", "lock": "停用", "unlock": "恢复", "rename": "改姓名"}

// spoken is what a line is about in words, users by their names.
func spoken(s staff.Staff, what string) string {
	words := strings.Fields(what)
	for i, w := range words {
		n, counts := strings.CutPrefix(w, "x")
		u, known := s.Find(w)
		switch {
		case known:
			words[i] = u.Name
		case counts && i > 0:
			words[i] = n + " 项"
		default:
			words[i] = cmp.Or(codeWords[w], form.Names[w], w)
		}
	}
	return strings.Join(words, " ")
}

// logged checks the log.
func (a *App) logged(ctx context.Context) (audit.Report, error) {
	before, err := a.remembered(ctx)
	if err != nil {
		return audit.Report{}, err
	}
	return a.Log().Check(before, a.Trust.Keys().Signs)
}

// AuditAmiss is what is wrong with the log as a whole, in Chinese; "" for nothing, or for what somebody accepted.
func (a *App) AuditAmiss(ctx context.Context) (string, error) {
	rep, err := a.logged(ctx)
	var says []string
	for _, f := range rep.Problems[:min(5, len(rep.Problems))] {
		says = append(says, explain.Audited(f))
	}
	if says == nil {
		return "", err
	}
	return strings.Join(says, "；") + "。请查清是谁动了它。", err
}

// AcceptAudit writes down that somebody knows what is wrong with the log, and has it go on from where it is; it gives how much
// that was. It fails with right.Denied.
func (a *App) AcceptAudit(ctx context.Context) (n int, err error) {
	if err := a.audits(ctx); err != nil {
		return 0, err
	}
	a.noted.Wait() // what was noted just now is remembered by who knew the old end
	rep, err := a.logged(ctx)
	if err != nil || rep.Problems == nil {
		return 0, err
	}
	if _, err := a.Log().Accept(a.Clerk().User, a.Now(), rep.Problems); err != nil {
		return 0, fmt.Errorf("accept audit: %w", err)
	}
	return len(rep.Problems), a.remember(ctx, true)
}

// forget takes away what nobody has to keep any more of the log.
func (a *App) forget() error {
	return a.Log().Prune(a.Now().AddDate(0, -a.Profile.Audit, 0), a.Now())
}

// auditTable is lines of the log as a table.
func (a *App) auditTable(title string, list []Audited, o form.Issuer) tables.Table {
	t := tables.Table{Notes: tables.Notes{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: title, Part: form.Line(o.Name),
		Day: "截至 " + a.Now().Format("2006年1月2日 15:04"), Practice: o.Practice}, Keys: 1,
		Columns: []tables.Column{{Title: "序号", Width: 16, Align: typeset.Centre, Holds: tables.Count}, {Title: "时间", Width: 40}, {Title: "谁", Width: 30},
			{Title: "做什么", Width: 40}, {Title: "哪一件", Width: 90}, {Title: "结果", Width: 20}}}
	for _, l := range list {
		t.Rows = append(t.Rows, tables.Row{Cells: []string{fmt.Sprint(l.N), l.At.Format("2006-01-02 15:04:05"), l.Who, l.Act, l.Which, l.Came}})
	}
	t.Sums = []tables.Row{{Cells: []string{fmt.Sprintf("合计 %d 条", len(list))}}}
	return t
}

// AuditPaper is lines of the log as they print.
func (a *App) AuditPaper(ctx context.Context, title string, list []Audited) (d typeset.Document, err error) {
	if err := a.audits(ctx); err != nil {
		return d, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return d, err
	}
	d = tables.Layout{Body: 10, Head: 10, Least: 8}.Document(a.auditTable(title, list, o), a.Now())
	d.Code = "audit"
	return d, nil
}

// WriteAudit writes the lines of a time into a file: as they stand in the log, with the computer's signature beside
// them (Sig; Verify says whose it is), for .jsonl; as a list for .pdf, .xlsx and .csv.
func (a *App) WriteAudit(ctx context.Context, file string, from, until time.Time) (err error) {
	list, err := a.Audit(ctx, from, until)
	if err != nil {
		return err
	}
	defer func() { a.note(a.Clerk(), audit.Export, taken("audit", len(list), false), err) }()
	o, err := a.Issuer(ctx)
	if err != nil {
		return err
	}
	const title = "审计记录"
	switch strings.ToLower(filepath.Ext(file)) {
	case ".jsonl":
		var b bytes.Buffer
		if err := a.Log().Each(from, until, func(_ audit.Line, line []byte) error {
			b.Write(append(line, '\n'))
			return nil
		}); err != nil {
			return err
		}
		if err := a.write(file, b.Bytes()); err != nil {
			return err
		}
		return a.attest(file, "audit", b.Bytes())
	case ".pdf":
		d, err := a.AuditPaper(ctx, title, list)
		if err != nil {
			return err
		}
		pdf, err := a.PDF(d)
		if err != nil {
			return err
		}
		return a.keep(file, "audit", pdf)
	case ".xlsx", ".csv":
		return a.saved(a.auditTable(title, list, o), file, tables.Print)
	}
	return problem.Problems{"out": "请写成 .jsonl（带签名）、.pdf、.xlsx 或 .csv 文件"}
}
