package public_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lianluo.local/app/outside"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/public"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/settings"
)

var today = time.Date(2026, 11, 29, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

const hostile = `<script>document.title="x"</script><img src=x onerror=alert(1)>`

// raised is a matter of a title.
func raised(title string, change func(*matter.Matter)) matter.Matter {
	m := matter.Matter{Report: matter.Report{Number: "02-002003-26-A0042-7", Occurred: today.AddDate(0, 0, -10), Station: "141102002003D1-A", Title: title,
		Category: "0203", OnSpot: "register", Mode: "department"}, State: matter.InHand,
		Private: matter.Private{Name: "欧阳志远", Phone: "13812345678", Address: "凤山街道袁家庄社区七巷3号", Words: "院子里都是污泥"}}
	if change != nil {
		change(&m)
	}
	return m
}

// filled is a page with all that may stand on one, and what must not.
func filled() public.Page {
	p := public.Page{Issuer: form.Issuer{Settings: settings.Settings{Unit: "141102000000", Name: "离石区人大常委会", Organisation: "离石区人大代表联络站", Phone: "0358-8221321", Practice: true},
		Profile: profile.Default(), Today: today}, Span: "2026年11月", Received: "应报送 4 个单位，3 个已报送。", Coming: "2026年11月29日至12月31日",
		Figures: []public.Figure{{"收集意见件次", "36 件次", "", "群众反映日在本期的事项，并案的各算一次，作废的不算。"},
			{"办结率", "39.4%", "本期受理已办结 13 ÷ 受理数 33", "本期受理的当中到期末已经办结的，除以受理数。"}},
		Groups: []public.Group{{"供水供电供气供暖通信", []string{"212", "1203", "845", "12", "558", "100.0%"}}}}
	for _, title := range []string{hostile, "欧阳志远家门前雨水倒灌", "电话13812345678没有人接", "七巷路灯不亮", strings.Repeat("长", 30), "https://example.com/" + strings.Repeat("a", 200)} {
		p.Raised = append(p.Raised, raised(title, nil))
	}
	hide := func(title string, change func(*matter.Matter)) { p.Raised = append(p.Raised, raised(title, change)) }
	hide("隐情甲", func(m *matter.Matter) { m.Confidential = true })
	hide("隐情乙", func(m *matter.Matter) { m.State = matter.Void })
	hide("隐情丙", func(m *matter.Matter) { m.State = matter.Guided })
	p.Answered = []matter.Matter{raised("去年的水管", func(m *matter.Matter) { m.State, m.Class, m.Result = matter.Closed, 1, "satisfied" }),
		raised("隐情丁", func(m *matter.Matter) { m.Confidential = true })}
	evening := func(day, topic string, state session.State) session.Session {
		return session.Session{Facts: session.Facts{Kind: "reception", Day: day, From: "19:30", To: "21:00", Topic: topic}, Station: "141102002003D1-A", State: state,
			Called: []session.Called{{Key: "王明", Name: "王明", Part: "deputy"}}}
	}
	p.Sessions = []session.Session{evening("2026-12-11", "道路出行", session.Announced), evening("2026-12-12", "找张大爷13987654321谈", session.Planned),
		evening("2026-12-13", "教育", session.Cancelled), evening("2026-12-14", "隐情戊", session.Void)}
	return p
}

func written(t *testing.T, p public.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What tells who a citizen is stands nowhere on the page, whoever wrote it where; what is not for everybody is not there at
// all, and what somebody wrote is never more than text.
func TestTellsNobody(t *testing.T) {
	p := filled()
	text := written(t, p)
	for _, word := range []string{"欧阳", "13812345678", "13987654321", "七巷3号", "污泥", "隐情", "A0042", "<script", "<img", "02-002003"} {
		if strings.Contains(text, word) {
			t.Errorf("the page says %s", word)
		}
	}
	for _, word := range []string{"七巷路灯不亮", "**家门前雨水倒灌", "电话**没有人接", "&lt;script&gt;", "去年的水管", "已解决", "满意", "39.4%", "本期受理已办结 13 ÷ 受理数 33", "2026年12月11日 星期五",
		"王明", "道路出行", "已取消", "0358-8221321", "练习"} {
		if !strings.Contains(text, word) {
			t.Errorf("the page does not say %s", word)
		}
	}
	var said []string
	for _, f := range p.Checked() {
		said = append(said, f.What)
	}
	if !slices.Contains(said, "姓名") || !slices.Contains(said, "电话") {
		t.Errorf("before it is made somebody looks at %v", said)
	}
	clean := p
	clean.Raised, clean.Answered = p.Raised[3:4], nil
	if found := clean.Checked(); len(found) != 0 {
		t.Errorf("of nothing: %v", found)
	}
	many := p
	for range 600 {
		many.Raised = append(many.Raised, raised("七巷路灯不亮", nil))
	}
	if text := written(t, many); !strings.Contains(text, "共 606 件可以公开，这里是最近的 500 件") || strings.Count(text, "七巷路灯不亮") > public.Most {
		t.Error("a list of 600 says nothing about the others")
	}
}

// The page takes nothing from elsewhere, does nothing by itself, and tells a reader who does not see it what is what.
func TestOneFileAlone(t *testing.T) {
	text := written(t, filled())
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	elements := strings.Fields("html head meta title style body div header p h1 h2 span nav ul li a main section table caption thead tbody tr th td footer")
	attributes := strings.Fields("lang charset http-equiv content name class id role scope aria-label aria-labelledby data-label href")
	tables := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(elements, n.Data) {
			t.Errorf("<%s> stands there", n.Data)
		}
		said := map[string]string{}
		for _, a := range n.Attr {
			said[a.Key] = a.Val
			if !slices.Contains(attributes, a.Key) || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "html":
			if said["lang"] != "zh-CN" {
				t.Errorf("its language is %q", said["lang"])
			}
		case "table":
			tables++
			if n.FirstChild == nil || n.FirstChild.NextSibling.Data != "caption" {
				t.Error("a table without a caption")
			}
		case "th":
			if said["scope"] == "" {
				t.Error("a head of nothing")
			}
		case "a":
			if !strings.Contains(text, `id="`+strings.TrimPrefix(said["href"], "#")+`"`) {
				t.Errorf("%s leads nowhere", said["href"])
			}
		}
	}
	if tables != 5 {
		t.Errorf("%d tables", tables)
	}
	if !strings.Contains(text, `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`) {
		t.Error("a browser may fetch what it likes")
	}
	if regexp.MustCompile(`url\(|@import|@font-face|expression`).MatchString(text) {
		t.Error("the style takes something from elsewhere")
	}
}

// chromium opens a file and gives what it prints. What it draws in are the fonts of this program, so that it is the same on
// every computer.
func chromium(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	fonts, err := filepath.Abs("../../../assets/fonts")
	conf := filepath.Join(dir, "fonts.conf")
	err = errors.Join(err, os.WriteFile(conf, fmt.Appendf(nil, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>`,
		fonts, dir), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "chromium", append([]string{"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
		"--no-first-run", "--user-data-dir=" + filepath.Join(dir, "profile")}, args...)...)
	cmd.Env = append(os.Environ(), "FONTCONFIG_FILE="+conf)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	return string(out)
}

// measure opens the page in a frame as wide as a screen and tells what is wider, what was loaded, and whether anything ran.
const measure = `<!DOCTYPE html><meta charset="utf-8"><body style="margin:0"><iframe id="f" src="page.html" style="border:0;width:%dpx;height:%dpx"></iframe><pre id="out"></pre>
<script>
addEventListener('load', () => {
	const d = document.getElementById('f').contentDocument, w = document.getElementById('f').contentWindow, wide = [];
	for (const e of d.body.querySelectorAll('*')) {
		const r = e.getBoundingClientRect();
		if ((r.right > w.innerWidth + .5 || r.left < -.5) && getComputedStyle(e).position !== 'absolute' && !e.closest('thead')) wide.push(e.tagName + ' ' + r.right + ' ' + e.textContent.slice(0, 20));
	}
	document.getElementById('out').textContent = 'SCREEN ' + w.innerWidth + ' PAGE ' + d.documentElement.scrollWidth + ' WIDER ' + wide.length + ' ' + wide.slice(0, 3).join('; ') +
		' LOADED ' + w.performance.getEntriesByType('resource').length + ' TITLE ' + d.title + ' END';
});
</script>`

// A real browser shows all of the page on a telephone and on a desk, loads nothing, runs nothing, and prints every word.
func TestInABrowser(t *testing.T) {
	outside.Needs(t, "chromium", "pdftotext")
	dir := t.TempDir()
	p := filled()
	for range 60 { // several sheets
		p.Raised = append(p.Raised, raised("滨江国际花园附近修一所公厕", nil))
	}
	text := written(t, p)
	if err := os.WriteFile(filepath.Join(dir, "page.html"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`SCREEN (\d+) PAGE (\d+) WIDER (\d+) (.*) LOADED (\d+) TITLE (.*) END`)
	for _, size := range [][2]int{{360, 640}, {1366, 768}} {
		frame := filepath.Join(dir, "frame.html")
		if err := os.WriteFile(frame, fmt.Appendf(nil, measure, size[0], size[1]), 0o600); err != nil {
			t.Fatal(err)
		}
		found := said.FindStringSubmatch(chromium(t, "--allow-file-access-from-files", "--virtual-time-budget=10000", "--window-size=1400,900", "--dump-dom", "file://"+frame))
		if found == nil {
			t.Fatalf("%v: nothing was measured", size)
		}
		if found[1] != fmt.Sprint(size[0]) && found[1] != fmt.Sprint(size[0]-15) { // with or without the bar at its side
			t.Errorf("%v: the screen is %s wide", size, found[1])
		}
		if found[2] > found[1] && len(found[2]) >= len(found[1]) || found[3] != "0" {
			t.Errorf("%v: the page is %s wide; %s", size, found[2], found[4])
		}
		if found[5] != "0" {
			t.Errorf("%v: it loads %s", size, found[5])
		}
		if found[6] != "离石区人大常委会　群众意见办理情况（2026年11月）" {
			t.Errorf("%v: it is called %s", size, found[6])
		}
	}
	pdf := filepath.Join(dir, "page.pdf")
	chromium(t, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+filepath.Join(dir, "page.html"))
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	printed := papertest.Squeeze(string(out))
	for _, want := range []string{"群众意见办理情况（2026年11月）", "39.4%", "本期受理的当中到期末已经办结的，除以受理数。", "供水供电供气供暖通信", "**家门前雨水倒灌", "<script>", "去年的水管", "王明", "道路出行", "应报送4个单位"} {
		if !strings.Contains(printed, papertest.Squeeze(want)) {
			t.Errorf("the paper does not say %s", want)
		}
	}
	if n := strings.Count(printed, "滨江国际花园附近修一所公厕"); n != 60 {
		t.Errorf("%d of 60 are printed", n)
	}
	if strings.Count(printed, "群众评价") < 3 {
		t.Error("the heads do not stand on every sheet")
	}
}
