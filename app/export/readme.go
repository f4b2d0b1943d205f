package export

import (
	"fmt"
	"strings"
	"time"
)

// About is what is to be known of a folder: whose it is, of when, and of which days.
type About struct {
	Unit     string
	At       time.Time
	From, To string
	Private  bool
	Practice bool
	Until    string // until when those below were heard of, and who was not; "" where nobody reports here
}

// Readme is what stands beside the files, for whoever opens the folder in ten years.
func (f *Folder) Readme(a About) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	b.WriteString("\ufeff")
	say("%s　导出的资料", a.Unit)
	if a.Practice {
		say("（练习用的资料，不是真的）")
	}
	say("")
	say("截至：%s", a.At.Format("2006年1月2日 15:04:05 -07:00"))
	if a.Until != "" {
		say("收到：%s", a.Until)
	}
	switch {
	case a.From == "" && a.To == "":
		say("范围：全部")
	case a.From == "":
		say("范围：%s 以前的", a.To)
	case a.To == "":
		say("范围：%s 以后的", a.From)
	default:
		say("范围：%s 至 %s", a.From, a.To)
	}
	say("（事项按反映日，场次按日期，代表建议按提交日；代表和单位是全部的）")
	if a.Private {
		say("没有遮挡：里面有群众的姓名、电话、住址、原话。请加密保管，用完就删，不要发到网上、群里。")
	} else {
		say("已经遮挡：姓名只留姓（王**），电话遮住中间，住址只到村（社区），没有原话；标题、答复里的姓名、电话、门牌用 ** 代替；保密件没有内容。")
		say("里面仍有办理的细节，发给别人以前请先看一遍。")
	}
	say("")
	say("文件：")
	for _, file := range f.Files {
		say("%s　%s，%d 条，%d 字节", file.Name, file.About, file.Records, file.Size)
		say("    SHA256 %s", file.SHA256)
		say("    SM3    %s", file.SM3)
	}
	say("")
	say("怎样读：")
	say(".xlsx 用 WPS、Excel 打开；.csv 是 UTF-8 文字，一行一条，第一行是栏名，像公式的格前面加了 '（撇号）；.jsonl 一行是一条 JSON，各项的名字和")
	say("命令 list --json、show --json 的一样，写的是代码；表格里写的是中文。links 说明哪一条和哪一条有关系。open311 里是 Open311 GeoReport v2 的 JSON。")
	say("核对：sha256sum 文件名，和上面的一样就没有被改过。")
	return b.String()
}
