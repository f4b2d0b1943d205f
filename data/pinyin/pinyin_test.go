package pinyin

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesReadTheFamilyNameRight(t *testing.T) {
	for name, want := range map[string]string{
		"单秀英": "sxy", "解志强": "xzq xzj", "曾丽": "zl", "仇明": "qm", "查文华": "zwh", "盖明": "gm", "乐明": "ym lm", "区明": "om",
		"朴正": "pz", "翟明": "zm dm", "缪明": "mm", "覃明": "qm tm", "尉迟恭": "ycg", "召明": "sm", "秘明": "bm", "繁明": "pm",
		"员明": "ym", "任长霞": "rcx rzx", "华明": "hm", "万俟明": "mqm", "万明": "wm", "长孙明": "zsm", "欧阳明": "oym",
		"诸葛明": "zgm", "令狐明": "lhm", "单于明": "cym sym", "单于": "sy", "冯乐行": "flx flh fyx fyh", "王长乐行": "wclx wclh wcyx wcyh",
		"王𬺞明": "wm", "𬺞": "", "": "", " · ": "", "A座李明2": "azlm2", "Ａ王": "aw", "买买提·艾力": "mmtal", "安娥": "ae", "王建国": "wjg",
		"𠮷野": "jy",
	} {
		if got := strings.Join(Names(name), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestInitialsOfPlacesAndWords(t *testing.T) {
	for text, want := range map[string]string{
		"吕梁市": "lls", "凤山街道": "fsjd", "袁家庄社区居委会": "yjzsqjwh", "圪垯上乡": "gdsx", "秦家圪堎村": "qjglc", "霍家墕村": "hjyc",
		"窊野村": "wyc", "圐圙": "kl", "磘": "y", "长乐村": "clc", "陈家屹台村": "cjgtc", "梨树凹村": "lswc", "校长": "xz", "银行": "yh",
		"行政村": "xzc", "12345 热线": "12345rx", "供水·供电": "gsgd", "\xff\x00王": "w", "湫水河": "qsh",
	} {
		if got := Initials(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		initials, query string
		want            bool
	}{
		{"yjz", "", true}, {"yjz", "y", true}, {"yjz", "JZ", true}, {"yjz", "y j", true}, {"yjz", "yz", false}, {"", "y", false},
	} {
		if Match(c.initials, c.query) != c.want {
			t.Errorf("%q in %q: not %v", c.query, c.initials, c.want)
		}
	}
}

// Every table entry says what it is meant to say: lower-case letters behind its characters.
func TestTables(t *testing.T) {
	for name, table := range map[string]string{"family": familyNames, "given": givenNames, "local": localWords, "extra": extraChars,
		"double": doubleNames, "pair": pairs} {
		seen := map[string]bool{}
		for _, entry := range strings.Fields(table) {
			word := strings.TrimRight(entry, "abcdefghijklmnopqrstuvwxyz,")
			n := 1
			if name == "double" || name == "pair" {
				n = 2
			}
			if utf8.RuneCountInString(word) != n || len(word) == len(entry) || seen[word] {
				t.Errorf("%s: %q", name, entry)
			}
			seen[word] = true
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("单于长乐")
	f.Fuzz(func(t *testing.T, name string) {
		got := Names(name)
		if len(got) > most || slices.Contains(got, "") {
			t.Fatalf("%q", got)
		}
	})
}
