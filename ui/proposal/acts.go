package proposal

import (
	"cmp"
	"slices"
	"strconv"

	"lianluo.local/app/docket"
	"lianluo.local/data/field"
	"lianluo.local/data/profile"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// act is what one act with a suggestion asks, and what is said about it.
type act struct {
	hint   string
	once   bool // it asks nothing that must be said: the key does it at once
	fields field.List
	more   string // what folds away the rest
	begin  func(p *Page, s suggestion.Suggestion) field.Values
	said   string
}

// What acts ask besides the fields of suggestions.
var (
	note     = field.Field{Code: "note", Name: "说明", Hint: "可以不写", Input: field.Area, Lines: 2, Most: 1000}
	reason   = field.Field{Code: "reason", Name: "理由", Input: field.Area, Lines: 3, Most: 1000, Must: true}
	date     = field.Field{Code: "date", Name: "哪一天", Hint: "不写就是今天", Most: 20}
	unit     = field.Field{Code: "unit", Name: "哪个单位", Input: field.Chips, Must: true}
	signer   = field.Field{Code: "who", Name: "哪一位", Input: field.Chips, Must: true}
	many     = field.Field{Code: "who", Name: "哪些代表", Input: field.People, Must: true}
	source   = field.Field{Code: "paper", Name: "纸质件", Most: 60, Must: true}
	number   = field.Field{Code: "number", Name: "文号", Hint: "可以不写", Most: 60}
	class    = field.Field{Code: "class", Name: "答复分类", Input: field.Chips, Must: true}
	lead     = field.Field{Code: "lead", Name: "领衔代表", Hint: "姓名或首字母", Input: field.Place}
	others   = field.Field{Code: "cosigners", Name: "附议代表", Hint: "再加一位：姓名或首字母，按 Enter", Input: field.People}
	matters  = field.Field{Code: "matters", Name: "由来事项", Hint: "事项编号，几件用空格分开", Input: field.People, More: true}
	to       = field.Field{Code: "to", Name: "主办单位", Hint: "单位名或首字母，按 Enter；选几个就是分办", Input: field.People, Must: true}
	help     = field.Field{Code: "help", Name: "协办单位", Hint: "没有就不选", Input: field.People}
	hard     = field.Field{Code: "hard", Name: "六个月办理", Hint: "涉及面广、办理难度大", Input: field.Tick}
	due      = field.Field{Code: "due", Name: "答复期限", Hint: "不写就照规定算", Most: 20}
	answer   = field.Field{Code: "answer", Name: "答复内容", Input: field.Area, Lines: 6, Most: 10000, Must: true}
	promises = field.Field{Code: "promises", Name: "承诺", When: func(now field.Values) bool { return words.Ongoing(classed(now)) }}
	refused  = func(label, hint string) field.Field {
		return field.Field{Code: "no", Name: label, Hint: hint, Input: field.Tick}
	}
	why = field.Field{Code: "reason", Name: "理由", Input: field.Area, Lines: 3, Most: 1000,
		When: func(now field.Values) bool { return now.Yes("no") }}
)

// written are what is written of a suggestion, and who proposes it.
var written = slices.Concat(suggestion.Fields, field.List{lead, others, matters}).
	In("kind", "level", "congress", "held", "title", "facts 案由情况", "proposal", "category", "lead", "cosigners", "wanted 希望承办")

func called(f field.Field, name string) field.Field { f.Name = name; return f }

func optional(f field.Field) field.Field { f.Must = false; return f }

func folded(fs ...field.Field) (list field.List) {
	for _, f := range fs {
		f.More = true
		list = append(list, f)
	}
	return list
}

// rest folds away when it truly happened, and what else there is to say.
const rest = "更多：日期、说明…"

// acts are all of them but the program's own.
var acts = map[string]act{
	suggestion.Write: {hint: "写好先存成草稿，代表签名以后再提交。", more: "更多：代表团、承办单位、公开、保密…", said: "草稿已存好。",
		fields: written,
		begin: func(p *Page, _ suggestion.Suggestion) field.Values {
			return field.Values{"congress": p.congress()}
		}},
	suggestion.Change: {more: "更多：代表团、承办单位、公开、保密…", said: "已改好，原来写的也留着。",
		fields: written,
		begin: func(_ *Page, s suggestion.Suggestion) field.Values {
			v, cosigners := s.Values(), []string{}
			for _, g := range s.Signers {
				if id := cmp.Or(s.Who[g.Key].Person, s.Who[g.Key].Name); g.Lead {
					v["lead"] = id
				} else {
					cosigners = append(cosigners, id)
				}
			}
			var numbers []string
			for _, l := range s.Matters {
				numbers = append(numbers, l.Number)
			}
			v["cosigners"], v["matters"] = cosigners, numbers
			return v
		}},
	suggestion.Invite: {hint: "请他们在最后日期以前签名；附议签名页可以打印。", said: "已邀请。",
		fields: field.List{called(must(others), "请哪些代表"), {Code: "until", Name: "最后日期", Hint: "不写就照规定算", Most: 20}, note}},
	suggestion.Cosign: {hint: "照签了名的附议签名页录入。", more: rest, said: "签名已记下。",
		fields: append(field.List{many, source}, folded(date, note)...),
		begin:  func(*Page, suggestion.Suggestion) field.Values { return field.Values{"paper": "附议签名页"} }},
	suggestion.Decline: {fields: field.List{signer, optional(reason)}, said: "已记下。"},
	suggestion.Submit:  {hint: "提交以后交给机关登记案号，提出代表不能再改。", more: rest, fields: folded(date, note), said: "已提交。"},
	suggestion.Register: {once: true, more: rest, said: "已登记案号。",
		fields: append(field.List{called(number, "案号")}, folded(date, note)...),
		begin: func(p *Page, s suggestion.Suggestion) field.Values {
			n, err := p.docket.Next(p.host.Context, docket.SeriesOf(s))
			if err != nil {
				return nil
			}
			return field.Values{"number": strconv.Itoa(n)}
		}},
	suggestion.Accept: {once: true, hint: "符合代表建议的条件，予以立案。", more: rest, fields: folded(date, note), said: "已立案，请交办。"},
	suggestion.Join: {hint: "和另一件一起办，答复时两件的代表都要答复。", said: "已并案。",
		fields: field.List{{Code: "into", Name: "并入哪一件", Hint: "案号", Most: 60, Must: true}, note}},
	suggestion.Refuse: {hint: "理由要告诉代表。", fields: field.List{reason, date}, said: "已记下，请把理由告诉代表。"},
	suggestion.Assign: {hint: "主办单位答复代表；协办单位把意见交给主办单位。", more: rest, said: "已交办，请打印交办函。",
		fields: append(field.List{to, help, hard, due}, folded(date, note)...), begin: handed},
	suggestion.Sign:   {once: true, more: rest, fields: append(field.List{unit}, folded(date, note)...), said: "已签收。"},
	suggestion.Return: {hint: "不属于本单位职责的，写明应由谁办。", fields: field.List{unit, reason, date}, said: "已退回机关，等重新交办。"},
	suggestion.Ask: {said: "申请已记下，等机关决定。",
		fields: field.List{unit, {Code: "more", Name: "申请", Hint: "增办：原单位还办，再加一个（不勾就是改办）", Input: field.Tick}, reason}},
	suggestion.Meet: {hint: "和哪位代表、谈了什么、代表怎么说。", said: "面商已记下。",
		fields: field.List{unit, {Code: "way", Name: "方式", Input: field.Chips, Words: words.Contacts, Otherwise: "meet"},
			{Code: "note", Name: "情况", Input: field.Area, Lines: 4, Most: 1000, Must: true}, date}},
	suggestion.Help: {hint: "协办单位交给主办单位的意见。", said: "会办意见已记下。",
		fields: field.List{unit, called(answer, "会办意见"), number, date}},
	suggestion.Extend: {said: "已申请，等机关批复。",
		fields: field.List{unit, {Code: "due", Name: "延到哪一天", Hint: "如 2027-06-30", Most: 20, Must: true}, reason}},
	suggestion.Grant: {said: "已批复。",
		fields: field.List{{Code: "due", Name: "延到哪一天", Hint: "不写就照申请的", Most: 20}, refused("批复", "不同意延期"), why, note},
		begin: func(_ *Page, s suggestion.Suggestion) field.Values {
			if n := len(s.Extensions); n > 0 {
				return field.Values{"due": s.Extensions[n-1].To}
			}
			return nil
		}},
	suggestion.Reply: {hint: "答复写办了什么、结果怎样；还要办的写承诺和日子。", said: "答复已记下，等机关核定。",
		fields: field.List{unit, class, answer, promises, number, date}},
	suggestion.Review: {hint: "看答复针对不针对建议、分类对不对。", said: "已核定。",
		fields: field.List{optional(unit), optional(class), refused("退回", "答复不行，退回重新答复"), why, note, date},
		begin: func(_ *Page, s suggestion.Suggestion) field.Values {
			return field.Values{"class": strconv.Itoa(s.Class())}
		}},
	suggestion.Deliver: {hint: "答复函送给每一位提出代表。", said: "送达已记下。",
		fields: field.List{many, {Code: "way", Name: "怎么送的", Input: field.Chips, Words: words.Ways, Otherwise: "letter"},
			date, note}},
	suggestion.Rate: {hint: "照代表填的征询意见表录入。", said: "评价已记下。",
		fields: field.List{called(optional(signer), "哪一位填的"),
			{Code: "work", Name: "办理工作", Input: field.Chips, Words: words.Verdicts, Must: true},
			{Code: "result", Name: "办理结果", Input: field.Chips, Words: words.Verdicts, Must: true},
			{Code: "taken", Name: "采纳情况", Input: field.Chips, Words: words.Takings}, source, called(note, "代表的话"), date},
		begin: func(*Page, suggestion.Suggestion) field.Values { return field.Values{"paper": "征询意见表"} }},
	suggestion.Again: {hint: "代表不满意，重新办理、重新答复。", more: rest, said: "已交回重办。",
		fields: append(field.List{to, help, due}, folded(date, note)...), begin: handed},
	suggestion.Keep: {hint: "承诺的办完了，再给代表一次答复。", said: "已记下，请把第二次答复送给代表。",
		fields: field.List{{Code: "kept", Name: "兑现的承诺", Input: field.People}, called(answer, "第二次答复"), optional(class),
			number, date}},
	suggestion.Supervise: {said: "已记下。",
		fields: field.List{{Code: "leader", Name: "督办领导", Most: 30}, refused("取消", "不再列为重点督办"), note}},
	suggestion.Urge: {fields: field.List{note}, said: "催办已记下，可以打印催办函。"},
	suggestion.Publish: {said: "已记下。",
		fields: field.List{{Code: "public", Name: "公开属性", Input: field.Chips, Words: words.Openness, Must: true},
			called(note, "不公开理由")},
		begin: func(_ *Page, s suggestion.Suggestion) field.Values { return field.Values{"public": s.Public} }},
	suggestion.Hold: {hint: "只有这几种情况可以暂停；等会办单位不算。", said: "计时已暂停。",
		fields: field.List{{Code: "reason", Name: "原因", Input: field.Chips, Words: words.Pauses, Must: true}, note, date}},
	suggestion.Resume:   {fields: field.List{date, note}, said: "计时已恢复，期限已顺延。"},
	suggestion.Withdraw: {hint: "撤回要全体提出代表书面同意。", fields: field.List{called(many, "同意的代表"), reason, date}, said: "已撤回。"},
	suggestion.Abandon:  {hint: "登记错了才作废；代表不提了的，请撤回。", fields: field.List{reason}, said: "已作废，原因留着。"},
}

// classed is the class that is chosen, 0 for none.
func classed(now field.Values) int {
	n, _ := strconv.Atoi(now.Text("class"))
	return n
}

func must(f field.Field) field.Field { f.Must = true; return f }

// handed are those who have it now.
func handed(_ *Page, s suggestion.Suggestion) field.Values {
	var to, help []string
	for _, u := range s.Units {
		if name := s.Who[u.Key].Name; u.Help {
			help = append(help, name)
		} else {
			to = append(to, name)
		}
	}
	if to == nil {
		to = s.Wanted
	}
	return field.Values{"to": to, "help": help, "hard": s.Hard}
}

// order is what a sheet says.
func order(do string, now, changed field.Values) docket.Order {
	o := docket.Order{Do: do, Who: now.List("who"), Until: now.Text("until"), Date: now.Text("date"), Paper: now.Text("paper"),
		Number: now.Text("number"), Into: now.Text("into"), To: now.List("to"), Split: len(now.List("to")) > 1,
		Help: now.List("help"), Hard: now.Yes("hard"), Due: now.Text("due"), Unit: now.Text("unit"), More: now.Yes("more"),
		Way: now.Text("way"), Class: profile.Class(classed(now)), Answer: now.Text("answer"), Work: now.Text("work"),
		Result: now.Text("result"), Taken: now.Text("taken"), Leader: now.Text("leader"), Reason: now.Text("reason"),
		No: now.Yes("no"), Note: now.Text("note")}
	o.Promises, _ = now["promises"].([]docket.Promise)
	for _, code := range now.List("kept") {
		n, _ := strconv.Atoi(code)
		o.Kept = append(o.Kept, n)
	}
	if w := now.Text("who"); w != "" { // one
		o.Who = docket.Several{w}
	}
	if do == suggestion.Write || do == suggestion.Change {
		o.Set = field.Values{}
		for _, f := range suggestion.Fields {
			if v, said := changed[f.Code]; said {
				o.Set[f.Code] = v
			}
		}
		o.Lead = changed.Text("lead")
		if _, said := changed["cosigners"]; said {
			o.Cosigners = append(docket.Several{}, now.List("cosigners")...)
		}
		if _, said := changed["matters"]; said {
			o.Matters = append(docket.Several{}, now.List("matters")...)
		}
	} else {
		o.Cosigners = now.List("cosigners")
	}
	if do == suggestion.Publish {
		o.Set = field.Values{"public": now.Text("public")}
	}
	return o
}
