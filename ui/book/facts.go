package book

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/data/journal"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// fact is a label with what is known under it; a wide one has a line of its own.
type fact struct {
	label, value string
	wide         bool
}

// facts are those of the open matter that are known.
func (p *Page) facts() (known []fact) {
	m := p.matter
	cover := func(s, covered string) string {
		if m.bare || s == "" {
			return s
		}
		return covered
	}
	name := cover(m.Name, m.Masked())
	if name == "" {
		name = m.Masked()
	}
	if about := strings.Trim(words.Sexes.Name(m.Sex)+"　"+words.AgeBands.Name(m.AgeBand), "　"); about != "" {
		name += "（" + about + "）"
	}
	secret, people, station, due, urgent := "", "", "", "", ""
	if m.Confidential {
		secret = "是。不要让旁人看到，办理时只说事、不说人。"
	}
	if m.People > 1 {
		people = fmt.Sprintf("%d 人", m.People)
	}
	if p.role != journal.Station {
		station = ledger.PlaceName(m.Station)
	}
	if t, err := time.Parse(time.DateOnly, m.Due); err == nil {
		due = t.Format("2006年1月2日") + "前"
		for _, v := range m.Moves {
			due += "\n" + moved(v)
		}
	}
	if m.Urgency != "normal" {
		urgent = words.Urgencies.Name(m.Urgency)
	}
	for _, f := range []fact{
		{"保密件", secret, true}, {"缺的内容", m.Lacking(), true},
		{"反映人", name, false}, {"电话", cover(m.Phone, mask.Phone(m.Phone)), false},
		{"住址", cover(m.Address, "已遮住"), true}, {"人数", people, false},
		{"时间", strings.TrimSuffix(m.Occurred.Format("2006年1月2日 15:04"), " 00:00"), false},
		{"来源", words.Registers.Name(m.Register) + "　" + words.Channels.Name(m.Channel), false},
		{"联络站", station, false}, {"纸质编号", m.PaperNumber, false},
		{"类别", ledger.CategoryName(m.Category), true}, {"诉求", words.Purposes.Name(m.Purpose), false},
		{"紧急程度", urgent, false},
		{"接待代表", strings.Join(m.Deputies, "、"), false}, {"现场处理", words.OnSpots.Name(m.OnSpot), false},
		{"处理方式", words.Modes.Name(m.Mode), false}, {"答应群众", due, len(m.Moves) > 0}, {"地点", m.Place, true},
		{"原话", m.Words, true}, {"现场答复", m.OnSpotAnswer, true}, {"拟办意见", m.Proposal, true},
		{"不受理", words.Reasons.Name(m.Reason), true}, {"应去哪里", m.Door, true}, {"领办", m.Leader, false},
		{"并入", m.IntoNumber, false},
		{"承办单位", strings.Join(m.Units, "、"), false}, {"代表", strings.Join(m.Guides, "、"), false},
		{"交办", m.Assigned, false}, {"签收", m.Signed, false},
		{"代表建议", m.Suggests, true}, {"提出代表", strings.Join(m.Proposers, "、"), false},
		{"办理结果", result(m.View, p.actions.Letter), true},
		{"答复", m.Answer, true}, {"协商纪要", m.Minutes, true},
		{"答复单位", strings.TrimSpace(m.AnsweredBy + "　" + m.AnsweredOn), true},
		{"承诺", strings.TrimSpace(m.Promise + "　" + m.PromiseBy), true},
		{"反馈代表", told(m.DeputyTold, m.DeputyWay), false}, {"反馈群众", told(m.Told, m.TellWay), false},
		{"群众评议", rating(m.View), true}, {"不满意原因", m.Complaint, true}, {"保密内容", cover(sealed(m.View), "已遮住"), true},
	} {
		if f.value != "" {
			known = append(known, f)
		}
	}
	return known
}

// moved says that the day promised to the citizen was moved, and whether he knows.
func moved(v matter.Moved) string {
	told := "，还没有告诉群众"
	if v.Told != "" {
		told = "，" + show.Date(v.Told) + "告诉了群众"
	}
	return "原来答应 " + show.Date(v.From) + "，" + v.Why + "，改到 " + show.Date(v.To) + told
}

func result(v ledger.View, letter func(int) string) string {
	if v.Class == 0 {
		return ""
	}
	return strings.TrimSpace(letter(v.Class) + "　" + words.ClassName(v.Class))
}

func told(day, way string) string {
	if day == "" {
		return ""
	}
	return day + "　" + words.Ways.Name(way)
}

func rating(v ledger.View) string {
	if v.Result == "" {
		return ""
	}
	return "结果" + words.Ratings.Name(v.Result) + "，态度" + words.Ratings.Name(v.Attitude)
}

// sealed is what was said about a confidential matter since it came in.
func sealed(v ledger.View) string {
	var lines []string
	for _, s := range v.Sealed {
		for _, text := range []string{s.Proposal, s.Note, s.Answer, s.Minutes, s.Promise, s.Reason} {
			if text != "" {
				lines = append(lines, text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// facts lays facts out in two columns where there is room for two.
func facts(known []fact) fyne.CanvasObject {
	l := &pairs{}
	c := container.New(l)
	for _, f := range known {
		c.Add(kit.Hint(f.label))
		c.Add(kit.Text(f.value))
		l.wide = append(l.wide, f.wide)
	}
	return c
}

// pairs is a layout of labels beside texts that wrap. A text's height is known only once its width is, so the height of
// the whole is that of the last time it was laid out.
type pairs struct {
	wide   []bool
	height float32
}

// label and line are how many characters a label takes and how long a line may be, so that it can be read.
const label, line = 5, 42

// em is the width of a character.
func em() float32 {
	return fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
}

const overlap = 14 // labels bring more air above and below than a list of facts needs

func (l *pairs) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, l.height) }

func (l *pairs) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := em()
	label, column := label*em+8, size.Width
	if size.Width >= 34*em {
		column = size.Width / 2
	}
	x, y, row := float32(0), float32(0), float32(0)
	for i, wide := range l.wide {
		width := column
		if wide {
			width = size.Width
		}
		if x > 0 && x+width > size.Width+1 {
			x, y, row = 0, y+row-overlap, 0
		}
		name, text := os[2*i], os[2*i+1]
		text.Resize(fyne.NewSize(width-label, text.Size().Height))
		high := max(text.MinSize().Height, name.MinSize().Height)
		name.Move(fyne.NewPos(x, y))
		name.Resize(fyne.NewSize(label, name.MinSize().Height))
		text.Move(fyne.NewPos(x+label, y))
		text.Resize(fyne.NewSize(width-label, high))
		x, row = x+width, max(row, high)
	}
	l.height = y + row
}

// snug stacks texts closer than a box would.
type snug struct{}

func (snug) MinSize(os []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, overlap)
	for _, o := range os {
		size = fyne.NewSize(max(size.Width, o.MinSize().Width), size.Height+o.MinSize().Height-overlap)
	}
	return size
}

func (snug) Layout(os []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range os {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		y += o.MinSize().Height - overlap
	}
}
