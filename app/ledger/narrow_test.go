package ledger

import (
	"testing"

	"lianluo.local/data/matter"
	"lianluo.local/data/store"
)

// A list is narrowed by words as people write them.
func TestHasWordsHoweverTheyAreWritten(t *testing.T) {
	v := View{Found: store.Found{Matter: matter.Matter{Report: matter.Report{Number: "02-002003-26-A0042-7", Title: "路灯不亮（七巷）", Station: "141102002003D1-A", Category: "0203"},
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
