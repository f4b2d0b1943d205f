package roster

import (
	"slices"
	"strings"

	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/words"
)

// Column is what a column of a sheet may say: its code, what it is called where we write it, what else people call it,
// and of which sort its cells are.
type Column struct {
	Code, Name string
	Also       []string
	Sort       Sort
	Words      words.List // of a Choice
	Private    bool       // written only where contact is asked for
	Template   bool       // stands in the sheet to be filled in
}

// Sort is what the cells of a column hold.
type Sort int

// The sorts.
const (
	Text   Sort = iota
	Name        // a person's
	Date        // as far as it is known
	Phones      // several, however they are written
	Code        // letters and digits
	Tick        // √ or a word for yes
	Choice      // one of a closed list
	Names       // several, parted by 、
)

// Columns are those of a sheet of people: a column of a level, as the number of the city's mandate, has its code before
// (city.number). Whoever holds several mandates has a row for each, or columns of several levels.
var Columns = func() (list []Column) {
	also := map[string][]string{
		"name": {"代表姓名", "人大代表姓名", "姓名全称", "人员姓名"}, "sex": {"男女"},
		"birth": {"出生日期", "出生时间", "生日", "出生", "出生年月日"}, "phone": {"联系方式", "联系电话", "手机", "手机号", "手机号码", "移动电话", "电话号码", "办公电话", "固定电话"},
		"employer": {"单位", "所在单位", "工作单位名称", "单位名称"}, "post": {"职位", "工作职务", "单位职务", "行政职务", "现任职务"},
		"fields": {"领域", "专业组", "专业小组", "专长", "专业"}, "tier": {"层级", "领导级别"}, "roles": {"站点职务", "站内分工"},
		"party": {"政治面貌", "党派"}, "education": {"学历", "文化"}, "nationality": {"名族", "族别"},
		"structures": {"界别", "结构", "代表界别", "代表类别"}, "email": {"电子邮箱", "电子邮件", "Email"}, "address": {"住址", "家庭住址", "联系地址", "家庭地址"},
		"remark": {"说明"},
	}
	sorts := map[string]Sort{"name": Name, "birth": Date, "phone": Phones, "sex": Choice, "tier": Choice, "open": Tick, "shown": Tick,
		"fields": Names, "roles": Names, "structures": Names}
	list = append(list, Column{Code: "id", Name: "人员编号", Also: []string{"人员ID"}, Sort: Text})
	for _, f := range person.Fields {
		list = append(list, Column{Code: f.Code, Name: f.Name, Also: also[f.Code], Sort: sorts[f.Code], Words: f.Words, Private: f.Private,
			Template: !slices.Contains([]string{"open", "shown", "email", "address"}, f.Code)})
	}
	list = append(list, mandated...)
	for _, l := range words.Levels {
		for _, c := range mandated[1:] {
			if own := slices.Contains([]string{"congress", "number", "district", "delegation", "since"}, c.Code); own {
				names := []string{l.Name + "级" + c.Name, l.Name + "人大" + c.Name}
				if l.Code == "county" {
					names = append(names, "区"+c.Name, "县区"+c.Name)
				}
				if l.Code == "township" {
					names = append(names, "镇"+c.Name, "乡镇"+c.Name)
				}
				list = append(list, Column{Code: l.Code + "." + c.Code, Name: l.Name + c.Name, Also: names, Sort: c.Sort})
			}
		}
	}
	for _, s := range words.Structures {
		names := map[string][]string{"woman": {"女", "女性"}, "worker": {"工人农民", "一线工人", "农民", "工人"}, "cadre": {"领导干部", "党政干部"},
			"professional": {"专技人员", "专业技术"}, "party": {"民主党派代表"}}[s.Code]
		list = append(list, Column{Code: "structures." + s.Code, Name: s.Name, Also: names, Sort: Tick})
	}
	return append(list, Column{Code: "party.中共党员", Name: "中共党员", Also: []string{"党员"}, Sort: Tick})
}()

