package bench

import (
	"bytes"
	"context"
	"flag"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/data/home"
	"lianluo.local/data/peer"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

var (
	sealedMatters = flag.Int("sealed-matters", 5000, "how many matters the homes of BenchmarkSealed have; the README has 100000")
	sealedSaves   = flag.Int("sealed-saves", 100, "how many more are registered there, in rounds of 20")
)

// BenchmarkSealed measures what it costs that nobody else can read a home: three stations hold the same matters, one as
// ever, one sealed by each suite, and take turns. Of registering and searching the median counts, of what comes in
// deliveries of a hundred the sum of at most 708, of check the one time.
//
//	go test ./app/bench -run none -bench Sealed -benchtime 1x -args -sealed-matters 100000
func BenchmarkSealed(b *testing.B) {
	for b.Loop() {
		costs(b)
	}
}

func costs(b *testing.B) {
	ctx := context.Background()
	names := []string{"plain", suite.Age, suite.SM}
	homes, moments := make([]*bench, len(names)), map[*bench]func() time.Time{}
	for i, name := range names {
		var key sealed.Key
		var err error
		if i > 0 {
			key, err = sealed.Read(name, bytes.Repeat([]byte{1}, sealed.Size))
		}
		homes[i] = &bench{each: func(Figure) {}}
		if err == nil {
			err = homes[i].begin(ctx, home.Home(filepath.Join(b.TempDir(), "home")), key)
		}
		if err == nil {
			err = homes[i].meet(ctx)
			moments[homes[i]] = homes[i].moment(*sealedMatters)
		}
		if err != nil {
			b.Fatal(err)
		}
		defer homes[i].app.Close()
	}
	turns := func(what string, n int, least bool, do func(*bench, int, *series) error) {
		took := make([]series, len(homes))
		for n := range n {
			for i, h := range homes {
				if err := do(h, n, &took[i]); err != nil {
					b.Fatal(what, err)
				}
			}
		}
		cost := func(s series) float64 {
			if least {
				return s.times().Median
			}
			sum := 0.0
			for _, ms := range s[:min(len(s), 708)] {
				sum += ms
			}
			return sum
		}
		for i, name := range names {
			b.ReportMetric(cost(took[i]), what+"-"+name+"-ms")
			if i > 0 {
				b.ReportMetric(cost(took[i])/cost(took[0]), what+"-"+name+"/plain")
			}
		}
	}
	turns("import", (*sealedMatters+99)/100, false, func(h *bench, n int, s *series) error {
		d, err := h.write(h.far[n%tables], 100, moments[h])
		if err != nil {
			return err
		}
		return s.time(func() error {
			got, err := peer.Receive(ctx, h.app.Store, d)
			if err == nil {
				err = got[0].Err
			}
			return err
		})
	})
	turns("index", 1, false, func(h *bench, _ int, s *series) error {
		return s.time(func() error { _, err := h.app.Ledger.Fill(ctx); return err })
	})
	turns("register", *sealedSaves/20, true, func(h *bench, _ int, s *series) error {
		_, err := h.receive(ctx, 20, s)
		return err
	})
	for _, q := range queries {
		turns(q.name, 21, true, func(h *bench, _ int, s *series) error {
			return s.time(func() error { _, err := h.app.Ledger.Page(ctx, ledger.Query{Text: q.text, Limit: page}); return err })
		})
	}
	turns("check", 1, false, func(h *bench, _ int, s *series) error {
		return s.time(func() error { _, err := h.app.Store.Check(ctx, h.app.Settings.Unit); return err })
	})
}
