package archive_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
)

// The older of two copies is put back first, where nothing could be read, then the newer one: the county's newer keys
// are not forgotten.
func TestOlderCopyThenNewer(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	old := station.KeepCopy()
	w.Later(24 * time.Hour)
	w.Must(county.Courier.Renew(ctx, county.Random))
	station.Titles("二")
	w.Settle(station, county)
	newer := station.KeepCopy()
	w.Must(station.Close())
	for _, s := range []string{"", "-wal", "-shm"} {
		w.Must(os.RemoveAll(station.Home.Database() + s))
	}
	w.Must(apptest.Err(station.Records().Restore(ctx, old, w.Now)))
	station.Open(station.Home)
	w.Must(station.PutBack(newer))
	county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	station.Titles("三")
	w.Settle(station, county)
	station.Quiet()
	w.Agree(county, station)
}

// A home is set back as a whole, with all that tells of it, works on, and then the newest copy is put back: two entries
// bear one name. What the county knows under it keeps it, the other gets a new one, and both arrive.
func TestImageThenNewestCopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	image := station.KeepCopy()
	note, err := os.ReadFile(station.Home.Note())
	w.Must(err)
	station.Titles("二")
	m := station.List()[0].Matter
	station.Do(m, `{"do":"collate"}`)
	w.Settle(station, county)
	newest := station.KeepCopy()
	w.Must(station.Close())
	for _, s := range []string{"", "-wal", "-shm"} {
		w.Must(os.RemoveAll(station.Home.Database() + s))
	}
	w.Copy(image, station.Home.Database())
	w.Must(os.WriteFile(station.Home.Note(), note, 0o600))
	station.Open(station.Home)
	station.Titles("三", "四")
	w.Must(station.PutBack(newest))
	w.Later(8 * 24 * time.Hour)
	w.Settle(station, county)
	for _, title := range []string{"一", "二", "三", "四"} {
		if !station.Known(title) || !county.Known(title) {
			t.Errorf("%s: station %v, county %v", title, station.Known(title), county.Known(title))
		}
	}
	county.Quiet()
	station.Quiet()
}

// Of words that nobody else has the private part is damaged: the rest is not thrown away with it when a copy is put
// back.
func TestDamagedPrivatePartOutlivesACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	copied := station.KeepCopy()
	m := station.Receive(desk.Draft{Title: "一", Name: "车玉柱", Words: "只有这里有的原话"})
	w.Must(station.Close())
	b, err := os.ReadFile(station.Home.Database())
	w.Must(err)
	w.Must(os.WriteFile(station.Home.Database(), bytes.ReplaceAll(b, []byte("只有这里"), []byte("已经坏了")), 0o600))
	w.Must(apptest.Err(station.Records().Restore(ctx, copied, w.Now)))
	station.Open(station.Home)
	w.Settle(station, county)
	if got := county.Show(m); got.Title != "一" || got.Number != m.Number {
		t.Errorf("%+v", got)
	}
}

// The signature of the last words is damaged on the disk, the words are not: when a copy is put back they are signed
// anew.
func TestDamagedSignatureOutlivesACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	copied := station.KeepCopy()
	station.Titles("二", "三")
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	w.Must(station.Close())
	if apptest.Sealing().Given() { // nobody finds it there
		return
	}
	b, err := os.ReadFile(station.Home.Database())
	w.Must(err)
	last := st.Records[len(st.Records)-1].Signature
	if bytes.Count(b, last) != 1 {
		t.Fatal("the signature lies elsewhere")
	}
	w.Must(os.WriteFile(station.Home.Database(), bytes.Replace(b, last, make([]byte, len(last)), 1), 0o600))
	station.Open(station.Home)
	w.Must(station.PutBack(copied))
	station.Titles("四")
	w.Settle(station, county)
	for _, title := range []string{"一", "二", "三", "四"} {
		if !county.Known(title) {
			t.Errorf("%s does not arrive", title)
		}
	}
	county.Quiet()
}
