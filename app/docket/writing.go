package docket

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// acts prepare the entry of each act.
var acts = map[string]func(*typed){
	suggestion.Write: (*typed).draft, suggestion.Change: (*typed).change, suggestion.Invite: (*typed).invite, suggestion.Cosign: (*typed).cosign,
	suggestion.Decline: (*typed).decline, suggestion.Submit: (*typed).submit, suggestion.Register: (*typed).register, suggestion.Accept: (*typed).accept,
	suggestion.Join: (*typed).join, suggestion.Refuse: reasoned("请写不予立案的理由，要告诉代表"), suggestion.Assign: (*typed).assign,
	suggestion.Sign: (*typed).sign, suggestion.Return: (*typed).giveBack, suggestion.Ask: (*typed).ask, suggestion.Meet: (*typed).meet,
	suggestion.Help: (*typed).help, suggestion.Extend: (*typed).extend, suggestion.Grant: (*typed).grant, suggestion.Reply: (*typed).reply,
	suggestion.Review: (*typed).review, suggestion.Deliver: (*typed).deliver, suggestion.Rate: (*typed).rate, suggestion.Again: (*typed).assign,
	suggestion.Keep: (*typed).keep, suggestion.Supervise: (*typed).supervise, suggestion.Urge: (*typed).urge, suggestion.Publish: (*typed).publish,
	suggestion.Hold: (*typed).pause, suggestion.Resume: (*typed).resume, suggestion.Withdraw: (*typed).withdraw,
	suggestion.Abandon: reasoned("请写作废的原因"),
}

func reasoned(missing string) func(*typed) {
	return func(t *typed) { t.told.Text = t.reason(missing) }
}

func (t *typed) draft() {
	t.salt()
	v := t.values()
	b := &t.opening
	var w suggestion.Wording
	v.Into(&b.Facts, &w)
	t.told.Wording = &w
	own := t.Settings.Unit
	office, ok := officeOf(b.Level, own)
	if t.o.Office != "" {
		code, known := unit.Parse(strings.TrimSpace(t.o.Office))
		if ok = known; known {
			office = code
		}
	}
	if b.Office = office; !ok {
		t.wrong["level"] = "本单位不能起草" + words.Levels.Name(b.Level) + "人大的建议，请核对层级"
	}
	if through, err := t.Through(t.ctx); err != nil {
		t.err = err
	} else if unit.LevelOf(own) == journal.Station {
		b.Via = through(own)
	}
	if b.Via != "" && !unit.Above(b.Via, own) {
		b.Via = ""
	}
	b.Matters = t.links(t.o.Matters)
	if len(b.Matters) > 0 && b.Origin == "" {
		b.Origin = "station"
	}
	b.Signers, t.told.Untouched = t.signers(), t.o.Untouched
}

// signers are those who are named as leading it and proposing it with him.
func (t *typed) signers() (list []suggestion.Signer) {
	lead := strings.TrimSpace(t.o.Lead)
	if lead != "" {
		if key, who := t.person("lead", lead); key != "" {
			t.name(key, who)
			list = append(list, suggestion.Signer{Key: key, Lead: true})
		}
	}
	for _, n := range t.o.Cosigners {
		key, who := t.invited("cosigners", strings.TrimSpace(n))
		switch {
		case key == "":
		case slices.ContainsFunc(list, func(g suggestion.Signer) bool { return g.Key == key && g.Lead }):
			t.wrong["cosigners"] = who.Name + "是领衔代表，不用再附议"
		case !slices.ContainsFunc(list, func(g suggestion.Signer) bool { return g.Key == key }):
			t.name(key, who)
			list = append(list, suggestion.Signer{Key: key})
		}
	}
	return list
}

