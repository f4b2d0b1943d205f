package field

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"

	"lianluo.local/data/problem"
)

// Parse reads one object that says something of a kind's fields, into Values, and everything else into an order (a pointer
// to a struct), whose own members come first. Fields may also stand in a member "set". Unknown keys, values of another
// kind and broken text are problem.Problems.
func Parse(b []byte, order any, fields List) (said Values, err error) {
	var all map[string]json.RawMessage
	if json.Unmarshal(b, &all) != nil {
		return nil, problem.Decode(b, order)
	}
	problems := problem.Problems{}
	torn := problem.Torn(b)
	var set map[string]json.RawMessage // as a correction of a matter is written
	if json.Unmarshal(all["set"], &set) == nil {
		delete(all, "set")
		maps.Copy(all, set)
	}
	rest := map[string]json.RawMessage{}
	known := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(order).Elem()) {
		known[f.Tag.Get("json")] = true
	}
	for key, raw := range all {
		f, is := fields.Field(key)
		switch {
		case known[key] || !is:
			rest[key] = raw
		case slices.Contains(torn, key):
			problems[key] = problem.Half
		default:
			if said == nil {
				said = Values{}
			}
			said[key] = parse(f, raw, problems)
		}
	}
	whole, err := json.Marshal(rest)
	if err != nil {
		return nil, problem.Decode(b, order)
	}
	if err := problem.Decode(whole, order); err != nil {
		var wrong problem.Problems
		ok := errors.As(err, &wrong)
		if !ok {
			return nil, err
		}
		maps.Copy(problems, wrong)
	}
	return said, problems.Or()
}

// parse reads what a file says of a field.
func parse(f Field, raw json.RawMessage, problems problem.Problems) (value any) {
	var text string
	var yes bool
	var list []string
	var n int
	switch f.Input {
	case Number:
		if json.Unmarshal(raw, &n) == nil {
			return n
		}
		problems[f.Code] = "写法不对，请写数字"
	case Tick:
		if json.Unmarshal(raw, &yes) == nil {
			return yes
		}
		problems[f.Code] = "写法不对，请写 true 或 false"
	case People:
		if json.Unmarshal(raw, &list) == nil {
			return list
		}
		if json.Unmarshal(raw, &text) == nil {
			return []string{text}
		}
		problems[f.Code] = `写法不对，请写成 ["甲","乙"]`
	default:
		if json.Unmarshal(raw, &text) == nil {
			return text
		}
		problems[f.Code] = "写法不对，请写成带引号的文字"
	}
	return nil
}
