package demo

import (
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
)

// handling is who handles the citizens' matters of a category and what comes of it: the departments, the main one
// first; the city's, and why it has to be asked, where the county cannot do it alone; the answers, one after the
// other; and why somebody is not satisfied.
type handling struct {
	to        []string
	city, why string
	answers   []office.Order
	complaint string
}

func done(answer string) office.Order { return office.Order{Do: "answer", Class: 1, Answer: answer} }
func partly(answer string) office.Order {
	return office.Order{Do: "answer", Class: 2, Answer: answer}
}
func planned(answer, promise string) office.Order {
	return office.Order{Do: "answer", Class: 4, Answer: answer, Promise: promise, PromiseBy: "2027-06-30"}
}
func explained(answer string) office.Order {
	return office.Order{Do: "answer", Class: 6, Answer: answer}
}

// handled is keyed by category. Each answer is one to the matter of that category among cases.
var handled = map[string]handling{
	"0203": {to: []string{"区住房和城乡建设局", "区城市管理局"}, complaint: "巷口不积水了，巷尾还积", answers: []office.Order{
		done("已疏通七巷排水管道，加装两处雨水井，雨后复查没有积水。"), partly("巷口一段已先疏通，其余管道本月内换完。"),
		planned("七巷排水管网改造已列入明年计划，资金已落实。", "七巷排水管网改造完工")}},
	"1107": {to: []string{"区公安局", "凤山街道办事处"}, complaint: "每周只开两天，上班的人赶不上", answers: []office.Order{
		done("社区党群服务中心已设暂住证办理点，每周二、周五上午办理。"), partly("已先由民警每周三上门代收材料，固定的办理点正在装修。"),
		planned("办理点已列入明年便民服务点计划，设备已订。", "暂住证办理点开办")}},
	"1102": {to: []string{"区民政局"}, complaint: "饭送来是凉的", answers: []office.Order{
		done("日间照料中心已恢复每天午饭，由社区食堂供餐。"), partly("已先恢复每周三天的午饭，厨师到岗后天天开。")}},
	"0205": {to: []string{"区城市管理局"}, city: "市城市管理局", why: "北川河沿线由市里统一管理", complaint: "只开到晚上七点，散步的人用不上", answers: []office.Order{
		planned("公厕已选好位置，列入明年建设计划。", "滨江国际花园附近公厕建成开放"), partly("已先放一座移动公厕，固定的公厕正在选址。"),
		explained("河道保护范围内不能建公厕，已在桥头指示牌上标明最近的一座。")}},
	"0501": {to: []string{"区交警大队", "区交通运输局"}, city: "市公安局交警支队", why: "这一段是市管道路", complaint: "调头点离门口还是太远", answers: []office.Order{
		done("已在小区门口东侧150米处施划调头标线，设了标志牌。"), partly("标线已重新施划，调头点等路口改造后设置。"),
		explained("门口离路口不到50米，按规范不能设调头点，已上门说明。")}},
	"0403": {to: []string{"区住房和城乡建设局"}, city: "市住房和城乡建设局", why: "燃气管网由市里统一规划", complaint: "只通了三栋楼，我们这栋还没有", answers: []office.Order{
		planned("燃气管道接入已列入明年计划，资金已落实。", "留义新苑280多户通气"), partly("一至三号楼已通气，其余的楼本季度内接通。")}},
	"0208": {to: []string{"区住房和城乡建设局"}, complaint: "晚上围挡又被挪开了", answers: []office.Order{
		done("施工方已设全围挡和警示灯，安全员每天巡查。"), partly("孩子们常走的一侧已围好，其余的两天内围完。")}},
	"0507": {to: []string{"崇文街道办事处", "区消防救援大队"}, complaint: "充电棚位子不够，还有人往楼上拉线", answers: []office.Order{
		done("已清理楼道私拉的电线，在院内建了20个位子的充电棚。"), partly("私拉的电线已清理，充电棚本月内建好。")}},
}

// handlingOf gives what the county does with a matter; one of a category that nobody thought of goes to the street
// office.
func handlingOf(m matter.Matter) handling {
	if h, ok := handled[m.Category]; ok {
		return h
	}
	return handling{to: []string{"凤山街道办事处"}, complaint: "还没有完全办好", answers: []office.Order{done("已按群众的意见办好，并上门说明。")}}
}