func (t *typed) change() {
	v := t.values()
	var w suggestion.Wording
	facts := t.s.Facts
	v.Into(&facts, &w)
	t.facts = map[string]json.RawMessage{}
	open := map[string]bool{}
	b, _ := json.Marshal(facts)
	var all map[string]json.RawMessage
	_ = json.Unmarshal(b, &all) // it was made just now
	for code := range v {
		if raw, is := all[code]; is {
			t.facts[code], open[code] = raw, true
		} else {
			t.told.Wording = &w
		}
		t.said.Fields = append(t.said.Fields, code)
	}
	switch turned := open["confidential"] && facts.Confidential != t.s.Confidential; {
	case turned && facts.Confidential && (t.s.Up || t.s.Bare):
		t.wrong["confidential"] = "内容已经发出（或者提交时就会发出），不能再改为保密；请作废后重新起草，起草时就选保密"
	case turned && !facts.Confidential: // all hear now what few heard
		t.restate()
		w = *t.told.Wording
		v.Into(&facts, &w)
		t.told.Wording, t.told.Untouched = &w, t.s.Untouched && len(v) == 1
		for _, f := range suggestion.Fields {
			if f.Sealed && !slices.Contains(t.said.Fields, f.Code) {
				t.said.Fields = append(t.said.Fields, f.Code)
			}
		}
	}
	slices.Sort(t.said.Fields)
	if open["confidential"] && t.s.State > suggestion.Inviting {
		t.wrong["confidential"] = "已经提交的建议，保密与否不能再改；请由代表书面撤回，重新提出"
	}
	if open["level"] && t.s.State > suggestion.Inviting {
		t.wrong["level"] = "已经提交的建议，层级不能再改；请撤回后重新提出"
	}
	if open["level"] {
		if office, ok := officeOf(facts.Level, t.s.Unit); !ok || office != t.s.Office {
			t.wrong["level"] = "这件是为" + places.Of(t.s.Office).Where + "起草的，换层级请另起草一件"
		}
	}
	if t.o.Matters != nil {
		t.said.Fields, t.said.Matters = append(t.said.Fields, "matters"), t.links(t.o.Matters)
	}
	if t.o.Lead != "" || t.o.Cosigners != nil {
		if t.s.State > suggestion.Inviting {
			t.wrong["cosigners"] = "已经提交，提出代表不能再改"
		}
		if t.o.Lead == "" {
			for _, g := range t.s.Signers {
				if g.Lead {
					t.o.Lead = cmp.Or(t.s.Who[g.Key].Person, t.s.Who[g.Key].Name)
				}
			}
		}
		if t.o.Cosigners == nil {
			for _, g := range t.s.Signers {
				if !g.Lead {
					t.said.Signers = append(t.said.Signers, suggestion.Signer{Key: g.Key})
				}
			}
		}
		lead := t.signers()
		for _, g := range t.said.Signers { // those who stay
			if !slices.ContainsFunc(lead, func(l suggestion.Signer) bool { return l.Key == g.Key }) {
				lead = append(lead, g)
			}
		}
		t.said.Fields, t.said.Signers = append(t.said.Fields, "signers"), lead
	}
	if len(t.said.Fields) == 0 && len(t.wrong) == 0 {
		t.wrong["do"] = "没有写要改什么"
	}
	if n := len(t.s.Signed()); n > 0 && (v["title"] != nil || v["facts"] != nil || v["proposal"] != nil) {
		t.odd = append(t.odd, fmt.Sprintf("已有 %d 位代表签名，改了内容请让他们知道", n))
	}
	t.told.Text = t.note()
}

// restate says again what a suggestion says, and who and whom it is about, for those who come to hear of it now.
func (t *typed) restate() {
	w := t.s.Wording
	t.told.Wording, t.told.Salt = &w, t.s.Salt
	for key, who := range t.s.Who {
		if _, named := t.told.Names[key]; !named {
			t.name(key, who)
		}
	}
}

func (t *typed) invite() {
	t.said.Until = t.date("until", t.o.Until)
	switch {
	case t.wrong["until"] != "":
	case t.said.Until == "":
		t.clocks()
		t.said.Until, t.said.Term = t.said.Term, ""
	case t.said.Until < t.today():
		t.wrong["until"] = "最后日期已经过了，请核对"
	}
	for _, n := range slices.Concat(t.o.Who, t.o.Cosigners) {
		key, who := t.invited("who", strings.TrimSpace(n))
		if key == "" {
			continue
		}
		if had, is := t.s.Signer(key); is && (had.Lead || had.Signed != "") {
			t.wrong["who"] = who.Name + "已经签名或是领衔代表，不用再请"
		}
		t.name(key, who)
		t.said.Signers = append(t.said.Signers, suggestion.Signer{Key: key})
		t.said.Out = t.said.Out || !t.near
	}
	if len(t.said.Signers) == 0 && t.wrong["who"] == "" {
		t.wrong["who"] = "请写请哪些代表附议"
	}
	t.told.Text = t.note()
}

