package brief_test

import (
	"fmt"
	"strings"
	"testing"

	"lianluo.local/app/paper/brief"
	"lianluo.local/app/paper/papertest"

	"pgregory.net/rapid"
)

func sample() brief.Brief {
	return brief.Brief{Issuer: "离石区人大常委会", Title: "本周一张纸", Span: "2026年12月21日至27日", AsOf: "截至2026年12月28日9:00", Received: "应报送5个单位，已报送4个",
		Says: []brief.Line{{What: "天然气", Note: "12件次", Sign: "↑", More: "比上周多5件次"}, {What: "排水排污内涝", Note: "7件次", Sign: "↓", More: "比上周少2件次"},
			{What: "停车", Note: "4件次", Sign: "→", More: "和上周一样"}, {What: "养老与日间照料", Note: "3件次", Sign: "↑", More: "上周没有人反映"}, {What: "路灯井盖", Note: "2件次"}},
		Led:  []brief.Line{{What: "280多户没有通天然气", Note: "张主任", More: "部门办理中，还有6天"}, {What: "滨江花园门口标线不合理", Note: "李主任", More: "部门办理中，超期3天", Bad: true}},
		Late: []brief.Line{{What: "市公安局交警支队", Note: "3件次", More: "最久的超期30天", Bad: true}, {What: "市城市管理局", Note: "2件次", More: "最久的超期12天", Bad: true}},
		Against: []brief.Line{{What: "楼道里没有灯", Note: "区住房和城乡建设局", More: "“说修了三回，灯还是不亮，老人晚上不敢下楼。”"},
			{What: "公厕冬天关门", Note: "市城市管理局", More: "“答复说天冷水管冻了，可是别的公厕都开着。”"}},
		Visits: []brief.Line{{What: "280多户没有通天然气", More: "超期16天，40人反映。凤山街道袁家庄社区七巷；12月28日19:30在袁家庄社区联络站有代表接待"},
			{What: "公厕冬天关门", More: "群众不满意，重办1次。滨河街道东关社区；还没有排接待，请先和联络站约"}}}
}

func read(t testing.TB, b brief.Brief, name string) []papertest.Piece {
	return papertest.Print(t, b.Document(), name)
}

// within says what of a sheet does not stand where it may, or in type that is too small.
func within(ps []papertest.Piece) (wrong []string) {
	for _, p := range ps {
		if p.Page > 0 || p.Text != "练习" && (p.Size < 12-.01 || !p.Within(210, 297, 12)) {
			wrong = append(wrong, fmt.Sprintf("%q of %.1f points at %.0f, %.0f on page %d", p.Text, p.Size, p.X, p.Y, p.Page+1))
		}
	}
	return append(wrong, papertest.Overlaps(ps)...)
}

// It says all that it is given, on one side.
func TestBrief(t *testing.T) {
	b := sample()
	ps := read(t, b, "brief")
	all := papertest.All(ps)
	for _, l := range append(append(b.Says, b.Led...), append(b.Late, append(b.Against, b.Visits...)...)...) {
		for _, s := range []string{l.What, l.Note, strings.TrimSpace(l.Sign), l.More} {
			if !strings.Contains(all, papertest.Squeeze(s)) {
				t.Errorf("%q is not told", s)
			}
		}
	}
	if wrong := within(ps); wrong != nil {
		t.Error(wrong)
	}
	if all = papertest.All(read(t, brief.Brief{Title: "本周一张纸"}, "nothing")); !strings.Contains(all, "没有要告诉您的事") {
		t.Error(all)
	}
}

// Until when it counts and who has reported stand in a line each where one has no room for both; neither is broken.
func TestBriefHead(t *testing.T) {
	b := sample()
	for _, asOf := range []string{b.AsOf, b.AsOf + "　第1号　校验值 8b5a 4314 93a3 16d1"} {
		b.AsOf = asOf
		stands := 0
		for _, p := range read(t, b, "head") {
			if strings.Contains(p.Text, asOf) || strings.Contains(p.Text, b.Received) {
				stands++
			}
		}
		if want := map[bool]int{true: 1, false: 2}[asOf == sample().AsOf]; stands != want {
			t.Errorf("%s: it stands in %d lines", asOf, stands)
		}
	}
}

// Whatever words it is given, however long and however many, it stays on its side, in type of 12 points and more.
func TestBriefStaysOnItsSide(t *testing.T) {
	text := rapid.StringMatching(`([一-龥]{0,30}[a-zA-Z0-9，。（）↑“”\n ]{0,12}){0,9}`)
	line := rapid.Custom(func(t *rapid.T) brief.Line {
		return brief.Line{What: text.Draw(t, "what"), Note: text.Draw(t, "note"), Sign: text.Draw(t, "sign"), More: text.Draw(t, "more"), Bad: rapid.Bool().Draw(t, "bad")}
	})
	rapid.Check(t, func(r *rapid.T) {
		some := rapid.SliceOfN(line, 0, 9)
		b := brief.Brief{Issuer: text.Draw(r, "issuer"), Title: text.Draw(r, "title"), Span: text.Draw(r, "span"), AsOf: text.Draw(r, "asof"), Received: text.Draw(r, "received"),
			Says: some.Draw(r, "says"), Led: some.Draw(r, "led"), Late: some.Draw(r, "late"), Against: some.Draw(r, "against"), Visits: some.Draw(r, "visits"), Practice: rapid.Bool().Draw(r, "practice")}
		if wrong := within(read(t, b, "long")); wrong != nil {
			r.Fatal(wrong)
		}
	})
}
