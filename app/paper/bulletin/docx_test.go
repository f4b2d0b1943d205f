package bulletin_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/bulletin"
	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
)

// weekly is a report with everything in it that a document may have.
func weekly() bulletin.Bulletin {
	numbers := table.Table{Notes: table.Notes{Title: "附表一 各站情况", Part: "离石区人大常委会", Day: "截至 2026年11月23日 09:00"}, Keys: 1,
		Columns: []table.Column{{Title: "站点", Width: 30}, {Code: "a", Title: "受理数", Holds: table.Count, Align: typeset.Right},
			{Code: "b", Title: "办结率", Holds: table.Share, Align: typeset.Right}},
		Sums: []table.Row{{Cells: []string{"合计", "180", "0.5"}}}, Remarks: []string{"合计里每一件只算一次。"}}
	for range 60 {
		numbers.Rows = append(numbers.Rows, table.Row{Cells: []string{"凤山街道<袁家庄>&社区", "3", "0.666667"}})
	}
	wide := numbers
	wide.Title = "附表二 全部指标"
	wide.Rows, wide.Sums, wide.Remarks = []table.Row{{Cells: []string{"凤山街道", "0", "—"}}}, []table.Row{{Cells: []string{"合计", "0", "—"}}}, nil
	for range 20 {
		wide.Columns = append(wide.Columns, table.Column{Title: "已反馈群众", Holds: table.Count})
		wide.Sums[0].Cells, wide.Rows[0].Cells = append(wide.Sums[0].Cells, "7"), append(wide.Rows[0].Cells, "7")
	}
	short := numbers
	short.Rows, short.Title = numbers.Rows[:2], "承办单位情况"
	return bulletin.Bulletin{Issuer: "离石区人大常委会", Title: "离石区人大代表联络站工作周报", Span: "2026年11月16日至22日", To: "区委、区人大常委会领导", AsOf: "截至2026年11月23日9:00",
		Day: "2026年11月23日", Made: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC), Practice: true, Issue: bulletin.Issue{Number: 3, Version: 2, Hash: "AB12"},
		Sections: []bulletin.Section{{Head: "一、总体情况", Paragraphs: []string{"本周各站点接待群众一百八十人次，收集意见一百八十件次，其中现场办结二十件，办结率百分之五十。“七巷雨水倒灌”<b>已经办结。\x01"},
			Charts: []chart.Chart{{Kind: chart.Bars, Title: "群众反映最多的是什么", Unit: "件次", Labels: []string{"供水", "道路"}, Series: []chart.Series{{Name: "本周", Values: []float64{12, 7}}}}}},
			{Head: "二、承办情况", Paragraphs: []string{"各单位办理情况如下。\n退回两件。"}, Tables: []table.Table{short}}},
		Attached: []table.Table{numbers, wide}, Notes: []string{"办结率＝办结数除以受理数。"}}
}

// part is one of the files of a document.
func part(t *testing.T, doc []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A report as a document has headings that an outline shows, its paragraphs, its charts as pictures with what they show in
// words, its tables with titles that stand on each page again, and numbers of pages; every part of it is well formed.
func TestDocument(t *testing.T) {
	var b bytes.Buffer
	if err := weekly().DOCX(&b); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SHOW"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "week.docx"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(part(t, b.Bytes(), f.Name)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	text := part(t, b.Bytes(), "word/document.xml")
	for _, want := range []string{`<w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">一、总体情况<`, "“七巷雨水倒灌”&lt;b&gt;已经办结。<", "凤山街道&lt;袁家庄&gt;&amp;社区",
		"66.7%", "<w:tblHeader/>", "说明：办结率＝办结数除以受理数。", "第3号（第2版）", "数字的校验值 ab12", `descr="群众反映最多的是什么；本周：供水 12，道路 7"`, `w:orient="landscape"`,
		"附件：1. 附表一 各站情况", "合计里每一件只算一次。", "退回两件。"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if notes, list, signed := strings.Index(text, "说明："), strings.Index(text, "附件："),
		strings.LastIndex(text, `>2026年11月23日<`); notes > list || list > signed {
		t.Errorf("notes stand at %d, what is attached at %d, the signature at %d: on paper they stand in this order", notes, list,
			signed)
	}
	if n := strings.Count(text, "<w:tblHeader/>"); n != 4 { // the wide one stands in two parts
		t.Errorf("%d tables", n)
	}
	if foot := part(t, b.Bytes(), "word/odd.xml"); !strings.Contains(foot, " PAGE ") {
		t.Error(foot)
	}
	if head := part(t, b.Bytes(), "word/header.xml"); !strings.Contains(head, "练习") {
		t.Error(head)
	}
	var again bytes.Buffer
	if err := weekly().DOCX(&again); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
		t.Errorf("written again it is another: %v", err)
	}
}

// Tables without words are a document without a cover: the first thing in it is the title of the first, all stand across, under
// each other, each with what is noted over it on the page on which it begins.
func TestTablesAsADocument(t *testing.T) {
	w := weekly()
	tables := bulletin.Tables{Title: "站点月报", List: w.Attached, Practice: true, Made: w.Made}
	var b bytes.Buffer
	if err := tables.DOCX(&b); err != nil {
		t.Fatal(err)
	}
	text := part(t, b.Bytes(), "word/document.xml")
	_, body, _ := strings.Cut(text, "<w:body>")
	first := `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">附表一 各站情况<`
	if !strings.HasPrefix(strings.TrimSpace(body), first) {
		t.Errorf("it begins with %.200s", body)
	}
	if n := strings.Count(text, "<w:pgSz "); n != 1 || !strings.Contains(text, `w:orient="landscape"`) {
		t.Errorf("its pages stand in %d ways", n)
	}
	for _, not := range []string{"附件", "pageBreakBefore", w.Title, w.Day + "<"} {
		if strings.Contains(text, not) {
			t.Errorf("it says %q", not)
		}
	}
	for _, want := range []string{"附表二 全部指标", "合计里每一件只算一次。",
		`<w:pStyle w:val="Over"/></w:pPr><w:r><w:t xml:space="preserve">离石区人大常委会　　截至 2026年11月23日 09:00<`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if n := strings.Count(text, "<w:tblHeader/>"); n != 3 {
		t.Errorf("%d tables", n)
	}
	if head := part(t, b.Bytes(), "word/header.xml"); !strings.Contains(head, "练习") {
		t.Error(head)
	}
}
