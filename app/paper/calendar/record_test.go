package calendar

import (
	"fmt"
	"strings"
	"testing"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/data/words"
)

// record is a busy year of a deputy: so many things, every kind among them.
func record(n int) Record {
	c := crowded()
	r := Record{Person: c.People[c.Sessions[0].Called[1].Key], From: "2027-01-01", To: "2027-12-31", Goals: []Goal{{"进站接待", 3, 12}, {"履职天数", 9, 15}}}
	r.Person.Employer, r.Person.Post, r.Person.Fields = "离石区凤山街道袁家庄社区居民委员会", "党支部书记、主任", []string{"农业农村", "教育"}
	for i := range n {
		r.Items = append(r.Items, Item{fmt.Sprintf("2027-%02d-%02d", 1+i*12/max(n, 1), 1+i%28), words.Duties[i%len(words.Duties)].Code,
			"冬季供暖、燃气入户、老旧小区雨污分流改造，袁家庄社区党群服务中心一层东侧第二会议室", fmt.Sprintf("019ab0c0-0000-7000-8000-%012d", i)})
	}
	return r
}

// The bound book has every item of the record once, by its number and ID; the pages that its contents name are those on
// which the chapters begin, and its last page counts what there is.
func TestTheBookIsTheRecord(t *testing.T) {
	for _, n := range []int{0, 1, 77} {
		r := record(n)
		d := DutyBook(r, office())
		ps := read(t, fmt.Sprintf("duty-book-%d", n), d, 9)
		all := strings.ReplaceAll(text(ps), "\n", "")
		for _, it := range r.Items {
			if strings.Count(all, it.ID) != 1 {
				t.Errorf("%s stands %d times in the book", it.ID, strings.Count(all, it.ID))
			}
		}
		if want := fmt.Sprintf("全册共 %d 条、%d 页", n, len(d.Pages)); !strings.Contains(all, want) {
			t.Errorf("the last page does not say %s", want)
		}
		rows := 0
		for _, p := range ps {
			if strings.HasPrefix(p.Text, "共 ") && strings.HasSuffix(p.Text, " 条") {
				var k int
				fmt.Sscanf(p.Text, "共 %d 条", &k)
				rows += k
			}
		}
		if rows != n {
			t.Errorf("the chapters have %d of %d items", rows, n)
		}
		for _, c := range append(chapters, struct{ name, kinds string }{"履职情况一览", ""}, struct{ name, kinds string }{"全册统计", ""}) {
			if at := listed(ps, c.name); at < 1 || at > len(d.Pages) || !titled(ps, c.name, at) {
				t.Errorf("%s is said to be on page %d", c.name, at)
			}
		}
	}
}

// listed is the page that the contents, the second page, name for a chapter.
func listed(ps []papertest.Piece, name string) (at int) {
	for _, p := range ps {
		if p.Page == 1 && p.Text == name {
			for _, q := range ps {
				if q.Page == 1 && q.Y > p.Y-1 && q.Y < p.Y+1 && q.X > p.X+200 {
					fmt.Sscan(q.Text, &at)
				}
			}
		}
	}
	return at
}

// titled says whether a page has such a title.
func titled(ps []papertest.Piece, name string, page int) bool {
	for _, p := range ps {
		if p.Page == page-1 && p.Text == name && p.Size > 14 {
			return true
		}
	}
	return false
}

// The sheet of a quarter has each item with a place to say that it is wrong, and lines to sign.
func TestDutyChecks(t *testing.T) {
	rs := []Record{record(30), record(0)}
	rs[0].To = "2027-03-31"
	all := strings.ReplaceAll(text(read(t, "duty-check", bound(DutyChecks(rs, office())), 9)), "\n", "")
	if n := strings.Count(all, "□ 对　□ 不对"); n != 30 || strings.Count(all, "代表签名") != 2 || !strings.Contains(all, "没有记录") || !strings.Contains(all, "2027年第一季度") {
		t.Errorf("%d to be checked", n)
	}
}
