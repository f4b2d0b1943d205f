// Package setup makes a home: who we are, our keys, an empty database, our place in the shared folder.
package setup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"lianluo.local/assets/places"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/settings"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Answers are what the first page asks, or what init is told.
type Answers struct {
	Role     string // station, county, city, or its Chinese word
	Unit     string // code of a station or of a place
	Name     string // "" for the usual name of the place's unit
	Phone    string
	Clerk    string
	Folder   string     // "" for none yet
	Parent   string     // "" for the office above
	Suite    string     // of the keys: "" or "age" for the usual one, "sm" for 国密; a county and its stations use the same
	Practice bool       // papers carry 练习, and time may be set
	Key      sealed.Key // seals the records from the beginning; the zero key does not
}

// Roles are the three kinds of home.
var Roles = words.List{
	{Code: "station", Name: "联络站（点）"}, {Code: "county", Name: "县（市、区）人大"}, {Code: "city", Name: "市人大"},
}

// asked are the words for the roles where somebody is asked for one.
var asked = words.List{{Code: "station", Name: "联络站"}, {Code: "county", Name: "县人大"}, {Code: "city", Name: "市人大"}}

// suites are the names that a person gives the suites.
var suites = words.List{{Code: "age", Name: "通用"}, {Code: "sm", Name: "国密"}}

// suite is the one that is asked for.
func (a Answers) suite() string {
	if code, _ := suites.Parse(a.Suite); code == "sm" {
		return suite.SM
	}
	return suite.Age
}

// ErrExists says that this home was set up before; nothing has changed.
var ErrExists = problem.New("home was set up before", "这里已经建过站了，没有改动。要另建一个，请换一个文件夹（--home）。")

// errApart says that a home and its shared folder would lie one in the other; nothing has changed.
var errApart = problem.New("home and shared folder lie in each other", "资料文件夹和共享文件夹不能一个放在另一个里面：共享文件夹里的东西别的单位都看得到。"+
	"没有改动，请换一个文件夹。")

// ErrTaken says that a database lies where the home is to be made, and it is not this computer's; nothing has changed.
var ErrTaken = problem.New("another database lies here", "这里已经有一个资料库（lianluo.db），不是本机本单位的，没有动它，也没有建站。"+
	"请换一个文件夹（--home），或先把它挪到别处。")

// Check gives the settings that follow from the answers, or what is wrong with them.
func (a Answers) Check() (settings.Settings, problem.Problems) {
	wrong := problem.Problems{}
	role, ok := Roles.Parse(a.Role)
	if !ok {
		role, ok = asked.Parse(a.Role)
	}
	if !ok {
		wrong["role"] = "请选联络站、县人大或市人大（station、county、city）"
	}
	s := settings.Settings{Role: journal.Level(role), Name: strings.TrimSpace(a.Name),
		Phone: strings.TrimSpace(a.Phone),
		Clerk: strings.TrimSpace(a.Clerk), Folder: strings.TrimSpace(a.Folder), Practice: a.Practice,
		Paper: "a5", TextSize: 18, Theme: "light", Hours: "工作日 8:30—11:30，14:30—17:30"}
	s.Unit, ok = unit.Parse(a.Unit)
	place, known := places.ByCode(s.Unit[:min(len(s.Unit), 12)])
	fits := map[journal.Level]bool{
		journal.Station: len(s.Unit) > 12, journal.County: place.Level == "county", journal.City: place.Level == "city",
	}[s.Role]
	switch {
	case strings.TrimSpace(a.Unit) == "":
		wrong["unit"] = "请选单位所在的县、乡镇、村（社区）"
	case !ok || !known:
		wrong["unit"] = "没有这个单位，请核对代码"
	case wrong["role"] == "" && !fits:
		wrong["unit"] = "单位和角色对不上，请重新选"
	}
	if _, ok := suites.Parse(cmp.Or(a.Suite, "age")); !ok {
		wrong[""] = "加密方式请写 age（通用）或 sm（国密）"
	}
	if len(wrong) > 0 {
		return s, wrong
	}
	s.Parent = unit.Parent(s.Unit)
	if a.Parent != "" {
		parent, ok := unit.Parse(a.Parent)
		if s.Parent = parent; !ok || !unit.Above(parent, s.Unit) {
			wrong["parent"] = "上级单位的代码不对，请核对"
		}
	}
	if s.Name == "" {
		s.Name = places.Of(s.Unit).Full
	}
	s.Organisation = places.Organisation(s.Unit)
	if _, fault := spelling.Phones(s.Phone); fault != spelling.Sound {
		wrong["phone"] = fault.Sentence()
	}
	if len([]rune(s.Name)) > 60 {
		wrong["unitName"] = "名称太长，最多 60 个字"
	}
	if s.Folder != "" {
		if dir, err := filepath.Abs(s.Folder); err == nil {
			s.Folder = dir
		}
		if info, err := os.Stat(s.Folder); err != nil || !info.IsDir() {
			wrong["folder"] = "没有这个文件夹，请先建好或插好U盘再选"
		}
	}
	return s, wrong
}

