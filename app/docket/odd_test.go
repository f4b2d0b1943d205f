package docket_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
)

// handled gives a suggestion of 王明 and 李慧敏, to which 张国强 was asked in vain, that was handed on.
func handled(t *testing.T, o *apptest.Seat, matters ...string) suggestion.Suggestion {
	t.Helper()
	var quoted []string
	for _, m := range matters {
		quoted = append(quoted, fmt.Sprintf("%q", m))
	}
	s := act(t, o, "", `{"title":"关于通气的建议","facts":"没有天然气","proposal":"明年通气","congress":"十四届七次","lead":"王明","cosigners":["李慧敏","张国强"],"matters":[`+
		strings.Join(quoted, ",")+`]}`)
	for _, body := range []string{`{"do":"cosign","who":["王明","李慧敏"],"paper":"附议签名页"}`, `{"do":"submit"}`, `{"do":"register"}`, `{"do":"accept"}`,
		`{"do":"assign","to":["住房和城乡建设局"],"help":["财政局"]}`} {
		s = act(t, o, s.ID, body)
	}
	return s
}

func refused(t *testing.T, o *apptest.Seat, id, body, want string) {
	t.Helper()
	_, _, err := try(o, id, body)
	var wrong problem.Problems
	if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: %v, want …%s…", body, err, want)
	}
}

// What cannot have been is not written down: a number anew that nobody named, an opinion before it was asked for, an answer
// delivered before it was given or to somebody who did not sign, years for an answer, a rating of one who did not sign.
func TestWhatCannotHaveBeen(t *testing.T) {
	county := apptest.Alone(t, "county", apptest.County)
	for _, n := range []string{"王明", "李慧敏", "张国强"} {
		deputy(t, county, n)
	}
	id := handled(t, county).ID
	refused(t, county, id, `{"do":"register"}`, "已经是 1 号")
	refused(t, county, id, `{"do":"register","number":7}`, "案号")
	refused(t, county, id, `{"do":"contact","note":"谈过","date":"2020-01-01"}`, "上一步")
	refused(t, county, id, `{"do":"help","unit":"财政局","answer":"同意","date":"2020-01-01"}`, "上一步")
	refused(t, county, id, `{"do":"assign","to":["住房和城乡建设局","财政局"]}`, "已经交给这些单位")
	act(t, county, id, `{"do":"extend","due":"2027-05-01","reason":"管线要穿过铁路"}`)
	refused(t, county, id, `{"do":"grant","due":"2035-01-01"}`, "最晚可以延到")
	act(t, county, id, `{"do":"answer","class":"A","answer":"通了。"}`)
	refused(t, county, id, `{"do":"review","class":"B"}`, "没有承诺")
	act(t, county, id, `{"do":"review"}`)
	refused(t, county, id, `{"do":"deliver","date":"2026-01-01"}`, "上一步")
	refused(t, county, id, `{"do":"deliver","who":["张国强"]}`, "没有在这件建议上签名")
	act(t, county, id, `{"do":"deliver"}`)
	refused(t, county, id, `{"do":"rate","work":"满意","result":"满意","paper":"征询意见表","who":["张国强"]}`, "没有在这件建议上签名")
}

// The form of a second signer counts also when the first was not content, and changes nothing of what follows.
func TestSecondFormAfterDiscontent(t *testing.T) {
	county := apptest.Alone(t, "county", apptest.County)
	for _, n := range []string{"王明", "李慧敏", "张国强"} {
		deputy(t, county, n)
	}
	id := handled(t, county).ID
	for _, body := range []string{`{"do":"answer","class":"A","answer":"通了。"}`, `{"do":"review"}`, `{"do":"deliver"}`,
		`{"do":"rate","work":"满意","result":"不满意","paper":"征询意见表","who":"王明","note":"没有通到家"}`} {
		act(t, county, id, body)
	}
	s := act(t, county, id, `{"do":"rate","work":"满意","result":"满意","paper":"征询意见表","who":"李慧敏"}`)
	if len(s.Ratings) != 2 || s.State != suggestion.Redo || s.Rating().Content() || s.Tally().First.Result != "unsatisfied" {
		t.Errorf("%v %+v", s.State, s.Ratings)
	}
	refused(t, county, id, `{"do":"rate","work":"满意","result":"满意","paper":"征询意见表","who":"李慧敏"}`, "不能再“评价”")
	if s = act(t, county, id, `{"do":"redo"}`); s.Round != 2 {
		t.Errorf("%+v", s)
	}
}

