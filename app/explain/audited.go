package explain

import (
	"fmt"

	"lianluo.local/data/audit"
)

// Audited is a finding about the log of who looked at what.
func Audited(f audit.Finding) string {
	which := fmt.Sprintf("第 %d 条", f.From)
	if f.To > f.From {
		which = fmt.Sprintf("第 %d 到 %d 条", f.From, f.To)
	}
	switch f.Fault {
	case audit.Hole:
		return "审计日志缺" + which
	case audit.Cut:
		return "审计日志的末尾" + which + "不见了"
	case audit.Forged:
		return "审计日志" + which + "不是这台电脑签的"
	case audit.Other:
		return "审计日志" + which + "和以前的不一样，可能换成了旧的"
	}
	return "审计日志" + which + "被改过，或者读不出来"
}