func (t *typed) cosign() {
	for _, n := range slices.Concat(t.o.Who, t.o.Cosigners) {
		n = strings.TrimSpace(n)
		keys := signerOf(t.s, n)
		if key := t.unnamed(n); len(keys) == 0 && key != "" {
			keys = []string{key}
		}
		if len(keys) == 0 && t.s.Sits(t.Settings.Unit) { // he signed the sheet
			if key, who := t.person("who", n); key != "" {
				t.name(key, who)
				keys = []string{key}
			}
		} else if len(keys) != 1 {
			t.signer("who", n)
		}
		if len(keys) != 1 {
			continue
		}
		had, _ := t.s.Signer(keys[0])
		switch w := t.s.Who[keys[0]]; {
		case w.Person != "": // his mandate holds on that day
			t.person("who", w.Person)
		case t.s.Sits(t.Settings.Unit):
			t.odd = append(t.odd, "名册里没有"+w.Name+"，是不是代表由上级核对")
		default: // who signs here is known here
			if key, who := t.person("who", n); key != "" {
				t.name(keys[0], who)
			}
		}
		switch {
		case had.Signed != "":
			t.wrong["who"] = n + "已经在 " + had.Signed + " 签名，没有再记"
		case had.Until != "" && t.on() > had.Until:
			t.odd = append(t.odd, "附议的最后日期是 "+had.Until+"，已经过了")
		}
		t.said.Signs = append(t.said.Signs, keys[0])
	}
	if len(t.said.Signs) == 0 && t.wrong["who"] == "" {
		t.wrong["who"] = "请写是哪位代表签名"
	}
	t.said.Paper, t.told.Text = t.wrong.Line("paper", t.o.Paper, 60), t.note()
}

func (t *typed) decline() {
	if len(t.o.Who) != 1 {
		t.wrong["who"] = "请写是哪一位代表"
		return
	}
	t.said.Signer, t.told.Text = t.signer("who", t.o.Who[0]), t.wrong.Text("reason", cmp.Or(t.o.Reason, t.o.Note), 500)
}

// least is how many deputies the law wants for a motion (代表法 (2025), 地方组织法): ten, of a township five, of the nation
// thirty, or a delegation.
func least(level string) int {
	switch level {
	case "township":
		return 5
	case "nation":
		return 30
	}
	return 10
}

func (t *typed) submit() {
	s := t.s
	signed := s.Signed()
	lead := slices.ContainsFunc(signed, func(g suggestion.Signer) bool { return g.Lead })
	switch {
	case s.Title == "" || s.Case == "" || s.Proposal == "":
		var lacks []string
		for _, l := range []struct{ name, value string }{{"标题", s.Title}, {"案由和情况", s.Case}, {"具体建议", s.Proposal}} {
			if l.value == "" {
				lacks = append(lacks, l.name)
			}
		}
		t.wrong["do"] = "还缺" + strings.Join(lacks, "、") + "，写好再提交"
	case s.Congress == "":
		t.wrong["congress"] = "请写是哪一届哪一次会议，如 十四届七次"
	case s.Delegation == "" && !lead:
		t.wrong["do"] = "领衔代表还没有签名。请印出附议签名页，代表签名后录入“附议”，再提交"
	case s.Kind == "motion" && s.Delegation == "" && len(signed) < least(s.Level):
		t.wrong["do"] = fmt.Sprintf("议案要 %d 名以上代表联名或由代表团提出，现在签名的有 %d 名", least(s.Level), len(signed))
	}
	if s.Untouched {
		t.odd = append(t.odd, "草稿是程序拟的，代表还没有改过，请代表自己看一遍")
	}
	for _, g := range s.Signers {
		if g.Signed == "" && g.Declined == "" {
			t.odd = append(t.odd, s.Who[g.Key].Name+"还没有附议，没有算在内")
		}
	}
	t.odd = append(t.odd, Hints(s)...)
	t.clocks()
	t.told.Text = t.note()
}

func (t *typed) withdraw() {
	t.told.Text = t.reason("请写撤回的原因")
	names := t.o.Who
	for _, n := range names {
		if key := t.signer("who", n); key != "" {
			t.said.Signs = append(t.said.Signs, key)
		}
	}
	var wait []string
	for _, g := range t.s.Signed() {
		if !slices.Contains(t.said.Signs, g.Key) {
			wait = append(wait, t.s.Who[g.Key].Name)
		}
	}
	if len(wait) > 0 && t.wrong["who"] == "" {
		t.wrong["who"] = "撤回要全体提出代表书面同意，还缺：" + strings.Join(wait, "、")
	}
	if t.said.Signs == nil {
		t.said.Signs = []string{}
	}
}
