package places

import (
	"strings"
	"testing"
)

func names(found []Place) string {
	var out []string
	for _, p := range found {
		out = append(out, p.Name)
	}
	return strings.Join(out, " ")
}

func TestTableIsWhole(t *testing.T) {
	count := map[string]int{}
	for _, p := range load().all {
		count[p.Level]++
		up, ok := ByCode(p.Parent)
		if len(p.Code) != 12 || p.Initials == "" || p.Level != "city" && (!ok || !strings.HasPrefix(p.Code, stem(up.Code))) {
			t.Errorf("%+v", p)
		}
	}
	if count["city"] != 1 || count["county"] != 13 || count["township"] != 154 || count["village"] != 2456 {
		t.Error(count)
	}
}

func TestCodes(t *testing.T) {
	for code, name := range map[string]string{
		"1411": "吕梁市", "141102": "离石区", "141102002": "凤山街道", "141102002003": "袁家庄社区居委会", "141181005009": "留义社区居委会",
		"141121103": "南安镇", "": "", "14": "", "1411020020030": "", "999999": "",
	} {
		if p, ok := ByCode(code); p.Name != name || ok != (name != "") {
			t.Errorf("%q: %q", code, p.Name)
		}
	}
	if got := names(Path("141102002003")); got != "吕梁市 离石区 凤山街道 袁家庄社区居委会" {
		t.Error(got)
	}
	if len(Path("42")) != 0 || len(Children("141102002003")) != 0 || len(Children("")) != 0 {
		t.Error("something out of nothing")
	}
	if len(Children("1411")) != 13 || len(Children("141102")) != 11 {
		t.Error(names(Children("141102")))
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		query, within string
		limit         int
		want          string
	}{
		{"凤山", "", 1, "凤山街道"},
		{"fsjd", "", 1, "凤山街道"},
		{"袁家庄", "1411", 1, "袁家庄社区居委会"},
		{"YJZSQ", "141102002", 0, "袁家庄社区居委会"},
		{"凤山 yjz", "", 0, "袁家庄社区居委会"},
		{"孝义 凤山 yjz", "", 0, ""},
		{"三交镇", "", 0, "三交镇 三交镇"},
		{"三交镇", "141125", 0, "三交镇"},
		{"离石", "141102", 0, ""},
		{"圪堎", "141124", 1, "高家圪堎村委会"},
		{"qjgl", "", 0, "秦家圪堎村委会 秦家圪堎村委会"},
		{"141181005009", "", 0, "留义社区居委会"},
		{"", "", 0, ""}, {" ", "", 0, ""}, {"'\"%", "", 0, ""}, {"凤山", "nowhere", 0, ""},
	} {
		if got := names(Find(c.query, c.within, c.limit)); got != c.want {
			t.Errorf("%q within %q: %s", c.query, c.within, got)
		}
	}
	if got := Find("王家庄", "", 0); len(got) < 8 || !strings.HasPrefix(got[0].Name, "王家庄") {
		t.Error(names(got))
	}
}

func TestShort(t *testing.T) {
	for code, want := range map[string]string{
		"1411": "吕梁", "141102": "离石", "141123": "兴县", "141181": "孝义", "141102002": "凤山", "141121103": "南安",
		"141102002003": "袁家庄社区", "141181005009": "留义社区", "141121103200": "南安村",
	} {
		p, _ := ByCode(code)
		if got := Short(p); got != want {
			t.Errorf("%s: %s", p.Name, got)
		}
	}
	for name, want := range map[string]string{"乐村村委会": "乐村", "丁家沟村委会": "丁家沟村", "白文居委会": "白文", "东南村村委": "东南村", "虚拟社区": "虚拟社区",
		"某村民委员会": "某村"} {
		if got := Short(Place{Level: "village", Name: name}); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for name, want := range map[string]string{"兑镇镇": "兑镇", "岚县普明工业园区": "岚县普明工业园区", "兴县经济技术开发区": "兴县经济技术开发区"} {
		if got := Short(Place{Level: "township", Name: name}); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// One look-up gives every name of a unit; who is not known is called by his code.
func TestNamesOfAUnit(t *testing.T) {
	for code, want := range map[string]Names{
		"141102002003D1-A": {"凤山街道袁家庄社区代表联络点", "凤山街道袁家庄社区联络点", "凤山街道袁家庄社区", "袁家庄社区"},
		"141102002000Z1-G": {"凤山街道代表联络站", "凤山街道联络站", "凤山街道", "凤山"},
		"141102000000":     {"离石区人大常委会", "离石区人大", "离石区人大", "离石"},
		"141100000000":     {"吕梁市人大常委会", "吕梁市人大", "吕梁市人大", "吕梁"},
		"999999999999D1-A": {"999999999999D1-A", "999999999999D1-A", "999999999999D1-A", "999999999999D1-A"},
		"":                 {}, "x": {"x", "x", "x", "x"},
	} {
		if got := Of(code); got != want {
			t.Errorf("%s is called %+v", code, got)
		}
	}
}
