package oldbook

import (
	"lianluo.local/assets/category"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

// What a book, or who brings it, says of matters in a word: they are at their end, or somebody is still at work.
const (
	Ended = "办结"
	Open  = "在办"
)

// also gives a closed list with what else people write for its codes.
func also(list words.List, more map[string][]string) words.Forms {
	fs := list.Forms()
	for i, w := range list {
		fs[i].Also = append(fs[i].Also, more[w.Code]...)
	}
	return fs
}

// The words of old books. What is none of them is asked about.
var (
	channels = also(words.Channels, map[string][]string{
		"walk-in": {"群众来访", "上门", "进站", "接待", "来站反映"}, "home-visit": {"代表走访", "走访选民", "走访群众"},
		"household": {"入户走访", "入户征求意见"}, "liaison": {"联络员", "收集", "网格", "网格员", "网格员收集"}, "box": {"信箱", "人大意见箱", "代表意见箱"},
		"hotline": {"热线", "电话", "来电", "热线电话", "群众来电"}, "group": {"群", "微信群", "微信", "联络群", "代表群"}, "leader": {"领导座谈",
			"座谈", "领导接访"},
		"referred": {"上级转办", "上级交办", "转来", "转办"}, "order": {"群众点单"}, "other": {"其它", "来信", "信件"}})
	modes = append(also(words.Modes, map[string][]string{
		"guide": {"代表自行引导解决", "代表引导解决", "自行引导解决", "自行引导", "引导解决", "引导"}, "consult": {"代表共同协商解决", "代表协商解决", "共同协商解决",
			"共同协商", "协商解决", "协商"},
		"department": {"与有关部门联动协调", "与有关部门联动协调合力解决", "部门联动协调", "联动协调", "部门联动解决", "转办", "转部门", "交办"},
		"suggestion": {"形成代表建议跟踪督办", "形成代表建议", "代表建议", "转代表建议", "提出建议"}}), words.Form{Name: "社情民意信息", Also: []string{"社情民意"}})
	purposes = also(words.Purposes, map[string][]string{"help": {"求决", "困难求助", "求助类"}, "suggestion": {"意见建议", "建议类",
		"意见"}, "inquiry": {"咨询类", "政策咨询"},
		"complaint": {"投诉类", "申诉"}, "report": {"检举", "举报类"}, "praise": {"感谢", "表扬感谢"}, "other": {"其它"}})
	urgencies = also(words.Urgencies, map[string][]string{"normal": {"普通", "正常", "平件", "不急"}, "urgent": {"急", "较急", "加急",
		"急件"}, "critical": {"非常紧急", "特急件"}})
	states = append(words.Forms{{Name: Ended, Also: []string{"已办结", "是", "已解决", "解决", "已完成", "完成", "办理完毕", "已办", "结案",
		"已结", "归档", "√"}},
		{Name: Open, Also: []string{"否", "未办结", "办理中", "正在办理", "处理中", "未完成", "未解决", "待办", "待办理", "跟踪", "×"}}}, stated()...)
)

// stated are the words of the states that this program prints.
func stated() (fs words.Forms) {
	for _, s := range matter.Choose(func(s matter.State) bool { return s != matter.Closed }) {
		fs = append(fs, words.Form{Name: s.String()})
	}
	return fs
}

// Channels are what may stand in a column of ways in; Purposes, Urgencies and States likewise.
func Channels() words.Forms  { return channels }
func Purposes() words.Forms  { return purposes }
func Urgencies() words.Forms { return urgencies }
func States() words.Forms    { return states }

// former are what categories were called in old books, by their codes.
var former = map[string][]string{
	"0101": {"水利", "农田灌溉"}, "0105": {"乡村道路", "村道", "村组道路", "农村道路"}, "0106": {"厕所革命", "改厕", "农村环境"}, "0202": {"市政", "道路",
		"市政道路", "道路桥梁"},
	"0203": {"排水", "排污", "内涝", "下水道", "雨水倒灌"}, "0204": {"路灯", "井盖"}, "0205": {"公厕"}, "0206": {"绿化"}, "0207": {"违建"},
	"0208": {"施工扰民", "施工"},
	"0209": {"拆迁", "征地", "征地拆迁"}, "0301": {"物业"}, "0302": {"老旧小区"}, "0305": {"保障房", "危房", "住房保障"}, "0401": {"供水", "自来水",
		"吃水", "饮水"}, "0402": {"供电", "用电", "电力"},
	"0403": {"燃气", "供气", "天燃气"}, "0404": {"供热", "暖气", "取暖"}, "0405": {"通信", "宽带"}, "0501": {"标线"}, "0502": {"停车难"},
	"0503": {"公交"}, "0505": {"交通", "信号灯", "交通秩序"},
	"0507": {"电动车充电"}, "0601": {"垃圾", "环境卫生", "环卫"}, "0602": {"占道"}, "0603": {"噪声", "油烟", "噪音"}, "0701": {"大气污染",
		"空气污染"}, "0702": {"水污染", "污水"}, "0802": {"学校"},
	"0801": {"入学", "招生"}, "0901": {"医疗", "看病"}, "0902": {"医保"}, "1001": {"养老金"}, "1002": {"就业"}, "1003": {"欠薪", "工资"},
	"1101": {"低保", "救助"}, "1102": {"养老", "日间照料"},
	"1103": {"残疾"}, "1105": {"殡葬"}, "1107": {"户籍", "户口", "暂住证"}, "1201": {"文化"}, "1202": {"体育"}, "1303": {"消费"},
	"1304": {"食品"}, "1401": {"治安"}, "1402": {"消防"},
	"1403": {"安全生产"}, "1404": {"矛盾纠纷", "纠纷"}, "1502": {"作风"}, "1503": {"网格", "便民服务"}, "1603": {"表扬", "感谢"},
	"1604": {"其他", "其它"},
}

// Categories are what may stand for a category: its name, its code, both with the group's name, what it was called
// before.
func Categories() (fs words.Forms) {
	for _, c := range category.All() {
		f := words.Form{Name: c.Name, Also: append([]string{c.Code, c.GroupName + "·" + c.Name, c.GroupName + c.Name,
			c.Code + c.Name},
			former[c.Code]...)}
		fs = append(fs, f)
	}
	return fs
}
