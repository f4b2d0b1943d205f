package roster_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
)

var ctx = context.Background()

// order does what a body says, as a file holds it.
func order(o *apptest.Seat, id, body string) (person.Person, error) {
	o.World.T.Helper()
	parsed, err := roster.Parse([]byte(body))
	if err != nil {
		return person.Person{}, err
	}
	return o.Roster.Act(ctx, o.Clerk(), id, parsed)
}

// must does it and fails where it is refused.
func must(o *apptest.Seat, id, body string) person.Person {
	o.World.T.Helper()
	p, err := order(o, id, body)
	if err != nil {
		o.World.T.Fatalf("%s: %v", body, err)
	}
	return p
}

func alter(o *apptest.Seat, code, body string) (site.Site, error) {
	parsed, err := roster.ParseSite([]byte(body))
	if err != nil {
		return site.Site{}, err
	}
	return o.Roster.Alter(ctx, o.Clerk(), code, parsed)
}

func mustAlter(o *apptest.Seat, code, body string) site.Site {
	o.World.T.Helper()
	s, err := alter(o, code, body)
	if err != nil {
		o.World.T.Fatalf("%s: %v", body, err)
	}
	return s
}

func wrong(t *testing.T, body string, err error, field, why string) {
	t.Helper()
	var p problem.Problems
	if !errors.As(err, &p) {
		t.Errorf("%s: %v, want a problem of %s", body, err, field)
		return
	}
	if said, has := p.Bare()[field]; !has || !strings.Contains(said, why) || len(p) != 1 {
		t.Errorf("%s: %v, want %s: …%s…", body, p.Bare(), field, why)
	}
}

const wang = `{"do":"add","name":"王明","sex":"男","birth":"1975-03","post":"村党支部书记","phone":"13812345678","fields":["农业农村"],
	"mandates":[{"level":"县","congress":"第十四届","district":"第一选区","number":"023","since":"2021-06-01"}],"stations":["141102002003D1-A"]}`

// A county puts somebody on the roster, and does with him what may be done.
func TestLifeOfAPerson(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	p := must(county, "", wang)
	if m := p.Mandates[0]; m.Level != "county" || m.Congress != "十四届" || m.Place != apptest.County || !m.Owned || p.Birth != "1975-03" ||
		!p.Seated(apptest.Yuanjia) || p.Sex != "male" || !p.Confirmed {
		t.Fatalf("%+v", p)
	}
	if again, err := county.Roster.Find(ctx, "王 明"); err != nil || again.ID != p.ID {
		t.Errorf("by name: %v %v", again.ID, err)
	}
	p = must(county, p.ID, `{"do":"correct","party":"中共","phone":"13912345678"}`)
	p = must(county, p.ID, `{"do":"group","stations":["141102002000"],"part":"参加"}`)
	p = must(county, p.ID, `{"do":"mandate","level":"乡","congress":"9","place":"凤山街道"}`)
	p = must(county, p.ID, `{"do":"contact","phone":"8221321"}`)
	if p.Party != "中共" || p.Phone != "8221321" || len(p.Seats) != 2 || len(p.Mandates) != 2 || p.Mandates[1].Place != "141102002000" {
		t.Errorf("%+v", p)
	}
	p = must(county, p.ID, `{"do":"suspend","level":"县","reason":"custody"}`)
	p = must(county, p.ID, `{"do":"resume","level":"县"}`)
	p = must(county, p.ID, `{"do":"end","level":"乡","congress":"九届","reason":"辞职","day":"2026-11-01"}`)
	p = must(county, p.ID, `{"do":"ungroup","station":"141102002000Z1-G"}`)
	p = must(county, p.ID, `{"do":"leave","from":"2026-12-01","to":"2026-12-10","reason":"出差"}`)
	if len(p.Held()) != 1 || len(p.Seats) != 1 || !p.Away("2026-12-05") {
		t.Errorf("%+v", p)
	}
	county.Healthy()
}

