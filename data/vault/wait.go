package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"lianluo.local/data/home"
	"lianluo.local/data/spelling"
)

// Waits is the name of the file that counts the passwords that were wrong, for one home. It keeps those off who try at
// this computer; whoever can write or copy files takes vault.json with him, and is stopped by the stretching alone.
type Waits string

// free are how many wrong ones cost nothing; then the first wait, which doubles with each, and the longest.
const (
	free    = 5
	first   = 30 * time.Second
	longest = time.Hour

	forgotten = 24 * time.Hour
)

// Wait says how long nothing is tried.
type Wait struct {
	Wrong int
	Left  time.Duration
}

func (w Wait) Error() string { return fmt.Sprintf("%d wrong passwords, %s left", w.Wrong, w.Left) }

// Sentence is what a person hears.
func (w Wait) Sentence() string {
	left := fmt.Sprintf("%d 秒", int(w.Left.Seconds())+1)
	if w.Left > time.Minute {
		left = fmt.Sprintf("%d 分钟", int(w.Left.Minutes())+1)
	}
	return fmt.Sprintf("密码已经连着错了 %d 次，请等 %s再试。想不起来的，可以用恢复单打开，或者请上级帮忙。", w.Wrong, left)
}

type counted struct {
	Wrong int       `json:"wrong"`
	Last  time.Time `json:"last"` // when it was tried
	Until time.Time `json:"until,omitzero"`

	Of map[string]int `json:"of,omitempty"` // how many of them under which name, hashed
}

// others are the wrong ones under other names: whoever knows a password of his own ends nobody else's wait by it.
func (c counted) others(who string) counted {
	c.Of, c.Wrong = maps.Clone(c.Of), 0
	delete(c.Of, who)
	for _, n := range c.Of {
		c.Wrong += n
	}
	return c
}

func hashed(name string) string {
	sum := sha256.Sum256([]byte("lianluo tries 1\n" + strings.ToLower(spelling.Name(name))))
	return hex.EncodeToString(sum[:8])
}

// Try counts a try before it is made, so that a killed program has counted it, too, and forgets those under the same name
// when it succeeds, all after a day without one; a try that fails with anything but ErrWrong is not counted. It fails with Wait where it is too early. A clock that
// was set back begins the wait anew. Where the file cannot be written the try is made all the same: a full disk keeps
// nobody out.
func (w Waits) Try(now time.Time, name string, try func() error) error {
	if l := flock.New(string(w) + ".lock"); l.Lock() == nil { // one after another
		defer func() { _ = l.Unlock() }()
	}
	was, err := w.read(now)
	if err != nil {
		return err
	}
	if now.Sub(was.Last) > forgotten {
		was = counted{}
	}
	if was.Wrong >= free {
		if now.Before(was.Last) {
			was.Last, was.Until = now, now.Add(pause(was.Wrong))
			_ = w.write(was)
		}
		if left := was.Until.Sub(now); left > 0 {
			return Wait{was.Wrong, left}
		}
	}
	who := hashed(name)
	is := counted{Wrong: was.Wrong + 1, Last: now, Of: map[string]int{}}
	maps.Copy(is.Of, was.Of)
	is.Of[who]++
	if is.Wrong >= free {
		is.Until = now.Add(pause(is.Wrong))
	}
	_ = w.write(is)
	switch err := try(); {
	case errors.Is(err, ErrWrong):
		return err
	case err != nil:
		_ = w.write(was)
		return err
	}
	if left := was.others(who); left.Wrong > 0 {
		_ = w.write(left)
		return nil
	}
	if err := os.Remove(string(w)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		_ = w.write(counted{Last: now})
	}
	return nil
}

func pause(wrong int) time.Duration {
	p := first
	for range min(wrong-free, 30) {
		p = min(2*p, longest)
	}
	return p
}

// read gives what was counted; a file that cannot be understood counts as that of who has to wait once.
func (w Waits) read(now time.Time) (c counted, err error) {
	b, err := os.ReadFile(string(w))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("wrong passwords: %w", err)
	}
	if json.Unmarshal(b, &c) != nil || c.Wrong < 0 || c.Wrong >= free && c.Until.After(c.Last.Add(longest)) {
		c = counted{Wrong: free, Last: now, Until: now.Add(first)}
		return c, w.write(c)
	}
	return c, nil
}

func (w Waits) write(c counted) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return home.WriteWhole(string(w), b, 0o600)
}

// Left says how long nothing is tried.
func (w Waits) Left(now time.Time) time.Duration {
	c, err := w.read(now)
	switch {
	case err != nil || c.Wrong < free:
		return 0
	case now.Before(c.Last):
		return pause(c.Wrong)
	}
	return max(0, c.Until.Sub(now))
}
