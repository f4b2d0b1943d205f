// Package words is the closed lists: codes as they stand in files, and the Chinese that people read. The words are
// those used at the stations: the three registers (三簿), the ways in, the purposes of the 12345 lines, the four ways of
// handling.
package words

import (
	"strings"

	"lianluo.local/data/spelling"
)

// Word is one value of a closed list: its code in files and the Chinese that people read.
type Word struct{ Code, Name string }

// List is a closed list in the order in which it is offered.
type List []Word

// Of makes a list of codes, each with its Chinese behind it.
func Of(pairs ...string) (ws List) {
	for i := 1; i < len(pairs); i += 2 {
		ws = append(ws, Word{pairs[i-1], pairs[i]})
	}
	return ws
}

// Name gives the Chinese of a code, or the code itself where it is unknown (a newer program's word).
func (ws List) Name(code string) string {
	for _, w := range ws {
		if w.Code == code {
			return w.Name
		}
	}
	return code
}

// Parse accepts a code or its Chinese word, with blanks around it, in capitals or full width, and gives the code.
func (ws List) Parse(s string) (code string, ok bool) {
	plain := func(s string) string { return strings.TrimSpace(spelling.Plain(s)) }
	s = plain(s)
	for _, w := range ws {
		if s == plain(w.Code) || s == plain(w.Name) {
			return w.Code, true
		}
	}
	return "", false
}

// The closed lists of what a citizen raises and what becomes of it.
var (
	Registers = List{{"reception", "接待群众"}, {"visit", "走访选民"}, {"opinion", "社情民意"}}
	Channels  = List{
		{"walk-in", "来访"}, {"home-visit", "走访"}, {"household", "入户"}, {"liaison", "联络员收集"}, {"box", "意见箱"},
		{"hotline", "代表热线"}, {"group", "代表联络群"}, {"leader", "领导进站座谈"}, {"referred", "上级转来"}, {"other", "其他"},
		{"order", "点单"}, // behind: the codes of boxes on printed forms stay
	}
	Purposes = List{
		{"help", "求助"}, {"suggestion", "建议"}, {"inquiry", "咨询"}, {"complaint", "投诉"}, {"report", "举报"},
		{"praise", "表扬"}, {"other", "其他"},
	}
	Urgencies = List{{"normal", "一般"}, {"urgent", "紧急"}, {"critical", "特急"}}
	Sexes     = List{{"male", "男"}, {"female", "女"}}
	AgeBands  = List{
		{"<14", "14岁以下"}, {"14-17", "14至17岁"}, {"18-34", "18至34岁"}, {"35-59", "35至59岁"},
		{"60-79", "60至79岁"}, {"80+", "80岁以上"},
	}
	OnSpots = List{
		{"register", "登记办理"}, {"answered", "当场答复"}, {"resolved", "当场解决"}, {"out-of-scope", "不属受理范围"},
	}
	Modes = List{
		{"guide", "代表引导"}, {"consult", "代表协商"}, {"department", "部门联动"}, {"suggestion", "代表建议督办"},
	}
	// Reasons for which a matter is not taken up but shown to its right door (信访工作条例, 代表法 article 59 and the
	// rules of stations).
	Reasons = List{
		{"court", "涉法涉诉、仲裁、行政复议"}, {"petition", "已进入信访程序"}, {"discipline", "纪检监察检举控告"},
		{"own", "代表本人及亲属的个人问题"}, {"trade", "招标投标、学术、产品推介"}, {"secret", "涉及国家秘密、商业秘密、他人隐私"},
		{"emergency", "紧急险情（110、119、120）"}, {"again", "正在办理、没有新理由的重复反映"}, {"market", "超出国家机关职责"},
	}
	// Redactions are why what is known of a citizen is redacted (个人信息保护法 articles 19, 47).
	Redactions = List{{"term", "保存期满"}, {"asked", "本人要求"}, {"needless", "不该收集"}}
	// Ways in which deputies and citizens are told; the last one means that nobody could be reached.
	Ways = List{{"visit", "当面"}, {"phone", "电话"}, {"letter", "书面"}, {"unreachable", "无法联系"}}
	// Ratings that a citizen gives, and the two that stand where he gave none. Customarily the first two are counted as
	// satisfied.
	Ratings = List{
		{"satisfied", "满意"}, {"basically", "基本满意"}, {"unsatisfied", "不满意"}, {"unrated", "未评价"}, {"unreachable", "无法联系"},
	}
	// Congresses to which a suggestion may go.
	Congresses = List{
		{"township", "乡镇人民代表大会"}, {"county", "县（市、区）人民代表大会"}, {"city", "市人民代表大会"}, {"province", "省人民代表大会"},
		{"nation", "全国人民代表大会"},
	}
)

// RegisterOf gives the book that a way in is written into: visits into 走访选民, what a liaison, a box or a line brought
// into 社情民意, everything else into 接待群众.
func RegisterOf(channel string) string {
	switch channel {
	case "home-visit", "household":
		return "visit"
	case "liaison", "box", "hotline", "group":
		return "opinion"
	}
	return "reception"
}

// ChannelOf gives the way in that a book is for where none was said, "" where there is no such book.
func ChannelOf(register string) string {
	return map[string]string{"reception": "walk-in", "visit": "home-visit", "opinion": "liaison"}[register]
}

// Classes of results, 1–9. Counties print them as letters whose meanings differ, so the number is what is kept and
// counted.
var Classes = [9]string{
	"已解决", "基本解决或部分解决", "正在解决", "已列入计划、有期限", "条件所限、暂缓", "不符合法律政策、已解释", "属上级职权、已上报", "留作参考", "群众撤回",
}

// ClassName is the Chinese of a class of results, "" for none.
func ClassName(class int) string {
	if class < 1 || class > len(Classes) {
		return ""
	}
	return Classes[class-1]
}

// Ongoing says whether a result is a promise, which is answered again when it is due (青岛 27, 山东 18, 浙江 20).
func Ongoing(class int) bool { return class == 3 || class == 4 }
