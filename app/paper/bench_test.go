package paper_test

import (
	"testing"
	"time"

	"lianluo.local/app/paper"
	"lianluo.local/app/paper/usual"
)

// sample has no character on which stock gofpdf fails.
var sample = paper.Receipt{Organisation: "离石区人大代表联络站", Station: "碛口镇人大代表联络站", StationPhone: "0358-8221234",
	Hours: "每周三 8:30—11:30，14:30—17:30", Number: "02-002003-26-A0042-7", Occurred: time.Date(2026, 3, 18, 9, 42, 0, 0,
		time.UTC),
	Name: "王明", Phone: "13812345521", Village: "碛口镇圐圙塔村", Address: "离石区碛口镇圐圙塔村3组垯墕沟27号",
	Deputies: []string{"李慧敏（市人大代表）", "赵堎（区人大代表）"}, Clerk: "刘昞",
	Title: "碛口镇圐圙塔村垯墕沟至窊磘坪段道路塌陷，雨天积水，学生和老人出行不便，请求尽快勘查修复",
	Words: "我们村垯墕沟到窊磘坪那段路，去年秋雨以后塌了三处，最大的一处有两米多宽。拖拉机过不去，娃娃们上学要绕五里路。",
	How:   "转交区交通运输局办理，碛口镇人民政府配合，联络站负责跟踪督办。",
	Due:   time.Date(2026, 4, 17, 0, 0, 0, 0, time.UTC)}

// The two lie beside each other to be compared: the receipt is to take a quarter of the stock time at most.
func BenchmarkReceipt(b *testing.B) {
	measure(b, func() ([]byte, error) { return sample.PDF(paper.A5) })
}
func BenchmarkStock(b *testing.B) {
	measure(b, func() ([]byte, error) { return usual.Receipt(sample) })
}
func BenchmarkPreview(b *testing.B) {
	measure(b, func() ([]byte, error) { _, err := sample.Image(paper.A5, 96); return nil, err })
}

func measure(b *testing.B, make func() ([]byte, error)) {
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		out, err := make()
		if err != nil {
			b.Fatal(err)
		}
		size = len(out)
	}
	b.ReportMetric(float64(size), "PDF-bytes")
}
