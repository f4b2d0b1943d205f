package exchange

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/ledger"
	"lianluo.local/app/trust"
	"lianluo.local/ui/kit"
)

// seen is what one look at the exchange tells.
type seen struct {
	print    string            // our own sixteen digits
	total    uint64            // entries of ours for the office above
	up       *courier.Progress // the office above; nil until it has accepted us
	weeks    []courier.Week
	above    trust.Above
	below    []courier.Progress
	asking   []trust.Asking // also of computers that were put out of use, and could be let in again
	far      []courier.Far
	earlier  []trust.Earlier
	phones   map[string]string // by unit
	compared map[string]string // those of computers that a person here compared
	folder   error             // why the shared folder cannot be read now
}

// phones are the numbers by unit, as they were told when each was accepted, of those that count; that of a computer in
// use comes before one that was put out of use.
func phones(known []trust.Peer, counts func(trust.Peer) bool) map[string]string {
	numbers := map[string]string{}
	for _, k := range known {
		if k.Phone != "" && counts(k) && (!k.Revoked || numbers[k.Peer.Unit] == "") {
			numbers[k.Peer.Unit] = k.Phone
		}
	}
	return numbers
}

func noFolder(err error) bool { return errors.Is(err, trust.ErrNoFolder) }

// day writes a moment's day as people say it, in the zone of now; "" for none.
func day(rfc3339 string, now time.Time) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return ""
	}
	if t = t.In(now.Location()); t.Year() != now.Year() {
		return t.Format("2006年1月2日")
	}
	return t.Format("1月2日")
}

// ago says how long ago a moment was, in days as the calendar counts them; "" for none.
func ago(rfc3339 string, now time.Time) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return ""
	}
	switch n := courier.Days(t, now); {
	case n < 0: // a clock was ahead then, or is behind now
		return day(rfc3339, now)
	case n == 0:
		return "今天 " + t.In(now.Location()).Format("15:04")
	case n == 1:
		return "昨天"
	default:
		return fmt.Sprintf("%d 天前", n)
	}
}

// above is the computer that the office above has now; nil for none.
func above(ps []courier.Progress, parent string) (up *courier.Progress) {
	for _, p := range ps {
		if p.Unit == parent && !p.Revoked && (up == nil || p.LastHeard > up.LastHeard) {
			up = &p
		}
	}
	return up
}

// Apart says why nothing reaches the office above, whatever is sent: it has not accepted this computer yet, or put it
// out of use; "" where it has to do with us.
func Apart(ps []courier.Progress, parent string) string {
	switch up := above(ps, parent); {
	case up == nil:
		return "还没有接上" + ledger.Called(parent)
	case up.Out:
		return ledger.Called(parent) + "已停用这台电脑"
	}
	return ""
}

// TopLine says in a few words how the exchange of an office stands; parent is the code of the office above, "" for
// none.
func TopLine(ps []courier.Progress, a trust.Above, parent string, station, folder bool) (string, kit.Tone) {
	if !folder {
		return "○ 还没有选共享文件夹", kit.Plain
	}
	switch says, grave := Comparing(a.Stage(), ledger.Called(parent), true); {
	case grave:
		return "✕ " + says, kit.Bad
	case says != "":
		return "○ " + says, kit.Soon
	}
	up, below := above(ps, parent), map[string]bool{}
	for _, p := range ps {
		if !p.Revoked && p.Unit != parent {
			below[p.Unit] = true
		}
	}
	if up != nil && up.Out {
		return "✕ " + Apart(ps, parent), kit.Bad
	}
	if !station {
		if len(below) == 0 {
			return "○ 还没有单位接入", kit.Plain
		}
		return fmt.Sprintf("已接入 %d 个单位", len(below)), kit.Plain
	}
	switch {
	case up == nil:
		return "○ " + Apart(ps, parent), kit.Plain
	case up.Sent == 0:
		return "○ 已接上" + ledger.Called(parent) + "，还没有要送的", kit.Plain
	case up.Stored > up.Sent:
		return "○ " + ledger.Called(parent) + "的记录比本机多", kit.Bad
	case up.Stored == up.Sent:
		return fmt.Sprintf("● %s已收到 %d/%d", ledger.Called(parent), up.Stored, up.Sent), kit.Good
	}
	return fmt.Sprintf("○ %s已收到 %d/%d", ledger.Called(parent), up.Stored, up.Sent), kit.Plain
}

// summary says in words how far our records have come.
func summary(s seen, up string, now time.Time) string {
	if s.up == nil {
		return fmt.Sprintf("共 %d 条记录，都存在本机；还没有和%s接上。", s.total, up)
	}
	said, sent := "", day(s.up.SentAt, now)
	switch missing := s.total - min(s.total, s.up.Stored); {
	case s.up.Stored > s.total:
		said = fmt.Sprintf("%s收到的有 %d 条，本机只有 %d 条：本机可能放回了旧备份。请先不要登记，打电话给%s；再报送几次，少的会补回来。", up, s.up.Stored, s.total, up)
	case s.total == 0:
		said = "已经接上，还没有要送的记录。"
	case missing == s.total && sent == "":
		said = fmt.Sprintf("还没有送过：共 %d 条，都存在本机。", s.total)
	case missing > 0:
		said = fmt.Sprintf("%s收到 %d 条，共 %d 条；还有 %d 条等下一次拷贝。", up, s.up.Stored, s.total, missing)
	case s.up.Processed < s.total:
		said = fmt.Sprintf("%s收到 %d 条，全收到了；还有 %d 条等着进%s台账。", up, s.total, s.total-s.up.Processed, up)
	default:
		said = fmt.Sprintf("%s收到 %d 条，全收到了，也都进了台账。", up, s.total)
	}
	if sent != "" {
		said = "送到 " + sent + "：" + said
	}
	if heard := ago(s.up.LastHeard, now); heard != "" {
		return said + "最近一次听到" + up + "：" + heard + "。"
	}
	return said + "还没有听到过" + up + "。"
}

// advice is what to do now, in one sentence; "" where nothing is.
func advice(s seen, up string) string {
	switch {
	case s.up != nil && s.up.Out:
		return up + "已停用这台电脑（换了电脑，或电脑报失）。请不要再用这台登记：它写的送不出去。弄错了的，请打电话给" + up + "。"
	case s.up == nil || s.up.Stored >= s.total:
		return ""
	}
	return "用U盘的，请插好U盘按“现在报送”，再把U盘交给" + up + "；用网络的不用管，会自动送到。"
}

// told is what a round did. What was written was read back before the round ended, so a stick may go.
func told(r courier.Round, up string) string {
	var parts []string
	if r.Collected > 0 {
		parts = append(parts, fmt.Sprintf("收到 %d 条", r.Collected))
	}
	if r.Sent > 0 {
		parts = append(parts, fmt.Sprintf("放进 %d 条", r.Sent))
	}
	if r.Asked {
		parts = append(parts, "给"+up+"的接入申请已放好，请照页面上的顺序打一次电话")
	}
	if len(parts) == 0 {
		parts = []string{"联系正常，没有新的要收、要送"}
	}
	said := strings.Join(parts, "；") + "。"
	for _, t := range refused(r.Aside) {
		said += t.long
	}
	return said + "都已写好并核对，可以拔下U盘了。"
}
