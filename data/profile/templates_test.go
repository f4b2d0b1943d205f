package profile

import (
	"errors"
	"strings"
	"testing"
)

// What is wrong with a template is told when the profile is read, by its key, in a sentence; and the county's profile holds
// without it as it did before.
func TestTemplatesRead(t *testing.T) {
	for _, c := range []struct{ said, sentence string }{
		{`[{"name":"省平台","columns":[{"title":"编号","from":"number"}]}]`, ""},
		{`[{"name":"省平台","columns":[{"title":"编号","from":"编号"}]}]`, ""},
		{`[]`, ""},
		{`[{"name":"省平台","columns":[{"title":"编号","form":"number"}]}]`, "“form”不认得"},
		{`[{"name":"省平台","columns":[{"title":"编号","from":"nummer"}]}]`, "templates“省平台”第 1 栏：from “nummer”不认得"},
		{`[{"name":"省平台","columns":[{"title":"编号"},{"title":"编号","from":"number"}]}]`, "第 2 栏：title “编号”写了两次"},
		{`[{"name":"省平台","columns":[{"title":"","from":"number"}]}]`, "title 要写"},
		{`[{"name":"省平台","columns":[]}]`, "columns 要写"},
		{`[{"name":"../省","columns":[{"title":"编号","from":"number"}]}]`, "name 要写"},
		{`[{"name":"省平台[2026]","columns":[{"title":"编号","from":"number"}]}]`, "name 要写"},
		{`[{"name":"'省'","columns":[{"title":"编号","from":"number"}]}]`, "name 要写"},
		{`[{"name":"\u202e省","columns":[{"title":"编号","from":"number"}]}]`, "name 要写"},
		{`[{"name":"Con","columns":[{"title":"编号","from":"number"}]}]`, "name 要写"},
		{`[{"name":"` + strings.Repeat("𠅤", 16) + `","columns":[{"title":"编号","from":"number"}]}]`, "name 要写"},
		{`[{"name":"a","columns":[{"title":"编号","from":"number"}]},{"name":"A","columns":[{"title":"编号","from":"number"}]}]`, "“A”：写了两次"},
		{`[{"name":"省平台","columns":[{"title":"日","from":"occurred","date":"YYYY-MM-DD"}]}]`, "看不懂“Y”"},
		{`[{"name":"省平台","columns":[{"title":"日","from":"occurred","date":"yyyyy"}]}]`, "看不懂“yyyyy”"},
		{`[{"name":"省平台","columns":[{"title":"日","from":"occurred","date":"MM-dd"}]}]`, "没有写年"},
		{`[{"name":"省平台","columns":[{"title":"日","from":"title","date":"yyyy"}]}]`, "“title”不是日期"},
		{`[{"name":"省平台","columns":[{"title":"日","from":"title","text":"x"}]}]`, "只能写一个"},
		{`[{"name":"省平台","columns":[{"title":"日","required":true}]}]`, "必填的栏"},
		{`[{"name":"省平台","columns":[{"title":"日","table":{"a":"b"}}]}]`, "没有写 from"},
		{`[{"name":"省平台","columns":[{"title":"日","from":"title","most":-1}]}]`, "most"},
	} {
		p, err := Read([]byte(`{"sign":2,"templates":` + c.said + `}`))
		var told interface{ Sentence() string }
		switch {
		case c.sentence == "" && err != nil:
			t.Errorf("%s: %v", c.said, err)
		case c.sentence == "" && len(p.Templates) > 0 && p.Templates[0].Columns[0].From != "number":
			t.Errorf("%s: %v", c.said, p.Templates)
		case c.sentence != "" && (!errors.Is(err, ErrBroken) || !errors.As(err, &told) || !strings.Contains(told.Sentence(), c.sentence)):
			t.Errorf("%s: %v", c.said, err)
		}
	}
	// an office above whose program knows more is heard as far as it can be
	p, err := Told([]byte(`{"sign":2,"templates":[{"name":"省平台","columns":[{"title":"编号","from":"later"}]}]}`))
	if !errors.Is(err, ErrBroken) || p.Sign != 2 || p.Templates != nil {
		t.Errorf("%v %v %v", p.Sign, p.Templates, err)
	}
}
