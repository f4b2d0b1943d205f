package register

import (
	"fmt"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/assets/names"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

var (
	zone    = time.FixedZone("CST", 8*3600)
	station = "141102002000Z1-G"
)

// desk is the station that prints.
func desk() form.Issuer {
	return form.Issuer{Settings: settings.Settings{Unit: station, Name: "凤山街道人大代表联络站", Organisation: "离石区人大常委会",
		Phone: "0358-8221234",
		Hours: "每周三 8:30—11:30", Clerk: "刘昞"}, Profile: profile.Default(),
		Today: time.Date(2026, 12, 31, 9, 0, 0, 0, zone)}
}

var cases = []struct{ title, words, category, place, answer string }{
	{"育才路与滨河东路交叉口信号灯配时不合理", "早晚高峰学生上下学通行时间不足；路口南侧人行道多处破损，雨天积水严重，老年人和儿童出行存在安全隐患。希望有关部门尽快勘查，调整信号配时，修复路面并增设排水口。", "0505",
		"育才路口", "已调整绿灯配时至35秒，人行道修补列入本月施工，排水口已疏通。"},
	{"圐圙塔村垯墕沟至窊磘坪段道路塌陷", "去年秋雨以后塌了三处，最大的一处有两米多宽，拖拉机过不去，娃娃们上学要绕五里路。", "0105", "垯墕沟", "已现场勘查，由交通运输局投资12.6万元修复，计划5月底前完工。"},
	{"小区冬季供暖温度不达标", "室内温度只有14度，多次找物业没有结果。", "0404", "生态园小区3号楼", "热力公司已更换换热站水泵，入户测温18.5度以上。"},
	{"农村老年人日间照料中心没有人管", "希望恢复每天中午的用餐。", "1102", "南安村", "已重新聘用炊事员，6月1日起恢复供餐。"},
	{"欠薪", "在工地干了三个月，工资一直没给，包工头电话打不通。", "1003", "", "劳动监察大队已约谈施工方，28,600元工资已付清。"},
}

// sample is n matters as a station has them: of all books and in many states, some confidential, some void.
func sample(n int) []matter.Matter {
	people, deputies := names.All(), []string{"李慧敏", "赵堎", "孙窊平", "周垯成"}
	states := []matter.State{matter.Closed, matter.Closed, matter.Registered, matter.InHand, matter.Told,
		matter.Answered, matter.Closed, matter.Promised}
	ms := make([]matter.Matter, n)
	for i := range ms {
		c := cases[i%len(cases)]
		at := time.Date(2026, 1, 4, 9, 30, 0, 0,
			zone).Add(time.Duration(i) * 317 * time.Minute / time.Duration(1+n/1500))
		channel := []string{"walk-in", "home-visit", "liaison"}[i%3]
		m := &ms[i]
		m.ID, m.Unit, m.Station, m.State = fmt.Sprint("m", i), station, station, states[i%len(states)]
		m.Report = matter.Report{Number: numbers.Make(station, 2026, 'A', i+1), Register: words.RegisterOf(channel),
			Channel: channel, Occurred: at,
			Station: station, People: 1 + i%4, Purpose: "help", Category: c.category, Title: c.title, Place: c.place,
			Urgency:  "normal",
			Deputies: []string{deputies[i%4], deputies[(i+1)%4]}, OnSpot: "register", Due: day(at.AddDate(0, 0, 21))}
		m.Private = matter.Private{Name: people[i%len(people)],
			Phone: fmt.Sprintf("139%08d", 10234567+i*7919%80000000), Sex: "male", AgeBand: "60-79",
			Address: fmt.Sprintf("凤山街道袁家庄社区%d号楼%d单元%d室", 1+i%30, 1+i%4, 101+i%600), Words: c.words}
		m.Holder = "141102000000"
		event := func(do string, after int, note string) {
			m.History = append(m.History, thing.Event{ID: journal.ID{Seq: uint64(len(m.History) + 1)},
				At: at.AddDate(0, 0, after), Unit: station, By: "刘昞", Do: do, Note: note})
		}
		event("receive", 0, "已登记")
		if m.State == matter.Answered {
			m.OnSpot, m.OnSpotAnswer = "answered", "当场讲清了政策依据和办理渠道。"
			continue
		}
		if m.State != matter.Registered {
			m.Mode, m.Proposal, m.Units, m.Assigned, m.Signed = "department", "请尽快办理", []string{"交通运输局", "住房和城乡建设局"},
				day(at.AddDate(0, 0, 3)), day(at.AddDate(0, 0, 4))
			event("collate", 2, "部门联动")
			event("assign", 3, "主办 交通运输局，协办 住房和城乡建设局，限 "+day(at.AddDate(0, 0, 13)))
		}
		if m.State == matter.Closed || m.State == matter.Told || m.State == matter.Promised {
			m.Class, m.Answer, m.AnsweredBy, m.AnsweredOn = 1+i%3, c.answer, "交通运输局", day(at.AddDate(0, 0, 10))
			m.Told, m.TellWay = day(at.AddDate(0, 0, 11)), "phone"
			event("answer", 10, c.answer)
			event("inform", 11, "电话")
		}
		if m.State == matter.Closed || m.State == matter.Promised {
			m.RatedOn, m.Attitude, m.Result = day(at.AddDate(0, 0, 14)), "satisfied",
				[]string{"satisfied", "basically"}[i%2]
			event("rate", 14, "满意")
		}
		if i%41 == 17 {
			m.Confidential = true
		}
		if i%53 == 9 {
			m.State = matter.Void
			event("void", 15, "与上一件重复登记")
		}
	}
	return ms
}

// story is a text of so many characters, none of which is like its neighbours.
func story(n int) string {
	var b strings.Builder
	for i := range n {
		if i%23 == 22 {
			b.WriteRune('，')
		} else {
			b.WriteRune(rune('一' + i*37%20000))
		}
	}
	return b.String()
}
