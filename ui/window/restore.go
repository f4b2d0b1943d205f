package window

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/container"

	"lianluo.local/app"
	"lianluo.local/app/archive"
	"lianluo.local/data/clerk"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/restore"
)

// copies is the page 备份和恢复; where the records cannot be opened it can put a copy back only.
func (w *Window) copies() *restore.Page {
	do := restore.Actions{
		Copies: func(dir string) []archive.Copy {
			if !filepath.IsAbs(dir) { // none, or half-typed
				return archive.Copies(w.home)
			}
			return archive.Copies(w.home, dir)
		},
		Look: func(ctx context.Context, file string, by restore.Then) (archive.Contents, error) {
			records, err := w.records(by)
			if err != nil {
				return archive.Contents{}, err
			}
			return records.Look(ctx, file)
		},
		Put:  w.put,
		Unit: "本单位",
	}
	if a := w.app; a != nil {
		do.Unit, do.Second = a.Settings.Name, a.Second()
		do.Take = func(ctx context.Context, dir string) error {
			if err := w.apart(a.Settings.Folder, dir); err != nil {
				return err
			}
			return a.Copy(ctx, dir)
		}
		do.Readable, do.Seal = func() int { return len(a.Readable()) }, a.SealCopies
		do.Keep = func(dir string) error {
			if err := w.apart(a.Settings.Folder, dir); err != nil {
				return err
			}
			if err := a.SetSecond(dir); err != nil {
				return err
			}
			if w.own != nil {
				w.own.Second = dir
			}
			return nil
		}
	}
	return restore.New(w.host(), do)
}

// apart fails where copies must not lie: in no folder, among the home's own files, or in the folder that others read.
func (w *Window) apart(shared, dir string) error {
	if dir == "" {
		return nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() || !filepath.IsAbs(dir) {
		return errors.Join(err, fs.ErrNotExist)
	}
	return w.home.Outside(filepath.Join(dir, "copy"), shared)
}

// records are those of this home; a copy that was sealed elsewhere opens with what somebody has of then.
func (w *Window) records(by restore.Then) (archive.Records, error) {
	records, err := app.Records(w.home, w.pass.Key)
	switch {
	case by.Sheet != "":
		records.Opens = app.BySheet(by.Sheet)
	case by != restore.Then{}:
		records.Opens = app.ByPassword(by.Name, by.Password)
	}
	return records, err
}

// put closes the home, puts a copy back, and opens it again. The parts that were at work keep a closed home until then.
func (w *Window) put(file string, then restore.Then) {
	by := clerk.Clerk{User: w.pass.User} // where the records do not open, nobody knows who may what
	if w.app != nil {
		by = w.app.Clerk()
	}
	w.shut()
	now := w.now
	if now == nil {
		now = time.Now
	}
	w.win.SetContent(container.NewCenter(kit.Bold("正在放回备份，请稍等，不要关机。")))
	kit.Do(w.run, w.ctx, func(ctx context.Context) (string, error) {
		records, err := w.records(then)
		if err != nil {
			return "", err
		}
		replaced, err := records.Put(ctx, file, now())
		app.Restored(w.home, by, now(), err)
		if err == nil {
			err = app.CatchUp(ctx, app.Options{Home: w.home, Now: w.now, Key: w.pass.Key})
		}
		return replaced, err
	}, func(replaced string, err error) {
		w.enter()
		p := w.rescue
		if w.open("copies"); w.frame != nil {
			p = w.frame.here.content.(*restore.Page)
		}
		tone, says := kit.Good, "备份已放回，原来的资料也留着。请照第④步报送一次。"
		if err != nil {
			tone, says = kit.Bad, w.explain(err)
		} else {
			w.log.Info("copy put back", "replaced", replaced)
		}
		if p != nil {
			p.Steps(tone, says)
		}
	})
}

// lasting is how long a share that does not answer keeps the window from going on.
const lasting = 5 * time.Second

// shut ends what goes on behind the pages and lets go of the records; enter opens them again. What is under way comes
// to its end first: two programs must not work in one home.
func (w *Window) shut() {
	w.stop()
	w.run.Rest(time.After(lasting))
	if w.app != nil {
		_ = w.app.Close()
	}
	kit.Uncover()
	w.app, w.frame, w.rescue, w.own, w.after, w.box = nil, nil, nil, nil, nil, nil
	clear(kit.Keys) // they lead to pages that are gone
	w.ctx, w.stop = context.WithCancel(context.Background())
}

// broken says why the home cannot be opened. Where it is the records that cannot, a copy can be put back.
func (w *Window) broken(err error) {
	if !errors.Is(err, app.ErrNoDatabase) {
		records, sound := app.Records(w.home, w.pass.Key)
		if sound == nil {
			_, sound = records.Look(w.ctx, w.home.Database())
		}
		if errors.Is(err, app.ErrRealClock) || errors.Is(err, app.ErrNewer) || sound == nil {
			w.fail(err)
			return
		}
	}
	w.rescue = w.copies()
	w.win.SetContent(container.NewBorder(w.unwell(err), nil, nil, nil, w.rescue.Object()))
	w.rescue.Shown()
}
