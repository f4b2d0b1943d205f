package register

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/table"
	"lianluo.local/assets/category"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

// Words of a matter as they stand in the cells of a book, one thing a line.

// sealed stands where a book would say what a confidential matter is about.
const sealed = "保密件，内容另存"

// lines puts the words that are there under each other.
func lines(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(p)
		}
	}
	return b.String()
}

// flat puts words that are there beside each other, where others would stand under each other.
func flat(parts ...string) string { return strings.ReplaceAll(lines(parts...), "\n", "　") }

// before puts a label before a word that is there.
func before(label, word string) string {
	if word == "" {
		return ""
	}
	return label + word
}

// number may be broken in its middle, so that a narrow column holds it.
func number(n string) string {
	parts := strings.SplitAfter(n, "-")
	half := len(parts) / 2
	return strings.Join(parts[:half], "") + table.Fold + strings.Join(parts[half:], "")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02\n15:04")
}

func list(names []string) string { return strings.Join(names, "、") }

// times says how often something happened, "" for never.
func times(before string, n int, after string) string {
	if n == 0 {
		return ""
	}
	return before + strconv.Itoa(n) + after
}

// name is the citizen in full, as the station's own books have him.
func name(m *matter.Matter) string {
	if m.Anonymous {
		return cmp.Or(m.Name, "未留姓名") + "（匿名）"
	}
	return m.Name
}

func person(m *matter.Matter) string { return lines(name(m), people(m)) }

func people(m *matter.Matter) string {
	if m.People < 2 {
		return ""
	}
	return times("共", m.People, "人")
}

// masked is the citizen on what leaves the station.
func masked(m *matter.Matter) string {
	if m.Anonymous {
		return "匿名"
	}
	return cmp.Or(mask.Name(m.Name), "—")
}

func issue(m *matter.Matter) string { return lines(m.Title, m.Words) }

// onSpot is what was said and done at the table.
func onSpot(m *matter.Matter) string {
	done := ""
	if m.OnSpot != "" && m.OnSpot != "register" {
		done = words.OnSpots.Name(m.OnSpot)
	}
	return lines(done, m.OnSpotAnswer, reason(m))
}

// reason is why a matter was not taken up, and which door was shown.
func reason(m *matter.Matter) string {
	if m.Reason == "" {
		return ""
	}
	return lines("不属受理范围："+words.Reasons.Name(m.Reason), m.Door)
}

func mode(m *matter.Matter) string {
	if m.Mode == "" {
		return ""
	}
	return words.Modes.Name(m.Mode)
}

// units are who has a matter to handle.
func units(m *matter.Matter) string {
	switch {
	case m.IntoNumber != "":
		return "并入 " + m.IntoNumber
	case len(m.Units) > 0:
		return list(m.Units)
	}
	return list(m.Guides)
}

// gone is where a matter went, and when.
func gone(m *matter.Matter) string {
	suggestion := ""
	if m.Suggests != "" {
		suggestion = lines("代表建议“"+m.Suggests+"”", list(m.Proposers))
	}
	return lines(units(m), suggestion, m.Assigned)
}

// outcome is the answer with the county's letter and the day of it.
func outcome(m *matter.Matter, letter string) string {
	class := words.ClassName(m.Class)
	if letter != "" {
		class = letter + " " + class
	}
	return lines(class, m.Answer, m.Minutes, m.AnsweredOn)
}

func told(m *matter.Matter) string {
	if m.TellWay == "" {
		return m.Told
	}
	return lines(m.Told, words.Ways.Name(m.TellWay))
}

// rating is what the citizen made of it: one word where attitude and result got the same.
func rating(m *matter.Matter) string {
	if m.Attitude == "" && m.Result == "" {
		return ""
	}
	attitude, result := words.Ratings.Name(m.Attitude), words.Ratings.Name(m.Result)
	words := result
	switch {
	case attitude == "":
	case result == "":
		words = "态度" + attitude
	case attitude != result:
		words = lines("态度"+attitude, "结果"+result)
	}
	return lines(words, times("", m.Score, "分"))
}

// remark is what has no column of its own.
func remark(m *matter.Matter) string {
	urgent := ""
	if m.Urgency != "" && m.Urgency != "normal" {
		urgent = words.Urgencies.Name(m.Urgency)
	}
	withdrawn := ""
	if m.State == matter.Withdrawn {
		withdrawn = m.State.String()
	}
	return lines(withdrawn, urgent, before("纸本 ", m.PaperNumber), before("承诺：", m.Promise), m.PromiseBy,
		before("群众意见：", m.Complaint), times("重办", m.Redone, "次"), times("催办", m.Urged, "次"),
		times("督办", m.Supervised, "次"))
}

// kind is a matter's category with its group.
func kind(m *matter.Matter) string {
	if c, ok := category.ByCode(m.Category); ok {
		return c.GroupName + "\n" + c.Name
	}
	return m.Category
}

// why gives the reason for which a matter was voided.
func why(m *matter.Matter) string {
	if m.Confidential {
		return "保密件，已作废"
	}
	reason := ""
	for _, e := range m.History {
		if e.Do == "void" {
			reason = "：" + e.Note
		}
	}
	return "已作废" + reason
}

// shortRow is a row of number and date and nothing else, for a matter that has no more to show: void or confidential.
func shortRow(m *matter.Matter, cells ...string) (table.Row, bool) {
	switch {
	case m.State == matter.Void:
		return table.Row{Cells: append(cells, why(m)), Struck: true}, true
	case m.Confidential:
		return table.Row{Cells: append(cells, sealed)}, true
	}
	return table.Row{}, false
}

// tally counts matters by state: 合计 12 件：办结 5 件，已登记 7 件.
func tally(ms []*matter.Matter) string {
	counts := map[matter.State]int{}
	for _, m := range ms {
		counts[m.State]++
	}
	text := "合计 " + strconv.Itoa(len(ms)) + " 件"
	sign := "："
	for _, s := range matter.Choose(func(s matter.State) bool { return counts[s] > 0 }) {
		text += sign + s.String() + " " + strconv.Itoa(counts[s]) + " 件"
		sign = "，"
	}
	return text
}
