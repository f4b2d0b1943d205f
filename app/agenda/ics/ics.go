// Package ics writes sessions as a calendar that phones and other programs open (RFC 5545). An event keeps its UID
// whatever becomes of it, and its SEQUENCE grows with everything that is done, so that a later file puts an earlier one
// right; what was cancelled is told as cancelled. It says who is called and where, and nothing of citizens.
//
// The lines are written by arran4/golang-ical. emersion/go-ical, which the test reads them with, writes no VTIMEZONE.
package ics

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"lianluo.local/data/day"
	"lianluo.local/data/session"
)

// zone is the one civil time of every station, by the name that phones know.
const zone = "Asia/Shanghai"

// Write gives the sessions as the bytes of a file, for a calendar of a name, as of now; called names a unit by its code.
func Write(name string, now time.Time, sessions []session.Session, called func(unit string) string) ([]byte, error) {
	cal := ical.NewCalendar()
	cal.SetProductId("-//Lianluo//Agenda//ZH")
	cal.SetMethod(ical.MethodPublish)
	cal.SetCalscale("GREGORIAN")
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone(zone)
	standard := cal.AddTimezone(zone).AddStandard() // without summer time since 1991
	for _, p := range [][2]string{{"DTSTART", "19910915T000000"}, {"TZOFFSETFROM", "+0800"}, {"TZOFFSETTO", "+0800"}, {"TZNAME", "CST"}} {
		standard.SetProperty(ical.ComponentProperty(p[0]), p[1])
	}
	for _, s := range sessions {
		if s.State != session.Told {
			event(cal, s, now, called)
		}
	}
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ical.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	return b.Bytes(), nil
}

func event(cal *ical.Calendar, s session.Session, now time.Time, called func(string) string) {
	e := cal.AddEvent(s.ID + "@lianluo")
	e.SetDtStampTime(now)
	if n := len(s.History); n > 0 {
		e.SetModifiedAt(s.History[n-1].At)
		e.SetSequence(n - 1)
	}
	e.SetSummary(strings.TrimSpace(s.Title() + " " + called(s.Station)))
	where := s.Place
	if where == "" {
		where = called(s.Station)
	}
	e.SetLocation(where)
	var said []string
	for _, c := range s.Awaited() {
		said = append(said, c.Name)
	}
	if said != nil {
		said = []string{"参加：" + strings.Join(said, "、")}
	}
	if s.Liaison != "" {
		said = append(said, "联络员："+s.Liaison)
	}
	if s.Cause != "" {
		said = append(said, "取消："+s.Cause)
	}
	if said != nil {
		e.SetDescription(strings.Join(said, "\n"))
	}
	e.SetStatus(ical.ObjectStatusConfirmed)
	if s.State == session.Cancelled || s.State == session.Void {
		e.SetStatus(ical.ObjectStatusCancelled)
	}
	span(e, s.Facts)
}

// span says when an event is: from hour to hour, or the whole day where nobody said any.
func span(e *ical.VEvent, f session.Facts) {
	at := func(clock string) (time.Time, bool) {
		t, err := time.ParseInLocation("2006-01-02 15:04", f.Day+" "+clock, day.Beijing)
		return t, err == nil
	}
	put := func(p ical.ComponentProperty, t time.Time) {
		e.SetProperty(p, t.Format("20060102T150405"), ical.WithTZID(zone))
	}
	if from, ok := at(f.From); ok {
		put(ical.ComponentPropertyDtStart, from)
		if to, ok := at(f.To); ok && to.After(from) {
			put(ical.ComponentPropertyDtEnd, to)
		}
		return
	}
	if from, ok := at("00:00"); ok {
		e.SetProperty(ical.ComponentPropertyDtStart, from.Format("20060102"), ical.WithValue(string(ical.ValueDataTypeDate)))
	}
}
