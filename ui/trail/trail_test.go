package trail

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/explain"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// An auditor sees a time, narrows it to a kind of acts and to a name, and prints what is listed.
func TestListNarrowPrint(t *testing.T) {
	now := time.Date(2026, 11, 29, 17, 5, 0, 0, time.FixedZone("CST", 8*3600))
	lines := []Line{
		{N: 4, At: now.Add(-time.Minute), Act: "contact", Who: "王明", Do: "看联系方式", What: "02-002003-26-W0006-L", Result: "已做"},
		{N: 3, At: now.Add(-time.Hour), Act: "print", Who: "李慧敏", Do: "打印", What: "receipt", Result: "已做"},
		{N: 2, At: now.Add(-3 * time.Hour), Act: "sign-in", Who: "没有登录", Do: "登录", Result: "未通过", Amiss: true},
		{N: 1, At: now.AddDate(0, 0, -3), Act: "contact", Who: "李慧敏", Do: "看联系方式", What: "02-002003-26-W0002-C", Result: "已做"},
	}
	for _, size := range []float32{18, 26} {
		amiss, printed := "", ""
		w, h := kittest.Begin(t, size, explain.Sentence)
		p := New(h, []Group{{"登录", "sign-in sign-out switch"}, {"看联系方式", "contact"}, {"打印和导出", "print export"}}, Actions{
			Now: func() time.Time { return now }, Sound: func(context.Context) (string, error) { return amiss, nil },
			Lines: func(_ context.Context, from, _ time.Time) (some []Line, err error) {
				for _, l := range lines {
					if !l.At.Before(from) {
						some = append(some, l)
					}
				}
				return some, nil
			},
			Accept: func(context.Context) (int, error) { amiss = ""; return 1, nil },
			Print:  func(title string, ls []Line) { printed = fmt.Sprint(title, " ", len(ls)) }})
		*w = kittest.Open(t, p.Object(), fyne.NewSize(1366, 720))
		p.Start()
		if says := w.Words(); !strings.Contains(says, "W0002-C") || !strings.Contains(says, "4 条") {
			t.Error(says)
		}
		kit.Focus(p.period)
		if w.Type("1"); strings.Contains(w.Words(), "W0002-C") || !strings.Contains(w.Words(), "3 条") {
			t.Error(w.Words())
		}
		kit.Focus(p.group)
		w.Type("3")
		kit.Focus(p.find)
		w.Type("王")
		if p.Print(); printed != "审计记录（今天） 1" {
			t.Error(printed)
		}
		p.find.SetText("")
		p.group.Choose("")
		p.group.OnChanged()
		amiss = "审计日志不对：第 5 到 7 条不见了。"
		if p.Start(); !strings.Contains(w.Words(), "第 5 到 7 条不见了") {
			t.Error(w.Words())
		}
		w.Tap("查清了")
		if w.Tap("确认"); amiss != "" || strings.Contains(w.Words(), "不见了") {
			t.Error(w.Words())
		}
		amiss = "审计日志不对：第 5 到 7 条不见了。"
		p.Start()
		w.Shot(fmt.Sprintf("trail-%.0f", size))
		w.Inside("trail")
	}
}
