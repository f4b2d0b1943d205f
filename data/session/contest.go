package session

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// parts are what acts write besides the fields of the form, by the first word of their codes; the second says whom or
// what it is about.
var parts = words.Of("called", "受邀", "guests", "另邀站点", "notice", "公告", "reply", "答复", "began", "开始", "closed", "结束", "came", "签到",
	"stop", "走访", "check", "准备事项", "result", "交办的意见", "object", "异议", thing.State, "状态")

// Visited is the place in Stops of a household that is meant by its key or by its number, 1 for the first; -1 for none.
func (s Session) Visited(said string) int {
	return meant(said, len(s.Stops), func(i int) string { return s.Stops[i].Key })
}

// Handed is the place in Results of what was handed to a unit, in the same way.
func (s Session) Handed(said string) int {
	return meant(said, len(s.Results), func(i int) string { return s.Results[i].Key })
}

func meant(said string, n int, key func(i int) string) int {
	for i := range n {
		if key(i) == said {
			return i
		}
	}
	if i, err := strconv.Atoi(said); err == nil && i >= 1 && i <= n {
		return i - 1
	}
	return -1
}

// field is what a field is called that an act wrote: 签到：李国平, 走访第 2 户.
func (s *Session) field(code string) string {
	what, key, _ := strings.Cut(code, " ")
	switch what {
	case "stop":
		if i := slices.IndexFunc(s.Stops, func(stop Stop) bool { return stop.Key == key }); i >= 0 {
			return fmt.Sprintf("走访第 %d 户", i+1)
		}
		return "走访中删去的一户"
	case "result":
		if i := slices.IndexFunc(s.Results, func(r Result) bool { return r.Key == key }); i >= 0 {
			key = s.Results[i].Unit
		}
	default:
		if c, is := s.Person(key); is {
			key = c.Name
		}
	}
	name := Fields.Beside(parts, what)
	if key != "" {
		name += "：" + key
	}
	return name
}

// called is what people call it: 3月11日 19:30 进站接待 · the code of the station.
func (s *Session) called() string {
	on := s.Day
	if at, err := time.Parse(time.DateOnly, on); err == nil {
		on = at.Format("1月2日")
	}
	return strings.TrimSpace(on+" "+s.From) + " " + s.Title() + " · " + s.Station
}
