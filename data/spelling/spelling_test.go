package spelling

import (
	"slices"
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"⾼⼭ ⻓⻔⺠":                                     "高山 长门民", // as PDFs have them
		"豈 金":                                        "豈 金",    // compatibility ideographs
		"Ａ１（①）":                                      "a1(1)",
		"a‐b‑c‒d–e—f―g−h－i﹣j":                        "a-b-c-d-e-f-g-h-i-j",
		"王\u3000明\u00a0亮\u2003生":                     "王 明 亮 生",
		"王\u200b\ufeff明\u2060\u00ad\ufe0f\U000e0100": "王明",
		"𠅤𬺞":                                         "𠅤𬺞", "\xff王": "王", "": "",
	} {
		if got := Plain(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// One person is one, however his name is written; another one is another.
func TestOneName(t *testing.T) {
	for want, ways := range map[string][]string{
		"王明": {"王明", "王　明", "王 明", " 王\u200b明 ", "王\ufeff明", "王明（女）", "王明(回族)", "王明【村民】", "王明（女，回族", "王明等3人", "王明等三人", "王明 等 12 户"},
		"阿依古丽买买提": {"阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽‧买买提", "阿依古丽∙买买提", "阿依古丽⋅买买提", "阿依古丽．买买提", "阿依古丽.买买提",
			"阿依古丽・买买提", "阿依古丽 买买提", "阿依古丽买买提", "阿依古丽･买买提", "阿依古丽●买买提", "阿依古丽‐买买提"},
		"欧阳建国": {"欧阳 建国", "欧阳　建国", "欧阳建国", "欧 阳 建 国"},
		"高长民":  {"⾼⻓⺠", "高长民"},
		"李和平":  {"李和平", "李 和平"}, "王建国": {"王建国先生", "王建国同志（女）", "户主王建国", "户主：王建国", "王建国夫妇等2人"}, "王先生": {"王先生", "王 先生"}, "张与民": {"张与民"}, "王小明": {"王小 明", "王 小 明"},
		"tomlee": {"Tom Lee", "ＴＯＭ　ＬＥＥ", "tom·lee"},
	} {
		for _, way := range ways {
			if got := Name(way); got != want {
				t.Errorf("name %q: %q, want %q", way, got, want)
			}
			if got := Names(way); !slices.Equal(got, []string{want}) {
				t.Errorf("names %q: %q, want %q alone", way, got, want)
			}
		}
	}
	if Name("王明") == Name("王朋") || Name("") != "" || Names("  ·") != nil {
		t.Error("two people are one, or nobody is somebody")
	}
}

// A name that stands alone in its field is read as one with a blank beside it, whatever words its characters could be.
func TestANameAlone(t *testing.T) {
	parts := []rune("明建国" + strings.Join(conjunctions, "") + strings.NewReplacer("|", "", "[", "", "]", "").Replace(amount+holder+kin+called) + "等共计男女族岁电话组户主姓名镇乡村")
	slices.Sort(parts)
	parts = slices.Compact(parts)
	for _, family := range []string{"王", "黎", "欧阳"} {
		for _, one := range parts {
			for _, other := range append(parts[:len(parts):len(parts)], 0) {
				name := strings.TrimRight(family+string([]rune{one, other}), "\x00")
				if got, want := Names(name), Names("　"+name); !slices.Equal(got, want) {
					t.Fatalf("%q: %q alone, %q beside a blank", name, got, want)
				}
			}
		}
	}
}

func TestSeveralPeople(t *testing.T) {
	for in, want := range map[string]string{
		"张三山、李四海": "张三山 李四海", "张三山,李四海": "张三山 李四海", "张三山，李四海；王五": "张三山 李四海 王五", "张三山/李四海": "张三山 李四海",
		"张三山和李四海": "张三山 李四海", "张三山与李四海及王五": "张三山 李四海 王五", "张三山 李四海": "张三山 李四海", "王　明 李　强": "王明 李强",
		"张三山（女） 李四海": "张三山 李四海", "张三山、李四海等5人": "张三山 李四海", "欧阳 建国、司马 光": "欧阳建国 司马光", "张三山 和 李四海": "张三山 李四海",
		"张三山、张三山": "张三山", "王明;李强|赵亮": "王明 李强 赵亮",
		"王建国-李四海": "王建国 李四海", "王建国·李四海": "王建国 李四海", "王建国李四海": "王建国 李四海", "王建国代李四海": "王建国 李四海", "1.王建国 2.李四海": "王建国 李四海",
		"①王建国②李四海": "王建国 李四海", "王建国、李四海共2人": "王建国 李四海", "王建国 女": "王建国", "王建国　女　回族": "王建国", "王建国等5户村民": "王建国", "王建国（二组）村民": "王建国",
		"村民王建国": "王建国", "王建国父亲": "王建国", "王建国 13812345678": "王建国", "王建国(女) 电话13812345678": "王建国", "凤山街道二组王建国": "王建国",
	} {
		if got := strings.Join(Names(in), " "); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := Aliases("王明（小名：二蛋）、李强(又名李大山)"); !slices.Equal(got, []string{"二蛋", "李大山"}) {
		t.Errorf("also called %q", got)
	}
}

// A list is parted as it is written, and what it says stays as it was written.
func TestListsArePartedAsWritten(t *testing.T) {
	for in, want := range map[string]string{
		"李慧敏（省、市人大代表）、王建国": "李慧敏（省、市人大代表）|王建国", "区住建局,区水利局；街道办\n": "区住建局|区水利局|街道办", "  、，": "", "欧阳 建国": "欧阳 建国", "区 住建局": "区 住建局",
		"张三(女、代": "张三(女、代",
	} {
		if got := strings.Join(Listed(in), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"张三山 李四海、王五": "张三山|李四海|王五", "欧阳 建国，李四海": "欧阳 建国|李四海", "王　明": "王　明", "李慧敏（市人大代表） 王建国": "李慧敏（市人大代表）|王建国"} {
		if got := strings.Join(People(in), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPhones(t *testing.T) {
	for want, ways := range map[string][]string{
		"13811112222": {"13811112222", "+86 138 1111 2222", "+8613811112222", "0086-138-1111-2222", "86 13811112222", "138-1111-2222", "138.1111.2222", "138·1111·2222",
			"１３８１１１１２２２２", "138—1111—2222", "138－1111－2222", "(138)11112222", "013811112222", "手机：13811112222", "13811112222（女儿）", "\u200b13811112222", "13811112222-801"},
		"03588221321": {"03588221321", "0358-8221321", "0358 8221321", "（0358）8221321", "(0358)822 1321", "0358—8221321", "+86 358 8221321", "+86-0358-8221321", "0358 822-1321",
			"0358-8221321转801", "0358-8221321-801", "0358-8221321 ext. 12", "0358-8221321#3", "座机0358-8221321", "0358-8221321/2", "0358-8221321/22/23", "0358-8221321 分机 801"},
		"8221321":     {"8221321", "822 1321", "822-1321", "家里8221321", "8221321转8"},
		"01066668888": {"010-66668888"}, "03516666888": {"0351-6666888"}, "4008123456": {"400-812-3456"}, "12345": {"12345"}, "662233": {"662233"}, "85298765432": {"+852 9876 5432"},
		"13811112222 03588221321": {"13811112222、0358-8221321", "13811112222，0358-8221321", "13811112222/0358-8221321", "13811112222 0358-8221321", "138 1111 2222 0358 8221321",
			"13811112222；0358 8221321", "13811112222（儿子） 0358-8221321（家）", "13811112222 或 0358-8221321", "13811112222,0358-8221321,13811112222"},
	} {
		for _, way := range ways {
			phones, wrong := Phones(way)
			var got []string
			for _, p := range phones {
				got = append(got, p.Number)
			}
			if strings.Join(got, " ") != want || wrong != Sound {
				t.Errorf("%q: %q (fault %d), want %q", way, got, wrong, want)
			}
		}
	}
	long, _ := Phones("0358-8221321")
	short, _ := Phones("8221321")
	if long[0].Local != short[0].Local {
		t.Error("a telephone of the place is another one with its area code")
	}
	for in, want := range map[string]Fault{
		"138l2345678": Lettered, "13812345O78": Lettered, "1381234567l": Lettered, "l3812345678": Lettered, "１３８ｌ２３４５６７８": Lettered, "0358-822l321": Lettered,
		"1381234567": MobileLength, "138123456789": MobileLength, "+86 138 1234 567": MobileLength, "138 1234 56789": MobileLength, "13812345678、1381234567": MobileLength,
		"12345678901": NoMobile, "+86 102 3456 7890": NoMobile, "1": Length, "1234": Length, "0358-82213": Length, "82213210000000000000": Length, "没有": Length, "0358": Length, "电话": Length,
	} {
		if _, wrong := Phones(in); wrong != want {
			t.Errorf("%q: fault %d, want %d", in, wrong, want)
		}
	}
	if phones, wrong := Phones(" "); phones != nil || wrong != Sound {
		t.Error("an empty field has something wrong")
	}
}

func TestNumbers(t *testing.T) {
	for _, way := range []string{"02-002003-26-A0042-7", "02–002003–26–A0042–7", "０２－００２００３－２６－Ａ００４２－７", "0200200326A00427", "02-002003-26-a0042-7",
		"O2-OO2OO3-26-AOO42-7", "02 002003 26 A0042 7", "编号02-002003-26-A0042-7", "编号：02-002003-26-A0042-7", "回执编号 02-002003-26-A0042-7", "No. 02-002003-26-A0042-7",
		"№02-002003-26-A0042-7", "02\u2011002003\u201126\u2011A0042\u20117", "\u200b02-002003-26-A0042-7"} {
		if got := Number(way); got != "0200200326A00427" {
			t.Errorf("%q: %q", way, got)
		}
	}
	for _, way := range []string{"J26-A0001-7", "J26A00017", "j26-a0001-7", "J26-AOOO1-7", "J26－A0001－7", "J26-A000l-7", "J26-A000I-7", "编号：J26-A0001-7", "J26 A0001 7", "编号 J26-A0001-7\n凤山街道袁家庄社区联络点 0358-8221321", "编号 J26-A0001-7凤山街道", "Ｊ２６Ａ０００１７"} {
		if got := Slip(way); got != "J26A00017" || !Printed(got) {
			t.Errorf("%q: %q", way, got)
		}
	}
	for want, ways := range map[string][]string{
		"12": {"12", "012", "0012", "１２", "第12号", "编号12", "编号：12", "No.12", "12号", " 1 2 "}, "1-12": {"1-12", "1－12", "1—12", "01-012", "1/12", "1--12"}, "11-2": {"11-2"},
		"簿1-3": {"簿1-3", " 簿1-3\u200b", "簿 1 - 3", "簿1-03"}, "17": {"17", "十七", "第十七号"}, "26": {"26号", "第二十六号", "二六"}, "105": {"一百零五"}, "2026-15": {"2026-15", "2026年第15号", "二〇二六年第十五号", "2026年15号"},
		"28": {"编号28", "登记号28", "登记号：28", "登记编号 28"}, "32": {"序号32", "32", "序号：32"}, "100": {"100", "1OO", "1oo"}, "101": {"101", "1Ol", "10l"}, "0": {"0", "00"}, "L-3": {"L-3", "l-3"},
	} {
		for _, way := range ways {
			if got := Slip(way); got != want || Printed(got) {
				t.Errorf("%q: %q, want %q", way, got, want)
			}
		}
	}
}

func TestNumbersOfHouses(t *testing.T) {
	for in, want := range map[string]string{"七巷三号": "7巷3号|7巷三号|七巷3号|七巷三号", "6号桥": "6号桥|六号桥", "十二号楼": "12号楼|十二号楼", "105室": "105室|一百零五室", "20组": "20组|二十组", "路灯": "路灯"} {
		if got := strings.Join(Housed(in), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestDepartments(t *testing.T) {
	for _, way := range []string{"区住房和城乡建设局（城管科）", "区住房和城乡建设局(城管科)", "区 住房和城乡建设局 （城管科）", "区住房和城乡建设局\u200b〔城管科〕"} {
		if Department(way) != "区住房和城乡建设局城管科" {
			t.Errorf("%q: %q", way, Department(way))
		}
	}
}

func TestMentions(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"王明家门口积水", "王　明", "王明"}, {"王 明家", "王明", "王 明"}, {"阿依古丽 · 买买提家漏雨", "阿依古丽·买买提", "阿依古丽 · 买买提"}, {"请问⾼⻓⺠家", "高长民", "⾼⻓⺠"},
		{"明王", "王明", ""}, {"x", "", ""}, {"找王\u200b明。", "王明", "王\u200b明"},
	} {
		got := ""
		for _, s := range Mentions(c.text, Name(c.name)) {
			got += c.text[s[0]:s[1]]
		}
		if got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// Whatever is typed, a form is that of itself, and what is mentioned lies in the text.
func FuzzForms(f *testing.F) {
	for _, s := range []string{"阿依古丽·买买提（女）等3人", "+86 (0358) 822-1321转8、138l2345678", "编号：J26-AOOO1-7", "第No.12号", "e\u200d\u0301İẞ\u1160가", "1O-0I-l00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, form := range map[string]func(string) string{"plain": Plain, "letters": Letters, "name": Name, "number": Number, "slip": Slip, "code": Code} {
			once := form(s)
			if twice := form(once); twice != once {
				t.Fatalf("%s of %q: %q, then %q", name, s, once, twice)
			}
		}
		Names(s)
		People(s)
		phones, wrong := Phones(s)
		for _, p := range phones {
			if wrong != Sound {
				break
			}
			if again, _ := Phones(p.Number); len(again) != 1 || again[0].Number != p.Number {
				t.Fatalf("telephone %q of %q: %v", p.Number, s, again)
			}
		}
		for _, form := range []string{"王", Name(s)} {
			for _, span := range Mentions(s, form) {
				if span[0] < 0 || span[0] >= span[1] || span[1] > len(s) {
					t.Fatalf("%q stands in %q at %v", form, s, span)
				}
			}
		}
	})
}

// Whatever a stranger writes into a field is read soon: a run that cannot be parted, conjunctions and titles without end.
func TestFieldsOfStrangers(t *testing.T) {
	for _, part := range []string{"单曾区解查仇", "王", "王明和和", "和", "王先生", "先生", "等3人", "王明", "欧阳", "1.王"} {
		for _, n := range []int{90, 30_000} {
			s := strings.Repeat(part, n) + "鿿"
			Names(s)
			Name(s)
			Possible(s)
			People(s)
		}
	}
	if got := Names(strings.Repeat("王", 20_000)); got != nil {
		t.Errorf("%d names in what is longer than any field", len(got))
	}
	if got := strings.Join(Names("王明和李四和张三山"), " ") + strings.Join(Names("王建国李四海张三"), " "); got != "王明 李四 张三山王建国 李四海 张三" {
		t.Errorf("names %q", got)
	}
}
