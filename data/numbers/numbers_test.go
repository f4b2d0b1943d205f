package numbers

import (
	"lianluo.local/data/spelling"
	"strings"
	"testing"
)

func TestMake(t *testing.T) {
	n := Make("141102002003D1-A", 2026, Series(0, 1), 42)
	if !Valid(n) || n[:20] != "02-002003-26-A0042-"+n[19:20] {
		t.Errorf("number %q", n)
	}
	if n2 := Make("141102002003D2-9", 2026, 'A', 42); !Valid(n2) || n2 == n {
		t.Errorf("second station's number %q", n2)
	}
	for i := range n { // one wrong digit or two swapped ones never pass
		for _, c := range []byte("0123456789") {
			if bad := n[:i] + string(c) + n[i+1:]; bad != n && n[i] != '-' && Valid(bad) {
				t.Errorf("%q passes for %q", bad, n)
			}
		}
		if i > 0 && n[i] != n[i-1] {
			if bad := n[:i-1] + n[i:i+1] + n[i-1:i] + n[i+1:]; Valid(bad) {
				t.Errorf("%q passes for %q", bad, n)
			}
		}
	}
	if Series(0, 1) == Series(0, 2) {
		t.Error("a new incarnation keeps its letter")
	}
}

// A number of the blank books is right or mistyped however it is written; one of a station's own book is never mistyped.
func TestMistyped(t *testing.T) {
	const station = "141102002003D1-A"
	for serial := 1; serial < 60; serial++ {
		for _, letter := range []byte("AJLZ") {
			n := Paper(station, "reception", 2026, letter, serial)
			for _, way := range []string{n, strings.ReplaceAll(n, "-", ""), strings.ToLower(n), strings.ReplaceAll(n, "0", "O"), strings.ReplaceAll(n, "1", "I"), "编号：" + n, strings.ReplaceAll(n, "-", "－")} {
				if Mistyped(station, way) || spelling.Slip(way) != spelling.Slip(n) {
					t.Errorf("%q is not %q", way, n)
				}
			}
			if !Mistyped("141102002006D1-6", n) || !Mistyped(station, n[:len(n)-2]) {
				t.Errorf("%q passes at another station, or without its end", n)
			}
		}
	}
	for _, own := range []string{"", "12", "簿1-3", "2026-12", "J-12", "S26-1"} {
		if Mistyped(station, own) {
			t.Errorf("%q is no number of ours", own)
		}
	}
}

// The number is found in what a scanner reads from a receipt.
func TestInText(t *testing.T) {
	n := Make("141102002003D2-9", 2026, 'L', 42)
	for _, text := range []string{n, "回执编号 " + n + "\n凤山街道 0358-8221321\n承诺 2026年12月14日前答复", "编号" + strings.ToLower(n) + "凤山街道0358-8221321", "0358-8221321 " + n, strings.ReplaceAll(n, "-", "")} {
		if got, ok := In(text); got != n || !ok {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"", "0358-8221321", n[:len(n)-1] + "?", "2026-12-14 19:30 13812345678"} {
		if got, ok := In(text); ok {
			t.Errorf("%q: %q", text, got)
		}
	}
}
