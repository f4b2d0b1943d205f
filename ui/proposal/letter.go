package proposal

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/paper"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// page is the suggestion as it will print: what stands on its cover, then its body. Of one that is confidential, where its
// words are not known, number, state and days stand alone.
func (p *Page) page(s suggestion.Suggestion) fyne.CanvasObject {
	box := container.NewVBox()
	if !s.Known() && s.Confidential {
		box.Add(kit.Text("代表要求保密。内容只在起草的站和受理的机关，这里看得到案号、状态和日期。"))
	} else {
		head := kit.Bold(s.Title)
		head.Alignment, head.SizeName = fyne.TextAlignCenter, "subHeadingText"
		if s.Title == "" {
			head.SetText("（还没有标题）")
		}
		box.Add(head)
		part := func(name, text, missing string) {
			box.Add(kit.Bold(name))
			if text == "" {
				box.Add(kit.Hint(missing))
				return
			}
			var lines []string
			for line := range strings.SplitSeq(text, "\n") {
				lines = append(lines, "　　"+strings.TrimLeft(line, " 　"))
			}
			box.Add(kit.Text(strings.Join(lines, "\n")))
		}
		part("一、案由和情况", s.Case, "还没有写。")
		part("二、具体建议", s.Proposal, "还没有写，请代表写清请谁做什么。")
		box.Add(kit.Bold("提出代表"))
		if s.Delegation != "" {
			box.Add(kit.Text(s.Delegation))
		}
		var all []string
		for _, g := range s.Signers {
			all = append(all, signed(s, g))
		}
		box.Add(kit.Text(strings.Join(all, "\n")))
		if len(s.Signers) == 0 && s.Delegation == "" {
			box.Add(kit.Hint("还没有写。"))
		}
	}
	box.Add(kit.Bold("登记情况"))
	box.Add(kit.Facts(p.facts(s)))
	return box
}

// signed is a signer with what is known of him.
func signed(s suggestion.Suggestion, g suggestion.Signer) string {
	w := s.Who[g.Key]
	parts := []string{w.Name, w.Post}
	if w.Number != "" {
		parts = append(parts, "证号 "+w.Number)
	}
	switch {
	case g.Signed != "":
		parts = append(parts, show.Date(g.Signed)+"签名")
	case g.Declined != "":
		parts = append(parts, "不附议")
	case g.Until != "":
		parts = append(parts, "请在"+show.Date(g.Until)+"前签名")
	default:
		parts = append(parts, "还没有签名")
	}
	if g.Delivered != "" {
		parts = append(parts, show.Date(g.Delivered)+"送达")
	}
	if g.Lead {
		parts[0] = "领衔　" + parts[0]
	}
	return join(parts)
}

func join(parts []string) string {
	said := ""
	for _, part := range parts {
		if part != "" {
			said += "　" + part
		}
	}
	return strings.TrimPrefix(said, "　")
}

// facts are what is known of it besides its words.
func (p *Page) facts(s suggestion.Suggestion) (known []field.Shown) {
	tell := func(name, text string, wide bool) {
		if text != "" {
			known = append(known, field.Shown{Name: name, Text: text, Wide: wide})
		}
	}
	tell("案号", s.Number, false)
	tell("届次", s.Congress, false)
	tell("种类", words.Proposals.Name(s.Kind)+"　"+words.Levels.Name(s.Level)+"人大", false)
	tell("提出", words.Occasions.Name(s.Held), false)
	if c, ok := category.ByCode(s.Category); ok {
		tell("类别", c.Name, false)
	}
	tell("产生", words.Origins.Name(s.Origin), false)
	tell("公开", words.Openness.Name(s.Public), false)
	tell("希望承办", strings.Join(s.Wanted, "、"), true)
	tell("受理", places.Of(s.Office).Where, false)
	for _, d := range []struct{ name, day string }{{"提交", s.Submitted}, {"原件", s.Original}, {"登记", s.Registered}, {"立案", s.Accepted},
		{"交办", s.Handed}, {"答复期限", s.Due}, {"公开日期", s.Published}, {"办结", s.Ended}} {
		tell(d.name, show.Date(d.day), false)
	}
	if s.FirstDue != "" && s.FirstDue != s.Due {
		tell("原定期限", show.Date(s.FirstDue), false)
	}
	for _, u := range s.Units {
		role := map[bool]string{true: "协办", false: "主办"}[u.Help]
		parts := []string{s.Who[u.Key].Name}
		for _, d := range []struct{ name, day string }{{"签收", u.Signed}, {"答复", u.Answered}, {"会办意见", u.Helped}} {
			if d.day != "" {
				parts = append(parts, show.Date(d.day)+d.name)
			}
		}
		tell(role, join(parts), true)
	}
	for _, pr := range s.Promises {
		by := show.Date(pr.By) + "前"
		if pr.Kept != "" {
			by = show.Date(pr.Kept) + "兑现"
		}
		tell("承诺", join([]string{s.Texts[pr.Mark], by}), true)
	}
	return known
}

