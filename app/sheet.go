package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/paper"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/printer"
	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
	"lianluo.local/data/vault"
)

// ErrSheetHere says that a recovery sheet would lie with what it is to outlive, or where everybody reads.
var ErrSheetHere = problem.New("place of a recovery sheet", "恢复单不能放在这里：资料文件夹会跟着电脑一起没了，共享文件夹别人看得到。"+
	"请另选一个地方（比如另一个U盘），打印以后把文件删掉。")

// Holder is what a home keeps of its recovery sheet.
type Holder = keyring.Holder

// ErrNoSheet says that a home has none.
var ErrNoSheet = keyring.ErrNoSheet

// SheetTyped says whether as many characters were typed as stand on a sheet.
func SheetTyped(text string) bool { return keyring.SheetTyped(text) }

// Held gives the home's recovery sheet. It fails with ErrNoSheet.
func (a *App) Held() (Holder, error) { return keyring.LoadSheet(string(a.Home), a.key) }

// SheetDays says when a sheet was made, and when somebody last typed its words and who, "" for never.
func (a *App) SheetDays(ctx context.Context, h Holder) (made, tried string) {
	day := func(t time.Time) string { return t.In(a.Now().Location()).Format("2006年1月2日") }
	if made = "以前的电脑上"; !h.Made.IsZero() {
		made = day(h.Made)
	}
	switch {
	case h.Tried.IsZero():
	case h.By == "":
		tried = day(h.Tried) + "试过"
	default:
		tried = day(h.Tried) + "由" + a.SheetTrier(ctx, h) + "试过"
	}
	return made, tried
}

// SheetTrier names who last typed the words of a sheet. Where there are users their IDs are kept, which tell nobody without
// the records who he is.
func (a *App) SheetTrier(ctx context.Context, h Holder) string {
	if s, err := a.Crew.Staff(ctx, a.Settings.Unit); err == nil {
		if u, ok := s.Find(h.By); ok {
			return u.Name
		}
	}
	return h.By
}

// Sheet is a recovery sheet that was just made: its words, which are on no disk, and what the home keeps of it.
type Sheet struct {
	keyring.Sheet
	Holder
}

// String keeps the words out of logs.
func (s Sheet) String() string { return s.Sheet.String() }

// NewSheet draws the words of a new sheet; nothing is kept before Hold. It fails with Doubt, because the sheet bears
// the day, and with keyring.ErrHasSheet where the home has one that is not to be replaced.
func (a *App) NewSheet(ctx context.Context, random io.Reader, replace bool) (s Sheet, err error) {
	if err := a.guard.Sits(ctx, right.Backup); err != nil {
		return s, err
	}
	if err := a.Doubts(ctx); err != nil {
		return s, err
	}
	if _, err := a.Held(); err == nil && !replace {
		return s, keyring.ErrHasSheet
	}
	if s.Sheet, err = keyring.NewSheet(random); err != nil {
		return s, err
	}
	s.Holder, err = s.Sheet.Holder(a.Trust.Keys().Current.Suite, a.Now().UTC())
	return s, err
}

// SheetPaper is the paper of a sheet.
func (a *App) SheetPaper(ctx context.Context, s Sheet) (typeset.Document, error) {
	o, err := a.Issuer(ctx)
	if err != nil {
		return typeset.Document{}, err
	}
	return paper.Recovery(s.Words(), s.Number(), o)
}

// SaveSheet writes a sheet into a file, to be printed elsewhere, and lets it be the home's. It fails with ErrSheetHere
// where the file would lie in the home or in the shared folder, links resolved.
func (a *App) SaveSheet(ctx context.Context, s Sheet, file string) error {
	for _, dir := range []string{string(a.Home), a.Settings.Folder} {
		if dir != "" && home.Within(file, dir) {
			return ErrSheetHere
		}
	}
	d, err := a.SheetPaper(ctx, s)
	if err != nil {
		return err
	}
	if _, err := a.Save(d, file, false); err != nil {
		return err
	}
	return a.Hold(ctx, s)
}

// PrintSheet prints a sheet, of which no file stays, and lets it be the home's, also where it fails with printer.Waiting.
func (a *App) PrintSheet(ctx context.Context, s Sheet) (err error) {
	defer func() { a.note(a.Clerk(), audit.Print, "sheet", err) }()
	d, err := a.SheetPaper(ctx, s)
	if err != nil {
		return err
	}
	pdf, err := d.PDF()
	if err != nil {
		return err
	}
	job := printer.Job{Paper: "恢复单", File: "恢复单.pdf", Printer: a.Settings.Printer, Sheets: sheets(d)}
	err = printer.Once(ctx, job, pdf)
	if err != nil && !errors.As(err, &printer.Waiting{}) { // which will come out
		return err
	}
	return errors.Join(a.Hold(ctx, s), err)
}

// Hold lets a sheet that is on paper be the home's, and locks away what was said in confidence so far.
func (a *App) Hold(ctx context.Context, s Sheet) error {
	if err := a.guard.Sits(ctx, right.Backup); err != nil {
		return err
	}
	if err := keyring.SaveSheet(string(a.Home), a.key, s.Holder); err != nil {
		return err
	}
	if a.key.Given() {
		if err := a.change(func(v *vault.Vault) error { return a.addSheet(v, a.key) }); err != nil {
			return err
		}
	}
	return a.Store.Preserve(ctx, a.Now())
}

