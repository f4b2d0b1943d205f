package act

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/assets/names"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// Every act through its sheet, by the keyboard alone: what the sheet shows before it is sent, what is said afterwards.
func TestEveryAct(t *testing.T) {
	type m = matter.Matter
	people := names.All()
	later := order{} // two days go by
	for _, c := range []struct {
		name, do, by string
		before       []order
		keys, shows  string // parts of it, between bars
		state        matter.State
		says         string
		is           func(m) bool
	}{
		{"collate", "collate", table, nil, "3\n\n请住建局踏勘", "部门联动", matter.Collated, "可以交办",
			func(m m) bool {
				return m.Mode == "department" && m.Proposal == "请住建局踏勘" && m.Category == "0203"
			}},
		{"collate to guide", "collate", table, nil, "1", office.Law, matter.Collated, "已梳理",
			func(m m) bool { return m.Mode == "guide" }},
		{"out of scope", "collate", table, nil, "\n\n\n \t1\t县法院立案庭", "涉法涉诉", matter.Guided, "应找哪个部门",
			func(m m) bool { return m.Reason == "court" && m.Door == "县法院立案庭" }},
		{"merge", "merge", table, nil, "\n", "同一地点", matter.Merged, "各有一份",
			func(m m) bool { return m.IntoNumber != "" }},
		{"part", "merge", table, []order{{table, office.Order{Do: "merge", Into: "first"}}}, "", "单独答复",
			matter.Collated, "已分开",
			func(m m) bool { return m.Into == "" }},
		{"assign", "assign", above1, []order{sorted, up}, "\n水利\n", "水利局|到 2026年12月7日 星期一", matter.Assigned, "请打印交办单",
			func(m m) bool { return slices.Equal(m.Units, []string{"水利局"}) && m.Term == "2026-12-07" }},
		{"assign to two", "assign", above1, []order{sorted, up}, "\n民政\n甲公司\n\n",
			"主办：民政局　协办：甲公司|到 2026年12月23日 星期三（几个单位一起办，1 个月）", matter.Assigned,
			"请打印交办单", func(m m) bool {
				return slices.Equal(m.Units, []string{"民政局", "甲公司"}) && m.Term == "2026-12-23"
			}},
		{"assign a hard one", "assign", above1, []order{sorted, up}, "\n\n5\n2", "到 2026年12月21日 星期一", matter.Assigned,
			"请打印交办单",
			func(m m) bool { return slices.Equal(m.Units, []string{"水利局"}) && m.Term == "2026-12-21" }},
		{"assign by a day", "assign", above1, []order{sorted, up}, "\n水利\n\n\n32026-12-31", "到 2026年12月31日 星期四",
			matter.Assigned, "请打印交办单",
			func(m m) bool { return m.Term == "2026-12-31" }},
		{"guide", "assign", table, []order{sorted}, "1\n" + people[3], office.Law, matter.Guiding, "录入答复",
			func(m m) bool { return slices.Equal(m.Guides, people[3:4]) }},
		{"consult", "assign", table, []order{sorted}, "2\n\n21", people[2] + "、" + people[1], matter.Consulting, "纪要",
			func(m m) bool { return slices.Equal(m.Guides, []string{people[2], people[1]}) }},
		{"sign", "sign", above1, []order{sorted, up, handed, later}, "2", "2026-11-24", matter.InHand, "录入答复",
			func(m m) bool { return m.Signed == "2026-11-24" }},
		{"return", "return", above1, []order{sorted, up, handed}, "归水利局管", "退回", matter.Returned, "重新交办", nil},
		{"extend", "extend", above1, []order{sorted, up, handed}, "\n冬天不能开挖",
			"到 2026年12月21日 星期一（现在的期限是 2026年12月7日 星期一）", matter.Assigned, "新的期限",
			func(m m) bool { return m.Extended && m.Term == "2026-12-21" }},
		{"answer", "answer", above1, []order{sorted, up, handed, signed}, "2\n修好了一半", "印作 A：已经解决或者基本解决", matter.Replied,
			"由站里告诉群众",
			func(m m) bool { return m.Class == 2 && m.Answer == "修好了一半" && m.AnsweredBy == "水利局" }},
		{"answer with a promise", "answer", above1, []order{sorted, up, handed, signed}, "3\n正在修\n换管\n2026-12-31\n刘工",
			"印作 B", matter.Replied, "已答复",
			func(m m) bool {
				return m.Promise == "换管" && m.PromiseBy == "2026-12-31" && m.AnsweredBy == "刘工"
			}},
		{"answer after consulting", "answer", above1, []order{sorted, up, consult}, "1\n已经疏通\n两位代表议定", "协商纪要",
			matter.Replied, "已答复",
			func(m m) bool { return m.Minutes == "两位代表议定" }},
		{"escalate", "escalate", table, []order{sorted}, "站里办不了", "本级办不了的", matter.Escalated, "已上报离石区人大",
			func(m m) bool { return m.Holder == above1 }},
		{"urge", "urge", above1, []order{sorted, up, handed}, "\n请快办", "到 2026年11月30日", matter.Assigned, "催办单",
			func(m m) bool { return m.Urged == 1 && m.UrgedFor == "2026-11-30" }},
		{"supervise", "supervise", above1, []order{sorted}, "22026-12-01", "到 2026年12月1日", matter.Collated, "督办单",
			func(m m) bool { return m.UrgedFor == "2026-12-01" }},
		{"lead", "lead", table, nil, people[4] + "（镇长）", "领办领导", matter.Registered, people[4] + "（镇长）领办",
			func(m m) bool { return m.Leader != "" }},
		{"inform-deputy", "inform-deputy", table, []order{sorted, up, handed, answered}, "2", "接待这位群众的代表",
			matter.ToldDeputy, "告诉群众",
			func(m m) bool { return m.DeputyWay == "phone" }},
		{"inform", "inform", table, []order{sorted, up, handed, going}, "2", "正在施工。管道改造（2026年12月31日 星期四前）", matter.Told,
			"评议卡",
			func(m m) bool { return m.TellWay == "phone" && m.Told == "2026-11-23" }},
		{"inform in vain", "inform", table, []order{sorted, up, handed, answered}, "4", "七巷的雨水管", matter.Unreached,
			"没有联系上", nil},
		{"rate", "rate", table, []order{sorted, up, handed, answered, informed}, "1\n2\n5", "评议期满", matter.Closed, "办结",
			func(m m) bool { return m.Result == "satisfied" && m.Attitude == "basically" && m.Score == 5 }},
		{"rate a promise", "rate", table, []order{sorted, up, handed, going, informed}, "2", "打分", matter.Promised,
			"2026年12月31日", nil},
		{"rate badly", "rate", table, []order{sorted, up, handed, answered, informed}, "3\n\n太慢", "不满原因",
			matter.Redoing, "12月23日", func(m m) bool { return m.Complaint == "太慢" }},
		{"not rated", "rate", table, []order{sorted, up, handed, answered, informed, later, later, later, later, later,
			later, later, later, later, later, later, later},
			"4", "评议期满", matter.Unrated, "已评议", nil},
		{"file", "rate", table, []order{sorted, up, handed, answered, away}, "", "联系不上，归档", matter.Lost, "已归档", nil},
		{"redo", "redo", table, []order{sorted, up, handed, answered, informed,
			{table, office.Order{Do: "rate", Result: "satisfied"}}}, "又堵了", "原因", matter.Redoing, "重新答复", nil},
		{"redo by who had it", "redo", above1, []order{sorted, up, handed, answered, informed, unhappy}, "", "原来办理的",
			matter.Assigned, "已重办", nil},
		{"tell a moved promise", "inform-term", table,
			[]order{sorted, up, {above1, office.Order{Do: "assign", To: []string{"水利局"}, Due: "2027-01-15"}}}, "",
			"现在改到 2027年1月15日 星期五前（交办）", matter.Assigned, "告诉了群众",
			func(m m) bool { return len(m.Untold()) == 0 && m.Moves[0].Told == "2026-11-23" }},
		{"take up anew", "reopen", table, []order{{table, office.Order{Do: "withdraw", Note: "不说了"}}}, "又漏了",
			"以前的经过都留着", matter.Registered, "新的回执",
			func(m m) bool { return m.Class == 0 && m.Due != "" }},
		{"offer", "offer", table, nil, "李慧敏\n\n", "三个工作日", matter.Registered, "请李慧敏接单",
			func(m m) bool { o, ok := m.Asking(); return ok && o.Until == "2026-11-26" }},
		{"accept", "accept", table, []order{{table, office.Order{Do: "offer", Who: "李慧敏"}}}, "周三晚上见", "答应接这一单", matter.Registered,
			"李慧敏已接单", func(m m) bool { return m.Taker() == "李慧敏" && m.Wish() == matter.Taken }},
		{"recommend another", "pass", table, []order{{table, office.Order{Do: "offer", Who: "李慧敏"}}}, "王建国\n\n", "推荐", matter.Registered,
			"改请王建国接单", func(m m) bool { return len(m.Offers) == 2 && m.Offers[0].Reply == "passed" }},
		{"withdraw", "withdraw", table, nil, "自己修好了", "撤回", matter.Withdrawn, "不再办理",
			func(m m) bool { return m.Class == 9 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			first := w.receive(desk.Draft{Title: "七巷口下雨积水", Place: "七巷口"})
			v := w.receive(desk.Draft{Title: "七巷雨水倒灌", Place: "七巷口", Channel: map[bool]string{true: "order"}[slices.Contains([]string{"offer", "accept", "pass"}, c.do)]})
			for _, o := range c.before {
				if o.Do == "" {
					w.World.Now = w.World.Now.Add(48 * time.Hour)
					continue
				}
				if o.Into != "" {
					o.Into = first.Number
				}
				v = w.already(v, o)
			}
			var got []office.Outcome
			w.sheets[c.by].Ask(c.do, []ledger.View{v}, func(os []office.Outcome) { got = os })
			text := w.win.Sheet()
			w.fill(c.keys)
			w.win.Shot(c.name)
			text += w.win.Sheet()
			for _, want := range append(strings.Split(c.shows, "|"), v.Number) {
				if !strings.Contains(strings.ReplaceAll(text, "\n", ""), want) { // it may stand on two lines
					t.Errorf("%q is not on\n%s", want, text)
				}
			}
			w.do()
			if len(got) != 1 || got[0].Err != nil || w.win.Sheet() != "" {
				t.Fatalf("%v, the sheet says\n%s", got, w.win.Sheet())
			}
			if m := w.view(v.Number).Matter; m.State != c.state || m.State != got[0].Matter.State || c.is != nil &&
				!c.is(m) {
				t.Errorf("%v %+v", m.State, m.Handling)
			}
			if len(w.said) != 1 || !strings.Contains(w.said[0], c.says) || !strings.Contains(w.said[0], v.Number) {
				t.Errorf("said %q", w.said)
			}
			if len(kit.Keys) > 0 {
				t.Error("the keys of the sheet stay")
			}
		})
	}
	for _, a := range matter.Acts { // no act is without a sheet, here or in the book
		_, here := acts[a.Code]
		_, there := told[a.Code]
		if here == there && !slices.Contains([]string{"receive", "correct", "void", "redact", "reckon", "disclose", "carry", "know",
			"session", "suggest"}, a.Code) {
			t.Errorf("%s has no sheet, or two", a.Code)
		}
	}
}

