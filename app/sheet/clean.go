package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianluo.local/app/sheet/grid"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// value is what a cell comes to.
type value struct {
	Values []string // as they are kept, none where nothing is said
	Beside []string // what stood in brackets behind a name
	Doubt  string   // what has to be asked, for people
	Wrong  string   // why it cannot be taken, for people
	Note   string   // what a person should know, for people
	Hidden bool     // somebody covered it: 138****5678
}

// around is what cells do not say themselves.
type around struct {
	year int                     // of days that have none, 0 where nobody said it
	day  func(number int) string // the day of a program's number
	says func(string) bool       // whether a column knows a word
}

var (
	covered  = regexp.MustCompile(`.[*＊]+|[*＊]+.|^已遮住$`)
	nothing  = regexp.MustCompile(`^(?:无|暂无|没有|[-—－–/\\*.·]+|(?i:n/?a|null))$`)
	identity = regexp.MustCompile(`(?:^|\D)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?:$|[^\dA-Za-z])`)
	rounded  = regexp.MustCompile(`(?i)^\d(?:\.\d+)?E\+?\d{1,2}$`)
	floated  = regexp.MustCompile(`^\d+\.0+$|^\d\.\d+E\+\d+$`)
	ext      = regexp.MustCompile(`(?i)转|分机|ext|#`)
	counted  = regexp.MustCompile(`^(\d+(?:,\d{3})*(?:\.\d+)?)\s*\D*$`)
)

// clean gives what a cell of the column says.
func (c Column) clean(cell grid.Cell, a around) (v value) {
	if cell.Wrong != "" {
		return value{Wrong: cell.Wrong}
	}
	text := strings.TrimSpace(spelling.Clean(cell.Text))
	squeezed := strings.Join(strings.Fields(text), "")
	if text == "" {
		return value{}
	}
	if c.Kind != Text && c.Kind != Lines && covered.MatchString(squeezed) && !nothing.MatchString(squeezed) {
		v.Hidden = true
		if c.Kind == Names {
			v.Note = "名字遮住了，当作没有留姓名"
		}
		return v
	}
	if (c.Kind == Phone || c.Kind == Code || c.Kind == Number) && floated.MatchString(text) {
		text = grid.Digits(text)
	}
	if lost := rounded.MatchString(squeezed) && strings.HasSuffix(squeezed, "17"); lost || identity.MatchString(squeezed) {
		v.Wrong = "这里写的是身份证号，本程序不登记身份证号，请删掉"
		if lost || cell.Number && strings.HasSuffix(squeezed, "000") {
			v.Wrong += "（它还被表格当成数字，后几位已经变成 0 了）"
		}
		return v
	}
	if c.Kind == Choice || c.Kind == List || c.Kind == Text {
		if v, ok := c.known(text); ok {
			return v
		}
	}
	if nothing.MatchString(squeezed) && c.Kind != Tick && c.Kind != Names {
		return value{}
	}
	switch c.Kind {
	case Name:
		return name(text, a)
	case Names:
		return names(text, a)
	case Lines:
		var lines []string
		for l := range strings.Lines(text) {
			if l = strings.Join(strings.Fields(l), " "); l != "" {
				lines = append(lines, l)
			}
		}
		return value{Values: []string{strings.Join(lines, "\n")}}
	case Moment:
		return a.moment(text, cell.Number)
	case Phone:
		return phone(text)
	case Day:
		return a.read(text, cell.Number)
	case Choice:
		return c.choice(text)
	case Tick:
		return c.tick(text)
	case List:
		for _, part := range spelling.Listed(strings.NewReplacer("/", "、", "|", "、").Replace(text)) {
			one := value{Values: []string{part}}
			if c.Words != nil {
				one = c.choice(part)
			}
			for _, word := range one.Values {
				if !slices.Contains(v.Values, word) {
					v.Values = append(v.Values, word)
				}
			}
			if v.Doubt == "" {
				v.Doubt = one.Doubt
			}
		}
		return v
	case Code:
		if rounded.MatchString(squeezed) {
			return value{Doubt: "表格把它写成了 " + squeezed + "，后几位已经丢了，请写出完整的"}
		}
		return value{Values: []string{spelling.Code(strings.NewReplacer("～", "-", "〜", "-", "~", "-").Replace(text))}}
	case Number:
		m := counted.FindStringSubmatch(spelling.Plain(text))
		if m == nil {
			return value{Doubt: "“" + text + "”不是一个数"}
		}
		return value{Values: []string{strings.ReplaceAll(m[1], ",", "")}}
	}
	return value{Values: []string{strings.Join(strings.Fields(text), " ")}}
}

