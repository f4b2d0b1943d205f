package matter

import (
	"encoding/json"
	"slices"
	"testing"

	"lianluo.local/data/field"
)

// members are the JSON names of a struct.
func members(t *testing.T, of any) (names []string) {
	t.Helper()
	b, err := json.Marshal(of)
	if err != nil {
		t.Fatal(err)
	}
	all := set{}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	for name := range all {
		names = append(names, name)
	}
	return names
}

// Every member of a report that somebody fills in has one row, and lies in the part that its row says; what has none
// is reckoned.
func TestFieldsAreTheMembersOfAReport(t *testing.T) {
	reckoned := []string{"number", "due", "via", "sealed"}
	open := members(t, Report{Via: "x", Reason: "x", Door: "x", Session: "x", Wanted: "x", Asked: "x"})
	private := members(t, Private{Sealed: []Said{{}}})
	for _, name := range slices.Concat(open, private) {
		f, ok := Fields.Field(name)
		if ok == slices.Contains(reckoned, name) || ok && f.Private != slices.Contains(private, name) {
			t.Errorf("%s: %+v", name, f)
		}
	}
	codes := map[string]bool{}
	for _, f := range Fields {
		if codes[f.Code] || !slices.Contains(open, f.Code) && !slices.Contains(private, f.Code) {
			t.Errorf("%s is kept twice or nowhere", f.Code)
		}
		codes[f.Code] = true
		if f.Name == "" || f.Input == field.Chips && len(f.Words) < 2 || f.Sealed && f.Private || f.Beside != "" && !codes[f.Beside] {
			t.Errorf("%+v", f)
		}
	}
}

// A matter tells its fields by their codes, whatever part they lie in.
func TestValuesOfAMatter(t *testing.T) {
	m := fold(t, first(t))
	v := m.Values()
	for _, f := range Fields {
		if _, known := v[f.Code]; !known && !slices.Contains([]string{"reason", "door", "session", "wanted", "asked"}, f.Code) {
			t.Errorf("%s is not told", f.Code)
		}
	}
	if v.Text("name") != m.Name || v.Text("title") != m.Title || v["occurred"] != m.Occurred || !slices.Equal(v.List("deputies"), m.Deputies) {
		t.Errorf("%v", v)
	}
}