// Whoever tells a citizen by telephone reads his number there, and only then.
func TestTellingByPhoneShowsTheNumber(t *testing.T) {
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up, handed, answered)
	ask := func(vs ...ledger.View) string {
		w.sheets[table].Ask("inform", vs, func([]office.Outcome) {})
		if strings.Contains(w.win.Sheet(), v.Phone) {
			t.Error("the number is read by everybody")
		}
		w.fill("2")
		text := w.win.Sheet()
		w.win.Press(fyne.KeyEscape)
		return text
	}
	if text := ask(v); !strings.Contains(text, "电话　"+v.Phone) {
		t.Errorf("%s is not on\n%s", v.Phone, text)
	}
	other := v
	other.ID, other.Number, other.Phone = "another", "01-16-0119-5", ""
	if text := ask(v, other); !strings.Contains(text, v.Number+"　"+v.Masked()+"　"+v.Phone) || !strings.Contains(text,
		"没有留电话") {
		t.Errorf("not both are on\n%s", text)
	}
}

func never(t *testing.T) func([]office.Outcome) {
	return func([]office.Outcome) { t.Helper(); t.Error("something was done") }
}

// What is wrong stands at its field, in words, what was typed stays, and it goes away once it is right.
func TestRefusedAtItsField(t *testing.T) {
	for _, c := range []struct {
		name, do, by string
		before       []order
		keys         string
		field, says  string
		kept         string
	}{
		{"no department", "assign", above1, []order{sorted, up}, "\n\n\n32026-12-31\n请先踏勘", "承办单位", "请写主办单位", "请先踏勘"},
		{"no day", "assign", above1, []order{sorted, up}, "\n水利\n\n\n3", "期限", "日期读不出来", "水利局"},
		{"a day gone by", "assign", above1, []order{sorted, up}, "\n水利\n\n\n32026-11-02", "期限", "期限已经过了", "2026-11-02"},
		{"one deputy", "assign", table, []order{sorted}, "2\n" + names.All()[4], "代表", "至少要两位", names.All()[4]},
		{"no reason chosen", "collate", table, nil, "\n\n先看看\n ", "受理范围", "请从这些里选", "排水排污内涝"},
		{"no such category", "collate", table, nil, "\n没有的\n疏通", "类别", "没有“没有的", "疏通"},
		{"a decision", "answer", table, []order{sorted,
			{table, office.Order{Do: "assign", Mode: "guide",
				Deputies: names.All()[1:2]}}}, "1\n责令停工", "答复内容", "请不要用“责令”", "责令停工"},
		{"a promise without a day", "answer", above1, []order{sorted, up, handed}, "4\n列入明年\n换管", "哪天办完", "请写预计", "换管"},
		{"too long", "extend", above1, []order{sorted, up, handed}, "22027-12-31\n冬天", "延到哪天", "到 2026-12-21",
			"2027-12-31"},
		{"too early to say so", "rate", table, []order{sorted, up, handed, answered, informed}, "4", "办理结果", "评议期还没有满",
			"评议期满"},
		{"no complaint", "rate", table, []order{sorted, up, handed, answered, informed}, "1\n3", "不满原因", "请写群众不满意的原因",
			"不满意"},
		{"merged with nothing", "merge", table, nil, "99-9", "并入", "没有找到编号 99-9", "99-9"},
		{"tomorrow", "sign", above1, []order{sorted, up, handed}, "1\n2026-11-24", "哪一天", "还没有到", "2026-11-24"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), c.before...)
			s := w.sheets[c.by]
			s.Ask(c.do, []ledger.View{v}, never(t))
			w.fill(c.keys)
			w.do()
			text := w.win.Sheet()
			if at := strings.Index(text, c.says); at < 0 || strings.LastIndex(text[:at], c.field) < 0 ||
				!strings.Contains(text, c.kept) {
				t.Errorf("%q and %q are not on\n%s", c.says, c.kept, text)
			}
			if after := w.view(v.Number); after.Version != v.Version {
				t.Errorf("%v", after.State)
			}
			w.win.Press(fyne.KeyEscape)
			if w.win.Sheet() != "" {
				w.win.Press(fyne.KeyEscape) // the list below a field closes first
			}
			if s.Ask(c.do, []ledger.View{v}, never(t)); !strings.Contains(w.win.Sheet(), c.kept) ||
				!strings.Contains(w.win.Sheet(), "都还在") {
				t.Errorf("%q was lost:\n%s", c.kept, w.win.Sheet())
			}
		})
	}
}

