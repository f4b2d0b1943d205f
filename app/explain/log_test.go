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
		"phone 13800771234, card 14110219800101123X",
		[]string{"第七巷", "plain"}, errors.Join(errors.New("restore: "), errors.New("C:\\王小明\\lianluo.db: 0358-王"))} {
		log.Error("command failed", "command", "backup", "error", says)
	}
	if s := b.String(); strings.ContainsAny(s, "王小明七巷的卡") || strings.Contains(s, "13800771234") || strings.Contains(s, "123X") {
		t.Error(s)
	}
	log.Error("unit 141102002003")
	for _, kept := range []string{"open /home/", ": denied", "command=backup", "lianluo.db", "plain", "unit 141102002003"} {
		if !strings.Contains(b.String(), kept) {
			t.Errorf("%q is lost: %s", kept, b.String())
		}
	}
}
