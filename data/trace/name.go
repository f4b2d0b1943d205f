package trace

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lianluo.local/data/spelling"
)

// ordinary are given names, and runs that look like names, which are words of every day or of streets as well.
const ordinary = `建国 建设 建军 和平 光明 文明 解放 胜利 平安 安全 保安 治安 公安 国庆 国强 全国 民生 民主 爱国 爱民 为民 利民 便民 惠民 富民 富强 自强 公平 和谐 生态 田园 永久
长久 长期 成功 发展 进步 前进 改革 开放 红旗 红星 新华 新民 新村 新建 新春 新城 中华 向阳 朝阳 东方 东风 东升 南方 北方 海洋 阳光 天明 天亮 天桥 明亮 高峰 高速
高压 高空 高层 山洪 金山 龙山 凤山 玉林 长江 黄河 青山 青年 少年 春天 春雨 春节 清明 元宵 元旦 中秋 重阳 端午 吉祥 如意 美丽 美好 幸福 健康 康复 长寿 长青 常青
常年 常见 桂花 荷花 玉兰 海棠 牡丹 梅花 兰花 花园 花草 石头 石板 铁路 公路 大路 路灯 路口 水泉 水井 水管 龙泉 温泉 晨光 曙光 星光 灯光 月光 单位 单元 房屋 房子
车辆 车位 商店 商户 商场 牛羊 牛奶 马路 马上 白天 白云 江边 江南 方便 方面 方案 古树 古城 易燃 成立 成品 成年 安装 安置 平房 平台 平时 时间 时常 盖板 游客 席位
管道 管理 管网 车站 石油 边沟 甘肃 解决 强烈 党员 党委 宣传 包括 应当 计划 经常 万元 温度 雷雨 苗木 谷子 米面 鲁班 简单 全部 全村 刑事 农药 宁愿 屈指 支付 项目
喻为 花费 连接 顾客 常住 单亲 单身 单身汉 高龄 小区 小学 常住户 党支部`

var (
	// people is what follows a name and never follows a street.
	people = regexp.MustCompile(`^(?:家(?:[^园具电庄村沟湾坡坪寨河岭塬峪属常教政长]|属|长|$)|[叔伯婶嫂哥姐爷奶舅姨]|大[爷妈娘叔哥姐嫂]|师傅|老[师汉人]` +
		`|先生|女士|同志|夫[妇妻]|父[亲子]|母[亲子]|[妻儿]子|女儿|爱人|媳妇|说|称|反映|患|今年|一家|全家|本人)`)
	// addressed is how people call somebody by his family name.
	addressed = regexp.MustCompile(`^[ \x{3000}]*(?:家?大[爷妈娘叔哥姐嫂婶伯]|[叔伯婶]|师傅|老[师汉]|先生|女士|小姐|阿姨` +
		`|奶奶|爷爷|书记|主任|同志)`)
	// places is what makes a street, a house or an office of what stands before it.
	places = regexp.MustCompile(`^\p{Han}{0,2}?(?:路|街|巷|胡同|[镇乡村庄沟湾坡坪寨河岭塬峪桥湖水库]|社区|小区|新区|家园|花园|公园|广场|大厦` +
		`|[中小大]学|学校|幼儿园|医院|卫生|超市|市场|饭店|宾馆|酒店|公司|集团|工厂|厂|店|站|局|号|组)`)
)

// named gives the forms of the names by which a field's people may be called in a text: those that tell by themselves,
// the longest first, and those that tell only where the text speaks of a person: a given name alone, a word of every
// day.
func named(field string) (strict, loose []string) {
	names := append(spelling.Names(field), spelling.Aliases(field)...)
	for _, name := range spelling.Possible(field) {
		if slices.Contains(strings.Fields(ordinary), name) {
			loose = append(loose, name)
		} else {
			strict = append(strict, name)
		}
	}
	strict = slices.DeleteFunc(append(names, strict...), func(name string) bool {
		return utf8.RuneCountInString(name) < 2 // a family name alone is everybody's
	})
	slices.SortStableFunc(strict, func(a, b string) int { return len(b) - len(a) })
	for _, name := range strict {
		if given := spelling.Given(name); given != "" {
			loose = append(loose, given)
		}
	}
	return strict, loose
}

// families gives the family names of names, each once, without what is none (老李).
func families(names []string) (all []string) {
	for _, name := range names {
		if family := spelling.Family(name); !slices.Contains(all, family) && !slices.Contains([]string{"", "老",
			"小", "阿", "大"}, family) {
			all = append(all, family)
		}
	}
	return all
}

// personal says whether a name that may be another word tells of a person, by what follows it: 建国家, but not 建国路 nor
// 建国以来; of a name that is no word of every day everything tells that makes no place of it.
func personal(name, after string) bool {
	after = spelling.Letters(after[:min(len(after), 60)])
	return people.MatchString(after) || !slices.Contains(strings.Fields(ordinary), name) && !places.MatchString(after)
}
