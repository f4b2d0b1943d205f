package command

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"

	measure "lianluo.local/app/bench"
	"lianluo.local/data/problem"
)

var errStopped = problem.New("bench was stopped", "已停下，测速用的临时文件都删了。")

func benchFlags(fs *flag.FlagSet) *int { return fs.Int("matters", 100000, "") }

// bench prints each figure as soon as it is there: a row of a table, or an object.
func bench(e *env, o *int) error {
	matters := *o
	if matters < 1 {
		return usage("--matters 至少是 1")
	}
	ctx, stop := signal.NotifyContext(e.ctx, os.Interrupt)
	defer stop()
	m := measure.Here(matters)
	if err := e.say(m, "%s，%d 核，%s；%d 件事项；临时文件夹在 %s，测完就删。要几分钟；单位毫秒，写明秒的除外。\n",
		m.System, m.Cores, m.Go, m.Matters, m.Folder); err != nil {
		return err
	}
	var ways footnotes
	if !e.json {
		fmt.Fprintln(e.out, benchRow("测什么", "中位", "95%", "最慢", "通常做法", "95%", "最慢", "比值", "次数", "目标"))
	}
	err := measure.Run(ctx, matters, func(f measure.Figure) {
		if e.json {
			_ = e.print(f)
		} else {
			fmt.Fprintln(e.out, ways.row(f))
		}
	})
	if ctx.Err() != nil {
		return errStopped
	}
	if err == nil && !e.json {
		fmt.Fprint(e.out, "\n通常做法：\n"+ways.text.String())
	}
	return err
}

// footnotes numbers the usual ways, so that each is explained once.
type footnotes struct {
	known map[string]string
	text  strings.Builder
}

func (n *footnotes) mark(way string) string {
	if way == "" {
		return ""
	}
	if n.known[way] == "" {
		if n.known == nil {
			n.known = map[string]string{}
		}
		n.known[way] = fmt.Sprintf(" [%d]", len(n.known)+1)
		fmt.Fprintf(&n.text, " %s %s\n", n.known[way], way)
	}
	return n.known[way]
}

// row is a figure for people. Of one that was taken once there is nothing but the time.
func (n *footnotes) row(f measure.Figure) string {
	cells := []string{f.What + n.mark(f.Beside), digits(f.Ours.Median, f.Unit), "", "", "", "", "", "",
		strconv.Itoa(f.Ours.N), ""}
	if f.Ours.N > 1 {
		cells[2], cells[3] = digits(f.Ours.P95, f.Unit), digits(f.Ours.Max, f.Unit)
	}
	if u := f.Usual; u != nil {
		cells[4], cells[7] = digits(u.Median, f.Unit), strconv.FormatFloat(f.Ratio, 'f', 3, 64)
		if u.N > 1 {
			cells[5], cells[6] = digits(u.P95, f.Unit), digits(u.Max, f.Unit)
		}
	}
	if g := f.Goal; g != nil {
		cells[9] = fmt.Sprintf("%s %v %s", map[string]string{"median": "中位 <", "ratio": "比值 ≤"}[g.Of], g.Most,
			map[bool]string{true: "达到", false: "没有达到"}[g.Met])
	}
	return benchRow(cells...)
}

// digits writes three digits that count.
func digits(v float64, unit string) string {
	places := 2
	if v >= 100 {
		places = 0
	} else if v >= 10 {
		places = 1
	}
	return strconv.FormatFloat(v, 'f', places, 64) + map[string]string{"s": " 秒"}[unit]
}

// benchRow sets cells in columns, where a Chinese character takes two places. All but the first and last stand right.
func benchRow(cells ...string) string {
	widths := []int{46, 8, 8, 8, 10, 8, 8, 8, 6, 0}
	var b strings.Builder
	for i, c := range cells {
		gap := widths[i]
		for _, r := range c {
			if gap--; r >= 0x2e80 {
				gap--
			}
		}
		blank := strings.Repeat(" ", max(gap, 1))
		switch i {
		case 0:
			b.WriteString(c + blank)
		case len(cells) - 1:
			b.WriteString("  " + c)
		default:
			b.WriteString(blank + c)
		}
	}
	return strings.TrimRight(b.String(), " ")
}
