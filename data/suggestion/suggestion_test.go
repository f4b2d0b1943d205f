package suggestion

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

var update = flag.Bool("update", false, "write testdata/table.txt anew")

const (
	id      = "019ab0c0-0000-7000-8000-000000000001"
	matter  = "019ab0c0-0000-7000-8000-0000000000aa"
	point   = "141102002003D1-A"
	town    = "141102002000Z1-G"
	county  = "141102000000"
	wenshui = "141121000000"
	city    = "141100000000"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

// deed is an act of a unit's computer who, its seq-th, that saw some others.
func deed(t testing.TB, code string, who byte, seq uint64, do string, body, private any, seen ...journal.Record) journal.Record {
	t.Helper()
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{who}, Incarnation: 1, Seq: seq}, Thing: id, Kind: Name, Do: do, Schema: Schema,
		Depth: 1, Unit: code, Level: unit.LevelOf(code), By: "赵晖", At: evening.Add(time.Duration(seq) * time.Minute)}
	for _, s := range seen {
		e.Seen, e.Depth = append(e.Seen, s.ID), max(e.Depth, s.Depth+1)
	}
	var err error
	if e.Body, err = json.Marshal(body); err != nil {
		t.Fatal(err)
	}
	r, err := journal.Seal(e, private, [16]byte{who, byte(seq)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var (
	wang, li, zhang = KeyOf("王明"), KeyOf("李慧敏"), KeyOf("张国强")
	bureau, water   = KeyOf("住房和城乡建设局"), KeyOf("水利局")
	names           = map[string]Who{wang: {Name: "王明"}, li: {Name: "李慧敏"}, bureau: {Name: "住房和城乡建设局"}, water: {Name: "水利局"}}
	wording         = Wording{Title: "关于解决袁家庄片区用气问题的建议", Case: "280户没有天然气", Proposal: "明年通气"}
	opening         = Opening{Facts: Facts{Kind: "suggestion", Level: "county", Congress: "十四届七次", Held: "between", Public: "full"},
		Told: Told{Wording: &wording, Names: names}, Office: county, Matters: []Link{{ID: matter, Number: "02-002003-26-A0042-7", Station: point}},
		Signers: []Signer{{Key: wang, Lead: true}}}
	units = []Unit{{Key: bureau}, {Key: water, Help: true}}
)

func with0(change func(*Opening)) Opening {
	o := opening
	change(&o)
	return o
}

type word struct {
	unit, do string
	body     any
}

// deeds are what may be done, each as it is usually said.
var deeds = []word{
	{"起草", Write, opening},
	{"改题目", Change, Said{Fields: []string{"title"}, Told: Told{Wording: &Wording{Title: "关于通气的建议"}}}},
	{"请人附议", Invite, Said{Signers: []Signer{{Key: li}}, Until: "2026-12-01"}},
	{"附议", Cosign, Said{Signer: li, Paper: "附议签名页"}}, {"不附议", Decline, Said{Signer: li}}, {"提交", Submit, Said{Term: "2026-11-30"}},
	{"登记案号", Register, Said{Number: "12"}}, {"立案", Accept, Said{}}, {"并案", Join, Said{Into: "x", IntoNum: "7"}}, {"不立案", Refuse, Said{Told: Told{Text: "属于司法程序"}}},
	{"交办", Assign, Said{Units: units, Due: "2027-02-21", Term: "2026-11-28"}}, {"签收", Sign, Said{Unit: bureau}}, {"退回", Return, Said{Unit: bureau}},
	{"申请增办", Ask, Said{Unit: bureau, More: true}}, {"面商", Meet, Said{Unit: bureau, Way: "meet"}}, {"会办意见", Help, Said{Unit: water}},
	{"申请延期", Extend, Said{Unit: bureau, To: "2027-05-21"}}, {"批复延期", Grant, Said{}}, {"答复", Reply, Said{Unit: bureau, Class: 3,
		Promises: []Promise{{By: "2027-10-31"}}, Told: Told{Text: "列入明年计划", Promised: []string{"通气"}}}},
	{"核定", Review, Said{Class: 3}}, {"退回答复", Review, Said{No: true}}, {"退回会办意见", Review, Said{No: true, Unit: water, Term: "2026-12-01"}}, {"送达", Deliver, Said{Signs: []string{wang, li}, Way: "visit"}},
	{"评价", Rate, Said{Work: "satisfied", Result: "basically", Paper: "征询意见表"}}, {"不满意", Rate, Said{Work: "satisfied", Result: "unsatisfied"}},
	{"重办", Again, Said{Units: units, Due: "2027-03-31"}}, {"兑现", Keep, Said{Told: Told{Text: "通气了"}}}, {"重点督办", Supervise, Said{Leader: "周建军"}},
	{"催办", Urge, Said{}}, {"公开", Publish, Said{Public: "full"}}, {"暂停", Hold, Said{Why: "approval"}}, {"恢复", Resume, Said{Due: "2027-03-21"}},
	{"撤回", Withdraw, Said{Signs: []string{wang, li}}}, {"作废", Abandon, Said{}}, {"告知站点", Share, Said{Guests: []Guest{{Station: town}}}},
}

func doing(unit, name string) word {
	i := slices.IndexFunc(deeds, func(d word) bool { return d.unit == name })
	return word{unit, deeds[i].do, deeds[i].body}
}

// life is that of a usual one, each act by whom it is expected of.
var life = []word{doing(point, "起草"), doing(point, "请人附议"), doing(point, "附议"), {point, Cosign, Said{Signer: wang}}, doing(point, "提交"), doing(county, "登记案号"),
	doing(county, "立案"), doing(county, "交办"), doing(county, "签收"), doing(county, "答复"), doing(county, "核定"), doing(county, "送达"), doing(county, "评价"), doing(county, "兑现"),
	doing(county, "送达"), doing(county, "评价")}

var situations = []struct {
	name string
	said []word
}{
	{"没有", nil}, {"起草的", life[:1]}, {"附议中的", life[:2]}, {"已附议的", life[:4]}, {"提交的", life[:5]}, {"登记的", life[:6]}, {"立案的", life[:7]}, {"交办的", life[:8]},
	{"办理中的", life[:9]}, {"申请延期的", slices.Concat(life[:9], []word{doing(county, "申请延期")})}, {"暂停的", slices.Concat(life[:9], []word{doing(county, "暂停")})},
	{"有会办意见的", slices.Concat(life[:9], []word{doing(county, "会办意见")})},
	{"退回的", slices.Concat(life[:8], []word{doing(county, "退回")})},
	{"答复的", life[:10]}, {"核定的", life[:11]}, {"送达的", life[:12]}, {"承诺中的", life[:13]}, {"第二次答复的", life[:14]}, {"办结的", life[:16]},
	{"不满意的", slices.Concat(life[:12], []word{doing(county, "不满意")})},
	{"第二次不满意的", slices.Concat(life[:12], []word{doing(county, "不满意"), doing(county, "重办"), doing(county, "答复"), doing(county, "核定"), doing(county, "送达"), doing(county, "不满意")})},
	{"并案的", slices.Concat(life[:6], []word{doing(county, "并案")})}, {"不立案的", slices.Concat(life[:6], []word{doing(county, "不立案")})},
	{"撤回的", slices.Concat(life[:5], []word{doing(point, "撤回")})}, {"作废的", slices.Concat(life[:1], []word{doing(point, "作废")})},
	{"市里交给县办的", []word{{point, Write, with0(func(o *Opening) { o.Office, o.Level = city, "city" })}, {point, Cosign, Said{Signer: wang}}, {point, Submit, Said{}},
		{city, Register, Said{Number: "3"}}, {city, Accept, Said{}}, {city, Assign, Said{Units: []Unit{{Key: bureau, Code: county}}, Due: "2027-02-21"}},
		{county, Sign, Said{}}, {county, Reply, Said{Class: 1}}, {city, Review, Said{Class: 1}}, {city, Deliver, Said{Signs: []string{wang}}}}},
}

// played folds what units said one after the other.
func played(t *testing.T, list ...word) (s Suggestion, rs []journal.Record) {
	t.Helper()
	for i, w := range list {
		r := deed(t, w.unit, 1, uint64(i+1), w.do, w.body, nil, rs...)
		next, err := s.Apply(r)
		if err != nil {
			t.Fatalf("%s by %s in %v: %v", w.do, w.unit, s.State, err)
		}
		s, rs = next, append(rs, r)
	}
	return s, rs
}

// The whole table, walked: every situation with every act by every unit. Who may do what stands in testdata/table.txt for people
// to read; all else must be refused and change nothing.
func TestWhoMayDoWhat(t *testing.T) {
	var out strings.Builder
	out.WriteString("# situation, act: who may do it. Everything else is refused.\n")
	all := []struct{ code, name string }{{point, "袁家庄"}, {town, "凤山街道"}, {county, "离石"}, {wenshui, "文水"}, {city, "市"}}
	for _, sit := range situations {
		before, rs := played(t, sit.said...)
		for _, d := range deeds {
			var may []string
			for _, by := range all {
				kept, _ := json.Marshal([]any{before, before.Words})
				after, err := before.Apply(deed(t, by.code, 9, 1, d.do, d.body, nil, rs...))
				switch {
				case err == nil && !before.May(d.do, by.code):
					t.Errorf("%s by %s of %s is done though it may not be", d.unit, by.name, sit.name)
				case err == nil:
					may = append(may, by.name)
				case !reflect.DeepEqual(before, after):
					t.Errorf("refused %s by %s of %s changed it", d.unit, by.name, sit.name)
				}
				if now, _ := json.Marshal([]any{before, before.Words}); string(now) != string(kept) {
					t.Errorf("%s by %s of %s wrote into what was before", d.unit, by.name, sit.name)
				}
			}
			if len(may) > 0 {
				fmt.Fprintf(&out, "%s，%s：%s\n", sit.name, d.unit, strings.Join(may, "、"))
			}
		}
	}
	const file = "testdata/table.txt"
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(out.String()), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != out.String() {
		t.Errorf("%v: the table is not as written; -update writes it anew:\n%s", err, out.String())
	}
}

// Whatever two write at once has a name for people.
func TestFieldsHaveNames(t *testing.T) {
	for _, list := range [][]word{life, slices.Concat(life[:9], []word{doing(county, "暂停"), doing(county, "恢复"), doing(county, "申请延期"), doing(county, "批复延期"), doing(county, "重点督办"),
		doing(county, "改题目")})} {
		s, _ := played(t, list...)
		for _, m := range s.Trail {
			for _, f := range m.Fields {
				if name := Kind.Field(&s, f); name == "" || strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz0123456789") {
					t.Errorf("%s is called %q", f, name)
				}
			}
		}
	}
}

// A whole life: what was promised is kept, the second answer rated, and every word is where it belongs.
func TestAWholeLife(t *testing.T) {
	s, _ := played(t, life...)
	if s.State != Closed || s.Number != "12" || s.Lead() != "王明" || len(s.Signed()) != 2 || s.Round != 1 || len(s.Ratings) != 2 || !s.Ratings[1].Again {
		t.Fatalf("%+v", s)
	}
	if s.Class() != 3 || s.Texts[s.Answers[0].Mark] != "列入明年计划" || s.Texts[s.Promises[0].Mark] != "通气" || s.Promises[0].Kept != "2026-11-22" ||
		s.Texts[s.Answers[1].Mark] != "通气了" || len(s.Pending()) > 0 {
		t.Errorf("%+v %v", s.Answers, s.Texts)
	}
}

// Not content, twice: it is done again, then a meeting is called, and after that it ends whatever they say.
func TestNotContent(t *testing.T) {
	s, _ := played(t, slices.Concat(life[:12], []word{doing(county, "不满意"), doing(county, "重办"), doing(county, "签收")})...)
	if s.State != InHand || s.Round != 2 || s.Signers[0].Delivered != "" || s.Due != "2027-03-31" {
		t.Fatalf("%+v", s)
	}
	end := []word{doing(county, "答复"), doing(county, "核定"), doing(county, "送达"), doing(county, "不满意")}
	s, _ = played(t, slices.Concat(life[:12], []word{doing(county, "不满意"), doing(county, "重办")}, end, []word{doing(county, "重办")}, end)...)
	if s.State != Promised || s.Round != 3 || len(s.Ratings) != 3 {
		t.Errorf("%v %d %+v", s.State, s.Round, s.Ratings)
	}
}

// A draft stays at its table; submitted it goes up; stations that it concerns are let in by the office alone. Of one that
// is confidential nobody beside the way from the table to the office has a word, and what may follow is the same for all.
func TestWhoHears(t *testing.T) {
	s, _ := played(t, life[0])
	if e := s.Envelope(point); !slices.Equal(e.Audience, []string{point}) {
		t.Errorf("a draft is for %v", e.Audience)
	}
	s, rs := played(t, life[:5]...)
	if e := s.Envelope(point); !slices.Equal(e.Audience, []string{point, county, city}) {
		t.Errorf("submitted it is for %v", e.Audience)
	}
	after, err := s.Apply(deed(t, county, 2, 1, Share, Said{Guests: []Guest{{Station: town}}}, nil, rs...))
	if e := after.Envelope(county); err != nil || !slices.Contains(e.Audience, town) {
		t.Errorf("%v %v", err, e.Audience)
	}
	secret := with0(func(o *Opening) { o.Confidential, o.Office, o.Level, o.Told = true, city, "city", Told{} })
	first := deed(t, point, 1, 1, Write, secret, Told{Wording: &wording, Names: names})
	second := deed(t, point, 1, 2, Submit, Said{}, nil, first)
	knows, _ := Kind.Fold([]journal.Record{first, second})
	first.Secret = nil
	told, refused := Kind.Fold([]journal.Record{first, second})
	k, o := knows.(*Suggestion), told.(*Suggestion)
	if k.Title != wording.Title || o.Title != "" || len(refused) > 0 || o.State != Submitted || o.Lead() != "" {
		t.Errorf("%+v %+v %v", k, o, refused)
	}
	if e := k.Envelope(point); !slices.Equal(e.Privy, []string{county, city}) {
		t.Errorf("%+v", e)
	}
	if one, _ := json.Marshal(k); strings.Contains(string(one), "王明") || strings.Contains(string(one), "280") {
		t.Errorf("stands open: %s", one)
	}
}

// What anybody may write folds without a panic, the same whoever was told the words, and never changes what was before.
func FuzzFold(f *testing.F) {
	for _, d := range deeds {
		b, _ := json.Marshal(d.body)
		for i := range situations {
			f.Add(d.do, b, uint8(i), i%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, do string, body []byte, from uint8, apart bool) {
		if _, known := Acts.Parse(do); !json.Valid(body) || !known {
			return
		}
		before, rs := played(t, situations[int(from)%len(situations)].said...)
		kept, _ := json.Marshal([]any{before, before.Words})
		for _, by := range []string{point, county, city, town} {
			var private any = json.RawMessage(body)
			open := json.RawMessage(body)
			if apart {
				open = json.RawMessage(`{"unit":"` + bureau + `"}`)
			}
			r := deed(t, by, 9, 1, do, open, private, rs...)
			one, err := before.Apply(r)
			r.Secret = nil
			other, errToo := before.Apply(r)
			if plain, alike := unsaid(one), unsaid(other); (err == nil) != (errToo == nil) || plain != alike {
				t.Errorf("%s by %s: %v %v\n%s\n%s", do, by, err, errToo, plain, alike)
			}
			if now, _ := json.Marshal([]any{before, before.Words}); string(now) != string(kept) {
				t.Errorf("%s by %s wrote into what was before", do, by)
			}
		}
	})
}

// unsaid is what everybody holds of a suggestion, whoever was told its words: all but they and the notes that are made of them.
func unsaid(s Suggestion) string {
	s.History = slices.Clone(s.History)
	for i := range s.History {
		s.History[i].Note = ""
	}
	b, _ := json.Marshal(s)
	return string(b)
}

// Whatever a computer writes where a code belongs, a tally is read again; and what is no tally is refused.
func FuzzTally(f *testing.F) {
	f.Add("a|b", "x:y,z", "2027-13-99")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		s := Suggestion{State: Closed, Facts: Facts{Kind: a, Held: b}, Round: 2, FirstHand: c, Units: []Unit{{Key: a}, {Key: b, Help: true}}, Signers: []Signer{{Key: c, Signed: a}},
			Promises: []Promise{{By: b, Kept: c}}, Ratings: []Rating{{On: c, Work: a, Result: b}}}
		one, err := ParseTally(s.Tally().String())
		if err != nil || one.State != Closed || len(one.Units) != 2 || len(one.Promises) != 1 {
			t.Errorf("%+v %v", one, err)
		}
		_, _ = ParseTally(a + b + c)
	})
}
