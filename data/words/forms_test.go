package words

import "testing"

// One thing has one form, however it is written; what is another thing, or unknown, is never taken for it.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		forms   Forms
		written string
		want    string
	}{
		{Nationalities, "汉", "汉族"}, {Nationalities, " 汉 族", "汉族"}, {Nationalities, "土家", "土家族"}, {Nationalities, "土", "土族"}, {Nationalities, "外国", ""},
		{Parties, "党员", "中共党员"}, {Parties, "九三", "九三学社"}, {Parties, "预备党员", "中共预备党员"}, {Parties, "无", ""}, {Parties, "", ""},
		{Educations, "大学专科", "大专"}, {Educations, "大学", "本科"}, {Educations, "博士", ""}, {Sexes.Forms(), "Male", "男"},
	} {
		if got, ok := c.forms.Read(c.written); got != c.want || ok != (c.want != "") {
			t.Errorf("%q is %q, want %q", c.written, got, c.want)
		}
	}
	seen := map[string]bool{}
	for _, f := range Nationalities {
		seen[f.Name] = true
	}
	if len(seen) != 56 {
		t.Errorf("%d nationalities", len(seen))
	}
}
