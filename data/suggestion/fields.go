package suggestion

import (
	"lianluo.local/data/field"
	"lianluo.local/data/words"
)

// Fields are what is written down of a suggestion, in the order of its form: members of Facts and Wording by their codes.
// Those of Wording are apart where it is confidential.
var Fields = field.Of(Name, []field.Field{
	{Code: "kind", Name: "种类", Input: field.Chips, Words: words.Proposals, Otherwise: "suggestion", Must: true, Correctable: true},
	{Code: "level", Name: "层级", Input: field.Chips, Words: words.Levels, Otherwise: "county", Must: true, Correctable: true},
	{Code: "congress", Name: "届次", Hint: "如 十四届七次", Most: 30, Must: true, Correctable: true},
	{Code: "held", Name: "提出时间", Input: field.Chips, Words: words.Occasions, Otherwise: "between", Correctable: true},
	{Code: "title", Name: "标题", Hint: "关于…的建议", Most: 150, Must: true, Sealed: true, Correctable: true, Wide: true},
	{Code: "facts", Name: "案由和情况", Input: field.Area, Lines: 8, Most: 6000, Must: true, Sealed: true, Correctable: true, Wide: true},
	{Code: "proposal", Name: "具体建议", Input: field.Area, Lines: 6, Most: 6000, Must: true, Sealed: true, Correctable: true, Wide: true},
	{Code: "category", Name: "类别", Input: field.Category, Sealed: true, Correctable: true},
	{Code: "delegation", Name: "代表团", Hint: "以代表团名义提出时写", Most: 40, Sealed: true, More: true, Correctable: true},
	{Code: "wanted", Name: "希望承办单位", Input: field.People, Most: 10, Counted: "个", Sealed: true, More: true, Correctable: true},
	{Code: "public", Name: "是否公开", Input: field.Chips, Words: words.Openness, Otherwise: "full", More: true, Correctable: true},
	{Code: "confidential", Name: "保密", Input: field.Tick, Words: words.List{{Code: "true", Name: "保密"}, {Code: "false", Name: "不保密"}}, Hint: "代表要求保密", More: true, Correctable: true},
	{Code: "origin", Name: "产生方式", Input: field.Chips, Words: words.Origins, More: true, Correctable: true},
	{Code: "original", Name: "签名原件", Hint: "收到有签名的原件的日期", Most: 10, More: true, Correctable: true},
}...)

// said is what else an act on a suggestion says.
var said = field.Of(Name, []field.Field{
	{Code: "lead", Name: "领衔代表"}, {Code: "cosigners", Name: "附议代表"}, {Code: "matters", Name: "事项"}, {Code: "signers", Name: "提出代表"},
	{Code: "who", Name: "代表"}, {Code: "date", Name: "日期"}, {Code: "until", Name: "最后日期"}, {Code: "paper", Name: "依据的纸质件"},
	{Code: "number", Name: "案号"}, {Code: "into", Name: "并入哪一件"}, {Code: "to", Name: "承办单位"}, {Code: "help", Name: "协办单位"},
	{Code: "unit", Name: "单位"}, {Code: "due", Name: "答复期限"}, {Code: "hard", Name: "六个月办理"}, {Code: "way", Name: "方式"},
	{Code: "class", Name: "答复分类"}, {Code: "answer", Name: "答复内容"}, {Code: "promises", Name: "承诺"}, {Code: "by", Name: "承诺期限"}, {Code: "what", Name: "承诺事项"},
	{Code: "work", Name: "办理工作"}, {Code: "result", Name: "办理结果"}, {Code: "taken", Name: "采纳情况"}, {Code: "reason", Name: "理由"}, {Code: "why", Name: "暂停原因"},
	{Code: "leader", Name: "督办领导"}, {Code: "note", Name: "说明"}, {Code: "do", Name: "办理动作"}, {Code: "kept", Name: "兑现的承诺"},
	{Code: "signer", Name: "代表签名"}, {Code: "delivered", Name: "送达"}, {Code: "promise", Name: "承诺"}, {Code: "state", Name: "办理状态"},
	{Code: "review", Name: "核定"}, {Code: "rating", Name: "评价"}, {Code: "units", Name: "承办单位"}, {Code: "key", Name: "重点督办"}, {Code: "letter", Name: "文号"},
	{Code: "contact", Name: "承办人"}, {Code: "phone", Name: "联系电话"}, {Code: "office", Name: "受理机关"}, {Code: "more", Name: "增办"}, {Code: "split", Name: "分办"}, {Code: "no", Name: "不同意"},
}...)

// name is what a field is called, of either list.
func name(code string) string {
	if f, ok := said.Field(code); ok {
		return f.Name
	}
	return Fields.Name(code)
}
