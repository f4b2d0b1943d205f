package form

import "testing"

// What was typed as an address is never printed for the citizen beyond the village that it names; where none was
// given, the station's own village is not said to be his.
func TestVillageIsOneThatTheAddressNames(t *testing.T) {
	const own = "凤山街道袁家庄社区"
	for address, want := range map[string]string{
		"凤山街道袁家庄社区七巷3号": own, "凤山街道 袁家庄社区 七巷3号": own, "凤山街道生态园社区5号楼2单元": "凤山街道生态园社区", "凤山街道5号": "凤山街道",
		"本村二组": own, "七巷3号": own, "和平路12号院3单元201室": own, "3单元201（李四明）不知名村": "", "13812345678不知名的那个村": "", "某某县某某镇": "",
		"": "", " \u3000": "",
	} {
		if got := Village("141102002003D1-A", address); got != want {
			t.Errorf("%q is printed as %q, want %q", address, got, want)
		}
	}
}
