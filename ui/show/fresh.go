package show

import (
	"fyne.io/fyne/v2"

	"lianluo.local/ui/kit"
)

// Fresh asks for a new password twice: the second time catches a slip of the first.
type Fresh struct {
	name   func() string
	judge  func(name, password string) string
	first  *kit.Entry
	again  *kit.Entry
	fields [2]*kit.Field
	Object *fyne.Container
}

// NewFresh makes the two fields. Judge says what is wrong with a password of somebody, "" for nothing; Enter in the second
// field does what they are for.
func NewFresh(name func() string, judge func(name, password string) string, enter func()) *Fresh {
	f := &Fresh{name: name, judge: judge, first: kit.NewSecret(""), again: kit.NewSecret("")}
	f.fields = [2]*kit.Field{kit.NewField("新密码", false, f.first), kit.NewField("再输一遍", false, f.again)}
	f.first.OnLeave = func() {
		if f.first.Text != "" {
			f.fields[0].Say(f.judge(f.name(), f.first.Text))
		}
	}
	f.first.OnChanged = func(string) { f.fields[0].Say(""); f.fields[1].Say("") }
	f.again.OnChanged = func(string) { f.fields[1].Say("") }
	f.again.OnEnter = enter
	f.Object = kit.Rows(f.fields[0].Container, f.fields[1].Container)
	return f
}

// Text is the password.
func (f *Fresh) Text() string { return f.first.Text }

// Clear empties both.
func (f *Fresh) Clear() {
	f.first.SetText("")
	f.again.SetText("")
}

// Focus puts the keyboard on the first of the two that is not right.
func (f *Fresh) Focus() {
	if f.first.Text != "" && f.fields[0].Problem() == "" {
		kit.Focus(f.again)
	} else {
		kit.Focus(f.first)
	}
}

// Right says whether both say the same good password; else what is wrong stands below.
func (f *Fresh) Right() bool {
	wrong := [2]string{f.judge(f.name(), f.first.Text)}
	if wrong[0] == "" && f.first.Text != f.again.Text {
		wrong[1] = "两遍不一样，请再输一遍"
	}
	for i, w := range wrong {
		f.fields[i].Say(w)
	}
	return wrong == [2]string{}
}
