package demo

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/roster"
	"lianluo.local/assets/names"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// deputy is somebody of a station: what he is, and the congresses of which he is a deputy, the highest first.
type deputy struct {
	name, sex, post, employer string
	levels                    []string
	fields                    []string
	pictured                  bool
}

// first are the deputies of the first station, those whom the cases name before the others. One is secretary of his
// village and deputy of county, city and province at once; one is a leader of the city.
var first = []deputy{
	{"李慧敏", "女", "院长", "离石区人民医院", []string{"city"}, []string{"医疗卫生", "城乡建设"}, true},
	{"王建国", "男", "党总支书记", "袁家庄社区", []string{"county"}, []string{"基层治理", "社会保障"}, true},
	{"宋玉峰", "男", "党支部书记", "凤山街道王家坡村", []string{"province", "city", "county"}, []string{"农业农村", "水利水务"}, true},
	{"任丽萍", "女", "站长", "凤山街道文化站", []string{"county"}, []string{"文化旅游"}, false},
	{"郭建平", "男", "市委常委、统战部部长", "", []string{"city"}, []string{"财政经济"}, false},
	{"马俊杰", "男", "种植户", "", []string{"county"}, []string{"农业农村"}, false},
}

// jobs are what the deputies of the other stations do; their names are made of what names hold.
var jobs = []deputy{
	{"", "", "村党支部书记", "", []string{"city", "county"}, []string{"农业农村"}, true},
	{"", "", "村委会主任", "", []string{"county"}, []string{"基层治理"}, false},
	{"", "", "教师", "中心小学", []string{"county"}, []string{"教育"}, true},
	{"", "", "医生", "卫生院", []string{"county"}, []string{"医疗卫生"}, false},
	{"", "", "总经理", "农产品公司", []string{"province"}, []string{"财政经济", "农业农村"}, false},
	{"", "", "网格员", "社区居委会", []string{"county"}, []string{"社会保障"}, false},
}

// congresses are the ones that sit now, by level.
var congresses = map[string]string{"province": "十四届", "city": "五届", "county": "六届", "township": "十届"}

// member is a deputy of a station as matters name him, and who that is on the roster.
type member struct{ printed, id string }

// invented is the n-th name of nobody: a family name with another's given one.
func invented(n int) string {
	all := slices.DeleteFunc(names.All(), func(name string) bool { return spelling.Given(name) == "" }) // of one or of more than two characters
	family, given := all[n%len(all)], all[(n*7+n/len(all)+11)%len(all)]
	return spelling.Family(family) + spelling.Given(given)
}

// crew are the deputies of the i-th station.
func crew(i int) []deputy {
	if i == 0 {
		return first
	}
	ds := append([]deputy{}, jobs...)
	for n := range ds {
		ds[n].name, ds[n].sex = invented(i*len(jobs)+n), []string{"男", "女"}[(i+n)%2]
	}
	return ds
}

// found writes down the places and people: the county its stations, a base, its departments and the deputies of its
// congress and below; the city its office and departments and the deputies of higher ones.
func (p *play) found(city, county *app.App, stations []*app.App) error {
	if err := p.opened(city, county, stations); err != nil {
		return err
	}
	p.members = map[string][]member{}
	ids := map[string]string{}
	for _, turn := range []struct {
		by     *app.App
		levels string
		to     []*app.App // who hears of it now
	}{
		{city, "province city", []*app.App{city, county}},
		{county, "county township", append([]*app.App{county}, stations...)},
	} {
		for i, a := range stations {
			for n, d := range crew(i) {
				if err := p.enter(turn.by, a.Settings.Unit, d, turn.levels, ids, i*10+n); err != nil {
					return fmt.Errorf("demo: %s: %w", d.name, err)
				}
			}
		}
		if err := p.carry(turn.to...); err != nil {
			return err
		}
	}
	for i, a := range stations {
		for _, d := range crew(i) {
			printed := d.name + "（" + strings.NewReplacer("县", "区").Replace(words.Levels.Name(d.levels[0])) + "人大代表）"
			p.members[a.Settings.Unit] = append(p.members[a.Settings.Unit], member{printed, ids[d.name]})
		}
	}
	return nil
}

