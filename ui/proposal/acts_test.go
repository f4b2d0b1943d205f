package proposal

import (
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/data/field"
	"lianluo.local/data/suggestion"
)

// From the first line to the kept promise and the publication each act is done on its sheet, with what the sheet asks; what
// is refused stays on it.
func TestEveryActOnItsSheet(t *testing.T) {
	w := newWorld(apptest.Alone(t, "county", apptest.County))
	deputies(t, w.Seat, []string{"王明", "李慧敏"})
	w.show(t, wide, 18)
	seen := map[string]bool{}
	key := func(name string) string {
		for _, g := range w.open.Signers {
			if w.open.Who[g.Key].Name == name {
				return g.Key
			}
		}
		return name
	}
	do := func(act string, fill field.Values, want suggestion.State) {
		t.Helper()
		var s suggestion.Suggestion
		if act != suggestion.Write {
			s = w.open.Suggestion
		}
		seen[act] = true
		w.ask(act, s)
		w.form.Fill(w.form.Values().With(fill))
		w.send()
		if w.win.Canvas().Overlays().Top() != nil {
			t.Fatalf("%s is refused: %s", act, w.win.Sheet())
		}
		if w.open.State != want {
			t.Fatalf("after %s it is %v", act, w.open.State)
		}
	}
	text := func(code, says string) field.Values { return field.Values{code: says} }
	begin := func(title string) {
		t.Helper()
		do(suggestion.Write, field.Values{"title": title, "congress": "十四届七次", "facts": "河道多年没有清淤，汛期两岸三个村的地都淹了。",
			"proposal": "请水利局今年汛期前清淤，并公布进度。", "lead": "王明"}, suggestion.Draft)
	}
	begin("关于整治北川河道的建议")
	do(suggestion.Change, text("title", "关于整治北川河河道的建议"), suggestion.Draft)
	do(suggestion.Invite, field.Values{"cosigners": []string{"李慧敏"}}, suggestion.Inviting)
	do(suggestion.Decline, field.Values{"who": key("李慧敏"), "reason": "情况不了解"}, suggestion.Inviting)
	do(suggestion.Cosign, field.Values{"who": []string{key("王明")}}, suggestion.Inviting)
	do(suggestion.Submit, nil, suggestion.Submitted)
	do(suggestion.Register, nil, suggestion.Registered)
	do(suggestion.Accept, nil, suggestion.Accepted)
	do(suggestion.Supervise, text("leader", "县人大主任"), suggestion.Accepted)
	do(suggestion.Assign, field.Values{"to": []string{"交通运输局"}, "hard": true}, suggestion.Assigned)
	do(suggestion.Return, text("reason", "应由水利局办"), suggestion.Returned)
	do(suggestion.Assign, field.Values{"to": []string{"水利局"}, "help": []string{"财政局"}}, suggestion.Assigned)
	do(suggestion.Sign, field.Values{"unit": suggestion.KeyOf("水利局")}, suggestion.InHand)
	do(suggestion.Ask, field.Values{"unit": suggestion.KeyOf("水利局"), "more": true, "reason": "还要林业局一起"}, suggestion.InHand)
	do(suggestion.Meet, field.Values{"unit": suggestion.KeyOf("水利局"), "way": "site", "note": "和王明代表看了河道"}, suggestion.InHand)
	do(suggestion.Help, text("answer", "资金已安排"), suggestion.InHand)
	do(suggestion.Extend, field.Values{"due": "2027-08-30", "reason": "汛期不能施工"}, suggestion.InHand)
	do(suggestion.Grant, field.Values{"no": true, "reason": "汛期前可以办完"}, suggestion.InHand)
	do(suggestion.Hold, text("reason", "material"), suggestion.InHand)
	do(suggestion.Resume, nil, suggestion.InHand)
	do(suggestion.Urge, nil, suggestion.InHand)
	do(suggestion.Reply, field.Values{"class": "1", "answer": "已清淤三公里。"}, suggestion.Answered)
	do(suggestion.Review, field.Values{"no": true, "reason": "还有两公里没有写"}, suggestion.InHand)
	do(suggestion.Reply, field.Values{"class": "1", "answer": "五公里都已清淤。"}, suggestion.Answered)
	do(suggestion.Review, nil, suggestion.Reviewed)
	do(suggestion.Deliver, nil, suggestion.Delivered)
	do(suggestion.Rate, field.Values{"work": "satisfied", "result": "unsatisfied", "note": "南段没有清"}, suggestion.Redo)
	do(suggestion.Again, nil, suggestion.Assigned)
	do(suggestion.Reply, field.Values{"class": "3", "answer": "南段汛后清淤。", "promises": promisesOf("南段清淤", "2027-10-31")}, suggestion.Answered)
	do(suggestion.Review, nil, suggestion.Reviewed)
	do(suggestion.Deliver, nil, suggestion.Delivered)
	do(suggestion.Rate, field.Values{"work": "satisfied", "result": "satisfied"}, suggestion.Promised)
	do(suggestion.Keep, field.Values{"answer": "南段已清淤。"}, suggestion.Reviewed)
	do(suggestion.Deliver, nil, suggestion.Delivered)
	do(suggestion.Rate, field.Values{"work": "satisfied", "result": "satisfied"}, suggestion.Closed)
	do(suggestion.Publish, text("public", "full"), suggestion.Closed)
	if s := w.open; s.Leader != "县人大主任" || len(s.Requests) != 1 || !s.Requests[0].More || len(s.Extensions) != 1 || s.Extensions[0].Refused == "" || s.Urged != 1 ||
		s.Contacts[0].Way != "site" || len(s.Promises) != 1 || s.Promises[0].Kept == "" || s.Number != "1" {
		t.Errorf("%+v", s.Suggestion)
	}
	w.win.Shot("closed")

	handIn := func(title string) {
		begin(title)
		do(suggestion.Cosign, field.Values{"who": []string{key("王明")}}, suggestion.Draft)
		do(suggestion.Submit, nil, suggestion.Submitted)
		do(suggestion.Register, nil, suggestion.Registered)
	}
	handIn("关于清理南川河的建议")
	do(suggestion.Refuse, text("reason", "属于个人的事"), suggestion.Refused)
	handIn("关于清理东川河的建议")
	do(suggestion.Withdraw, field.Values{"who": []string{key("王明")}, "reason": "已经解决"}, suggestion.Withdrawn)
	handIn("关于清理西川河的建议")
	handIn("关于清理西川河南段的建议")
	do(suggestion.Join, text("into", "4"), suggestion.Joined)
	begin("登记错了的")
	do(suggestion.Abandon, text("reason", "登记了两次"), suggestion.Void)
	for _, a := range suggestion.Acts {
		if !seen[a.Code] && a.Code != suggestion.Share {
			t.Errorf("%s was not done", a.Name)
		}
	}
}
