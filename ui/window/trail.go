package window

import (
	"context"
	"path/filepath"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/trail"
)

// looked are the kinds of acts that an auditor looks at together.
var looked = []trail.Group{{Name: "登录", Acts: "sign-in sign-out switch"},
	{Name: "看、查、隐去", Acts: "contact find-name find-phone held redact read-log"},
	{Name: "打印、签名、导出", Acts: "print sign export"}, {Name: "备份、恢复", Acts: "backup restore sheet"},
	{Name: "用户、密码", Acts: "user-add user-role user-lock password help renew protect"}}

// trail is the page 审计记录.
func (w *Window) trail() content {
	a := w.app
	return trail.New(w.host(), looked, trail.Actions{Now: a.Now, Sound: a.AuditAmiss, Accept: a.AcceptAudit,
		Lines: func(ctx context.Context, from, until time.Time) (lines []trail.Line, err error) {
			list, err := a.Audit(ctx, from, until)
			for _, l := range list {
				lines = append(lines, trail.Line{N: l.N, At: l.At, Act: l.Do, Who: l.Who, Do: l.Act, What: l.Which, Result: l.Came,
					Amiss: l.Amiss()})
			}
			return lines, err
		},
		Print: func(title string, lines []trail.Line) {
			var list []app.Audited
			for _, l := range lines {
				list = append(list, app.Audited{N: l.N, At: l.At, Who: l.Who, Act: l.Do, Which: l.What, Came: l.Result})
			}
			kit.Do(w.run, w.ctx, func(ctx context.Context) (typeset.Document, error) { return a.AuditPaper(ctx, title, list) },
				func(d typeset.Document, err error) {
					if err != nil {
						w.say(kit.Bad, w.explain(err))
						return
					}
					w.preview(paper.Kind{Name: title}, d)
				})
		},
		Save: func(ctx context.Context, dir string, from, until time.Time) (string, error) {
			file := filepath.Join(dir, "审计记录-"+a.Now().Format("20060102-150405")+".jsonl")
			return file, a.WriteAudit(ctx, file, from, until)
		}})
}
