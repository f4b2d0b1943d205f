package matter

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
	if got, _ := Unit("141102"); got != "141102000000" {
		t.Errorf("Unit: %q", got)
	}
	if p := Parent("141102002003D1-A"); p != "141102000000" || Parent(p) != "141100000000" || Parent("141100000000") != "" {
		t.Errorf("Parent: %q", p)
	}
}

func TestNumber(t *testing.T) {
	n := Number("141102002003D1-A", 2026, Series(0, 1), 42)
	if !ValidNumber(n) || n[:20] != "02-002003-26-A0042-"+n[19:20] {
		t.Errorf("number %q", n)
	}
	if n2 := Number("141102002003D2-9", 2026, 'A', 42); !ValidNumber(n2) || n2 == n {
		t.Errorf("second station's number %q", n2)
	}
	for i := range n { // one wrong digit or two swapped ones never pass
		for _, c := range []byte("0123456789") {
			if bad := n[:i] + string(c) + n[i+1:]; bad != n && n[i] != '-' && ValidNumber(bad) {
				t.Errorf("%q passes for %q", bad, n)
			}
		}
		if i > 0 && n[i] != n[i-1] {
			if bad := n[:i-1] + n[i:i+1] + n[i-1:i] + n[i+1:]; ValidNumber(bad) {
				t.Errorf("%q passes for %q", bad, n)
			}
		}
	}
	if Series(0, 1) == Series(0, 2) {
		t.Error("a new incarnation keeps its letter")
	}
}

func TestMasks(t *testing.T) {
	for in, want := range map[string]string{"王𠅤明": "王**", "欧阳敏": "欧阳**", "欧阳": "欧**", "𠅤": "𠅤**", "": "", " 李 ": "李**"} {
		if got := MaskName(in); got != want {
			t.Errorf("MaskName(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"13812345678": "138****5678", "138 1234 5678": "138****5678", "0358-8221321": "0358****21", "8221321": "****21", "": "", "12345": "****", "abc": "",
	} {
		if got := MaskPhone(in); got != want {
			t.Errorf("MaskPhone(%q) = %q, want %q", in, got, want)
		}
	}
}