// known gives what has one form among the column's words, also without what stands in brackets.
func (c Column) known(text string) (v value, ok bool) {
	if word, ok := c.Words.Read(text); ok {
		return value{Values: []string{word}}, true
	}
	if short := inBrackets.ReplaceAllString(text, ""); short != text {
		if word, ok := c.Words.Read(short); ok {
			return value{Values: []string{word}, Note: "“" + text + "”记作“" + word + "”，括号里的没有记"}, true
		}
	}
	return v, false
}

func (c Column) choice(text string) value {
	if v, ok := c.known(text); ok {
		return v
	}
	near := slices.Clone([]words.Form(c.Words)) // those first that have most of its characters
	slices.SortStableFunc(near, func(a, b words.Form) int { return alike(b, text) - alike(a, text) })
	var may []string
	for _, w := range near[:min(len(near), 12)] {
		may = append(may, w.Name)
	}
	more := ""
	if len(c.Words) > 12 {
		more = "等"
	}
	return value{Doubt: fmt.Sprintf("“%s”不知道是哪一种%s，可以写：%s%s", text, c.Name, strings.Join(may, "、"), more)}
}

// alike is how many characters of a text a word has, under whichever of its names.
func alike(w words.Form, text string) (n int) {
	for _, r := range text {
		if strings.ContainsRune(w.Name+strings.Join(w.Also, ""), r) {
			n++
		}
	}
	return n
}

// ticked is what people put into a cell that is ticked, and unticked where it is not.
const (
	ticked   = " √ ✓ ✔ ☑ v y yes true 1 是 有 对 ● "
	unticked = " × ✗ ✘ ☐ □ n no false 0 否 无 不是 没有 "
)

func (c Column) tick(text string) value {
	form := " " + strings.ToLower(strings.TrimSpace(text)) + " "
	switch {
	case strings.Contains(ticked, form), c.named(text):
		return value{Values: []string{c.Value}}
	case strings.Contains(unticked, form), nothing.MatchString(text):
		return value{}
	}
	return value{Doubt: "“" + text + "”不知道算不算打了勾，请写 √ 或者空着"}
}

func phone(text string) value {
	if rounded.MatchString(text) {
		return value{Doubt: "电话被表格写成了 " + text + "，后几位已经丢了，请写出完整的"}
	}
	phones, fault := spelling.Phones(text)
	whole := strings.Join(strings.Fields(text), " ")
	if ext.MatchString(text) || len(phones) == 0 {
		return value{Values: []string{whole}}
	}
	v := value{Note: fault.Sentence()}
	for _, p := range phones {
		number := p.Number
		if area := strings.TrimSuffix(p.Number, p.Local); area != "" && area != p.Number {
			number = area + "-" + p.Local
		}
		v.Values = append(v.Values, number)
	}
	if fault != spelling.Sound && len(phones) == 1 {
		v.Values = []string{whole}
	}
	return v
}

