package account

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/report/figure"
	"lianluo.local/data/thing"
)

// said are the indicators of which an account may tell.
var said = strings.Fields("planned sessions cancelled empty deputies persons people visits homes activities attended carried collected cases late onSpot " +
	"outOfScope accepted closed closedOf open moved closedRate handled days overdue assigned returned due answeredOf answerRate dueClosed inTime inTimeRate " +
	"answered ratedOf rated ratedRate satisfied satisfiedRate dissatisfied redone suggested led promised keptOf keptRate kept")

func sortBy(list []figure.Row, code string) {
	slices.SortStableFunc(list, func(a, b figure.Row) int { return cmp.Compare(number(b, code), number(a, code)) })
}

// overall is 总体情况: sessions, what was collected, what came of it.
func (w *writer) overall() Section {
	s := Section{Head: "总体情况"}
	met := sentence(w.sat(), w.counted("其中无人来访", "empty"), w.counted("取消", "cancelled"), w.counted("到场代表", "deputies"), w.counted("参与的代表", "persons"),
		w.counted("接待群众", "people"))
	out := ""
	if w.n("visits") > 0 {
		out = sentence(w.counted("走访", "visits"), w.counted("走访群众", "homes"))
	}
	out += sentence(w.counted("开展代表活动", "activities"))
	s.Paragraphs = append(s.Paragraphs, met+out, w.collected(), w.balance(), w.answered(), w.rated())
	for i, text := range s.Paragraphs { // the first that says anything begins with the period
		if text != "" {
			s.Paragraphs[i] = w.now + text
			break
		}
	}
	if w.n("open")+w.n("closed")+w.n("moved")+w.n("collected")+w.n("sessions")+w.n("visits")+w.n("activities") == 0 {
		s.Paragraphs = []string{w.now + "没有登记场次和意见。"}
	}
	if c, ok := w.course(); ok {
		s.Charts = append(s.Charts, c)
	}
	received, t := w.received()
	s.Paragraphs = append(s.Paragraphs, received)
	if received != "" {
		s.Tables = append(s.Tables, t)
	}
	return s
}

func (w *writer) sat() string {
	text := w.counted("开展进站接待", "sessions")
	if text != "" && w.against("sessions") != "" {
		text += "，" + w.against("sessions")
	}
	return text
}

func (w *writer) collected() string {
	text := w.counted("收集意见", "collected")
	if text == "" {
		return ""
	}
	if w.n("cases") != w.n("collected") {
		text += "（" + w.counted("并在一起办的只算一件，是", "cases") + "）"
	}
	first := sentence(text, w.against("collected"))
	accepted := ""
	if w.n("outOfScope") > 0 {
		accepted = w.counted("受理", "accepted")
	}
	return first + behind("其中", sentence(w.counted("现场办结", "onSpot"), w.counted("不受理", "outOfScope"), w.counted("补报", "late"))) + sentence(accepted)
}

// balance says what was carried over and what stays: 上期结转 + 新收 = 办结 + 移出 + 在办.
func (w *writer) balance() string {
	return sentence(w.counted("上期结转", "carried"), w.counted("办结", "closed"), w.against("closed"), w.counted("移出", "moved"), w.counted("期末在办", "open"))
}

func (w *writer) answered() (text string) {
	if w.n("accepted") >= shared {
		text = sentence(w.counted("受理的", "accepted")+w.counted("当中已经办结", "closedOf"), behind("办结率", w.rate("closedRate")), w.against("closedRate"))
		if w.n("closedOf") == 0 {
			text = ""
		}
	}
	if w.n("due") > 0 && w.n("answeredOf") > 0 {
		text += sentence(w.counted("到期应答复", "due"), w.counted("已经反馈", "answeredOf"), behind("答复率", w.rate("answerRate")), w.against("answerRate"))
	}
	if w.n("dueClosed") > 0 && w.n("inTime") > 0 {
		text += sentence(w.counted("到期已办结", "dueClosed"), w.counted("按期办结", "inTime"), behind("按期办结率", w.rate("inTimeRate")), w.against("inTimeRate"))
	}
	return text
}

