package paper

import (
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/data/journal"
	"lianluo.local/data/settings"
)

// The sheet bears its words large and in a code that says the same, and tells nothing of them to who looks at the
// file's description.
func TestRecoverySheet(t *testing.T) {
	words := strings.Split("甲乙丙丁戊己庚辛壬癸子丑", "")
	for _, name := range []string{"袁家庄联络点", "吕梁市离石区凤山街道办事处袁家庄社区居民委员会人大代表联络点（第二处）"} {
		o := form.Issuer{Settings: settings.Settings{Role: journal.Station, Name: name, Organisation: "离石区人大常委会",
			Practice: true},
			Today: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
		d, err := Recovery(words, "7462 4944", o)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Pages) != 1 {
			t.Errorf("%d pages", len(d.Pages))
		}
		ps := papertest.Print(t, d, "recovery-sheet")
		all := papertest.Squeeze(papertest.All(ps))
		for _, want := range []string{name, "编号74624944", "2026年11月28日", "有什么用要求保密的群众", "放在哪里", "谁能打开", "找不到了",
			"试过，没有抄错", "练习"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is missing in %s", want, all)
			}
		}
		large := 0
		for _, p := range ps {
			if !p.Within(210, 297, 5) && p.Text != "练习" {
				t.Errorf("outside the page: %+v", p)
			}
			if strings.Contains(strings.Join(words, ""), p.Text) && p.Size > 40 {
				large++
			}
		}
		if large != len(words) {
			t.Errorf("%d large characters", large)
		}
		for _, found := range papertest.Overlaps(ps) {
			t.Error(found)
		}
		picture := d.Pages[0].Image(150)
		low := picture.Bounds()
		low.Min.X, low.Min.Y, low.Max.Y = low.Dx()*5/8, low.Dy()*4/10, low.Dy()*7/10
		if said, err := papertest.Code(picture, low); err != nil || said != "甲乙丙丁 戊己庚辛 壬癸子丑" {
			t.Errorf("the code says %q %v", said, err)
		}
		if d.Title != "恢复单 7462 4944" {
			t.Errorf("described as %q", d.Title)
		}
	}
}
