package entrance

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// AskCode asks somebody who gave his password for a code for the rest of the day; set takes it. Who goes without gives his
// password each time.
func AskCode(h kit.Host, name string, set func(code string) error) {
	var s *kit.Dialog
	code := kit.NewEntry("四到八位数字")
	code.Password = true
	code.Only = func(r rune) bool { return number(r) }
	field := kit.NewField("开锁码", false, code)
	take := func() {
		typed := spelling.Plain(code.Text)
		kit.Do(h.Run, h.Context, func(context.Context) (struct{}, error) { return struct{}{}, set(typed) },
			func(_ struct{}, err error) {
				var wrong problem.Problems
				switch {
				case err == nil:
					s.Close()
					h.Say(kit.Good, "记住了，今天离开再回来，输开锁码就行。")
				case errors.As(err, &wrong):
					field.Say(wrong["code"])
				default:
					field.Say(h.Explain(err))
				}
			})
	}
	code.OnEnter = take
	s = kit.Show(h.Canvas(), "今天的开锁码", kit.Rows(
		kit.Text(name+"，今天离开座位再回来，用几位数字开锁比密码快。只管今天，明天再设。"), field.Container), fyne.NewSize(640, 320),
		kit.NewButton("不用了", "Esc", false, func() { s.Close() }), kit.NewButton("设好", "Enter", true, take))
	kit.Focus(code)
}

// number says whether a character is a digit, of whatever width.
func number(r rune) bool {
	d := []rune(spelling.Plain(string(r)))
	return len(d) == 1 && d[0] >= '0' && d[0] <= '9'
}
