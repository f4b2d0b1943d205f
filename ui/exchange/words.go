package exchange

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/data/journal"
)

// seen is what one look at the exchange tells.
type seen struct {
	print  string            // our own ten digits
	total  uint64            // entries of ours for the upper unit
	up     *courier.Progress // the upper unit; nil until it has accepted us
	below  []courier.Progress
	asking []courier.Asking
	folder error // why the shared folder cannot be read now
}

// above is how people call the upper unit.
func above(role journal.Level) string {
	if role == journal.Station {
		return "县里"
	}
	return "市里"
}

// groups puts ten digits as they are read out by telephone.
func groups(print string) string {
	if len(print) != 10 {
		return print
	}
	return print[:5] + " " + print[5:]
}

// spoken writes a moment as people say it, in the zone of now; "" for none.
func spoken(rfc3339 string, now time.Time) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return ""
	}
	if t = t.In(now.Location()); t.Year() != now.Year() {
		return t.Format("2006年1月2日 15:04")
	}
	return t.Format("1月2日 15:04")
}

// summary is the one line that says how far our records have come.
func summary(s seen, up string, now time.Time) string {
	if s.up == nil {
		return fmt.Sprintf("共登记 %d 条，都存在本机；还没有和%s接上。", s.total, up)
	}
	last := "还没有收到过" + up + "的回音。"
	if heard := spoken(s.up.LastHeard, now); heard != "" {
		last = "最近一次联系 " + heard + "。"
	}
	return fmt.Sprintf("共登记 %d 条，%s已收到 %d 条，已进%s台账 %d 条；%s", s.total, up, s.up.Stored, up, s.up.Processed, last)
}

// tick is one of the three stages of the way up, in words that say by themselves whether it is done.
type tick struct {
	done        bool
	title, note string
}

func ticks(s seen, up string, now time.Time) []tick {
	p := courier.Progress{}
	if s.up != nil {
		p = *s.up
	}
	count := func(n uint64) string {
		switch {
		case s.total == 0:
			return "还没有登记过"
		case n >= s.total:
			return fmt.Sprintf("%d 条全到了", s.total)
		}
		return fmt.Sprintf("%d 条，还差 %d 条", n, s.total-n)
	}
	list := []tick{
		{s.up != nil && p.SentAt != "" && (s.folder == nil || p.Stored >= s.total), "已放进共享文件夹", ""},
		{s.up != nil && p.Stored >= s.total, up + "已收到", count(p.Stored)},
		{s.up != nil && p.Processed >= s.total, "已进" + up + "台账", count(p.Processed)},
	}
	for i, not := range []string{"还没放进共享文件夹", up + "还没收全", "还没全进" + up + "台账"} {
		if !list[i].done {
			list[i].title = not
		}
	}
	switch {
	case p.SentAt != "":
		list[0].note = "最近一次 " + spoken(p.SentAt, now)
	case s.up == nil:
		list[0].note = "接上以后自动放进"
	default:
		list[0].note = "按“现在报送”就放进"
	}
	return list
}

// advice is what to do now, in one sentence.
func advice(s seen, up string, explain func(error) string) string {
	switch {
	case s.folder != nil:
		return explain(s.folder)
	case s.up == nil:
		return "第一次接入：请打电话给" + up + "，逐位核对下面的校验号。" + up + "确认以后会自动接上，您照常登记就好。"
	case s.up.Stored < s.total:
		return fmt.Sprintf("还有 %d 条%s没有收到。用U盘的，请按“现在报送”，再把U盘交给%s；用网络的不用管，会自动送到。", s.total-s.up.Stored, up, up)
	case s.up.Processed < s.total:
		return up + "都收到了，正在整理进台账，现在不用做什么。"
	}
	return "都收到了，现在不用做什么。"
}

