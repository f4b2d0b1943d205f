package apptest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

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

// Parts seals every entry of a station apart, and gives the files in the order of their stream. The folder is left empty of its bundles.
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
		h, err := bundle.Seal(&b, bundle.Header{Program: courier.Program, From: from.Settings.Unit, To: to.Settings.Unit, Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: "up", First: uint64(i + 1), Prev: head, End: uint64(i + 1), Made: w.Now}, []journal.Record{r}, []suite.Public{to.Courier.Keys().Public()}, from.Courier.Keys().Current)
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
