package paper

import (
	"image/png"
	"os"
	"strings"
	"testing"
	"time"
)

var shanghai = time.FixedZone("CST", 8*3600)

// example is a receipt as on an ordinary evening, with the characters of local names.
func example() Receipt {
	return Receipt{Organisation: "离石区人大代表联络站", Station: "碛口镇人大代表联络站", StationPhone: "0358-8221234",
		Hours: "每周三 8:30—11:30，14:30—17:30", Number: "02-002003-26-A0042-7", Occurred: time.Date(2026, 3, 18, 9, 42, 0, 0, shanghai),
		Name: "王𠅤明", Phone: "13812345521", Village: "碛口镇圐圙塔村", Address: "离石区碛口镇圐圙塔村3组垯墕沟27号",
		Deputies: []string{"李慧敏（市人大代表）", "赵𰻞堎（区人大代表）"}, Clerk: "刘𫝎",
		Title: "碛口镇圐圙塔村垯墕沟至窊磘坪段道路塌陷，雨天积水，学生和老人出行不便，请求尽快勘查修复",
		Words: "我们村垯墕沟到窊磘坪那段路，去年秋雨以后塌了三处，最大的一处有两米多宽。拖拉机过不去，娃娃们上学要绕五里路。找过村里两回，说是没钱修。希望镇里、区里派人看看，入冬以前把路修好，边沟也疏通一下。",
		How:   "转交区交通运输局办理，碛口镇人民政府配合，联络站负责跟踪督办。",
		Due:   time.Date(2026, 4, 17, 0, 0, 0, 0, shanghai)}
}

// crowded has everything at its longest.
func crowded() Receipt {
	r := example()
	r.Organisation = "吕梁市离石区碛口镇人民代表大会主席团"
	r.Station = "吕梁市离石区碛口镇圐圙塔村人大代表联络站（民情接待点）"
	r.Hours = "每月第一、第三个星期三晚 19:30—21:30，节假日顺延，来前请先打电话"
	r.Name = strings.Repeat("阿卜杜热合曼·买买提", 6)
	r.Village, r.Address = "离石区碛口镇圐圙塔村民委员会第三村民小组", strings.Repeat("离石区碛口镇圐圙塔村3组垯墕沟", 4)
	r.Deputies = []string{"李慧敏（市人大代表）", "赵𰻞堎（区人大代表）", "王𬺞（镇人大代表）", "司马相如（省人大代表）", "欧阳建国（区人大代表）"}
	r.Title = strings.Repeat(r.Title, 6)
	r.Words = strings.Repeat("路塌了。", 2500)
	r.How = strings.Repeat(r.How, 6)
	return r
}

func TestDraw(t *testing.T) {
	conf, anon, spot, prac, crowd, cspot := example(), example(), example(), example(), crowded(), crowded()
	conf.Confidential, anon.Anonymous, prac.Practice = true, true, true
	anon.Name, anon.Phone = "", ""
	spot.Due, spot.Answer, spot.How = time.Time{}, "城乡居民医保今年的缴费期到12月25日，可在镇便民服务大厅或手机上办理；已把缴费流程单交给您。", ""
	cspot.Due, cspot.Answer = time.Time{}, strings.Repeat(spot.Answer, 20)
	for name, r := range map[string]Receipt{"ex": example(), "conf": conf, "anon": anon, "spot": spot, "prac": prac, "crowd": crowd, "cspot": cspot} {
		for _, size := range []Size{A5, A4, Roll} {
			b, err := r.PDF(size)
			if err != nil {
				t.Fatal(err)
			}
			os.WriteFile("/tmp/r-"+name+"-"+string(size)+".pdf", b, 0o644)
			if name == "prac" {
				im, _ := r.Image(size, 144)
				f, _ := os.Create("/tmp/i-" + string(size) + ".png")
				png.Encode(f, im[0])
				f.Close()
			}
		}
	}
}
