package show

import (
	"strings"
	"time"

	"lianluo.local/app/roster"
	"lianluo.local/assets/category"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
)

// Options offers the words of a closed list.
func Options(list words.List) (options []kit.Option) {
	for _, w := range list {
		options = append(options, kit.Option{Code: w.Code, Text: w.Name})
	}
	return options
}

// Categories finds some by a part of the name, the first letters of it or the code.
func Categories(query string) (found []kit.Option) {
	for _, c := range category.Find(spelling.Plain(query), 6) {
		found = append(found, kit.Option{Code: c.Code, Text: c.Name, Note: c.GroupName})
	}
	return found
}

// Deputies finds people who are offered by a part of the name or first letters, those grouped here before anything is typed,
// each with what tells him from others and why he is not to be called today; without those whom skip names by ID.
func Deputies(offers roster.Offers, typed string, skip func(id string) bool) (found []kit.Option) {
	if strings.TrimSpace(typed) != "" {
		offers = offers.Find(typed, len(offers))
	}
	for _, o := range offers {
		if len(found) < 9 && o.Offered() && (o.Here || strings.TrimSpace(typed) != "") && !skip(o.ID) {
			found = append(found, kit.Option{Code: o.ID, Text: o.Name, Note: strings.Trim(o.Note+"，"+o.Sign, "，")})
		}
	}
	return found
}

// CategoryPicker asks for a category.
type CategoryPicker struct{ *kit.Picker }

// NewCategoryPicker makes it.
func NewCategoryPicker() CategoryPicker {
	return CategoryPicker{kit.NewPicker("名称、首字母或代码", Categories)}
}

// Put shows the category of a code; what is none is shown as it is.
func (p CategoryPicker) Put(code string) {
	if c, ok := category.ByCode(code); ok {
		p.Choose(kit.Option{Code: c.Code, Text: c.Name})
	} else {
		p.Choose(kit.Option{Text: code})
	}
}

// Code is that of the chosen one, or else what was typed, which is none.
func (p CategoryPicker) Code() string {
	if code := p.Chosen().Code; code != "" {
		return code
	}
	return p.Entry.Text
}

// Weekday is what people call the day of a moment: 星期五.
func Weekday(t time.Time) string {
	return "星期" + string([]rune("日一二三四五六")[t.Weekday()])
}

// Date writes a day (2026-12-04) as people say it: 2026年12月4日; what is none stays.
func Date(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2006年1月2日")
}

// Spoken writes a day out with its weekday: 2026年12月4日 星期五; "" for what is none.
func Spoken(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.Format("2006年1月2日") + " " + Weekday(t)
}

// Redacts is what a redaction does, for who is about to do one.
const Redacts = "姓名、电话、住址、原话和保密内容从本机和备份里去掉，报送以后，收到过的各级也去掉。隐去以后谁也找不回来，不能撤销。\n" +
	"编号、类别、统计、标题、办理和答复的文字留着：标题里写着姓名、门牌的，请更正标题。"
