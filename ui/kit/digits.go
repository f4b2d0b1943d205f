package kit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/data/spelling"
)

// Digits is a field for a long number that is heard or copied from paper. Below it stands what was understood so far,
// four by four, and at once what is wrong with it. Blanks, full-width digits and any grouping are taken; what is typed
// stays as it was typed.
type Digits struct {
	*fyne.Container
	Entry *Entry

	most  int
	judge func(string) string
	said  *Label
	busy  bool // what was typed is being compared
}

// NewDigits makes a field for a number of so many digits; judge says what is wrong with that many, "" for nothing.
func NewDigits(hint string, most int, judge func(digits string) string) *Digits {
	d := &Digits{Entry: NewEntry(hint), most: most, judge: judge, said: Bold(" ")}
	d.Entry.OnChanged = func(s string) { d.tell(d.heard(s)) }
	d.Entry.below = d.said
	d.Container = container.NewVBox(d.Entry, d.said)
	d.Clear()
	return d
}

// Clear empties the field.
func (d *Digits) Clear() {
	d.busy = false
	d.Entry.SetText("")
	d.tell(d.heard(""))
}

// Say shows what is wrong with what was typed, until more is typed.
func (d *Digits) Say(problem string) {
	d.busy = false
	d.tell(Bad, problem)
}

// Take takes what was typed, to be compared with something that may take a while, until Say or Clear tell what came of
// it. It takes nothing, and says why, where digits are missing or wrong as far as they tell themselves, and where it
// took something already.
func (d *Digits) Take() (digits string, ok bool) {
	if d.busy || !d.Right() {
		return "", false
	}
	d.busy = true
	d.tell(Plain, "正在核对，请稍等。")
	return d.Entry.Text, true
}

// Said is what stands below the field.
func (d *Digits) Said() string { return d.said.Text }

// Right says whether all digits are there and nothing is wrong with them, as far as they tell themselves; else it says
// what is.
func (d *Digits) Right() bool {
	tone, says := d.heard(d.Entry.Text)
	if tone != Good {
		d.tell(Bad, says)
	}
	return tone == Good
}

func (d *Digits) tell(tone Tone, says string) {
	if d.said.Importance = tone.Importance(); tone == Plain {
		d.said.Importance = widget.LowImportance
	}
	d.said.SetText(says)
}

// heard is what stands below a text.
func (d *Digits) heard(text string) (Tone, string) {
	groups := strings.FieldsFunc(spelling.Plain(text), func(r rune) bool { return r < '0' || r > '9' })
	all := strings.Join(groups, "")
	strange := strings.ContainsFunc(spelling.Plain(text), unicode.IsLetter)
	switch n := len(all); {
	case strange:
		return Bad, "这里只填数字，请把别的字去掉。"
	case n == 0:
		return Plain, fmt.Sprintf("一共 %d 位，四位一组", d.most)
	case n != d.most && odd(groups, n < d.most) >= 0:
		i := odd(groups, n < d.most)
		return Soon, fmt.Sprintf("第 %d 组是 %d 位，应当 4 位，请再看一遍。", i+1, len(groups[i]))
	case n < d.most:
		return Plain, fmt.Sprintf("%s　还差 %d 位", Fours(all), d.most-n)
	case n > d.most:
		return Bad, fmt.Sprintf("多了 %d 位，一共应当 %d 位，请再看一遍。", n-d.most, d.most)
	}
	if wrong := d.judge(all); wrong != "" {
		return Bad, wrong
	}
	return Good, "✓ " + Fours(all)
}

// odd is the place of the one group that has not four digits as the others have, -1 where that tells nothing; the last
// may still grow.
func odd(groups []string, growing bool) int {
	if growing && len(groups[len(groups)-1]) < 4 {
		groups = groups[:len(groups)-1]
	}
	four := func(g string) bool { return len(g) == 4 }
	at := slices.IndexFunc(groups, func(g string) bool { return !four(g) })
	if at < 0 || len(groups) < 2 || slices.ContainsFunc(groups[at+1:], func(g string) bool { return !four(g) }) {
		return -1
	}
	return at
}

// Fours writes a long number as it is read out, four digits at a time.
func Fours(digits string) string {
	var groups []string
	for part := range slices.Chunk([]byte(digits), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}
