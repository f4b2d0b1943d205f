package command

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/tools/txtar"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/home"
)

var (
	stolenPeople = flag.Int("people", 40, "how many people a stolen computer knows")
	stolenKills  = flag.Int("deaths", 5, "of 100 commands that many are given again and killed")
)

// marks stand in all that people say at a stolen computer, and nowhere else: names and telephones begin with theirs.
var marks = map[string]string{"NAME": "钟馗骉", "PHONE": "13790417", "CLERK": "綦毓赟", "CONTACT": "138905260", "WORDS": "饕餮薅",
	"ADDRESS": "犄角旮旯", "TITLE": "蒹葭蘅", "ANSWER": "耄耋谳", "DRAFT": "魑魅魍", "SECRET": "石板桥东边的老槐树"}

// unlocked are beginnings of what is written without a lock: keys, papers, databases.
var unlocked = []string{"AGE-SECRET-KEY-", "PRIVATE KEY", "%PDF-", "SQLite format 3"}

// unplayed are the commands that know no real person.
var unplayed = map[string]string{"demo": "its people are invented", "bench": "its people are invented"}

// sought are the bytes that tell a text: as it is, in the two orders of UTF-16, and each of them in base64 wherever it begins.
func sought(text string) (list [][]byte) {
	forms := [][]byte{[]byte(text)}
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		b, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(text))
		if err != nil {
			panic(err)
		}
		forms = append(forms, b)
	}
	for _, b := range forms {
		list = append(list, b)
		for before := range 3 {
			for _, way := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				s := way.EncodeToString(append(make([]byte, before), b...))
				s = s[(before*8+5)/6 : (before+len(b))*8/6]
				if !slices.ContainsFunc(list, func(b []byte) bool { return string(b) == s }) {
					list = append(list, []byte(s))
				}
			}
		}
	}
	return list
}

