package app_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "lianluo.local"

// words are the packages of the domain's words: pure, they import nothing but the journal.
const words = `data/(clerk|day|field|issued|journal|mask|matter|numbers|person|problem|profile|right|rota|session|site|` +
	`spelling|staff|suggestion|thing|trace|unit|words)`

// rooms says which packages of ours a package may import; the first row that matches counts, and $1 is what who caught.
// Paths are those inside the module, "main" is its top. Tests may import what they need.
var rooms = []struct{ who, may string }{
	{`^assets/`, `^$`},
	{`^data/(clerk|journal)$`, `^$`},
	{`^data/spelling$`, `^$`},
	{`^data/disk$`, `^$`},
	{`^data/home$`, `^data/disk$`},
	{`^data/(mask|numbers|pinyin|thing|words)$`, `^data/(journal|spelling)$`},
	{`^data/unit$`, `^data/(journal|numbers|spelling)$`},
	{`^data/problem$`, `^data/(spelling|words)$`},
	{`^data/right$`, `^data/(clerk|spelling|words)$`},
	{`^data/field$`, `^data/(day|problem|spelling|words)$`},
	{`^data/matter$`, `^data/(field|journal|mask|numbers|site|spelling|thing|unit|words)$`},
	{`^data/(issued|person|rota|session|site|suggestion)$`, `^data/(field|journal|mask|site|spelling|thing|unit|words)$`},
	{`^data/staff$`, `^data/(field|journal|right|spelling|thing|unit|words)$`},
	{`^data/profile$`, `^data/(field|matter|problem|spelling|words)$`},
	{`^data/store$`, `^data/(disk|journal|numbers|sealed|sealed/pages|thing|unit)$`}, // it knows kinds, none by name
	{`^data/(peer|view)$`, `^(` + words + `|data/store)$`},
	{`^data/search$`, `^(` + words + `|data/(disk|pinyin|sealed|sealed/pages))$`},
	{`^data/vault$`, `^(` + words + `|data/(disk|home|sealed|suite))$`},
	{`^data/audit$`, `^(` + words + `|data/(disk|suite))$`},
	{`^data/bundle$`, `^(` + words + `|data/suite)$`},
	{`^data/keyring$`, `^(` + words + `|data/(disk|sealed|suite))$`},
	{`^data/sealed$`, `^(` + words + `|data/(disk|home|suite))$`},
	{`^data/store/storetest$`, `^data/(sealed|sealed/pages)$`},
	{`^data/sealed/pages$`, `^data/(sealed|suite)$`},
	{`^data/(settings|stick)$`, `^(` + words + `|data/(disk|home))$`},
	{`^data/folder$`, `^(` + words + `|data/(disk|release))$`},
	{`^data/`, `^` + words + `$`},
	{`^app$`, `^(app|data|assets)/`},
	{`^app/(apptest|demo|bench)(/|$)`, `^(app$|app/|data/|assets/)`}, // they play and measure the whole
	{`^app/courier$`, `^(data/|app/trust$|assets/version$)`},         // it judges by the one picture of whom we believe
	{`^app/([^/]+)`, `^(data/|assets/|app/$1(/|$))`},
	{`^ui/window(/|$)`, `^(ui/|app$|app/|` + words + `$|data/(home|settings)$|assets/)`}, // the frame around all pages
	{`^ui/screen$`, `^(ui/window|data/(home|problem))$`},                                 // the door to it, shut where a program is commands alone
	{`^ui/(command)(/|$)`, `^(ui/$1(/|$)|app$|app/|` + words + `$|data/(home|settings)$|assets/)`},
	{`^ui/console$`, `^$`},
	{`^ui/look(/|$)`, `^(ui/look/|assets/)`},
	{`^ui/kit$`, `^(ui/look$|app/paper/typeset$|data/(field|problem|spelling)$)`}, // it knows no word of our work
	{`^ui/kit/kittest$`, `^ui/(kit|look)$`},
	{`^ui/show$`, `^(ui/(kit|look)$|app/|` + words + `$|assets/)`}, // what pages share
	{`^ui/([^/]+)`, `^(ui/(kit|look|show)$|ui/$1(/|$)|app/|` + words + `$|data/(home|settings)$|assets/)`},
	{`^main$`, `^(ui/(screen|command|console)|app|app/explain|assets/fonts)$`},
}

