package slip

import (
	"bytes"
	"errors"
	"image"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
)

// print draws a paper and reads it again.
func print(t *testing.T, draw func(matter.Matter, form.Issuer) (typeset.Document, error), m matter.Matter,
	o form.Issuer) []papertest.Piece {
	t.Helper()
	d, err := draw(m, o)
	if err != nil {
		t.Fatal(err)
	}
	return papertest.Print(t, d, "")
}

// contains fails for every want that a paper does not show.
func contains(t *testing.T, paper, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, papertest.Squeeze(want)) {
			t.Errorf("%s: %q is missing in\n%s", paper, want, text)
		}
	}
}

func TestEveryField(t *testing.T) {
	m := road()
	wants := map[string][]string{
		"registration": {"接待选民登记表", "LS-000137", "王𠅤亮", "13812345521", "离石区圐圙塔村3组垯墕沟27号", "7人", "0203", road().Place,
			road().Title,
			road().Words, "李慧敏（市人大代表）、赵𰻞堎（区人大代表）", road().OnSpotAnswer, road().Proposal, "凤山街道办事处、水利局", "2026年3月20日",
			"2026年3月21日",
			"催办 2 次，督办 1 次，最近要求 2026年5月8日前答复", road().Answer, "离石区交通运输局", "2026年4月15日", "塌陷路段修复通车（2026年6月30日前完成）",
			"2026年4月16日", "✓2电话", "✓1当面", "✓1来访", "✓1接待群众", "✓1求助", "✓02城乡建设", "✓2紧急", "✓1男", "✓560至79岁", "✓1登记办理",
			"✓3部门联动",
			"✓3正在解决（B）", "反映人", "记录人", "第1页共1页", "凤山街道袁家庄社区代表联络点"},
		"card": {"意见建议处理反馈卡", "离石区人大代表联络站", "凤山街道袁家庄社区代表联络点", "王**", road().Title, "部门联动", "正在解决或者列入规划逐步解决", "本件：正在解决",
			road().Answer, "塌陷路段修复通车（2026年6月30日前完成", "离石区交通运输局", "2026年4月17日", "2026年4月15日", "0358-8221234", "每周三8:30",
			"沿虚线撕开", "办理态度满意基本满意不满意", "办理结果满意基本满意不满意", "得分", "意见", "群众签名", "手印", "回收日期"},
		"guide": {"不予受理（引导）告知单", "王**", "138****5521", guided().Title, "涉法涉诉、仲裁、行政复议", guided().Door, "不直接处理问题",
			"不干预具体执法司法案件",
			"渠凤英", "沿虚线撕开", "告知单存根", "王𠅤亮", "13812345521", guided().Address, "手印"},
		"assignment": {"转办（交办）单", "交〔2026〕02-002003-26-A0042-7号", "离石区人大常委会代表工作委员会", "交通运输局", "凤山街道办事处、水利局",
			"2026年3月20日",
			"凤山街道袁家庄社区代表联络点", "王**", m.Title, m.Place, "我叫王**，电话138****5521。我们村", m.Proposal, "2026年4月17日",
			"收到后5个工作日内", "领导批示",
			"郝䶮飞", "0358-8228888", "签收人", "1已解决（A）", "8留作参考（D）", "9群众撤回", "签发人", "盖章"},
		"urging": {"催办通知单", "催〔2026〕02-002003-26-A0042-7-2号", "交通运输局、凤山街道办事处、水利局", "交〔2026〕02-002003-26-A0042-7号",
			"2026年3月20日", "2026年4月17日",
			"已超期12天", "第2次", "2026年5月8日前", m.Title, "抄送凤山街道袁家庄社区代表联络点", "催办回执", "沿虚线撕开"},
		"supervision": {"督办通知单", "督〔2026〕02-002003-26-A0042-7-1号", "已超期12天", "第1次", "2026年5月8日前",
			"抄送凤山街道袁家庄社区代表联络点、吕梁市人大常委会", "督办回执"},
	}
	for _, k := range kinds {
		text := papertest.All(print(t, k.draw, k.m(), k.o()))
		contains(t, k.name, text, append(wants[k.name], k.m().Number, "2026年3月18日9时42分")...)
	}
	text := papertest.All(print(t, Registration, road(), point()))
	if n := strings.Count(text, "✓"); n != 12 {
		t.Errorf("%d boxes are ticked", n)
	}
	if n := strings.Count(papertest.All(print(t, AnswerCard, road(), point())), road().Number); n != 3 {
		t.Errorf("the card has its number %d times: on both parts and the tear line it should stand", n)
	}
}

