package app_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
	"lianluo.local/data/view"
)

var (
	stationCount = flag.Int("stations", 15, "how many stations work through the years")
	weekCount    = flag.Int("weeks", 52, "for how many weeks")
)

// Years of weeks: each station sends once a week what is new, or that nothing is; the county takes it in, answers,
// clears what is old. At the end everything is there once, and a week costs what it cost at the beginning.
func TestYears(t *testing.T) {
	w := &apptest.World{T: t, Now: apptest.Evening, Folder: filepath.Join(apptest.Dir(t), "folder")}
	w.Must(os.Mkdir(w.Folder, 0o700))
	const entries = 100
	c := apptest.Gather(w, *stationCount, entries)
	sent, heads := make([]int, *stationCount), make([]journal.Hash, *stationCount)
	var took []time.Duration
	met := map[string]bool{} // files that were looked at before
	for week := 1; week <= *weekCount; week++ {
		w.Later(7 * 24 * time.Hour)
		for i, m := range c.Members {
			upTo := min(entries, (entries*week+i)/(*weekCount))
			rs := m.Records[sent[i]:upTo]
			var file bytes.Buffer
			h, err := bundle.Seal(&file, bundle.Header{Program: courier.Program, From: m.Card.Unit, To: apptest.County, Replica: m.Card.Replica, Incarnation: 1, Stream: "up",
				First: uint64(sent[i] + 1), Prev: heads[i], End: uint64(upTo), Made: w.Now}, rs, []suite.Public{c.County.Courier.Keys().Public()}, m.Keys)
			w.Must(err)
			name := w.Put(apptest.County, m.Card.Unit, bundle.Name(h), file.Bytes())
			w.Must(os.Chtimes(name, w.Now, w.Now))
			sent[i], heads[i] = upTo, h.Head
		}
		begun := time.Now()
		if r := c.County.Sync(); len(r.Aside) > 0 {
			t.Fatalf("week %d: %+v", week, r.Aside[0])
		}
		took = append(took, time.Since(begun))
		w.Must(fs.WalkDir(os.DirFS(w.Folder), ".", func(name string, d fs.DirEntry, err error) error { // as a station clears its own, by the storage's clock
			if err != nil || d.IsDir() {
				return err
			}
			path := filepath.Join(w.Folder, name)
			info, err := d.Info()
			switch {
			case err != nil:
				return err
			case !met[path]: // of this week
				met[path] = true
				return os.Chtimes(path, w.Now, w.Now)
			case filepath.Ext(name) == ".bundle" && w.Now.Sub(info.ModTime()) > 61*24*time.Hour && filepath.Dir(filepath.Dir(name)) == apptest.County:
				return os.Remove(path)
			}
			return nil
		}))
	}
	n, err := view.Count(ctx, c.County.Store, view.Filter{})
	w.Must(err)
	if want := *stationCount * (entries + 2) / 3; n < want-*stationCount || n > want+*stationCount {
		t.Errorf("%d matters, want about %d", n, want)
	}
	c.County.Healthy()
	list, err := c.County.Courier.Status(ctx)
	w.Must(err)
	for _, p := range list {
		if p.Unit == apptest.Yuanjia { // whose entries the others' were made from
			continue
		}
		if p.Stored != entries || len(p.Gaps)+len(p.Aside) > 0 || p.Silent {
			t.Fatalf("%+v", p)
		}
	}
	if files := w.Files(); len(files) > *stationCount*25 {
		t.Errorf("%d files lie in the folder: nobody clears", len(files))
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fifth := len(took) / 5
	sum := func(ds []time.Duration) (s time.Duration) {
		for _, d := range ds {
			s += d
		}
		return s / time.Duration(max(len(ds), 1))
	}
	t.Logf("%d stations, %d weeks: a week took %v at the beginning, %v at the end; %d matters, %d MB", *stationCount, *weekCount, sum(took[:fifth]), sum(took[len(took)-fifth:]), n, m.Sys>>20)
}
