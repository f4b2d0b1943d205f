package pinyin

import (
	"strings"
	"sync"
)

// Family names that are read differently from the same character elsewhere. Two letters: both readings live (蔚 yù and
// wèi), the commoner one first.
const familyNames = `单s 解x 曾z 仇q 查z 乐yl 区o 翟zd 覃qt 召s 秘b 繁p 折s 种c 句g 祭z 莘sx 隗wk 阚k 乜n 佴n 蔚yw 郇xh 谌cs 郗xc
郄qx 藏z 重c 宓mf 参s`

// Family names of two characters of which at least one is read as it is nowhere else.
const doubleNames = `尉迟y,c 长孙z,s 万俟m,q 单于cs,y 澹台t,t 拓跋t,b 宰父z,f 中行z,h`

// Characters that have more than one living reading in given names, the commoner one first.
const givenNames = `乐ly 行xh 长cz 重cz 朝zc 传cz 藏zc 会hk 参cs 说sy 省sx 宿sx 茜qx 蔓mw 阿ae 颉jx 栖qx 覃tq 晟sc 玢bf 屏pb 镐gh
降jx 巷xh 厦sx 澄cd 乘cs 弄nl 校xj 系xj 见jx 强qj 炅jg 盛sc 车cj 单ds 解jx 曾cz 种zc 调td 拓tz 沓td 莘sx 尉wy
蔚wy 谌cs 翟zd 召zs 筠yj 莞wg 荥xy 铅qy 蕃fb 番fp 峙zs 偲cs 遗yw 隗kw 术sz 畜cx 率sl 识sz 属sz 什sj 禅cs 裳cs
还hx 卡kq 泊bp 纶lg 俟sq 殖zs 折zs 仇cq 查cz 区qo 秘mb`

// What the places of 吕梁 and plain words call for: 长 as in 长乐村, 凹 as in 梨树凹 (wā), 咀 for 嘴.
const localWords = `长c 凹w 咀z 湫q 覃q`

// Two characters that fix each other's reading.
const pairs = `屹台gt 屹垯gd 屹洞gd 屹塔gt 银行yh 行业hy 商行sh 行长hz 校长xz 市长sz 县长xz 区长qz 镇长zz 乡长xz 村长cz 站长zz
院长yz 局长jz 家长jz 成长cz 增长zz 会计kj 重复cf 重新cx 重建cj 重阳cy 音乐yy 乐器yq 供给gj`

// Characters of names that the dictionary lacks.
const extraChars = `𠮷j`

type tables struct {
	family, given, local, extra map[rune]string
	double                      map[string][]string
	pair                        map[string]string
}

var readings = sync.OnceValue(func() *tables {
	t := &tables{
		family: single(familyNames), given: single(givenNames), local: single(localWords), extra: single(extraChars),
		double: map[string][]string{}, pair: map[string]string{},
	}
	for word, letters := range entries(doubleNames, 2) {
		t.double[word] = strings.Split(letters, ",")
	}
	for word, letters := range entries(pairs, 2) {
		t.pair[word] = letters
	}
	return t
})

func single(table string) map[rune]string {
	out := map[rune]string{}
	for word, letters := range entries(table, 1) {
		out[[]rune(word)[0]] = letters
	}
	return out
}

// entries reads a table of words of n characters, each with its letters behind it.
func entries(table string, n int) map[string]string {
	out := map[string]string{}
	for _, entry := range strings.Fields(table) {
		chars := []rune(entry)
		out[string(chars[:n])] = string(chars[n:])
	}
	return out
}
