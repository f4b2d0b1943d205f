package apptest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/store/storetest"
	"lianluo.local/data/suite"
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
	_, err := o.Records().Restore(ctx, file, o.World.Now)
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
	storetest.Exec(w.T, file, Sealing(), strings.Join(statements, ";\n"))
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

// Ghost is a computer that somebody invents: its keys are true, and it signs what it likes.
func (w *World) Ghost(unit string) *Seat {
	w.T.Helper()
	w.Seed++
	elsewhere := &World{T: w.T, Now: w.Now, Folder: Dir(w.T), Seed: w.Seed + 100}
	role := "station"
	switch unit {
	case County:
		role = "county"
	case City:
		role = "city"
	}
	return elsewhere.SetUp(role, unit)
}

// Parts seals every entry of a station apart, and gives the files in the order of their stream. The folder is left
// empty of its bundles.
func (w *World) Parts(from *Seat, to *Seat, records ...journal.Record) (files [][]byte) {
	w.T.Helper()
	self := from.Store.Self()
	st, err := from.Store.Since(ctx, to.Settings.Unit, 0, 1<<20)
	w.Must(err)
	if records == nil {
		records = st.Records
	}
	var head journal.Hash
	for i, r := range records {
		var b bytes.Buffer
		h, err := bundle.Seal(&b, bundle.Header{Program: courier.Program, From: from.Settings.Unit,
			To: to.Settings.Unit, Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: "up", First: uint64(i + 1), Prev: head, End: uint64(i + 1), Made: w.Now}, []journal.Record{r},
			[]suite.Public{to.Courier.Keys().Public()}, from.Courier.Keys().Current)
		w.Must(err)
		head = h.Head
		files = append(files, b.Bytes())
	}
	for _, f := range w.Bundles(to.Settings.Unit, from.Settings.Unit) {
		w.Must(os.Remove(f))
	}
	return files
}

// Rewrite gives entries of an office other contents, in a chain of their own, signed as its own.
func (o *Seat) Rewrite(rs []journal.Record, change func(i int, e *journal.Entry)) (fresh []journal.Record) {
	o.World.T.Helper()
	var prev journal.Hash
	for i, r := range rs {
		e := r.Entry
		e.Prev = prev
		change(i, &e)
		core, err := json.Marshal(e)
		o.World.Must(err)
		f, err := journal.Open(core, r.Secret)
		o.World.Must(err)
		f.Signature, err = o.Courier.Sign(f.Signed())
		o.World.Must(err)
		prev = f.Hash
		fresh = append(fresh, f)
	}
	return fresh
}

// Smuggle puts a bundle into the folder and tells how the receiver took it.
func (w *World) Smuggle(to *Seat, h bundle.Header, records []journal.Record, own suite.Secret) (why []string) {
	w.T.Helper()
	var file bytes.Buffer
	h, err := bundle.Seal(&file, h, records, []suite.Public{to.Courier.Keys().Public()}, own)
	w.Must(err)
	w.Must(os.WriteFile(filepath.Join(w.Folder, to.Settings.Unit, h.From, bundle.Name(h)), file.Bytes(), 0o600))
	for _, a := range to.Sync().Aside {
		if filepath.Base(a.File) == bundle.Name(h) {
			why = append(why, a.Why)
		}
	}
	return why
}

// Reads is all that a holder of keys can read in the folder.
func (w *World) Reads(keys []suite.Secret) string {
	w.T.Helper()
	var said strings.Builder
	files, err := filepath.Glob(filepath.Join(w.Folder, "*", "*", "*.bundle"))
	w.Must(err)
	for _, file := range files {
		f, err := os.Open(file)
		w.Must(err)
		info, err := f.Stat()
		w.Must(err)
		to := filepath.Base(filepath.Dir(filepath.Dir(file)))
		_, rs, err := bundle.Open(f, info.Size(), to, func(h bundle.Header) ([]suite.Signer, error) {
			return []suite.Signer{{Suite: h.Suite, Key: h.Key}}, nil
		}, keys...)
		f.Close()
		if err != nil {
			continue // not sealed for him
		}
		for _, r := range rs {
			line, err := json.Marshal(r)
			w.Must(err)
			said.Write(append(line, '\n'))
		}
	}
	return said.String()
}
