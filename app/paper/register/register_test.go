package register

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/category"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

// paper is a printed document, read again.
type paper struct {
	t      *testing.T
	pdf    []byte
	pieces []papertest.Piece
	all    string
	pages  int
}

func read(t *testing.T, d typeset.Document, err error) paper {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := d.PDF()
	if err != nil {
		t.Fatal(err)
	}
	pieces, err := papertest.Read(pdf)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces {
		w, h := d.Pages[p.Page].W, d.Pages[p.Page].H
		if p.Text != "练习" && !p.Within(w, h, 3.5) {
			t.Errorf("page %d: %q stands outside the margins", p.Page+1, p.Text)
		}
	}
	for _, o := range papertest.Overlaps(pieces) {
		t.Errorf("%s: %s", d.Title, o)
	}
	return paper{t, pdf, pieces, papertest.All(pieces), len(d.Pages)}
}

// drawn is a table on paper, read again.
func drawn(t *testing.T, l table.Layout, v table.Table) paper {
	t.Helper()
	return read(t, l.Document(v, desk().Today), nil)
}

func (p paper) has(texts ...string) {
	p.t.Helper()
	for _, s := range texts {
		if s = papertest.Squeeze(typeset.Clean(s)); !strings.Contains(p.all, s) {
			p.t.Errorf("%q is missing", s)
		}
	}
}

func (p paper) hasNot(texts ...string) {
	p.t.Helper()
	for _, s := range texts {
		if s = papertest.Squeeze(typeset.Clean(s)); s != "" && strings.Contains(p.all, s) {
			p.t.Errorf("%q is printed", s)
		}
	}
}

// page gives what stands on the n-th page, from 1.
func (p paper) page(n int) string {
	var here []papertest.Piece
	for _, x := range p.pieces {
		if x.Page == n-1 {
			here = append(here, x)
		}
	}
	return papertest.All(here)
}

// numbered checks that each page from one on says which it is, and repeats the heads.
func (p paper) numbered(from int, heads ...string) {
	p.t.Helper()
	for n := from; n <= p.pages; n++ {
		text := p.page(n)
		for _, s := range append(heads, fmt.Sprintf("第%d页共%d页", n, p.pages)) {
			if !strings.Contains(text, papertest.Squeeze(s)) {
				p.t.Errorf("page %d of %d lacks %q", n, p.pages, s)
			}
		}
	}
}

func TestRegisters(t *testing.T) {
	rows, o := sample(90), desk()
	rows[0].Words, rows[0].OnSpotAnswer, rows[0].PaperNumber, rows[0].Promise = "王𠅤明说的 (a\\b)", "当场说明了情况",
		"J26-A0001-7", "五月底前完工"
	rows[1].Anonymous, rows[1].Reason, rows[1].Door = true, "court", "县法院 12368"
	rows[2].Suggests, rows[2].Proposers, rows[2].Complaint = "关于供暖的建议", []string{"李慧敏", "赵堎"}, "还是冷"
	for _, v := range volumes {
		p := drawn(t, Filed, Book(v.code, rows, o))
		p.numbered(1, append([]string{v.name, o.Name, o.Organisation}, func() (ts []string) {
			for _, c := range v.columns {
				ts = append(ts, c.Title)
			}
			return ts
		}()...)...)
		count := 0
		for i := range rows {
			m := &rows[i]
			if m.Register != v.code {
				p.hasNot(m.Number)
				continue
			}
			count++
			p.has(m.Number, moment(m.Occurred))
			private := []string{m.Name, m.Phone, m.Address, m.Title + m.Words}
			switch {
			case m.State == matter.Void:
				p.has(m.Number + moment(m.Occurred) + "已作废：与上一件重复登记")
				p.hasNot(m.Phone, m.Address)
			case m.Confidential:
				p.has(m.Number + moment(m.Occurred) + sealed)
				p.hasNot(m.Phone, m.Address)
			default:
				p.has(append(private, m.OnSpotAnswer, m.Proposal, m.Answer, m.AnsweredOn, m.Told, list(m.Units),
					m.Assigned, m.PaperNumber, m.Promise,
					m.Door, m.Suggests, m.Complaint, strings.Join(m.Deputies, ""))...)
			}
		}
		p.has(fmt.Sprintf("合计 %d 件", count))
	}
}

func TestAnyNumberOfRows(t *testing.T) {
	o := desk()
	for _, n := range []int{0, 1, 1000} {
		rows := sample(n)
		for i := range rows {
			rows[i].Register = "reception"
		}
		p := drawn(t, Filed, Book("reception", rows, o))
		p.numbered(1, "接待群众登记簿", "反映问题")
		p.has("合计 " + strconv.Itoa(n) + " 件")
		if n <= 1 && p.pages != 1 {
			t.Errorf("%d rows take %d pages", n, p.pages)
		}
		for i := range rows {
			p.has(rows[i].Number)
		}
	}
}

