package password

import (
	"strings"
	"testing"
)

// What others would try first is refused with a sentence, what they would not is taken.
func TestWeak(t *testing.T) {
	own := []string{"李慧敏", "lhm", "凤山街道人大代表联络站", "0358-8221321"}
	for _, p := range []string{"", "1234567", "qian-he", "12345678", "19800101", "13811112222", "password", "Password2024",
		"ｐａｓｓｗｏｒｄ", "woaini1314", "WoAiNi520", "admin@123", "abcdefgh", "hgfedcba", "qwertyuiop", "1qaz2wsx3edc", "12341234",
		"abcabcabc", "aaaaaaab",
		"好好学习天天向上", "全心全意 为人民服务", "李慧敏在家里", "我是李慧敏我最大", "lhm19800101", "0358-8221321a", "凤山街道人大代表联络站2"} {
		if Weak(p, own...) == "" {
			t.Errorf("%q is taken", p)
		}
	}
	for _, p := range []string{"院里的槐树开花了", "quiet-river-9", "shu shang you niao", "704819265530", "lhmx9-kettle", "Tq7!vu2p"} {
		if why := Weak(p, own...); why != "" {
			t.Errorf("%q: %s", p, why)
		}
	}
}

// Each line of the list is refused, however it is typed.
func TestCommon(t *testing.T) {
	words := strings.Fields(list)
	if len(words) < 200 {
		t.Errorf("%d words", len(words))
	}
	for _, w := range words {
		if Weak(strings.ToUpper(w)+"") == "" {
			t.Errorf("%q is taken", w)
		}
	}
}
