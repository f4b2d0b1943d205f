package apptest

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app/archive"
	"lianluo.local/data/store/storetest"
)

// KeepCopy is a backup of an office's book.
func (o *Seat) KeepCopy() string {
	o.World.T.Helper()
	file := filepath.Join(Dir(o.World.T), "copy.db")
	o.World.Must(o.Store.Backup(ctx, file))
	return file
}

// SetBack puts an old copy of an office's book in the place of the present one.
func (o *Seat) SetBack(copied string) {
	o.World.T.Helper()
	h := o.Home
	o.World.Must(o.Close())
	for _, suffix := range []string{"", "-wal", "-shm"} {
		o.World.Must(os.RemoveAll(h.Database() + suffix))
	}
	o.World.Copy(copied, h.Database())
	o.Open(h)
}

// Imaged copies the whole home of an office; the returned function puts it back in its place.
func (o *Seat) Imaged() (back func()) {
	o.World.T.Helper()
	h := o.Home
	o.World.Must(o.Close())
	image := Dir(o.World.T)
	o.World.Must(os.CopyFS(image, os.DirFS(string(h))))
	o.Open(h)
	return func() {
		o.World.Must(o.Close())
		o.World.Must(os.RemoveAll(string(h)))
		o.World.Must(os.CopyFS(string(h), os.DirFS(image)))
		o.Open(h)
	}
}

// PutBack is the command restore, and the program opened again.
func (o *Seat) PutBack(file string) error {
	o.World.T.Helper()
	o.World.Must(o.Close())
	_, err := archive.Restore(ctx, Kinds, o.Home, file, o.World.Now)
	o.Open(o.Home)
	return err
}

// Lies is what lies in a folder: every file and a sum of it.
func (w *World) Lies(dir string) map[string]string {
	w.T.Helper()
	all := map[string]string{}
	w.Must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			var b []byte
			b, err = os.ReadFile(path)
			all[path] = fmt.Sprintf("%d %x", len(b), sha256.Sum256(b))
		}
		return err
	}))
	return all
}

// Sqlite runs statements on a file.
func (w *World) Sqlite(file string, statements ...string) {
	w.T.Helper()
	storetest.Exec(w.T, file, strings.Join(statements, ";\n"))
}

// Crashed leaves the home of an office as a killed program does: what was written last stands in the log.
func (o *Seat) Crashed(write func()) (database, log []byte) {
	o.World.T.Helper()
	write()
	file := o.Home.Database()
	database, err1 := os.ReadFile(file)
	log, err2 := os.ReadFile(file + "-wal")
	o.World.Must(errors.Join(err1, err2))
	if len(log) == 0 {
		o.World.T.Fatal("nothing stands in the log")
	}
	return database, log
}

// ReadsClock sets an office's own clock.
func (o *Seat) ReadsClock(clock func() time.Time) {
	o.Desk.Now, o.Office.Now, o.Ledger.Now, o.Courier.Now = clock, clock, clock, clock
}
