package profile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"lianluo.local/data/field"
	"lianluo.local/data/matter"
)

// Template is what an office above wants matters written as: the columns of its table, in its order.
type Template struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// Column is one of them: what of a matter stands there, and how.
type Column struct {
	Title     string            `json:"title"`
	From      string            `json:"from"`      // a code of matter.Columns, or its name; "" where the text alone stands
	Text      string            `json:"text"`      // without From: what stands in every row
	Date      string            `json:"date"`      // of a day: how it is written, yyyy-MM-dd HH:mm:ss
	Table     map[string]string `json:"table"`     // what stands for a value, by its code or its word; for a category also by its group
	Otherwise string            `json:"otherwise"` // what stands where the matter says nothing, or the table does not know what it says
	Required  bool              `json:"required"`  // nothing is handed on with an empty cell
	Most      int               `json:"most"`      // how many characters fit; 0 for any
}

// Days are the codes of matter.Columns whose values are days.
var Days = []string{"occurred", "due", "term", "assigned", "signed", "answeredOn", "promiseBy", "deputyTold", "told", "ratedOn"}

// tokens are the parts of a day in a pattern, in the words of package time; every other letter means nothing.
var (
	tokens = regexp.MustCompile(`y+|M+|d+|H+|m+|s+|T|[A-Za-z]|[0-9]`)
	parts  = map[string]string{"yyyy": "2006", "yy": "06", "MM": "01", "M": "1", "dd": "02", "d": "2", "HH": "15", "mm": "04", "ss": "05", "T": "T"}
)

// device are names that Windows has for itself: no file bears them.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)$`)

// undated says what is wrong with a pattern of days, for people; "" for nothing.
func undated(pattern string) string {
	for _, word := range tokens.FindAllString(pattern, -1) {
		if parts[word] == "" {
			return "看不懂“" + word + "”，日期请用 yyyy、MM、dd、HH、mm、ss 写，如 yyyy年M月d日"
		}
	}
	if !strings.Contains(pattern, "y") {
		return "没有写年（yyyy）"
	}
	return ""
}

// Amiss is what is wrong with the templates of a profile: where, and what, for people.
type Amiss struct{ Where, What string }

func (a Amiss) Error() string { return a.Where + ": " + a.What }

// Sentence is what a person hears.
func (a Amiss) Sentence() string {
	return "办理规则（profile.json）的" + a.Where + "：" + a.What + "。先照原来的用，资料没有动。请改好，再打开程序。"
}

// unknownKey is how encoding/json names a key that no member has.
var unknownKey = regexp.MustCompile(`unknown field "(.*)"`)

// strict finds a key in templates that means nothing.
func strict(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var list []Template
	if err := dec.Decode(&list); err != nil {
		if key := unknownKey.FindStringSubmatch(err.Error()); key != nil {
			return Amiss{"templates", "“" + key[1] + "”不认得，一栏可以写 title、from、text、date、table、otherwise、required、most"}
		}
	}
	return nil
}

// templates puts codes for the names of columns, and says what is wrong with a list of templates.
func templates(list []Template) error {
	for i, t := range list {
		where := "templates 第 " + fmt.Sprint(i+1) + " 个模板"
		if n := len(utf16.Encode([]rune(t.Name))); n == 0 || n > 30 || strings.ContainsAny(t.Name, `/\:*?"<>|[]'.,，、：`) || strings.TrimSpace(t.Name) != t.Name ||
			strings.ContainsFunc(t.Name, func(r rune) bool { return !unicode.IsPrint(r) }) || device.MatchString(t.Name) {
			return Amiss{where, "name 要写 1 到 30 个字，不能有空格开头和 / : * . [ ] ' 这些符号，也不能叫 CON、NUL，它也是文件名和工作表名"}
		}
		where = "templates“" + t.Name + "”"
		if slices.ContainsFunc(list[:i], func(o Template) bool { return strings.EqualFold(o.Name, t.Name) }) {
			return Amiss{where, "写了两次"}
		}
		if len(t.Columns) == 0 || len(t.Columns) > 200 {
			return Amiss{where, "columns 要写 1 到 200 栏"}
		}
		for j := range t.Columns {
			if fault := t.Columns[j].read(t.Columns[:j]); fault != "" {
				return Amiss{where + "第 " + fmt.Sprint(j+1) + " 栏", fault}
			}
		}
	}
	return nil
}

// read puts the code for what a column takes, and says what is wrong with it, for people.
func (c *Column) read(before []Column) string {
	switch {
	case strings.TrimSpace(c.Title) == "" || len([]rune(c.Title)) > 60:
		return "title 要写 1 到 60 个字的栏名"
	case slices.ContainsFunc(before, func(o Column) bool { return o.Title == c.Title }):
		return "title “" + c.Title + "”写了两次"
	case c.From == "" && (c.Date != "" || c.Table != nil || c.Otherwise != ""):
		return "没有写 from，不能写 date、table、otherwise；固定的字写在 text 里"
	case c.From != "" && c.Text != "":
		return "from 和 text 只能写一个"
	case c.Date != "" && c.Table != nil:
		return "date 和 table 只能写一个"
	case c.Required && c.From == "" && c.Text == "":
		return "必填的栏要写 from 或者 text"
	case c.Most < 0 || c.Most > 32767:
		return "most 请写 1 到 32767"
	}
	if c.From != "" {
		i := slices.IndexFunc(matter.Columns, func(f field.Field) bool { return f.Code == c.From || f.Name == c.From })
		if i < 0 {
			return "from “" + c.From + "”不认得，export --list 列出可以写的"
		}
		c.From = matter.Columns[i].Code
	}
	if c.Date != "" {
		if !slices.Contains(Days, c.From) {
			return "date 只能用在日期上，“" + c.From + "”不是日期"
		}
		if fault := undated(c.Date); fault != "" {
			return "date " + fault
		}
	}
	return ""
}

// Written is a day or a time as a column writes it; "" for none.
func (c Column) Written(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return tokens.ReplaceAllStringFunc(c.Date, func(word string) string { return t.Format(parts[word]) })
}
