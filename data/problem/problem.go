// Package problem is what is wrong with what somebody typed: by field, in Chinese, and what to write instead.
package problem

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Problems tells by field what is wrong; the field "" stands for the whole. It is an error, so that it travels up with
// the others; none of the fields was kept.
type Problems map[string]string

// Error lists the problems for people, a line each.
func (p Problems) Error() string {
	var lines []string
	for _, field := range slices.Sorted(maps.Keys(p)) {
		if name := Field(field); name != "" {
			lines = append(lines, name+"："+p[field])
		} else {
			lines = append(lines, p[field])
		}
	}
	return strings.Join(lines, "\n")
}

// Sentence is what a person hears.
func (p Problems) Sentence() string { return p.Error() }

// Or gives the problems as an error, nil where there are none.
func (p Problems) Or() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// fields are the names of what may be typed, in files and for people. Those of a kind of things are told by its list
// (Name).
var fields = map[string]string{
	"due": "期限", "to": "承办单位", "into": "并入", "class": "办理结果", "answer": "答复内容",
	"answeredBy": "答复单位", "minutes": "协商纪要", "promise": "承诺事项", "promiseBy": "预计完成", "leader": "领办领导", "way": "反馈方式",
	"date": "日期", "attitude": "办理态度", "result": "评议结果", "score": "打分", "congress": "提交", "with": "一起转的事项",
	"checked": "上墙前检查", "units": "承办单位", "signed": "签收", "holder": "办理单位", "suggestion": "代表建议", "told": "反馈",
	"rating": "评议", "term": "期限", "note": "说明", "do": "办理动作",
	"role": "角色", "unit": "单位", "unitName": "单位名称", "folder": "共享文件夹", "parent": "上级单位", "year": "年份",
	"from": "从哪天起", "until": "到哪天止", "step": "步骤", "limit": "件数", "basket": "要办的", "size": "纸张", "query": "查找的文字",
	"overdue": "超期", "first": "起始编号", "count": "份数",
	"user": "用户", "password": "密码", "today": "今天的日期", "state": "状态", "period": "哪一段时间", "department": "承办单位",
}

// Name tells what a field of a kind is called. By its code alone, that of the kind that told it first is meant.
func Name(kind, field, name string) {
	fields[kind+"."+field] = name
	if fields[field] == "" {
		fields[field] = name
	}
}

// Field is the Chinese name of a field, also of one that its kind did not tell (Of), or the field itself where nobody knows it.
func Field(field string) string {
	_, bare, _ := strings.Cut(field, ".")
	return cmp.Or(fields[field], fields[bare], field)
}

// Of names the problems of a kind's fields by the kind, too ("parcel.title"): where two kinds meet, both may have a
// field of that code.
func (p Problems) Of(kind string) Problems {
	all := Problems{}
	for field, why := range p {
		if field != "" {
			field = kind + "." + field
		}
		all[field] = why
	}
	return all
}

// Bare names the problems by their fields alone, as files do, where all of them are of one kind.
func (p Problems) Bare() Problems {
	all, kinds := Problems{}, map[string]bool{}
	for field, why := range p {
		kind, code := "", field
		if of, name, cut := strings.Cut(field, "."); cut && fields[field] != "" {
			kind, code = of, name
		}
		if field != "" {
			kinds[kind] = true
		}
		all[code] = why
	}
	if len(kinds) > 1 {
		return p
	}
	return all
}

// New makes an error that brings its own sentence for people beside the words for a maintainer.
func New(words, sentence string) error { return &spoken{words, sentence} }

type spoken struct{ words, sentence string }

func (s *spoken) Error() string    { return s.words }
func (s *spoken) Sentence() string { return s.sentence }
