package app

import (
	"context"
	"fmt"
	"io"
	"strings"

	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
)

// ErrSheetHere says that a recovery sheet would lie with what it is to outlive, or where everybody reads.
var ErrSheetHere = problem.New("place of a recovery sheet", "恢复单不能放在这里：资料文件夹会跟着电脑一起没了，共享文件夹别人看得到。请另选一个地方（比如另一个U盘），打印以后把文件删掉。")

// Holder is what a home keeps of its recovery sheet.
type Holder = keyring.Holder

// ErrNoSheet says that a home has none.
var ErrNoSheet = keyring.ErrNoSheet

// SheetTyped says whether as many characters were typed as stand on a sheet.
func SheetTyped(text string) bool { return keyring.SheetTyped(text) }

// Held gives the home's recovery sheet. It fails with ErrNoSheet.
func (a *App) Held() (Holder, error) { return keyring.LoadSheet(string(a.Home)) }

// Sheet is a recovery sheet that was just made: its words, which are on no disk, and what the home keeps of it.
type Sheet struct {
	keyring.Sheet
	Holder
}

// String keeps the words out of logs.
func (s Sheet) String() string { return s.Sheet.String() }

// NewSheet draws the words of a new sheet; nothing is kept before Hold. It fails with keyring.ErrHasSheet where the home has one that
// is not to be replaced.
func (a *App) NewSheet(random io.Reader, replace bool) (s Sheet, err error) {
	if _, err := a.Held(); err == nil && !replace {
		return s, keyring.ErrHasSheet
	}
	if s.Sheet, err = keyring.NewSheet(random); err != nil {
		return s, err
	}
	s.Holder, err = s.Sheet.Holder(a.Courier.Keys.Current.Suite, a.Now().UTC())
	return s, err
}

// SheetPaper is the paper of a sheet.
func (a *App) SheetPaper(s Sheet) (typeset.Document, error) {
	return paper.Recovery(s.Words(), Grouped(s.Number()), form.Office{Settings: *a.Settings, Profile: a.Profile, Today: a.Now()})
}

// Grouped writes the number of a sheet in fours.
func Grouped(number string) string { return number[:4] + " " + number[4:] }

// SheetPlace fails with ErrSheetHere where a file would lie in the home or in the shared folder, links resolved.
func (a *App) SheetPlace(file string) error {
	for _, dir := range []string{string(a.Home), a.Settings.Folder} {
		if dir != "" && home.Within(file, dir) {
			return ErrSheetHere
		}
	}
	return a.Home.Outside(file, a.Settings.Folder)
}

// Hold lets a sheet that is on paper be the home's.
func (a *App) Hold(ctx context.Context, s Sheet) error {
	return keyring.SaveSheet(string(a.Home), s.Holder)
}

// TrySheet reads words that somebody types from the paper and notes that they are right. It fails with the errors of
// keyring.ReadSheet, with ErrNoSheet or keyring.ErrOtherSheet.
func (a *App) TrySheet(ctx context.Context, text string) (h Holder, err error) {
	if h, err = a.Held(); err != nil {
		return h, err
	}
	typed, err := keyring.ReadSheet(text)
	if err != nil {
		return h, err
	}
	other, err := typed.Holder(h.Suite(), h.Made)
	if err != nil {
		return h, err
	}
	if !other.Equal(h.Public) {
		return h, keyring.ErrOtherSheet
	}
	return a.tried(h)
}

// tried notes that the words of the home's sheet were typed and are right.
func (a *App) tried(h Holder) (Holder, error) {
	h.Tried, h.By = a.Now().UTC(), strings.TrimSpace(a.Settings.Clerk)
	if err := keyring.SaveSheet(string(a.Home), h); err != nil {
		return h, fmt.Errorf("sheet was tried: %w", err)
	}
	return h, nil
}