// told is what a round did, in one sentence.
func told(r courier.Round, up string) string {
	var parts []string
	if r.Collected > 0 {
		parts = append(parts, fmt.Sprintf("收到 %d 条", r.Collected))
	}
	if r.Sent > 0 {
		parts = append(parts, fmt.Sprintf("放进共享文件夹 %d 条", r.Sent))
	}
	if r.Asked {
		parts = append(parts, "接入申请已放进共享文件夹，请打电话给"+up+"核对校验号")
	}
	if len(r.Aside) > 0 {
		parts = append(parts, fmt.Sprintf("有 %d 个文件没有采用，原因写在下面", len(r.Aside)))
	}
	if len(parts) == 0 {
		return "联系正常，没有新的记录要收、要送。"
	}
	return strings.Join(parts, "；") + "。"
}

// refused names a file that was put aside, with its sentence.
func refused(a courier.Aside, explain func(error) string) string {
	return "文件 " + path.Base(a.File) + "：" + explain(courier.Reason(a.Why))
}

// quiet is how long a unit may be silent before somebody should telephone: every computer speaks once a week.
const quiet = 8 * 24 * time.Hour

// trouble is one thing that is not well with a lower unit: what its line in the table says, and what it means and what
// to do.
type trouble struct {
	short, long string
	mild        bool // good to know, nothing to do
}

// troubles is what is wrong with a lower unit; none where all is well.
func troubles(p courier.Progress, now time.Time, explain func(error) string) (list []trouble) {
	if p.Revoked {
		return []trouble{{"已停用", "已停用，不再收它的文件；以前收到的都还在。要恢复，请让它再报送一次，重新核对校验号。", true}}
	}
	heard, err := time.Parse(time.RFC3339, p.LastHeard)
	days := int(now.Sub(heard).Hours() / 24)
	switch {
	case err != nil:
		list = append(list, trouble{"还没送来过", "已经接入，还没有送来过文件。过几天还没有，请打电话提醒它按一次“现在报送”。", true})
	case now.Sub(heard) > quiet:
		list = append(list, trouble{fmt.Sprintf("%d 天没联系", days), fmt.Sprintf("%d 天没有联系了。请打电话问一问，电脑或U盘是不是有问题。", days), false})
	}
	if n := missing(p); n > 0 {
		list = append(list, trouble{"有缺的", fmt.Sprintf("还缺 %d 条，对方下次会自动补上；过一周还缺，请打电话。", n), false})
	}
	if n := len(p.Aside); n > 0 {
		long := make([]string, min(n, 3))
		for i := range long {
			long[i] = refused(p.Aside[i], explain)
		}
		if n > 3 {
			long = append(long, fmt.Sprintf("另有 %d 个文件也没有采用。", n-3))
		}
		list = append(list, trouble{fmt.Sprintf("%d 个文件没采用", n), strings.Join(long, "\n"), false})
	}
	if p.Conflicts > 0 {
		list = append(list, trouble{fmt.Sprintf("%d 处不一致", p.Conflicts), fmt.Sprintf("%d 处有两份不同的内容，两份都留着，请在台账里确认。", p.Conflicts), false})
	}
	return list
}

// missing counts the entries that are known to exist and are not here.
func missing(p courier.Progress) (n uint64) {
	for _, g := range p.Gaps {
		n += g.Last - g.First + 1
	}
	return n
}

// standing says about a lower unit what its line in the table cannot.
func standing(p courier.Progress, now time.Time, explain func(error) string) string {
	lines := []string{p.Name + "（" + p.Unit + "）"}
	for _, t := range troubles(p, now, explain) {
		lines = append(lines, t.long)
	}
	if p.Waiting > 0 {
		lines = append(lines, fmt.Sprintf("%d 条在等前面的记录，到齐后自动进台账。", p.Waiting))
	}
	if len(lines) == 1 {
		lines = append(lines, "一切正常。")
	}
	return strings.Join(lines, "\n")
}

// merge joins what lies aside and what the last round put there.
func merge(a, b []courier.Aside) []courier.Aside {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
