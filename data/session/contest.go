package session

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// parts are what acts write besides the fields of the form, by the first word of their codes; the second says whom or
// what it is about.
var parts = words.Of("called", "受邀", "guests", "另邀站点", "notice", "公告", "reply", "答复", "began", "开始", "closed", "结束", "came", "签到",
	"stop", "走访", "check", "准备事项", "result", "交办的意见", "object", "异议", thing.State, "状态")

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
