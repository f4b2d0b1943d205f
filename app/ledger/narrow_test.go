package ledger

import (
	"slices"
	"testing"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/view"
)

// A list is narrowed by words as people write them.
func TestHasWordsHoweverTheyAreWritten(t *testing.T) {
	v := View{Found: view.Found{Matter: matter.Matter{Report: matter.Report{Number: "02-002003-26-A0042-7", Title: "路灯不亮（七巷）", Station: "141102002003D1-A", Category: "0203"},
		Handling: matter.Handling{Units: []string{"区住房和城乡建设局（城管科）"}, Guides: []string{"阿依古丽·买买提"}}}}}
	for words, want := range map[string]bool{
		"": true, "路灯": true, "ldbl": true, "ＬＤＢＬ": true, "七巷)": true, "A0042": true, "a0042-7": true, "AOO42－7": true, "0200200326A00427": true, "城管科": true, "(城管科)": true, "区 住房": true,
		"阿依古丽买买提": true, "阿依古丽•买买提": true, "ayglmmt": true, "路灯 城管": true, "路灯 供暖": false, "A0043": false,
	} {
		if v.Has(words) != want {
			t.Errorf("%q: not %v", words, want)
		}
	}
}

// listed are matters of two stations.
func listed() (vs []View) {
	for i, f := range []struct{ number, title, category, urgency, term, unit string }{
		{"02-002003-26-A0042-7", "七巷雨水倒灌", "0203", "normal", "2026-12-04", "水利局"},
		{"02-002003-26-A0043-5", "路灯不亮", "", "critical", "", ""},
		{"02-002006-26-B0001-K", "修一所公厕（东门）", "0205", "urgent", "2026-11-30", "城市管理局"},
	} {
		v := View{Light: Green}
		if f.term == "" {
			v.Light = Off
		}
		v.Number, v.Title, v.Category, v.Urgency, v.Term = f.number, f.title, f.category, f.urgency, f.term
		v.Station, v.State = "141102"+f.number[3:9]+"D1-A", matter.Assigned
		v.Occurred = time.Date(2026, 11, 20+i, 9, 0, 0, 0, time.UTC)
		if f.unit != "" {
			v.Units = []string{f.unit}
		}
		vs = append(vs, v)
	}
	return vs
}

// A list is narrowed by words and by first letters, however they are written, and every one of them counts.
func TestNarrow(t *testing.T) {
	for words, want := range map[string][]int{
		"": {0, 1, 2}, "雨水": {0}, "pspw": {0}, "PSPW": {0}, "ｐｓｐｗ": {0}, "紧急": {2}, "tj": {1}, "袁家庄": {0, 1}, "yjz　ldbl": {1},
		"水利局": {0}, "slj": {0}, "csglj 东门": {2}, "26-A0042": {0}, "26a0042": {0}, "ａ００４３": {1}, "26 A OO42": {0}, "已转办": nil, "七巷 公厕": nil,
	} {
		var got []int
		for i, v := range listed() {
			if v.Has(words) {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", words, got, want)
		}
	}
}

// What is more urgent and what is due sooner comes first, what has no category or no term comes last.
func TestOrders(t *testing.T) {
	for name, c := range map[string]struct {
		less func(a, b View) bool
		want []int
	}{
		"number": {ByNumber, []int{0, 1, 2}}, "day": {ByDay, []int{0, 1, 2}}, "title": {ByTitle, []int{1, 0, 2}}, "station": {ByStation, []int{0, 1, 2}},
		"category": {ByCategory, []int{0, 2, 1}}, "urgency": {ByUrgency, []int{1, 2, 0}}, "term": {ByTerm, []int{2, 0, 1}},
	} {
		vs, order := listed(), []int{0, 1, 2}
		slices.SortStableFunc(order, func(i, j int) int {
			switch {
			case c.less(vs[i], vs[j]):
				return -1
			case c.less(vs[j], vs[i]):
				return 1
			}
			return 0
		})
		if !slices.Equal(order, c.want) {
			t.Errorf("%s: %v, not %v", name, order, c.want)
		}
	}
}
