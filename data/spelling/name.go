package spelling

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// compound are family names of two characters, the usual ones.
const compound = `欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 万俟 闻人 端木 呼延 澹台 南宫 西门 百里 独孤 轩辕 钟离 濮阳 淳于 单于
申屠 太叔 公冶 宗政 赫连 司空 鲜于 闾丘 亓官 第五 拓跋 梁丘 左丘 东郭`

// single are the common family names of one character, so that several people in one field are told from one with a
// blank in his name (百家姓 and the names of the last census, as far as they are common).
const single = `王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔
向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛毕聂岳齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕佟晋苑邬臧畅宫来
嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽邢仲伊宣邝逯尚刑`

// Family gives the family name at the head of a name as it is written: 欧 of 欧明, 欧阳 of 欧阳敏; "" of an empty one.
func Family(name string) string {
	name = strings.TrimSpace(name)
	if len(name) > 6 && doubled(name) {
		return name[:6]
	}
	_, n := utf8.DecodeRuneInString(name)
	return name[:n]
}

func doubled(name string) bool {
	return len(name) >= 6 && utf8.RuneCountInString(name[:6]) == 2 && slices.Contains(strings.Fields(compound),
		name[:6])
}

// What stands beside a name in its field and is none of it.
const (
	amount = `[0-9一二三四五六七八九十百多几两余]`
	holder = `村民|居民|群众|业主|住户|商户|房主|房东|店主|车主|家长|党员|老人|代表`
	kin    = `父亲|母亲|父子|母子|父女|母女|兄弟|姐妹|夫妇|夫妻|两口子|妻子|丈夫|爱人|媳妇|儿子|女儿|之子|之女|之妻|家属|家人|一家|全家|本人`
	called = `先生|女士|小姐|同志|老师|师傅|大爷|大妈|大娘|大叔|大哥|大姐|大嫂|阿姨|叔叔|奶奶|爷爷|夫人|老人家|代表|主任|书记|局长|校长|院长|经理|医生|大夫`
)

var (
	bracketed = regexp.MustCompile(`[(\[{<〔【「『《〈][^)\]}>〕】」』》〉]*([)\]}>〕】」』》〉]|$)`)
	andOthers = regexp.MustCompile(` *(?:等 *` + amount + `*|[共计] *` + amount + `+ *[人户名位家]) *(?:[人户名位家]|` + holder +
		`)* *$`)
	title  = regexp.MustCompile(`(?:` + called + `|` + kin + `)$`)
	role   = regexp.MustCompile(`^(?:` + holder + `|户主|姓名|反映人|来访人|申请人|投诉人|联系人|当事人|负责人|第?[一二三四五六七八九十]+组)`)
	beside = regexp.MustCompile(`^(?:男|女|\p{Han}{1,4}族|.?岁|电话|手机|联系电话|手机号|tel|` + holder + `|户主|姓名|` +
		called + `|` + kin + `)$`)
	living = regexp.MustCompile(`^.*(?:街道|社区|小区|单元|[镇乡村庄组队号楼栋幢室院巷])`)
	alias  = regexp.MustCompile(`(?:小名|乳名|曾用名|又名|别名|原名|绰号|外号)[是为叫: ]*([^)\]}>〕】」』》〉(\[{<〔【「『《〈、,;/]+)`)
)

// Name is the form of one person's name: letters only, without what stands in brackets (女, 回族, 市人大代表), without 等3人,
// 先生 and 户主; blanks, zero-width characters and middle dots of all kinds do not count. 王　明 is 王明, 阿依古丽·买买提 阿依古丽买买提.
func Name(s string) string { return person(Plain(s)) }

func person(plain string) string {
	name := only(letter, bracketed.ReplaceAllString(plain, ""))
	if name == "" {
		name = only(letter, plain)
	}
	for utf8.RuneCountInString(name) <= longest {
		was := name
		if end := andOthers.FindStringIndex(name); end != nil && end[0] > 0 {
			name = name[:end[0]]
		}
		for _, near := range []*regexp.Regexp{title, role} { // 王先生 has no other name
			if bare := near.ReplaceAllString(name, ""); utf8.RuneCountInString(bare) > 1 {
				name = bare
			}
		}
		if name == was {
			break
		}
	}
	return name
}

// Complete says whether a word is a whole name: a common family name and one or two characters, one more behind a
// family name of two.
func Complete(word string) bool {
	n := utf8.RuneCountInString(word)
	if doubled(word) {
		return n == 3 || n == 4
	}
	return (n == 2 || n == 3) && family(word)
}

func family(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return r >= 0x80 && strings.ContainsRune(single, r)
}