// Home makes the home: keys and database first, settings last, so that a home either is set up or is not. The clock and
// random (64 bytes for the keys, 16 for the replica) are given. It fails with problem.Problems or ErrExists.
func Home(ctx context.Context, h home.Home, a Answers, random io.Reader) (s settings.Settings, err error) {
	s, wrong := a.Check()
	if len(wrong) > 0 {
		return s, wrong
	}
	if h.Exists() {
		return s, ErrExists
	}
	if err := h.Apart(s.Folder); err != nil {
		return s, fmt.Errorf("%w: %w", errApart, err)
	}
	if err := open(h); err != nil {
		return s, Unwritable{h, err}
	}
	was, err := keyring.Load(string(h), a.Key) // of an earlier attempt, or of a home whose settings were lost
	if err != nil && !errors.Is(err, keyring.ErrNone) {
		return s, fmt.Errorf("set up: %w", err)
	}
	err = store.Own(ctx, h.Database(), h.Note(), a.Key, func(r journal.Record) bool { return was.Wrote(s.Unit, r) })
	none := errors.Is(err, os.ErrNotExist)
	if errors.Is(err, store.ErrForeign) {
		return s, fmt.Errorf("%w: %w", ErrTaken, err)
	}
	if err != nil && !none {
		return s, fmt.Errorf("set up: %w", err)
	}
	if s.Folder != "" {
		if s.FolderID, err = folder.Prepare(s.Folder, mark(s)); err != nil {
			return s, fmt.Errorf("set up: %w", err)
		}
	}
	keys, err := keyring.Create(string(h), a.suite(), a.Key, random)
	if errors.Is(err, keyring.ErrExists) { // an earlier attempt made them and came no further
		keys, err = keyring.Load(string(h), a.Key)
	}
	if err == nil && keys.Current.Suite != a.suite() {
		err = ErrExists
	}
	if err != nil {
		return s, fmt.Errorf("set up: %w", err)
	}
	if none { // a note that lies here is of a database that is gone
		if err := disk.RemoveAll(h.Note()); err != nil {
			return s, fmt.Errorf("set up: %w", err)
		}
	}
	db, err := store.Create(ctx, store.Options{Path: h.Database(), Backups: h.Backups(), Random: random, Key: a.Key})
	if err != nil {
		return s, fmt.Errorf("set up: %w", err)
	}
	if err := db.Close(); err != nil {
		return s, fmt.Errorf("set up: %w", err)
	}
	return s, s.Save(h)
}

// Unwritable says that nothing can be written where the home is to lie.
type Unwritable struct {
	Home home.Home // "" where the system has no place for a person's files
	Err  error
}

func (u Unwritable) Error() string { return fmt.Sprintf("home %q: %v", u.Home, u.Err) }

// Unwrap gives the reason.
func (u Unwritable) Unwrap() error { return u.Err }

// Sentence is what a person hears.
func (u Unwritable) Sentence() string {
	if u.Home == "" {
		return "没有建站：这台电脑没有给您留放资料的位置（没有主文件夹）。请指定一个能写的文件夹，或请管电脑的人设好。"
	}
	return fmt.Sprintf("没有建站：资料要放在 %s，那里写不进去。请换一个能写的文件夹，或请管电脑的人开通。", u.Home)
}

// open makes the folder of a home, its owner's alone, and sees that files may be written there.
func open(h home.Home) error {
	if err := h.Make(); err != nil {
		return err
	}
	f, err := os.CreateTemp(string(h), ".part-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), disk.Remove(f.Name()))
}

// SetFolder changes the shared folder of a home; "" takes it away.
func SetFolder(h home.Home, s *settings.Settings, dir string) error {
	next := *s
	next.Folder = dir
	if dir != "" {
		var err error
		if next.Folder, err = filepath.Abs(dir); err != nil {
			return fmt.Errorf("folder: %w", err)
		}
		if err := h.Apart(next.Folder); err != nil {
			return fmt.Errorf("%w: %w", errApart, err)
		}
		if err := next.Placed(); err != nil {
			return fmt.Errorf("folder: %w", err)
		}
		if next.FolderID, err = folder.Prepare(next.Folder, mark(*s)); err != nil {
			return fmt.Errorf("folder: %w", err)
		}
	}
	if err := next.Save(h); err != nil {
		return err
	}
	*s = next
	return nil
}

// mark is the id of a directory that becomes a shared folder: the one that the home knows, so that the other offices,
// too, go on in a folder whose marker was deleted; else the one of its city, so that a stick which a station began is
// none the less the county's, and may be copied into its folder whole.
func mark(s settings.Settings) string {
	city := fmt.Appendf(nil, "lianluo:folder/%s/%t", s.Unit[:4], s.Practice)
	return cmp.Or(s.FolderID, uuid.NewSHA1(uuid.NameSpaceURL, city).String())
}
