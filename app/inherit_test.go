package app_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
)

// quiet fails where an office's page shows anything amiss.
func (o *office) quiet() {
	o.w.t.Helper()
	ps, err := o.Courier.Status(ctx)
	o.w.must(err)
	for _, p := range ps {
		if p.Silent || len(p.Aside) > 0 || len(p.Gaps) > 0 || p.Unacked > 0 && !p.Revoked || p.Forks > 0 || p.Diverged != "" || p.Waiting > 0 {
			o.w.t.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
		}
	}
}

// The older of two copies is put back first, where nothing could be read, then the newer one: the county's newer keys are not forgotten.
func TestOlderCopyThenNewer(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	old := station.keepCopy()
	w.later(24 * time.Hour)
	w.must(county.Courier.Renew(ctx, county.random))
	station.titles("二")
	w.settle(station, county)
	newer := station.keepCopy()
	w.must(station.Close())
	for _, s := range []string{"", "-wal", "-shm"} {
		w.must(os.RemoveAll(station.Home.Database() + s))
	}
	w.must(second(archive.Restore(ctx, station.Home, old, w.now)))
	station.open(station.Home)
	w.must(station.putBack(newer))
	county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	station.titles("三")
	w.settle(station, county)
	station.quiet()
	w.agree(county, station)
}

// A home is set back as a whole, with all that tells of it, works on, and then the newest copy is put back: two entries bear one name.
// What the county knows under it keeps it, the other gets a new one, and both arrive.
func TestImageThenNewestCopy(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	image := station.keepCopy()
	note, err := os.ReadFile(station.Home.Note())
	w.must(err)
	station.titles("二")
	m := station.list()[0].Matter
	station.do(m, `{"do":"collate"}`)
	w.settle(station, county)
	newest := station.keepCopy()
	w.must(station.Close())
	for _, s := range []string{"", "-wal", "-shm"} {
		w.must(os.RemoveAll(station.Home.Database() + s))
	}
	w.copy(image, station.Home.Database())
	w.must(os.WriteFile(station.Home.Note(), note, 0o600))
	station.open(station.Home)
	station.titles("三", "四")
	w.must(station.putBack(newest))
	w.later(8 * 24 * time.Hour)
	w.settle(station, county)
	for _, title := range []string{"一", "二", "三", "四"} {
		if !station.known(title) || !county.known(title) {
			t.Errorf("%s: station %v, county %v", title, station.known(title), county.known(title))
		}
	}
	county.quiet()
	station.quiet()
}

// Of words that nobody else has the private part is damaged: the rest is not thrown away with it when a copy is put back.
func TestDamagedPrivatePartOutlivesACopy(t *testing.T) {
	w, county, station := pair(t)
	copied := station.keepCopy()
	m := station.receive(desk.Draft{Title: "一", Name: "车玉柱", Words: "只有这里有的原话"})
	w.must(station.Close())
	b, err := os.ReadFile(station.Home.Database())
	w.must(err)
	w.must(os.WriteFile(station.Home.Database(), bytes.ReplaceAll(b, []byte("只有这里"), []byte("已经坏了")), 0o600))
	w.must(second(archive.Restore(ctx, station.Home, copied, w.now)))
	station.open(station.Home)
	w.settle(station, county)
	if got := county.show(m); got.Title != "一" || got.Number != m.Number {
		t.Errorf("%+v", got)
	}
}

// The signature of the last words is damaged on the disk, the words are not: when a copy is put back they are signed anew.
func TestDamagedSignatureOutlivesACopy(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	copied := station.keepCopy()
	station.titles("二", "三")
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	w.must(station.Close())
	b, err := os.ReadFile(station.Home.Database())
	w.must(err)
	last := st.Records[len(st.Records)-1].Signature
	if bytes.Count(b, last) != 1 {
		t.Fatal("the signature lies elsewhere")
	}
	w.must(os.WriteFile(station.Home.Database(), bytes.Replace(b, last, make([]byte, len(last)), 1), 0o600))
	station.open(station.Home)
	w.must(station.putBack(copied))
	station.titles("四")
	w.settle(station, county)
	for _, title := range []string{"一", "二", "三", "四"} {
		if !county.known(title) {
			t.Errorf("%s does not arrive", title)
		}
	}
	county.quiet()
}
