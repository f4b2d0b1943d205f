package paper

import (
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/data/matter"
	"lianluo.local/data/settings"
)

// how is the sentence that a receipt prints about what happens next, by what was decided at the table and, for a matter
// that goes on, by its way of handling. Deputies guide and mediate, they do not rule (代表法 article 31).
var how = map[string]string{
	"answered":     "已当场答复。如对答复有疑问，可随时到站再次反映。",
	"resolved":     "已当场解决。如又出现问题，可随时到站再次反映。",
	"out-of-scope": "不属本站受理范围，已说明应找的部门和办法。",
	"":             "已登记在册，由本站汇总梳理，分级分类交办，并跟踪到底。",
	"guide":        "由接待代表引导协调，本站跟踪并向您反馈。",
	"consult":      "由几位代表共同协商，本站跟踪并向您反馈。",
	"department":   "转有关部门联动办理，本站跟踪并向您反馈。",
	"suggestion":   "由代表形成建议并跟踪督办，本站向您反馈。",
}

// Of makes the receipt of a matter as a station prints it.
func Of(m matter.Matter, s settings.Settings) Receipt {
	r := Receipt{
		Organisation: s.Organisation, Station: s.Name, StationPhone: s.Phone, Hours: s.Hours, Number: m.Number,
		Occurred: m.Occurred, Name: m.Name, Anonymous: m.Anonymous, Confidential: m.Confidential, Phone: m.Phone,
		Village: form.Village(m.Station, m.Address), Address: m.Address, Deputies: m.Deputies, Clerk: s.Clerk,
		Title: m.Title, Words: m.Words, Answer: m.OnSpotAnswer, Practice: s.Practice,
	}
	if r.How = how[m.OnSpot]; r.How == "" {
		r.How = how[m.Mode]
	}
	if due, err := time.ParseInLocation(time.DateOnly, m.Due, m.Occurred.Location()); err == nil {
		r.Due = due
	}
	return r
}
