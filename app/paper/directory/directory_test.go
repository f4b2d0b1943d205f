package directory

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/names"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/settings"
	"lianluo.local/data/site"
	"lianluo.local/data/words"
)

const yuanjia = "141102002003D1-A"

var today = time.Date(2026, 11, 29, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// office is who prints.
func office() form.Issuer {
	return form.Issuer{Today: today, Sites: map[string]site.Site{yuanjia: station()}, Settings: settings.Settings{Unit: yuanjia, Name: "凤山街道袁家庄社区联络点",
		Organisation: "离石区人大代表联络站", Phone: "0358-8221321", Hours: "工作日 8:30—11:30", Clerk: "赵晖"}}
}

func station() site.Site {
	return site.Site{Code: yuanjia, Kind: "point", State: site.Open, Opened: "2021-03-20", Facts: site.Facts{
		Name: "凤山街道袁家庄社区人大代表联络点", Short: "袁家庄点", Address: "袁家庄社区党群服务中心一层", Phone: "0358-8221321",
		Opening: "工作日 8:30—11:30", Area: "60", Network: "电信宽带 100M", Head: "郝建平", Liaisons: []string{"赵晖", "成玉兰"},
		Equipment: []string{"电脑 1 台", "打印机 1 台", "高拍仪 1 台"}}}
}

// deputies are so many people of the station: the first is a deputy of three levels and lets his photo and mobile be
// shown, the next have difficult names.
func deputies(n int) Directory {
	d := Directory{Sites: []site.Site{station()}, Photos: map[journal.ID][]byte{}}
	difficult := []string{"王𠅤明", "阿卜杜热合曼·买买提艾力·吐尔逊江", "欧阳𰻞慧"}
	for i := range n {
		p := person.Person{State: person.Here, Facts: person.Facts{Name: names.All()[i%len(names.All())], Sex: "male",
			Nationality: "汉族", Employer: "袁家庄社区居委会", Post: "党支部书记", Fields: []string{"农业农村"}},
			Private: person.Private{Phone: fmt.Sprintf("139358%05d", i), Birth: "1975-03", Address: "离石区凤山街道袁家庄社区七巷3号"},
			Seats:   []person.Seat{{Station: yuanjia, Part: "main"}}}
		p.ID = fmt.Sprintf("%036d", i)
		if i > 0 && i <= len(difficult) {
			p.Name = difficult[i-1]
		}
		level := []string{"county", "township", "city", "county"}[i%4]
		p.Mandates = []person.Mandate{{Level: level, Congress: "六届", District: "第一选区", Standing: "office"}}
		if i == 0 {
			p.Mandates = []person.Mandate{{Level: "county", Congress: "六届", District: "第十二选区", Standing: "office"},
				{Level: "province", Congress: "十四届", Delegation: "吕梁代表团", Standing: "office"},
				{Level: "city", Congress: "五届", District: "离石区人民代表大会", Standing: "office"}}
			p.Fields, p.Open = []string{"农业农村", "交通与市政建设", "教育"}, true
		}
		if i%2 == 0 {
			p.Shown, p.Photo = true, journal.ID{Seq: uint64(i + 1)}
			d.Photos[p.Photo] = face(i)
		}
		d.People = append(d.People, p)
	}
	return d
}

// face is a photo of nobody.
func face(n int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 300, 400))
	for y := range 400 {
		for x := range 300 {
			dx, dy := x-150, y-170
			c := color.RGBA{uint8(150 + n*9%90), 170, 200, 255}
			if dx*dx+dy*dy < 8000 || y > 270 && dx*dx < (y-200)*(y-200)*2 {
				c = color.RGBA{90, 80, uint8(70 + n*5%90), 255}
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, nil)
	return b.Bytes()
}

// read writes a paper and reads it again; LOOK names a folder where it is left to be looked at.
func read(t *testing.T, d typeset.Document, err error) []papertest.Piece {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return papertest.Print(t, d, strings.ReplaceAll(t.Name(), "/", "-"))
}

// whole holds against a paper what none may do: print smaller than least, leave its page, write over itself.
func whole(t *testing.T, d typeset.Document, ps []papertest.Piece, least, margin float64) {
	t.Helper()
	for _, p := range ps {
		page := d.Pages[p.Page]
		if p.Size < least-.01 {
			t.Errorf("%q in %.1f points", p.Text, p.Size)
		}
		if p.Text != "练习" && !p.Within(page.W, page.H, margin) {
			t.Errorf("%q leaves page %d", p.Text, p.Page+1)
		}
	}
	for _, o := range papertest.Overlaps(ps) {
		t.Error(o)
	}
}

// discreet says that a paper has nobody's address, and birthday and own telephones only where they were asked for.
func discreet(t *testing.T, text string, asked bool) {
	t.Helper()
	for secret, may := range map[string]bool{"七巷3号": false, "1975-03": asked, "13935800001": asked, "13935800002": asked} {
		if strings.Contains(text, secret) && !may {
			t.Errorf("%s stands on it", secret)
		}
	}
}

// Of however much there is to say of somebody and of his station, nothing leaves its place or is printed smaller.
func TestMuchToSay(t *testing.T) {
	d, o := deputies(12), office()
	s := station()
	s.Name = strings.Repeat("凤山街道袁家庄社区人大代表联络点", 3)
	s.Address, s.Opening, s.Phone = strings.Repeat("党群服务中心一层东侧", 9), strings.Repeat("工作日 8:30—11:30、", 5), "0358-8221321转8021，13812345678"
	s.Head, s.Liaisons = "阿卜杜热合曼·买买提艾力·吐尔逊江·阿布都克里木", []string{"阿卜杜热合曼·买买提艾力", "赵𰻞晖", "成玉兰", "郝敏", "任晓", "康秀珍"}
	s.Equipment = strings.Fields(strings.Repeat("高清拍摄仪两台 ", 30))
	d.Sites, o.Sites, o.Practice = []site.Site{s}, map[string]site.Site{yuanjia: s}, true
	o.Name, o.Organisation, o.Phone, o.Hours = s.Name, strings.Repeat("吕梁市离石区凤山街道人民代表大会工作委员会", 2), s.Phone, s.Opening
	for i := range d.People {
		p := &d.People[i]
		p.Name = strings.Repeat(p.Name, 1+i%3)
		p.Employer, p.Post, p.Open, p.Phone = strings.Repeat("吕梁市离石区凤山街道", 6), strings.Repeat("党总支书记、", 9), true, "13812345678、0358-8221321"
		p.Fields = strings.Fields("农业农村 水利水务 城乡建设 交通运输 生态环境 教育 医疗卫生 社会保障 文化旅游")
		p.Mandates = nil
		for _, level := range words.Levels {
			p.Mandates = append(p.Mandates, person.Mandate{Level: level.Code, Congress: "十四届", Standing: "office",
				District: strings.Repeat("离石区凤山街道第十二", 2) + level.Name + "选区"})
		}
	}
	for name, draw := range map[string]func() (typeset.Document, error){
		"cards": func() (typeset.Document, error) { return Cards(d, o, true) },
		"a3":    func() (typeset.Document, error) { return Boards(d, o, A3) },
		"a4":    func() (typeset.Document, error) { return Boards(d, o, A4) },
		"sheet": func() (typeset.Document, error) { return Sheets(d, o) },
		"roster": func() (typeset.Document, error) {
			return Listed.Document(Roster(d, o, true), today), nil
		},
		"list": func() (typeset.Document, error) { return Listed.Document(Stations(d, o), today), nil },
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := draw()
			ps := read(t, doc, err)
			least := map[string]float64{"a3": form.Given, "a4": form.Given, "roster": form.Official * .9, "list": form.Official * .9}[name]
			whole(t, doc, ps, max(least, form.Official*.9), 5)
			text := papertest.All(ps)
			if name == "cards" || name == "sheet" {
				whole(t, doc, ps, form.Official, 5)
			}
			if n := strings.Count(text, "高清拍摄仪两台"); name == "sheet" && (n != 30 || !strings.Contains(text, d.People[11].Name)) {
				t.Errorf("%d things of 30", n)
			}
			if (name == "cards" || name == "a3") && strings.Contains(text, "0358-8221321转80…") {
				t.Error("half a telephone")
			}
		})
	}
}

