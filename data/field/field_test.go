package field

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// trees is a kind that nobody keeps.
var trees = Of("tree", []Field{
	{Code: "title", Name: "树名", Most: 4, Sealed: true, Correctable: true},
	{Code: "kind", Name: "树种", Input: Chips, Words: words.Of("pine", "松", "elm", "榆"), Otherwise: "pine", Correctable: true},
	{Code: "note", Name: "情况", Input: Area, Most: 20, Lines: 3, Private: true, Mask: func(string) string { return "已遮住" }, Correctable: true},
	{Code: "rare", Name: "古树", Input: Tick, Words: words.Of("true", "是古树", "false", "不是")},
	{Code: "height", Name: "高度", Input: Number, Otherwise: "1", Most: 90, Counted: "米"},
	{Code: "owners", Name: "管护人", Input: People, Most: 2, Counted: "位管护人"},
	{Code: "group", Name: "类别", Input: Category},
	{Code: "planted", Name: "栽种", Input: Day},
}...)

var now = time.Date(2026, 11, 23, 19, 30, 0, 0, day.Beijing)

func category(s string) (string, bool) {
	return strings.TrimPrefix(s, "第"), strings.HasPrefix(s, "第")
}

func TestCheckCleansEveryInput(t *testing.T) {
	problems := problem.Problems{}
	got := trees.Check(Values{"title": " 老\n槐 ", "kind": "榆", "note": "一\r\n二\n", "rare": true, "height": 12.0, "group": "第3",
		"owners": []any{"王明、李四海", "王 明"}, "planted": "2020-3-12"}, now, category, problems)
	want := Values{"title": "老 槐", "kind": "elm", "note": "一\n二", "rare": true, "height": 12, "group": "3",
		"owners": []string{"王明", "李四海"}, "planted": time.Date(2020, 3, 12, 0, 0, 0, 0, day.Beijing)}
	if !reflect.DeepEqual(got, want) || len(problems) > 0 {
		t.Errorf("got %v\nwant %v\n%v", got, want, problems)
	}
	nothing := Values{"title": "", "kind": "pine", "note": "", "rare": false, "height": 1, "owners": []string{}, "group": "", "planted": nil}
	if got := trees.Check(Values{}, now, category, problems); !reflect.DeepEqual(got, nothing) || len(problems) > 0 {
		t.Errorf("nothing said: %v, %v", got, problems)
	}
}

func TestCheckTellsWhatIsWrong(t *testing.T) {
	problems := problem.Problems{}
	trees.Check(Values{"title": "一二三四五", "kind": "杨", "height": "高", "owners": []string{"甲", "乙", "丙"}, "group": "3", "planted": "明天"},
		now, category, problems)
	for code, why := range map[string]string{"title": "最多 4 个字", "kind": "请从这些里选：松、榆", "height": "高度请写 1 到 90",
		"owners": "最多写 2 位管护人", "group": "没有“3”这个类别", "planted": "日期读不出来"} {
		if !strings.Contains(problems[code], why) {
			t.Errorf("%s: %q, want %q", code, problems[code], why)
		}
	}
	if len(problems) != 6 {
		t.Error(problems)
	}
}

func TestShowAsPeopleReadIt(t *testing.T) {
	v := Values{"title": "老槐", "kind": "elm", "note": "一\n二", "rare": true, "height": 12, "owners": []string{"甲", "乙"}, "group": "3",
		"planted": time.Date(2020, 3, 12, 0, 0, 0, 0, day.Beijing)}
	names := Names{Category: func(code string) string { return "第" + code + "类" }}
	told := func(l List, v Values, said map[string]string) string {
		var lines []string
		for _, s := range l.Show(v, names, said) {
			lines = append(lines, s.Name+"="+s.Text)
		}
		return strings.Join(lines, "|")
	}
	want := "树名=老槐|树种=榆|情况=一\n二|古树=是古树|高度=12 米|管护人=甲、乙|类别=第3类|栽种=2020-03-12"
	if got := told(trees, v, nil); got != want {
		t.Errorf("%q", got)
	}
	if got := told(trees, Values{}, nil); got != "" {
		t.Errorf("of nothing is told %q", got)
	}
	other := trees.In("height 高", "title", "unknown").Without("kind", "rare", "group", "planted", "owners")
	if got := told(other, other.Masked(v), map[string]string{"title": "某树"}); got != "高=12 米|树名=某树|情况=已遮住" {
		t.Errorf("in an order of its own: %q", got)
	}
	if v.Text("note") != "一\n二" {
		t.Error("masking changed what is known")
	}
}

// A row more is all that a field costs: it is checked, shown, masked, put right and named.
func TestOneRowIsAField(t *testing.T) {
	more := Of("tree", append(slices.Clone(trees), Field{Code: "tag", Name: "挂牌号", Most: 3, Private: true, Correctable: true,
		Mask: func(string) string { return "***" }})...)
	problems := problem.Problems{}
	if got := more.Check(Values{"tag": "12345"}, now, category, problems); problems["tag"] == "" || got["tag"] != "12345" {
		t.Errorf("checked: %v %v", got, problems)
	}
	if !strings.HasPrefix(problems.Error(), "挂牌号：") {
		t.Errorf("told as %q", problems.Error())
	}
	shown := more.In("note", "title").Show(more.Masked(Values{"tag": "123"}), nil, nil)
	if len(shown) != 1 || shown[0] != (Shown{"挂牌号", "***", false}) {
		t.Errorf("shown %v", shown)
	}
	put := more.Where(func(f Field) bool { return f.Correctable })
	if f, ok := put.Field("tag"); !ok || !f.Private || put.Name("tag") != "挂牌号" {
		t.Errorf("put right: %+v", f)
	}
}

// Two kinds may have a field of one code; where they meet, each is told by its own name.
func TestProblemsAreNamedByKind(t *testing.T) {
	Of("pond", Field{Code: "title", Name: "水塘名"})
	both := problem.Problems{"title": "太长"}.Of("tree")
	if bare := both.Bare(); bare["title"] != "太长" {
		t.Errorf("of one kind alone: %v", bare)
	}
	maps.Copy(both, problem.Problems{"title": "没有写"}.Of("pond"))
	if both.Error() != "水塘名：没有写\n树名：太长" || !maps.Equal(both.Bare(), both) {
		t.Errorf("%v: %q", both.Bare(), both.Error())
	}
	if odd := (problem.Problems{"a.b": "没有这一项"}); !maps.Equal(odd.Bare(), odd) {
		t.Errorf("a key with a dot became %v", odd.Bare())
	}
}

// tree is how a kind keeps its fields: members by their codes.
type tree struct {
	Title  string   `json:"title"`
	Rare   bool     `json:"rare"`
	Height int      `json:"height"`
	Owners []string `json:"owners"`
}

func TestValuesOfAStruct(t *testing.T) {
	was := tree{"老槐", true, 12, []string{"甲"}}
	v := From(was)
	if v.Text("title") != "老槐" || !v.Yes("rare") || v.Number("height") != 12 || !slices.Equal(v.List("owners"), was.Owners) {
		t.Errorf("%v", v)
	}
	var now tree
	if v.With(Values{"height": 13}).Into(&now); now.Height != 13 || now.Title != was.Title || v.Number("height") != 12 {
		t.Errorf("%+v", now)
	}
	for s, n := range map[string]int{"": 0, " ３ ": 3, "三个": -1} {
		if got := (Values{"height": s}).Number("height"); got != n {
			t.Errorf("%q is %d", s, got)
		}
	}
}
