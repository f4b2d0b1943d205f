package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/release"
	"lianluo.local/data/session"
)

// NotNow says in Chinese why a newer program is not installed at this moment, and when it can be.
type NotNow string

func (n NotNow) Error() string { return "not in the middle of an evening" }

// Sentence is what a person hears.
func (n NotNow) Sentence() string { return string(n) }

// Install installs the release that Fetch brought, after looking at every byte of it again; seen says that somebody asks for it
// at the window, ahead that this program goes on meanwhile and is to be opened anew afterwards, else it has to be closed now.
// It fails with right.Denied, ErrUntaken, NotNow, home.ErrRenewing, as release.Release.Extract and with installer.ByHand.
func (a *App) Install(ctx context.Context, seen bool) (m release.Manifest, ahead bool, err error) {
	if err := a.updates(ctx); err != nil {
		return m, false, err
	}
	defer func() { a.note(a.Clerk(), audit.Update, strings.TrimSpace("install "+m.Version), err) }()
	if err := a.busy(ctx); err != nil {
		return m, false, err
	}
	if !seen && !a.system.Ahead() {
		free, err := a.Home.Lock()
		if errors.Is(err, home.ErrOpen) {
			return m, false, NotNow("联络站的窗口还开着。请把没写完的存好，关上窗口，再装。")
		} else if err != nil {
			return m, false, err
		}
		free()
	}
	done, err := a.Home.Renew()
	if err != nil {
		return m, false, err
	}
	defer done()
	o, _, err := a.best(cupboard(a.Home), ErrUntaken)
	if err != nil {
		return m, false, fmt.Errorf("install release: %w", err)
	}
	defer o.file.Close()
	m = o.Manifest
	file, err := filepath.Abs(filepath.Join(a.Home.Release(), o.ours.File))
	if err == nil {
		err = home.WriteFrom(file, 0o700, func(w io.Writer) error { return o.Extract(w, o.ours) })
	}
	if err != nil {
		return m, false, fmt.Errorf("install release: %w", err)
	}
	return m, a.system.Ahead(), a.system.Install(file, seen)
}

// busy fails with NotNow while citizens are received here, or somebody is in the middle of writing down what one said.
func (a *App) busy(ctx context.Context) error {
	coming, err := a.Agenda.Coming(ctx)
	if err != nil {
		return fmt.Errorf("sessions of today: %w", err)
	}
	now := a.Now().Format("15:04")
	for _, s := range coming.Tonight {
		switch {
		case s.State == session.Open:
			until := map[bool]string{true: "（原定 " + s.To + "）"}[s.To != ""]
			return NotNow("“" + s.Title() + "”正在进行，现在不装新版本。请结束以后" + until + "再装。")
		case s.From <= now && now < s.To:
			return NotNow("今天 " + s.From + " 到 " + s.To + " 有“" + s.Title() + "”，现在不装新版本。请 " + s.To + " 以后再装。")
		}
	}
	_, typed, err := a.Desk.Kept(ctx)
	if err != nil {
		return fmt.Errorf("what is being typed: %w", err)
	}
	if typed {
		return NotNow("有一份登记没写完，现在不装新版本。请把它存好或清掉，再装。")
	}
	return nil
}
