package paper

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/app/outside"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
)

var update = flag.Bool("update", false, "write the pictures in testdata anew")

var (
	china = time.FixedZone("CST", 8*3600)
	sizes = []Size{A5, A4, Roll}
)

// example is a receipt of an ordinary evening, with characters of local names.
func example() Receipt {
	return Receipt{Organisation: "离石区人大代表联络站", Station: "碛口镇人大代表联络站", StationPhone: "0358-8221234",
		Hours: "每周三 8:30—11:30，14:30—17:30", Number: "02-002003-26-A0042-7",
		Occurred: time.Date(2026, 3, 18, 9, 42, 0, 0, china),
		Name:     "王𠅤明", Phone: "13812345521", Village: "碛口镇圐圙塔村", Address: "离石区碛口镇圐圙塔村3组垯墕沟27号",
		Deputies: []string{"李慧敏（市人大代表）", "赵𰻞堎（区人大代表）"}, Clerk: "刘𫝎",
		Title: "碛口镇圐圙塔村垯墕沟至窊磘坪段道路塌陷，雨天积水，学生和老人出行不便，请求尽快勘查修复",
		Words: "我们村垯墕沟那段路，去年秋雨以后塌了三处，最大的一处有两米多宽。𬺞家的拖拉机过不去，娃娃们上学要绕五里路。",
		How:   "转交区交通运输局办理，碛口镇人民政府配合，联络站负责跟踪督办。",
		Due:   time.Date(2026, 4, 17, 0, 0, 0, 0, china)}
}

// variants are receipts of every kind, by name.
func variants() map[string]Receipt {
	v := map[string]Receipt{"example": example(), "empty": {}}
	set := func(name string, change func(*Receipt)) {
		r := example()
		change(&r)
		v[name] = r
	}
	set("confidential", func(r *Receipt) { r.Confidential = true })
	set("anonymous", func(r *Receipt) { r.Anonymous, r.Phone = true, "" })
	set("practice", func(r *Receipt) { r.Practice = true })
	set("again", func(r *Receipt) {
		r.Again, r.Changes = time.Date(2026, 12, 20, 9, 0, 0, 0, china), "答复日期由2026年4月8日改为2026年4月17日；更正了标题、接待代表。以本回执为准。"
	})
	onSpot := func(r *Receipt) {
		r.Due, r.How = time.Time{}, ""
		r.Answer = "城乡居民医保今年的缴费期到12月25日，可在镇便民服务大厅或手机上办理；已把缴费流程单交给您。"
	}
	set("answered", onSpot)
	crowd := func(r *Receipt) {
		r.Organisation = "吕梁市离石区碛口镇人民代表大会主席团"
		r.Station = "吕梁市离石区碛口镇圐圙塔村人大代表联络站（民情接待点）"
		r.Hours = "每月第一、第三个星期三晚 19:30—21:30，节假日顺延，来前请先打电话"
		r.Name = strings.Repeat("阿卜杜热合曼·买买提", 6)
		r.Village, r.Address = "离石区碛口镇圐圙塔村民委员会第三村民小组", strings.Repeat("离石区碛口镇圐圙塔村3组垯墕沟", 4)
		r.Deputies = append(r.Deputies, "王𬺞（镇人大代表）", "司马相如（省人大代表）", "欧阳建国（区人大代表）")
		r.Title, r.How = strings.Repeat(r.Title, 6), strings.Repeat(r.How, 6)
		r.Words = strings.Repeat("路塌了。", 2500)
		r.Again, r.Changes = time.Date(2026, 12, 20, 9, 0, 0, 0, china),
			"答复日期由2026年11月28日改为2026年12月31日；更正了"+strings.Repeat("标题、接待代表、", 8)+"地点；办理方式已定。以本回执为准。"
	}
	set("crowded", crowd)
	set("crowded in secret", func(r *Receipt) { crowd(r); r.Confidential = true })
	set("one long word", func(r *Receipt) {
		for _, s := range []*string{&r.Title, &r.How, &r.Address, &r.Village, &r.Station, &r.Clerk, &r.Hours} {
			*s = strings.Repeat("Wojciechowski", 30)
		}
		r.Name, r.Deputies = "阿卜杜热合曼·买买提艾力·吐尔逊江·阿布都克里木", []string{strings.Repeat("Wojciechowski", 9)}
	})
	set("crowded and answered", func(r *Receipt) { onSpot(r); crowd(r); r.Answer = strings.Repeat(r.Answer, 20) })
	return v
}

