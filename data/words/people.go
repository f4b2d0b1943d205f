package words

// The closed lists of people and places.
var (
	// Levels of congresses, the highest first: the codes of Congresses with the word that people say.
	Levels = List{{"nation", "全国"}, {"province", "省"}, {"city", "市"}, {"county", "县"}, {"township", "乡"}}
	// Tiers are those by which a leader who comes to a station is counted; of anybody else nothing is said.
	Tiers = List{
		{"standing", "市委常委"}, {"city", "市四套班子"}, {"county", "县四套班子"}, {"justice", "法检两长"},
	}
	// Structures are the classes in official counts of a congress's deputies; a person may be of several.
	Structures = List{
		{"minority", "少数民族"}, {"returned", "归侨"}, {"woman", "妇女"}, {"worker", "一线工人农民"},
		{"professional", "专业技术人员"}, {"cadre", "党政领导干部"}, {"grassroots", "基层"}, {"party", "民主党派"},
	}
	// Roles are what somebody does at a station or for it besides a mandate.
	Roles = List{
		{"head", "站长"}, {"liaison", "联络员"}, {"clerk", "工作人员"}, {"convener", "代表小组召集人"}, {"guest", "特邀"},
	}
	// Offices are those that a deputy holds in his congress.
	Offices = List{
		{"standing", "常委会委员"}, {"director", "常委会主任"}, {"vice", "常委会副主任"}, {"special", "专委会委员"},
		{"presidium", "主席团成员"}, {"chair", "乡镇人大主席"},
	}
	// Elections are how a mandate was won.
	Elections = List{{"general", "换届选举"}, {"by", "补选"}}
	// Ends are why a mandate ended (代表法 article 62, 选举法 articles 50–55), and that its congress did.
	Ends = List{
		{"term", "换届"}, {"moved", "迁出或者调离"}, {"resigned", "辞职"}, {"ordered", "责令辞职"},
		{"absent", "两次未经批准不出席会议"}, {"recalled", "罢免"}, {"nationality", "丧失国籍"}, {"rights", "被剥夺政治权利"},
		{"capacity", "丧失行为能力"}, {"died", "去世"},
	}
	// Suspensions are why a mandate rests; it goes on afterwards (代表法 article 61).
	Suspensions = List{{"custody", "因刑事案件被羁押正在受侦查、起诉、审判"}, {"sentence", "被依法判处管制、拘役、有期徒刑未附加剥夺政治权利"}}
	// Standings are what a mandate is.
	Standings = List{{"office", "在任"}, {"suspended", "暂停执行"}, {"ended", "已终止"}}
	// Presences are what somebody is to whoever looks for him in the list.
	Presences = List{{"office", "在任"}, {"leave", "请假"}, {"suspended", "暂停执行"}, {"ended", "已届满"}, {"waiting", "待确认"}}
	// Parts are how somebody belongs to a station.
	Parts = List{{"main", "主要"}, {"part", "参加"}}
	// Sites are the kinds of units: where citizens are received, who assigns and supervises, who handles.
	Sites = List{
		{"station", "联络站"}, {"point", "联络点"}, {"base", "基地"}, {"office", "机关"}, {"department", "部门"},
	}
)
