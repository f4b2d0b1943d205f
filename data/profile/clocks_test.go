package profile

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// What the regulations say, read from their texts; what is blank there is the law's, and marked so.
func TestPresets(t *testing.T) {
	const all = "again answer contact cosign deliver everyone hand hard help mend notice publish rate redo rehand return review township"
	says := map[string]string{
		"山西": "",
		"重庆": "hand 10wd return 10wd rehand 10wd contact 20wd help 30wd mend 5wd township 2m rate 20wd redo 2m again 20wd everyone",
		"青岛": "hand 5wd return 5wd help 1m everyone",
		"浙江": "notice 7d return 10d help 2m redo 1m everyone",
		"河南": "return 10wd rehand 10wd help 2m rate 10wd redo 1m everyone",
		"北京": "rate 15wd redo 2m",
		"上海": "hand 7wd return 7wd help 1m redo 1m everyone",
		"山东": "hand 5d return 5d help 1m redo 1m everyone",
	}
	list := Presets()
	if len(list) != len(says) || list[0].Preset != "山西" {
		t.Fatalf("%+v", list)
	}
	for _, c := range list {
		want, known := says[c.Preset]
		if !known || c.Everyone == (c.Preset == "青岛" || c.Preset == "山东") {
			t.Errorf("%s: %v", c.Preset, c.Everyone)
		}
		p, err := Read([]byte(`{"clocks":{"preset":"` + c.Preset + `"}}`))
		if err != nil || p.Clocks.Preset != c.Preset {
			t.Fatalf("%s: %v", c.Preset, err)
		}
		terms := map[string][2]Term{"notice": {c.Notice, Law().Notice}, "hand": {c.Hand, Law().Hand}, "return": {c.Return, Law().Return},
			"rehand": {c.Rehand, Law().Rehand}, "contact": {c.Contact, Law().Contact}, "help": {c.Help, Law().Help}, "mend": {c.Mend, Law().Mend},
			"answer": {c.Answer, "3m"}, "hard": {c.Hard, "6m"}, "township": {c.Township, ""}, "review": {c.Review, Law().Review},
			"deliver": {c.Deliver, Law().Deliver}, "rate": {c.Rate, Law().Rate}, "redo": {c.Redo, "1m"}, "again": {c.Again, ""},
			"publish": {c.Publish, "20wd"}, "cosign": {c.Cosign, Law().Cosign}}
		words := strings.Fields(want)
		for _, key := range strings.Fields(all) {
			i := slices.Index(words, key)
			if c.Blank[key] != (i < 0) {
				t.Errorf("%s, %s: left to the law %v", c.Preset, key, c.Blank[key])
			}
			if term, is := terms[key]; is && i < 0 && term[0] != term[1] || is && i >= 0 && string(term[0]) != words[i+1] {
				t.Errorf("%s, %s: %q", c.Preset, key, term[0])
			}
		}
		if len(c.Blank) > len(strings.Fields(all)) {
			t.Errorf("%s: %v", c.Preset, slices.Sorted(maps.Keys(c.Blank)))
		}
	}
}

func TestTerms(t *testing.T) {
	for said, want := range map[string][2]string{"5wd": {"5wd", "5个工作日"}, " 10 个工作日": {"10wd", "10个工作日"}, "3m": {"3m", "3个月"},
		"2个月": {"2m", "2个月"}, "20D": {"20d", "20日"}, "7天": {"7d", "7日"}, "": {"", ""}} {
		var got Term
		if err := got.UnmarshalText([]byte(said)); err != nil || string(got) != want[0] || got.Name() != want[1] {
			t.Errorf("%q is %q, %q: %v", said, got, got.Name(), err)
		}
	}
	for _, bad := range []string{"0wd", "-3d", "401d", "25m", "3", "三个月", "wd", "5wdd", "1.5m"} {
		var got Term
		if err := got.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is %q", bad, got)
		}
	}
}

// A county says what differs from its preset. What it said of suggestions before it could say that holds on, and of what a
// newer office tells everything that can be read.
func TestClocksOfACounty(t *testing.T) {
	p, err := Read([]byte(`{"clocks":{"preset":"重庆","contact":"15个工作日","redo":"1m","township":""}}`))
	if c := p.Clocks; err != nil || c.Contact != "15wd" || c.Redo != "1m" || c.Township != "" || c.Hand != "10wd" || c.Blank["contact"] || !c.Blank["answer"] {
		t.Errorf("%+v %v", c, err)
	}
	p, err = Read([]byte(`{"suggestion":2,"hard":5,"clocks":{"hard":"6m"}}`))
	if c := p.Clocks; err != nil || c.Answer != "2m" || c.Hard != "6m" || c.Preset != "山西" {
		t.Errorf("%+v %v", c, err)
	}
	for said, name := range map[string]string{`{"preset":"四川"}`: "四川", `{"anwser":"3m"}`: "anwser"} {
		var u Unknown
		if _, err := Read([]byte(`{"clocks":` + said + `}`)); !errors.As(err, &u) || string(u) != name {
			t.Errorf("%s: %v", said, err)
		}
		if p, err := Told([]byte(`{"ordinary":7,"clocks":{"hand":"4wd",` + said[1:] + `}`)); err != nil || p.Clocks.Hand != "4wd" || p.Clocks.Preset != "山西" ||
			p.Clocks.Answer != "3m" {
			t.Errorf("told %s: %+v %v", said, p.Clocks, err)
		}
	}
	for _, bad := range []string{`{"answer":""}`, `{"hand":"soon"}`, `{"hand":5}`, `[]`, `"重庆"`, `{"everyone":"3m"}`, `{"redo":""}`} {
		if _, err := Read([]byte(`{"clocks":` + bad + `}`)); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", bad, err)
		}
		if p, err := Told([]byte(`{"ordinary":7,"clocks":` + bad + `}`)); !errors.Is(err, ErrBroken) || p.Ordinary != 7 || p.Clocks.Hand != "5wd" || p.Clocks.Answer != "3m" {
			t.Errorf("told %s: %+v %v", bad, p.Clocks, err)
		}
	}
}
