package register

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/table"
	"lianluo.local/assets/category"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
)

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