var (
	dotted  = regexp.MustCompile(`(\p{Han}|\p{Co})[．•・‧∙⋅･●｡.·](\p{Han}|\p{Co})`)
	peeled  = regexp.MustCompile(`\s*[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]?\s*$`)
	several = regexp.MustCompile(`[、，,;；/\n]`)
	bodies  = regexp.MustCompile(`(?:委员会|办公室|公司|小组|中心|协会|学校|小学|中学|大学|医院|` +
		`支部|党委|村委|居委|政府|集团|合作社|代表团|工会|妇联|[委局办厂处队站所])$`)
	maybe = regexp.MustCompile(`[院科社部会]$`)
)

// name is one person's name: 王  明 is 王明, every middle dot U+00B7, what stands in brackets behind it beside it.
func name(text string, a around) (v value) {
	raw := text
	for m := peeled.FindStringSubmatchIndex(text); m != nil && m[0] > 0; m = peeled.FindStringSubmatchIndex(text) {
		v.Beside = append(v.Beside, spelling.Listed(strings.ReplaceAll(text[m[2]:m[3]], " ", "、"))...)
		text = text[:m[0]]
	}
	words := strings.Fields(text)
	last := words[len(words)-1]
	text = together(words)
	for range 2 { // neighbours share a character
		text = dotted.ReplaceAllString(text, "$1·$2")
	}
	v.Values = []string{text}
	n := utf8.RuneCountInString(text)
	switch {
	case several.MatchString(text), len(spelling.Names(raw)) > 1:
		v.Doubt = "这一格里像是有几个人，请一人一行"
	case strings.ContainsFunc(text, private):
		v.Doubt = "名字里有一个造字（换台电脑就显示成方框），请改成正式的字"
	case strings.ContainsFunc(text, unicode.IsDigit):
		v.Doubt = "名字里有数字，请核对"
	case bodies.MatchString(text), maybe.MatchString(text) && !spelling.Complete(text):
		v.Doubt = "“" + text + "”像是单位，不像人名，请核对"
	case len(words) > 1 && a.says(last):
		v.Doubt = "“" + raw + "”后面的“" + last + "”是不是名字里的字，请核对"
	case n < 2, n > 20:
		v.Doubt = "名字的字数不对，请核对"
	case spelling.Name(text) != spelling.Letters(text):
		v.Doubt = "“" + text + "”除了名字像是还有别的字，请核对"
	}
	return v
}

// names are those of citizens, as a book has them: several in a cell, and words that stand for a name. What stands in
// brackets goes beside where a column knows it, and stays otherwise.
func names(text string, a around) (v value) {
	if strings.ContainsFunc(text, private) {
		return value{Doubt: "名字里有一个造字（换台电脑就显示成方框），请改成正式的字"}
	}
	if strings.ContainsRune("=+-@", rune(text[0])) && !nothing.MatchString(text) {
		return value{Doubt: "“" + text + "”像是公式，不像人名，请核对"}
	}
	var all []string
	for _, one := range spelling.People(text) {
		for m := peeled.FindStringSubmatchIndex(one); m != nil && m[0] > 0 &&
			a.says(one[m[2]:m[3]]); m = peeled.FindStringSubmatchIndex(one) {
			v.Beside, one = append(v.Beside, one[m[2]:m[3]]), one[:m[0]]
		}
		one = together(strings.Fields(one))
		for range 2 { // neighbours share a character
			one = dotted.ReplaceAllString(one, "$1·$2")
		}
		all = append(all, one)
	}
	v.Values = []string{strings.Join(all, "、")}
	return v
}

// together joins the words of a name, with blanks between Latin ones alone.
func together(words []string) (name string) {
	latin := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
	for _, word := range words {
		before, _ := utf8.DecodeLastRuneInString(name)
		if after, _ := utf8.DecodeRuneInString(word); latin(before) && latin(after) || before == '.' && latin(after) {
			name += " "
		}
		name += word
	}
	return name
}

// private says whether a character means something on the computer alone on which it was made, or stands for one that
// is missing.
func private(r rune) bool {
	return unicode.Is(unicode.Co, r) || r == '□' || r == '〓' || r == '?' || r == '？'
}
