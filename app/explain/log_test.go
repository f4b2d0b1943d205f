package explain

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// A log says what the program did and not about whom.
func TestLogSaysNothingOfAPerson(t *testing.T) {
	var b strings.Builder
	log := Log(&b)
	for _, says := range []any{&fs.PathError{Op: "open", Path: `/home/王小明/王小明 的卡.pdf`, Err: errors.New("denied")},
		"phone 13800771234, card 14110219800101123X", "138 0077 1234 138-0077-1234 +8613800771234 0358-8221321 010-82213215",
		[]string{"第七巷", "plain"}, errors.Join(errors.New("restore: "), errors.New("C:\\王小明\\lianluo.db: 0358-王"))} {
		log.Error("command failed", "command", "backup", "error", says)
	}
	for _, not := range []string{"王", "小", "明", "七", "巷", "的", "卡", "1234", "123X", "8221321"} {
		if strings.Contains(b.String(), not) {
			t.Errorf("it tells %q: %s", not, b.String())
		}
	}
	log.Error("unit 141102002003")
	for _, kept := range []string{"open /home/", ": denied", "command=backup", "lianluo.db", "plain", "unit 141102002003"} {
		if !strings.Contains(b.String(), kept) {
			t.Errorf("%q is lost: %s", kept, b.String())
		}
	}
}

// What may leave the home tells nobody's folder and no number; what this program calls its own files stays.
func TestUnnamed(t *testing.T) {
	const home = "/home/zhangsan/.config/lianluo"
	for text, want := range map[string]string{
		"open home: open " + home + "/lianluo.db: denied":            "open home: open HOME/lianluo.db: denied",
		"read " + home + "/papers/zhaoliu card.pdf: gone":            "read HOME/papers: gone",
		"read " + home + "2/lianluo.db: gone":                        "read …: gone",
		`open C:\\Users\\Zhang San\\a b.pdf: denied`:                 "open …: denied",
		"copy /media/zhangsan/stick of Zhang/x.bundle: short write":  "copy …: short write",
		"telephone 821 3221 0, row 17, code 141102002003, zhao liu":  "telephone … row 17, code … …",
		"write zhaoliu.pdf: no space left on device":                 "write …: no space left on device",
		"write lianluo.db: read zhao/liu.txt: input/output error":    "write lianluo.db: read …: input/output error",
		`open zhaoliu\x.pdf: denied`:                                 "open …: denied",
		`printer "zhaoliu-laser" of zhaoliu.local: off`:              "printer … of …: off",
		"dial tcp: lookup zhaoliu-pc on 127.0.0.53:53: no such host": "dial tcp: lookup … on 127.0.0.53:53: no such host",
		"zhao liuyi and zhao liu":                                    "… and …",
		"user Lisi: Access is denied.":                               "user …: … is denied.",
		"user Zhao Liu of 王明的站, 13800771234: database is locked (5)": "user … … of … …: database is locked (5)",
	} {
		if got := Unnamed(text, home, "zhao liu", "", "zhao liuyi"); got != want {
			t.Errorf("%s\n%s, want\n%s", text, got, want)
		}
	}
	torn := `time=2026-11-21T19:30:00.5+08:00 level=ERROR msg="command failed" error="write zhaoliu`
	log := "Zhao Liu\n" + torn + "\n" +
		`time=2026-11-21T19:30:00.5+08:00 level=ERROR msg="command failed" command=check error="open \"zhaoliu\" in C:\\zhaoliu\\x: denied"` +
		"\ngoroutine 7\n" + torn
	want := `time=2026-11-21T19:30:00.5+08:00 level=ERROR msg="command failed" command=check error="open … in …: denied"`
	if got := Lines(log+"\n"+log, 1, home); len(got) != 1 || got[0] != want {
		t.Errorf("%q", got)
	}
}