// reads names the files below a folder that tell a text, by their bytes or their names.
func reads(t *testing.T, dir string, texts ...string) (found []string) {
	t.Helper()
	for _, text := range texts {
		forms := sought(text)
		has := func(b []byte) bool {
			return slices.ContainsFunc(forms, func(f []byte) bool { return bytes.Contains(b, f) })
		}
		if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, _ := filepath.Rel(dir, name)
			if has([]byte(rel)) {
				found = append(found, text+" names "+rel)
			}
			if d.Type().IsRegular() {
				b, err := os.ReadFile(name)
				if has(b) {
					found = append(found, text+" in "+rel)
				}
				return err
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// stolen is a computer that is going to be.
type stolen struct {
	*testing.T
	dice   *rand.Rand
	dir    string            // all that its programs write, and his/, which is the person's own
	vars   map[string]string // by name
	now    time.Time
	played map[string]bool // commands with their word, whether it was ever done
	killed int
	left   int // copies of the computer, as a command that was to be killed left them
}

func (s *stolen) home(who string) string { return filepath.Join(s.dir, "pc", who) }

// command is the program with its words, which are typed something, in a world of its own.
func (s *stolen) command(ctx context.Context, place, typed string, words ...string) *exec.Cmd {
	itself, err := os.Executable()
	if err != nil {
		s.Fatal(err)
	}
	pc := filepath.Join(s.dir, place)
	cmd := exec.CommandContext(ctx, itself, words...)
	cmd.Dir, cmd.Stdin = filepath.Join(pc, "work"), strings.NewReader(typed)
	cmd.Env = []string{program + "=1", clock + "=" + s.now.Format(time.RFC3339), "GOGC=400", "LANG=C.UTF-8",
		"PATH=" + filepath.Join(s.dir, "bin") + ":/usr/bin:/bin", "GORACE=atexit_sleep_ms=0",
		"HOME=" + filepath.Join(pc, "user"), "TMPDIR=" + filepath.Join(pc, "tmp"),
		"XDG_CONFIG_HOME=" + filepath.Join(pc, "user", "config"), "XDG_CACHE_HOME=" + filepath.Join(pc, "user", "cache"),
		"XDG_DATA_HOME=" + filepath.Join(pc, "user", "data"), "XDG_RUNTIME_DIR=" + filepath.Join(pc, "run")}
	return cmd
}

// line plays one line.
func (s *stolen) line(line string) {
	s.now = s.now.Add(time.Second)
	line, keeps, _ := strings.Cut(line, " >> ")
	line, typed, _ := strings.Cut(line, " << ")
	expand := func(text string) string { return os.Expand(text, func(name string) string { return s.vars[name] }) }
	words := strings.Fields(line)
	who, want, words := words[0], words[1], words[2:]
	form := words[0]
	if len(words) > 1 && slices.Contains(forms(), form+" "+words[1]) {
		form += " " + words[1]
	}
	for i := range words {
		words[i] = expand(words[i])
	}
	words = append([]string{"--home", s.home(who)}, words...)
	if app.Locked(home.Home(s.home(who))) && !slices.Contains(words, "--password-file") {
		words = append(words, "--user", marks["CLERK"]+map[string]string{"c": "甲", "s": "乙", "b": "乙"}[who], "--password-file",
			s.vars["secret"])
	}
	if keeps != "" {
		words = append(words, "--json")
	}
	// what is said once more is another thing that somebody says, and would be in the way of the lines that follow
	once := typed != "" && form != "receive" || form == "forgot ask" || words[2] == "init"
	struck := s.dice.IntN(100) < *stolenKills
	if once && struck && who != "b" { // which is not locked yet
		s.aside(func() { s.again(expand(typed), words) })
	}
	cmd := s.command(s.Context(), "pc", expand(typed), words...)
	if want == "!" {
		cmd.Env = append(cmd.Env, "STRIKES=1")
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if code := cmd.ProcessState.ExitCode(); want != "?" && want != fmt.Sprint(code) && (want != "!" || code != -1) {
		s.Errorf("%s: exit %d %v\n%s%s", line, code, err, out.String(), errs.String())
	}
	s.played[form] = s.played[form] || err == nil
	if form == "recovery sheet" {
		s.write("words.txt", s.large("safe.pdf"))
	}
	if key, name, ok := strings.Cut(keeps, " "); ok {
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		var object map[string]any
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &object); err != nil {
			s.Errorf("%s: %v", line, err)
		}
		s.vars[name] = fmt.Sprint(object[key])
	}
	if struck && !once {
		s.again(expand(typed), words)
	}
}

// aside lets something happen at a copy of the computer that stays as it was left, beside the one that goes on.
func (s *stolen) aside(do func()) {
	s.Helper()
	pc, kept, left := filepath.Join(s.dir, "pc"), filepath.Join(s.dir, "kept"), filepath.Join(s.dir, "left", fmt.Sprint(s.left))
	if err := errors.Join(os.Rename(pc, kept), os.CopyFS(pc, os.DirFS(kept))); err != nil {
		s.Fatal(err)
	}
	do()
	s.left++
	if err := errors.Join(os.Rename(pc, left), os.Rename(kept, pc)); err != nil {
		s.Fatal(err)
	}
}

// again gives a command, once more or for the first time, and kills it somewhere on its way.
func (s *stolen) again(typed string, words []string) {
	ctx, stop := context.WithTimeout(s.Context(), time.Duration(20+s.dice.IntN(300))*time.Millisecond)
	defer stop()
	var exit *exec.ExitError
	if err := s.command(ctx, "pc", typed, words...).Run(); errors.As(err, &exit) && exit.ExitCode() == -1 {
		s.killed++
	}
}

func (s *stolen) write(name, text string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.vars["his"], name), []byte(text), 0o600); err != nil {
		s.Fatal(err)
	}
}

// large are the words of a recovery sheet.
func (s *stolen) large(name string) string {
	b, err := os.ReadFile(filepath.Join(s.vars["his"], name))
	if err != nil {
		s.Fatal(err)
	}
	text, err := largest(b)
	if err != nil {
		s.Fatal(err)
	}
	return text
}

// forms are the commands of the table, each with each word that its usage names first.
func forms() (list []string) {
	word := regexp.MustCompile(`^[a-z]+$`)
	for _, r := range commands() {
		for _, use := range strings.Split(r.use, " | ") {
			form := r.name
			if first, _, _ := strings.Cut(use, " "); word.MatchString(first) {
				form += " " + first
			}
			if unplayed[r.name] == "" && !slices.Contains(list, form) {
				list = append(list, form)
			}
		}
	}
	return list
}

// Whoever steals, repairs or copies a computer on which nobody is signed in reads nothing of anybody: every command was used
// there, by real programs of which many were killed, and no byte that they wrote anywhere tells a name, a telephone or a word,
// in no writing; what was deleted, printed or half-written included. The files that a person saves where he says are his. With
// another account, where the home was copied to, no command tells anything, and with the password all of it is there.
func TestStolenComputer(t *testing.T) {
	suites := []string{"age"}
	if *whole {
		suites = append(suites, "sm")
	}
	for i, suite := range suites {
		t.Run(suite, func(t *testing.T) { steal(t, suite, uint64(i)) })
	}
}

func steal(t *testing.T, suite string, seed uint64) {
	now, err := time.Parse(time.RFC3339, evening)
	if err != nil {
		t.Fatal(err)
	}
	s := &stolen{T: t, dice: rand.New(rand.NewPCG(18, seed)), dir: apptest.Dir(t), now: now, played: map[string]bool{}}
	s.vars = map[string]string{"suite": suite, "his": filepath.Join(s.dir, "his"), "share": filepath.Join(s.dir, "pc", "share"),
		"stick": filepath.Join(s.dir, "pc", "stick"), "secret": filepath.Join(s.dir, "his", "secret.txt")}
	for name, mark := range marks {
		s.vars[name] = mark
	}
	s.vars["NAME"], s.vars["PHONE"] = somebody(0)
	for _, dir := range []string{"bin", "left", "his/stick", "pc/share", "pc/stick", "pc/work", "pc/user", "pc/tmp", "pc/run", "pc2/work",
		"pc2/user", "pc2/tmp"} {
		if err := os.MkdirAll(filepath.Join(s.dir, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	const lp = "#!/bin/sh\n[ -z \"$STRIKES\" ] || kill -KILL $PPID\ncat >/dev/null\n"
	if err := os.WriteFile(filepath.Join(s.dir, "bin", "lp"), []byte(lp), 0o700); err != nil {
		t.Fatal(err)
	}
	play, err := txtar.ParseFile("testdata/stolen.play")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range play.Files {
		s.write(f.Name, os.Expand(string(f.Data), func(name string) string { return s.vars[name] }))
	}
	s.write("secret.txt", marks["SECRET"]+"\n")
	var many strings.Builder
	for n := range *stolenPeople {
		name, phone := somebody(n)
		fmt.Fprintf(&many, `{"title":"%s%d","name":"%s","phone":"%s","words":"%s%d","address":"%s%d号","confidential":%t%s}`+"\n",
			marks["TITLE"], n, name, phone, marks["WORDS"], n, marks["ADDRESS"], n, n%5 == 1,
			map[bool]string{true: `,"onSpot":"resolved","onSpotAnswer":"` + marks["ANSWER"] + `"`}[n%4 == 0])
	}
	s.write("many.ndjson", many.String())

	line := regexp.MustCompile(`^[a-z] [0-9?!] `)
	for text := range strings.Lines(string(play.Comment)) {
		if line.MatchString(text) {
			s.line(strings.TrimRight(text, "\n"))
		}
	}
	var undone []string
	for _, form := range forms() {
		if done, ok := s.played[form]; !ok {
			t.Errorf("%s: no line of testdata/stolen.play", form)
		} else if !done {
			undone = append(undone, form)
		}
	}
	t.Logf("%d forms of commands, %d never done: %q; %d killed on their way; %d computers were left",
		len(s.played), len(undone), undone, s.killed, s.left)

	var texts []string
	for _, mark := range marks {
		texts = append(texts, mark)
	}
	for _, who := range []string{"s", "c", "b"} {
		b, err := os.ReadFile(filepath.Join(s.vars["his"], "diagnosis-"+who+".txt"))
		if err != nil || !bytes.Contains(b, []byte("matter")) {
			t.Errorf("a diagnosis of %s: %v\n%s", who, err, b)
		}
		for _, text := range texts {
			if bytes.Contains(b, []byte(text)) {
				t.Errorf("a diagnosis tells %s:\n%s", text, b)
			}
		}
	}
	if his := reads(t, s.vars["his"], texts...); len(his) < len(marks) {
		t.Errorf("not even his own files tell: %q", his)
	}
	for _, place := range []string{"pc", "left"} {
		if found := reads(t, filepath.Join(s.dir, place), append(texts, unlocked...)...); len(found) > 0 {
			t.Errorf("anybody reads:\n%s", strings.Join(found, "\n"))
		}
	}
	s.elsewhere(texts)
}

// somebody is one of many.
func somebody(n int) (name, phone string) {
	const stems, branches = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
	return marks["NAME"] + string([]rune(stems)[n%10]) + string([]rune(branches)[n/10%20]), fmt.Sprintf("%s%03d", marks["PHONE"], n)
}

// elsewhere is the home on another computer.
func (s *stolen) elsewhere(texts []string) {
	copied := filepath.Join(s.dir, "pc2", "s")
	if err := os.CopyFS(copied, os.DirFS(s.home("s"))); err != nil {
		s.Fatal(err)
	}
	for _, words := range []string{"list", "show 0001", "held 0001", "lost", "export --out $his/none --private",
		"backup --out $his/none.db", "audit list", "user list", "status", "check", "sync", "sync --watch", "roster list --private",
		"agenda list", "view list", "protect show", "protect on", "restore $stick/copy.db"} {
		words = os.Expand(words, func(name string) string { return s.vars[name] })
		out, err := s.command(s.Context(), "pc2", "", append([]string{"--home", copied}, strings.Fields(words)...)...).CombinedOutput()
		if err == nil || slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(string(out), text) }) {
			s.Errorf("%s, without a password: %v\n%s", words, err, out)
		}
	}
	out, err := s.command(s.Context(), "pc2", "", "--home", copied, "--user", marks["CLERK"]+"乙", "--password-file",
		s.vars["secret"], "list", "--private", "--limit", "1000").CombinedOutput()
	if n := strings.Count(string(out), "\n"); err != nil || n < *stolenPeople {
		s.Errorf("with the password %d of %d are there: %v", n, *stolenPeople, err)
	}
}
