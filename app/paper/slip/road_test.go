package slip

import (
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
	"lianluo.local/data/thing"
)

var china = time.FixedZone("CST", 8*3600)

// point is a table in a village, county the office over it.
func point() form.Issuer {
	return form.Issuer{Settings: settings.Settings{Role: "station", Unit: "141102002003D1-A", Name: "凤山街道袁家庄社区代表联络点",
		Organisation: "离石区人大代表联络站",
		Phone:        "0358-8221234", Hours: "每周三 8:30—11:30，14:30—17:30", Clerk: "渠凤英", Parent: "141102000000"},
		Profile: profile.Default(), Today: time.Date(2026, 4, 29, 10, 0, 0, 0, china)}
}

func county() form.Issuer {
	o := point()
	o.Role, o.Unit, o.Name, o.Clerk, o.Phone = "county", "141102000000", "离石区人大常委会代表工作委员会", "郝䶮飞", "0358-8228888"
	return o
}

// road is a matter that has been through everything, with characters of local names.
func road() matter.Matter {
	return matter.Matter{Base: thing.Base{ID: "x", Unit: "141102002003D1-A"}, State: matter.Told,
		Report: matter.Report{Number: "02-002003-26-A0042-7", Register: "reception", Channel: "walk-in",
			Occurred: time.Date(2026, 3, 18, 9, 42, 0, 0, china), Station: "141102002003D1-A",
			PaperNumber: "LS-000137", People: 7,
			Purpose: "help", Category: "0203", Title: "圐圙塔村垯墕沟至窊磘坪段道路塌陷，请求勘查修复", Place: "离石区圐圙塔村垯墕沟口",
			Urgency: "urgent", Deputies: []string{"李慧敏（市人大代表）", "赵𰻞堎（区人大代表）"}, OnSpot: "register", Mode: "department",
			Proposal: "拟转区交通运输局会同街道办事处勘查，先行设置警示标志。", Due: "2026-04-17"},
		Private: matter.Private{Name: "王𠅤亮", Phone: "13812345521", Sex: "male", AgeBand: "60-79",
			Address:      "离石区圐圙塔村3组垯墕沟27号",
			Words:        "我叫王𠅤亮，电话13812345521。我们村垯墕沟那段路，去年秋雨以后塌了三处，最大的一处有两米多宽。拖拉机过不去，娃娃们上学要绕五里路。",
			OnSpotAnswer: "已向您说明先由交通局勘查，半个月内给您回话。"},
		Handling: matter.Handling{Holder: "141102000000", Term: "2026-04-17",
			Units:    []string{"交通运输局", "凤山街道办事处", "水利局"},
			Assigned: "2026-03-20", Signed: "2026-03-21", Class: 3, AnsweredOn: "2026-04-15", AnsweredBy: "离石区交通运输局",
			Answer:  "已于4月10日完成现场勘查，塌陷三处共42米列入今年农村公路水毁修复计划，警示标志已经设好，5月下旬进场施工。",
			Promise: "塌陷路段修复通车", PromiseBy: "2026-06-30", Urged: 2, Supervised: 1, UrgedFor: "2026-05-08",
			DeputyTold: "2026-04-16", DeputyWay: "phone", Told: "2026-04-17", TellWay: "visit"},
	}
}

var kinds = []struct {
	name string
	draw func(matter.Matter, form.Issuer) (typeset.Document, error)
	m    func() matter.Matter
	o    func() form.Issuer
}{
	{"registration", Registration, road, point},
	{"card", AnswerCard, road, point},
	{"guide", Guide, guided, point},
	{"assignment", Assignment, inHand, county},
	{"urging", Urging, inHand, county},
	{"supervision", Supervision, inHand, county},
}

func guided() matter.Matter {
	m := road()
	m.State, m.OnSpot, m.Reason, m.Mode, m.Handling = matter.Guided, "out-of-scope", "court", "", matter.Handling{}
	m.Title, m.Door = "与邻居的宅基地官司一审判决不服", "离石区人民法院诉讼服务中心\n离石区龙凤南大街18号，0358-8222345\n工作日 8:30—12:00，14:30—17:30"
	return m
}

func inHand() matter.Matter {
	m := road()
	m.State, m.Class, m.Answer, m.AnsweredBy, m.AnsweredOn, m.Promise, m.PromiseBy = matter.InHand, 0, "", "", "", "",
		""
	return m
}

// crowd makes everything as long as it can come.
func crowd(m matter.Matter) matter.Matter {
	m.Name = strings.Repeat("阿卜杜热合曼·买买提", 6)
	m.Address, m.Place = strings.Repeat("离石区圐圙塔村3组垯墕沟", 16), strings.Repeat("圐圙塔村垯墕沟口", 20)
	m.Title, m.Proposal = strings.Repeat(m.Title, 2), strings.Repeat(m.Proposal, 12)
	m.Words = strings.Repeat("路塌了。", 900) + "\n" + strings.Repeat("娃娃们上学要绕五里路。", 40) + "末了"
	m.OnSpotAnswer, m.Answer, m.Promise = strings.Repeat(m.OnSpotAnswer, 20), strings.Repeat(m.Answer, 20),
		strings.Repeat(m.Promise, 20)
	m.Door, m.AnsweredBy = strings.Repeat(m.Door, 6), strings.Repeat(m.AnsweredBy, 8)
	m.Deputies = append(m.Deputies, "王𬺞（镇人大代表）", "司马相如（省人大代表）", "欧阳建国（区人大代表）")
	if m.Units != nil {
		m.Units = append(m.Units, "住房和城乡建设局", "自然资源局", "应急管理局", "生态环境分局", "发展和改革局")
	}
	return m
}
