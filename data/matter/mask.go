package matter

import (
	"slices"
	"strings"
)

// Masks cover a citizen on everything that leaves the station's hands (law: 个人信息保护法 articles 25 and 51; the
// asterisks do not tell how long a name is).

var compound = []string{
	"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "夏侯",
	"万俟", "闻人", "端木", "呼延", "澹台", "南宫", "西门", "百里", "独孤", "轩辕", "钟离", "濮阳", "淳于", "单于",
	"申屠", "太叔", "公冶", "宗政", "赫连", "司空", "鲜于", "闾丘", "亓官", "第五", "拓跋", "梁丘", "左丘", "东郭",
}

// MaskName keeps the family name: 王𠅤明 → 王**, 欧阳敏 → 欧阳**. An empty name stays empty.
func MaskName(name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	family := string([]rune(name)[:1])
	for _, c := range compound {
		if strings.HasPrefix(name, c) && name != c {
			family = c
		}
	}
	return family + "**"
}

// Phone writes a number in one way, so that one citizen's is found again: full-width digits and signs as plain ones, a
// mobile number without spaces and hyphens.
func Phone(s string) string {
	s = strings.Map(Plain, strings.TrimSpace(s))
	if bare := strings.NewReplacer(" ", "", "-", "").Replace(s); len(bare) == 11 && bare[0] == '1' && strings.Trim(bare, "0123456789") == "" {
		return bare
	}
	return s
}

// Hushed is a confidential matter as anybody but its table may see it: without what was said openly before confidence was
// asked for. What was said since lies sealed.
func (m Matter) Hushed() Matter {
	m.Private = Private{}
	m.Proposal, m.Answer, m.Minutes, m.Promise, m.Complaint = "", "", "", "", ""
	asked := 0
	for i, e := range m.History {
		if e.Do == "correct" && strings.Contains(e.Note, Correctable.Name("confidential")) {
			asked = i
		}
	}
	m.History = slices.Clone(m.History)
	for i := range m.History[:asked] {
		m.History[i].Note = ""
	}
	return m
}

// Plain makes a full-width letter, digit or sign an ordinary one.
func Plain(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// MaskPhone keeps three digits before and four behind of a mobile number (138****5678), the area code and the last two
// digits of any other number that long (0358****21), the last two of a
// local one, and nothing of anything shorter.
func MaskPhone(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	switch n := len(digits); {
	case n == 0:
		return ""
	case n == 11 && digits[0] == '1':
		return digits[:3] + "****" + digits[7:]
	case n >= 10:
		return digits[:4] + "****" + digits[n-2:]
	case n >= 7:
		return "****" + digits[n-2:]
	default:
		return "****"
	}
}
