package search

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
)

var broken = sqlite3.Error{Code: sqlite3.ErrCorrupt}

// Words as matters have them; earlier ones are drawn far more often.
var (
	vocabulary = strings.Fields(`居民 小区 反映 问题 道路 排水 垃圾 路灯 供暖 停车 噪音 扰民 物业 维修 积水 下水道 堵塞 安全隐患 村民 独居老人 低保 医保 农田 灌溉 公厕
		天然气 电动车 充电 施工 围挡 学校 接送 拥堵 井盖 破损 自来水 停水 停电 暂住证 办理 养老 日间照料 标线 调头 公交 站牌 危房 改造 拆迁 补偿 宅基地 土地 流转 树木 遮挡
		消防通道 占用 油烟 烧烤 广场舞 犬只 伤人 电梯 故障 气温 下降 蝗虫 渠道 淤积 滑坡 煤矿 粉尘 河道 采砂 彩礼 图书室 书画 展览 医院 挂号 校车 欠薪 工伤 认定`)
	families = strings.Split("王王王李李李张张张刘刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单解曾仇查冯任薛武白", "")
	given    = strings.Split("英秀兰明国华平生海丽红军强玉梅芳二娃小乐行长春秋福贵润改爱顺", "")
)

// generator makes documents that are alike for a seed.
func generator(seed uint64) func(row int64) Doc {
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	return func(row int64) Doc {
		var b strings.Builder
		fmt.Fprintf(&b, "02-%06d-26-A%04d-7\n离石区凤山街道袁家庄社区\n138%08d\n", 2000+r.IntN(300), row%10_000, r.IntN(100_000_000))
		for range 60 + r.IntN(40) {
			f := r.Float64()
			b.WriteString(vocabulary[int(f*f*f*float64(len(vocabulary)))])
			switch r.IntN(8) {
			case 0:
				b.WriteString("，")
			case 1:
				b.WriteRune(rune(0x4e00 + r.IntN(3000)))
			}
		}
		if r.IntN(400) == 0 {
			b.WriteString("，锅炉爆管")
		}
		return Doc{Row: row, Version: row, People: []string{pick(families) + pick(given) + pick(given)}, Text: b.String() + "\n141102002003D1-A"}
	}
}

const many = 100_000

// BenchmarkFind times the first page of 50 among 100,000 matters, beside LIKE over a table of the same texts. Building the
// index takes a quarter of a minute and is not timed.
func BenchmarkFind(b *testing.B) {
	x := opened(b, filepath.Join(b.TempDir(), "search.db"))
	start, make := time.Now(), generator(1)
	for row := int64(1); row <= many; row += 1000 {
		var docs []Doc
		for i := range int64(1000) {
			docs = append(docs, make(row+i))
		}
		put(b, x, row+999, docs...)
	}
	info, err := os.Stat(x.path)
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("%d documents in %.1f s, %d MB\n", many, time.Since(start).Seconds(), info.Size()>>20)
	plain, err := sql.Open("sqlite3", x.path+"?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	defer plain.Close()
	for _, q := range []string{"居民", "锅炉", "水", "锅", "鲌", "安全隐患", "锅炉爆管", "噪音 扰民", "锅炉 水", "居民 鲌", "wx", "sxy", "0042", "没有的话"} {
		b.Run("index/"+q, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := x.Find(ctx, q, 50, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count/"+q, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := x.Count(ctx, q, 1000); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("like/"+q, func(b *testing.B) {
			like := "%" + strings.ReplaceAll(q, " ", "%") + "%"
			for b.Loop() {
				var n int
				if err := plain.QueryRow(`SELECT count(*) FROM (SELECT row FROM doc WHERE text LIKE ? ORDER BY row DESC LIMIT 50)`, like).Scan(&n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPut times the saving of one changed matter into the index of a county with 5,000.
func BenchmarkPut(b *testing.B) {
	x := opened(b, filepath.Join(b.TempDir(), "search.db"))
	make := generator(1)
	var docs []Doc
	for i := range int64(5000) {
		docs = append(docs, make(i+1))
	}
	put(b, x, 5000, docs...)
	row := int64(0)
	for b.Loop() {
		row++
		d := make(row%5000 + 1)
		d.Version = 5000 + row
		put(b, x, d.Version, d)
	}
}
