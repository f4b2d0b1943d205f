package paper

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
	"lianluo.local/data/unit"
)

const (
	point    = "141102002003D1-A"
	matterID = "019ab0c0-0000-7000-8000-000000000001"
)

// evening is when the matter of these tests was raised: late in Beijing, the day before further west.
var evening = time.Date(2026, 11, 22, 16, 42, 0, 0, time.UTC)

// matterOf folds the acts that follow a registration, each days after the one before.
func matterOf(t *testing.T, acts ...journal.Entry) matter.Matter {
	t.Helper()
	first := journal.Entry{Unit: point, Do: "receive",
		Body: body(t, matter.Report{Number: numbers.Make(point, 2026, 'A', 42), Register: "reception",
			Channel: "walk-in", Occurred: evening, Station: point, Category: "0203", Title: "七巷雨水倒灌", Urgency: "normal",
			OnSpot: "register", Due: "2026-12-14"})}
	var rs []journal.Record
	for i, e := range append([]journal.Entry{first}, acts...) {
		e.ID, e.Thing, e.Kind, e.Schema = journal.ID{Replica: journal.Replica{1}, Incarnation: 1, Seq: uint64(i + 1)},
			matterID, matter.Name, matter.Schema
		e.Level, e.By, e.Depth, e.At = unit.LevelOf(e.Unit), "赵晖", i+1, evening.Add(time.Duration(i)*time.Hour)
		if i > 0 {
			e.Seen = []journal.ID{rs[i-1].ID}
		}
		r, err := journal.Seal(e, nil, [16]byte{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		rs = append(rs, r)
	}
	m, refused := matter.Fold(rs)
	if refused != nil {
		t.Fatal(refused)
	}
	return m
}

func body(t *testing.T, v any) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// receiptOn is what the citizen reads on a receipt that the office prints at a time.
func receiptOn(t *testing.T, m matter.Matter, o form.Issuer) string {
	t.Helper()
	k, _ := ByCode("receipt")
	d, err := k.Make(Things{Matters: []matter.Matter{m}}, o, Wish{})
	if err != nil {
		t.Fatal(err)
	}
	ps := papertest.Print(t, d, "")
	return papertest.All(ps)
}

var met = form.Issuer{Settings: settings.Settings{Unit: point, Name: "袁家庄联络点", Phone: "0358-8221321", Hours: "每周三",
	Clerk: "赵晖", Paper: "a5"},
	Profile: profile.Default()}

// Of two papers with one number everybody sees which holds.
func TestPrintedAgain(t *testing.T) {
	correct := journal.Entry{Unit: point, Do: "correct",
		Body: body(t, map[string]any{"title": "七巷排水不畅", "place": "七巷"})}
	title := journal.Entry{Unit: point, Do: "correct", Body: body(t, map[string]any{"title": "七巷排水"})}
	sort := journal.Entry{Unit: point, Do: "collate", Body: body(t, matter.Move{Mode: "department"})}
	up := journal.Entry{Unit: point, Do: "escalate", Body: body(t, matter.Move{Note: "本站办不了"})}
	long := journal.Entry{Unit: "141102000000", Do: "assign",
		Body: body(t, matter.Move{Mode: "department", To: []string{"甲局"}, Term: "2027-03-30"})}
	for name, x := range map[string]struct {
		acts  []journal.Entry
		hours int
		has   string // "" for a receipt that is as it was given
	}{
		"at the table":       {nil, 0, ""},
		"the same evening":   {nil, 7, ""}, // the next day by UTC
		"the day after":      {nil, 24, "补打2026年11月24日"},
		"a title put right":  {[]journal.Entry{correct}, 2, "补打2026年11月23日"},
		"what was put right": {[]journal.Entry{correct, title}, 3, "变更说明更正了标题、地点。以本回执为准。"},
		"how it goes on":     {[]journal.Entry{sort}, 2, "变更说明办理方式已定。以本回执为准。"},
		"a promise that was moved": {[]journal.Entry{sort, up, long}, 24 * 28,
			"变更说明答复日期由2026年12月14日改为2027年3月30日；办理方式已定。以本回执为准。"},
		"and when": {[]journal.Entry{sort, up, long}, 24 * 28, "补打2026年12月21日"},
	} {
		o := met
		o.Today = evening.Add(time.Duration(x.hours) * time.Hour)
		for _, paper := range []string{"a5", "a4", "80mm"} {
			o.Paper = paper
			text := receiptOn(t, matterOf(t, x.acts...), o)
			want := x.has
			if paper == "80mm" {
				want = strings.Replace(want, "变更说明", "变更", 1)
			}
			if !strings.Contains(text, want) || (x.has == "") == strings.Contains(text, "补打") {
				t.Errorf("%s on %s: not %q in %s", name, paper, want, text)
			}
		}
	}
	secret := matterOf(t, correct)
	secret.Confidential = true
	o := met
	o.Today = evening
	if text := receiptOn(t, secret, o); !strings.Contains(text, "变更说明内容有更正。") || strings.Contains(text, "标题") {
		t.Errorf("in secret: %s", text)
	}
}

// Where nobody handles a matter any more the receipt promises nothing, and says so.
func TestNothingPromisedOfWhatIsOver(t *testing.T) {
	back := journal.Entry{Unit: point, Do: "withdraw", Body: body(t, matter.Move{Note: "不反映了"})}
	door := journal.Entry{Unit: point, Do: "collate", Body: body(t, matter.Move{Reason: "court", Door: "法院立案庭"})}
	anew := journal.Entry{Unit: point, Do: "reopen", Body: body(t, matter.Move{Note: "又来了", Due: "2026-12-14"})}
	for name, x := range map[string]struct {
		acts []journal.Entry
		has  string
	}{
		"taken back":         {[]journal.Entry{back}, "已撤回"},
		"shown another door": {[]journal.Entry{door}, "不属受理范围"},
		"taken up anew":      {[]journal.Entry{back, anew}, ""},
	} {
		for _, secret := range []bool{false, true} {
			for _, paper := range []string{"a5", "a4", "80mm"} {
				o, m := met, matterOf(t, x.acts...)
				o.Today, o.Paper, m.Confidential = evening.Add(3*time.Hour), paper, secret
				text := receiptOn(t, m, o)
				promised := strings.Contains(text, "承诺") && strings.Contains(text, "2026年12月14日前")
				if promised != (x.has == "") || !strings.Contains(text, x.has) || x.has != "" &&
					strings.Contains(text, "当场答复") {
					t.Errorf("%s on %s, secret %v: %s", name, paper, secret, text)
				}
			}
		}
	}
}

// A day that came without a time of day has none on paper.
func TestADayWithoutATime(t *testing.T) {
	m := matterOf(t)
	m.Occurred = time.Date(2026, 11, 20, 0, 0, 0, 0, beijing)
	if text := receiptOn(t, m, met); strings.Contains(text, "0时") || !strings.Contains(text, "来访时间2026年11月20日") {
		t.Error(text)
	}
}

// Whoever prints, the citizen reads where he sat and whom he may ask there.
func TestAnotherOfficeNamesTheTable(t *testing.T) {
	county := form.Issuer{Settings: settings.Settings{Unit: "141102000000", Name: "离石区人大常委会", Phone: "0358-8228888",
		Hours: "全天", Clerk: "任晓", Paper: "a5"},
		Profile: profile.Default(), Today: evening}
	m := matterOf(t)
	answered, guided := m, m
	answered.Answer, answered.AnsweredOn, answered.State, answered.Class = "已疏通。", "2026-12-01", matter.Replied, 1
	guided.OnSpot, guided.State, guided.Reason = "out-of-scope", matter.Guided, "court"
	city := form.Issuer{Settings: settings.Settings{Unit: "141100000000", Name: "吕梁市人大常委会",
		Organisation: "吕梁市人大代表联络站", Paper: "a5"},
		Profile: profile.Default(), Today: evening}
	if text := receiptOn(t, m, city); !strings.Contains(text, "离石区人大代表联络站") || strings.Contains(text, "吕梁市人大") {
		t.Errorf("the city's name stands over a station's receipt: %s", text)
	}
	for code, m := range map[string]matter.Matter{"receipt": m, "answer-card": answered, "guide": guided} {
		k, _ := ByCode(code)
		d, err := k.Make(Things{Matters: []matter.Matter{m}}, county, Wish{})
		if err != nil {
			t.Fatal(err)
		}
		ps := papertest.Print(t, d, "")
		text := papertest.All(ps)
		if !strings.Contains(text, "凤山街道袁家庄社区代表联络点") {
			t.Errorf("%s does not name the station: %s", code, text)
		}
		if code == "receipt" && !strings.Contains(text, "补打") { // the table gave him one already
			t.Errorf("a receipt of another office passes for the first: %s", text)
		}
		for _, wrong := range []string{county.Name, county.Phone, county.Hours, county.Clerk} {
			if strings.Contains(text, wrong) {
				t.Errorf("%s of a station says %q", code, wrong)
			}
		}
	}
}