// Nothing of a citizen goes out of the station's hands.
func TestWhatLeavesTheStation(t *testing.T) {
	for _, k := range kinds[1:] {
		text := papertest.All(print(t, k.draw, k.m(), k.o()))
		given, _, _ := strings.Cut(text, "沿虚线撕开")
		for _, hidden := range []string{k.m().Name, k.m().Phone, k.m().Address} {
			if strings.Contains(given, papertest.Squeeze(hidden)) {
				t.Errorf("%s shows %q", k.name, hidden)
			}
		}
	}
}

func TestConfidential(t *testing.T) {
	for _, k := range kinds {
		m := k.m()
		m.Confidential = true
		text := papertest.All(print(t, k.draw, m, k.o()))
		contains(t, k.name, text, m.Number, "2026年3月18日9时42分", "保密件")
		for _, hidden := range []string{m.Title, "王", "5521", m.Address, m.Place, "去年秋雨", "一审", "先由交通局勘查", m.Proposal,
			"水毁修复", m.Promise, "正在解决或者",
			"李慧敏", "诉讼", "涉法", "✓", "城乡建设·"} {
			if hidden = papertest.Squeeze(hidden); hidden != "" && strings.Contains(text, hidden) {
				t.Errorf("%s of a confidential matter shows %q", k.name, hidden)
			}
		}
	}
}

func TestAnonymous(t *testing.T) {
	for _, k := range kinds {
		m := k.m()
		m.Anonymous = true
		text := papertest.All(print(t, k.draw, m, k.o()))
		m.Words = ""
		if strings.Contains(papertest.All(print(t, k.draw, m, k.o())), m.Name) {
			t.Errorf("%s names an anonymous visitor", k.name)
		}
		if k.name != "urging" && k.name != "supervision" {
			contains(t, k.name, text, "匿名")
		}
	}
}

// papers are all kinds as they come: plain, full, sealed, for practice.
var papers = sync.OnceValue(func() map[string]typeset.Document {
	all := map[string]typeset.Document{}
	for _, k := range kinds {
		sealed, practice := k.m(), k.o()
		sealed.Confidential, practice.Practice = true, true
		emergency := k.m()
		emergency.Reason = "emergency"
		long := k.o()
		long.Organisation, long.Name = "吕梁市离石区凤山街道人民代表大会工作委员会", strings.Repeat("凤山街道袁家庄社区人大代表联络点", 4)
		long.Hours, long.Clerk = "每月第一、第三个星期三晚 19:30—21:30，节假日顺延，来前请先打电话", strings.Repeat("渠凤英", 10)
		for name, x := range map[string]struct {
			m matter.Matter
			o form.Issuer
		}{"": {k.m(), k.o()}, " full": {crowd(emergency), long}, " sealed": {sealed, k.o()},
			" practice": {k.m(), practice}} {
			d, err := k.draw(x.m, x.o)
			if err != nil {
				panic(k.name + name + ": " + err.Error())
			}
			all[k.name+name] = d
		}
	}
	return all
})

func TestOnPaper(t *testing.T) {
	for name, d := range papers() {
		pdf, err := d.PDF()
		if err != nil {
			t.Fatal(err)
		}
		ps, err := papertest.Read(pdf)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		kind, _, _ := strings.Cut(name, " ")
		if kind != "registration" && len(d.Pages) != 1 {
			t.Errorf("%s has %d pages", name, len(d.Pages))
		}
		for _, o := range papertest.Overlaps(ps) {
			t.Errorf("%s: %s", name, o)
		}
		marked, torn := 0, -1
		for i, p := range ps {
			if p.Text == "练习" { // lies across the page
				marked++
				continue
			}
			if strings.Contains(p.Text, "沿虚线撕开") {
				torn = i
			}
			if !p.Within(210, 297, 7) {
				t.Errorf("%s: %q lies in the margin or outside", name, p.Text)
			}
			if p.Size < 6 {
				t.Errorf("%s: %q is %.1f points small", name, p.Text, p.Size)
			}
			if kind != "registration" && p.Size < form.Official-.01 {
				t.Errorf("%s: an office is given %q in %.1f points", name, p.Text, p.Size)
			}
			if (kind == "card" || kind == "guide") && p.Size < form.Given-.01 {
				t.Errorf("%s: a citizen is given %q in %.1f points", name, p.Text, p.Size)
			}
		}
		if strings.HasSuffix(name, " practice") != (marked > 0) {
			t.Errorf("%s is marked as practice %d times", name, marked)
		}
		for i, p := range ps {
			if torn >= 0 && p.Text != "练习" && i != torn && (i < torn) != (p.Y > ps[torn].Y) {
				t.Errorf("%s: %q stands on the wrong side of the tear line", name, p.Text)
			}
		}
	}
}