// abroad says who may import what is not ours. The measurements compare with the usual way of doing it, so they may.
var abroad = []struct{ what, who string }{
	{`^fyne\.io/`, `^ui/`},
	{`^database/sql(/|$)`, `^(data/(peer|sealed/pages|store|search)$|app/bench/)`}, // pages opens what is sealed
	{`^github\.com/mattn/go-sqlite3$`, `^(data/(sealed/pages|store|store/storetest|search)$|app/bench/)`},
	{`gofpdf`, `^app/paper(/|$)`},
	{`^github\.com/xuri/excelize/`, `^app/(export|sheet|paper/table)(/|$)`},
	{`^os/exec$`, `^(app/(installer|printer|outside)|ui/screen)$`},
}

// never says what must not be reached, not even through others.
var never = []struct{ who, what string }{
	{`^(ui/command|app|data|assets)(/|$)`, `^fyne\.io/`},
	{`^ui/look/language$`, `^(text/template|fyne\.io/.*)$`},              // it has to start before them
	{`^ui/window(/|$)`, `^` + regexp.QuoteMeta(module) + `/ui/command$`}, // main alone chooses between the two
}

// fortests are the packages that tests alone import.
var fortests = regexp.MustCompile(`^(app/(apptest|outside|paper/papertest|sheet/messy)|data/store/storetest|ui/kit/kittest)$`)

// listed is a package as go list tells of it.
type listed struct {
	ImportPath    string
	Imports, Deps []string
}

func inside(path string) (string, bool) {
	if path == module {
		return "main", true
	}
	return strings.CutPrefix(path, module+"/")
}

// violations names who breaks which rule.
func violations(pkgs []listed) (found []string) {
	for _, p := range pkgs {
		who, _ := inside(p.ImportPath)
		may := ""
		for _, r := range rooms {
			if m := regexp.MustCompile(r.who).FindStringSubmatch(who); m != nil {
				if may = r.may; len(m) > 1 {
					may = strings.ReplaceAll(may, "$1", regexp.QuoteMeta(m[1]))
				}
				break
			}
		}
		if may == "" {
			found = append(found, who+" stands in no room of the house")
			continue
		}
		for _, path := range p.Imports {
			what, ours := inside(path)
			if ours && !regexp.MustCompile(may).MatchString(what) {
				found = append(found, who+" imports "+what)
			}
			if ours && fortests.MatchString(what) && !fortests.MatchString(who) {
				found = append(found, who+" imports "+what+", which is for tests")
			}
			for _, r := range abroad {
				if !ours && regexp.MustCompile(r.what).MatchString(path) && !regexp.MustCompile(r.who).MatchString(who) {
					found = append(found, who+" imports "+path)
				}
			}
		}
		for _, r := range never {
			if regexp.MustCompile(r.who).MatchString(who) {
				if i := slices.IndexFunc(p.Deps, regexp.MustCompile(r.what).MatchString); i >= 0 {
					found = append(found, who+" reaches "+p.Deps[i])
				}
			}
		}
	}
	return found
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestWhoMayImportWhom(t *testing.T) {
	for _, system := range []string{"linux", "windows"} {
		cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,Deps", "./...")
		cmd.Dir, cmd.Env = root(t), append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var pkgs []listed
		for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
			var p listed
			if err := dec.Decode(&p); err != nil {
				t.Fatal(err)
			}
			pkgs = append(pkgs, p)
		}
		if len(pkgs) < 20 {
			t.Fatalf("%s: only %d packages listed", system, len(pkgs))
		}
		for _, v := range violations(pkgs) {
			t.Errorf("%s: %s", system, v)
		}
		called := map[string]string{}
		for _, p := range pkgs {
			name := p.ImportPath[strings.LastIndexByte(p.ImportPath, '/')+1:]
			if called[name] != "" {
				t.Errorf("%s: %s and %s have one name", system, called[name], p.ImportPath)
			}
			called[name] = p.ImportPath
		}
	}
}

