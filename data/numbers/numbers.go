// Package numbers is the numbers that people say to each other. A number is what a citizen reads out over the phone:
// 02-002003-26-A0042-7 is county 02, place 002003 (township and village digits; a second station of a place adds its
// kind and ordinal), year 26, series A (one letter a computer and incarnation, so that two computers of a station
// cannot give one number twice) and serial 0042, and a check character. It is a label: the key of a thing is its ID.
package numbers

import (
	"fmt"
	"regexp"
	"strings"

	"lianluo.local/data/spelling"
)

// Make makes the number of the serial-th thing (from 1) that a station's computer registers in a year.
func Make(station string, year int, letter byte, serial int) string {
	n := fmt.Sprintf("%s%02d-%c%04d", Begin(station), year%100, letter, serial)
	return n + "-" + string(Check(n))
}

// scanned is a number among other text, its hyphens or blanks wherever they are.
var scanned = regexp.MustCompile(
	`([0-9OIL]{2})[- ]*([0-9OIL]{6}(?:[DZJ][0-9OIL]{1,2})?)[- ]*([0-9OIL]{2})[- ]*([A-Z1])([0-9OIL]{4,6})[- ]*([0-9A-Z])`)

// In gives the first whole number that stands in a text, as what a scanner reads from the code of a receipt:
// a line with the number, the station, the promise.
func In(text string) (string, bool) {
	plain := strings.ToUpper(spelling.Plain(text))
	digits := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace
	for _, m := range scanned.FindAllStringSubmatch(plain, -1) {
		place := digits(m[2])
		letter := strings.Replace(m[4], "1", "L", 1)
		n := digits(m[1]) + "-" + place + "-" + digits(m[3]) + "-" + letter + digits(m[5]) + "-"
		if check := string(Check(n)); spelling.Number(check) == spelling.Number(m[6]) && Valid(n+check) {
			return n + check, true
		}
	}
	return "", false
}

var numbered = regexp.MustCompile(`^\d\d-\d{6}([DZJ]\d{1,2})?-\d\d-[A-HJ-NP-Z]\d{4,6}-[0-9A-Z]$`)

// Valid says whether s is a whole number with the right check character.
func Valid(s string) bool {
	return numbered.MatchString(s) && Check(s[:len(s)-2]) == s[len(s)-1]
}

// paperLetters begin the numbers of the blank books, by register.
var paperLetters = map[string]string{"reception": "J", "visit": "Z", "opinion": "S"}

// Paper makes the n-th number (from 1) that is printed into the blank books and slips of a station's register in a
// year: J26-A0001-7, with the letter of the computer that printed it and a check character over station and number.
func Paper(station, register string, year int, letter byte, n int) string {
	s := fmt.Sprintf("%s%02d-%c%04d", paperLetters[register], year%100, letter, n)
	return s + "-" + string(Check(station+s))
}

var halved = regexp.MustCompile(`^[JZS]\d\d[A-HJKMNP-Z1]\d{4}$`)

// Mistyped says whether s looks like a number of the blank books and cannot be one of this station.
func Mistyped(station, s string) bool {
	slip := spelling.Slip(s)
	if !spelling.Printed(slip) {
		return halved.MatchString(spelling.Number(s)) // its check character is missing
	}
	body, last := slip[:len(slip)-1], slip[len(slip)-1:]
	if body[3] == '1' { // no series is called 1: it was an L
		body = body[:3] + "L" + body[4:]
	}
	return spelling.Number(string(Check(station+body))) != last
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

// Begin is what the numbers of a station begin with.
func Begin(station string) string {
	at := station[6:12]
	if kind := station[12:strings.IndexByte(station, '-')]; kind != "D1" && kind != "Z1" {
		at += kind
	}
	return station[4:6] + "-" + at + "-"
}
