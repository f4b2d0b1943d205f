package batch

import (
	"slices"

	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/words"
)

// Column is what a column of a sheet may say: its code, what it is called where we write it, what else people call it,
// and how its cells are read.
type Column struct {
	Code, Name string
	Also       []string
	Sort       Sort
	Words      words.Forms // of a Choose or a List: what may be written; of a Line: what has one form among others
	Value      string      // of a Tick: what it says
	Must       bool        // without it a row tells of nobody
	Private    bool        // written only where contact is asked for
	Given      bool        // it stands in the sheet that is given out to be filled in
}

// Sort is how the cells of a column are read.
type Sort int

// The sorts: a line, a name, telephones, a day as far as it is known, one or several of a list, √, letters and digits,
// a number.
const (
	Line Sort = iota
	Naming
	Phones
	Day
	Choose
	Tick
	List
	Coded
	Counted
)

// choices are the words of a closed list, with what else people write for some of their codes.
func choices(list words.List, also map[string][]string) words.Forms {
	fs := list.Forms()
	for i, w := range list {
		fs[i].Also = append(fs[i].Also, also[w.Code]...)
	}
	return fs
}

// spelled are the fields of a person for which people have words of their own.
var spelled = map[string]words.Forms{
	"sex":  choices(words.Sexes, map[string][]string{"male": {"1", "M", "男性"}, "female": {"2", "F", "女性"}}),
	"tier": choices(words.Tiers, nil), "roles": choices(words.Roles, nil), "structures": choices(words.Structures,
		map[string][]string{
			"worker": {"工人农民", "一线工人", "农民", "工人"}, "cadre": {"领导干部", "党政干部", "干部"}, "professional": {"专技人员", "专业技术"},
			"minority": {"少数民族代表"}}),
	"nationality": words.Nationalities, "party": words.Parties, "education": words.Educations,
}

// Columns are those of a sheet of people: a column of a level, as the number of the city's mandate, has its code before
// (city.number). Whoever holds several mandates has a row for each, or columns of several levels.
var Columns = func() (list []Column) {
	also := map[string][]string{
		"name": {"代表姓名", "人大代表姓名", "人员姓名", "名字"}, "sex": {"男女"}, "birth": {"出生日期", "出生时间", "生日", "出生", "出生年月日"},
		"phone":    {"联系方式", "联系电话", "手机", "手机号", "手机号码", "移动电话", "电话号码", "办公电话", "固定电话"},
		"employer": {"单位", "所在单位", "工作单位名称", "单位名称"}, "post": {"职位", "工作职务", "行政职务", "现任职务"},
		"fields": {"领域", "专业组", "专业小组", "专长", "专业"}, "tier": {"层级", "领导级别"}, "roles": {"站点职务", "站内分工"},
		"party": {"政治面貌"}, "education": {"学历", "文化", "学历学位"}, "nationality": {"族别"}, "structures": {"界别", "结构", "代表界别",
			"代表类别"},
		"email": {"电子邮箱", "电子邮件"}, "address": {"住址", "家庭住址", "联系地址", "家庭地址"}, "remark": {"说明"},
	}
	sorts := map[string]Sort{"name": Naming, "birth": Day, "phone": Phones, "sex": Choose, "tier": Choose, "fields": List,
		"roles":      List,
		"structures": List}
	list = append(list, Column{Code: "id", Name: "人员编号"})
	for _, f := range person.Fields {
		c := Column{Code: f.Code, Name: f.Name, Also: also[f.Code], Sort: sorts[f.Code], Words: spelled[f.Code],
			Must: f.Must, Private: f.Private,
			Given: !slices.Contains([]string{"open", "shown", "email", "address"}, f.Code)}
		if f.Code == "open" || f.Code == "shown" {
			c.Sort, c.Value = Tick, "是"
		}
		list = append(list, c)
	}
	list = append(list, termed...)
	list = append(list, Column{Code: worked, Name: "工作单位及职务", Also: workedAs()},
		Column{Code: titled, Name: "代表职务", Also: []string{"人大代表职务", "代表身份", "担任代表"}})
	for _, l := range words.Levels {
		for _, c := range termed {
			if slices.Contains([]string{"congress", "number", "district", "delegation", "since"}, c.Code) {
				names := []string{l.Name + "级" + c.Name, l.Name + "人大" + c.Name}
				switch l.Code {
				case "county":
					names = append(names, "区"+c.Name, "县区"+c.Name)
				case "township":
					names = append(names, "镇"+c.Name, "乡镇"+c.Name)
				}
				list = append(list, Column{Code: l.Code + "." + c.Code, Name: l.Name + c.Name, Also: names, Sort: c.Sort})
			}
		}
	}
	list = append(list, Column{Code: "sex", Name: "女", Sort: Tick, Value: "女"}, Column{Code: "party", Name: "党员",
		Also: []string{"中共党员"}, Sort: Tick, Value: "中共党员"})
	for _, s := range words.Structures {
		list = append(list, Column{Code: "structures", Name: s.Name, Sort: Tick, Value: s.Name})
	}
	return list
}()

