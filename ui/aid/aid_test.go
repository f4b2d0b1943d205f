package aid

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/explain"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// Only who read out the digits of the request is helped.
func TestHelp(t *testing.T) {
	for _, size := range []float32{18, 26} {
		lies := []Request{{File: "求助", Unit: "凤山街道联络站", Made: time.Date(2026, 11, 29, 9, 12, 0, 0, time.UTC)}}
		helped := 0
		w, h := kittest.Begin(t, size, explain.Sentence)
		p := New(h, Actions{Digits: 16, Judge: func(string) string { return "" },
			Requests: func(_ context.Context, dir string) ([]Request, error) {
				if dir != "/media/stick" {
					return nil, problem.New("no folder", "没有这个文件夹，请看U盘插好没有。")
				}
				return append([]Request{}, lies...), nil
			},
			Help: func(_ context.Context, r Request, digits string) error {
				if strings.ReplaceAll(digits, " ", "") != "1234567890123452" {
					return problem.New("other digits", "数字对不上，没有放答复。请再念一遍；还对不上的，不要帮。")
				}
				lies[0].Done = true
				helped++
				return nil
			}})
		*w = kittest.Open(t, p.Object(), fyne.NewSize(1366, 720))
		p.Start()
		w.Type("/media/stic")
		if !strings.Contains(w.Words(), "没有这个文件夹") {
			t.Error(w.Words())
		}
		w.Type("k")
		if says := w.Words(); !strings.Contains(says, "凤山街道联络站") || strings.Contains(says, "没有这个文件夹") {
			t.Error(says)
		}
		kit.Focus(p.digits.Entry)
		w.Type("1234567890123451")
		if w.Press(fyne.KeyReturn); helped != 0 || !strings.Contains(w.Words(), "数字对不上") {
			t.Error(w.Words())
		}
		w.Shot(fmt.Sprintf("aid-%.0f", size))
		w.Inside("aid")
		p.digits.Clear()
		w.Type("1234 5678 9012 3452")
		p.Keys()[kit.Key{Name: fyne.KeyReturn, Ctrl: true}]()
		if says := w.Words(); helped != 1 || !strings.Contains(says, "✓ 已放好") || !strings.Contains(says, "请把U盘还给凤山街道联络站") {
			t.Error(says)
		}
	}
}
