// Package bulletin is a report in words as a plain value, and its paper: the words in the grid of GB/T 9704, with a chart or a
// short table where one says more, and behind them the tables that are attached.
//
//	b := bulletin.Bulletin{Issuer: "离石区人大常委会", Title: "代表联络站工作周报", Span: "2026年11月16日至22日",
//		Day: "2026年11月23日", Sections: []bulletin.Section{{Head: "一、总体情况", Paragraphs: []string{"……"}}}}
//	pdf, err := b.Document(typeset.Fangsong("")).PDF()
//
// It says what there is to read and nothing about a page; who makes one has decided what may be shown before. It has no red
// head and no seal: who prints it has paper with a head, and a seal of his own.
package bulletin

import (
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/table"
)

// Bulletin is a report in words.
type Bulletin struct {
	Issuer   string // whose it is and who signs it
	Title    string // 离石区人大代表联络站工作周报
	Span     string // which days it is on: 2026年11月16日至22日
	To       string // whom it is for; "" for nobody named
	AsOf     string // 截至2026年11月23日9:00
	Day      string // of the signature: 2026年11月23日
	Issue    Issue  // where it is issued
	Sections []Section
	Attached []table.Table // each with its title, on pages of its own
	Notes    []string      // what is to be known to add it up, a sentence each, in small type under the words
	Practice bool          // it is for practice and counts for nothing
	Made     time.Time
}

// Tables are a report of tables and no words, each as it is attached to one in words.
type Tables struct {
	Title    string
	List     []table.Table // each with its title
	Practice bool          // it is for practice and counts for nothing
	Made     time.Time
}

// Issue is what makes a report one that was issued: its number in its row, 0 for one that was not issued; which version of it
// this is, from 1; and the hash of its numbers, by which it is told from every other.
type Issue struct {
	Number, Version int
	Hash            string
}

// Section is a part of a report: its heading, its paragraphs, under them what shows its numbers.
type Section struct {
	Head       string
	Paragraphs []string
	Charts     []chart.Chart
	Tables     []table.Table // of a few rows; those that are higher than a page go on over the next
}

// Called is the number of an issued report as it is printed: 第3号（第2版）; "" where it was not issued.
func (i Issue) Called() string {
	if i.Number == 0 {
		return ""
	}
	called := "第" + strconv.Itoa(i.Number) + "号"
	if i.Version > 1 {
		called += "（第" + strconv.Itoa(i.Version) + "版）"
	}
	return called
}

// Sealed says by what an issued report is told from every other; "" where it was not issued.
func (i Issue) Sealed() string {
	if i.Number == 0 || i.Hash == "" {
		return ""
	}
	return i.Called() + "，数字的校验值 " + strings.ToLower(i.Hash)
}
