package category

import (
	"slices"
	"strings"
	"testing"
)

func TestTableIsWhole(t *testing.T) {
	groups, names := map[string]bool{}, map[string]bool{}
	for _, c := range All() {
		groups[c.Group] = true
		if len(c.Code) != 4 || c.GroupName == "" || c.Initials == "" || names[c.Group+c.Name] {
			t.Errorf("%+v", c)
		}
		names[c.Group+c.Name] = true
	}
	if len(All()) != 97 || len(groups) != 16 || !slices.IsSortedFunc(All(), func(a, b Category) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error(len(All()), len(groups))
	}
}

func TestByCode(t *testing.T) {
	if c, ok := ByCode("0203"); !ok || c.Name != "排水排污内涝" || c.GroupName != "城乡建设" || c.Initials != "pspwnl" {
		t.Error(c)
	}
	if _, ok := ByCode("02"); ok {
		t.Error("a group is no category")
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		query string
		limit int
		want  string
	}{
		{"排水", 0, "0203"}, {"PSPW", 0, "0203"}, {"gg cs", 0, "0205"}, {"厕", 0, "0106 0205"}, {"02", 2, "0201 0202"},
		{"民政养老", 1, "1101"}, {"", 0, ""}, {"\"", 0, ""},
	} {
		var codes []string
		for _, found := range Find(c.query, c.limit) {
			codes = append(codes, found.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%q: %s", c.query, got)
		}
	}
}