func (w *writer) rated() (text string) {
	if w.n("rated") > 0 && w.n("satisfied") > 0 {
		text = sentence(w.counted("群众评议", "rated"), w.counted("满意和基本满意", "satisfied"), behind("满意率", w.rate("satisfiedRate")), w.against("satisfiedRate"))
	}
	if w.n("answered") >= shared && w.n("ratedOf") > 0 {
		text += sentence(w.counted("反馈群众", "answered"), w.counted("当中已经评议", "ratedOf"), behind("评价率", w.rate("ratedRate")))
	}
	if w.n("promised") > 0 && w.n("keptOf") > 0 {
		text += sentence(w.counted("到期的承诺", "promised"), w.counted("已经兑现", "keptOf"), behind("兑现率", w.rate("keptRate")))
	}
	return text
}

// main is the table of the main numbers, beside those that they are held against.
func (w *writer) main() Table {
	r := w.Reports[whole]
	t := Table{Title: "主要数字", Columns: []Column{{Name: "指标", Width: 44}, counting(w.now, 18)}}
	for _, h := range w.held {
		t.Columns = append(t.Columns, counting(h.name, 16), counting("增减", 14), counting("增减率", 16))
	}
	for _, code := range said {
		i := by(code)
		v, ok := r.Total.Says(i)
		if !ok || v == 0 || !w.used[code] {
			continue
		}
		cells := []string{i.Name + "（" + i.Unit + "）", r.Cell(r.Total, i)}
		for _, h := range w.held {
			then := h.part(r).Total
			c, ok := differs(i, r.Total, then)
			moved, rate := "—", "—"
			if ok {
				if moved = c.signed(); c.rate != "" {
					rate = []string{"-", "", "+"}[c.up+1] + c.rate
				}
			}
			cells = append(cells, r.Cell(then, i), moved, rate)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// course is the line of what was collected and closed over the parts of the span that are over, from the first in which anything
// happened; it needs three of them at least.
func (w *writer) course() (c Chart, ok bool) {
	r := w.Reports[time]
	c = Chart{Title: "收了多少，办结多少", Unit: "件次", Lines: true, Series: []Series{{Name: "新收"}, {Name: "办结"}}}
	for next, i := r.Span.From, 0; i < len(r.Rows); i++ {
		row := r.Rows[i]
		came, done := number(row, "collected"), number(row, "closed")
		if next = w.Calendar.Of(parts[w.Kind.Period], next).To + 1; min(next, r.Span.To+1) > thing.DaysAt(r.AsOf) || len(c.Labels) == 0 && came+done == 0 {
			continue
		}
		c.Labels = append(c.Labels, shortly(label(row)))
		c.Series[0].Values = append(c.Series[0].Values, float64(came))
		c.Series[1].Values = append(c.Series[1].Values, float64(done))
	}
	return c, len(c.Labels) >= 3 && w.n("collected")+w.n("closed") >= shared
}

// shortly is the name of a part of a span without its year.
func shortly(name string) string {
	if _, after, found := strings.Cut(name, "年"); found {
		return after
	}
	return name
}

// received says who has reported, and who has not by name.
func (w *writer) received() (string, Table) {
	r := w.Reports[whole]
	if len(r.Heard) == 0 {
		return "", Table{}
	}
	came := len(r.Heard) - len(r.Missing)
	t := Table{Title: "报送情况", Columns: []Column{{Name: "报送", Width: 60}, counting("单位数", 30), {Name: "名单", Width: 150}}}
	var names []string
	for _, h := range r.Missing {
		names = append(names, h.Name)
	}
	t.Rows = append(t.Rows, []string{"应报送", strconv.Itoa(len(r.Heard)), ""})
	text := "应报送的单位有" + strconv.Itoa(len(r.Heard)) + "个"
	if came > 0 {
		t.Rows = append(t.Rows, []string{"已报送", strconv.Itoa(came), ""})
		if names == nil {
			text += "，都已报送"
		} else {
			text += "，已报送" + strconv.Itoa(came) + "个"
		}
	}
	if names != nil {
		t.Rows = append(t.Rows, []string{"期末一周内没有报送", strconv.Itoa(len(names)), strings.Join(names, "、")})
		text += "，期末一周内没有报送的有" + strconv.Itoa(len(names)) + "个：" + some(names, 10) + "，没有报来的数不在表里"
	}
	if until := r.Until(); !until.IsZero() {
		text += "。报送过的单位，数字都已报到" + until.In(r.AsOf.Location()).Format("1月2日15:04")
	}
	return text + "。", t
}

// some names some of a list, and says where it goes on.
func some(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, "、")
	}
	return strings.Join(names[:n], "、") + "等（全部名单见表）"
}