// A county opens its units, and changes them.
func TestLifeOfAUnit(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	s := mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄联络点","phone":"8221321","equipment":["电脑","打印机"],"opened":"2021.3"}`)
	if s.Kind != "point" || s.Opened != "2021-03" || len(s.Equipment) != 2 {
		t.Errorf("%+v", s)
	}
	s = mustAlter(county, apptest.Yuanjia, `{"do":"rename","name":"袁家庄社区联络点"}`)
	s = mustAlter(county, apptest.Yuanjia, `{"do":"change","head":"单志远"}`)
	if s.Name != "袁家庄社区联络点" || s.Head != "单志远" {
		t.Errorf("%+v", s)
	}
	if d := mustAlter(county, "", `{"do":"open","kind":"部门","name":"住房和城乡建设局","short":"住建局"}`); d.Code != "141102-01" {
		t.Errorf("%+v", d)
	}
	if d := mustAlter(county, "", `{"do":"open","kind":"point","place":"141102002003","name":"二点"}`); d.Code[:14] != "141102002003D2" {
		t.Errorf("%+v", d)
	}
	_, err := alter(county, apptest.Yuanjia, `{"do":"open","name":"又一个"}`)
	wrong(t, "twice", err, "code", "已经是")
	county.Healthy()
}

// Several IDs of one person, joined one after the other, or by two who did not know of each other in a ring: he stands in the
// list once, and under each ID it is he.
func TestJoinedInAChainAndInARing(t *testing.T) {
	w := apptest.Begin(t)
	city := w.SetUp("city", apptest.City)
	var ids []string
	for _, level := range []string{"市", "省", "全国"} {
		ids = append(ids, must(city, "", `{"do":"add","name":"王明","mandates":[{"level":"`+level+`","congress":"十四届"}]}`).ID)
	}
	one := func(when string, want ...string) {
		t.Helper()
		people, n, err := city.Roster.People(ctx, roster.Filter{Query: "wm"})
		w.Must(err)
		var got []string
		for _, p := range people {
			got = append(got, fmt.Sprint(len(p.Held())))
		}
		if slices.Sort(got); !slices.Equal(got, want) || n != len(want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	one("parted", "1", "1", "1")
	must(city, ids[0], `{"do":"same","with":"`+ids[1]+`"}`)
	one("two of three", "1", "2")
	must(city, ids[1], `{"do":"same","with":"`+ids[2]+`"}`)
	one("a chain", "3")
	_, err := order(city, ids[2], `{"do":"same","with":"`+ids[0]+`"}`)
	wrong(t, "himself by another ID", err, "with", "他本人")
	w.Must(apptest.Err(city.Store.Write(ctx, store.Act{Kind: person.Name, Thing: ids[2], Do: person.Join, Body: person.Move{With: ids[0]},
		Unit: apptest.City, By: "乙", At: w.Now})))
	one("a ring", "3")
	for i := range 120 { // of many all are read at once
		must(city, "", fmt.Sprintf(`{"do":"add","name":"%s","mandates":[{"level":"市","congress":"四届"}]}`, "赵"+string(rune(0x4e00+i))))
	}
	all, n, err := city.Roster.People(ctx, roster.Filter{})
	w.Must(err)
	several := 0
	for i, p := range all {
		alone, err := city.Roster.Person(ctx, p.ID)
		if w.Must(err); p.Name != alone.Name || fmt.Sprint(p.Mandates, p.Seats) != fmt.Sprint(alone.Mandates, alone.Seats) {
			t.Errorf("%d: %+v, alone %+v", i, p, alone)
		}
		several += max(0, len(p.Held())-2)
	}
	if n != len(all) || n < 121 || several != 1 {
		t.Errorf("%d of %d, %d of several mandates", len(all), n, several)
	}
	for _, id := range ids {
		if p, err := city.Roster.Person(ctx, id); err != nil || len(p.Held()) != 3 {
			t.Errorf("%s: %v %v", id, p.Held(), err)
		}
	}
	must(city, ids[1], `{"do":"same","with":""}`)
	one("the ring is a chain again", "3")
	must(city, ids[0], `{"do":"same","with":""}`)
	one("parted", "1", "2")
	city.Healthy()
}

// What is wrong is said by its field, and nothing of it is written.
func TestWhatIsRefused(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	p := must(county, "", wang)
	must(county, "", `{"do":"add","name":"李慧敏"}`)
	must(county, "", `{"do":"add","name":"李慧敏"}`)
	entries := county.Entries()
	for _, c := range []struct{ id, body, field, why string }{
		{"", `{"do":"add"}`, "name", "请写姓名"},
		{"", `{"do":"add","name":"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"}`, "name", "最多 30"},
		{"", `{"do":"add","name":"甲乙","birth":"3月5日"}`, "birth", "请写年份"},
		{"", `{"do":"add","name":"甲乙","birth":"2030-01"}`, "birth", "今天以后"},
		{"", `{"do":"add","name":"甲乙","phone":"1381234567"}`, "phone", "11 位"},
		{"", `{"do":"add","name":"甲乙","sex":"公"}`, "sex", "男、女"},
		{"", `{"do":"add","name":"甲乙","tier":"省长"}`, "tier", "市委常委"},
		{"", `{"do":"add","name":"甲乙","roles":["队长"]}`, "roles", "站长"},
		{"", `{"do":"add","name":"甲乙","structures":["少数民族","其他"]}`, "structures", "归侨"},
		{"", `{"do":"add","name":7}`, "name", "带引号"},
		{"", `{"do":"add","name":"甲乙","open":"是"}`, "open", "true"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县"}]}`, "mandates", "请写届次"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县","congress":"本届"}]}`, "mandates", "十四届"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县","congress":"14","how":"任命"}]}`, "mandates", "换届选举"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县","congress":"14","offices":["主任"]}]}`, "mandates", "常委会主任"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县","congress":"14","since":"2021-13"}]}`, "mandates", "没有这个月"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县","congress":"14"},{"level":"县","congress":"15"}]}`, "mandates", "写了两届"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"乡","congress":"9","place":"哪里镇"}]}`, "mandates", "没有认出"},
		{"", `{"do":"add","name":"甲乙","mandates":[{"level":"县","congress":"14","place":"文水县"},{"level":"乡","congress":"9","place":"凤山街道"}]}`, "mandates", "第四十八条"},
		{"", `{"do":"add","name":"甲乙","stations":["某站"]}`, "stations", "没有“某站”"},
		{"", `{"do":"add","name":"甲乙","birth":"58年13月"}`, "birth", "没有这个月"},
		{"", `{"do":"add","name":"甲乙","stations":["141102002003D1-B"]}`, "stations", "没有"},
		{p.ID, `{"do":"add","name":"甲乙"}`, "do", "不用写编号"},
		{"", `{"do":"correct","name":"甲乙"}`, "person", "哪一位"},
		{p.ID, `{"do":"correct"}`, "", "没有改动"},
		{p.ID, `{"do":"correct","name":" "}`, "name", "请写姓名"},
		{p.ID, `{"do":"post","phone":"8221321"}`, "phone", "更正"},
		{p.ID, `{"do":"mandate"}`, "level", "请写级别"},
		{p.ID, `{"do":"mandate","level":"县","congress":"十五届"}`, "congress", "十四届县人大代表"},
		{p.ID, `{"do":"mandate","level":"县","congress":"十三届","number":"023","state":"已终止"}`, "number", "十四届"},
		{p.ID, `{"do":"mandate","level":"乡","congress":"九届","place":"文水县南安镇"}`, "place", ""},
		{p.ID, `{"do":"mandate","level":"乡","congress":"九届","place":"141121103"}`, "place", "第四十八条"},
		{p.ID, `{"do":"suspend","level":"县"}`, "reason", "羁押"},
		{p.ID, `{"do":"suspend","level":"县","reason":"忙"}`, "reason", "羁押"},
		{p.ID, `{"do":"resume","level":"县"}`, "do", "没有暂停"},
		{p.ID, `{"do":"end","level":"市","reason":"辞职"}`, "congress", "十四届县人大代表"},
		{p.ID, `{"do":"end","reason":"辞职","day":"2020-01-01"}`, "day", "2021-06-01"},
		{p.ID, `{"do":"end"}`, "reason", "迁出"},
		{p.ID, `{"do":"leave","from":"2026-12-10","to":"2026-12-01"}`, "to", "还早"},
		{p.ID, `{"do":"leave","from":"明天"}`, "from", "读不出来"},
		{p.ID, `{"do":"group"}`, "stations", "编入哪个站点"},
		{p.ID, `{"do":"group","station":"141121103000Z1-A"}`, "stations", "不归本单位管"},
		{p.ID, `{"do":"group","station":"141102002000","part":"旁听"}`, "part", "主要"},
		{p.ID, `{"do":"ungroup","station":"141102002000"}`, "stations", "没有编入"},
		{p.ID, `{"do":"ungroup"}`, "stations", "调出哪个"},
		{p.ID, `{"do":"same","with":"王明"}`, "with", "他本人"},
		{p.ID, `{"do":"same","with":"赵无"}`, "with", "没有“赵无”"},
		{p.ID, `{"do":"same","with":"李慧敏"}`, "with", "叫这个名字的有"},
		{p.ID, `{"do":"same"}`, "with", "哪一位"},
		{p.ID, `{"do":"photo"}`, "photo", "没有照片"},
		{p.ID, `{"do":"photo","photo":"AAAA"}`, "photo", "JPG"},
		{p.ID, `{"do":"void"}`, "note", "原因"},
		{"", `{"do":"end","level":"市","congress":"五届"}`, "level", "市级人大"},
		{"", `{"do":"end","level":"县","congress":"十四届","day":"2020-01-01"}`, "day", "王明"},
		{"", `{"do":"end","level":"县","congress":"十四届","reason":"没了"}`, "reason", "换届"},
		{"", `{"do":"add","name":"甲\ud800"}`, "name", "半个字"},
		{"", `{"do":`, "", "JSON"},
	} {
		_, err := order(county, c.id, c.body)
		wrong(t, c.body, err, c.field, c.why)
	}
	if n := county.Entries(); n != entries {
		t.Errorf("%d entries, %d before", n, entries)
	}
	county.Healthy()
}

// Who was entered by mistake comes back by being corrected; an office beside the city's has a code and a letterhead of its own.
func TestBackAgainAndOffices(t *testing.T) {
	w := apptest.Begin(t)
	city := w.SetUp("city", apptest.City)
	p := must(city, "", `{"do":"add","name":"王明"}`)
	must(city, p.ID, `{"do":"void","note":"登记错了"}`)
	_, err := order(city, p.ID, `{"do":"post","post":"书记"}`)
	wrong(t, "what is void", err, "do", "作废")
	if p = must(city, p.ID, `{"do":"correct","post":"书记"}`); p.State != person.Here || p.Post != "书记" {
		t.Errorf("%+v", p)
	}
	s := mustAlter(city, "", `{"do":"open","kind":"机关","name":"市委督查室","letterhead":"中共吕梁市委督查室"}`)
	if s.Code != "141100-01" || s.Kind != "office" || s.Letterhead == "" {
		t.Errorf("%+v", s)
	}
	if own := mustAlter(city, apptest.City, `{"do":"open","name":"吕梁市人大常委会","letterhead":"吕梁市人民代表大会常务委员会"}`); own.Kind != "office" {
		t.Errorf("%+v", own)
	}
	_, err = alter(city, "", `{"do":"open","kind":"站","name":"某站"}`)
	wrong(t, "no kind", err, "kind", "联络站")
	_, err = alter(city, "", `{"do":"open","name":"某站","place":"月球"}`)
	wrong(t, "no place", err, "place", "没有认出")
	_, err = alter(city, "141102-01", `{"do":"open","name":"区住建局"}`)
	wrong(t, "another's department", err, "code", "不是本单位的部门")
	city.Healthy()
}

// A station that is named by a part of its name is asked about and never taken, those of the own county first.
func TestStationBySomeOfItsName(t *testing.T) {
	w := apptest.Begin(t)
	city := w.SetUp("city", apptest.City)
	for _, at := range []struct{ code, name string }{
		{apptest.Yuanjia, "袁家庄社区代表联络点"}, {"141102001005D1", "东关社区代表联络点"}, {"141121103001D1", "东关村代表联络点"}} {
		mustAlter(city, at.code, fmt.Sprintf(`{"do":"open","name":%q}`, at.name))
	}
	county := w.SetUp("county", apptest.County)
	mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄社区代表联络点"}`)
	for _, c := range []struct {
		o           *apptest.Seat
		typed, says string
	}{
		{county, "袁家庄", "是不是 袁家庄社区代表联络点（141102002003D1-A）？"}, {county, "袁家庄村联络站", "是不是 袁家庄社区代表联络点"},
		{city, "东关", "是不是 东关社区代表联络点"}, {city, "东关", "、东关村代表联络点"}, {county, "西关", "请写站点的代码或名册里的名称"},
		{county, "站", "请写站点的代码或名册里的名称"},
	} {
		_, err := order(c.o, "", fmt.Sprintf(`{"do":"add","name":"甲乙","stations":[%q]}`, c.typed))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", c.typed, err, c.says)
		}
		if _, err = c.o.Roster.Station(ctx, c.typed); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("a list of %s: %v, want %s", c.typed, err, c.says)
		}
	}
}
