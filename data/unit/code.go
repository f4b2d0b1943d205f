package unit

import (
	"regexp"
	"strings"

	"lianluo.local/data/spelling"
)

var stationed = regexp.MustCompile(`^(\d{12})([ZDJ][1-9]\d?)(-?([0-9A-Z]))?$`)

// Station puts a station's code into its one written form: 12 digits of the place, Z (站), D (点) or J (基地) with an
// ordinal, and a check character: 141102002003D1-A. A place alone gets Z1 where it is a township, D1 where it is a
// village. It is not ok when a given check character is wrong.
func Station(code string) (string, bool) {
	code = spelling.Code(code)
	if len(code) == 9 && strings.Trim(code, "0123456789") == "" {
		code += "000"
	}
	if len(code) == 12 && strings.Trim(code, "0123456789") == "" && code[6:] != "000000" {
		if code[9:] == "000" {
			code += "Z1"
		} else {
			code += "D1"
		}
	}
	m := stationed.FindStringSubmatch(code)
	if m == nil {
		return "", false
	}
	check := string(Check(m[1] + m[2]))
	return m[1] + m[2] + "-" + check, m[4] == "" || m[4] == check
}

// Office puts the code of a county or city into its one written form, 12 digits: 141102 → 141102000000.
func Office(code string) (string, bool) {
	code = spelling.Code(code)
	if strings.Trim(code, "0123456789") != "" || len(code) != 4 && len(code) != 6 && len(code) != 12 {
		return "", false
	}
	return (code + "00000000")[:12], true
}

// Parse accepts a station's or an office's code and gives its one written form.
func Parse(code string) (string, bool) {
	if office, ok := Office(code); ok && strings.HasSuffix(office, "000000") {
		return office, true
	}
	return Station(code)
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Check gives the ISO 7064 MOD 37,36 check character of the letters and digits of s (GB/T 17710); everything else is
// passed over.
func Check(s string) byte {
	p := 36
	for _, c := range []byte(strings.ToUpper(s)) {
		i := strings.IndexByte(alphabet, c)
		if i < 0 {
			continue
		}
		if p = (p + i) % 36; p == 0 {
			p = 36
		}
		p = p * 2 % 37
	}
	return alphabet[(37-p)%36]
}

// series leaves out the letters that are mistaken for digits or for each other on the phone.
const series = "ABCDEFGHJKLMNPQRSTUVWXYZ"

// Series gives the letter of a computer in the numbers of its unit, from a seed of its own and its incarnation.
func Series(seed byte, incarnation uint32) byte {
	return series[(uint32(seed)+incarnation-1)%uint32(len(series))]
}

// Numbers is what the numbers of a station begin with.
func Numbers(station string) string {
	at := station[6:12]
	if kind := station[12:strings.IndexByte(station, '-')]; kind != "D1" && kind != "Z1" {
		at += kind
	}
	return station[4:6] + "-" + at + "-"
}
