package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/spelling"
)

// Waits counts the passwords that were wrong, in a file of one home, by the name that was tried: whoever guesses at one keeps
// no other out, but for a short while where he guesses at many. It keeps those off who try at this computer; whoever can
// write or copy files takes vault.json with him, and is stopped by the stretching alone.
//
// A wait is measured by how long the computer has been running, so that setting its clock on or back ends none. Once it was
// started anew nothing tells how long it stood still but the clock: who starts it and sets the clock on ends a wait.
type Waits struct {
	File string
	Ran  func() time.Duration // since the computer was started, sleep included; 0 where nobody knows
}

// Of one name, free wrong ones cost nothing; then comes the first wait, which doubles with each until the longest. Of all
// names together so many cost nothing, no name counting for more than its free ones, and the longest is what an honest
// person still sits out.
const (
	free    = 5
	first   = 30 * time.Second
	longest = time.Hour

	freeOfAll    = 20
	longestOfAll = 5 * time.Minute

	forgotten = 24 * time.Hour
)

// Wait says how long nothing is tried.
type Wait struct {
	Wrong int
	All   bool // under many names: whoever it is waits
	Left  time.Duration
}

func (w Wait) Error() string { return fmt.Sprintf("%d wrong passwords, %s left", w.Wrong, w.Left) }

// Sentence is what a person hears.
func (w Wait) Sentence() string {
	left := fmt.Sprintf("%d 秒", int(w.Left.Seconds())+1)
	if w.Left > time.Minute {
		left = fmt.Sprintf("%d 分钟", int(w.Left.Minutes())+1)
	}
	says := "密码已经连着错了"
	if w.All {
		says = "这台电脑上有人用好几个姓名试密码，错了"
	}
	return fmt.Sprintf("%s %d 次，请等 %s再试。想不起来的，可以用恢复单打开，或者请上级帮忙。", says, w.Wrong, left)
}

// tally is how many were wrong under one name.
type tally struct {
	Wrong int           `json:"wrong"`
	Last  time.Time     `json:"last"`          // when the last was tried
	Ran   time.Duration `json:"ran,omitempty"` // for how long the computer had been running then
}

// since is how long ago the last was tried, as far as is known.
func (t tally) since(now time.Time, ran time.Duration) time.Duration {
	if ran > 0 && ran >= t.Ran {
		return ran - t.Ran
	}
	return max(now.Sub(t.Last), ran) // it was started since
}

// tallies are those of all names, which nobody reads from them: a few bits of a hash fit many names.
type tallies map[string]tally

func hashed(name string) string {
	sum := sha256.Sum256([]byte("lianluo tries 1\n" + strings.ToLower(spelling.Name(name))))
	return hex.EncodeToString(sum[:2])
}

func (c tallies) wait(who string, now time.Time, ran time.Duration) Wait {
	all, latest := 0, longestOfAll
	for _, t := range c {
		all += min(t.Wrong, free)
		latest = min(latest, t.since(now, ran))
	}
	own := c[who]
	w := Wait{Wrong: own.Wrong, Left: pause(own.Wrong-free, longest) - own.since(now, ran)}
	if left := pause(all-freeOfAll, longestOfAll) - latest; left > max(w.Left, 0) {
		w = Wait{Wrong: all, All: true, Left: left}
	}
	w.Left = max(w.Left, 0)
	return w
}

// pause is how long the wait is after so many wrong ones more than are free.
func pause(more int, longest time.Duration) time.Duration {
	if more < 0 {
		return 0
	}
	p := first
	for range min(more, 30) {
		p = min(2*p, longest)
	}
	return p
}

// Try counts a try before it is made, so that a killed program has counted it, too, and forgets those under the same name
// when it succeeds, all after a day without one; a try that fails with anything but ErrWrong is not counted. It fails with
// Wait where it is too early. Where the file cannot be written the try is made all the same: a full disk keeps nobody out.
func (w Waits) Try(now time.Time, name string, try func() error) error {
	if l := flock.New(w.File + ".lock"); l.Lock() == nil { // one after another
		defer func() { _ = l.Unlock() }()
	}
	ran, who, c := w.Ran(), hashed(name), w.read(now)
	if wait := c.wait(who, now, ran); wait.Left > 0 {
		return wait
	}
	was, tried := c[who]
	c[who] = tally{was.Wrong + 1, now, ran}
	w.write(c)
	err := try()
	switch {
	case errors.Is(err, ErrWrong):
		return err
	case err == nil || !tried:
		delete(c, who)
	default:
		c[who] = was
	}
	w.write(c)
	return err
}

// Left says how long nothing is tried under a name.
func (w Waits) Left(now time.Time, name string) time.Duration {
	return w.read(now).wait(hashed(name), now, w.Ran()).Left
}

// read gives what was counted. A file that cannot be read counts for none: whoever can spoil it can take it away.
func (w Waits) read(now time.Time) tallies {
	c := tallies{}
	if b, err := disk.ReadFile(w.File); err != nil || json.Unmarshal(b, &c) != nil {
		return tallies{}
	}
	ran := w.Ran()
	maps.DeleteFunc(c, func(_ string, t tally) bool { return t.Wrong < 0 || t.since(now, ran) > forgotten })
	return c
}

func (w Waits) write(c tallies) {
	if len(c) == 0 && disk.Remove(w.File) == nil {
		return
	}
	if b, err := json.Marshal(c); err == nil {
		_ = home.WriteWhole(w.File, b, 0o600)
	}
}