var crowds = []int{1, 10, 11, 25}

func TestCards(t *testing.T) {
	for _, n := range crowds {
		for _, coded := range []bool{false, true} {
			t.Run(fmt.Sprint(n, coded), func(t *testing.T) {
				d := deputies(n)
				doc, err := Cards(d, office(), coded)
				ps := read(t, doc, err)
				whole(t, doc, ps, form.Official, 13)
				if want := (n + 9) / 10; len(doc.Pages) != want {
					t.Errorf("%d pages", len(doc.Pages))
				}
				text := papertest.All(ps)
				discreet(t, text, false)
				for _, want := range []string{"省十四届、吕梁市五届、离石区六届人大代表", "0358-8221321", "赵晖", "13935800000"} {
					if !strings.Contains(text, want) {
						t.Errorf("%s is missing in %.300s", want, text)
					}
				}
				for _, p := range ps {
					if (p.Text == d.People[0].Name || p.Text == "0358-8221321") && p.Size < form.Given {
						t.Errorf("%q in %.1f points", p.Text, p.Size)
					}
				}
			})
		}
	}
	if _, err := Cards(deputies(0), office(), false); err == nil {
		t.Error("cards of nobody")
	}
}

func TestBoards(t *testing.T) {
	for _, n := range crowds {
		for name, sheet := range map[string]Sheet{"a3": A3, "a4": A4} {
			t.Run(fmt.Sprint(name, n), func(t *testing.T) {
				doc, err := Boards(deputies(n), office(), sheet)
				ps := read(t, doc, err)
				whole(t, doc, ps, form.Given, 8)
				discreet(t, papertest.All(ps), false)
			})
		}
	}
	if _, err := Boards(deputies(0), office(), A3); err == nil {
		t.Error("a board of nobody")
	}
}

