package entrance

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// AskCode asks somebody who gave his password for a code for the rest of the day; set takes it. Who goes without gives his
// password each time.
func AskCode(h kit.Host, name string, set func(code string) error) (s *kit.Dialog) {
	code := kit.NewEntry("四到八位数字")
	code.Password = true
	code.Only = number
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
	return s
}

// AskPassword has somebody whose password another chose for him choose one that nobody else knows; nothing else can be done
// before.
func AskPassword(h kit.Host, name string, judge func(name, password string) string,
	set func(ctx context.Context, password string) error, done func()) (s *kit.Dialog) {
	var fresh *show.Fresh
	notice := kit.NewNotice()
	take := func() {
		if !fresh.Right() {
			fresh.Focus()
			return
		}
		typed := fresh.Text()
		kit.Do(h.Run, h.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, set(ctx, typed) },
			func(_ struct{}, err error) {
				if err != nil {
					notice.Say(kit.Bad, h.Explain(err))
					return
				}
				s.Close()
				done()
			})
	}
	fresh = show.NewFresh(func() string { return name }, judge, take)
	s = kit.Show(h.Canvas(), "换成您自己的密码", kit.Rows(
		kit.Text(name+"，现在的密码是别人给您设的。请换一个只有您自己知道的，八个字以上。"), fresh.Object, notice.Container),
		fyne.NewSize(640, 420), kit.NewButton("换好", "Enter", true, take))
	clear(kit.Keys)
	fresh.Focus()
	return s
}

// number says whether a character is a digit, of whatever width.
func number(r rune) bool {
	d := []rune(spelling.Plain(string(r)))
	return len(d) == 1 && d[0] >= '0' && d[0] <= '9'
}