// sealing is the home's sheet as the store needs it, nil for none. It is read each time: another program of this home
// may make one.
func (a *App) sealing() (*store.Sheet, error) {
	h, err := a.Held()
	if errors.Is(err, ErrNoSheet) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kind, err := suite.Named(h.Suite())
	if err != nil {
		return nil, err
	}
	return &store.Sheet{Number: h.Number(), Seal: func(plain []byte) ([]byte, error) {
		return kind.Encrypt(plain, []suite.Public{h.Public})
	}}, nil
}

// TrySheet reads words that somebody types from the paper and notes that they are right. It fails with the errors of
// keyring.ReadSheet, with ErrNoSheet or keyring.ErrOtherSheet.
func (a *App) TrySheet(ctx context.Context, by clerk.Clerk, text string) (h Holder, err error) {
	if err := a.guard.Ask(ctx, by, right.Backup); err != nil {
		return h, err
	}
	if h, err = a.Held(); err != nil {
		return h, err
	}
	_, typed, err := a.typed(text)
	if err != nil {
		return h, err
	}
	if !typed.Equal(h.Public) {
		return h, keyring.ErrOtherSheet
	}
	return a.Tried(ctx, by, h)
}

// typed gives what stands behind words that somebody types.
func (a *App) typed(text string) (own suite.Secret, h Holder, err error) {
	s, err := keyring.ReadSheet(text)
	if err != nil {
		return own, h, err
	}
	name := a.Trust.Keys().Current.Suite
	if own, err = s.Keys(name); err != nil {
		return own, h, err
	}
	h, err = s.Holder(name, a.Now().UTC())
	return own, h, err
}

// Tried notes that the words of the home's sheet were typed from the paper and are right.
func (a *App) Tried(ctx context.Context, by clerk.Clerk, h Holder) (Holder, error) {
	if err := a.guard.Ask(ctx, by, right.Backup); err != nil {
		return h, err
	}
	h.Tried, h.By = a.Now().UTC(), cmp.Or(by.User, strings.TrimSpace(by.Name))
	if err := keyring.SaveSheet(string(a.Home), a.key, h); err != nil {
		return h, fmt.Errorf("sheet was tried: %w", err)
	}
	return h, nil
}

// ErrNothingLocked says that no words of this unit are locked on this computer.
var ErrNothingLocked = problem.New("no keepsakes here", "这台电脑上没有要用恢复单打开的内容。换了电脑的，请先和上级接上、报送一两次，再来打开。")

// OpenSheet gives the private words back that a sheet opens, by what somebody types from it; what could not be opened
// stays as it is. Where the home has no sheet of its own it takes this one over. It fails with the errors of
// keyring.ReadSheet, with ErrNothingLocked or keyring.ErrOtherSheet.
func (a *App) OpenSheet(ctx context.Context, by clerk.Clerk, text string) (u store.Unlocked, err error) {
	defer func() { a.note(by, audit.Sheet, "", err) }()
	if err := a.guard.Ask(ctx, by, right.Backup); err != nil {
		return u, err
	}
	own, h, err := a.typed(text)
	if err != nil {
		return u, err
	}
	kind, err := suite.Named(own.Suite)
	if err != nil {
		return u, err
	}
	unseal := func(sealed []byte) ([]byte, error) { return kind.Decrypt(sealed, []suite.Secret{own}) }
	u, err = a.Store.Unlock(ctx, h.Number(), unseal, a.Now())
	if err != nil {
		return u, err
	}
	held, none := a.Held()
	switch {
	case errors.Is(none, ErrNoSheet) && u.Fits:
		h.Made = time.Time{}
		_, err = a.Tried(ctx, by, h)
	case none != nil && !errors.Is(none, ErrNoSheet):
		err = none
	case held.Equal(h.Public):
		_, err = a.Tried(ctx, by, held)
	case !u.Fits && len(u.Sheets) == 0:
		err = ErrNothingLocked
	case !u.Fits:
		err = keyring.ErrOtherSheet
	}
	if err != nil {
		return u, err
	}
	return u, errors.Join(a.searched(ctx), a.Store.Preserve(ctx, a.Now())) // to the sheet of today, if another one
}

// searched lets what came back be found.
func (a *App) searched(ctx context.Context) error {
	wanting, err := a.Store.Unsearched(ctx)
	if err != nil || !wanting {
		return err
	}
	if err := a.reindex(ctx); err != nil {
		return err
	}
	return a.Store.Searched(ctx, a.Now())
}

// KnownGone takes note that a person knows of private words that are not here: those of some matters, by their
// numbers, or for none of all that no sheet opens and no other computer has. It fails where one lacks none.
func (a *App) KnownGone(ctx context.Context, numbers []string) (list []store.Absent, err error) {
	if err := a.guard.Sits(ctx, right.Backup); err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		all, err := a.Store.Absences(ctx, "")
		if err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(all, func(l store.Absent) bool { return l.Where() != "nowhere" || l.Known })
	}
	for _, number := range numbers {
		v, err := a.Ledger.Show(ctx, number)
		if err != nil {
			return nil, err
		}
		one, err := a.Store.Absences(ctx, v.ID)
		if err != nil {
			return nil, err
		}
		if len(one) == 0 {
			return nil, problem.Problems{"": v.Number + " 什么也不缺，不用记"}
		}
		list = append(list, one...)
	}
	return list, a.Store.Acknowledge(ctx, list, a.Now())
}