// A text higher than many pages goes on until all of it is there, in order, under its number; the row after it follows.
func TestEndlessRow(t *testing.T) {
	rows := sample(3)
	for i := range rows {
		rows[i].Register = "reception"
	}
	rows[1].Title, rows[1].Words = "长文", story(20000)
	p := drawn(t, Filed, Book("reception", rows, desk()))
	p.numbered(1, "接待群众登记簿")
	x := 0.0
	for _, q := range p.pieces {
		if q.Text == "长文" {
			x = q.X
		}
	}
	var column strings.Builder
	again := 0
	for _, q := range p.pieces {
		if math.Abs(q.X-x) < .02 && q.Text != "（续）" {
			column.WriteString(q.Text)
		}
		if q.Text == "（续）" {
			again++
		}
	}
	if !strings.Contains(column.String(), rows[1].Words) {
		t.Error("a part of the text is lost or out of order")
	}
	if again < 10 || again > p.pages {
		t.Errorf("on %d pages the row goes on %d times", p.pages, again)
	}
	p.has(rows[0].Words, rows[2].Words)
	for n := 2; n < p.pages; n++ {
		if !strings.Contains(p.page(n), papertest.Squeeze(rows[1].Number)) {
			t.Errorf("page %d does not say whose text goes on", n)
		}
	}
}

// lists are those that leave the station, by their titles.
var lists = map[string]func([]matter.Matter, form.Issuer) table.Table{"汇总台账": Ledger, "意见汇总表": Summary,
	"群众意见办理情况公开栏": Wall}

func layoutOf(list string) table.Layout {
	if list == "群众意见办理情况公开栏" {
		return Posted
	}
	return Filed
}

func TestLists(t *testing.T) {
	rows, o := sample(120), desk()
	rows[4].Anonymous = true
	for name, make := range lists {
		p := drawn(t, layoutOf(name), make(rows, o))
		p.numbered(1, name, form.Day(o.Today))
		for i := range rows {
			m := &rows[i]
			p.hasNot(m.Name, m.Phone, m.Address, m.Words, m.Answer)
			if Public(*m) {
				p.has(m.Title, mask.Name(m.Name))
			}
			if name == "汇总台账" {
				p.has(m.Number)
			}
		}
		if name != "汇总台账" {
			p.hasNot("与上一件重复登记")
		}
		if name == "群众意见办理情况公开栏" {
			p.hasNot(sealed, "保密", rows[0].Number)
			for _, q := range p.pieces {
				if q.Size < 14 {
					t.Errorf("%q hangs on the wall in %g points", q.Text, q.Size)
				}
			}
		}
		drawn(t, layoutOf(name), make(nil, o)).has("合计 0 件")
	}
}

// floor is the room of a foot and margin that at the sides, in mm; company is how many rows a last page has at least.
const floor, margin, company = 14, 10, 3

// A list of any length ends well: no head of a group is left at a foot, no row at all alone on the last page.
func TestNothingStandsAlone(t *testing.T) {
	o := desk()
	groups := map[string]bool{"未分类": true}
	for _, c := range category.All() {
		groups[c.GroupName] = true
	}
	for n := 9; n < 45; n += 2 {
		rows := sample(n)
		for name, make := range lists {
			p := drawn(t, layoutOf(name), make(rows, o))
			lowest, last := map[int]papertest.Piece{}, 0
			for _, q := range p.pieces {
				if q.Y < floor*72/25.4 { // the foot
					continue
				}
				if low, ok := lowest[q.Page]; !ok || q.Y < low.Y {
					lowest[q.Page] = q
				}
				if _, err := strconv.Atoi(q.Text); err == nil && q.X < (margin+12)*72/25.4 && q.Page == p.pages-1 {
					last++
				}
			}
			for page, q := range lowest {
				if group, _, _ := strings.Cut(q.Text, "　"); groups[group] {
					t.Errorf("%s of %d: page %d ends with %q", name, n, page+1, q.Text)
				}
			}
			if p.pages > 1 && last < company {
				t.Errorf("%s of %d: %d rows on the last of %d pages", name, n, last, p.pages)
			}
		}
	}
}

