// Package workday counts working days. The clocks of a matter run in them: five to hand it over, ten to answer, three
// to tell the citizen.
//
// Weekends are easy; the rest is decided year by year, when the State Council publishes which days are off and which
// weekends are worked instead (调休), usually in November for the year after. The years up to 2027 come with
// github.com/6tail/lunar-go (MIT). A later year counts weekends only and says so (Known) until somebody supplies its
// table, a few lines of CSV (Parse, With).
package workday

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// Day is one day that breaks the rhythm of the week.
type Day struct {
	Date string // 2027-01-01
	Work bool   // a weekend that is worked, otherwise a day off
	Name string // 元旦
}

// Calendar says which days are worked. It does not change once made and may be shared between goroutines.
type Calendar struct {
	days map[string]Day // by date
}

// firstYear is the first for which lunar-go lists every day off.
const firstYear = 2002

var official = sync.OnceValue(func() *Calendar {
	c := &Calendar{days: map[string]Day{}}
	for year := firstYear; ; year++ {
		list := HolidayUtil.GetHolidaysByYear(year)
		if list.Len() == 0 {
			return c
		}
		for e := list.Front(); e != nil; e = e.Next() {
			h := e.Value.(*HolidayUtil.Holiday)
			c.days[h.GetDay()] = Day{Date: h.GetDay(), Work: h.IsWork(), Name: h.GetName()}
		}
	}
})

// Official gives the calendar as far as the program brings it: the years from 2002 that were published when it was
// built.
func Official() *Calendar { return official() }

// Since is the first day on which this program can have been in use: that of the year before the newest table that it
// brings, which was published when the program was made.
func Since() time.Time { return time.Date(newest()-1, 1, 1, 0, 0, 0, 0, beijing) }

// Until is the last day on which nobody wonders that this program is still in use.
func Until() time.Time { return time.Date(newest()+6, 1, 1, 0, 0, 0, 0, beijing) }

var newest = sync.OnceValue(func() int {
	year, _ := strconv.Atoi(slices.Max(slices.Collect(maps.Keys(official().days)))[:4])
	return year
})

var beijing = time.FixedZone("CST", 8*60*60)

// With gives a calendar in which the given days stand over those of c; c stays as it is.
func (c *Calendar) With(days []Day) *Calendar {
	merged := maps.Clone(c.days)
	for _, d := range days {
		merged[d.Date] = d
	}
	return &Calendar{days: merged}
}

// ErrTable says that a table of days cannot be read; the error around it names the line and what is wrong with it.
var ErrTable = errors.New("not a table of working days")

// Parse reads a table of days, one a line: 2027-01-01,休,元旦 or 2027-02-06,班,春节调休; the name may be missing. date gives
// the day that a field names as 2027-01-01, and whether it names one. Empty lines and lines that begin with # are
// passed over, and so is a first line of headings. It returns all days or an error that is ErrTable.
func Parse(r io.Reader, date func(string) (string, bool)) ([]Day, error) {
	days, wrong, err := lines(r, date)
	if len(wrong) > 0 {
		err = wrong[0]
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	return days, nil
}

// Told is Parse for what an office told, whose program may know more: lines that speak of something else, and words
// beside a day that mean nothing here, are passed over. So is a line that cannot be read; the error, ErrTable, names
// the first. The days are those of all other lines.
func Told(r io.Reader, date func(string) (string, bool)) ([]Day, error) {
	days, wrong, err := lines(r, date)
	wrong = slices.DeleteFunc(wrong, func(err error) bool { return errors.Is(err, errOff) || errors.Is(err, errWords) })
	if err == nil && len(wrong) > 0 {
		err = wrong[0]
	}
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrTable, err)
	}
	return days, err
}

// lines reads the days of a table, and what is wrong with the lines that are none.
func lines(r io.Reader, date func(string) (string, bool)) (days []Day, wrong []error, err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, err
	}
	in := csv.NewReader(strings.NewReader(commas.Replace(string(b))))
	in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = '#', -1, true
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return days, wrong, nil
		}
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		d, err := parse(row, date)
		line, _ := in.FieldPos(0)
		switch {
		case err == nil:
			days = append(days, d)
		case strings.Join(row, "") == "": // ",," is how a spreadsheet writes an empty line
		case !first || strings.ContainsAny(row[0], "0123456789"):
			wrong = append(wrong, fmt.Errorf("line %d: %w", line, err))
		}
	}
}