// The checker itself: made-up packages, each with the one thing that is wrong with it.
func TestRulesCatch(t *testing.T) {
	for _, c := range []struct{ who, imports, deps, want string }{
		{"assets/fonts", "embed", "", ""},
		{"assets/fonts", "data/journal", "", "assets/fonts imports data/journal"},
		{"assets/fonts", "assets/icons", "", "assets/fonts imports assets/icons"},
		{"data/journal", "data/problem", "", "data/journal imports data/problem"},
		{"data/spelling", "data/journal", "", "data/spelling imports data/journal"},
		{"data/matter", "data/journal", "", ""},
		{"data/matter", "data/problem", "", "data/matter imports data/problem"},
		{"data/matter", "data/field", "", ""},
		{"data/field", "data/words data/problem", "", ""},
		{"data/field", "data/matter", "", "data/field imports data/matter"},
		{"data/matter", "assets/category", "", "data/matter imports assets/category"},
		{"data/store", "data/thing database/sql github.com/mattn/go-sqlite3", "", ""},
		{"data/store", "data/matter", "", "data/store imports data/matter"},
		{"data/store", "data/search", "", "data/store imports data/search"},
		{"data/store", "data/peer", "", "data/store imports data/peer"},
		{"data/peer", "data/store data/unit database/sql", "", ""},
		{"data/peer", "data/view", "", "data/peer imports data/view"},
		{"data/view", "database/sql", "", "data/view imports database/sql"},
		{"data/store", "data/pinyin", "", "data/store imports data/pinyin"},
		{"data/search", "data/pinyin", "", ""},
		{"data/settings", "data/home", "", ""},
		{"data/home", "data/settings", "", "data/home imports data/settings"},
		{"data/bundle", "app/desk", "", "data/bundle imports app/desk"},
		{"data/bundle", "database/sql", "", "data/bundle imports database/sql"},
		{"app", "app/desk data/store assets/names", "", ""},
		{"app", "ui/window", "", "app imports ui/window"},
		{"app/desk", "data/store assets/workday", "", ""},
		{"app/desk", "app/ledger", "", "app/desk imports app/ledger"},
		{"app/desk", "app", "", "app/desk imports app"},
		{"app/paper", "app/paper/typeset", "", ""},
		{"app/paper/typeset", "github.com/jung-kurt/gofpdf", "", ""},
		{"app/paper/usual", "app/paper", "", ""},
		{"app/paper/typeset", "app/papers", "", "app/paper/typeset imports app/papers"},
		{"app/report", "github.com/jung-kurt/gofpdf", "", "app/report imports github.com/jung-kurt/gofpdf"},
		{"app/report", "github.com/xuri/excelize/v2", "", "app/report imports github.com/xuri/excelize/v2"},
		{"app/paper/table", "github.com/xuri/excelize/v2", "", ""},
		{"app/sheet", "app/sheet/grid github.com/xuri/excelize/v2 data/day", "", ""},
		{"app/sheet", "app/sheet/messy", "", "app/sheet imports app/sheet/messy, which is for tests"},
		{"app/report", "app/paper/typeset", "", "app/report imports app/paper/typeset"},
		{"app/demo", "app app/desk", "", ""},
		{"app/demonstration", "app/desk", "", "app/demonstration imports app/desk"},
		{"app/demo", "app/apptest", "", "app/demo imports app/apptest, which is for tests"},
		{"ui/window", "app/outside", "", "ui/window imports app/outside, which is for tests"},
		{"app/apptest", "app app/setup data/store/storetest", "", ""},
		{"app/desk", "os/exec", "", "app/desk imports os/exec"},
		{"app/printer", "os/exec", "", ""},
		{"app/courier", "app/trust data/store", "", ""},
		{"app/courier", "app/desk", "", "app/courier imports app/desk"},
		{"app/trust", "app/courier", "", "app/trust imports app/courier"},
		{"app/courier", "fyne.io/fyne/v2", "", "app/courier imports fyne.io/fyne/v2"},
		{"ui/book", "ui/kit ui/look app/ledger data/matter data/home data/settings assets/icons fyne.io/fyne/v2", "", ""},
		{"ui/book", "ui/tray", "", "ui/book imports ui/tray"},
		{"ui/book", "ui/show", "", ""},
		{"ui/show", "ui/kit app/ledger data/words assets/category", "", ""},
		{"ui/show", "ui/book", "", "ui/show imports ui/book"},
		{"ui/show", "data/settings", "", "ui/show imports data/settings"},
		{"ui/kit", "ui/look app/paper/typeset data/field data/problem data/spelling", "", ""},
		{"ui/kit", "data/words", "", "ui/kit imports data/words"},
		{"ui/kit", "ui/show", "", "ui/kit imports ui/show"},
		{"ui/look", "assets/fonts ui/look/language", "", ""},
		{"ui/look", "ui/kit", "", "ui/look imports ui/kit"},
		{"ui/book", "app", "", "ui/book imports app"},
		{"ui/book", "data/store", "", "ui/book imports data/store"},
		{"ui/book", "data/view", "", "ui/book imports data/view"},
		{"ui/book", "data/keyring", "", "ui/book imports data/keyring"},
		{"ui/book", "os/exec", "", "ui/book imports os/exec"},
		{"ui/window", "app ui/kit ui/book", "", ""},
		{"ui/window", "ui/command", module + "/ui/command", "ui/window reaches lianluo.local/ui/command"},
		{"ui/window", "data/store", "", "ui/window imports data/store"},
		{"ui/window", "data/view", "", "ui/window imports data/view"},
		{"ui/place", "app", "", "ui/place imports app"},
		{"ui/command", "app app/explain", "", ""},
		{"ui/command", "ui/kit", "", "ui/command imports ui/kit"},
		{"ui/book", "ui/window", "", "ui/book imports ui/window"},
		{"ui/command", "app", "fyne.io/fyne/v2/theme", "ui/command reaches fyne.io/fyne/v2/theme"},
		{"ui/look/language", "os", "os text/template", "ui/look/language reaches text/template"},
		{"ui/screen", "ui/window data/home", "", ""},
		{"ui/screen", "app", "", "ui/screen imports app"},
		{"main", "ui/command ui/screen", "fyne.io/fyne/v2", ""},
		{"main", "ui/window", "", "main imports ui/window"},
		{"main", "data/store", "", "main imports data/store"},
		{"common/util", "", "", "common/util stands in no room of the house"},
	} {
		p := listed{ImportPath: path(c.who), Deps: strings.Fields(c.deps)}
		for _, what := range strings.Fields(c.imports) {
			p.Imports = append(p.Imports, path(what))
		}
		if got := strings.Join(violations([]listed{p}), "; "); got != c.want {
			t.Errorf("%s with %s: %q, want %q", c.who, c.imports, got, c.want)
		}
	}
}