// A column is as wide as what it holds: what cannot be broken stands in one line.
func TestColumnsByWhatTheyHold(t *testing.T) {
	rows := sample(30)
	for i := range rows {
		rows[i].Register, rows[i].Deputies = "reception", []string{"李慧敏（市人大代表）"}
	}
	p := drawn(t, Filed, Book("reception", rows, desk()))
	whole := map[string]bool{}
	for _, q := range p.pieces {
		whole[q.Text] = true
	}
	for i := range rows {
		m := &rows[i]
		if Public(*m) && (!whole[m.Phone] || !whole[day(m.Occurred)] || !whole[m.Name] || m.AnsweredOn != "" &&
			!whole[m.AnsweredOn]) {
			t.Errorf("the telephone, the name or a date of row %d is broken", i+1)
		}
	}
}

// The totals by state add up to the number of rows.
func TestTally(t *testing.T) {
	rows := sample(97)
	text, states, _ := strings.Cut(tally(ordered(rows, nil)), "：")
	sum := 0
	for _, part := range strings.Split(states, "，") {
		n, err := strconv.Atoi(strings.Fields(part)[1])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if text != "合计 97 件" || sum != 97 {
		t.Errorf("%s, by state %d: %s", text, sum, states)
	}
}

func TestWallCheck(t *testing.T) {
	check := func(title string, want ...string) {
		m := matter.Matter{Report: matter.Report{Number: "n", Title: title},
			Private: matter.Private{Name: "任长顺", Phone: "139 1026 5021"}}
		var got []string
		for _, f := range WallCheck([]matter.Matter{m}) {
			got = append(got, f.What+" "+f.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
	check("育才路路口信号灯配时不合理")
	check("2026年3月请求修复12.6公里村道，涉及300人")
	check("任长顺反映欠薪", "姓名 任长顺")
	check("欠薪，请联系１３９１０２６５０２１", "电话 １３９１０２６５０２１")
	check("欠薪，请联系13812345521", "电话 13812345521")
	check("办公电话0358-8221234无人接", "电话 0358-8221234")
	check("身份证14230119700101123X信息有误", "身份证号 14230119700101123X")
	check("生态园小区3号楼2单元101室漏水", "门牌号 3号楼", "门牌号 2单元101室")
	check("任 长顺家、139-1026-5021", "姓名 任 长顺", "电话 139-1026-5021")
	check("请打(0358)822 1321联系，邮箱sunli@example.com", "电话 (0358)822 1321", "邮箱 sunli@example.com")
	hidden := matter.Matter{Report: matter.Report{Title: "任长顺", Confidential: true},
		Private: matter.Private{Name: "任长顺"}}
	if found := WallCheck([]matter.Matter{hidden}); found != nil {
		t.Errorf("a confidential matter is looked at for the wall: %v", found)
	}
}

// What was shown to another door is the citizen's own affair: a family's quarrel does not hang on a wall.
func TestWhatWasNotTakenUpIsNotOnTheWall(t *testing.T) {
	o := desk()
	row := func(title string, state matter.State) matter.Matter {
		return matter.Matter{State: state, Report: matter.Report{Number: title, Title: title,
			Station: "141102002003D1-A", Reason: "court"}}
	}
	p := drawn(t, Posted, Wall([]matter.Matter{row("离婚后财产没有执行", matter.Guided), row("路灯不亮", matter.Registered)}, o))
	p.has("路灯不亮", "合计 1 件")
	p.hasNot("离婚", "不属受理范围")
}

func TestBlank(t *testing.T) {
	o := desk()
	for _, v := range volumes {
		blank, err := Blank(v.code, o, 'C', 41, 20)
		if err != nil {
			t.Fatal(err)
		}
		p := drawn(t, Blanks, blank)
		p.numbered(1, v.name)
		s, err := BlankSlips(v.code, o, 'C', 41, 3)
		q := read(t, s, err)
		for n := 41; n < 61; n++ {
			number := matter.PaperNumber(station, v.code, 2026, 'C', n)
			p.has(number)
			if n < 44 {
				q.has(number)
				if got := strings.Count(q.page(n-40), number); got != 3 { // the heads of both parts, the tear line
					t.Errorf("%s stands %d times on its slip", number, got)
				}
				torn := false // what stands under the tear line is the citizen's
				for _, x := range q.pieces {
					if torn = torn || strings.Contains(x.Text, "沿虚线撕开"); x.Page == n-41 && x.Text != "练习" &&
						x.Size < map[bool]float64{true: form.Given, false: form.Official}[torn]-.01 {
						t.Errorf("slip %s: %q has %.1f points", number, x.Text, x.Size)
					}
					torn = torn && x.Page == n-41
				}
				if !strings.Contains(q.page(n-40), o.Phone) {
					t.Errorf("slip %s lacks the telephone", number)
				}
			}
		}
		p.hasNot(matter.PaperNumber(station, v.code, 2026, 'C', 40), matter.PaperNumber(station, v.code, 2026, 'C', 61))
		for _, list := range []words.List{words.Channels, words.Purposes, words.Urgencies, words.Sexes,
			words.AgeBands, words.OnSpots, words.Modes, words.Reasons} {
			for i, w := range list {
				q.has(strconv.Itoa(i+1) + w.Name)
			}
		}
	}
	if _, err := Blank("reception", o, 'A', 1, 0); err == nil {
		t.Error("no lines at all are printed")
	}
	o.Unit = "141102000000"
	if _, err := BlankSlips("visit", o, 'A', 1, 1); err == nil {
		t.Error("a county prints numbers of a station")
	}
}

func TestByHand(t *testing.T) {
	o := desk()
	p := drawn(t, Rounds, Household(nil, o))
	p.numbered(1, "入户征求意见表", "意见汇总")
	p.has("9.")
	rows := sample(60)
	for i := range rows {
		rows[i].People = 3471 // who raised it together says nothing about who lives there
	}
	p = drawn(t, Rounds, Household(rows, o))
	p.hasNot("3471")
	p.numbered(1, "意见汇总", "征求到的意见建议")
	for i := range rows {
		switch m := &rows[i]; {
		case m.State == matter.Void, m.Channel != "home-visit": // nobody was at their home
			p.hasNot(m.Number, m.Phone)
		case m.Confidential:
			p.has(m.Number)
			p.hasNot(m.Phone, m.Address)
		default:
			p.has(m.Name, m.Phone, m.Address, m.Title+m.Words)
		}
	}
	drawn(t, Evenings, Schedule("2026年", nil, o)).numbered(1, "代表进站接待安排表", usual)
	e := Evening{Date: "2026-04-17", Hours: "9:00—11:00", Place: "袁家庄社区联络点",
		Deputies: []string{"李慧敏（市人大代表）", "赵堎（区人大代表）"}, Guests: "住建局",
		Topic: "老旧小区改造", Contact: "刘昞 0358-8221234", Notice: "2026-04-15", Remark: "顺延"}
	p = drawn(t, Evenings, Schedule("2026年第二季度", slices.Repeat([]Evening{e}, 25), o))
	p.numbered(1, "代表进站接待安排表", "特邀参加部门", "2026年第二季度")
	p.has("2026年4月17日（星期五）", e.Hours, e.Place, "李慧敏（市人大代表）赵堎（区人大代表）", e.Guests, e.Topic, e.Contact, "2026年4月15日",
		e.Remark)
}

func TestYear(t *testing.T) {
	rows, o := sample(80), desk()
	rows[79].Occurred = rows[79].Occurred.AddDate(1, 0, 0)
	o.Practice = true
	p := read(t, Year(2026, rows, o), nil)
	p.numbered(2)
	p.hasNot(rows[79].Number)
	if text := p.page(1); !strings.Contains(text, "共79件·"+strconv.Itoa(p.pages)+"页") {
		t.Errorf("the cover says %q", text)
	}
	if text := p.page(p.pages); !strings.Contains(text, fmt.Sprintf("全册共79件、%d页", p.pages)) ||
		!strings.Contains(text, "盖章") {
		t.Errorf("the last page says %q", text)
	}
	var names, at []string
	for _, q := range p.pieces {
		if q.Page == 1 && q.Size == 16 {
			if len(names) == len(at) {
				names = append(names, q.Text)
			} else {
				at = append(at, q.Text)
			}
		}
	}
	if len(at) != 5 {
		t.Fatalf("contents: %q %q", names, at)
	}
	for i, name := range names {
		n, _ := strconv.Atoi(at[i])
		if !strings.Contains(p.page(n), name) || n > 3 && strings.Contains(p.page(n-1), name) {
			t.Errorf("%s does not begin on page %d", name, n)
		}
	}
	for i := range rows[:79] {
		if m := &rows[i]; Public(*m) {
			p.has(history(m), m.Title+m.Words)
		} else {
			p.hasNot(m.Phone, m.Address)
		}
	}
	for n := 1; n <= p.pages; n++ {
		if !strings.Contains(p.page(n), "练习") {
			t.Errorf("page %d of a practice book does not say so", n)
		}
	}
}

// The same rows, office and day give the same bytes, in whatever order the rows come.
func TestSameBytes(t *testing.T) {
	rows, o := sample(200), desk()
	first := read(t, Year(2026, rows, o), nil).pdf
	slices.Reverse(rows)
	if !bytes.Equal(first, read(t, Year(2026, rows, o), nil).pdf) {
		t.Error("the year's book is another one the second time")
	}
}
