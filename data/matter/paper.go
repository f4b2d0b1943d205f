package matter

import (
	"fmt"

	"lianluo.local/data/spelling"
)

// PaperKey is what tells the paper on which a matter was first written from every other one, "" where there is none. A
// number that this program printed into a blank book is given once for ever. A station's own books begin with 1 every
// year, each of the three of them; the year is that of the day on which the citizen came, since that is the book in
// which it was written then, however late it is keyed in.
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
