package unit

import "testing"

func TestStationCodes(t *testing.T) {
	for in, want := range map[string]string{
		"141102002003":     "141102002003D1-A", // 袁家庄点
		"141102002000":     "141102002000Z1-G", // 凤山街道站
		"141102002":        "141102002000Z1-G",
		"141181005009D1":   "141181005009D1-8", // 留义点
		"141121103000z1-a": "141121103000Z1-A", // 南安镇站
		"141102002003D1A":  "141102002003D1-A",
	} {
		if got, ok := Station(in); got != want || !ok {
			t.Errorf("Station(%q) = %q %v, want %q", in, got, ok, want)
		}
	}
	for _, bad := range []string{"", "141102002003D1-B", "凤山", "14110200200", "141102002003X1", "141102002003D0", "141102000000"} {
		if got, ok := Station(bad); ok {
			t.Errorf("Station(%q) = %q, want refused", bad, got)
		}
	}
	if got, _ := Parse("141102"); got != "141102000000" {
		t.Errorf("Parse: %q", got)
	}
	if p := Parent("141102002003D1-A"); p != "141102000000" || Parent(p) != "141100000000" || Parent("141100000000") != "" {
		t.Errorf("Parent: %q", p)
	}
}