// A draft that is made confidential only later tells those who are not on its way nothing all the same, nor does what is
// written freely besides: of what paper, under which number of a letter. No byte of it lies in the city's home.
func TestMadeConfidentialLater(t *testing.T) {
	_, point, town, county, city := apptest.Chain(t)
	deputy(t, county, "王明", apptest.Yuanjia)
	round(point, town, county, city)
	s := act(t, point, "", `{"title":"关于查处泰化焦炭排污的建议","congress":"十四届七次","level":"县","facts":"泰化夜里偷排。","proposal":"请夜查泰化。","lead":"王明"}`)
	act(t, point, s.ID, `{"do":"change","confidential":true}`)
	act(t, point, s.ID, `{"do":"cosign","who":"王明","paper":"泰化附议签名页"}`)
	act(t, point, s.ID, `{"do":"submit","note":"泰化"}`)
	round(point, town, county, city, point)
	for _, body := range []string{`{"do":"register","number":"5","note":"泰化"}`, `{"do":"accept"}`, `{"do":"assign","to":["泰化监管局"]}`,
		`{"do":"answer","class":"A","answer":"泰化关了。","number":"泰化函〔2026〕1号"}`, `{"do":"review","note":"泰化"}`, `{"do":"deliver"}`} {
		s = act(t, county, s.ID, body)
	}
	if s.Standing()[0].Number != "泰化函〔2026〕1号" {
		t.Errorf("the office lost the number of the letter: %+v", s.Answers)
	}
	round(county, city, town, point)
	act(t, point, "5", `{"do":"rate","work":"满意","result":"满意","paper":"泰化征询意见表"}`)
	round(point, town, county, city, point)
	if got := find(t, county, "5"); got.Title != "关于查处泰化焦炭排污的建议" || got.Lead() != "王明" || got.State != suggestion.Closed {
		t.Errorf("%v %q by %q", got.State, got.Title, got.Lead())
	}
	if got := find(t, city, "5"); got.State != suggestion.Closed || got.Title != "" || got.Lead() != "" {
		t.Errorf("%v %q by %q", got.State, got.Title, got.Lead())
	}
	w := city.World
	w.Must(filepath.WalkDir(string(city.Home), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte("泰化")) {
			t.Errorf("%s has its words", filepath.Base(path))
		}
		return err
	}))
}

// Citizens of a suggestion that ends otherwise than by its own answer wait in the basket all the same: of one that was entered
// by mistake, and of one that is handled with another, whose answer is proposed for them.
func TestCitizensOfWhatEndsOtherwise(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other := w.SetUp("station", "141102002006D1-J")
	w.Enrol(other, county)
	for _, n := range []string{"王明", "李慧敏", "张国强"} {
		deputy(t, county, n, apptest.Yuanjia)
	}
	deputy(t, county, "马俊杰", "141102002006D1-J")
	round(station, other, county)
	propose := func(o *apptest.Seat, lead string) (matter.Matter, suggestion.Suggestion) {
		m := o.Receive(desk.Draft{Title: "没有通天然气", Name: "郝春生", Category: "0203"})
		o.Do(m, `{"do":"collate","mode":"suggestion"}`)
		s := act(t, o, "", fmt.Sprintf(`{"title":"关于通气的建议","facts":"没有天然气","proposal":"明年通气","congress":"十四届七次","lead":%q,"matters":[%q]}`, lead, m.Number))
		act(t, o, s.ID, fmt.Sprintf(`{"do":"cosign","who":[%q],"paper":"附议签名页"}`, lead))
		return m, act(t, o, s.ID, `{"do":"submit"}`)
	}
	_, gone := propose(station, "王明")
	_, main := propose(station, "李慧敏")
	mine, joined := propose(other, "马俊杰")
	round(station, other, county)
	act(t, county, gone.ID, `{"do":"void","reason":"登记错了"}`)
	if basket(t, county, "untold") != 1 {
		t.Error("the citizen of one that was entered by mistake waits nowhere")
	}
	act(t, county, main.ID, `{"do":"register"}`)
	act(t, county, joined.ID, `{"do":"register"}`)
	act(t, county, joined.ID, `{"do":"join","into":"1"}`)
	for _, body := range []string{`{"do":"accept"}`, `{"do":"assign","to":["住房和城乡建设局"]}`, `{"do":"answer","class":"A","answer":"已经通了。"}`, `{"do":"review"}`} {
		act(t, county, "1", body)
	}
	_, odd, err := try(county, "1", `{"do":"deliver"}`)
	if w.Must(err); !strings.Contains(strings.Join(odd, "；"), "马俊杰") {
		t.Errorf("nobody is reminded of the deputy of the other one: %v", odd)
	}
	round(county, station, other)
	s := find(t, other, joined.ID)
	s, err = other.Docket.Answering(ctx, s)
	w.Must(err)
	if class, text, _, _, _ := docket.Answer(s, func(key string) string { return s.Who[key].Name }); class != 1 || text != "已经通了。" || basket(t, other, "untold") != 1 {
		t.Errorf("%s answers %d %q, %d wait", mine.Number, class, text, basket(t, other, "untold"))
	}
	for _, o := range []*apptest.Seat{station, other, county} {
		o.Healthy()
	}
}
