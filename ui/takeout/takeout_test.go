package takeout

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/explain"
	"lianluo.local/app/export"
	"lianluo.local/app/paper"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

// Masked is what stands there first; all is written only to somebody who read the warning; what is wrong stands below its
// field, and nothing is written then.
func TestMaskedUnlessAsked(t *testing.T) {
	var wrote []export.Wish
	var dirs []string
	var pages []bool
	var win fyne.Window
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	host := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: func() fyne.Canvas { return win.Canvas() },
		Explain: explain.Sentence, Go: func(string) {}}
	p := New(host, Actions{Back: "preferences", Templates: []string{"省平台"},
		Now: func() time.Time { return time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC) },
		Export: func(_ context.Context, dir string, w export.Wish) (string, error) {
			if strings.HasPrefix(dir, "/there") {
				return "", export.ErrThere
			}
			wrote, dirs = append(wrote, w), append(dirs, dir)
			return "旧的已经清掉。", nil
		},
		Public: func(_ context.Context, file, _, _ string, checked bool) error {
			if pages = append(pages, checked); !checked {
				return paper.Unchecked{{Number: "A1", What: "姓名", Text: "欧阳志远"}}
			}
			return nil
		}})
	w := kittest.Open(t, p.Object(), fyne.NewSize(1180, 700))
	win = w.Window
	w.Inside("导出")
	w.Shot("takeout")
	p.Export()
	if len(wrote) != 0 || p.fields["out"].Problem() == "" {
		t.Fatalf("%v %q", wrote, p.fields["out"].Problem())
	}
	p.folder.Choose("/stick")
	p.Export()
	if len(wrote) != 1 || wrote[0].Private || len(wrote[0].Formats) != 4 || dirs[0] != "/stick/联络站资料 2026-11-29 0900" ||
		!strings.Contains(p.notice.Said(), "写好了，在 "+dirs[0]+"。旧的已经清掉") {
		t.Fatalf("%v %v %s", wrote, dirs, p.notice.Said())
	}
	p.who.Choose(whole)
	p.who.OnChanged()
	if !strings.Contains(p.warning.Text, "用完就删") {
		t.Error(p.warning.Text)
	}
	p.Export()
	if len(wrote) != 1 {
		t.Fatal("all was written before anybody read the warning")
	}
	w.Tap("我会保管好，导出")
	if len(wrote) != 2 || !wrote[1].Private || !strings.HasSuffix(dirs[1], "未遮住") {
		t.Fatalf("%v %v", wrote, dirs)
	}
	p.who.Choose(masked)
	p.formats.Choose("template:省平台")
	p.Export()
	if len(wrote) != 3 || wrote[2].Templates[0] != "省平台" || dirs[2] != "/stick/省平台 2026-11-29 0900" {
		t.Errorf("%v %v", wrote[2], dirs)
	}
	p.to.SetText("2026-11-01")
	p.from.SetText("2026-11-02")
	p.Export()
	if len(wrote) != 3 || p.fields["to"].Problem() == "" {
		t.Error(p.fields["to"].Problem())
	}
	p.from.SetText("")
	p.formats.Choose()
	p.Export()
	if len(wrote) != 3 || p.fields["format"].Problem() == "" {
		t.Error("nothing was chosen")
	}
	p.formats.Choose("csv")
	p.folder.Choose("/there")
	p.Export()
	if !strings.Contains(p.notice.Said(), "没有动它") {
		t.Error(p.notice.Said())
	}
	p.public(false)
	w.Tap("都看过了，可以公开")
	if len(pages) != 2 || !pages[1] || !strings.Contains(p.notice.Said(), "群众意见办理情况 2026-11-29.html") {
		t.Errorf("%v %s", pages, p.notice.Said())
	}
}
