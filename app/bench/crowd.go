package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"lianluo.local/app/desk"
	"lianluo.local/assets/category"
	"lianluo.local/assets/names"
	"lianluo.local/assets/places"
)

// The words that citizens say, put together from newspaper cases. Sentences are drawn, not characters, so that the
// index meets the pairs of real prose; place names (some with rare characters) and numbers give it its long tail.
var (
	families = strings.Split("王王王李李李张张张刘刘郭郭高高薛冯任武白贺康雷车杨赵陈梁单解曾仇查闫袁尹郝靳渠", "")
	given    = strings.Split("英秀兰明国华平生海丽红军强玉梅芳二小长春秋福贵润改爱顺胜建志晓文云龙虎俊峰燕霞娥香", "")
	spots    = strings.Fields(`垯墕沟 窊磘坪 圪垛上 前街 后街 北巷 南巷 一组 二组 三组 四组 五组 学校门口 卫生院旁边 菜市场 老槐树底下 桥头 河堤上 广场边 养老院前
		7号楼 12号楼 3单元 东门口 西门口 地下车库 加油站对面 变电站后头 砖厂路口 戏台前`)
	who = strings.Fields(`我们院里 村里十几户 楼上楼下几十户 沿街的商户 种地的人 养羊的几家 租房的年轻人 退休的老职工 接送学生的家长 独居老人 老人和孩子 跑运输的 小区居民 街坊们
		外出打工的人 新搬来的住户 坐轮椅的老人`)
	trouble = strings.Fields(`下水道堵塞，污水倒流到院子里 路灯坏了一大片，黑得看不见路 道路塌陷，雨天积水 自来水一到夏天就停 暖气不热，家里只有十三度 电梯三天两头出故障 垃圾几天没有人清运
		施工没有围挡，夜里还在干 消防通道让车占满了 烧烤摊油烟大，不敢开窗 广场舞声音太大 野狗成群，咬过人 井盖破损，没有安全隐患牌 危房改造的补助没有到账 低保申请交上去没有回音
		灌溉渠淤积，浇不上地 煤矿运煤车多，粉尘落一层 河道采砂，堤岸要塌 工钱拖了两年没有给 医保报销跑了四趟 校车不到村口 公交站牌没有了 宅基地界限说不清
		天然气没有通 电动车没有地方充电 广告牌松了，风一吹就响 电压低，磨面机带不动 手机没有信号 退耕的树苗死了一半 养老金停发了三个月 物业换了三家，账目不公开
		房顶漏雨 楼道里堆满杂物 停车位不够，天天吵架 大桥限高杆太低 水质发黄，有味道 公厕上锁 图书室常年不开门`)
	since = strings.Fields(`去年秋雨以后 今年开春以来 半个多月了 三年多了 从腊月到现在 前几天下雨以后 修了路以后 换了物业以后 上个月起 清明前后 自打搬进来 供暖期一到`)
	tried = strings.Fields(`找过物业，说没有钱 打过两回电话，没有下文 村委会来看过，说等上面拨款 跟施工队说过，没有人理 社区登记了，还没有回话 写过材料，退回来了 自己修过，又坏了
		没有找过，不知道归谁管 镇里说年底前解决`)
	harm = strings.Fields(`老人出门不方便 娃娃们上学要绕五里路 夜里睡不好 怕出安全隐患 冬天结冰，摔过人 地里的庄稼旱了 生意做不成 邻里之间伤了和气 车开不进来 救护车都进不去 家里的家具泡坏了
		一到下雨就提心吊胆`)
	wish = strings.Fields(`请代表帮忙协调 希望尽快维修 请有关部门来看一看 希望给个说法 请把这件事列入计划 希望今年能解决 请帮着问一问 希望长期有人管 请代表到现场看看`)
)

// crowd makes citizens with their matters; the same seed makes the same ones.
type crowd struct {
	rand     *rand.Rand
	villages []places.Place
	kinds    []category.Category
	known    []string // people with difficult names
}

func newCrowd(seed uint64) *crowd {
	c := &crowd{rand: rand.New(rand.NewPCG(seed, 1)), kinds: category.All(), known: names.All()}
	for _, township := range places.Children(county) {
		c.villages = append(c.villages, places.Children(township.Code)...)
	}
	return c
}

func (c *crowd) pick(from []string) string { return from[c.rand.IntN(len(from))] }

// once says yes once in n times.
func (c *crowd) once(n int) bool { return c.rand.IntN(n) == 0 }

func (c *crowd) name() string {
	if c.once(100) {
		return c.pick(c.known)
	}
	if c.once(4) {
		return c.pick(families) + c.pick(given)
	}
	return c.pick(families) + c.pick(given) + c.pick(given)
}

// draft is the next citizen at a table, at a time.
func (c *crowd) draft(at time.Time) desk.Draft {
	village := places.Short(c.villages[c.rand.IntN(len(c.villages))])
	spot, what := c.pick(spots), c.pick(trouble)
	var b strings.Builder
	for i := range 2 + c.rand.IntN(3) {
		if i > 0 {
			what, spot = c.pick(trouble), c.pick(spots)
		}
		fmt.Fprintf(&b, "%s%s%s，%s。%s，%s。", c.pick(who), c.pick(since), spot, what, c.pick(tried), c.pick(harm))
	}
	if c.once(3000) {
		b.WriteString("锅炉爆管，一楼都淹了。")
	}
	b.WriteString(c.pick(wish) + "。")
	title, _, _ := strings.Cut(what, "，")
	return desk.Draft{
		Occurred: at.Format(time.RFC3339), Name: c.name(), Phone: fmt.Sprintf("1%d%08d",
			30+c.rand.IntN(60), c.rand.IntN(1e8)),
		AgeBand: []string{"18-34", "35-59", "60-79", "80+"}[c.rand.IntN(4)], Address: fmt.Sprintf("%s%d号",
			village, 1+c.rand.IntN(200)),
		Purpose:  []string{"help", "suggestion", "complaint"}[c.rand.IntN(3)],
		Category: c.kinds[c.rand.IntN(len(c.kinds))].Code,
		Title:    village + title, Words: b.String(), Place: village + spot, Deputies: []string{c.name() + "（区人大代表）"},
		Mode: []string{"guide", "consult", "department", "suggestion"}[c.rand.IntN(4)],
	}
}
