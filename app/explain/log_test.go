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
