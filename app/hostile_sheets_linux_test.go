package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/explain"
	sheets "lianluo.local/app/sheet"
)

// mostMemory is what reading any file may take, in MB; a limit of the system keeps it from more.
const mostMemory = 300

// zipped makes a workbook by hand: parts stand for what is usual or come beside it, each a text said so many times.
type zipped map[string]struct {
	begin, again string
	times        int
	end          string
}

func (z zipped) file(t *testing.T) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	usual := map[string]string{"[Content_Types].xml": "<Types/>",
		"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml": "<sst/>"}
	put := func(name, text string, more ...string) {
		p, err := w.Create(name)
		for _, s := range append([]string{text}, more...) {
			if err == nil {
				_, err = io.WriteString(p, s)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range usual {
		if _, own := z[name]; !own {
			put(name, text)
		}
	}
	for name, p := range z {
		put(name, p.begin, append(slices.Repeat([]string{p.again}, p.times), p.end)...)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type part = struct {
	begin, again string
	times        int
	end          string
}

const (
	heads    = `<row r="1"><c r="A1" t="inlineStr"><is><t>日期</t></is></c><c r="B1" t="inlineStr"><is><t>反映人</t></is></c><c r="C1" t="inlineStr"><is><t>反映问题</t></is></c></row>`
	first    = `<row r="2"><c r="A2" t="inlineStr"><is><t>2023-03-05</t></is></c><c r="B2" t="inlineStr"><is><t>王明</t></is></c><c r="C2" t="inlineStr"><is><t>路灯</t></is></c></row>`
	sheetEnd = `</sheetData></worksheet>`
)

// hostile are files that somebody made to do harm, or that went wrong in a bad way, and how reading an old register of
// each ends: in a sentence in which these words stand, or "" in one matter.
func hostile(t *testing.T, link string) map[string]struct {
	file []byte
	says string
} {
	type one = struct {
		file []byte
		says string
	}
	sheet := func(p part) zipped { return zipped{"xl/worksheets/sheet1.xml": p} }
	whole := sheet(part{begin: `<worksheet><sheetData>` + heads + first, end: sheetEnd})
	with := func(more zipped) []byte {
		all := zipped{"xl/worksheets/sheet1.xml": whole["xl/worksheets/sheet1.xml"]}
		for name, p := range more {
			all[name] = p
		}
		return all.file(t)
	}
	secret, err := excelize.Encrypt(whole.file(t), &excelize.Options{Password: "8221321"})
	if err != nil {
		t.Fatal(err)
	}
	blanks := strings.Repeat(" ", 1<<20)
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">`
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	laughs += `]>`
	var styled strings.Builder
	for n := 3; n <= 1<<20; n++ {
		fmt.Fprintf(&styled, `<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>`, n, n, n)
	}
	var wide strings.Builder
	for i := range 1 << 14 {
		if i > 2 {
			fmt.Fprintf(&wide, `<c r="%s1" t="inlineStr"><is><t>栏%d</t></is></c>`, letters(i), i)
		}
	}
	links := `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="a" Type="x/externalLink" Target="externalLinks/1.xml"/><Relationship Id="c" Type="x/worksheet" Target="` + link + `" TargetMode="External"/></Relationships>`
	return map[string]one{
		"a million rows with borders.xlsx": {sheet(part{begin: `<worksheet><sheetData>` + heads + first + styled.String(), end: sheetEnd}).file(t), ""},
		"a text without end.xlsx":          {sheet(part{begin: `<worksheet><sheetData><row><c><v>`, again: blanks, times: 400}).file(t), "大得不正常"},
		"rows without end.xlsx":            {sheet(part{begin: `<worksheet><sheetData>` + heads, again: `<row><c t="inlineStr"><is><t>一</t></is></c></row>`, times: 300_000}).file(t), "太大"},
		"shared texts without end.xlsx":    {with(zipped{"xl/sharedStrings.xml": {begin: "<sst>", again: "<si><t>" + strings.Repeat("王", 1<<14) + "</t></si>", times: 6000}, "xl/worksheets/sheet1.xml": {begin: `<worksheet><sheetData>` + heads + `<row r="2"><c t="s"><v>0</v></c></row>`, end: sheetEnd}}), "太大"},
		"many shared texts.xlsx":           {with(zipped{"xl/sharedStrings.xml": {begin: "<sst>", again: "<si><t>一</t></si>", times: 20_000_000}, "xl/worksheets/sheet1.xml": {begin: `<worksheet><sheetData>` + heads + `<row r="2"><c t="s"><v>0</v></c></row>`, end: sheetEnd}}), "太大"},
		"one text in many cells.xlsx":      {with(zipped{"xl/sharedStrings.xml": {begin: "<sst><si><t>", again: strings.Repeat("王", 1<<10), times: 30, end: "</t></si></sst>"}, "xl/worksheets/sheet1.xml": {begin: `<worksheet><sheetData>` + heads, again: `<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>`, times: 90_000, end: sheetEnd}}), "太大"},
		"merged without end.xlsx":          {sheet(part{begin: `<worksheet><sheetData>` + heads + first + `</sheetData><mergeCells>`, again: `<mergeCell ref="A3:XFD1048576"/>`, times: 300_000, end: `</mergeCells></worksheet>`}).file(t), ""},
		"laughs in a sheet.xlsx":           {sheet(part{begin: laughs + `<worksheet><sheetData>` + heads + `<row r="2"><c r="A2" t="inlineStr"><is><t>&j;</t></is></c></row>`, end: sheetEnd}).file(t), "asked"},
		"laughs in the workbook.xlsx":      {with(zipped{"xl/workbook.xml": {begin: laughs + `<workbook xmlns:r="r"><sheets><sheet name="&j;" r:id="rId1"/></sheets></workbook>`}}), "坏了"},
		"sixteen thousand columns.xlsx":    {sheet(part{begin: `<worksheet><sheetData>` + strings.Replace(heads, "</row>", wide.String()+"</row>", 1) + first, end: sheetEnd}).file(t), ""},
		"macros.xlsm":                      {with(zipped{"xl/vbaProject.bin": {begin: "x"}, "xl/_rels/workbook.xml.rels": {begin: strings.Replace(links, "</R", `<Relationship Id="v" Type="x/vbaProject" Target="vbaProject.bin"/></R`, 1)}}), ""},
		"links.xlsx": {with(zipped{"xl/_rels/workbook.xml.rels": {begin: links}, "xl/externalLinks/1.xml": {begin: "<externalLink/>"},
			"xl/worksheets/sheet1.xml": {begin: `<worksheet><sheetData>` + heads + strings.Replace(first, `<c r="B2" t="inlineStr"><is><t>王明</t></is></c>`, `<c r="B2" t="str"><f>WEBSERVICE("`+link+`")</f><v>王明</v></c>`, 1) + sheetEnd}}), ""},
		"a password.xlsx":          {secret, "密码"},
		"really an old one.xlsx":   {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4096)...), "旧版"},
		"text of GBK.csv":          {gbk("日期,反映人,反映问题\r\n2023-03-05,王明,路灯\r\n"), ""},
		"a formula for a name.csv": {[]byte("日期,反映人,反映问题\n2023-03-05,\"=cmd|' /C calc'!A0\",路灯\n"), "asked"},
		"a DDE link.xlsx":          {with(zipped{"xl/worksheets/sheet1.xml": {begin: `<worksheet><sheetData>` + heads + strings.Replace(first, `<c r="B2" t="inlineStr"><is><t>王明</t></is></c>`, `<c r="B2"><f>cmd|'/C calc'!A0</f></c>`, 1) + sheetEnd}}), "wrong"},
		"half of it.xlsx":          {whole.file(t)[:400], "坏了"},
		"half a sheet.xlsx":        {sheet(part{begin: `<worksheet><sheetData>` + heads + first}).file(t), "坏了"},
		"nothing.xlsx":             {nil, "空的"},
		"quotes.csv":               {[]byte("日期,反映人,反映问题\n2023-03-05,\"" + strings.Repeat("王明\n", 200_000)), "wrong"},
	}
}

// letters is what a column is called.
func letters(i int) string { s, _ := excelize.ColumnNumberToName(i + 1); return s }

// Whatever somebody hands in as a sheet of any kind, it is read or refused in a sentence, in bounded memory, and nothing is
// fetched or run.
func TestHostileSheets(t *testing.T) {
	if dir := os.Getenv("LIANLUO_HOSTILE"); dir != "" {
		readHostile(t, dir)
		return
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fetched := make(chan struct{}, 1)
	go func() {
		if c, err := listener.Accept(); err == nil {
			c.Close()
			fetched <- struct{}{}
		}
	}()
	dir := t.TempDir()
	files := hostile(t, "http://"+listener.Addr().String()+"/sheet1.xml")
	for name, f := range files {
		if err := os.WriteFile(filepath.Join(dir, name), f.file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestHostileSheets$", "-test.v")
	cmd.Env = append(os.Environ(), "LIANLUO_HOSTILE="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		var told []string // what it was at
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, "\t") && strings.Contains(line, "旧登记簿") || strings.Contains(line, "sheet") || strings.HasPrefix(line, "fatal") {
				told = append(told, line)
			}
		}
		t.Fatalf("%v\n%s", err, strings.Join(told[max(0, len(told)-20):], ""))
	}
	told := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "at most") {
			t.Log(strings.TrimSpace(line))
		}
		if kind, rest, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			name, says, _ := strings.Cut(rest, "\t")
			if kind == "接待群众旧登记簿" {
				told[name] = says
			} else if says == "" {
				t.Errorf("%s as %s: nothing was said", name, kind)
			}
		}
	}
	for name, f := range files {
		switch says, ok := told[name]; {
		case !ok:
			t.Errorf("%s was not read", name)
		case f.says == "" && says != "1 new", f.says != "" && !strings.Contains(says, f.says):
			t.Errorf("%s: %q, want %q", name, says, f.says)
		}
	}
	select {
	case <-fetched:
		t.Error("something was fetched")
	default:
	}
	listener.Close()
}

