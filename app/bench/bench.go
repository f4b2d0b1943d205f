// Package bench measures what the program promises, each thing beside the way most programs do it, in one run on one
// computer: a figure without its counterpart says more about the computer than about the program.
//
//	err := bench.Run(ctx, 100000, func(f bench.Figure) { … })
//
// It sets up a practice station in a temporary folder, brings in so many of its own matters, of a seeded crowd, by the
// door that bundles use, and then works at the table as somebody would. Both ways hold the same matters, and what a search finds
// is compared before its time is believed. Ours and the usual way take turns, so that what else the computer does
// disturbs both; of every series the median counts. How fast the disk takes a write is measured too: saving depends on
// it more than on anything we do, and a temporary folder in memory would flatter.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/bench/stock"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
)

const (
	county   = "141102000000"
	city     = "141100000000"
	village  = "141102002003"
	tables   = 4    // computers that the station had before
	delivery = 1000 // entries in one delivery
	page     = 50   // matters on a page
)

// Machine is where figures come from.
type Machine struct {
	System  string `json:"system"`
	Cores   int    `json:"cores"`
	Go      string `json:"go"`
	Folder  string `json:"folder"` // where the temporary home lay; its disk is the one measured
	Matters int    `json:"matters"`
}

// Here is this computer, about to measure with so many matters.
func Here(matters int) Machine {
	return Machine{runtime.GOOS + "/" + runtime.GOARCH, runtime.NumCPU(), runtime.Version(), os.TempDir(), matters}
}

type bench struct {
	matters int
	turns   int // how often a thing is done that takes milliseconds
	saves   int // how many citizens are received: enough for the usual way to merge its index, when somebody waits
	each    func(Figure)
	now     time.Time
	random  io.Reader
	crowd   *crowd
	app     *app.App
	stock   *stock.Register
	far     []*table
	head    uint64       // how many entries the county gave back
	stream  journal.Hash // of those
}

// Run measures with so many matters (at least 1) and gives each figure as soon as it is there; with 100,000 it takes
// some minutes. Nothing is left behind, also when ctx ends it.
func Run(ctx context.Context, matters int, each func(Figure)) error {
	return (&bench{matters: matters, turns: 21, saves: 1000, each: each}).run(ctx)
}

func (b *bench) run(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "lianluo-bench-")
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	defer func() {
		if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
			err = fmt.Errorf("bench: %w", err)
		}
	}()
	if err := b.begin(ctx, home.Home(filepath.Join(dir, "home")), sealed.Key{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.app.Close()) }()
	if b.stock, err = stock.Open(ctx, filepath.Join(dir, "stock.db")); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.stock.Close()) }()
	for _, part := range []func(context.Context) error{b.receipts, b.disk, b.fill, b.register, b.search,
		b.list, b.bundles, b.check} {
		if err := part(ctx); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// begin sets up the station, protected by a key where one is given, and opens it.
func (b *bench) begin(ctx context.Context, h home.Home, key sealed.Key) (err error) {
	b.now = time.Date(2026, 11, 2, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))
	b.random, b.crowd = rand.NewChaCha8([32]byte{1}), newCrowd(1)
	who := setup.Answers{Role: "station", Unit: village, Phone: "0358-8221321", Clerk: "赵晖", Practice: true, Key: key}
	if _, err := setup.Home(ctx, h, who, b.random); err != nil {
		return err
	}
	b.app, err = app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return b.now }, Random: b.random, Key: key})
	return err
}
