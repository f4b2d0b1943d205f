package paper

import "testing"

// What was typed as an address is never printed for the citizen beyond the village that it names.
func TestVillageIsOneWeKnowOrTheStationsOwn(t *testing.T) {
	const own = "凤山街道袁家庄社区"
	for address, want := range map[string]string{
		"凤山街道袁家庄社区七巷3号":      own,
		"凤山街道生态园社区5号楼2单元":    "凤山街道生态园社区",
		"和平路12号院3单元201室村委会东": own,
		"3单元201（李四明）不知名村":    own,
		"13812345678不知名的那个村": own,
		"":                   own,
	} {
		if got := village("141102002003D1-A", address); got != want {
			t.Errorf("%q is printed as %q, want %q", address, got, want)
		}
	}
}
