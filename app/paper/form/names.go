package form

// Names are what papers are called on the screen, in files and in sentences, by the codes of their kinds. What stands
// over a paper may say more.
var Names = map[string]string{
	"receipt": "受理回执", "registration": "登记表", "answer-card": "处理反馈卡", "guide": "不予受理引导告知单", "assignment": "转办（交办）单",
	"urging": "催办通知单", "supervision": "督办通知单", "reception-book": "接待群众登记簿", "visit-book": "走访选民登记簿",
	"opinion-book": "社情民意登记簿", "summary": "意见汇总表", "household": "入户意见汇总表", "ledger": "汇总台账",
	"wall": "公开栏", "year": "年度合订本",
	"blank-reception": "空白接待群众登记簿", "blank-visit": "空白走访选民登记簿", "blank-opinion": "空白社情民意登记簿", "blank-slips": "空白登记回执单",
	"order-menu": "代表点单菜单", "order-list": "群众点单公示单", "contact-card": "代表联系卡", "deputy-board": "代表公示栏", "roster": "代表名册", "station-sheet": "站点基本信息表", "station-list": "联络站点一览表",
	"notice": "接待公告", "plan": "接待和活动安排表", "session-sheet": "场次记录单", "sign-in": "签到表", "visit-sheet": "入户征求意见表",
	"duty-book": "履职档案", "duty-check": "履职核对单", "wall-set": "上墙资料",
	"suggestion": "代表建议表", "cosign-sheet": "附议签名页", "handover-letter": "代表建议交办函", "contact-record": "面商记录", "help-letter": "会办意见",
	"answer-letter": "代表建议答复函", "opinion-form": "征询意见表", "urge-suggestion": "代表建议催办函", "supervise-suggestion": "代表建议督办函",
	"suggestion-table": "代表建议办理情况汇总表", "promise-list": "承诺事项清单", "suggestion-volume": "代表建议年度汇编",
	"joining-slip": "接入单", "recovery-sheet": "恢复单", "install-guide": "安装说明", "user-guide": "使用说明",
}