// printed reads every variant on every paper, once for all tests: name, then size.
var printed = sync.OnceValue(func() map[string]map[Size][]papertest.Piece {
	out := map[string]map[Size][]papertest.Piece{}
	for name, r := range variants() {
		out[name] = map[Size][]papertest.Piece{}
		for _, size := range sizes {
			pdf, err := r.PDF(size)
			if err != nil {
				panic(err)
			}
			if out[name][size], err = papertest.Read(pdf); err != nil {
				panic(name + " " + string(size) + ": " + err.Error())
			}
		}
	}
	return out
})

func TestOnPaper(t *testing.T) {
	for name, r := range variants() {
		for _, size := range sizes {
			page, err := r.page(size)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range printed()[name][size] {
				if p.Text == "练习" { // lies across the page
					continue
				}
				if p.X < 0 || p.X+p.Width > page.W*72/25.4 || p.Y < 0 || p.Y+p.Size > page.H*72/25.4 {
					t.Errorf("%s %s: %q lies outside the paper", name, size, p.Text)
				}
				if p.Size < form.Given-.01 {
					t.Errorf("%s %s: %q is %.1f points small", name, size, p.Text, p.Size)
				}
				if p.Page > 0 {
					t.Errorf("%s %s has a second page", name, size)
				}
			}
		}
	}
}

// Half a sheet has room for what finds a matter again; its stub has the words and the answer on a whole one.
func TestEveryField(t *testing.T) {
	r := example()
	for _, size := range []Size{A5, A4} {
		text := papertest.All(printed()["example"][size])
		for _, want := range []string{r.Organisation, r.Station, r.StationPhone, r.Hours, r.Number, "2026年3月18日9时42分",
			"王**", r.Name,
			"138****5521", r.Phone, r.Village, r.Address, strings.Join(r.Deputies, "、"), r.Clerk, r.Title, r.How,
			"2026年4月17日"} {
			if !strings.Contains(text, papertest.Squeeze(want)) {
				t.Errorf("%s: %q is missing", size, want)
			}
		}
	}
	answer, whole := papertest.Squeeze(variants()["answered"].Answer), papertest.All(printed()["answered"][A4])
	if n := strings.Count(papertest.All(printed()["answered"][A5]), answer); n != 1 ||
		strings.Count(whole, answer) != 2 {
		t.Errorf("the answer stands %d times on half a sheet, %d times on a whole one", n, strings.Count(whole, answer))
	}
	if !strings.Contains(whole, papertest.Squeeze(r.Words)) {
		t.Error("the stub of a whole sheet lacks the citizen's words")
	}
}

func TestWhatIsGiven(t *testing.T) {
	for name, r := range variants() {
		if r.Name == "" {
			continue
		}
		for _, size := range sizes {
			text := papertest.All(printed()[name][size])
			given, stub, _ := strings.Cut(text, "沿虚线撕开")
			hidden := []string{r.Name, r.Phone, r.Address, r.Words[:30]}
			if r.Confidential {
				hidden = append(hidden, "王", "5521", r.Village, r.Title[:30], r.Clerk, "李慧敏", r.How[:30])
				if given += stub; size != Roll && !strings.Contains(stub, "保密件，内容另存") {
					t.Errorf("%s %s: the stub is not sealed", name, size)
				}
			}
			for _, s := range hidden {
				if s != "" && strings.Contains(given, s) {
					t.Errorf("%s %s shows %q", name, size, s)
				}
			}
			if r.Anonymous && (!strings.Contains(given, "匿名") || strings.Contains(text, r.Name)) {
				t.Errorf("%s %s names an anonymous visitor", name, size)
			}
		}
	}
}

// Nobody who was called on at home, or whose words a liaison brought, came to the station: no part of his paper says so.
func TestAReceiptSpeaksOfItsBook(t *testing.T) {
	for book, says := range map[string][]string{"visit": {"走访登记回执", "走访时间", "走访群众", "走访代表"},
		"opinion": {"社情民意回执", "反映时间", "反映群众", "联系代表"}} {
		for name, r := range variants() {
			for _, size := range sizes {
				r.Register = book
				pdf, err := r.PDF(size)
				if err != nil {
					t.Fatal(err)
				}
				pieces, err := papertest.Read(pdf)
				if err != nil {
					t.Fatal(err)
				}
				text := papertest.All(pieces)
				for i, want := range says {
					if there := size != Roll && (i < 2 || !r.Confidential) || i == 0; there != strings.Contains(text, want) {
						t.Errorf("%s, a %s, %s: %q %t", name, book, size, want, !there)
					}
				}
				for _, never := range []string{"来访", "接待代表李"} {
					if strings.Contains(text, never) {
						t.Errorf("%s, a %s, %s says %q", name, book, size, never)
					}
				}
			}
		}
	}
}

