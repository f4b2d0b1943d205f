package calendar

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/data/session"
)

// Amends says whether a notice of a session has to say that another one no longer holds: it was moved or cancelled after
// one was put up.
func Amends(s session.Session) bool {
	return s.Owes() || s.State == session.Cancelled || len(s.Notices) > 0 && s.Notices[len(s.Notices)-1].Amends
}

// Posting is the notice of a session as one line to copy into a chat group: when, where, who sits there, about what, and
// whom to ask. Deputies are named, nobody else; it says so where an earlier notice no longer holds.
func Posting(s session.Session, o form.Issuer) string {
	at := short(s.Day) + "（" + weekday(s.Day) + "）" + hours(s.From, s.To)
	name := "【" + o.Named(s.Station) + "】"
	_, phone := reached(s, o)
	ask := ""
	if phone != "" {
		ask = "咨询电话 " + phone + "。"
	}
	was, moved := s.Hung()
	switch {
	case s.State == session.Cancelled:
		if moved {
			at = short(was.Day) + "（" + weekday(was.Day) + "）" + hours(was.From, was.To)
		}
		return form.Line("【更正】" + name + "原定" + at + "的" + s.Title() + "取消" + because(s.Cause) + "。" + ask)
	case moved && Amends(s):
		what, to := "改期", "：现改到"
		if was.Day == s.Day && was.From == s.From && was.To == s.To {
			what, to = "换地点", "："
		}
		name = "【更正】" + name + "原定" + short(was.Day) + "（" + weekday(was.Day) + "）" + hours(was.From, was.To) + "的" + does(s) + what +
			because(was.Reason) + to
	}
	parts := []string{at + "，" + place(s, o)}
	if people := named(called(s, false)); people != "" && s.Kind == "activity" {
		parts = append(parts, "参加代表 "+people)
	} else if people != "" {
		parts = append(parts, people+"代表接待群众")
	}
	if guests := named(called(s, true)); guests != "" {
		parts = append(parts, "特邀 "+guests)
	}
	if s.Topic != "" {
		parts = append(parts, "主题："+strings.TrimRight(form.Line(s.Topic), "。"))
	}
	end := "。"
	if s.Kind == "reception" {
		end = "。有事请来说，没事也欢迎来坐坐。"
	}
	return form.Line(name + strings.Join(parts, "，") + end + ask)
}

// because is a reason behind what was decided.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return "（" + form.Line(reason) + "）"
}
