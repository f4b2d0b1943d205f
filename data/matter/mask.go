package matter

import (
	"slices"
	"strings"

	"lianluo.local/data/spelling"
)

// Masks cover a citizen on everything that leaves the station's hands (law: 个人信息保护法 articles 25 and 51; the
// asterisks do not tell how long a name is).

// MaskName keeps the family name: 王𠅤明 → 王**, 欧阳敏 → 欧阳**. An empty name stays empty.
func MaskName(name string) string {
	if family := spelling.Family(name); family != "" {
		return family + "**"
	}
	return ""
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

// MaskPhone keeps three digits before and four behind of a mobile number (138****5678), the area code and the last two
// digits of any other number that long (0358****21), the last two of a local one, and nothing of anything shorter; of
// several numbers each (138****5678、****21).
func MaskPhone(phone string) string {
	phones, _ := spelling.Phones(phone)
	masked := make([]string, len(phones))
	for i, p := range phones {
		masked[i] = maskDigits(p.Number)
	}
	return strings.Join(masked, "、")
}

func maskDigits(digits string) string {
	switch n := len(digits); {
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
