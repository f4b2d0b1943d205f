package bulletin_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/bulletin"
	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
)

func numbers(title string, rows, columns int) table.Table {
	t := table.Table{Notes: table.Notes{Organisation: "离石区人大常委会", Title: title, Part: "离石区　2026年11月", Day: "截至 2026年12月1日 9:00"}, Keys: 1,
		Columns: []table.Column{{Title: "站点", Width: 30}}, Sums: []table.Row{{Cells: []string{"合计"}}}}
	for c := range columns {
		t.Columns = append(t.Columns, table.Column{Title: "指标" + strconv.Itoa(c+1), Width: 14, Align: typeset.Right})
		t.Sums[0].Cells = append(t.Sums[0].Cells, strconv.Itoa(rows*c))
	}
	for i := range rows {
		cells := []string{fmt.Sprintf("%d社区联络站", i+1)}
		for c := range columns {
			cells = append(cells, strconv.Itoa(c))
		}
		t.Rows = append(t.Rows, table.Row{Cells: cells})
	}
	return t
}

func monthly() bulletin.Bulletin {
	said := "本月收集意见120件次，比上月多12件次（增长11.1%）。其中当场办结20件次，不受理2件次，受理118件次。"
	return bulletin.Bulletin{Issuer: "吕梁市离石区人民代表大会常务委员会", Title: "离石区人大代表联络站工作月报", Span: "2026年11月", AsOf: "截至2026年12月1日9:00", Day: "2026年12月1日",
		Issue: bulletin.Issue{Number: 11, Version: 2, Hash: "3F2A9C"}, Made: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC),
		Sections: []bulletin.Section{{Head: "一、总体情况", Paragraphs: []string{said, strings.Repeat(said, 2)}, Tables: []table.Table{numbers("主要数据", 6, 5)}},
			{Head: "二、分类情况", Paragraphs: []string{said}, Charts: []chart.Chart{{Title: "群众反映最多的是什么", Unit: "件次", Labels: []string{"供水", "道路"},
				Series: []chart.Series{{Name: "本月", Values: []float64{31, 12}}, {Name: "上月", Values: []float64{20, 19}}}}}},
			{Head: "五、超期与不满意", Paragraphs: []string{said}, Tables: []table.Table{numbers("超期的", 60, 4)}}},
		Attached: []table.Table{numbers("附表一　按领导层级进站接待情况", 8, 11), numbers("附表二　分县（市、区）情况", 70, 9), numbers("附表三　分类情况", 5, 9), numbers("附表四　承办单位办理情况", 5, 9)},
		Notes:    []string{"应报送320个单位，318个已报送。", "满意率：满意和基本满意除以评价数，要和评价率一起看。"}}
}

func read(t *testing.T, b bulletin.Bulletin, name string) []papertest.Piece {
	t.Helper()
	return papertest.Print(t, b.Document(typeset.Fangsong("")), name)
}

// What a bulletin says is all on its paper, none of it over the other; its number, its version and the hash of its numbers too.
func TestBulletinSaysAll(t *testing.T) {
	b := monthly()
	ps := read(t, b, "month")
	all := papertest.All(ps)
	for _, want := range []string{b.Title, "（2026年11月）", "第11号（第2版）", "截至2026年12月1日9:00", "一、总体情况", b.Sections[0].Paragraphs[1], "主要数据",
		"群众反映最多的是什么（件次）", "60社区联络站", "吕梁市离石区人民代表大会常务委员会", "2026年12月1日", "校验值3f2a9c", "目录", "70社区联络站"} {
		if !strings.Contains(all, papertest.Squeeze(want)) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, o := range papertest.Overlaps(ps) {
		t.Error(o)
	}
	b.Practice, b.Attached, b.Issue = true, b.Attached[:1], bulletin.Issue{}
	all = papertest.All(read(t, b, "short"))
	if !strings.Contains(all, "练习") || strings.Contains(all, "目录") || strings.Contains(all, "校验") || strings.Contains(all, "第0号") {
		t.Error("a short one for practice that was not issued says otherwise")
	}
}

// The contents name the page on which each attached table begins.
func TestContents(t *testing.T) {
	b := monthly()
	ps := read(t, b, "month")
	on := map[string]int{}
	for _, p := range ps {
		for _, a := range b.Attached {
			if p.Text == a.Title && p.Size == 18 && on[a.Title] == 0 {
				on[a.Title] = p.Page + 1
			}
		}
	}
	for _, p := range ps {
		for _, a := range b.Attached {
			if p.Page > 0 || p.Text != a.Title {
				continue
			}
			for _, q := range ps {
				if q.Page == 0 && q.Y == p.Y && q.X > p.X+300 && q.Text != strconv.Itoa(on[a.Title]) && !strings.Contains(q.Text, "…") {
					t.Errorf("%s begins on page %d, the contents say %s", a.Title, on[a.Title], q.Text)
				}
			}
		}
	}
	if len(on) != len(b.Attached) {
		t.Errorf("%d of the tables were found", len(on))
	}
}

// The contents have the title of each attached table in one line, however long the days are that it is on, which the head says.
func TestContentsAreShort(t *testing.T) {
	b := monthly()
	b.Span, b.Attached = "2026年6月1日至2031年5月31日", nil
	names := []string{"附表一 按领导层级进站接待情况", "附表三 分类情况", "附表四 承办单位办理情况", "附表五 超期清单", "附表六 不满意清单", "附表七 领办清单",
		"附表八 站点活跃度（零报送）", "附表八 零报送（期末一周内没有报送的单位）", "附表九 代表履职情况", "指标说明"}
	for _, n := range names {
		b.Attached = append(b.Attached, numbers(n+"（"+b.Span+"）", 2, 3))
	}
	ps := read(t, b, "term")
	entries := map[string]bool{}
	for _, p := range ps {
		if p.Page == 0 {
			entries[p.Text] = true
		}
	}
	for _, n := range names {
		if !entries[n] {
			t.Errorf("%s does not stand in one line of the first page", n)
		}
	}
}
