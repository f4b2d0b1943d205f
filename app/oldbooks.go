package app

import (
	"regexp"
	"slices"

	"lianluo.local/app/desk/oldbook"
	"lianluo.local/app/sheet"
	"lianluo.local/data/words"
)

// Books are the old registers that come in, by the codes of words.Registers.
var Books = map[string]Keeping{}

// Ended is what may be said of all matters of an old register of which it tells no outcome.
var Ended = words.Of(oldbook.Ended, "办结", oldbook.Open, "在办")

func init() {
	for _, w := range words.Registers {
		Books[w.Code] = Keeping{Name: w.Name + "旧登记簿", Columns: booked(w.Code), try: (&oldBook{register: w.Code}).try,
			sites: true, whole: ofTitle, undo: undoBook}
	}
}

// booked are the columns of an old register: those of the three books as this program prints them (forms F4, F5, F6),
// of its lists, and what else stations call them.
func booked(register string) []sheet.Column {
	cs := []sheet.Column{
		{Code: "number", Name: "编号", Synonyms: []string{"受理编号", "事项编号", "登记编号", "登记号", "流水号", "回执编号", "簿号", "簿号页号",
			"编号（簿号）"}},
		{Code: "paper", Name: "纸质编号", Synonyms: []string{"纸本编号", "纸本号", "原编号", "原登记号"}},
		{Code: "occurred", Name: "日期时间", Synonyms: []string{"日期", "时间", "反映日期", "反映时间", "登记日期", "登记时间", "接待日期", "接待时间",
			"来访日期",
			"来访时间", "走访日期", "走访时间", "收集日期", "收集时间", "受理日期", "受理时间", "反映日期时间", "日期年月日"}, Kind: sheet.Moment, Required: true},
		{Code: "station", Name: "联络站", Synonyms: []string{"站点", "站（点）", "联络站点", "联络点", "所在站点", "接待站点", "站点名称", "联络站名称",
			"站点代码"},
			Kind: sheet.Choice, Once: true},
		{Code: "register", Name: "登记簿", Synonyms: []string{"簿别", "簿册"}, Kind: sheet.Choice, Once: true,
			Words: words.Registers.Forms()},
		{Code: "channel", Name: "来源渠道", Synonyms: []string{"渠道", "反映渠道", "反映方式", "来源方式"}, Kind: sheet.Choice, Once: true,
			Words: oldbook.Channels()},
		{Code: "deputies", Name: "接待代表", Synonyms: []string{"代表", "走访代表", "代表姓名", "接待人", "接待人员", "参加代表", "值班代表", "驻站代表",
			"走访人",
			"走访人员", "人大代表", "接待（走访）代表"}, Kind: sheet.List},
		{Code: "recorder", Name: "收集人（联络员）", Synonyms: []string{"收集人", "联络员", "记录人", "登记人", "经办人", "填表人"}, Kind: sheet.List},
		{Code: "name", Name: "反映人", Synonyms: []string{"姓名", "反映人姓名", "群众姓名", "来访人", "来访群众", "来访人姓名", "选民姓名", "反映群众",
			"群众", "选民",
			"走访对象", "被走访人", "户主", "户主姓名", "走访户主", "诉求人"}, Kind: sheet.Names},
		{Code: "sex", Name: "性别", Kind: sheet.Choice, Once: true, Words: words.Forms{{Name: "男", Also: []string{"male",
			"1", "M", "男性"}},
			{Name: "女", Also: []string{"female", "2", "F", "女性"}}}},
		{Code: "age", Name: "年龄", Synonyms: []string{"年龄段", "岁数"}},
		{Code: "phone", Name: "电话", Synonyms: []string{"联系电话", "联系方式", "电话号码", "手机", "手机号", "手机号码", "反映人电话", "群众电话"},
			Kind: sheet.Phone},
		{Code: "address", Name: "住址", Synonyms: []string{"家庭住址", "地址", "联系地址", "单位住址", "单位或住址", "单位/住址", "居住地"}},
		{Code: "village", Name: "村（社区）", Synonyms: []string{"村社区", "村", "社区", "所在村", "所在社区"}},
		{Code: "people", Name: "人数", Synonyms: []string{"反映人数", "来访人数", "联名人数", "涉及人数"}, Kind: sheet.Number},
		{Code: "title", Name: "标题", Synonyms: []string{"事项", "事项标题", "事项名称", "问题标题"}, Kind: sheet.Lines},
		{Code: "words", Name: "反映问题", Synonyms: []string{"反映内容", "反映的问题", "主要内容", "问题", "诉求", "诉求内容", "来访事由", "事由", "内容",
			"原话", "群众原话",
			"了解到的问题", "问题摘要", "意见建议", "意见和建议", "群众意见", "反映事项", "反映情况", "群众反映的问题", "主要问题", "意见内容", "反映主要问题", "社情民意内容"},
			Kind: sheet.Lines},
		{Code: "place", Name: "发生地点", Synonyms: []string{"地点", "事发地点", "问题地点"}},
		{Code: "category", Name: "类别", Synonyms: []string{"问题类别", "事项类别", "分类", "问题分类", "二级分类", "小类", "诉求类别"},
			Kind: sheet.Choice, Once: true,
			Words: oldbook.Categories()},
		{Code: "purpose", Name: "诉求目的", Synonyms: []string{"目的", "诉求类型", "来访目的"}, Kind: sheet.Choice, Once: true,
			Words: oldbook.Purposes()},
		{Code: "urgency", Name: "紧急程度", Synonyms: []string{"缓急", "缓急程度"}, Kind: sheet.Choice, Once: true,
			Words: oldbook.Urgencies()},
		{Code: "onSpot", Name: "现场答复情况", Synonyms: []string{"现场答复", "当场答复", "当场答复情况", "现场处理情况", "当场解释宣传内容", "当场处理情况",
			"接待答复"}, Kind: sheet.Lines},
		{Code: "spot", Name: "现场处理", Synonyms: []string{"现场处理方式", "当场处理"}, Kind: sheet.Lines},
		{Code: "mode", Name: "处理意见", Synonyms: []string{"处理方式", "办理方式", "拟提交形式", "提交形式", "处理意见（四种方式）", "拟处理意见"},
			Kind: sheet.Lines},
		{Code: "proposal", Name: "拟办意见", Synonyms: []string{"拟办", "建议办理意见"}, Kind: sheet.Lines},
		{Code: "units", Name: "转办去向", Synonyms: []string{"去向", "转办去向／日期", "去向日期", "承办单位", "主办单位", "责任单位", "转办单位", "办理单位",
			"交办单位", "承办部门",
			"责任部门"}, Kind: sheet.Lines},
		{Code: "guides", Name: "引导协商的代表", Synonyms: []string{"引导代表", "协商代表", "包办代表"}, Kind: sheet.List},
		{Code: "assigned", Name: "转办日期", Synonyms: []string{"交办日期", "转办时间", "交办时间"}, Kind: sheet.Day},
		{Code: "due", Name: "办理期限", Synonyms: []string{"办理时限", "期限", "答复期限", "承诺日期", "承诺答复日", "时限", "办结期限"}, Kind: sheet.Day},
		{Code: "outcome", Name: "办理结果", Synonyms: []string{"结果", "办理结果／日期", "结果日期", "处理结果", "办理情况", "落实情况", "办理答复", "办理情况及结果",
			"解决情况", "处理情况", "答复情况", "处理结果及答复"}, Kind: sheet.Lines},
		{Code: "answer", Name: "答复内容", Synonyms: []string{"答复", "答复意见", "答复要点"}, Kind: sheet.Lines},
		{Code: "class", Name: "结果分类", Synonyms: []string{"办理结果分类", "结果类别", "答复类别", "办理类别"}},
		{Code: "state", Name: "状态", Synonyms: []string{"是否办结", "办结情况", "办理状态", "办结与否", "进度", "办理进度", "办结状态", "是否解决"},
			Kind: sheet.Choice, Once: true,
			Words: oldbook.States()},
		{Code: "answered", Name: "答复日期", Synonyms: []string{"答复时间", "办理日期", "办理时间", "处理日期"}, Kind: sheet.Day},
		{Code: "ended", Name: "办结日期", Synonyms: []string{"办结时间", "完成时间", "完成日期", "解决日期", "归档日期"}, Kind: sheet.Day},
		{Code: "told", Name: "反馈群众", Synonyms: []string{"反馈日期", "反馈日期／方式", "反馈群众日期", "反馈时间", "反馈情况", "回访日期", "回访时间",
			"反馈", "回访", "回访情况"}, Kind: sheet.Lines},
		{Code: "way", Name: "反馈方式", Synonyms: []string{"回访方式"}},
		{Code: "rating", Name: "满意度", Synonyms: []string{"评议", "群众评议", "群众评价", "评价", "满意程度", "是否满意", "群众满意度", "满意情况",
			"回访结果", "评议结果", "对结果的评议", "办理结果评议"},
			Kind: sheet.Lines},
		{Code: "attitude", Name: "对态度的评议", Synonyms: []string{"办理态度", "态度评议", "办理态度评议"}},
		{Code: "rated", Name: "评议日期", Synonyms: []string{"评议时间", "评价日期"}, Kind: sheet.Day},
		{Code: "complaint", Name: "不满意原因", Synonyms: []string{"不满意的原因", "群众意见"}, Kind: sheet.Lines},
		{Code: "remark", Name: "备注", Synonyms: []string{"说明", "其他"}, Kind: sheet.Lines},
		{Code: "host", Name: "走访户主／地点", Synonyms: []string{"走访户主地点", "走访户主及地点", "户主／地点", "走访户主/地点"}, Kind: sheet.Lines},
		{Code: "household", Name: "户情", Synonyms: []string{"家庭情况", "户情况"}, Kind: sheet.Lines},
		{Code: "source", Name: "来源", Synonyms: []string{"意见来源", "信息来源", "问题来源"}, Kind: sheet.Lines},
		{Code: "scope", Name: "涉及范围", Synonyms: []string{"范围", "涉及地点"}, Kind: sheet.Lines},
		{Code: "spread", Name: "普遍性", Synonyms: []string{"是否普遍"}},
		{Code: "confidential", Name: "保密", Synonyms: []string{"要求保密", "是否保密"}, Kind: sheet.Tick, Value: "是"},
	}
	// what one of the books means by a word comes first
	own := map[string][]string{"visit": {"host", "occurred"}, "opinion": {"source", "recorder", "occurred"}}[register]
	slices.SortStableFunc(cs, func(a, b sheet.Column) int { return mine(own, b.Code) - mine(own, a.Code) })
	return cs
}

func mine(own []string, code string) int {
	if slices.Contains(own, code) {
		return 1
	}
	return 0
}

// ofYear is the year that a sheet's title names: 2023年接待群众登记簿.
var ofYear = regexp.MustCompile(`(20\d{2})\s*年度?`)

// ofTitle has days without a year be of the year that the sheet's title names, where nobody said another one.
func ofTitle(in *Intake) map[string]string {
	if in.Year == 0 {
		for _, text := range in.over() {
			if m := ofYear.FindAllStringSubmatch(text, -1); len(m) == 1 {
				in.Year = atoi(m[0][1])
				in.Plan.Notes = append(in.Plan.Notes, sheet.Finding{Cell: in.Grid.Sheet,
					Why: "没有写年份的日子，按标题当作" + m[0][1] + "年的；不是的，导入时说明年份"})
				break
			}
		}
	}
	return in.Default
}
