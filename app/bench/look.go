package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lianluo.local/app/bench/stock"
	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/ledger"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/peer"
	"lianluo.local/data/sealed"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// queries are what is looked for. The rare ones are in one matter of thousands, so LIKE has to read nearly all of them.
var queries = []struct{ name, what, text string }{
	{"search-2-common", "常见两字", "老人"},
	{"search-2-rare", "少见两字", "锅炉"},
	{"search-1-common", "常见一字", "水"},
	{"search-1-rare", "少见一字", "𬺞"},
	{"search-4", "四字", "锅炉爆管"},
	{"search-pinyin", "姓名拼音首字母", "ysh"},
}

// search asks for the first page of each query. A time counts only where both ways find the same.
func (b *bench) search(ctx context.Context) error {
	for _, q := range queries {
		ask := ledger.Query{Text: q.text, Limit: page}
		a, u, n, err := b.pages(ctx, ask, func() ([]stock.Case, error) { return b.stock.Like(ctx, q.text, page) })
		if err != nil {
			return fmt.Errorf("search %s: %w", q.text, err)
		}
		what := fmt.Sprintf("查 %s（%s），首页 %d 件", q.text, q.what, n)
		b.each(a.beside(u, q.name, what, "LIKE，同样的文字，只读出各行，不解开").below(20))
	}
	return nil
}

// list asks for the first page of everything.
func (b *bench) list(ctx context.Context) error {
	a, u, n, err := b.pages(ctx, ledger.Query{Limit: page},
		func() ([]stock.Case, error) { return b.stock.Page(ctx, page) })
	if err != nil {
		return fmt.Errorf("list: %w", err)
	}
	b.each(a.beside(u, "list", fmt.Sprintf("台账首页 %d 件", n), "只读出各行，不解开").below(20))
	return nil
}

// pages times a page both ways and compares what is on it.
func (b *bench) pages(ctx context.Context, q ledger.Query,
	usual func() ([]stock.Case, error)) (a, u series, n int, err error) {
	var found ledger.Page
	var rows []stock.Case
	a, u, err = race(b.turns,
		func(int) (err error) { found, err = b.app.Ledger.Page(ctx, q); return err },
		func(int) (err error) { rows, err = usual(); return err })
	if err != nil {
		return nil, nil, 0, err
	}
	same := len(rows) == len(found.Matters)
	for i := 0; same && i < len(rows); i++ {
		same = rows[i].Number == found.Matters[i].Number
	}
	if !same {
		return nil, nil, 0, fmt.Errorf("the usual way gives %d other matters than our %d",
			len(rows), len(found.Matters))
	}
	return a, u, len(rows), nil
}

// bundles carries a hundred new matters here from the county, each time by the whole way but the folder.
func (b *bench) bundles(ctx context.Context) error {
	const matters = 100
	dir := filepath.Join(string(b.app.Home), "far")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	keys, err := keyring.Create(dir, suite.Age, sealed.Key{}, b.random)
	if err != nil {
		return err
	}
	var seal, open, take, all series
	t, me := b.far[0], b.app.Settings.Unit
	for range b.turns {
		d, err := b.write(t, matters, func() time.Time { return b.now })
		if err != nil {
			return err
		}
		h := bundle.Header{Program: courier.Program, From: county, To: me, Replica: d.Replica,
			Incarnation: d.Incarnation, Stream: "down",
			First: d.First, Prev: d.Prev, End: d.Head, Made: b.now}
		var file bytes.Buffer
		err = all.time(func() error {
			err := seal.time(func() error {
				_, err := bundle.Seal(&file, h, d.Records, []suite.Public{b.app.Courier.Keys().Public()}, keys.Current)
				return err
			})
			if err != nil {
				return err
			}
			var records []journal.Record
			err = open.time(func() (err error) {
				known := func(bundle.Header) ([]suite.Signer, error) {
					return []suite.Signer{{Suite: suite.Age, Key: keys.Public().Sign}}, nil
				}
				h, records, err = bundle.Open(bytes.NewReader(file.Bytes()), int64(file.Len()), me, known,
					b.app.Courier.Keys().Keys()...)
				return err
			})
			if err != nil {
				return err
			}
			return take.time(func() error {
				got, err := peer.Receive(ctx, b.app.Store, peer.Delivery{Unit: me, Replica: h.Replica,
					Incarnation: h.Incarnation, First: h.First,
					Prev: h.Prev, Head: h.End, Records: records, At: b.now})
				if err == nil && got[0].Done != matters {
					err = fmt.Errorf("%d of %d entries came to the list: %w", got[0].Done, matters, got[0].Err)
				}
				return err
			})
		})
		if err != nil {
			return fmt.Errorf("bundle: %w", err)
		}
	}
	b.each(seal.plain("bundle-seal", "报送包 100 件：压缩、加密、签名"))
	b.each(open.plain("bundle-open", "报送包 100 件：验签、解密、逐条核对"))
	b.each(take.plain("bundle-take", "报送包 100 件：写入流水和台账"))
	b.each(all.plain("bundle", "报送包 100 件：从封到进台账"))
	return nil
}

// check verifies the whole database once.
func (b *bench) check(ctx context.Context) error {
	var s series
	var found store.Report
	err := s.time(func() (err error) { found, err = b.app.Store.Check(ctx, b.app.Settings.Unit); return err })
	if err == nil && !found.OK {
		err = fmt.Errorf("check: %s", explain.Finding(found.Problems[0]))
	}
	if err != nil {
		return err
	}
	b.each(s.plain("check", fmt.Sprintf("核对全部流水和台账（%d 件）", found.Things[matter.Name])).seconds())
	return nil
}
