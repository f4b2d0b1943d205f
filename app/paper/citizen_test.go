package paper

import (
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
)

// offices are the kinds about one matter that no citizen is given.
var offices = map[string]bool{"registration": true, "assignment": true, "urging": true, "supervision": true}

// heavy is a matter of which everything is as long as it may get.
func heavy(t *testing.T) matter.Matter {
	m := matterOf(t)
	m.Private = matter.Private{Name: "阿卜杜热合曼·买买提艾力·吐尔逊江·阿布都克里木", Phone: "0358-8221321转8021，13812345678",
		Sex: "female", AgeBand: "80+",
		Address: strings.Repeat("离石区碛口镇圐圙塔村3组垯墕沟27号院西二排", 6), Words: strings.Repeat("一下雨院子里就是污泥。", 300),
		OnSpotAnswer: strings.Repeat("已向您说明先由住建局勘查，半个月内给您回话。", 30)}
	m.Title, m.Place = strings.Repeat("碛口镇圐圙塔村垯墕沟至窊磘坪段道路塌陷", 8), strings.Repeat("垯墕沟", 60)
	m.Deputies = []string{"李慧敏（市人大代表）", "赵𰻞堎（区人大代表）", "司马相如（省人大代表）", strings.Repeat("Wojciechowski", 5) + "（全国人大代表）"}
	m.Mode, m.Units = "department", []string{strings.Repeat("住房和城乡建设局", 6), "城市管理局"}
	m.Answer, m.AnsweredBy, m.AnsweredOn, m.Class = strings.Repeat("已疏通并加装排水管道，雨后复查没有积水。", 60),
		strings.Repeat("住房和城乡建设局", 9), "2026-12-11", 4
	m.Promise, m.PromiseBy = strings.Repeat("七巷排水管网改造完工", 12), "2027-06-30"
	m.Reason, m.Door = "emergency", strings.Repeat("离石区人民法院诉讼服务中心，龙凤南大街18号，0358-8222345\n", 9)
	m.Moves = []matter.Moved{{From: "2026-12-14", To: m.Due, On: "2026-11-24", Why: "更正了反映时间"},
		{From: "2026-12-16", To: "2027-03-30", On: "2026-12-01", Why: "延期"}}
	m.Due = "2027-03-30"
	for _, f := range []string{"姓名、电话、住址、原话、标题、类别、诉求目的、地点、紧急程度、接待代表、人数、拟办意见、反映时间"} {
		m.History = append(m.History, thing.Event{At: evening.Add(time.Hour), Unit: point, Do: "correct", Note: f})
	}
	return m
}

// Whatever a citizen is given he can read without glasses and holds in one hand: nothing on it is smaller than 14
// points, stub and tear line included, nothing leaves the page, and it is one page.
func TestWhatACitizenGets(t *testing.T) {
	far := met
	far.Unit, far.Name = "141102000000", "离石区人大常委会"
	long := met
	long.Organisation, long.Name = strings.Repeat("吕梁市离石区凤山街道人民代表大会工作委员会", 2), strings.Repeat("凤山街道袁家庄社区人大代表联络点", 4)
	long.Hours, long.Clerk, long.Phone = "每月第一、第三个星期三晚 19:30—21:30，节假日顺延，来前请先打电话", "阿卜杜热合曼·买买提艾力·吐尔逊江·阿布都克里木",
		"0358-8221321转8021、13812345678"
	practice := long
	practice.Practice = true
	for _, k := range Kinds() {
		if k.Of != matter.Name || k.About != One || offices[k.Code] {
			continue
		}
		sizes := []string{"a4"}
		if k.Code == "receipt" {
			sizes = []string{"a5", "a4", "80mm"}
		}
		for variant, change := range map[string]func(*matter.Matter){
			"plain": func(m *matter.Matter) {
				*m = matterOf(t)
				m.Title, m.Answer, m.AnsweredOn = "路灯不亮", "已修好。", "2026-12-01"
			},
			"heavy": func(*matter.Matter) {}, "confidential": func(m *matter.Matter) { m.Confidential = true },
			"anonymous":   func(m *matter.Matter) { m.Anonymous, m.Name, m.Phone, m.Address = true, "", "", "" },
			"on the spot": func(m *matter.Matter) { m.OnSpot, m.Due, m.AnsweredOn, m.Moves = "answered", "", "", nil },
		} {
			m := heavy(t)
			change(&m)
			switch k.Code {
			case "answer-card":
				m.State = matter.Replied
			case "guide":
				m.State, m.OnSpot = matter.Guided, "out-of-scope"
			}
			for name, o := range map[string]form.Issuer{"table": met, "long": long, "practice": practice,
				"county": far} {
				o.Today = evening.Add(24 * time.Hour)
				for _, o.Paper = range sizes {
					d, err := k.Make(Things{Matters: []matter.Matter{m}}, o, Wish{})
					if err != nil {
						t.Fatalf("%s %s: %v", k.Code, variant, err)
					}
					ps := papertest.Print(t, d, "")
					what := strings.Join([]string{k.Code, variant, name, o.Paper}, " ")
					if len(d.Pages) != 1 {
						t.Errorf("%s: %d pages", what, len(d.Pages))
					}
					for _, p := range ps {
						if p.Size < form.Given-.01 {
							t.Errorf("%s: %q in %.1f points", what, p.Text, p.Size)
						}
						if p.Text != "练习" && !p.Within(d.Pages[0].W, d.Pages[0].H, 3) {
							t.Errorf("%s: %q leaves the page", what, p.Text)
						}
					}
					for _, o := range papertest.Overlaps(ps) {
						t.Errorf("%s: %s", what, o)
					}
				}
			}
		}
	}
}
