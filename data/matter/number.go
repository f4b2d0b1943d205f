package matter

import (
	"fmt"
	"regexp"
	"strings"

	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
)

// A number is what a citizen reads out over the phone: 02-002003-26-A0042-7 is county 02, place 002003 (township and
// village digits; a second station of a place adds its kind and ordinal), year 26, series A (one letter a computer and
// incarnation, so that two computers of a station cannot give one number twice) and serial 0042, and a check character.
// It is a label: the key of a matter is its thing.

// Number makes the number of the serial-th matter (from 1) that a station's computer registers in a year.
func Number(station string, year int, letter byte, serial int) string {
	n := fmt.Sprintf("%s%02d-%c%04d", unit.Numbers(station), year%100, letter, serial)
	return n + "-" + string(unit.Check(n))
}

// scanned is a number among other text, its hyphens or blanks wherever they are.
var scanned = regexp.MustCompile(`([0-9OIL]{2})[- ]*([0-9OIL]{6}(?:[DZJ][0-9OIL]{1,2})?)[- ]*([0-9OIL]{2})[- ]*([A-Z1])([0-9OIL]{4,6})[- ]*([0-9A-Z])`)

// NumberIn gives the first whole number of a matter that stands in a text, as what a scanner reads from the code of a receipt:
// a line with the number, the station, the promise.
func NumberIn(text string) (string, bool) {
	plain := strings.ToUpper(spelling.Plain(text))
	digits := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace
	for _, m := range scanned.FindAllStringSubmatch(plain, -1) {
		place := digits(m[2])
		letter := strings.Replace(m[4], "1", "L", 1)
		n := digits(m[1]) + "-" + place + "-" + digits(m[3]) + "-" + letter + digits(m[5]) + "-"
		if check := string(unit.Check(n)); spelling.Number(check) == spelling.Number(m[6]) && ValidNumber(n+check) {
			return n + check, true
		}
	}
	return "", false
}

var numbered = regexp.MustCompile(`^\d\d-\d{6}([DZJ]\d{1,2})?-\d\d-[A-HJ-NP-Z]\d{4,6}-[0-9A-Z]$`)

// ValidNumber says whether s is a whole number with the right check character.
func ValidNumber(s string) bool {
	return numbered.MatchString(s) && unit.Check(s[:len(s)-2]) == s[len(s)-1]
}

// paperLetters begin the numbers of the blank books, by register.
var paperLetters = map[string]string{"reception": "J", "visit": "Z", "opinion": "S"}

// PaperNumber makes the n-th number (from 1) that is printed into the blank books and slips of a station's register in a
// year: J26-A0001-7, with the letter of the computer that printed it and a check character over station and number.
func PaperNumber(station, register string, year int, letter byte, n int) string {
	s := fmt.Sprintf("%s%02d-%c%04d", paperLetters[register], year%100, letter, n)
	return s + "-" + string(unit.Check(station+s))
}

// PaperKey is what tells the paper on which a matter was first written from every other one, "" where there is none. A number
// that this program printed into a blank book is given once for ever. A station's own books begin with 1 every year, each of
// the three of them; the year is that of the day on which the citizen came, since that is the book in which it was written
// then, however late it is keyed in.
func (r Report) PaperKey() string {
	slip := spelling.Slip(r.PaperNumber)
	switch {
	case slip == "":
		return ""
	case spelling.Printed(slip):
		return r.Station + " " + slip
	}
	return fmt.Sprintf("%s %s %d %s", r.Station, r.Register, r.Occurred.In(beijing).Year(), slip)
}

var halved = regexp.MustCompile(`^[JZS]\d\d[A-HJKMNP-Z1]\d{4}$`)

// MistypedPaper says whether s looks like a number of the blank books and cannot be one of this station.
func MistypedPaper(station, s string) bool {
	slip := spelling.Slip(s)
	if !spelling.Printed(slip) {
		return halved.MatchString(spelling.Number(s)) // its check character is missing
	}
	body, last := slip[:len(slip)-1], slip[len(slip)-1:]
	if body[3] == '1' { // no series is called 1: it was an L
		body = body[:3] + "L" + body[4:]
	}
	return spelling.Number(string(unit.Check(station+body))) != last
}
