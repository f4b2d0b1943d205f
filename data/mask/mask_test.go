package mask

import "testing"

func TestMasks(t *testing.T) {
	for in, want := range map[string]string{"王𠅤明": "王**", "欧阳敏": "欧阳**", "欧阳": "欧**", "𠅤": "𠅤**", "": "", " 李 ": "李**"} {
		if got := Name(in); got != want {
			t.Errorf("Name(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"13812345678": "138****5678", "138 1234 5678": "138****5678", "0358-8221321": "0358****21", "8221321": "****21", "": "", "12345": "****", "abc": "",
	} {
		if got := Phone(in); got != want {
			t.Errorf("Phone(%q) = %q, want %q", in, got, want)
		}
	}
}