// A registration is for ever: whatever was said stands in it, on as many pages as it takes.
func TestNothingIsLost(t *testing.T) {
	m := crowd(road())
	d, err := Registration(m, point())
	if err != nil {
		t.Fatal(err)
	}
	text := papertest.All(print(t, Registration, m, point()))
	var body strings.Builder // without heads and feet of the pages, which stand between the lines
	for _, p := range print(t, Registration, m, point()) {
		if p.Y < (297-36)*72/25.4 && p.Y > 14*72/25.4 && p.Text != "续前页" {
			body.WriteString(p.Text)
		}
	}
	contains(t, "registration", papertest.Squeeze(body.String()), m.Name, m.Address, m.Place, m.Title, m.Words,
		m.OnSpotAnswer, m.Proposal, m.Answer, m.Promise,
		m.AnsweredBy, strings.Join(m.Units[1:], "、"), strings.Join(m.Deputies, "、"))
	if len(d.Pages) < 3 || strings.Count(text, m.Number) != len(d.Pages) {
		t.Errorf("%d pages, the number on %d", len(d.Pages), strings.Count(text, m.Number))
	}
	for _, cut := range []string{"全文", "…"} {
		if strings.Contains(text, cut) {
			t.Errorf("something ends in %q", cut)
		}
	}
	for register, title := range titles {
		m := road()
		m.Register = register
		contains(t, register, papertest.All(print(t, Registration, m, point())), title)
	}
}

func TestLongAnswerSaysWhereTheRestIs(t *testing.T) {
	text := papertest.All(print(t, AnswerCard, crowd(road()), point()))
	contains(t, "card", text, "（全文到站查看）", "已于4月10日完成现场勘查")
}

// Counties print letters of their own, and mean other things by them.
func TestLettersOfTheCounty(t *testing.T) {
	o := point()
	o.Profile.Letters[2], o.Profile.Meanings = "乙", [][2]string{{"乙", "正在办，已有眉目"}}
	contains(t, "card", papertest.All(print(t, AnswerCard, road(), o)), "办理结果乙正在办，已有眉目")
	spot := road()
	spot.State, spot.OnSpot, spot.Handling = matter.Answered, "answered", matter.Handling{}
	contains(t, "card", papertest.All(print(t, AnswerCard, spot, o)), "当场答复", spot.OnSpotAnswer, "答复单位李慧敏（市人大代表）")
}

// Where the day on the citizen's receipt was moved, the card says which day stood there, and the file when, why, and
// whether he knows.
func TestMovedPromise(t *testing.T) {
	m := road()
	m.Moves = []matter.Moved{{From: "2026-04-08", To: "2026-04-10", On: "2026-03-19", Why: "更正了反映时间",
		Told: "2026-03-20"},
		{From: "2026-04-10", To: m.Due, On: "2026-04-01", Why: "延期"}}
	contains(t, "card", papertest.All(print(t, AnswerCard, m, point())), "承诺答复2026年4月17日（原定2026年4月8日）")
	contains(t, "registration", papertest.All(print(t, Registration, m, point())),
		"2026年4月8日改到2026年4月10日（更正了反映时间，2026年3月20日告诉群众）；"+
			"2026年4月10日改到2026年4月17日（延期，还没有告诉群众）")
}

func TestEmergencyNumbers(t *testing.T) {
	m := guided()
	if strings.Contains(papertest.All(print(t, Guide, m, point())), "119") {
		t.Error("fire and ambulance for a lawsuit")
	}
	m.Reason = "emergency"
	contains(t, "guide", papertest.All(print(t, Guide, m, point())), "110·119·120")
}

func TestWhoIsUrged(t *testing.T) {
	m, o := inHand(), county()
	o.Today = time.Date(2026, 4, 17, 23, 59, 0, 0, china)
	contains(t, "on the day", papertest.All(print(t, Urging, m, o)), "尚未超期", "发往单位交通运输局")
	o.Today = o.Today.Add(time.Minute)
	contains(t, "a minute later", papertest.All(print(t, Urging, m, o)), "已超期1天")
	m.State, m.Guides, m.Units = matter.Guiding, []string{"李慧敏"}, nil
	contains(t, "guiding", papertest.All(print(t, Urging, m, o)), "发往单位李慧敏", "原交办单—")
	m.State = matter.Replied
	contains(t, "replied", papertest.All(print(t, Urging, m, o)), "发往单位凤山街道袁家庄社区代表联络点", "抄送—")
}

