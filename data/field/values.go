package field

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"lianluo.local/data/spelling"
)

// Values are the values of fields by code, as a form or a file has them or as they are kept: string, bool, int or
// float64, []string or []any of strings, time.Time.
type Values map[string]any

// From gives the members of structs by their JSON names.
func From(parts ...any) Values {
	v := Values{}
	for _, p := range parts {
		b, _ := json.Marshal(p)
		_ = json.Unmarshal(b, &v)
	}
	return v
}

// Into puts values into the members of structs of these JSON names; each takes those that it has.
func (v Values) Into(parts ...any) {
	b, _ := json.Marshal(v)
	for _, p := range parts {
		_ = json.Unmarshal(b, p)
	}
}

// Raw gives the values as a body carries them.
func (v Values) Raw() map[string]json.RawMessage {
	raw := map[string]json.RawMessage{}
	v.Into(&raw)
	return raw
}

// With gives the values with others in their places.
func (v Values) With(others Values) Values {
	all := maps.Clone(v)
	maps.Copy(all, others)
	return all
}

// Text gives a value that is a text.
func (v Values) Text(code string) string {
	s, _ := v[code].(string)
	return s
}

// Yes gives a value that is yes or no.
func (v Values) Yes(code string) bool {
	yes, _ := v[code].(bool)
	return yes
}

// Number gives a value that is a number; 0 where nothing was said, -1 for words that are no number, so that they are
// not silently none.
func (v Values) Number(code string) int {
	switch n := v[code].(type) {
	case int:
		return n
	case float64:
		return int(n)
	case string:
		return number(n)
	}
	return 0
}

func number(s string) int {
	if s = strings.TrimSpace(spelling.Plain(s)); s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// List gives a value that is a list of texts.
func (v Values) List(code string) (list []string) {
	switch all := v[code].(type) {
	case []string:
		return all
	case []any:
		for _, s := range all {
			if s, ok := s.(string); ok {
				list = append(list, s)
			}
		}
	}
	return list
}
