package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lianluo.local/app/bench/stock"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/usual"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
)

// receipts prints the same receipts both ways. The first of a process stands apart and alone: whoever is first reads
// the fonts from the disk for both.
func (b *bench) receipts(context.Context) error {
	rs := make([]paper.Receipt, b.turns)
	for i := range rs {
		report, private, wrong := b.crowd.draft(b.now).Check(b.now, b.app.Settings.Unit)
		if len(wrong) > 0 {
			return fmt.Errorf("citizen: %w", wrong)
		}
		report.Number = numbers.Make(report.Station, b.now.Year(), 'A', i+1)
		report.Due = b.now.AddDate(0, 0, 21).Format(time.DateOnly)
		rs[i] = paper.Of(matter.Matter{Report: report, Private: private, State: matter.Registered},
			form.Issuer{Settings: *b.app.Settings})
		rs[i].Practice = false // the usual way prints none of it
	}
	ours := func(i int) error { _, err := rs[i].PDF(paper.A5); return err }
	theirs := func(i int) error { _, err := usual.Receipt(rs[i]); return err }
	var first series
	if err := first.time(func() error { return ours(0) }); err != nil {
		return err
	}
	b.each(first.plain("receipt-first", "回执 A5，打开程序后第一张"))
	some, others, err := race(b.turns, ours, theirs)
	if err != nil {
		return err
	}
	b.each(some.beside(others, "receipt", "回执 A5", "gofpdf 的 AddUTF8Font，字体、内容相同").atMost(.25))
	return nil
}

// disk writes 4 KiB at the end of a file and waits until they lie on the disk.
func (b *bench) disk(context.Context) error {
	f, err := os.Create(filepath.Join(string(b.app.Home), "disk"))
	if err != nil {
		return err
	}
	defer f.Close()
	var s series
	for range 5 * b.turns {
		err := s.time(func() error {
			if _, err := f.Write(make([]byte, 4096)); err != nil {
				return err
			}
			return f.Sync()
		})
		if err != nil {
			return err
		}
	}
	b.each(s.plain("disk", "磁盘写 4 KB 并落盘（只说明这台电脑）"))
	return nil
}

// register receives citizens, in five rounds by turns with the usual way.
func (b *bench) register(ctx context.Context) error {
	const rounds = 5
	var ours, usual series
	for range rounds {
		rows, err := b.receive(ctx, b.saves/rounds, &ours)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := usual.time(func() error { return b.stock.Save(ctx, r) }); err != nil {
				return err
			}
		}
	}
	b.each(ours.beside(usual, "register", fmt.Sprintf("登记一件（已有 %d 件）", b.matters),
		"同一个 SQLite 文件，驱动的默认设置，全文索引写在保存里").below(30))
	return nil
}

// receive registers so many citizens. Behind the saves the index is brought up to date, as it is behind the window.
func (b *bench) receive(ctx context.Context, n int, s *series) (rows []stock.Case, err error) {
	poke, filled := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		var err error
		for range poke {
			if err == nil {
				_, err = b.app.Ledger.Fill(ctx)
			}
		}
		filled <- err
	}()
	defer func() {
		close(poke)
		err = errors.Join(err, <-filled)
	}()
	for range n {
		var m matter.Matter
		draft := b.crowd.draft(b.now)
		if err := s.time(
			func() error { m, err = b.app.Desk.Receive(ctx, b.app.Clerk(), draft); return err }); err != nil {
			return nil, err
		}
		select {
		case poke <- struct{}{}:
		default: // it is poked already
		}
		r, err := row(m)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}