// termed are those of a mandate and of where its holder is grouped.
var termed = []Column{
	{Code: "level", Name: "代表级别", Also: []string{"级别", "代表层级", "层次"}, Sort: Choose, Given: true,
		Words: choices(words.Levels, map[string][]string{
			"nation": {"全国人大", "全国级", "国家"}, "province": {"省级", "省人大", "省人大代表"}, "city": {"市级", "市人大", "市人大代表"},
			"county": {"县级", "区", "区级", "县区", "县人大", "区人大", "县人大代表", "区人大代表"}, "township": {"乡级", "镇", "乡镇", "乡镇级", "镇级",
				"乡人大代表", "镇人大代表"}})},
	{Code: "congress", Name: "届次", Also: []string{"届别", "届", "第几届"}, Given: true},
	{Code: "place", Name: "哪里的人大", Also: []string{"所属人大", "乡镇人大", "所在人大"}},
	{Code: "number", Name: "代表证号", Also: []string{"证号", "代表证编号", "代表证号码", "代表编号"}, Sort: Coded, Given: true},
	{Code: "district", Name: "选区", Also: []string{"选举单位", "选区或选举单位", "选举单位选区", "当选选区", "所在选区"}, Given: true},
	{Code: "delegation", Name: "代表团", Also: []string{"所在代表团", "代表团名称", "代表小组"}, Given: true},
	{Code: "how", Name: "产生方式", Also: []string{"当选方式", "选举方式"}, Sort: Choose, Given: true,
		Words: choices(words.Elections, map[string][]string{"general": {"换届"}, "by": {"补选产生"}})},
	{Code: "since", Name: "当选日期", Also: []string{"当选时间", "任职时间", "任职日期", "当选年月"}, Sort: Day, Given: true},
	{Code: "until", Name: "终止日期", Also: []string{"终止时间", "离任时间", "离任日期"}, Sort: Day},
	{Code: "state", Name: "代表状态", Also: []string{"状态", "现状", "是否在任", "在任情况"}, Sort: Choose,
		Words: choices(words.Standings, map[string][]string{"office": {"在职", "现任", "是"}, "ended": {"离任", "终止", "退出", "否"},
			"suspended": {"暂停"}})},
	{Code: "reason", Name: "终止原因", Also: []string{"离任原因"}, Sort: Choose, Words: choices(words.Ends,
		map[string][]string{"moved": {"调离", "迁出", "调出"}, "died": {"逝世", "死亡"}})},
	{Code: "offices", Name: "人大职务", Also: []string{"人大任职", "在人大任职"}, Sort: List, Words: choices(words.Offices, nil)},
	{Code: "stations", Name: "联络站", Also: []string{"所在联络站", "所属联络站", "站点", "所在站点", "编入站点", "联络站点", "联络站名称", "代表联络站", "驻站"},
		Sort: List, Given: true},
}

// Units are the columns of a sheet of units.
var Units = func() (list []Column) {
	also := map[string][]string{
		"name": {"站点名称", "联络站名称", "单位名称", "站名", "联络站", "全称"}, "phone": {"联系电话", "站点电话", "联系方式", "值班电话", "电话号码"},
		"opening": {"开放时间", "接待时间"}, "address": {"地点", "详细地址", "站点地址", "所在地址"}, "head": {"站长姓名", "负责人"},
		"liaisons": {"联络员姓名"},
		"area":     {"面积平方米", "建筑面积"}, "equipment": {"设施", "设施设备", "设备清单"}, "field": {"领域", "基地领域"},
	}
	sorts := map[string]Sort{"phone": Phones, "head": Naming, "liaisons": List, "equipment": List, "area": Counted}
	list = []Column{
		{Code: "code", Name: "代码", Also: []string{"站点代码", "单位代码", "编码", "站点编码", "区划代码", "行政区划代码"}, Sort: Coded,
			Given: true},
		{Code: "kind", Name: "类型", Also: []string{"类别", "站点类型", "种类"}, Sort: Choose, Given: true,
			Words: choices(words.Sites, map[string][]string{
				"station": {"站", "代表联络站", "中心站", "乡镇联络站"}, "point": {"点", "代表联络点", "村级联络点"}, "base": {"专业基地", "代表基地"}})},
		{Code: "county", Name: "县（市、区）", Also: []string{"县区", "县市区", "所属县区", "县"}, Given: true},
		{Code: "township", Name: "乡镇（街道）", Also: []string{"乡镇", "乡镇街道", "街道", "镇", "所属乡镇"}, Given: true},
		{Code: "village", Name: "村（社区）", Also: []string{"村", "社区", "村社区", "所属村", "行政村"}, Given: true},
	}
	for _, f := range site.Fields {
		list = append(list, Column{Code: f.Code, Name: f.Name, Also: also[f.Code], Sort: sorts[f.Code], Must: f.Must,
			Given: !slices.Contains([]string{"letterhead", "network"}, f.Code)})
	}
	return append(list, Column{Code: "opened", Name: "设立日期", Also: []string{"成立时间", "建成时间", "设立时间", "挂牌时间"}, Sort: Day,
		Given: true},
		Column{Code: "parent", Name: "报送到", Also: []string{"上级站", "上级站点"}})
}()
