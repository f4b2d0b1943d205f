package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	sheets "lianluo.local/app/sheet"
)

// years23 is an old register of n rows over years, as a workbook with every usual column.
func years23(t testing.TB, n int) []byte {
	dice := rand.New(rand.NewPCG(1, 2))
	words := []string{"七巷雨水倒灌，院里进水", "北川河东路没有公厕", "路灯不亮，晚上看不见路", "电动车充电私拉电线", "天然气还没有接通", "保温墙施工没有围挡"}
	return oldBook(t, nil, func(f *excelize.File) error {
		s, err := f.NewStreamWriter("簿")
		if err != nil {
			return err
		}
		if err := s.SetRow("A1", []any{"序号", "编号", "日期", "接待代表", "反映人", "电话", "住址", "类别", "反映问题", "现场答复情况", "处理意见", "转办去向／日期", "办理结果／日期", "反馈日期／方式", "满意度", "备注"}); err != nil {
			return err
		}
		for i := range n {
			y, m, d := 2017+i*8/n, 1+dice.IntN(12), 1+dice.IntN(28)
			on := fmt.Sprintf("%d.%d.%d", y, m, d)
			row := []any{i + 1, fmt.Sprint(i + 1), on, []string{"王明", "王明、李慧敏", "单桂花"}[i%3], fmt.Sprint("李", string(rune('一'+dice.IntN(5000))), string(rune('一'+dice.IntN(5000)))),
				13800000000 + i, fmt.Sprint("袁家庄", i%40, "巷"), []string{"路灯", "公厕", "下水道"}[i%3], words[i%len(words)] + fmt.Sprint(i), nil, "部门联动", "区住建局", fmt.Sprintf("已解决 %d-%02d-28", y+1, m),
				fmt.Sprintf("%d.%d.28 电话", y+1, m), "满意", nil}
			if err := s.SetRow(fmt.Sprint("A", i+2), row); err != nil {
				return err
			}
		}
		return s.Flush()
	})
}

// A register of 10,000 rows is read, tried and taken, beside the texts alone as excelize gives them.
func BenchmarkOldBook(b *testing.B) {
	file := years23(b, 10_000)
	name := filepath.Join(b.TempDir(), "簿.xlsx")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			f, err := excelize.OpenFile(name)
			if err != nil {
				b.Fatal(err)
			}
			if rows, err := f.GetRows("簿"); err != nil || len(rows) != 10_001 {
				b.Fatal(len(rows), err)
			}
			f.Close()
		}
	})
	for _, again := range []bool{false, true} {
		b.Run(map[bool]string{false: "taken", true: "the same rows again"}[again], func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				o := apptest.Alone(b, "station", apptest.Yuanjia)
				intake := func(said app.Said) {
					book, err := sheets.Open(name)
					o.World.Must(err)
					in, err := o.Intake(ctx, app.Books["reception"], book, said)
					o.World.Must(err)
					if len(in.Plan.New)+len(in.Plan.Same) != 10_000 {
						b.Fatalf("%d new, %d wrong, %d asked", len(in.Plan.New), len(in.Plan.Errors), len(in.Plan.Doubtful))
					}
					o.World.Must(o.Take(ctx, o.Clerk(), in))
				}
				if again {
					intake(app.Said{})
				}
				b.StartTimer()
				if again { // read otherwise, so that it is another batch
					intake(app.Said{Mapping: sheets.Mapping{Year: 2020}})
				} else {
					intake(app.Said{})
				}
			}
			b.ReportMetric(peak(), "MB-peak")
		})
	}
}

// peak is the most memory that this process has had, in MB, 0 where nobody tells.
func peak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil || runtime.GOOS != "linux" {
		return 0
	}
	var kb float64
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscan(rest, &kb)
		}
	}
	return kb / 1024
}
