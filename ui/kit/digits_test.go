package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// A long number is understood however it is grouped, and what is wrong with it is said while it is typed.
func TestDigitsSayAtOnceWhatIsWrong(t *testing.T) {
	asked := 0
	d := NewDigits("", 16, func(s string) string {
		if asked++; s != "1234567890123456" {
			return "有一位抄错了"
		}
		return ""
	})
	stand(t, d.Container)
	for typed, want := range map[string]string{
		"":                     "一共 16 位",
		"1234 5678 9":          "1234 5678 9　还差 7 位",
		"12345":                "1234 5　还差 11 位",
		"1234567890123456":     "✓ 1234 5678 9012 3456",
		"1234 5678 9012 3456":  "✓ 1234 5678 9012 3456",
		"１２３４－５６７８ 90123456":   "✓ 1234 5678 9012 3456",
		"12 345 678 901 23456": "✓ 1234 5678 9012 3456",
		"1234 5678 9012 3457":  "有一位抄错了",
		"1234 567 9012 3456":   "第 2 组是 3 位",
		"1234 5678 90123 3456": "第 3 组是 5 位",
		"1234 5678 9012 34567": "第 4 组是 5 位",
		"12345678901234567":    "多了 1 位",
		"1234 5678 90l2 3456":  "只填数字",
	} {
		d.Entry.SetText(typed)
		if got := d.Said(); !strings.Contains(got, want) || d.Entry.Text != typed {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
		if d.Right() != strings.HasPrefix(want, "✓") {
			t.Errorf("%q is taken for %v", typed, !strings.HasPrefix(want, "✓"))
		}
	}
	d.Entry.SetText("1234567890123456")
	if _, ok := d.Take(); !ok || d.Said() != "正在核对，请稍等。" {
		t.Error("not taken:", d.Said())
	}
	if _, ok := d.Take(); ok {
		t.Error("taken twice")
	}
	if d.Say("对不上"); d.Said() != "对不上" {
		t.Error(d.Said())
	}
	if d.Clear(); asked == 0 || d.Entry.Text != "" {
		t.Error("not cleared")
	}
	height := d.MinSize().Height
	for range 16 {
		if test.Type(d.Entry, "1"); d.MinSize().Height != height {
			t.Error("what stands below moves while somebody types")
		}
	}
}