// voices are whose words the acts are: of those who handle it they stand at the right, of its deputies at the left.
var voices = map[string]show.Side{suggestion.Sign: show.Right, suggestion.Return: show.Right, suggestion.Ask: show.Right,
	suggestion.Meet: show.Right, suggestion.Help: show.Right, suggestion.Extend: show.Right, suggestion.Reply: show.Right,
	suggestion.Keep: show.Right, suggestion.Rate: show.Left, suggestion.Cosign: show.Left, suggestion.Decline: show.Left,
	suggestion.Withdraw: show.Left}

// talk is what was said and done between deputies, office and units, the newest first.
func (p *Page) talk(s suggestion.Suggestion) fyne.CanvasObject {
	noted := func(e thing.Event) bool { return e.Do == suggestion.Share } // by the program
	said := slices.DeleteFunc(slices.Clone(s.History), noted)
	return show.Converse(said, p.docket.Settings.Unit, p.docket.Now().Location(), story, func(e thing.Event) show.Side { return voices[e.Do] })
}

// story says what was done with a suggestion, and what was said.
func story(e thing.Event) string {
	said := e.Told(place)
	if said == "" {
		return suggestion.Acts.Name(e.Do)
	}
	return suggestion.Acts.Name(e.Do) + "：" + said
}

// kinds are the papers of one suggestion, from the state on in which each makes sense.
var kinds = []struct {
	code     string
	from, to suggestion.State
}{{"suggestion", suggestion.Draft, suggestion.Void}, {"cosign-sheet", suggestion.Draft, suggestion.Inviting},
	{"handover-letter", suggestion.Assigned, suggestion.Closed}, {"contact-record", suggestion.Assigned, suggestion.Closed},
	{"help-letter", suggestion.Assigned, suggestion.Answered}, {"answer-letter", suggestion.Answered, suggestion.Closed},
	{"opinion-form", suggestion.Reviewed, suggestion.Closed}, {"urge-suggestion", suggestion.Assigned, suggestion.Promised},
	{"supervise-suggestion", suggestion.Accepted, suggestion.Promised}}

// tables are the papers of many.
var tables = []string{"suggestion-table", "promise-list", "suggestion-volume"}

// papers are those that make sense of one now.
func (p *Page) papers(s suggestion.Suggestion) (options []kit.Option) {
	for _, k := range kinds {
		if kind, is := paper.ByCode(k.code); is && s.State >= k.from && s.State <= k.to && (s.Known() || !s.Confidential) {
			options = append(options, kit.Option{Code: kind.Code, Text: kind.Name})
		}
	}
	return options
}

// Print prints a paper about the open one, or about those of the list.
func (p *Page) Print() {
	if p.actions.Print == nil {
		return
	}
	if p.open != nil {
		s := p.open.Suggestion
		if options := p.papers(s); len(options) > 0 {
			p.pick("打印什么", options, func(code string) { p.actions.Print(code, s.ID) })
		}
		return
	}
	var options []kit.Option
	this := p.docket.Now().Year()
	for _, year := range []int{this, this - 1} {
		for _, code := range tables {
			if kind, is := paper.ByCode(code); is {
				name := fmt.Sprintf("%d年 %s", year, kind.Name)
				options = append(options, kit.Option{Code: fmt.Sprint(code, " ", year), Text: name})
			}
		}
	}
	p.pick("打印什么", options, func(chosen string) {
		var code string
		var year int
		if _, err := fmt.Sscan(chosen, &code, &year); err == nil {
			p.actions.List(code, year)
		}
	})
}
