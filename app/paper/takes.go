package paper

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/view"
)

// Pick is something that may be chosen about a paper, by the code that commands have for it; "numbers" are no flag,
// they stand behind the command.
type Pick string

// The options: which matters it is about, then how it is printed, then what the program itself adds to some.
const (
	Numbers  Pick = "numbers" // things that are named one by one
	Days     Pick = "from"    // those of a stretch of days
	OfYear   Pick = "year"
	Station  Pick = "station"
	Register Pick = "register"
	Category Pick = "category"
	Words    Pick = "query"
	Basket   Pick = "basket"
	Step     Pick = "step"
	Late     Pick = "overdue"

	Format  Pick = "size"
	First   Pick = "first"
	Count   Pick = "count"
	Looked  Pick = "checked"
	Coded   Pick = "qr"      // with a QR code
	Contact Pick = "contact" // with telephones as they are

	Letter Pick = "letter"
	Digits Pick = "digits"
	Upward Pick = "up"
)

// choosing are the options that choose matters, other than by naming them.
var choosing = []Pick{Days, OfYear, Station, Register, Category, Words, Basket, Step, Late}

// own are the options that the program chooses.
var own = []Pick{Letter, Digits, Upward}

// names are the options as people call them.
var names = map[Pick]string{
	Numbers: "事项编号", Days: "起止日期", OfYear: "年份", Station: "联络站", Register: "登记簿", Category: "类别", Words: "要查找的文字",
	Basket: "要办的", Step: "步骤", Late: "超期", Format: "纸张大小", First: "起始编号", Count: "份数", Looked: "上墙前检查", Coded: "二维码", Contact: "联系方式",
	Letter: "本机字母", Digits: "校验号", Upward: "交给上级",
}

// Wish is what is chosen about a paper. Its zero value chooses nothing.
type Wish struct {
	Named bool        // its things were named one by one; else they are
	Which view.Filter // those that somebody chose by these
	Text  string      // and by full text
	Year  int         // those of this year, 0 for none

	Size         Size // of receipts: "" for the office's own
	First, Count int  // of blank papers: the first number, how many
	Coded        bool // with a QR code
	Contact      bool // with telephones and birthdays as they are
	Checked      bool // somebody looked through what the wall list may tell of people

	Letter byte   // of blank papers, from the program: of this computer
	Digits string // of a joining slip, from the program: the sixteen of this computer
	Up     bool   // of a joining slip, from the program: it goes to the office above
}

// asked are the options that a wish makes use of, for a paper about so many things.
func (w Wish) asked(about Subject, things int) (os []Pick) {
	f := w.Which
	rest := f
	rest.From, rest.To, rest.Station, rest.Register, rest.Category = time.Time{}, time.Time{}, "", "", ""
	rest.Step, rest.Overdue = 0, ""
	for _, x := range []struct {
		Pick
		asked bool
	}{
		{Numbers, w.Named || about != Many && things > 0}, {Days, !f.From.IsZero() || !f.To.IsZero()},
		{OfYear, w.Year != 0},
		{Station, f.Station != ""}, {Register, f.Register != ""}, {Category, f.Category != ""}, {Words, w.Text != ""},
		{Basket, !reflect.ValueOf(rest).IsZero()}, {Step, f.Step != 0}, {Late, f.Overdue != ""},
		{Format, w.Size != ""}, {First, w.First != 0}, {Count, w.Count != 0}, {Looked, w.Checked}, {Coded, w.Coded}, {Contact, w.Contact},
		{Letter, w.Letter != 0}, {Digits, w.Digits != ""}, {Upward, w.Up},
	} {
		if x.asked {
			os = append(os, x.Pick)
		}
	}
	return os
}

// Takes says whether an option may be chosen about a paper.
func (k Kind) Takes(o Pick) bool { return slices.Contains(k.takes, o) }

// Offers names what somebody may choose about a paper, "" for nothing.
func (k Kind) Offers() string {
	return k.named(slices.DeleteFunc(slices.Clone(k.takes), func(o Pick) bool { return slices.Contains(own, o) }))
}

// Refuses says why a paper cannot be made as it is wished: it fails with NotTaken where it does not take what was
// chosen, and with a sentence where two choices exclude each other or a matter that was named does not belong on it.
// nil where it can. Who takes numbers for a blank paper asks before.
func (k Kind) Refuses(t Things, w Wish) error {
	asked := w.asked(k.About, len(k.titles(t)))
	not := slices.DeleteFunc(slices.Clone(asked), k.Takes)
	if len(not) > 0 {
		return NotTaken{k.Name, not, k.named(not), k.Offers()}
	}
	if slices.Contains(asked, OfYear) && slices.Contains(asked, Days) {
		return problem.Problems{string(OfYear): "已经写了起止日期，年份就不用写了，请去掉一样"}
	}
	if !slices.Contains(asked, Numbers) {
		return nil
	}
	for _, o := range asked {
		if slices.Contains(choosing, o) && (k.Of != person.Name || o != Days && o != OfYear) { // of people they say when
			return problem.Problems{string(o): "已经写了" + k.named([]Pick{Numbers}) + "，" + names[o] + "就不用写了，请去掉一样"}
		}
	}
	for _, m := range t.Matters {
		if err := k.unfit(m); err != nil {
			return err
		}
	}
	return nil
}

// unfit says why a matter that was named does not belong on a paper; nil where it does.
func (k Kind) unfit(m matter.Matter) error {
	switch {
	case k.Fits(m):
		return nil
	case k.why != nil:
		return k.why(m)
	case k.About == Many:
		return problem.New(fmt.Sprintf("%s is not on %s", m.Number, k.Code), m.Number+" 不在"+k.Name+"里："+k.holds)
	}
	return problem.New(fmt.Sprintf("%s of a matter in state %d", k.Code, m.State),
		fmt.Sprintf("%s 现在是“%s”，不能打印%s。", m.Number, m.State, k.Name))
}

// NotTaken says that a paper does not take some options, and which it takes.
type NotTaken struct {
	Paper string
	Not   []Pick
	Named string // those, as people call them
	Takes string // as Kind.Offers says
}

func (r NotTaken) Error() string { return fmt.Sprintf("%s does not take %v", r.Paper, r.Not) }

// Sentence is what a person hears.
func (r NotTaken) Sentence() string {
	if r.Takes == "" {
		return fmt.Sprintf("%s没有可以选的，请去掉%s。", r.Paper, r.Named)
	}
	return fmt.Sprintf("%s不能选%s，请去掉；可以选的是%s。", r.Paper, r.Named, r.Takes)
}

// named are options as people call them.
func (k Kind) named(os []Pick) string {
	list := make([]string, len(os))
	for i, o := range os {
		if list[i] = names[o]; o == Numbers {
			list[i] = k.counted().numbers
		}
	}
	return strings.Join(list, "、")
}