// mandated are those of a mandate.
var mandated = []Column{
	{Code: "level", Name: "代表级别", Also: []string{"级别", "代表层级", "层次", "几级代表"}, Sort: Text, Words: words.Levels, Template: true},
	{Code: "congress", Name: "届次", Also: []string{"届别", "届", "第几届"}, Template: true},
	{Code: "place", Name: "哪里的人大", Also: []string{"所属人大", "乡镇人大", "所在人大"}},
	{Code: "number", Name: "代表证号", Also: []string{"证号", "代表证编号", "代表证号码", "代表编号", "证件号"}, Sort: Code, Template: true},
	{Code: "district", Name: "选区", Also: []string{"选举单位", "选区或选举单位", "选举单位选区", "当选选区", "所在选区"}, Template: true},
	{Code: "delegation", Name: "代表团", Also: []string{"所在代表团", "代表团名称", "代表小组"}, Template: true},
	{Code: "how", Name: "当选方式", Also: []string{"产生方式", "选举方式"}, Sort: Choice, Words: words.Elections, Template: true},
	{Code: "since", Name: "当选日期", Also: []string{"当选时间", "任职时间", "任职日期", "当选年月"}, Sort: Date, Template: true},
	{Code: "until", Name: "终止日期", Also: []string{"终止时间", "离任时间", "离任日期"}, Sort: Date},
	{Code: "standing", Name: "代表状态", Also: []string{"状态", "是否在任", "在任情况"}, Sort: Choice, Words: words.Standings},
	{Code: "reason", Name: "终止原因", Also: []string{"离任原因"}, Sort: Choice, Words: words.Ends},
	{Code: "offices", Name: "人大职务", Also: []string{"人大任职", "在人大任职"}, Sort: Names},
	{Code: "stations", Name: "联络站", Also: []string{"所在联络站", "所属联络站", "站点", "所在站点", "编入站点", "联络站点", "联络站名称", "代表联络站", "驻站"}, Sort: Names, Template: true},
}

// Units are the columns of a sheet of units.
var Units = func() (list []Column) {
	also := map[string][]string{
		"name": {"站点名称", "联络站名称", "单位名称", "站名", "联络站", "名称全称"}, "phone": {"联系电话", "站点电话", "联系方式", "值班电话", "电话号码"},
		"opening": {"开放时间", "接待时间"}, "address": {"地点", "详细地址", "站点地址", "所在地址"}, "head": {"站长姓名", "负责人"}, "liaisons": {"联络员姓名"},
		"area": {"面积平方米", "建筑面积"}, "equipment": {"设施", "设施设备", "设备清单"}, "field": {"领域", "基地领域"},
	}
	sorts := map[string]Sort{"phone": Phones, "head": Name, "liaisons": Names, "equipment": Names}
	list = []Column{
		{Code: "code", Name: "代码", Also: []string{"站点代码", "单位代码", "编码", "站点编码", "区划代码", "行政区划代码"}, Sort: Code, Template: true},
		{Code: "kind", Name: "类别", Also: []string{"类型", "站点类型", "种类"}, Sort: Choice, Words: words.Sites, Template: true},
		{Code: "county", Name: "县（市、区）", Also: []string{"县区", "县市区", "所属县区", "县"}, Template: true},
		{Code: "township", Name: "乡镇（街道）", Also: []string{"乡镇", "乡镇街道", "街道", "镇", "所属乡镇"}, Template: true},
		{Code: "village", Name: "村（社区）", Also: []string{"村", "社区", "村社区", "所属村", "行政村"}, Template: true},
	}
	for _, f := range site.Fields {
		list = append(list, Column{Code: f.Code, Name: f.Name, Also: also[f.Code], Sort: sorts[f.Code],
			Template: !slices.Contains([]string{"letterhead", "network"}, f.Code)})
	}
	return append(list, Column{Code: "opened", Name: "设立日期", Also: []string{"成立时间", "建成时间", "设立时间", "挂牌时间"}, Sort: Date, Template: true},
		Column{Code: "via", Name: "报送到", Also: []string{"上级站", "上级站点"}, Template: true})
}()

// Called gives a column of a list by its code.
func Called(list []Column, code string) (c Column, ok bool) {
	i := slices.IndexFunc(list, func(c Column) bool { return c.Code == strings.TrimSpace(code) })
	if i < 0 {
		return c, false
	}
	return list[i], true
}
