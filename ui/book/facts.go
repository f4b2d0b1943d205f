package book

import (
	"slices"
	"strings"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/show"
)

// report is what is told of a matter's fields, in the order of the page, with what follows from them. A field that is
// not named stands behind those.
var report = append(slices.Clone(matter.Fields),
	field.Field{Code: "lacking", Name: "缺的内容", Wide: true}, field.Field{Code: "due", Name: "答应群众"}).In(
	"confidential 保密件", "lacking", "name 反映人", "phone", "address", "people", "occurred 时间", "register 来源", "station",
	"paperNumber", "category", "purpose 诉求", "urgency", "deputies", "onSpot", "mode", "due", "place", "words",
	"onSpotAnswer",
	"proposal", "reason 不受理", "door 应去哪里").Without(
	"title", "anonymous", "sex", "ageBand", "channel") // the heading, and what stands with the name and the register

// fact is one that no field of the list tells.
type fact field.Shown

// facts are those of the open matter that are known.
func (p *Page) facts() (known []field.Shown) {
	m := p.matter
	v := m.Values()
	said := map[string]string{"lacking": m.Lacking(), "name": m.Masked(),
		"occurred": strings.TrimSuffix(m.Occurred.Format("2006年1月2日 15:04"), " 00:00"),
		"register": words.Registers.Name(m.Register) + "　" + words.Channels.Name(m.Channel), "station": "", "due": "", "session": m.Sitting}
	if !m.bare {
		v = report.Masked(v)
	} else if m.Name != "" {
		said["name"] = m.Name
	}
	if about := strings.Trim(words.Sexes.Name(m.Sex)+"　"+words.AgeBands.Name(m.AgeBand), "　"); about != "" {
		said["name"] += "（" + about + "）"
	}
	if m.Confidential {
		said["confidential"] = "是。不要让旁人看到，办理时只说事、不说人。"
	}
	if m.People == 1 {
		said["people"] = ""
	}
	if m.Urgency == "normal" {
		said["urgency"] = ""
	}
	if p.role != journal.Station {
		said["station"] = places.Of(m.Station).Where
	}
	if t, err := time.Parse(time.DateOnly, m.Due); err == nil {
		said["due"] = t.Format("2006年1月2日") + "前"
		for _, v := range m.Moves {
			said["due"] += "\n" + moved(v)
		}
	}
	secret := sealed(m.View)
	if !m.bare && secret != "" {
		secret = "已遮住"
	}
	known = report.Show(v, ledger.Names, said)
	for _, f := range []fact{
		{"领办", m.Leader, false}, {"并入", m.IntoNumber, false},
		{"承办单位", strings.Join(m.Units, "、"), false}, {"代表", strings.Join(m.Guides, "、"), false},
		{"对应名册", strings.Join(m.Tied, "；"), true},
		{"交办", m.Assigned, false}, {"签收", m.Signed, false},
		{"代表建议", m.Suggests, true}, {"提出代表", strings.Join(m.Proposers, "、"), false},
		{"办理结果", result(m.View, p.actions.Letter), true},
		{"答复", m.Answer, true}, {"协商纪要", m.Minutes, true},
		{"答复单位", strings.TrimSpace(m.AnsweredBy + "　" + m.AnsweredOn), true},
		{"承诺", strings.TrimSpace(m.Promise + "　" + m.PromiseBy), true},
		{"反馈代表", told(m.DeputyTold, m.DeputyWay), false}, {"反馈群众", told(m.Told, m.TellWay), false},
		{"群众评议", rating(m.View), true}, {"不满意原因", m.Complaint, true}, {"保密内容", secret, true},
	} {
		if f.Text != "" {
			known = append(known, field.Shown(f))
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
