// Package audit is who looked at what, and who took something out of a home: a chained log in HOME/audit.
//
// It is no journal: entries travel and say what became of things; the log stays where it is, also when a copy of the
// records is put back, and says who saw, searched, printed, exported or tried the door. There is no text of a person in
// it: users by their ids, things by numbers and ids, a search as "by name", never what was searched for.
//
// # Files
//
// A file a month, named by the number of its first line: 0000000001.log. One JSON object a line, numbered from 1:
//
//	{"n":7,"at":"2026-11-29T09:12:44+08:00","user":"…","do":"contact","what":"02-…","result":"done","prev":"sha256:…","sig":"…"}
//
// prev is the hash of the line before, all of its bytes, under a name that says what it is of: SHA-256, or SM3 where the
// keys are 国密. sig is the computer's signature over the line up to it. A home that nobody has unlocked has no key to sign
// with: its lines (somebody tried a password) go without, and are covered by the next line that has one.
//
// # What is found
//
// A changed line and a hole do not fit into the chain. A cut end does: so the database remembers the last line (Head),
// and the log must still have that. Who may prune it says so in a signed line of the log itself: it names the last line
// that went and its hash, which the first that is left must follow. A line that was torn by a power cut is taken away and
// named, so are lines that a full disk did not take. What cannot be mended is found at every check until somebody
// accepts it, which is a signed line, too.
//
// Who has the password of an administrator and a program of his own can write a log of his own; who has not, cannot
// take a line away unseen.
package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"lianluo.local/data/suite"
	"lianluo.local/data/words"
)

// Act is what somebody did.
type Act string

// The acts that are written down.
const (
	SignIn   Act = "sign-in"
	SignOut  Act = "sign-out"
	Switch   Act = "switch"
	Contact  Act = "contact"
	ByName   Act = "find-name"
	ByPhone  Act = "find-phone"
	Export   Act = "export"
	Print    Act = "print"
	Sign     Act = "sign" // a paper or file with the key of this computer
	Backup   Act = "backup"
	Restore  Act = "restore"
	Password Act = "password"
	UserAdd  Act = "user-add"
	UserRole Act = "user-role"
	UserLock Act = "user-lock"
	Help     Act = "help"
	Renew    Act = "renew"
	Protect  Act = "protect"
	Sheet    Act = "sheet"
	Held     Act = "held"
	Redact   Act = "redact"
	Read     Act = "read-log"
	Update   Act = "update" // the program
)

// What the log says of itself.
const (
	begin  Act = "begin"
	torn   Act = "torn"   // what: how many bytes of a line were taken away
	Lost   Act = "lost"   // what: how many lines could not be written; said by who could not
	prune  Act = "prune"  // what: number and hash of the last line that went
	accept Act = "accept" // what: the lines that are known to be amiss, from-to
)

// Acts are they in Chinese.
var Acts = words.Of(string(SignIn), "登录", string(SignOut), "退出", string(Switch), "换人", string(Contact), "看联系方式",
	string(ByName), "按姓名查找", string(ByPhone), "按电话查找", string(Export), "导出", string(Print), "打印", string(Sign), "签名", string(Backup), "备份",
	string(Restore), "恢复备份", string(Password), "改密码", string(UserAdd), "增加用户", string(UserRole), "改用户角色",
	string(UserLock), "停用用户", string(Help), "上级帮助重设密码", string(Renew), "换密钥", string(Protect), "加密资料",
	string(Sheet), "用恢复单", string(Held), "查某人的全部信息", string(Redact), "隐去个人信息", string(Read), "看日志", string(Update), "更新程序",
	string(begin), "开始记日志", string(torn), "断电，有一行没写完", string(Lost), "磁盘满，有几行没记上", string(prune), "到期清理",
	string(accept), "确认日志缺损")

// Result is what came of it.
type Result string

// The results.
const (
	Done    Result = "done"
	Refused Result = "refused" // a wrong password, a field that does not hold
	Denied  Result = "denied"  // no right to it
	Failed  Result = "failed"
)

// Results are they in Chinese.
var Results = words.Of(string(Done), "已做", string(Refused), "未通过", string(Denied), "没有权限", string(Failed), "没做成")

// Line is one line of the log.
type Line struct {
	N      uint64    `json:"n"` // from 1
	At     time.Time `json:"at"`
	User   string    `json:"user,omitempty"` // id, "" where nobody was known
	Do     Act       `json:"do"`
	What   string    `json:"what,omitempty"` // number or id of the thing, or a code
	Result Result    `json:"result"`
	Prev   string    `json:"prev"` // hash of the line before, "" for the first
}

// Head is a line and all before it.
type Head struct {
	N    uint64 `json:"n"`
	Hash string `json:"hash"`
}

// Errors of this package. Test with errors.Is.
var (
	ErrUnsigned = errors.New("audit: no key to sign with")
	errLine     = errors.New("audit: no line of the log")
)

// most is how many bytes a line has at most.
const most = 1 << 10

// sum is the hash of a line by the algorithm that belongs to a suite.
func sum(of string, line []byte) string {
	line = append([]byte("lianluo audit 1\n"), line...)
	if of == suite.SM {
		h := sm3.Sum(line)
		return "sm3:" + hex.EncodeToString(h[:])
	}
	h := sha256.Sum256(line)
	return "sha256:" + hex.EncodeToString(h[:])
}

// follows says whether a line follows one that is given by its bytes.
func follows(l Line, before []byte) bool {
	if before == nil {
		return l.Prev == ""
	}
	return l.Prev == sum(suiteOf(l.Prev), before)
}

// suiteOf is the suite to which a hash belongs.
func suiteOf(hash string) string {
	if strings.HasPrefix(hash, "sm3:") {
		return suite.SM
	}
	return suite.Age
}

var mark = []byte(`,"sig":"`)

// bytesOf writes a line, without its end, and signs it where that is possible.
func bytesOf(l Line, sign func([]byte) ([]byte, error)) ([]byte, error) {
	b, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	b = b[:len(b)-1]
	if sign != nil {
		s, err := sign(message(b))
		if err != nil {
			return nil, fmt.Errorf("audit: %w", err)
		}
		b = append(append(append(b, mark...), base64.StdEncoding.EncodeToString(s)...), '"')
	}
	return append(b, '}'), nil
}

// message is what is signed of a line up to its signature.
func message(b []byte) []byte { return append([]byte("lianluo audit line 1\n"), b...) }

// signed parts a line into what is signed and its signature; nil where there is none.
func signed(b []byte) (what, signature []byte) {
	i := bytes.LastIndex(b, mark)
	if i < 0 {
		return nil, nil
	}
	text, ok := bytes.CutSuffix(b[i+len(mark):], []byte(`"}`))
	s, err := base64.StdEncoding.DecodeString(string(text))
	if !ok || err != nil {
		return nil, nil
	}
	return message(b[:i]), s
}

// read reads a line. Unknown keys of a newer program are passed over.
func read(b []byte) (l Line, err error) {
	if len(b) > most {
		return l, errLine
	}
	if err := json.Unmarshal(b, &l); err != nil || l.N == 0 || l.N >= 1e10 || l.Do == "" {
		return Line{}, errLine
	}
	return l, nil
}

var plain = regexp.MustCompile(`[^ -~]|["\\<>&]`)

// clean keeps what is no code out of a line.
func clean(s string) string {
	s = plain.ReplaceAllString(s, "")
	return s[:min(len(s), 120)]
}