// What was wrong and is right now is taken back while somebody types.
func TestProblemGoesWhenItIsRight(t *testing.T) {
	w := newWorld(t)
	v := w.receive(desk.Draft{Title: "七巷雨水倒灌"})
	w.sheets[table].Ask("withdraw", []ledger.View{v}, func([]office.Outcome) {})
	w.do()
	if text := w.win.Sheet(); !strings.Contains(text, "请写明群众撤回的原因") || !strings.Contains(text, "1 处要改") {
		t.Fatal(text)
	}
	w.win.Type("修好了") // the field that is wrong has the focus
	if strings.Contains(w.win.Sheet(), "请写明群众撤回的原因") {
		t.Error("what is right is still told to be wrong")
	}
	w.do()
	if w.view(v.Number).State != matter.Withdrawn {
		t.Error("it is not withdrawn")
	}
}

// Left and never touched, a sheet keeps nothing.
func TestUntouchedSheetKeepsNothing(t *testing.T) {
	w := newWorld(t)
	v := w.receive(desk.Draft{Title: "七巷雨水倒灌"})
	for range 2 {
		w.sheets[table].Ask("merge", []ledger.View{v}, never(t))
		if strings.Contains(w.win.Sheet(), "都还在") {
			t.Error("something was kept")
		}
		w.win.Press(fyne.KeyEscape)
	}
}

