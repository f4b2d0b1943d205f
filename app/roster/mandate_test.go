package roster_test

import (
	"testing"

	"lianluo.local/app/roster"
	"lianluo.local/data/journal"
)

func TestTierOfAPost(t *testing.T) {
	for _, c := range []struct {
		employer, post string
		at             journal.Level
		want           string
	}{
		{"", "市委常委、副市长", journal.City, "standing"},
		{"", "吕梁市委常委、离石区委书记", journal.County, "standing"},
		{"吕梁市委", "市委书记", journal.City, "city"},
		{"", "市人大常委会副主任", journal.City, "city"},
		{"吕梁市人大常委会", "副主任", journal.City, "city"},
		{"", "吕梁市人民政府副市长", journal.City, "city"},
		{"", "市政协副主席", journal.County, "city"},
		{"", "县委书记", journal.County, "county"},
		{"", "中共离石区委副书记、区长", journal.County, "county"},
		{"", "孝义市市长", journal.City, "county"},
		{"", "孝义市委书记", journal.City, "county"},
		{"文水县人民政府", "副县长", journal.County, "county"},
		{"", "区委常委", journal.County, "county"},
		{"", "人大常委会主任", journal.County, "county"},
		{"文水县政协", "主席", journal.City, "county"},
		{"", "市中级人民法院院长", journal.City, "justice"},
		{"离石区人民检察院", "检察长", journal.County, "justice"},
		{"离石区人民法院", "副院长", journal.County, ""},
		{"", "原市人大常委会副主任", journal.City, ""},
		{"", "市人大常委会委员", journal.City, ""},
		{"", "市委办公室副主任", journal.City, ""},
		{"", "政府办主任", journal.County, ""},
		{"袁家庄社区", "党支部书记", journal.County, ""},
		{"凤山街道办事处", "主任", journal.County, ""},
		{"市第一中学", "校长", journal.City, ""},
		{"吕梁市人民医院", "院长", journal.City, ""},
		{"", "", journal.County, ""},
	} {
		if got := roster.Tier(c.post, c.employer, c.at); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.employer, c.post, got, c.want)
		}
	}
}
