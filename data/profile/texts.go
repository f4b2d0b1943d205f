package profile

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/words"
)

// Text is one of the rules of stations (制度), as it hangs on their walls: paragraphs, one a line.
type Text struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// Goal is what a deputy is to do in a year (代表法 2025 and the rules of provinces name receptions, days and activities): it
// is shown to him and his own office, and nobody is ranked by it.
type Goal struct {
	Kind  string `json:"kind"`  // words.Duties, or "days": on how many different days
	Level string `json:"level"` // words.Levels: those with such a mandate; "" for all
	Times int    `json:"times"`
}

// aimed puts codes for the words of goals, and gives a word that is none.
func aimed(gs []Goal) (strange string) {
	for i, g := range gs {
		kind, known := words.Duties.Parse(g.Kind)
		if g.Kind == "days" || g.Kind == "履职天数" {
			kind, known = "days", true
		}
		level, ok := words.Levels.Parse(g.Level)
		if g.Level == "" {
			level, ok = "", true
		}
		if !known {
			return g.Kind
		}
		if !ok {
			return g.Level
		}
		gs[i].Kind, gs[i].Level = kind, level
	}
	return ""
}

// goals says what is wrong with a list of them.
func goals(list []Goal) error {
	for i, g := range list {
		if g.Times < 1 || g.Times > 366 {
			return fmt.Errorf("a goal of %d times", g.Times)
		}
		if slices.ContainsFunc(list[:i], func(had Goal) bool { return had.Kind == g.Kind && had.Level == g.Level }) {
			return fmt.Errorf("the goal %s said twice", g.Kind)
		}
	}
	return nil
}

// texts says what is wrong with a list of rules.
func texts(list []Text) error {
	for _, t := range list {
		if strings.TrimSpace(t.Title) == "" || strings.TrimSpace(t.Body) == "" || len([]rune(t.Title)) > 40 || len([]rune(t.Body)) > 20000 {
			return fmt.Errorf("a rule for the wall called %q", t.Title)
		}
	}
	return nil
}

// hung are the rules that hang where a county has said nothing else: what the program itself holds its stations to.
func hung() []Text {
	return []Text{
		{"代表接待群众制度", `一、代表按公布的安排到站接待群众，一般在晚上七点半到九点，方便群众下班以后来。
二、接待的时间、地点、代表和主题提前两天公告；有变动的，及时张贴更正公告。
三、代表因故不能到站的，事先请假，由站里另请代表接待，不空岗。
四、接待时先听群众把话讲完，再讲政策；当场能答复的当场答复，不能答复的如实说明，登记在册。
五、每件意见都给群众受理回执，写明编号、答复期限和咨询电话。
六、没有群众来访的，如实记录，不凑数。`},
		{"意见建议办理制度", `一、群众反映情况，现场能解决的现场解决并答复群众。
二、现场不能解决的，登记在册，由站点汇总梳理，分级分类处理。
三、处理方式有四种：代表引导解决、代表协商解决、部门联动解决、形成代表建议并跟踪督办。
四、承办单位在期限内答复；需要延期的，说明原因和新的期限，并告诉群众。
五、办理结果向代表和群众反馈，请群众评议；群众不满意的，重新办理。
六、涉法涉诉、已进入信访程序等不属受理范围的，讲清楚该找谁，不推诿。`},
		{"代表走访联系制度", `一、代表定期走访选区群众，听取意见，宣传法律和政策。
二、走访填写入户征求意见表，重要意见登记为事项，按期办理。
三、对反映过意见的群众，办结以后回访，听取评价。
四、行动不便的老人、残疾人，代表和联络员上门听取意见。`},
		{"学习和活动制度", `一、每年制定代表活动计划，向社会公布，按计划组织。
二、活动前通知到人，活动中签到，活动后有记录。
三、视察、调研、执法检查形成的意见，交有关单位研究处理，处理情况向代表反馈。
四、代表的履职情况如实记入履职档案，每季度由本人核对签名。`},
		{"保密和个人信息保护制度", `一、群众的姓名、电话、住址只用于办理他反映的事项，不外传、不上墙。
二、公开的内容不写群众的姓名；要求保密的，内容另存，不公开。
三、登记簿和电脑由专人保管；废弃的纸张及时销毁。`},
	}
}

// Hangs are the rules for the wall that a profile (JSON) says itself; none where it leaves them as they are.
func Hangs(b []byte) []Text {
	var said struct {
		Texts json.RawMessage `json:"texts"`
	}
	if json.Unmarshal(b, &said) != nil || said.Texts == nil {
		return nil
	}
	p, _ := Told(b) // of what cannot be read the usual ones hold
	return p.Texts
}