// enter has an office add a deputy with the mandates of its levels, or say of one who is there that he has them, too.
func (p *play) enter(by *app.App, station string, d deputy, levels string, ids map[string]string, n int) error {
	var ms []person.Mandate
	for _, level := range d.levels {
		if strings.Contains(levels, level) {
			m := person.Mandate{Level: level, Congress: congresses[level], Since: "2021-10-01", How: "general"}
			switch level {
			case "county":
				m.District = "第" + string([]rune("一二三四五六七八九十")[n%10]) + "选区"
			case "city":
				m.District = "离石区人民代表大会"
			case "province":
				m.Delegation = "吕梁代表团"
			}
			ms = append(ms, m)
		}
	}
	if ms == nil {
		return nil
	}
	o := roster.Order{Do: person.Named, Mandates: ms}
	if ids[d.name] == "" {
		o = roster.Order{Do: person.Add, Mandates: ms, Stations: []string{station}, Set: field.Values{"name": d.name, "sex": d.sex,
			"post": d.post, "employer": d.employer, "fields": d.fields, "nationality": "汉族", "shown": d.pictured,
			"birth": fmt.Sprintf("%d-%02d", 1961+n%30, 1+n%12), "phone": fmt.Sprintf("139358%05d", 20000+n*37)}}
	}
	who, err := by.Roster.Act(p.ctx, by.Clerk(), ids[d.name], o)
	if err != nil {
		return err
	}
	if ids[d.name] == "" && d.pictured {
		_, err = by.Roster.Act(p.ctx, by.Clerk(), who.ID, roster.Order{Do: person.Picture, Photo: portrait(n)})
	}
	ids[d.name] = who.ID
	return err
}

// opened writes down the units.
func (p *play) opened(city, county *app.App, stations []*app.App) error {
	open := func(a *app.App, code string, o roster.SiteOrder) error {
		o.Do = site.Begin
		if _, err := a.Roster.Alter(p.ctx, a.Clerk(), code, o); err != nil {
			return fmt.Errorf("demo: open %s %v: %w", code, o.Set["name"], err)
		}
		return nil
	}
	for i, a := range stations {
		s := a.Settings
		at, _ := places.ByCode(s.Unit[:12])
		if err := open(county, s.Unit, roster.SiteOrder{Opened: fmt.Sprintf("2021-0%d-20", 3+i%6), Set: field.Values{
			"name": s.Name, "short": places.Of(s.Unit).Site, "phone": s.Phone, "opening": "工作日 8:30–11:30、15:00–17:30",
			"address": at.Name + "党群服务中心一层", "area": fmt.Sprint(40 + i*7%50), "network": "电信宽带 100M",
			"equipment": []string{"电脑 1 台", "打印机 1 台", "高拍仪 1 台"}, "head": crew(i)[1].name, "liaisons": []string{s.Clerk}}}); err != nil {
			return err
		}
	}
	if err := open(county, "", roster.SiteOrder{Kind: "base", Place: "141102002", Opened: "2022-05-10", Set: field.Values{
		"name": "离石区农业产业代表联络基地", "field": "农业农村", "phone": "0358-8221011", "address": "凤山街道农产品批发市场二层"}}); err != nil {
		return err
	}
	if err := open(city, "", roster.SiteOrder{Kind: "office", Set: field.Values{"name": "市委督查室", "phone": "0358-8228010",
		"letterhead": "中共吕梁市委督查室"}}); err != nil {
		return err
	}
	have := map[string]bool{}
	for _, c := range append(cases[:len(cases):len(cases)], cases[0]) {
		h := handled[c.Category]
		for n, name := range append(h.to[:len(h.to):len(h.to)], h.city, "凤山街道办事处") {
			if name == "" || have[name] {
				continue
			}
			have[name] = true
			by := county
			if n == len(h.to) {
				by = city
			}
			if err := open(by, "", roster.SiteOrder{Kind: "department", Set: field.Values{"name": name,
				"phone": fmt.Sprintf("0358-82%05d", 31000+len(have)*17), "contact": invented(400 + len(have))}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// called are the deputies of a case as a station has them: those at the places of the first station's.
func (p *play) called(station string, names []string) (all []string, who map[string]string) {
	who = map[string]string{}
	for _, name := range names {
		for n, d := range first {
			if strings.HasPrefix(name, d.name) {
				m := p.members[station][n]
				all, who[m.printed] = append(all, m.printed), m.id
			}
		}
	}
	return all, who
}

// portrait is a photo of nobody.
func portrait(n int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 300, 400))
	ground, coat := color.RGBA{0x9F, uint8(0xB4 + n*5%40), 0xC8, 255}, color.RGBA{0x3B, uint8(0x3F + n*11%60), 0x58, 255}
	for y := range 400 {
		for x := range 300 {
			dx, dy, c := x-150, y-165, ground
			switch {
			case dx*dx*5/4+dy*dy < 6400:
				c = color.RGBA{0xE2, 0xBF, 0xA4, 255}
			case dx*dx+(dy+22)*(dy+22) < 7600 && dy < 0:
				c = color.RGBA{0x2A, 0x26, 0x24, 255}
			case y > 255 && dx*dx < (y-225)*(y-225)*cmp.Or(n%2, 1)+3600:
				c = coat
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, nil) // a buffer takes everything
	return b.Bytes()
}