// What is said about a confidential matter is read aloud only where the citizen sat.
func TestConfidentialAnswerIsReadAtItsTable(t *testing.T) {
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌", Confidential: true}), sorted,
		order{table, office.Order{Do: "answer", Class: 1, Answer: "已经单独解决"}})
	w.sheets[table].Ask("inform", []ledger.View{v}, func([]office.Outcome) {})
	if !strings.Contains(w.win.Sheet(), "已经单独解决") {
		t.Error(w.win.Sheet())
	}
}

// What is written into is in sight, however small the window and large the letters.
func TestWritingIsInSight(t *testing.T) {
	w := newWorld(t)
	fyne.CurrentApp().Settings().SetTheme(look.New("light", 26))
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up)
	w.sheets[above1].Ask("assign", []ledger.View{v}, func([]office.Outcome) {})
	w.fill("\n\n\n1\n请先踏勘")
	e, ok := w.win.Canvas().Focused().(*kit.Entry)
	if !ok || e.Text != "请先踏勘" {
		t.Fatalf("%T has the focus", w.win.Canvas().Focused())
	}
	if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Y + e.Size().Height; y > w.win.Canvas().Size().Height-60 {
		t.Errorf("it ends at %v of %v", y, w.win.Canvas().Size().Height)
	}
}

