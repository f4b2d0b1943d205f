package demo

import (
	"lianluo.local/app/desk"
	"lianluo.local/assets/names"
	"lianluo.local/data/problem"
)

// ErrNotEmpty says that the folder of a play has something in it already.
var ErrNotEmpty = problem.New("demo folder is not empty", "这个文件夹里已经有东西。请换一个空的文件夹，原来的没有动。")

var clerks = []string{"赵晖", "成玉兰", "郝建平", "康秀珍"}

var people = names.All()

// cases are matters that citizens of Lüliang brought to their stations (吕梁日报, summer of 2021), with invented people.
var cases = []desk.Draft{
	{Title: "七巷雨水倒灌", Words: "我们七巷里近几年一直雨水倒灌，排水不畅，一下雨院子里就是二三十公分的污泥。", Category: "0203", Purpose: "help",
		Place: "袁家庄社区七巷", Address: "凤山街道袁家庄社区七巷3号", AgeBand: "60-79", Deputies: []string{"李慧敏（市人大代表）"}, Mode: "department",
		Proposal: "请住建部门踏勘，疏通并加装排水管道。"},
	{Title: "在党群服务中心设暂住证办理点", Words: "外来租房的人办暂住证要跑很远，希望在社区党群服务中心设一个办理点。", Category: "1107", Purpose: "suggestion",
		Place: "袁家庄社区党群服务中心", Address: "凤山街道袁家庄社区二巷", AgeBand: "35-59", Deputies: []string{"李慧敏（市人大代表）", "王建国（区人大代表）"}},
	{Title: "空巢老人日间照料中心开不了伙", Words: "日间照料中心时开时停，老人中午没有地方吃饭，希望能正常运营。", Category: "1102", Purpose: "help",
		Place: "生态园社区", Address: "凤山街道生态园社区5号楼2单元", AgeBand: "80+", Deputies: []string{"王建国（区人大代表）"}, Mode: "consult"},
	{Title: "滨江国际花园附近修一所公厕", Words: "北川河东路滨江国际花园附近散步的人多，几里路没有一所公厕，请修一所。", Category: "0205", Purpose: "suggestion",
		Place: "北川河东路滨江国际花园附近", Address: "凤山街道滨江国际花园9号楼", AgeBand: "60-79", Deputies: []string{"李慧敏（市人大代表）"}},
	{Title: "滨江花园门口标线不合理", Words: "小区门口路段没有调头的地方，要绕两公里，建议调整标线或设置调头点。", Category: "0501", Purpose: "suggestion",
		Place: "滨江花园小区门口路段", Address: "凤山街道滨江花园小区", AgeBand: "35-59", Deputies: []string{"王建国（区人大代表）"}, Mode: "department"},
	{Title: "280多户没有通天然气", Words: "小区建成时没有预设天然气管道，老两口一直用煤气罐、电磁炉做饭，电费也贵，280多户都盼着通气。", Category: "0403", Purpose: "help",
		People: 12, Place: "留义新苑", Address: "崇文街道留义社区留义新苑6号楼", AgeBand: "60-79", Deputies: []string{"宋玉峰（省人大代表）"}, Mode: "department"},
	{Title: "保温墙施工没有围挡", Words: "小区改造保温墙，施工现场没有围挡，孩子们跑来跑去，怕出事。", Category: "0208", Purpose: "complaint", Channel: "home-visit",
		Urgency: "urgent", Place: "留义新苑", Address: "崇文街道留义社区", AgeBand: "35-59", Deputies: []string{"宋玉峰（省人大代表）"}},
	{Title: "私拉电线给电动车充电", Words: "楼道里私拉电线给电动车充电，夜里常有糊味，请想办法建充电棚。", Category: "0507", Purpose: "complaint", Channel: "liaison",
		Place: "崇文苑", Address: "崇文街道崇文苑3号楼", AgeBand: "35-59"},
	{Title: "办一次书法绘画展", Words: "想办一次全镇的书法绘画展，场地和设备都缺，希望支持。", Category: "1201", Purpose: "suggestion",
		Place: "南安镇文化站", Address: "南安镇南安村", AgeBand: "60-79", OnSpot: "answered", OnSpotAnswer: "文化站的展厅可以免费使用，设备由代表联系企业支持。",
		Deputies: []string{"任丽萍（县人大代表）"}},
	{Title: "感谢修好了七巷的路", Words: "七巷的管道修好了，一点积水都没有，街坊让我来说一声谢谢。", Category: "1603", Purpose: "praise", OnSpot: "resolved",
		OnSpotAnswer: "谢谢街坊们，代表会把话带给施工队。", Address: "凤山街道袁家庄社区七巷", Deputies: []string{"李慧敏（市人大代表）"}},
	{Title: "离婚判决后财产没有执行", Words: "法院判了一年多，财产一直没有执行到位，想请代表评评理。", Category: "1405", Purpose: "help", OnSpot: "out-of-scope", Reason: "court",
		OnSpotAnswer: "已说明这件事要向法院执行局反映，并写了地址和电话。", Address: "凤山街道袁家庄社区", Deputies: []string{"王建国（区人大代表）"}},
	{Title: "反映一件不愿公开的事", Words: "当事人要求保密，详细情况见原话。", Category: "1502", Purpose: "report", Confidential: true,
		Address: "凤山街道生态园社区", Deputies: []string{"李慧敏（市人大代表）"}},
}