func TestRoster(t *testing.T) {
	for _, n := range append(crowds, 0) {
		for _, contact := range []bool{false, true} {
			t.Run(fmt.Sprint(n, contact), func(t *testing.T) {
				doc := Listed.Document(Roster(deputies(n), office(), contact), today)
				ps := read(t, doc, nil)
				whole(t, doc, ps, form.Official*.9, 5)
				text := papertest.All(ps)
				discreet(t, text, contact)
				if n > 1 && strings.Contains(text, "13935800001") != contact {
					t.Error("telephones are there without being asked for, or are not")
				}
			})
		}
	}
}

func TestSheets(t *testing.T) {
	for _, n := range append(crowds, 0, 300) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			doc, err := Sheets(deputies(n), office())
			ps := read(t, doc, err)
			whole(t, doc, ps, form.Official, 8)
			text := papertest.All(ps)
			discreet(t, text, false)
			for _, want := range []string{yuanjia, "电信宽带", "高拍仪", "60平方米", "2021年3月20日", "郝建平", "成玉兰"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s is missing", want)
				}
			}
		})
	}
}

func TestStations(t *testing.T) {
	for _, n := range append(crowds, 0, 300) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d := deputies(min(n, 30))
			d.Sites = nil
			for i := range n {
				s := station()
				s.Code = fmt.Sprintf("1411%02d%03d%03dD1-A", []int{2, 21, 22}[i/120], 1+i/9%7, i%9)
				s.Name = fmt.Sprintf("凤山街道%d号社区联络点", i)
				d.Sites = append(d.Sites, s)
			}
			doc := Listed.Document(Stations(d, office()), today)
			whole(t, doc, read(t, doc, nil), form.Official*.9, 5)
		})
	}
}

// Somebody of two stations may be met at both: where none was chosen, he has a card of each, with its telephone.
func TestACardForEachStation(t *testing.T) {
	d, o := deputies(1), office()
	const fengshan = "141102002000Z1-C"
	other := station()
	other.Code, other.Name, other.Phone = fengshan, "凤山街道人大代表联络站", "0358-8221999"
	d.People[0].Seats = append(d.People[0].Seats, person.Seat{Station: fengshan, Part: "part"})
	o.Unit, o.Sites = "141102000000", map[string]site.Site{yuanjia: station(), fengshan: other}
	for name, x := range map[string]struct {
		chosen []site.Site
		unit   string
		phones []string
	}{
		"none":       {nil, o.Unit, []string{"0358-8221321", "0358-8221999"}},
		"one":        {[]site.Site{other}, o.Unit, []string{"0358-8221999"}},
		"both":       {[]site.Site{other, station()}, o.Unit, []string{"0358-8221321", "0358-8221999"}},
		"at a table": {nil, fengshan, []string{"0358-8221999"}},
	} {
		o := o
		d.Sites, o.Unit, o.Phone = x.chosen, x.unit, other.Phone
		doc, err := Cards(d, o, true)
		ps := read(t, doc, err)
		whole(t, doc, ps, form.Official, 13)
		text := papertest.All(ps)
		for _, phone := range []string{"0358-8221321", "0358-8221999"} {
			if want := strings.Count(strings.Join(x.phones, " "), phone); strings.Count(text, phone) != want {
				t.Errorf("%s: %s stands %d times", name, phone, strings.Count(text, phone))
			}
		}
		if n := strings.Count(text, d.People[0].Name); n != len(x.phones) {
			t.Errorf("%s: %d cards", name, n)
		}
	}
}

// Only who is in office counts as a deputy of a station; whoever helps there or whose mandate rests stands apart.
func TestWhoCounts(t *testing.T) {
	d, o := deputies(5), office()
	d.People[2].Mandates[0].Standing = "suspended"
	d.People[3].Mandates, d.People[3].Roles = nil, []string{"liaison"}
	d.People[4].Mandates, d.People[4].Roles = nil, []string{"guest"}
	doc, err := Sheets(d, o)
	text := papertest.All(read(t, doc, err))
	deputies, others, _ := strings.Cut(text, "其他人员")
	if !strings.Contains(deputies, "合计2人") || strings.Contains(deputies, "没有在任") {
		t.Errorf("not two deputies: %s", deputies)
	}
	for i, p := range d.People {
		if strings.Contains(deputies, p.Name) != (i < 2) || strings.Contains(others, p.Name) != (i >= 2) {
			t.Errorf("%s stands at the wrong place of %s", p.Name, text)
		}
	}
	if !strings.Contains(others, "暂停执行") {
		t.Errorf("a mandate that rests is not told: %s", others)
	}
	if cells := Stations(d, o).Rows[1].Cells; cells[7] != "2" {
		t.Errorf("the list of stations says %q", cells)
	}
	if sum := Stations(d, o).Sums[0].Cells[0]; !strings.Contains(sum, "代表 2 人") {
		t.Error(sum)
	}
	doc, err = Boards(d, o, A3)
	if text := papertest.All(read(t, doc, err)); strings.Contains(text, d.People[2].Name) || strings.Contains(text, d.People[4].Name) {
		t.Errorf("the board shows who is not in office: %s", text)
	}
}
