package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"lianluo.local/app/report/figure"
)

// Cell is what a row says of an indicator, as it is printed: 63.2%, 12.5, 7; "—" where nothing is counted.
func (r Report) Cell(row figure.Row, i figure.Indicator) string {
	v, ok := row.Says(i)
	switch {
	case !ok:
		return "—"
	case i.Unit == "%":
		return Tenth(100*v) + "%"
	case i.Rate():
		return Tenth(v)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// Tenth is a number with one decimal, a half rounded up as everybody does who checks it.
func Tenth(v float64) string { return strconv.FormatFloat(math.Round(10*v+1e-9)/10, 'f', 1, 64) }

// Came says how many of those who report to us did; "" where nobody does.
func (r Report) Came() string {
	if len(r.Heard) == 0 {
		return ""
	}
	return fmt.Sprintf("应报送%d个单位，已报送%d个", len(r.Heard), len(r.Heard)-len(r.Missing))
}

// Received says how many of those who report to us did, until when, and names the others.
func (r Report) Received() string {
	if len(r.Heard) == 0 {
		return "只有本单位自己登记的，没有下级报送。"
	}
	said := fmt.Sprintf("应报送 %d 个单位，%d 个已报送", len(r.Heard), len(r.Heard)-len(r.Missing))
	if until := r.Until(); !until.IsZero() {
		said += "，最早的一个报到 " + until.In(r.AsOf.Location()).Format("1月2日 15:04")
	}
	if len(r.Missing) == 0 {
		return said + "。"
	}
	var names []string
	for _, h := range r.Missing {
		names = append(names, h.Name+"（"+h.since(r)+"）")
	}
	return said + "；期末一周内没有报送的：" + strings.Join(names, "、") + "。"
}

func (h Heard) since(r Report) string {
	if h.Last.IsZero() {
		return "还没有报送过"
	}
	return "报到 " + h.Last.In(r.AsOf.Location()).Format("1月2日")
}
