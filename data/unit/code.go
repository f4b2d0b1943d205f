package unit

import (
	"regexp"
	"strings"

	"lianluo.local/data/numbers"
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
	check := string(numbers.Check(m[1] + m[2]))
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