// What is wrong with a line: no date stands at its beginning, but words; or no word of ours beside it.
var (
	errWords = errors.New("no date")
	errOff   = errors.New("neither 休 nor 班")
)

// commas are what stands between two fields where somebody typed Chinese, or a spreadsheet put something else.
var commas = strings.NewReplacer("，", ",", "\t", ",", ";", ",", "；", ",")

// worked says of the words beside a day whether it is worked.
var worked = map[string]bool{"休": false, "休息": false, "放假": false, "班": true, "上班": true, "补班": true}

func parse(row []string, date func(string) (string, bool)) (d Day, err error) {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	var ok bool
	if d.Date, ok = date(row[0]); !ok {
		if !strings.ContainsAny(row[0], "0123456789") {
			return Day{}, fmt.Errorf("%q: %w", row[0], errWords)
		}
		return Day{}, fmt.Errorf("%q is no date", row[0])
	}
	if len(row) < 2 {
		return Day{}, errOff
	}
	if d.Work, ok = worked[row[1]]; !ok {
		return Day{}, errOff
	}
	if len(row) > 2 {
		d.Name = row[2]
	}
	return d, nil
}

// Table writes the days as Parse reads them.
func (c *Calendar) Table() string {
	var lines []string
	for date, d := range c.days {
		lines = append(lines, date+","+map[bool]string{true: "班", false: "休"}[d.Work]+","+d.Name)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Parsed gives a calendar of the days of a table alone, without the official ones.
func Parsed(days []Day) *Calendar { return (&Calendar{days: map[string]Day{}}).With(days) }

// Known says whether the table of a year is there. The National Day is taken as its proof: a table that stops before
// October is not whole.
func (c *Calendar) Known(year int) bool {
	d, ok := c.days[fmt.Sprintf("%04d-10-01", year)]
	return ok && !d.Work
}

// Caveat says that one of these days (2027-01-01; "" for none) lies in a year whose table is missing, so that a count
// of working days passed over its weekends only; "" where all are known.
func (c *Calendar) Caveat(dates ...string) string {
	for _, date := range dates {
		if t, err := time.Parse(time.DateOnly, date); err == nil && t.Year() > newest() && !c.Known(t.Year()) {
			return fmt.Sprintf("%d年的放假安排还没有公布，这个日子只避开了周末；公布后碰上放假会顺延。", t.Year())
		}
	}
	return ""
}

// Name gives what the table calls the day of t, "" for an ordinary one.
func (c *Calendar) Name(t time.Time) string { return c.days[t.Format(time.DateOnly)].Name }

// IsWorkday says whether the day of t, in t's own zone, is worked.
func (c *Calendar) IsWorkday(t time.Time) bool {
	if d, ok := c.days[t.Format(time.DateOnly)]; ok {
		return d.Work
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// Add gives the working day that is the given number of working days after t, the day of t not counted, at the same
// time of day; a negative number goes back. Zero gives t itself, worked or not.
func (c *Calendar) Add(t time.Time, workdays int) time.Time {
	step := 1
	if workdays < 0 {
		step = -1
	}
	for workdays != 0 {
		if t = t.AddDate(0, 0, step); c.IsWorkday(t) {
			workdays -= step
		}
	}
	return t
}

// Between counts the working days after the day of a up to and with the day of b: what is left at a until a term at b.
// It is negative when b lies before a. Both are taken as days in their own zones.
func (c *Calendar) Between(a, b time.Time) int {
	from, to := noon(a), noon(b)
	if to.Before(from) {
		return -c.Between(b, a)
	}
	n := 0
	for from.Before(to) {
		if from = from.AddDate(0, 0, 1); c.IsWorkday(from) {
			n++
		}
	}
	return n
}

func noon(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
}