func TestPdftotext(t *testing.T) {
	outside.Needs(t, "pdftotext")
	for _, size := range sizes {
		r := example()
		pdf, err := r.PDF(size)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("pdftotext", "-raw", "-", "-")
		cmd.Stdin = bytes.NewReader(pdf)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		fields := []string{"群众来访回执", r.Organisation, r.Station, r.Number, "2026年3月18日9时42分", "王**", "138****5521",
			r.Village,
			strings.Join(r.Deputies, "、"), r.Clerk, r.Title, r.How, "2026年4月17日"}
		if size != Roll {
			fields = append(fields, "\n来访时间", "经办人", "沿虚线撕开", r.Name, r.Phone, r.Address)
		}
		for _, want := range fields {
			if !strings.Contains(papertest.Squeeze(string(out)), papertest.Squeeze(want)) {
				t.Errorf("%s: pdftotext does not find %q in\n%s", size, want, out)
			}
		}
	}
}

func TestCodes(t *testing.T) {
	for name, r := range variants() {
		if testing.Short() && name != "example" { // drawing and reading take long with the race detector
			continue
		}
		for _, size := range []Size{A5, Roll} {
			pictures, err := r.Image(size, 200)
			if err != nil {
				t.Fatal(err)
			}
			box := pictures[0].Bounds()
			if size != Roll { // above the stub, the right half
				box.Max.Y, box.Min.Y, box.Min.X = box.Max.Y*76/100, box.Max.Y/4, box.Max.X*7/10
			}
			if got, err := papertest.Code(pictures[0], box); got != r.clean().given().code() {
				t.Errorf("%s %s: the code says %q, %v", name, size, got, err)
			}
		}
	}
	pictures, _ := example().Image(A5, 150)
	box := pictures[0].Bounds()
	box.Min.Y, box.Min.X = box.Max.Y*76/100, box.Max.X*3/4
	if got, err := papertest.Code(pictures[0], box); got != example().Number {
		t.Errorf("the code of the stub says %q, %v", got, err)
	}
}

func TestAtTheSameTime(t *testing.T) {
	var group sync.WaitGroup
	for _, size := range sizes {
		want, err := example().PDF(size)
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			group.Go(func() {
				if got, err := example().PDF(size); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: another file: %v", size, err)
				}
				if _, err := example().Image(size, 40); err != nil {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
}

func TestUnknownPaper(t *testing.T) {
	if _, err := example().PDF("a3"); err == nil {
		t.Error("a receipt on A3")
	}
}

// TestGolden holds the look of a receipt. After a change that is meant, run it with -update and look at the pictures.
func TestGolden(t *testing.T) {
	for name, papers := range map[string][]Size{"example": sizes, "answered": {A5, Roll}, "confidential": {A5},
		"practice": {A5}, "again": {A5, Roll}, "crowded": {A5, A4}} {
		for _, size := range papers {
			pictures, err := variants()[name].Image(size, 72)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name+"-"+string(size)+".png")
			if *update {
				save(t, file, pictures[0])
				continue
			}
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := png.Decode(f)
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			if want.Bounds() != pictures[0].Bounds() {
				t.Errorf("%s is %v, was %v", file, pictures[0].Bounds(), want.Bounds())
			} else if apart := different(want, pictures[0]); apart > .002 {
				t.Errorf("%s differs in %.2f %% of its pixels", file, apart*100)
			}
		}
	}
}

func save(t *testing.T, file string, picture image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// different is the share of pixels that are plainly lighter or darker.
func different(a, b image.Image) float64 {
	n, box := 0, a.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			p, q := color.GrayModel.Convert(a.At(x, y)).(color.Gray), color.GrayModel.Convert(b.At(x, y)).(color.Gray)
			if d := int(p.Y) - int(q.Y); d > 48 || d < -48 {
				n++
			}
		}
	}
	return float64(n) / float64(box.Dx()*box.Dy())
}