// readHostile reads each file of a directory as a sheet of each kind, in little memory.
func readHostile(t *testing.T, dir string) {
	limit := uint64(2*mostMemory) << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		t.Fatal(err)
	}
	station, county := apptest.Alone(t, "station", apptest.Yuanjia), apptest.Alone(t, "county", apptest.County)
	names, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []app.Keeping{app.People, app.Units, app.Plans, app.Books["reception"]}
	for _, n := range names {
		for i, k := range kinds {
			o := station
			if i < 2 {
				o = county
			}
			fmt.Printf("%s\t%s\t%s\n", k.Name, n.Name(), outcome(o, k, filepath.Join(dir, n.Name())))
		}
	}
	if mb := peak(); mb > mostMemory {
		t.Errorf("%.0f MB", mb)
	} else {
		t.Logf("at most %.0f MB", mb)
	}
}

// outcome is how a file is told of.
func outcome(o *apptest.Seat, k app.Keeping, file string) string {
	book, err := sheets.Open(file)
	var in app.Intake
	if err == nil {
		in, err = o.Intake(ctx, k, book, app.Said{})
	}
	switch {
	case err != nil && (strings.Contains(explain.Sentence(err), "没有料到") || !strings.HasSuffix(explain.Sentence(err), "。")):
		return "not told in a sentence: " + err.Error()
	case err != nil:
		return explain.Sentence(err)
	case len(in.Plan.Errors) > 0:
		return fmt.Sprint("wrong ", in.Plan.Errors[0].Why)
	case len(in.Plan.Doubtful) > 0:
		return fmt.Sprint("asked ", in.Plan.Doubtful[0].Why)
	}
	return fmt.Sprintf("%d new", len(in.Plan.New))
}
