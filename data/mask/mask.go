// Package mask says what of a citizen may be shown on everything that leaves the station's hands (个人信息保护法 articles 25
// and 51). The asterisks do not tell how long a name is.
package mask

import (
	"strings"

	"lianluo.local/data/spelling"
)

// Name keeps the family name: 王𠅤明 → 王**, 欧阳敏 → 欧阳**. An empty name stays empty.
func Name(name string) string {
	if family := spelling.Family(name); family != "" {
		return family + "**"
	}
	return ""
}

// Phone keeps three digits before and four behind of a mobile number (138****5678), the area code and the last two
// digits of any other number that long (0358****21), the last two of a local one, and nothing of anything shorter; of
// several numbers each (138****5678、****21).
func Phone(phone string) string {
	phones, _ := spelling.Phones(phone)
	masked := make([]string, len(phones))
	for i, p := range phones {
		masked[i] = covered(p.Number)
	}
	return strings.Join(masked, "、")
}

func covered(digits string) string {
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
