package audit

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/data/suite"
)

var morning = time.Date(2026, 11, 3, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

type keys struct {
	suite.Suite
	own    suite.Secret
	public suite.Public
}

func keysOf(t testing.TB, name string) (k keys) {
	s, err := suite.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	k.Suite = s
	if k.own, err = s.Make(bytes.NewReader(bytes.Repeat([]byte{7}, 4096))); err != nil {
		t.Fatal(err)
	}
	if k.public, err = s.Public(k.own); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k keys) sign(m []byte) ([]byte, error) { return k.Sign(k.own, m) }
func (k keys) verify(m, s []byte) bool       { return k.Verify(k.public.Sign, m, s) }

// log is one with n lines, the first of which it began itself, an hour apart.
func log(t testing.TB, name string, n int) (Log, keys, Head) {
	k := keysOf(t, name)
	l := Log{filepath.Join(t.TempDir(), "audit"), name, k.sign}
	var head Head
	for i := 1; i < n; i++ {
		head = put(t, l, morning.Add(time.Duration(i)*time.Hour))
	}
	return l, k, head
}

func put(t testing.TB, l Log, at time.Time) Head {
	t.Helper()
	head, err := l.Append(Line{At: at, User: "u1", Do: Contact, What: "02-002003-26-A0042-7", Result: Done})
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func found(t testing.TB, l Log, k keys, h Head) string {
	t.Helper()
	rep, err := l.Check(h, k.verify)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(fmt.Sprint(rep.Problems), "[]")
}

// edit does something to the bytes of the only file.
func edit(t testing.TB, l Log, do func(lines []string) []string) {
	t.Helper()
	name := filepath.Join(l.Dir, "0000000001.log")
	b, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, []byte(strings.Join(do(strings.SplitAfter(string(b), "\n")), "")), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever somebody does to a log without the computer's key is found, and named by the numbers of the lines.
func TestWhatIsDoneToALogIsFound(t *testing.T) {
	for _, suite := range []string{suite.Age, suite.SM} {
		for _, c := range []struct {
			what string
			do   func(l Log)
			want string
		}{
			{"nothing", func(Log) {}, ""},
			{"a line is changed", func(l Log) {
				edit(t, l, func(ls []string) []string { ls[4] = strings.Replace(ls[4], "u1", "u2", 1); return ls })
			}, "changed 5-5"},
			{"the last line is changed", func(l Log) {
				edit(t, l, func(ls []string) []string { ls[8] = strings.Replace(ls[8], "u1", "u2", 1); return ls })
			}, "other 9-9 forged 9-9"},
			{"a line is taken out", func(l Log) {
				edit(t, l, func(ls []string) []string { return append(ls[:4:4], ls[5:]...) })
			}, "hole 5-5"},
			{"the first lines are taken away", func(l Log) {
				edit(t, l, func(ls []string) []string { return ls[3:] })
			}, "hole 1-3"},
			{"the end is cut", func(l Log) { edit(t, l, func(ls []string) []string { return ls[:6] }) }, "cut 7-9"},
			{"half of the last line is cut", func(l Log) {
				edit(t, l, func(ls []string) []string { ls[8] = ls[8][:40]; return ls })
			}, "cut 9-9"},
			{"two lines are exchanged", func(l Log) {
				edit(t, l, func(ls []string) []string { ls[4], ls[5] = ls[5], ls[4]; return ls })
			}, "hole 5-5 changed 5-6 hole 6-6"},
			{"a line is no line", func(l Log) {
				edit(t, l, func(ls []string) []string { ls[4] = "不是一行\n"; return ls })
			}, "changed 5-5"},
			{"a line is very long", func(l Log) {
				edit(t, l, func(ls []string) []string { ls[4] = strings.Repeat("x", 1<<20) + "\n"; return ls })
			}, "changed 5-5"},
			{"all is deleted", func(l Log) { _ = os.RemoveAll(l.Dir) }, "cut 1-9"},
			{"all is deleted, and it goes on", func(l Log) {
				_ = os.RemoveAll(l.Dir)
				put(t, l, morning)
			}, "cut 3-9"},
			{"an older copy went on", func(l Log) {
				edit(t, l, func(ls []string) []string { return ls[:5] })
				for i := range 8 {
					put(t, l, morning.Add(time.Duration(20+i)*time.Hour))
				}
			}, "other 9-9"},
			{"lines are put behind it", func(l Log) {
				l.Sign = func([]byte) ([]byte, error) { return make([]byte, 64), nil }
				put(t, l, morning.Add(20*time.Hour))
			}, "forged 10-10"},
			{"one that is pruned by nobody", func(l Log) {
				l.Sign = nil
				if _, err := l.Append(Line{At: morning, Do: prune, What: "3 x", Result: Done}); err != nil {
					t.Fatal(err)
				}
				edit(t, l, func(ls []string) []string { return ls[3:] })
			}, "hole 1-3"},
		} {
			l, k, head := log(t, suite, 9)
			c.do(l)
			if got := found(t, l, k, head); got != c.want {
				t.Errorf("%s, %s: %q, want %q", suite, c.what, got, c.want)
			}
			yes, err := l.Has(head)
			if good := !strings.Contains(c.want, "cut") && !strings.Contains(c.want, "other"); err != nil || yes != good {
				t.Errorf("%s, %s: the last line is there: %v, %v", suite, c.what, yes, err)
			}
			rep, err := l.Check(head, k.verify)
			if err != nil || len(rep.Problems) == 0 {
				continue
			}
			head, err = l.Accept("u9", morning, rep.Problems)
			if got := found(t, l, k, head); err != nil || got != "" {
				t.Errorf("%s, %s, accepted: %q, %v", suite, c.what, got, err)
			}
		}
	}
}

// A line that a power cut tore is taken away and named; the log goes on.
func TestTornLine(t *testing.T) {
	for _, rest := range []string{`{"n":4,"at":`, "\x00\x00\x00\x00", "x"} {
		l, k, head := log(t, suite.Age, 3)
		edit(t, l, func(ls []string) []string { return append(ls, rest) })
		if got := found(t, l, k, head); got != "" {
			t.Errorf("%q: %s", rest, got)
		}
		head = put(t, l, morning.Add(9*time.Hour))
		var last Line
		if err := l.Each(time.Time{}, time.Time{}, func(line Line, _ []byte) error {
			if line.N == 4 {
				last = line
			}
			return nil
		}); err != nil || head.N != 5 || last.Do != torn || last.What != fmt.Sprint(len(rest)) {
			t.Errorf("%q: %d lines, torn %+v, %v", rest, head.N, last, err)
		}
		if got := found(t, l, k, head); got != "" {
			t.Errorf("%q, mended: %s", rest, got)
		}
	}
	l, k, _ := log(t, suite.Age, 3) // a month began, and its first line was torn
	if err := os.WriteFile(filepath.Join(l.Dir, "0000000004.log"), []byte(`{"n":4,`), 0o600); err != nil {
		t.Fatal(err)
	}
	head := put(t, l, morning.AddDate(0, 1, 0))
	if got := found(t, l, k, head); got != "" || head.N != 5 {
		t.Errorf("a month: %q, %d lines", got, head.N)
	}
}

// A home that nobody has unlocked has no key: its lines are covered by the next line that is signed.
func TestLinesOfALockedHome(t *testing.T) {
	l, k, head := log(t, suite.SM, 3)
	locked := Log{Dir: l.Dir, Suite: suite.SM}
	for range 3 {
		if _, err := locked.Append(Line{At: morning, Do: SignIn, Result: Refused}); err != nil {
			t.Fatal(err)
		}
	}
	if got := found(t, l, k, head); got != "" {
		t.Error(got)
	}
	put(t, l, morning.Add(9*time.Hour))
	edit(t, l, func(ls []string) []string { ls[4] = strings.Replace(ls[4], "refused", "done", 1); return ls })
	if got := found(t, l, k, head); got != "changed 5-5" {
		t.Error(got)
	}
	if _, err := locked.Accept("u1", morning, nil); !errors.Is(err, ErrUnsigned) {
		t.Errorf("accepted without a key: %v", err)
	}
	if err := locked.Prune(morning, morning); !errors.Is(err, ErrUnsigned) {
		t.Errorf("pruned without a key: %v", err)
	}
}

// What is older than it has to be kept goes a month at a time, and the chain holds still, also when the program is killed
// in between.
func TestPrune(t *testing.T) {
	for _, suite := range []string{suite.Age, suite.SM} {
		l, k, _ := log(t, suite, 3)
		var head Head
		for m := 1; m < 6; m++ {
			put(t, l, morning.AddDate(0, m, 0))
			head = put(t, l, morning.AddDate(0, m, 1))
		}
		old, err := os.ReadFile(filepath.Join(l.Dir, "0000000004.log"))
		if err != nil {
			t.Fatal(err)
		}
		now := morning.AddDate(0, 5, 5)
		if err := l.Prune(morning.AddDate(0, 3, 0), now); err != nil {
			t.Fatal(err)
		}
		var first Line
		n := 0
		if err := l.Each(time.Time{}, time.Time{}, func(line Line, _ []byte) error {
			if n++; n == 1 {
				first = line
			}
			return nil
		}); err != nil || first.N != 8 || n != 7 { // three months of two lines, and the one that says it
			t.Errorf("%s: %d lines from %d, %v", suite, n, first.N, err)
		}
		if got := found(t, l, k, head); got != "" {
			t.Errorf("%s: %s", suite, got)
		}
		for _, seen := range []Head{{3, "sha256:00"}, head} { // also by a database that was put back
			if yes, err := l.Has(seen); !yes || err != nil {
				t.Errorf("%s: line %d is there: %v, %v", suite, seen.N, yes, err)
			}
		}
		if err := l.Prune(morning.AddDate(0, 3, 0), now); err != nil || found(t, l, k, head) != "" {
			t.Errorf("%s: again: %v", suite, err)
		}
		if err := os.WriteFile(filepath.Join(l.Dir, "0000000004.log"), old, 0o600); err != nil { // killed before it went
			t.Fatal(err)
		}
		rep, err := l.Check(head, k.verify)
		if err != nil || len(rep.Problems) != 1 || rep.Problems[0].Fault != Hole { // the next file went before this one: never by us
			t.Errorf("%s: %v, %v", suite, rep.Problems, err)
		}
		if err := l.Prune(morning.AddDate(0, 3, 0), now); err != nil || found(t, l, k, head) != "" {
			t.Errorf("%s: after the kill: %v", suite, err)
		}
	}
}

// Many write at once, as programs and inside one; no line is lost and none stands twice.
func TestManyWrite(t *testing.T) {
	if dir := os.Getenv("AUDIT_TEST_DIR"); dir != "" { // one of the other programs
		l := Log{Dir: dir, Suite: suite.Age}
		for range 50 {
			put(t, l, morning)
		}
		return
	}
	l, k, _ := log(t, suite.Age, 2)
	var all sync.WaitGroup
	for range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestManyWrite$")
		cmd.Env = append(os.Environ(), "AUDIT_TEST_DIR="+l.Dir)
		all.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
		all.Go(func() {
			for range 50 {
				if _, err := l.Append(Line{At: morning, Do: Print, Result: Done}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	head, err := l.Head()
	if got := found(t, l, k, head); err != nil || got != "" || head.N != 2+6*50 {
		t.Errorf("%d lines, %s, %v", head.N, got, err)
	}
}

// Nothing but codes gets into a line, whatever is said.
func TestNoText(t *testing.T) {
	l, _, _ := log(t, suite.Age, 1)
	if _, err := l.Append(Line{At: morning, User: "王小明", Do: Contact, What: "王小明\n\"<七巷>" + strings.Repeat("x", 1000),
		Result: Done}); err != nil {
		t.Fatal(err)
	}
	edit(t, l, func(ls []string) []string {
		if all := strings.Join(ls, ""); len(ls) != 3 || strings.ContainsAny(all, "王七<") || len(all) > 2*most {
			t.Errorf("%d lines: %s", len(ls)-1, all)
		}
		return ls
	})
}

// No file makes the reader fail or stop, and the log goes on behind whatever lies there.
func FuzzLog(f *testing.F) {
	l, k, _ := log(f, suite.Age, 4)
	good, err := os.ReadFile(filepath.Join(l.Dir, "0000000001.log"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{good, good[:len(good)-1], good[10:], nil, []byte("\n\n\n"),
		[]byte(`{"n":9999999999,"do":"x"}` + "\n"),
		[]byte(`{"n":18446744073709551615,"do":"x"}` + "\n"), bytes.Repeat([]byte("x"), 3*most)} {
		f.Add(seed)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, "0000000001.log"), b, 0o600); err != nil {
			t.Fatal(err)
		}
		l := Log{dir, suite.Age, k.sign}
		if _, err := l.Check(Head{3, "sha256:00"}, k.verify); err != nil {
			t.Error(err)
		}
		head := put(t, l, morning)
		if yes, err := l.Has(head); !yes || err != nil {
			t.Errorf("line %d is there: %v, %v", head.N, yes, err)
		}
		if err := l.Prune(morning, morning); err != nil {
			t.Error(err)
		}
		for _, name := range []string{"0000000001.log", fmt.Sprintf("%010d.log", head.N)} {
			_ = os.Remove(filepath.Join(dir, name))
		}
	})
}
