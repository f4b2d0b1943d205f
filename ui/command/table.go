package command

import (
	"slices"

	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/staff"
	"lianluo.local/data/suggestion"
)

// commands is the table; help prints it in this order. It is a function because help is one of its own rows' users.
func commands() []row {
	return []row{
		{name: "init", use: "--role station|county|city --unit 代码 [--name 名称] [--folder 文件夹] [--parent 代码] " +
			"[--phone 电话] [--clerk 经办人] [--suite age|sm] [--practice]",
			does: "建一个站（或县、市），不用窗口", do: with(setupFlags, initHome), needs: []string{"role", "unit"}, bare: true},
		{name: "enrol", use: "show | list | accept 代码 --fingerprint 校验号 [--replace] | revoke 代码 [--fingerprint 校验号] | " +
			"renew | recovery --out 文件夹",
			does: "接入：看校验号、看申请、核对后确认（--replace 换掉它原来的电脑）、停用、换本机的密钥、做恢复密钥",
			do:   with(enrolFlags, enrol), least: 1, most: 2},
		{name: "recovery", use: "show | sheet --out 文件.pdf [--replace] | try 文件|- | open 文件|- | gone [编号…]",
			does: "恢复单：看有没有、做一张（--replace 换新的）、照纸上的十二个字试一次、换了电脑用它打开保密内容（从文件或键盘输入）；找不回来的记作已知",
			do:   with(recoveryFlags, recovery), least: 1, most: -1},
		{name: "receive", use: "文件|-", does: "登记事项，一行一个 JSON", do: alone(receive), least: 1, most: 1,
			fields: matter.Fields},
		{name: "receipt", use: "编号 [--size a5|a4|80mm] [--sign[=beside]] --out 文件.pdf", does: "受理回执",
			do: with(receiptFlags, receipt), least: 1, most: 1, needs: []string{"out"}},
		{name: "paper", use: "种类 [编号、姓名或站点代码…，或 list 的条件] [--year 年] [--first 号 --count 个数] [--size a3|a4|a5|80mm] [--checked] [--qr] [--contact] " +
			"[--sign[=beside]] --out 文件.pdf，或 --list",
			does: "各种表单；--list 列出种类；--sign 给文件签名（=beside：签名另存成 文件.pdf.sig），用 verify 核对",
			do:   with(paperFlags, papers), least: 1, most: -1, needs: []string{"out"}, kinds: paperKinds, anywhere: handedOver},
		{name: "print", use: "文件.pdf|编号 [--size a5|a4|80mm] [--sign] [--printer 打印机]", does: "送到打印机；--sign 给存下的那份文件签名",
			do: with(printFlags, printOut), least: 1, most: 1},
		{name: "verify", use: "文件 [--fingerprint 校验号]",
			does: "核对一个文件的签名：谁签的、什么时候、签名以后改过没有；签名在文件里，或在旁边的 文件.sig 里；不认识的电脑签的，打电话问到它的十六位，写在 --fingerprint；不能当真的退出码是 1",
			do:   with(verifyFlags, verify), least: 1, most: 1},
		{name: "list", use: "[--query 文字] [--step 1-7] [--state 状态] [--overdue] [--urgent] [--station 代码] [--register 登记簿] [--basket 要办的] " +
			"[--category 类别] [--channel 来源] [--department 承办单位] [--leader 领办] [--result 评议] [--period 本周|本月|本季度|今年|上周…] [--from 日期] [--to 日期] " +
			"[--limit 件数] [--private] [--out 文件.xlsx|文件.csv]，或 --view 关注",
			does: "台账，新的在前；--state 写状态的名称，或 open（未办结）、pressing（快到期·超期）、over（已有结果）；--out 写成表格，群众的姓名、电话遮着，加 --private 才全；" +
				"--view 照记下的关注看（view save）", do: with(listFlags, list)},
		{name: "view", use: "list | save 名称 [--query 文字] [--step 1-7] [--state 状态] [--overdue] [--urgent] [--station 代码] [--register 登记簿] [--basket 要办的] [--category 类别] " +
			"[--channel 来源] [--department 承办单位] [--leader 领办] [--result 评议] [--period 哪一段时间] [--from 日期] [--to 日期] | drop 名称",

			does: "我的关注：把一组条件记下来，起个名称；list 列出各有几件、几件超期，再 save 同一个名称就换成新的条件；只记在本机，备份里有", do: with(viewFlags, parted(views)), least: 1, most: 2},
		{name: "show", use: "编号", does: "一件事项和它的全部经过", do: alone(show), least: 1, most: 1},
		{name: "act", use: "编号 文件|-", does: `办一步：{"do":"assign","to":["区住建局"],"due":"2026-12-04"}；写错 do 会列出全部`,
			do: alone(act), least: 2, most: 2},
		{name: "held", use: "编号 | --name 姓名 --phone 电话 [--out 文件.pdf]",
			does: "查本人信息：本机存着某一个人的什么，谁知道，存到哪一天；--out 是交给本人的告知单，写着他的权利；姓名和电话都要对上，只对上一样的不列",
			do:   with(heldFlags, heldOf), most: 1},
		{name: "lost", use: "[--unit 代码] [--out 文件.pdf] [--list 名单.xlsx|名单.csv]",
			does: "丢了电脑、U盘怎么办：涉及多少群众、多少事项；--out 是一页办法（贴在电脑旁），--list 是要通知的名单；--unit 是下级丢了，不写是本机",
			do:   with(lostFlags, lostOne)},
		{name: "redact", use: "编号… --reason 保存期满|本人要求|不该收集 | --expired [--dry-run]",
			does: "隐去群众的姓名、电话、住址、原话和保密内容：本机当场去掉，备份重写，报送以后各级也去掉，谁也找不回来；编号、类别、统计不变；" +
				"--expired 是过了保存期的全部（办理规则 profile.json 的 retain，不写是办完 24 个月），--dry-run 只列出不动",
			do: with(redactFlags, redact), most: -1},
		{name: "unit", use: "list [--kind 类型] [--county 代码] [--query 文字] | show 代码 | act 代码|- 文件|- | " +
			"import 文件 [--sheet 工作表] [--map 文件.json] [--year 年份] [--wrong 文件.xlsx] [--dry-run] | undo 批次 | template --out 文件.xlsx | export --out 文件.xlsx|文件.csv [--print] | asked | adopt 名称",
			does: `站点、基地、机关、部门：列出、看一个、办一步：{"do":"open","kind":"部门","name":"住房和城乡建设局"}，` +
				`do 还有 change、rename、merge、close、photo、void；新部门不写代码，写 -；从表格导入、整批撤回、空表（有哪些栏、怎么填、可以选什么）、导出；` +
				"asked 列出事项里写过、名录里没有的部门，adopt 把它收进名录",
			do: with(unitFlags, parted(units)), least: 1, most: 3, fields: site.Fields},
		{name: "roster", use: "list [--query 文字] [--level 级别] [--station 站点] [--field 领域] [--tier 层级] [--state 在任|请假|暂停执行|已届满|待确认] [--ended] [--limit 人数] [--private] | " +
			"show 编号|姓名 [--private] | act 编号|姓名|- 文件|- | import 文件 [--sheet 工作表] [--map 文件.json] [--year 年份] [--wrong 文件.xlsx] [--dry-run] | undo 批次 | " +
			"template --out 文件.xlsx | export --out 文件.xlsx|文件.csv [--print] [--contact] | match 事项编号 [--limit 人数] | asked | know 姓名 编号|姓名 --station 站点",
			does: `代表名册：列出、看一位、办一步：{"do":"group","stations":["141102002003D1-A"]}，do 还有 add、correct、mandate、suspend、resume、` +
				`leave、end、ungroup、field、post、contact、photo、same、void；登记新人和整届换届写 -；联系方式加 --private 才全；` +
				`从表格导入（--dry-run 只看不写，有错的、要核对的一行也不写，--wrong 把这些行另存一份）、整批撤回、空表、导出（--print 照打印的样子，--contact 带电话和出生年月）；` +
				`--map 文件写哪一栏是什么、整张表都是什么、要核对的格怎么答：{"columns":{"F":"employer"},"default":{"congress":"十四届"},"answers":{"花名册!B7":"new"}}；` +
				"match 找适合这一件的代表；asked 列出事项里写的、名册上没有或不止一位的姓名，know 定下是哪一位",
			do: with(rosterFlags, parted(rosters)), least: 1, most: 3, fields: person.Fields},
		{name: "agenda", use: "list [--from 日期] [--to 日期] [--station 站点] [--state 状态] | show 编号 [--private] | act 编号|- 文件|- | " +
			"rule 文件|- | rules [--station 站点] | plan --from 日期 --to 日期 [--station 站点] | " +
			"import 文件 [--year 年份] [--sheet 工作表] [--map 文件.json] [--wrong 文件.xlsx] [--dry-run] | ics --out 文件.ics",
			does: `进站日程：列出、看一场、办一步：{"do":"plan","day":"2027-01-11","planned":["王明"]}，do 还有 change、call、swap、notice、move、cancel、` +
				`reply、hold、attend、close、visit、check、result、confirm、object、void；新安排的写 -；已经在开的加 "becomes":"open"，别处履职补记加 "becomes":"told"；` +
				`走访各户说的话加 --private 才看得到，{"do":"raise","stop":"…"} 把一户说的登记成事项，两边互相写明；rule 定接待规则：{"every":"month","day":11,"deputies":2}，every 还有 week（"weekday":"一、四"）、` +
				`cycle（集日："days":5,"day":3 是逢三、八，加 "lunar":true 按农历）、day（"dates":["2027-03-05"]），第几个星期几写 "weekday":"三","nth":2，` +
				`机关写 "tier":"县四套班子" 就是领导轮流进站，{"do":"change","id":"…"} 改，{"do":"stop","id":"…"} 停用；rules 列出规则；` +
				"plan 照规则安排一段日子、轮流选代表，已经安排的、人改过的都不动；import 导入手工排的安排表（日期、时间、站点、接待代表、特邀、主题），" +
				"只写几月几日的用 --year 说是哪一年，有错的一行也不写；ics 写成手机日历（条件和 list 一样），改期、取消的再点开一次就跟着改",
			do: with(agendaFlags, parted(agendas)), least: 1, most: 3, fields: append(slices.Clip(session.Fields), rota.Fields...)},
		{name: "duty", use: "编号|姓名 [--from 日期] [--to 日期] | list --station 代码 [--from 日期] [--to 日期] [--out 文件.pdf]",
			does: "履职档案：由签到和办理记录自动得出，不写起止的看今年；list 列出一个站点每位代表的次数，--out 另存核对单",
			do:   with(dutyFlags, dutyOf), least: 1, most: 1},
		{name: "suggestion", use: "draft 事项编号… | new 文件|- | list [--basket 篮子] [--congress 届次] [--level 层级] [--state 状态] [--person 姓名] [--unit 承办单位] [--query 文字] [--limit 件数] | " +
			"show 编号|案号 | act 编号|案号 文件|- | baskets | similar 编号|案号",
			does: `代表建议：draft 由事项拟一份草稿，new 新写一件：{"title":"关于…的建议","level":"县","congress":"十四届七次","lead":"王明","facts":"…","proposal":"…"}；` +
				`act 办一步：{"do":"cosign","who":["李慧敏"],"paper":"附议签名页"}，do 还有 change、invite、decline、submit、register、accept、join、refuse、assign（"to" 第一个是主办）、sign、return、ask、` +
				`contact、help、extend、grant、answer（"class":"B","promises":[{"what":"…","by":"2027-10-31"}]）、review、deliver、rate（"work":"满意","result":"基本满意","paper":"征询意见表"）、` +
				"redo、keep、supervise、urge、publish、pause、resume、withdraw、void；案号前可以写届次（十四届七次 12）；baskets 列出各个篮子有几件，similar 找往年相近的建议",
			do: with(suggestionFlags, parted(suggestions)), least: 1, most: 501, fields: suggestion.Fields},
		{name: "report", use: "种类 [--from 日期] [--to 日期] [--by 按什么分[,再按什么分]] [--of 指标[,指标]] [--compare before|year] [--sign[=beside]] " +
			"[--out 文件.(pdf|docx|xlsx|csv|json)] | " +
			"issue 种类 [同样的条件和 --out] | issued | issued show 编号 [--out 文件] | issued compare 编号 | " +
			"public [--from 日期] [--to 日期] [--checked] --out 文件.html，或 --list",
			does: "统计报表：周报、月报、季报、年报和附表；不写日期的看该报的那一期，只写 --from 的看它所在的一期；--by 可以按一样分或两样交叉；--of 只看几个指标，" +
				"两样交叉只看一个的是一张方表；--compare 和上期、上年同期比；每个数怎么算的写在表下面；--out 写成文件：公文 pdf、docx，合计是公式的 xlsx，" +
				"csv，和 --json 一样的 json；issue 印发，数字从此固定，再印发一次就是第2版，写明变了什么、补报了哪几件；issued 列出印发过的，" +
				"show 照印发时的样子看（编号写第几号或校验值），compare 和现在的数比；" +
				"public 是放到网站上的一页：反映了什么、办得怎样、下月谁接待，没有群众的姓名和住址，标题先看过再加 --checked；--list 列出种类、可以按什么分和全部指标",
			do: with(reportFlags, reportOf), least: 1, most: 3, kinds: reportKinds},
		{name: "import", use: "文件 --book 登记簿 [--sheet 工作表] [--map 文件.json] [--year 年份] [--ended 办结|在办] [--wrong 文件.xlsx] [--dry-run] | undo 批次",
			does: "导入本站（点）的旧登记簿（接待群众、走访选民、社情民意）和台账，按表里的日子补录；--dry-run 只看不写，有错的、要核对的一行也不写，--wrong 把这些行另存一份；" +
				"同一行再导入不会登记两次，空着的格不改原来的；--ended 没有写办得怎样的都按办结，或都按在办；undo 整批撤回，导入以后办过的不撤",
			do: with(bookFlags, oldBook), least: 1, most: 2},
		{name: "export", use: "--out 文件夹 [--format xlsx,csv,json,open311|template[:名称]] [--from 日期] [--to 日期] [--private]，或 --list",
			does: "全部资料写成开放格式，放进一个新的文件夹：事项和经过、答复、场次、代表、单位、代表建议、它们之间的联系，和一份说明（README.txt，有校验和）；" +
				"姓名、电话、住址、原话都遮住，加 --private 才是全的，保密件只有受理的站点自己看得到；template 照办理规则（profile.json）里的 templates 写，给上级的平台；" +
				"整个写好才出现，写不完什么都不留（断电、被强行结束留下的，下次在同一个地方导出时清掉），已经有的文件夹不动；--list 列出格式、各文件的栏和模板能写的项",
			do: with(exportFlags, exportAll), needs: []string{"out"}, kinds: exportKinds},
		{name: "protect", use: "on | show | copies | renew [--without 姓名[,姓名]] | account on|off",
			does: "给资料上锁：on 设第一个密码，全部资料加密，停电、被强行结束都不丢；show 谁能打开，哪些旧备份没有锁；copies 给旧备份上锁；" +
				"renew 换钥匙，全部重新加密，--without 不再让谁打开；account 让本机账户打开，自动报送（sync --watch）不问密码",
			do: with(protectFlags, parted(protections)), least: 1, most: 2},
		{name: "forgot", use: "ask --user 姓名 --out 文件 | answer 文件 --digits 校验号 --out 文件 | take 文件 | sheet 文件|- --user 姓名",
			does: "忘了密码：ask 写一份申请给上级，电话里读校验号；answer 上级核对校验号后答复，看不到对方的资料；take 用答复打开，换成申请时的新密码；" +
				"sheet 用恢复单换密码",
			do: with(forgotFlags, parted(forgotten)), least: 1, most: 2, bare: true},
		{name: "user", use: "list [--unit 代码|all] | add 姓名 [--role 角色[,角色]] | role 姓名 --role 角色[,角色] | " +
			"lock 姓名 | unlock 姓名 | rename 姓名 新姓名 | password 姓名 | rights",
			does: "在这里办事的人：list 列出（上级用 --unit 看下面的站谁在办事）、add 增加（第一位是系统管理员）、role 改角色、" +
				"lock 停用、unlock 恢复、rename 改姓名、password 换密码（自己的自己换，别人的由系统管理员给）；" +
				"自己的角色自己不能改，系统管理员总留一位；rights 列出各角色能办什么；有了用户以后，别的命令要写 --user 姓名，" +
				"只有 status、check、diagnose 谁都能看：只说数目和好坏，不说是谁、哪一件",
			do: with(userFlags, parted(users)), least: 1, most: 3, fields: staff.Fields},
		{name: "audit", use: "list [--from 日期] [--to 日期] [--who 姓名] [--out 文件] | accept",
			does: "审计记录：list 列出谁在什么时候看了、查了、打印了、导出了什么，只有编号，没有内容；--out 写成 .jsonl（照原样，旁边带本机签名，用 verify 核对）、.pdf、.xlsx 或 .csv；" +
				"check 发现日志缺了、改过，查清是谁以后用 accept 确认",
			do: with(auditFlags, parted(audits)), least: 1, most: 1},
		{name: "sync", use: "[--watch] [--folder 文件夹] | 文件.bundle",
			does: "先收后送；写一个报送包，就只收下它，共享文件夹不在也行；--watch 一直收送，直到停下；--folder 换共享文件夹，标记没了的补上",
			do:   with(syncFlags, syncNow), most: 1},
		{name: "stick", use: "list | add 名字 [--wipe] | drop 名字 | log",
			does: "登记过的U盘：登记了一个，就只用登记过的，别的插上去不读也不写；add 登记现在插着的（再写一次就是改名、改要不要清），--wipe 对方收到的就从U盘上清掉；log 哪天哪个U盘来往了多少",
			do:   with(stickFlags, sticks), least: 1, most: -1},
		{name: "update", use: "show | take [文件.release] | install | publish [文件.release] | " +
			"make --key 私钥.pem [--notes 说明.txt] [--release 版本] --out lianluo-版本.release 安装包…",
			does: "更新程序：show 共享文件夹里有没有新版本；take 把本机用的安装包拷进来（从共享文件夹，或者写明的文件），核对发布单位的签名和校验值；install 装上，接待的时候不装，资料不动；" +
				"publish 县里、市里把发布文件放进共享文件夹（不写文件的，放 take 拷来的那份，一级一级往下传）；make 发布单位把安装包做成签了名的发布文件",
			do: with(updateFlags, parted(updates)), least: 1, most: -1, bare: true},
		{name: "status", use: "", does: "送出、收到、办理到哪里，缺什么，哪些文件有问题", do: alone(status)},
		{name: "check", use: "[--rebuild] [--today 日期]", does: "核对流水、台账和资料库；--rebuild 先从流水重做台账；" +
			"--today 照墙上的日历确认今天的日期（电脑的日期和记录对不上时）",
			do: with(checkFlags, check)},
		{name: "diagnose", use: "--out 文件.txt", does: "写一份诊断给技术人员：版本、系统、资料的大小和格式、核对的结果、报送到哪里、运行日志的最后几行；" +
			"没有人名、电话、住址、事项的内容、单位的名称；打不开资料也能写，上了锁的加 --user 姓名 才有记录和报送的情况",
			do: with(diagnoseFlags, diagnose), needs: []string{"out"}, bare: true},
		{name: "backup", use: "--out 文件", does: "备份资料库并核对",
			do: with(backupFlags, backup), needs: []string{"out"}},
		{name: "restore", use: "备份文件 [--sheet 文件|-]", does: "把备份放回来；现在还读得出的不会丢，其余下次报送时自动补回；别处上了锁的，用当时的姓名和密码，或者恢复单打开",
			do: with(restoreFlags, restore), least: 1, most: 1, bare: true},
		{name: "demo", use: "--out 文件夹 [--stations 2] [--weeks 2] [--seed 1]", does: "演一遍：几个站和一个县，留下资料、报送包、回执供查看",
			do: with(demoFlags, play), needs: []string{"out"}, bare: true},
		{name: "version", use: "", does: "这个程序是哪一版", do: alone(which), bare: true},
		{name: "bench", use: "[--matters 100000]", does: "测速，和通常做法比", do: with(benchFlags, bench), bare: true},
	}
}
