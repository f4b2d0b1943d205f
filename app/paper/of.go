package paper

import (
	"slices"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/data/matter"
)

// how is the sentence that a receipt prints about what happens next, by what was decided at the table and, for a matter
// that goes on, by its way of handling. Deputies guide and mediate, they do not rule (代表法 article 31).
var how = map[string]string{
	"answered":     "已当场答复。如对答复有疑问，可随时到站再次反映。",
	"resolved":     "已当场解决。如又出现问题，可随时到站再次反映。",
	"out-of-scope": "不属本站受理范围，已说明应找的部门和办法。",
	"":             "已登记在册，由本站汇总梳理，分级分类交办，并跟踪到底。",
	"guide":        "由代表引导协调，本站跟踪并向您反馈。",
	"consult":      "由几位代表共同协商，本站跟踪并向您反馈。",
	"department":   "转有关部门联动办理，本站跟踪并向您反馈。",
	"suggestion":   "由代表形成建议并跟踪督办，本站向您反馈。",
}

// ended is what a receipt says of a matter that goes on no more though nobody answered it: nothing is promised then.
var ended = map[matter.State][2]string{
	matter.Guided:    {"不属受理范围", how["out-of-scope"]},
	matter.Withdrawn: {"已撤回", "已按您的意思撤回，不再办理。如要重新反映，可持本回执到站。"},
}

// Of makes the receipt of a matter as it is given at the table; another office names the table, too.
func Of(m matter.Matter, o form.Issuer) Receipt {
	s := o.Met(m).Settings
	r := Receipt{
		Organisation: s.Organisation, Station: s.Name, StationPhone: s.Phone, Hours: s.Hours, Number: m.Number, Register: m.Register,
		Occurred: m.Occurred, Name: m.Name, Anonymous: m.Anonymous, Confidential: m.Confidential, Phone: m.Phone,
		Village: form.Village(m.Station, m.Address), Address: m.Address, Deputies: m.Deputies, Clerk: s.Clerk,
		Title: m.Title, Words: m.Words, Answer: m.OnSpotAnswer, Practice: s.Practice,
	}
	if r.How = how[m.OnSpot]; r.How == "" {
		r.How = how[m.Mode]
	}
	if over, ok := ended[m.State]; ok {
		r.Ended, r.How = over[0], over[1]
		return r
	}
	if due, err := time.ParseInLocation(time.DateOnly, m.Due, m.Occurred.Location()); err == nil {
		r.Due = due
	}
	return r
}

// again is the receipt as an office prints it: the one given at the table as long as it is still that day there and
// says what it said; elsewhere and afterwards it says that it was printed once more, when, and what is no longer as
// it was. The program cannot know whether paper came out (saving and printing are two acts, and there are other
// computers); what matters is that of two papers with one number everybody sees which holds.
func (r Receipt) again(m matter.Matter, o form.Issuer) Receipt {
	r.Changes = changes(m)
	day := func(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }
	if len(m.History) > 0 && (r.Changes != "" || m.Unit != o.Unit || day(o.Today) > day(m.History[0].At)) {
		r.Again = o.Today.In(beijing)
	}
	return r
}

// beijing is the civil time of every station.
var beijing = time.FixedZone("CST", 8*60*60)

// changes says what happened to a matter since its receipt was given that makes the receipt another one; "" for
// nothing.
func changes(m matter.Matter) string {
	var said, fields []string
	if len(m.Moves) > 0 && m.Moves[0].From != m.Due {
		said = append(said, "答复日期由"+form.Date(m.Moves[0].From)+"改为"+form.Date(m.Due))
	}
	did := map[string]bool{}
	for _, e := range m.History[min(1, len(m.History)):] {
		did[e.Do] = true
		for f := range strings.SplitSeq(e.Note, "、") {
			f, _, _ = strings.Cut(f, "；")
			if e.Do == "correct" && !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
	}
	switch {
	case m.Confidential && len(fields) > 0:
		said = append(said, "内容有更正")
	case len(fields) > 0:
		said = append(said, "更正了"+strings.Join(fields, "、"))
	}
	if did["collate"] && m.OnSpot == "register" && !m.Confidential {
		said = append(said, "办理方式已定")
	}
	if m.State == matter.Withdrawn {
		said = append(said, "已撤回")
	}
	if did["reopen"] && !m.State.Over() {
		said = append(said, "已重新受理")
	}
	if said == nil {
		return ""
	}
	return strings.Join(said, "；") + "。以本回执为准。"
}
