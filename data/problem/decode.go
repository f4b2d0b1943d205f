package problem

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Half is what is wrong with a field that holds half a character.
const Half = "里面有半个字（\\ud800 这样的写法），请重新写这一项"

// Decode reads one JSON object into the struct that v points to, whose fields all have a json name. Unknown keys,
// values of another kind and broken text are Problems by key.
func Decode(b []byte, v any) error {
	if !utf8.Valid(b) {
		return Problems{"": "文字编码不对，请把文件另存为 UTF-8 再导入"}
	}
	known := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v).Elem()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		known[name] = name != ""
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil {
		return Problems{"": "这一行不是完整的 JSON，请检查引号和括号"}
	}
	problems := Problems{}
	for _, field := range Torn(b) {
		problems[field] = Half
	}
	for key, raw := range keys {
		if !known[key] {
			problems[key] = "没有这一项，请检查名称的写法"
			continue
		}
		if problems[key] != "" {
			continue
		}
		one, err := json.Marshal(map[string]json.RawMessage{key: raw})
		if err != nil {
			problems[key] = "读不出来，请检查写法"
			continue
		}
		var wrong *json.UnmarshalTypeError
		var inner Problems // of a member that reads itself
		err = json.NewDecoder(bytes.NewReader(one)).Decode(v)
		switch {
		case errors.As(err, &inner):
			problems[key] = inner.Error()
		case errors.As(err, &wrong):
			problems[key] = "写法不对，" + map[string]string{"bool": "请写 true 或 false", "int": "请写整数",
				"[]string": `请写成 ["甲","乙"]`}[wrong.Type.String()]
			if problems[key] == "写法不对，" {
				problems[key] += "请写成带引号的文字"
			}
		case err != nil && !errors.Is(err, io.EOF):
			problems[key] = "读不出来，请检查写法"
		}
	}
	return problems.Or()
}
