package app_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	sheets "lianluo.local/app/sheet"
)

// mess is a sheet of people as it may come: all that trips up who reads it, combined at random.
type mess struct {
	name   string
	file   []byte
	rows   map[int]int // of the people's rows, who stands there
	hidden int
	names  []string
}

// wide writes digits in full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

func muddle(t *testing.T, seed uint64) (m mess) {
	r := rand.New(rand.NewPCG(seed, 24))
	some := func(n int) bool { return r.IntN(n) == 0 }
	var table [][]any
	add := func(cells ...any) { table = append(table, cells) }
	for range r.IntN(3) {
		add("离石区第十四届人大代表名册" + strings.Repeat(" ", r.IntN(120)))
	}
	book := some(2)
	head := []any{"序号", "姓 名*", "性别", "出生年月", "联系电话（手机）", "工作单位", "职务", "身份证号", "证号"}
	both := some(3)
	if both {
		head[5], head[6] = "工作单位及职务", "备注"
	}
	add(head...)
	m.rows = map[int]int{}
	hide := map[int]bool{}
	given := []string{"王明", "李慧敏", "欧阳建国", "买买提·艾力", "张  伟", "赵　云", "高小宝（女）", "任莉"}
	for i := range 12 + r.IntN(20) {
		name := given[r.IntN(len(given))]
		if some(3) {
			name += string(rune(0x5b89 + i))
			name = strings.Replace(name, "（女）", "", 1)
		}
		m.names = append(m.names, name)
		var phone any = fmt.Sprintf("138%08d", 7_000_000+i)
		switch r.IntN(8) {
		case 0:
			phone = wide(phone.(string)) + " "
		case 1:
			phone = 13_800_000_000 + 7_000_000 + i
		case 2:
			phone = "1.38E+10"
		case 3:
			phone = "138****" + fmt.Sprintf("%04d", i)
		}
		sex := []any{"男", "女", "1", "F", ""}[r.IntN(5)]
		if strings.Contains(name, "女") {
			sex = ""
		}
		birth := []any{fmt.Sprintf("19%02d.%d", 50+i, 2+i%8), fmt.Sprintf("19%02d年%d月", 50+i, 2+i%8), 18000 + i*400, "75.3", "1958年13月", "", "5月6日", fmt.Sprintf("19%02d", 50+i)}[r.IntN(8)]
		id := []any{"", "", "", "141102197503071234", 1.41102197503071e17}[r.IntN(5)]
		number := fmt.Sprintf("LS%04d", i)
		if some(6) {
			number = ""
		}
		work, as := fmt.Sprintf("第%d小学", i), "教师"
		if both {
			work, as = work+[]string{"", " ", "\n"}[r.IntN(3)]+as, ""
		}
		add(i+1, name+strings.Repeat(" ", r.IntN(2)), sex, birth, phone, work, as, id, number)
		m.rows[len(table)] = i
		if book && some(9) {
			hide[len(table)] = true
		}
		if some(9) {
			add()
		}
		if some(12) {
			add(head...)
		}
		if some(15) {
			add("小计")
		}
	}
	add("合计", fmt.Sprint(len(m.rows)-len(hide), "人"))
	add("注：本表由各乡镇填报")
	add("制表人：赵晖", "", "审核：钱多")
	for n := range hide {
		delete(m.rows, n)
	}
	m.hidden = len(hide)
	if !book {
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		if m.name = "名册.csv"; some(3) {
			w.Comma = '\t'
		}
		for _, cells := range table {
			line := make([]string, len(head))
			for i, c := range cells {
				line[i] = fmt.Sprint(c)
			}
			_ = w.Write(line)
		}
		w.Flush()
		var as = encoding.Nop
		switch r.IntN(4) {
		case 0:
			as = simplifiedchinese.GB18030
		case 1:
			as = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		case 2:
			as = unicode.UTF8BOM
		}
		b, err := as.NewEncoder().Bytes(text.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		m.file = b
		return m
	}
	m.name = "名册.xlsx"
	f := excelize.NewFile()
	defer f.Close()
	keep := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, cells := range table {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		keep(f.SetSheetRow("Sheet1", at, &cells))
		if hide[i+1] {
			keep(f.SetRowVisible("Sheet1", i+1, false))
		}
		if len(cells) == 1 && i < 3 {
			keep(f.MergeCell("Sheet1", at, fmt.Sprint("I", i+1)))
		}
		if some(9) {
			keep(f.AddComment("Sheet1", excelize.Comment{Cell: at, Author: "乙", Paragraph: []excelize.RichTextRun{{Text: "核过"}}}))
		}
	}
	_, err := f.NewSheet("说明")
	keep(err)
	b, err := f.WriteToBuffer()
	keep(err)
	m.file = b.Bytes()
	return m
}

func cellsOf(list []sheets.Item) (cells []string) {
	for _, i := range list {
		cells = append(cells, i.Cell)
	}
	return cells
}

// rowAt is the row of a cell's address.
func rowAt(cell string) (n int) {
	at := cell[strings.LastIndexByte(cell, '!')+1:]
	_, _ = fmt.Sscan(strings.TrimLeft(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), &n)
	return n
}

// Whatever is wrong with a sheet: every row of it is new, known, asked, refused or told to be left out; nobody has what
// stands in another one's row; and once what is asked was answered, the sheet again changes nothing. Nothing of it is
// an identity number.
func TestNoMessIsTakenForSomebodyElse(t *testing.T) {
	for seed := range uint64(25) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			o := apptest.Begin(t).SetUp("county", apptest.County)
			m := muddle(t, seed)
			said := app.Said{Default: map[string]string{"level": "县", "congress": "十四届"}}
			said.Answers = map[string]string{}
			in := handIn(t, o, app.People, m.name, m.file, said)
			for n, i := range m.rows {
				hit := func(cell string) bool { return rowAt(cell) == n }
				count := 0
				for _, list := range [][]string{cellsOf(in.Plan.New), cellsOf(in.Plan.Changed), cellsOf(in.Plan.Same)} {
					for _, cell := range list {
						if hit(cell) {
							count++
						}
					}
				}
				asked := false
				for _, f := range slices.Concat(in.Plan.Doubtful, in.Plan.Errors, in.Plan.Notes) {
					asked = asked || hit(f.Cell)
				}
				if count > 1 || count == 0 && !asked {
					t.Errorf("row %d of %s is counted %d times", n, m.names[i], count)
				}
			}
			if hidden := fmt.Sprintf("有 %d 行藏着", m.hidden); m.hidden > 0 && !slices.ContainsFunc(in.Plan.Notes,
				func(f sheets.Finding) bool { return strings.Contains(f.Why, hidden) }) {
				t.Errorf("%d hidden rows are not told", m.hidden)
			}
			for round := 0; !in.Plan.Clear() && round < 8; round++ {
				for _, f := range slices.Concat(in.Plan.Doubtful, in.Plan.Errors) {
					switch {
					case len(in.Who[f.Cell]) > 0:
						said.Answers[f.Cell] = "new"
					case said.Answers[f.Cell] == "" && round < 2 && !strings.Contains(f.Why, "没有写姓名"):
						said.Answers[f.Cell] = map[bool]string{true: "1960-01"}[strings.Contains(f.Cell, "!D")]
					default:
						said.Answers[f.Cell] = "skip"
					}
				}
				in = handIn(t, o, app.People, m.name, m.file, said)
			}
			if !in.Plan.Clear() {
				t.Fatalf("still asked: %v %v", in.Plan.Doubtful, in.Plan.Errors)
			}
			if err := o.Take(ctx, o.Clerk(), in); err != nil {
				t.Fatal(err)
			}
			ps, _, err := o.Roster.People(ctx, roster.Filter{})
			if err != nil || len(ps) == 0 {
				t.Fatal(len(ps), err)
			}
			seen := map[int]bool{}
			for _, p := range ps {
				var i, phone, number int
				if _, err := fmt.Sscanf(p.Employer, "第%d小学", &i); err != nil || seen[i] {
					t.Errorf("%s works at %s", p.Name, p.Employer)
				}
				seen[i] = true
				name := strings.NewReplacer(" ", "", "　", "", "（女）", "").Replace(m.names[i])
				if p.Name != name {
					t.Errorf("%s has the employer of %s", p.Name, name)
				}
				if n, _ := fmt.Sscanf(p.Phone, "1380%d", &phone); p.Phone != "" && (n != 1 || phone != 7_000_000+i) {
					t.Errorf("%s (%d) has the telephone %s", p.Name, i, p.Phone)
				}
				if n, _ := fmt.Sscanf(p.Mandates[0].Number, "LS%d", &number); p.Mandates[0].Number != "" && (n != 1 || number != i) {
					t.Errorf("%s (%d) has the number %s", p.Name, i, p.Mandates[0].Number)
				}
				if strings.Contains(fmt.Sprintf("%+v", p), "14110219750307") {
					t.Errorf("%s has an identity number", p.Name)
				}
			}
			before := o.Entries()
			again := handIn(t, o, app.People, m.name, m.file, said)
			if err := o.Take(ctx, o.Clerk(), again); err != nil || o.Entries() != before || len(again.Plan.New)+len(again.Plan.Changed) > 0 {
				t.Errorf("the sheet again: %v, %d new, %d changed", err, len(again.Plan.New), len(again.Plan.Changed))
			}
		})
	}
}

// A question about many rows is asked still where the row at which it stood is left out.
func TestYearIsAskedOfTheOthers(t *testing.T) {
	o := apptest.Begin(t).SetUp("county", apptest.County)
	file := []byte("姓名,出生年月,证号\n王明,5月6日,1\n李慧敏,7月8日,2\n张建国,1970-01,3\n")
	said := app.Said{Default: map[string]string{"level": "县", "congress": "十四届"}}
	said.Answers = map[string]string{"名册!B2": "skip"}
	in := handIn(t, o, app.People, "名册.csv", file, said)
	if len(in.Plan.Doubtful) != 1 || in.Plan.Doubtful[0].Cell != "名册!B3" {
		t.Fatalf("%+v", in.Plan.Doubtful)
	}
	said.Year = 1975
	if in = handIn(t, o, app.People, "名册.csv", file, said); !in.Plan.Clear() || len(in.Plan.New) != 2 {
		t.Errorf("%+v", in.Plan)
	}
	said.Answers, said.Year = map[string]string{"*": "skip"}, 0
	if in = handIn(t, o, app.People, "名册.csv", file, said); !in.Plan.Clear() || len(in.Plan.New) != 1 {
		t.Errorf("%+v", in.Plan)
	}
}
