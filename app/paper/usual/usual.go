// Package usual makes a receipt the way gofpdf's own manual does, with whole fonts, CellFormat and MultiCell. It
// exists to be measured against package paper; nobody should be given what it prints.
//
// It shows the same facts in the same faces on the same A5 page. Where stock calls go wrong it is helped along so that
// there is something to measure: characters beyond the basic plane, on which gofpdf panics, become 〓. That MultiCell
// swallows a character at each line end stays as it is.
package usual

import (
	"bytes"
	"strings"
	"sync"

	"github.com/jung-kurt/gofpdf"
	"lianluo.local/app/paper"
	"lianluo.local/assets/fonts"
	"lianluo.local/data/mask"
	"rsc.io/qr"
)

// faces are copies, made once, because gofpdf writes into the fonts it is given. For the same reason only one receipt
// is made at a time.
var (
	once  sync.Once
	faces map[string][]byte
	alone sync.Mutex
)

func load() {
	faces = map[string][]byte{"sans": bytes.Clone(fonts.SansRegular()), "bold": bytes.Clone(fonts.SansBold()),
		"song": bytes.Clone(fonts.SongBlack()), "kai": bytes.Clone(fonts.Kai())}
}

// Receipt makes an A5 receipt in two parts.
func Receipt(r paper.Receipt) ([]byte, error) {
	once.Do(load)
	alone.Lock()
	defer alone.Unlock()
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: 148, Ht: 210}})
	f.SetMargins(11, 8, 11)
	f.SetAutoPageBreak(false, 0)
	for _, name := range []string{"sans", "bold", "song", "kai"} {
		f.AddUTF8FontFromBytes(name, "", faces[name])
	}
	f.AddPage()
	text := func(font string, size, w, h float64, s, align string, ln int) {
		f.SetFont(font, "", size)
		f.CellFormat(w, h, plain(s), "", ln, align, false, 0, "")
	}
	row := func(label, value string) {
		text("sans", 9.5, 18, 6, label, "L", 0)
		f.SetFont("kai", "", 11)
		f.MultiCell(100, 6, plain(value), "B", "L", false)
	}
	due := r.Due.Format("2006年1月2日")
	text("sans", 11, 126, 6, r.Organisation, "C", 1)
	f.SetTextColor(176, 27, 31)
	text("song", 24, 126, 12, "群众来访回执", "C", 1)
	f.Line(11, 27, 137, 27)
	text("bold", 12, 126, 7, "编号 "+r.Number, "R", 1)
	f.SetTextColor(38, 35, 32)
	row("来访时间", r.Occurred.Format("2006年1月2日 15时04分"))
	row("联络站", r.Station)
	row("来访群众", mask.Name(r.Name))
	row("联系电话", mask.Phone(r.Phone))
	row("所在村居", r.Village)
	row("接待代表", strings.Join(r.Deputies, "、"))
	row("反映事项", r.Title)
	row("办理方式", r.How)
	text("song", 18, 126, 10, due, "L", 1)
	text("kai", 11, 126, 6, "前，由联络站当面或电话向您说明办理结果。", "L", 1)
	text("bold", 11.5, 126, 6, "怎样了解办理进度", "L", 1)
	text("sans", 10.5, 126, 5, "❶ 拨打联络站电话 "+r.StationPhone+"，报回执编号即可；", "L", 1)
	text("sans", 10.5, 126, 5, "❷ 持本回执到联络站询问（"+r.Hours+"）；", "L", 1)
	text("sans", 10.5, 126, 5, "❸ 手机扫右侧二维码，不用上网就能看到编号和电话。", "L", 1)
	text("sans", 9.5, 126, 6, "接待人签名 联络站（盖章）扫码存编号和电话", "L", 1)
	text("sans", 8.5, 126, 6, "✂ 沿虚线撕开 · 骑缝编号 "+r.Number, "C", 1)
	text("song", 14.5, 126, 8, "来访回执存根", "L", 1)
	row("来访群众", r.Name+" "+r.Phone)
	row("家庭住址", r.Address)
	row("答复期限", due)
	row("内容摘要", string([]rune(r.Words)[:min(60, len([]rune(r.Words)))]))
	row("经办人", r.Clerk)
	if err := code(f, 110, 90, 26, "回执编号 "+r.Number+"\n"+r.Station+" "+r.StationPhone+"\n承诺 "+due+"前答复"); err != nil {
		return nil, err
	}
	if err := code(f, 122, 160, 15, r.Number); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := f.Output(&out)
	return out.Bytes(), err
}

func code(f *gofpdf.Fpdf, x, y, side float64, text string) error {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return err
	}
	m := side / float64(c.Size)
	f.SetFillColor(0, 0, 0)
	for row := range c.Size {
		for col := range c.Size {
			if c.Black(col, row) {
				f.Rect(x+float64(col)*m, y+float64(row)*m, m, m, "F")
			}
		}
	}
	return nil
}

func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '〓'
		}
		return r
	}, s)
}
