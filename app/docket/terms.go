package docket

import (
	"cmp"
	"strings"
	"time"

	"lianluo.local/data/words"
)

func (t *typed) extend() {
	t.said.Unit, t.told.Text = t.handler(), t.reason("请写申请延期的理由")
	t.said.To = t.date("due", t.o.Due)
	for _, u := range t.s.Units {
		if u.Key == t.said.Unit && u.Help {
			t.wrong["unit"] = t.s.Who[u.Key].Name + "是协办单位，延期由主办单位申请"
		}
	}
	_, asked := t.s.Asking()
	switch {
	case t.wrong["due"] != "":
	case t.said.To == "":
		t.wrong["due"] = "请写延到哪一天"
	case t.said.To <= t.s.Due:
		t.wrong["due"] = "要晚于现在的期限 " + t.s.Due
	case t.said.To > t.longest():
		t.wrong["due"] = "最晚可以延到 " + t.longest()
	case asked:
		t.wrong["do"] = "上一次延期申请还没有批复"
	}
}

// longest is by when an answer is due at the latest: a year after it was handed on.
func (t *typed) longest() string {
	on, _ := time.Parse(time.DateOnly, t.s.Handed)
	return on.AddDate(1, 0, 0).Format(time.DateOnly)
}

func (t *typed) grant() {
	if _, asked := t.s.Asking(); !asked {
		t.wrong["do"] = "没有等着批复的延期申请"
		return
	}
	t.said.No, t.said.To = t.o.No, t.date("due", t.o.Due)
	switch {
	case t.said.To == "" || t.wrong["due"] != "":
	case t.said.To <= t.s.Due:
		t.wrong["due"] = "要晚于现在的期限 " + t.s.Due
	case t.said.To > t.longest():
		t.wrong["due"] = "最晚可以延到 " + t.longest()
	}
	if t.told.Text = t.note(); t.o.No {
		t.told.Text = t.reason("请写不同意延期的理由")
	}
}

func (t *typed) pause() {
	if t.s.Paused() {
		t.wrong["do"] = "已经暂停了，没有再记"
	}
	t.said.Why, t.told.Text = t.wrong.Choose("reason", t.o.Reason, "", words.Pauses), t.note()
	if t.said.Why == "" {
		var names []string
		for _, w := range words.Pauses {
			names = append(names, w.Name)
		}
		t.wrong["reason"] = "只有这些情况可以暂停：" + strings.Join(names, "、") + "（等会办单位不算）"
	}
}

func (t *typed) resume() {
	if !t.s.Paused() {
		t.wrong["do"] = "没有暂停，不用恢复"
		return
	}
	if from := t.s.Pauses[len(t.s.Pauses)-1].From; t.on() < from {
		t.wrong["date"] = "在暂停的日子（" + from + "）以前，请核对"
	}
	t.clocks()
	t.said.Due = cmp.Or(t.said.Due, t.s.Due)
	t.told.Text = t.note()
}