// path is the import path of a package as the table above names it.
func path(name string) string {
	switch top, _, _ := strings.Cut(name, "/"); top {
	case "main":
		return module
	case "app", "ui", "data", "assets", "common":
		return module + "/" + name
	}
	return name
}

// The top of the repository stays as it was agreed: four folders and a handful of files. Dot names and what git ignores
// are nobody's business.
func TestTopLevel(t *testing.T) {
	agreed := strings.Fields("app ui data assets main.go FyneApp.toml go.mod go.sum README.md Makefile LICENSE")
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		have[name] = true
		if strings.HasPrefix(name, ".") || slices.Contains(agreed, name) {
			continue
		}
		ignored := exec.Command("git", "check-ignore", "-q", name)
		ignored.Dir = root(t)
		if ignored.Run() != nil {
			t.Errorf("%s stands at the top of the repository", name)
		}
	}
	for _, name := range []string{"app", "ui", "data", "assets", "main.go", "go.mod"} {
		if !have[name] {
			t.Error(fmt.Sprint(name, " is missing at the top of the repository"))
		}
	}
}

// What is shown is asked of app and its parts, and done by them: nothing in ui reaches through them into the store or
// its index.
func TestNobodyAboveAsksTheStore(t *testing.T) {
	reaches := regexp.MustCompile(`\.Store\b|\.Index\.`)
	err := filepath.WalkDir(filepath.Join(root(t), "ui"), func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return err
		}
		b, err := os.ReadFile(file)
		for i, line := range strings.Split(string(b), "\n") {
			if reaches.MatchString(line) {
				t.Errorf("%s:%d: %s", file, i+1, strings.TrimSpace(line))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever sits at a window is never sent to a command line: no sentence outside ui/command names a command. Three are
// heard where there is none.
func TestNoWindowNamesACommand(t *testing.T) {
	command := regexp.MustCompile(`"[^"\n]*\p{Han}[^"\n]*lianluo [a-z]+[^"\n]*"`)
	before := []string{"这里还没有建站", "这里没有屏幕", "这个程序只有命令"}
	for _, room := range []string{"../ui", "../app", "../data", "../assets"} {
		err := filepath.WalkDir(room, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() && path == "../ui/command" {
				return cmp.Or(err, filepath.SkipDir)
			}
			if e.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			b, err := os.ReadFile(path)
			for _, s := range command.FindAllString(string(b), -1) {
				if !slices.ContainsFunc(before, func(early string) bool { return strings.Contains(s, early) }) {
					t.Errorf("%s: %s", path, s)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What scrolls up and down comes from kit, which leaves room for the ring round what has the focus; only the frame around
// the pages has its own.
func TestOneWayToScroll(t *testing.T) {
	err := filepath.WalkDir("../ui", func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".go" || path == "../ui/kit/text.go" || path == "../ui/window/frame.go" {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "container.NewVScroll(") {
			t.Errorf("%s scrolls by itself", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is renamed or removed waits for who has it for a moment (data/disk); only the note of a save waits for nobody.
func TestOneWayToRename(t *testing.T) {
	out, err := exec.Command("grep", "-rnE", `\bos\.(Rename|Remove|RemoveAll)\(|\.root\.Rename\(`, "--include=*.go", "../app", "../data").Output()
	for line := range strings.Lines(string(out)) {
		if !regexp.MustCompile(`_test\.go:|^\.\./(app/(apptest|bench|demo)/|data/(disk/|store/life\.go|folder/drop\.go:.*Patiently))`).MatchString(line) {
			t.Error(line)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
