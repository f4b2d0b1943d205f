package proposal

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/docket/clock"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// thirds gives baskets what their names need, the table most of what is left, and what is beside it the rest where large
// letters leave room for that.
type thirds struct{}

// MinSize has the titles and a row, so that the buttons below stay in sight.
func (thirds) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, 4*fyne.CurrentApp().Settings().Theme().Size("text"))
}

func (thirds) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.CurrentApp().Settings().Theme().Size("text")
	left, right := 10.2*em, float32(0)
	if size.Width > 58*em {
		right = min(0.3*size.Width, 44*em)
	}
	x := float32(0)
	for i, w := range []float32{left, size.Width - left - right, right} {
		if os[i].Show(); w == 0 {
			os[i].Hide()
		}
		os[i].Move(fyne.NewPos(x, 0))
		os[i].Resize(fyne.NewSize(max(w-8, 0), size.Height))
		x += w
	}
}

// chosen shows the chosen one beside the list, and on the buttons what may be done with it.
func (p *Page) chosen() {
	s, ok := p.table.Chosen()
	for _, b := range []*kit.Button{p.enter, p.more} {
		b.Hidden = !ok
	}
	do := ""
	if ok {
		do = p.usual(s)
	}
	if p.onward.Hidden = do == ""; do != "" {
		p.onward.SetText(suggestion.Acts.Name(do) + "　空格")
	}
	p.side.Objects = nil
	if ok {
		p.side.Objects = []fyne.CanvasObject{kit.Card(kit.Scroll(p.brief(s)))}
	}
	p.side.Refresh()
	p.list.Refresh()
}

// brief is one as it stands beside the list.
func (p *Page) brief(s suggestion.Suggestion) fyne.CanvasObject {
	box := container.NewVBox(kit.Bold(title(s)), p.standing(s))
	add := func(label, text string) {
		if text != "" {
			box.Add(kit.Text(label + "：" + text))
		}
	}
	add("提出", signers(s))
	add("承办", hands(s))
	if n := len(s.Matters); n > 0 {
		add("由来", fmt.Sprintf("%d 件事项", n))
	}
	add("建议", short(s.Proposal, 120))
	for _, a := range s.Standing() {
		add("答复", strings.TrimSpace(p.letter(a.As())+"　"+short(s.Texts[a.Mark], 120)))
	}
	if r := s.Rating(); r.Work != "" {
		add("评价", rated(r))
	}
	if s.State <= suggestion.Inviting {
		for _, h := range p.hints(s) {
			box.Add(kit.Hint(h))
		}
	}
	return box
}

// short is the beginning of a text.
func short(text string, most int) string {
	if rs := []rune(text); len(rs) > most {
		return string(rs[:most]) + "…"
	}
	return text
}

// signers are who proposes it, by name.
func signers(s suggestion.Suggestion) string {
	if s.Delegation != "" {
		return s.Delegation
	}
	var names []string
	for _, g := range s.Signers {
		if w := s.Who[g.Key]; w.Name != "" && g.Declined == "" && (g.Signed != "" || s.State <= suggestion.Inviting) {
			names = append(names, w.Name)
		}
	}
	if n := len(names); n > 5 {
		return strings.Join(names[:5], "、") + fmt.Sprintf("等 %d 人", n)
	}
	return strings.Join(names, "、")
}

func rated(r suggestion.Rating) string {
	return "办理工作 " + words.Verdicts.Name(r.Work) + "，办理结果 " + words.Verdicts.Name(r.Result)
}

// letter is a class as the county prints it, with its words; "" for none.
func (p *Page) letter(class int) string {
	if class == 0 {
		return ""
	}
	return strings.TrimSpace(p.docket.Profile.Letter(class) + " " + words.ClassName(class))
}

// standing says in one line how far it has come, and by when what is due.
func (p *Page) standing(s suggestion.Suggestion) fyne.CanvasObject {
	parts := []string{s.State.String()}
	if s.Number != "" {
		parts = []string{s.Congress + " 第 " + s.Number + " 号", s.State.String()}
	}
	if s.Paused() {
		parts = append(parts, "计时暂停："+words.Pauses.Name(s.Pauses[len(s.Pauses)-1].Why))
	}
	if due := p.days(s); due != "" {
		parts = append(parts, due)
	}
	if s.IntoNumber != "" && s.State == suggestion.Joined {
		parts = append(parts, "并入第 "+s.IntoNumber+" 号")
	}
	if s.Urged > 0 && s.State.Open() {
		parts = append(parts, fmt.Sprintf("催办过 %d 次", s.Urged))
	}
	if s.Key {
		parts = append(parts, strings.TrimSpace("重点督办 "+s.Leader))
	}
	line := kit.Text(strings.Join(parts, "　"))
	line.Importance = p.tone(s).Importance()
	return line
}

// rest is how many days are left for the present step; ok is false where none is waited for.
func (p *Page) rest(s suggestion.Suggestion) (days int, ok bool) {
	by, err := time.Parse(time.DateOnly, s.Term)
	if err != nil || !s.State.Open() || s.Paused() {
		return 0, false
	}
	today, _ := time.Parse(time.DateOnly, p.docket.Now().Format(time.DateOnly))
	return int(by.Sub(today).Hours() / 24), true
}

// left is what the list says of the term.
func (p *Page) left(s suggestion.Suggestion) string {
	switch n, ok := p.rest(s); {
	case !ok:
		return ""
	case n < 0:
		return fmt.Sprintf("超 %d 天", -n)
	case n == 0:
		return "今天"
	default:
		return fmt.Sprintf("还有 %d 天", n)
	}
}

// days is the same with the day itself.
func (p *Page) days(s suggestion.Suggestion) string {
	if left := p.left(s); left != "" {
		return show.Date(s.Term) + "到期，" + left
	}
	return ""
}

// tone is red where it is late, amber where a month or less is left.
func (p *Page) tone(s suggestion.Suggestion) kit.Tone {
	switch clock.Lit(s, p.docket.Now().Format(time.DateOnly)) {
	case clock.Overdue:
		return kit.Bad
	case clock.Month, clock.Ten:
		return kit.Soon
	}
	return kit.Plain
}
