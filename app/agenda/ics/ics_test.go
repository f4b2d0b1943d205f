package ics_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // what reads a calendar knows the zone, as this test has to on Windows
	"unicode/utf8"

	other "github.com/emersion/go-ical"

	"lianluo.local/app/agenda/ics"
	"lianluo.local/data/day"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
)

var now = time.Date(2027, 1, 4, 9, 0, 0, 0, day.Beijing)

func evening() session.Session {
	return session.Session{Base: thing.Base{ID: "019ab0c0-0000-7000-8000-000000000001", History: []thing.Event{{At: now}}},
		Facts: session.Facts{Kind: "reception", Day: "2027-01-11", From: "19:30", To: "21:00",
			Topic: "冬季供暖，管网改造；老旧小区、背街小巷的路灯和雨水管网怎么修、先修哪里，都请来说一说"},
		State: session.Planned, Station: "141102002003D1-A", Called: []session.Called{{Key: "王明", Name: "王明"}, {Key: "李慧敏", Name: "李慧敏", Instead: "赵无"}}}
}

func called(string) string { return "凤山街道袁家庄社区代表联络点" }

func write(t *testing.T, list ...session.Session) []byte {
	t.Helper()
	b, err := ics.Write("进站日程", now, list, called)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read is what another program reads.
func read(t *testing.T, b []byte) []other.Event {
	t.Helper()
	cal, err := other.NewDecoder(bytes.NewReader(b)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if _, err := cal.Props.Text("PRODID"); err != nil || len(cal.Children) == 0 || cal.Children[0].Name != "VTIMEZONE" {
		t.Errorf("%v: %+v", err, cal.Children)
	}
	if err := other.NewEncoder(&bytes.Buffer{}).Encode(cal); err != nil { // it holds what RFC 5545 asks for
		t.Error(err)
	}
	return cal.Events()
}

// Another program reads it as it was meant: the hour in China, the place, who is awaited.
func TestAnotherProgramReadsIt(t *testing.T) {
	s := evening()
	events := read(t, write(t, s))
	if len(events) != 1 {
		t.Fatal(events)
	}
	e := events[0]
	from, err := e.DateTimeStart(time.UTC)
	to, err2 := e.DateTimeEnd(time.UTC)
	if err != nil || err2 != nil || !from.Equal(time.Date(2027, 1, 11, 19, 30, 0, 0, day.Beijing)) || to.Sub(from) != 90*time.Minute ||
		e.Props.Get("DTSTART").Params.Get("TZID") != "Asia/Shanghai" {
		t.Errorf("%v %v %v %v", from, to, err, err2)
	}
	summary, _ := e.Props.Text("SUMMARY")
	said, _ := e.Props.Text("DESCRIPTION")
	if summary != s.Topic+" "+called("") || said != "参加：王明" {
		t.Errorf("%q %q", summary, said)
	}
}

// What was moved is the same event with a higher number; what was cancelled, or was a mistake, is told so.
func TestMovedAndCancelled(t *testing.T) {
	was, s := evening(), evening()
	s.Day, s.History = "2027-01-12", append(s.History, thing.Event{At: now.Add(time.Hour)})
	gone := s
	gone.State, gone.Cause, gone.History = session.Cancelled, "大雪", append(gone.History, thing.Event{At: now.Add(2 * time.Hour)})
	void, told, all := evening(), evening(), evening()
	void.State, told.State, all.From, all.To = session.Void, session.Told, "", ""
	var uids, numbers, states []string
	for _, e := range read(t, write(t, was, s, gone, void, told, all)) {
		uid, _ := e.Props.Text("UID")
		status, _ := e.Props.Text("STATUS")
		uids, numbers, states = append(uids, uid), append(numbers, e.Props.Get("SEQUENCE").Value), append(states, status)
	}
	if uids[0] != uids[2] || strings.Join(numbers, " ") != "0 1 2 0 0" || strings.Join(states, " ") != "CONFIRMED CONFIRMED CANCELLED CANCELLED CONFIRMED" {
		t.Errorf("%v %v %v", uids, numbers, states)
	}
	if !strings.Contains(string(write(t, all)), "DTSTART;VALUE=DATE:20270111\r\n") {
		t.Error("a day without an hour")
	}
}

// Lines end with CR LF, are no longer than 75 octets, and are cut between characters.
func TestLinesAreFoldedByOctets(t *testing.T) {
	for _, line := range strings.SplitAfter(string(write(t, evening())), "\n") {
		if line != "" && (!strings.HasSuffix(line, "\r\n") || len(line) > 77 || !utf8.ValidString(line)) {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
}
