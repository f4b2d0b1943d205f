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

// single are the common family names of one character, so that several people in one field are told from one with a blank
// in his name (百家姓 and the names of the last census, as far as they are common).
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
	return len(name) >= 6 && utf8.RuneCountInString(name[:6]) == 2 && slices.Contains(strings.Fields(compound), name[:6])
}

var (
	bracketed = regexp.MustCompile(`[(\[{<〔【「『《〈][^)\]}>〕】」』》〉]*([)\]}>〕】」』》〉]|$)`)
	andOthers = regexp.MustCompile(`等[0-9一二三四五六七八九十百多几两]*[人户名位]?$`)
	title     = regexp.MustCompile(`(?:先生|女士|小姐|同志|老师|师傅|大爷|大妈|大娘|大叔|阿姨|奶奶|爷爷|夫妇|家属)$`)
	role      = regexp.MustCompile(`^(?:户主|村民|居民|群众|姓名)`)
	alias     = regexp.MustCompile(`(?:小名|乳名|曾用名|又名|别名|原名|绰号|外号)[是为叫: ]*([^)\]}>〕】」』》〉(\[{<〔【「『《〈、,;/]+)`)
)

// Name is the form of one person's name: letters only, without what stands in brackets (女, 回族, 市人大代表), without 等3人,
// 先生 and 户主; blanks, zero-width characters and middle dots of all kinds do not count. 王　明 is 王明, 阿依古丽·买买提 阿依古丽买买提.
func Name(s string) string { return person(Plain(s)) }

func person(plain string) string {
	name := only(letter, bracketed.ReplaceAllString(plain, ""))
	if name == "" {
		name = only(letter, plain)
	}
	for {
		was := name
		if end := andOthers.FindStringIndex(name); end != nil && end[0] > 0 {
			name = name[:end[0]]
		}
		for _, beside := range []*regexp.Regexp{title, role} { // 王先生 has no other name
			if bare := beside.ReplaceAllString(name, ""); utf8.RuneCountInString(bare) > 1 {
				name = bare
			}
		}
		if name == was {
			return name
		}
	}
}

// Names gives the forms of the people who stand in one field, each once: 张三山、李四海 are two, also with a blank or 和 between
// them; 欧阳 建国, 王　明 and 李和平 are one.
func Names(s string) (names []string) {
	for _, part := range strings.FieldsFunc(bracketed.ReplaceAllString(Plain(s), " "), hard) {
		for _, name := range people(part) {
			if name = person(name); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if name := Name(s); names == nil && name != "" {
		return []string{name}
	}
	return names
}

// Aliases gives what else the people of a field are called, where it says so: 王明（小名二蛋）.
func Aliases(s string) (names []string) {
	for _, m := range alias.FindAllStringSubmatch(Plain(s), -1) {
		if name := only(letter, m[1]); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Listed parts a list as it is written at 、，；and line ends, but not inside brackets: 李慧敏（省、市人大代表）、王建国 are two.
func Listed(s string) (parts []string) {
	depth, from := 0, 0
	cut := func(to int) {
		if part := strings.TrimSpace(s[from:to]); part != "" {
			parts = append(parts, part)
		}
	}
	for at, r := range s {
		switch {
		case strings.ContainsRune("(（[［〔【", r):
			depth++
		case strings.ContainsRune(")）]］〕】", r):
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune("、，,；;\n", r):
			cut(at)
			from = at + utf8.RuneLen(r)
		}
	}
	cut(len(s))
	return parts
}

// People parts a list of people as it is written: as Listed, and at blanks between whole names. 欧阳 建国 is one.
func People(s string) (parts []string) {
	for _, part := range Listed(s) {
		if words := strings.Fields(part); len(words) > 1 && len(Names(part)) == len(words) {
			parts = append(parts, words...)
		} else {
			parts = append(parts, part)
		}
	}
	return parts
}

// hard is what only stands between two people, or two numbers.
func hard(r rune) bool { return strings.ContainsRune("、,;/|&+\n。", r) }

// people parts a field at blanks, 和, 与 and 及, where each of its parts is a whole name or a family name with its given
// name beside it; otherwise all of it is one.
func people(s string) (names []string) {
	s = andOthers.ReplaceAllString(strings.TrimSpace(s), "")
	var words []string
	for _, word := range strings.Fields(s) {
		words = append(words, conjoined(word)...)
	}
	for i := 0; i < len(words); i++ {
		word := words[i]
		n := utf8.RuneCountInString(word)
		switch {
		case word == "和" || word == "与" || word == "及":
		case (n == 1 && family(word) || n == 2 && doubled(word)) && i+1 < len(words) && utf8.RuneCountInString(words[i+1]) <= 2:
			names = append(names, word+words[i+1])
			i++
		case complete(word):
			names = append(names, word)
		default:
			return []string{s}
		}
	}
	return names
}

// conjoined parts 张三和李四, but not 李和平.
func conjoined(s string) []string {
	for i, r := range s {
		if r != '和' && r != '与' && r != '及' {
			continue
		}
		if head, tail := s[:i], conjoined(s[i+len("和"):]); complete(head) && !slices.ContainsFunc(tail, func(t string) bool { return !complete(t) }) {
			return append([]string{head}, tail...)
		}
	}
	return []string{s}
}

// complete says whether a word is a whole name: a common family name and one or two characters, one more behind a family
// name of two.
func complete(word string) bool {
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
