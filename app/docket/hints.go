package docket

import (
	"fmt"
	"strings"

	"lianluo.local/data/suggestion"
)

// Hints are what is usually found wanting in a suggestion, each as a sentence; nothing of it keeps anybody from handing it
// in.
func Hints(s suggestion.Suggestion) (list []string) {
	say := func(is bool, what string) {
		if is {
			list = append(list, what)
		}
	}
	say(s.Title != "" && ((!strings.HasPrefix(s.Title, "关于") || !strings.HasSuffix(s.Title, "建议")) && !strings.HasSuffix(s.Title, "议案")), "标题最好写成“关于……的建议”")
	say(len([]rune(s.Title)) > 40, "标题太长，承办单位不好引用")
	say(s.Case != "" && len([]rune(s.Case)) < 60, "情况写得太短，最好写清有多少人、多久了、在哪里")
	say(s.Proposal == "", "还没有写具体建议")
	say(s.Proposal != "" && len([]rune(s.Proposal)) < 20, "具体建议写得太短，最好写清请谁做什么")
	say(strings.Contains(s.Title, "和") && strings.Contains(s.Title, "及"), "一件建议只说一件事（一事一议）")
	for _, w := range []string{"本人家", "我家的", "诉讼", "判决", "招标", "中标", "推广产品"} {
		say(strings.Contains(s.Case+s.Proposal, w), "写到“"+w+"”：个人案件、诉讼、招投标和产品推介不能作为代表建议")
	}
	lead := false
	for _, g := range s.Signers {
		w := s.Who[g.Key]
		lead = lead || g.Lead
		if w.Name == "" || g.Declined != "" {
			continue
		}
		say(w.Number == "", w.Name+"的代表证号没有登记")
		say(w.Post == "", w.Name+"的单位职务没有登记")
	}
	say(!lead && s.Delegation == "", "还没有领衔代表")
	say(len(s.Matters) > 0 && s.Untouched, "草稿未经代表修改")
	say(s.Original == "" && s.State >= suggestion.Submitted, "还没有登记收到签名原件的日期")
	return list
}

// Weight tells how many matters, people, places and days stand behind a suggestion.
type Weight struct {
	Matters, People, Places int
	From, To                string // days
}

// String is the weight as a draft has it: 5 件，涉及 12 人次、3 个村（社区），2026-03-01 至 2026-11-20.
func (w Weight) String() string {
	s := fmt.Sprintf("%d 件，涉及 %d 人次", w.Matters, w.People)
	if w.Places > 1 {
		s += fmt.Sprintf("、%d 个村（社区）", w.Places)
	}
	return s
}