// A term into a year whose days off nobody has published is said to be counted by weekends.
func TestTermIntoAnUnknownYear(t *testing.T) {
	w := newWorld(t)
	w.World.Now = time.Date(2027, 12, 24, 9, 0, 0, 0, w.World.Now.Location())
	v := w.already(w.receive(desk.Draft{Title: "路灯不亮"}), sorted, up)
	w.sheets[above1].Ask("assign", []ledger.View{v}, func([]office.Outcome) {})
	w.fill("\n水利\n")
	w.do()
	if len(w.said) != 1 || !strings.Contains(w.said[0], "2028年的放假安排还没有公布") {
		t.Errorf("said %q", w.said)
	}
}

// Opened with its mode chosen, a sheet is written into at once; the modes have the digits of the tray, and one of them
// is chosen at any time.
func TestModeChosenBeforehand(t *testing.T) {
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up)
	for i, mode := range []string{"guide", "consult", "department"} {
		w.sheets[above1].Ask("assign "+mode, []ledger.View{v}, func([]office.Outcome) {})
		if _, writes := w.win.Canvas().Focused().(*kit.Entry); !writes {
			t.Errorf("%s: %T has the focus", mode, w.win.Canvas().Focused())
		}
		w.win.Press(fyne.KeyEscape)
		w.win.Press(fyne.KeyEscape)
		w.sheets[above1].Ask("assign", []ledger.View{v}, func([]office.Outcome) {})
		chips := w.win.Canvas().Focused().(*kit.Chips)
		for range 2 { // the chosen one chosen again stays
			if chips.TypedRune(rune('1' + i)); chips.One() != mode {
				t.Errorf("%d chooses %q, not %s", i+1, chips.One(), mode)
			}
		}
		w.win.Press(fyne.KeyEscape)
		delete(w.sheets[above1].kept, "交办 "+v.ID)
	}
}
