// Package paper makes the papers of a liaison station, as PDF for the printer and as pictures for the window, both from
// one layout. Receipts are drawn here; package slip has the other papers about one matter, register those about many,
// which are values of package table, directory those about people and places, form what all of them share. Package
// typeset underneath knows type and pages but nothing of our work.
//
//	r := paper.Receipt{Station: "碛口镇人大代表联络站", Number: "02-002003-26-A0042-7", …}
//	pdf, err := r.PDF("a5")
//
// A paper is a value holding plain facts; it reads no clock, no file and no settings, so the same facts give the same
// bytes. What may be shown to whom is decided before anything is drawn, in one place for each paper (see
// Receipt.given and Receipt.kept), because paper that is given away cannot be called back.
package paper

import (
	"image"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/mask"
	"lianluo.local/data/problem"
)

// Size names a size of paper.
type Size string

// The papers of stations: half a sheet, a whole one (A4, larger print) and the 80 mm roll of a till printer, which has
// the citizen's part only, because its print fades in the file; and the large sheet of boards, on which no receipt is
// printed.
const (
	A3   Size = "a3"
	A5   Size = "a5"
	A4   Size = "a4"
	Roll Size = "80mm"
)

// Receipt (受理回执) is what a citizen takes home from the table, and the stub that the station files. Text may come
// from anywhere, at any length; it is cleaned, fitted and masked here.
type Receipt struct {
	Organisation                 string // the line over the title, as 离石区人大代表联络站
	Station, StationPhone, Hours string
	Number, Register             string // the book: a code of words.Registers
	Occurred                     time.Time
	Name                         string
	Anonymous, Confidential      bool
	Phone, Village, Address      string   // the village for the citizen's part, the full address for the stub
	Deputies                     []string // as printed: 李慧敏（市人大代表）
	Clerk                        string   // 经办人
	Title, Words                 string
	How                          string    // how it goes on, a sentence
	Answer                       string    // what was said on the spot
	Due                          time.Time // the promised date; zero when nothing is promised
	Ended                        string    // where nothing is promised and nothing was answered, why; "" elsewhere
	Again                        time.Time // the day of a later print; zero for the one given at the table
	Changes                      string    // what is no longer as it was on that one, a sentence
	Practice                     bool      // prints 练习 across the page
}

// PDF writes the receipt for a paper.
func (r Receipt) PDF(size Size) ([]byte, error) {
	page, err := r.page(size)
	if err != nil {
		return nil, err
	}
	return typeset.Document{Title: r.wording().title + " " + r.Number, Made: r.Occurred, Pages: []*typeset.Page{page}}.PDF()
}

// Image draws the receipt as it will print, one picture a page.
func (r Receipt) Image(size Size, dpi float64) ([]image.Image, error) {
	page, err := r.page(size)
	if err != nil {
		return nil, err
	}
	return []image.Image{page.Image(dpi)}, nil
}

func (r Receipt) page(size Size) (*typeset.Page, error) {
	r = r.clean()
	switch size {
	case A5:
		return r.torn(148, 210, 1, false, limits{ofTitle: 4, ofAnswer: 4, ofHow: 3, ofDeputies: 2, ofWords: 1,
			ofHours: 3, ofStation: 2, ofVillage: 2, ofAddress: 2})
	case A4:
		return r.torn(210, 297, 1.35, true, limits{ofTitle: 6, ofAnswer: 6, ofHow: 5, ofDeputies: 3, ofWords: 6,
			ofHours: 3, ofStation: 2, ofVillage: 2, ofAddress: 2})
	case Roll:
		return r.roll()
	}
	return nil, problem.Problems{string(Format): "回执印在 a5、a4 或 80mm 的纸上，请写其中一种"}
}

// clean makes every field printable, and all but the words and the answer one line.
func (r Receipt) clean() Receipt {
	for _, s := range []*string{&r.Organisation, &r.Station, &r.StationPhone, &r.Hours, &r.Number, &r.Name, &r.Phone,
		&r.Village, &r.Address, &r.Clerk, &r.Title, &r.Words, &r.How, &r.Answer, &r.Changes} {
		*s = form.Line(*s)
	}
	names := make([]string, len(r.Deputies))
	for i, d := range r.Deputies {
		names[i] = form.Line(d)
	}
	r.Deputies = names
	if r.Anonymous {
		r.Name = "匿名"
	}
	return r
}

// given is what the citizen's part may show, for it may be lost in the street: a masked name and phone, the village,
// the title, never the words. Of a confidential matter it shows number and dates only.
func (r Receipt) given() Receipt {
	if r.Confidential {
		return r.sealed()
	}
	if !r.Anonymous {
		r.Name = mask.Name(r.Name)
	}
	r.Phone = mask.Phone(r.Phone)
	r.Address, r.Words = "", ""
	if !r.Due.IsZero() && r.Answer != "" {
		r.How = strings.TrimSpace(r.How + " 当场答复：" + r.Answer)
	}
	return r
}

// kept is what the stub shows: everything, but of a confidential matter, which is filed elsewhere, nothing.
func (r Receipt) kept() Receipt {
	if r.Confidential {
		return r.sealed()
	}
	return r
}

func (r Receipt) sealed() Receipt {
	return Receipt{Organisation: r.Organisation, Station: r.Station, StationPhone: r.StationPhone, Hours: r.Hours,
		Number: r.Number, Register: r.Register, Occurred: r.Occurred, Due: r.Due, Ended: r.Ended, Again: r.Again, Changes: r.Changes,
		Confidential: true, Practice: r.Practice}
}

// wording is what a receipt calls itself and those who met.
type wording struct{ title, time, citizen, deputies, sign string }

// wording is that of the book which the matter is written in: nobody who was called on at home came to the station.
func (r Receipt) wording() wording {
	switch r.Register {
	case "visit":
		return wording{"走访登记回执", "走访时间", "走访群众", "走访代表", "群众签收"}
	case "opinion":
		return wording{"社情民意回执", "反映时间", "反映群众", "联系代表", "反映人签收"}
	}
	return wording{"群众来访回执", "来访时间", "来访群众", "接待代表", "来访人签收"}
}

// note says which part this is, or when it was printed once more.
func (r Receipt) note() string {
	if r.Again.IsZero() {
		return "回执联 · 请您妥善保管"
	}
	return "补打 " + form.Day(r.Again)
}

// fate is said in the place of a promise.
func (r Receipt) fate() string {
	if r.Ended != "" {
		return r.Ended
	}
	return "已当场答复"
}

// code is what the citizen's QR code says: plain text that any telephone shows without a network.
func (r Receipt) code() string {
	lines := []string{"回执编号 " + r.Number, form.Cut(strings.TrimSpace(form.Cut(r.Station, 30)+" "+r.StationPhone), 80)}
	if !r.Due.IsZero() {
		lines = append(lines, "承诺 "+form.Day(r.Due)+"前答复")
	}
	return strings.Join(append(lines, "询问请打电话报编号，或持回执到站。"), "\n")
}