func TestWhereAPaperMakesNoSense(t *testing.T) {
	change := func(m matter.Matter, by func(*matter.Matter)) matter.Matter { by(&m); return m }
	state := func(m matter.Matter, s matter.State) matter.Matter { m.State = s; return m }
	for _, x := range []struct {
		draw func(matter.Matter, form.Issuer) (typeset.Document, error)
		no   func(matter.Matter) error
		m    matter.Matter
		next string
	}{
		{Registration, NoRegistration, state(road(), matter.Void), "请查看作废原因"},
		{AnswerCard, NoAnswerCard, inHand(), "请先登记答复"},
		{AnswerCard, NoAnswerCard, state(road(), matter.Redoing), "请在新的答复登记后"},
		{Guide, NoGuide, road(), "请打印受理回执"},
		{Guide, NoGuide, state(guided(), matter.Void), "请重新登记"},
		{Assignment, NoAssignment, change(inHand(), func(m *matter.Matter) { m.Units = nil }), "请先交办"},
		{Assignment, NoAssignment, state(inHand(), matter.Returned), "请先登记交办"},
		{Assignment, NoAssignment, road(), "请打印处理反馈卡"},
		{Urging, NoUrging, change(inHand(), func(m *matter.Matter) { m.Urged = 0 }), "请先登记催办"},
		{Urging, NoUrging, state(road(), matter.Closed), "请打印处理反馈卡"},
		{Supervision, NoSupervision, change(inHand(), func(m *matter.Matter) { m.Supervised = 0 }), "请先登记督办"},
	} {
		_, err := x.draw(x.m, point())
		var spoken interface{ Sentence() string }
		if !errors.As(err, &spoken) || !strings.Contains(spoken.Sentence(), x.next) ||
			!strings.Contains(spoken.Sentence(), x.m.Number) {
			t.Errorf("%v does not say %q", err, x.next)
		}
		if x.no(x.m) == nil {
			t.Errorf("%q is not foretold", x.next)
		}
	}
	for _, k := range kinds {
		if _, err := k.draw(k.m(), k.o()); err != nil {
			t.Errorf("%s: %v", k.name, err)
		}
	}
}

// What comes from outside is printed harmlessly; a blank form is for the pen.
func TestOddText(t *testing.T) {
	for _, k := range kinds {
		m, o := k.m(), k.o()
		for _, s := range []*string{&m.Title, &m.Name, &m.Words, &m.Answer, &m.Door, &m.Place, &m.Proposal,
			&m.AnsweredBy, &o.Name, &o.Clerk} {
			*s += "\u202e\x00\xe4\ue000\t末\r\n"
		}
		text := papertest.All(print(t, k.draw, m, o))
		if strings.ContainsAny(text, "\u202e\x00\ue000") {
			t.Errorf("%s prints what cannot be seen", k.name)
		}
	}
	blank := matter.Matter{Report: matter.Report{Number: "02-002003-26-A0042-7", Register: "visit"}}
	contains(t, "blank", papertest.All(print(t, Registration, blank, point())), "走访选民登记表", "✓2走访选民")
}

func TestCodes(t *testing.T) {
	wants := map[string][2]string{ // in the head, and below the tear line
		"registration": {road().Number, ""}, "card": {"编号 " + road().Number, road().Number},
		"guide":      {"编号 " + road().Number, road().Number},
		"assignment": {road().Number, ""}, "urging": {road().Number, road().Number},
		"supervision": {road().Number, road().Number},
	}
	for _, k := range kinds {
		picture := papers()[k.name].Pages[0].Image(120)
		w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
		for i, box := range []image.Rectangle{image.Rect(w*3/4, 0, w, h/7), image.Rect(w*3/4, h*6/10, w, h)} {
			want := wants[k.name][i]
			if want == "" {
				continue
			}
			if got, err := papertest.Code(picture, box); !strings.HasPrefix(got, want) || i == 1 && got != want {
				t.Errorf("%s: code %d says %q, %v", k.name, i, got, err)
			}
		}
	}
}

func TestSameBytes(t *testing.T) {
	for _, k := range kinds {
		var pdfs [2][]byte
		for i := range pdfs {
			d, err := k.draw(k.m(), k.o())
			if err != nil {
				t.Fatal(err)
			}
			if pdfs[i], err = d.PDF(); err != nil {
				t.Fatal(err)
			}
			if !d.Made.Equal(k.o().Today) || !strings.Contains(d.Title, k.m().Number) {
				t.Errorf("%s is %q of %v", k.name, d.Title, d.Made)
			}
		}
		if !bytes.Equal(pdfs[0], pdfs[1]) {
			t.Errorf("%s is another file each time", k.name)
		}
	}
}
