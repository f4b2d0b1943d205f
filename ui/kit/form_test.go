package kit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// trees is a kind that nobody keeps.
var trees = field.List{
	{Code: "title", Name: "树名", Hint: "叫什么", Must: true},
	{Code: "rare", Name: "古树", Hint: "是古树", Input: field.Tick, Words: words.Of("true", "是", "false", "不是"),
		Beside: "title"},
	{Code: "kind", Name: "树种", Input: field.Chips, Words: words.Of("pine", "松", "elm", "榆"), Otherwise: "pine"},
	{Code: "note", Name: "情况", Input: field.Area, Lines: 3,
		When: func(now field.Values) bool { return now.Text("kind") == "elm" }},
	{Code: "file", Name: "档案", Unasked: true},
	{Code: "height", Name: "高度", Input: field.Number, More: true},
	{Code: "owners", Name: "管护人", Input: field.People, More: true},
}

func TestFormIsTheListOfFields(t *testing.T) {
	f := NewForm(trees, "更多", nil)
	var heard []string
	f.OnChanged = func(code string) { heard = append(heard, code) }
	f.OnLeave = func(code string) { heard = append(heard, "left "+code) }
	w := stand(t, f.Container)
	f.Fill(field.Values{"title": "老槐", "height": 12.0, "owners": []any{"甲", "乙"}})
	want := field.Values{"title": "老槐", "rare": false, "kind": "pine", "height": 12, "owners": []string{"甲", "乙"}}
	if got := f.Values(); !reflect.DeepEqual(got, want) || heard != nil {
		t.Fatalf("filled: %v, heard %q", got, heard)
	}
	Focus(f.Entry("title"))
	test.Type(f.Entry("title"), "大")
	key(w, fyne.KeyReturn) // past what stands beside it
	if w.Canvas().Focused() != f.Chips("kind") || f.Field("note").Visible() || f.Field("rare") != nil {
		t.Error("Enter does not go on to the next field, or more is asked for than there is to say")
	}
	test.Type(f.Chips("kind"), "2")
	if key(w, fyne.KeyReturn); w.Canvas().Focused() != f.Entry("note") {
		t.Error("what is asked for now is not reached")
	}
	test.Type(f.Entry("note"), "空心")
	f.Input("rare").First.(*Check).SetChecked(true)
	if got := f.Values(); got.Text("note") != "空心" || !got.Yes("rare") || got.Text("title") != "大老槐" {
		t.Errorf("written: %v", got)
	}
	if heard = slices.Compact(heard); strings.Join(heard, " ") != "title left title kind note rare" {
		t.Errorf("heard %q", heard)
	}
	f.Chips("kind").Choose("pine")
	if _, said := f.Values()["note"]; said {
		t.Error("what is not asked for is said")
	}
}

// What is unfolded below the edge comes into sight, and is where writing goes on; so does what Tab reaches.
func TestUnfoldedIsSeen(t *testing.T) {
	f := NewForm(append(slices.Clone(trees), field.Field{Code: "felled", Name: "已砍", Input: field.Tick, More: true}), "更多", nil)
	scroll := Scroll(f.Container)
	f.OnGrown = func() { f.Refresh(); scroll.Refresh() }
	w := stand(t)
	w.SetContent(scroll)
	w.Resize(fyne.NewSize(500, 190))
	inSight := func(what string, o interface {
		fyne.CanvasObject
		fyne.Focusable
	}) {
		t.Helper()
		where := fyne.CurrentApp().Driver().AbsolutePositionForObject
		if top := where(o).Y - where(scroll).Y; w.Canvas().Focused() != fyne.Focusable(o) || top < 0 || top+o.Size().Height > scroll.Size().Height {
			t.Errorf("%s lies at %.0f to %.0f of %.0f, focused: %T", what, top, top+o.Size().Height, scroll.Size().Height, w.Canvas().Focused())
		}
	}
	var fold *Button
	for _, o := range test.LaidOutObjects(f.Container) {
		if b, ok := o.(*Button); ok && b.Text == "更多" {
			fold = b
		}
	}
	test.Tap(fold)
	inSight("height", f.Entry("height"))
	Focus(f.Entry("title"))
	Focus(f.Chips("felled"))
	inSight("felled", f.Chips("felled"))
	rare := f.Input("rare").First.(*Check)
	Focus(rare)
	inSight("rare", rare)
}

func TestFormSaysWhatIsWrong(t *testing.T) {
	f := NewForm(trees, "更多", nil)
	stand(t, f.Container)
	wrong := problem.Problems{"height": "太高", "owners": "太多"}
	if first := f.Say(wrong); first != "height" || !f.Unfolded() || f.Field("owners").Problem() != "太多" ||
		f.Field("title").Problem() != "" {
		t.Errorf("first %q", first)
	}
	f.Ease(func() problem.Problems { return problem.Problems{"owners": "太多", "title": "没有写"} })
	if f.Field("height").Problem() != "" || f.Field("owners").Problem() != "太多" || f.Field("title").Problem() != "" {
		t.Error("what was wrong is not taken back, or what nobody has heard of is told")
	}
	if f.Say(problem.Problems{}); f.Field("owners").Problem() != "" {
		t.Error("what is right is still said to be wrong")
	}
	f.Entry("height").SetText("高")
	if v := f.Values(); v["height"] != "高" || v.Number("height") != -1 {
		t.Errorf("words are the number %v", v["height"])
	}
}

// A row more is a field more on the form, and one that can be put right.
func TestOneRowIsAnInput(t *testing.T) {
	tag := field.Field{Code: "tag", Name: "挂牌号", Hint: "牌上的号", Most: 3}
	f := NewForm(append(slices.Clone(trees), tag), "更多", nil)
	stand(t, f.Container)
	f.Entry("tag").SetText("007")
	if f.Values().Text("tag") != "007" || f.Say(problem.Problems{"tag": "太长"}) != "tag" {
		t.Errorf("%v", f.Values())
	}
	for _, row := range append(slices.Clone(trees), tag) {
		v := field.Values{"title": "老槐", "rare": true, "kind": "elm", "note": "一\n二", "file": "x", "height": 12,
			"owners": []string{"甲", "乙"},
			"tag":    "007"}
		in := NewInput(row.Correction(), func() {})
		if in.Put(v); !reflect.DeepEqual(in.Get(), v[row.Code]) {
			t.Errorf("%s: %v stands there, %v was put", row.Name, in.Get(), v[row.Code])
		}
		if e, written := in.First.(*Entry); written && e.PlaceHolder != "" {
			t.Errorf("%s: a hint where there is a value", row.Name)
		}
		if in.Put(field.Values{}); row.Code == "kind" && in.Get() != "" {
			t.Errorf("%s: %v stands where nothing was said", row.Name, in.Get())
		}
	}
}

// Of people whose words are a closed list some are chosen, and said in those words.
func TestSomeOfAClosedList(t *testing.T) {
	in := NewInput(field.Field{Code: "roles", Input: field.People, Words: words.Of("head", "站长", "guest", "特邀")}, func() {})
	stand(t, in.Object)
	in.Put(field.Values{"roles": []string{"特邀"}})
	in.First.TypedRune('1')
	if got := fmt.Sprint(in.Get()); got != "[站长 特邀]" {
		t.Errorf("it says %s", got)
	}
}
