package courier_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/journal"
)

// An acknowledgement that moves back is obeyed, and who knows more of us than we do gives it back.
func TestFault16BothSetBackAtOnce(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	old, older := station.KeepCopy(), county.KeepCopy()
	station.Titles("二", "三")
	w.Settle(station, county)
	county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.Settle(station, county)
	station.SetBack(old)
	county.SetBack(older)
	station.Titles("四")
	w.Settle(station, county)
	// What only the two had, and both lost, lies in the folder still.
	for _, title := range []string{"一", "二", "三", "四"} {
		if !station.Known(title) || !county.Known(title) {
			t.Errorf("%s is lost: %v %v", title, station.Known(title), county.Known(title))
		}
	}
	w.Agree(county, station)
}

// What a newer program wrote is kept byte for byte, waits, is told, and is passed on; what is older is read for ever.
func TestFault23NewerPrograms(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一", "二", "三")
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	rs := station.Rewrite(st.Records, func(i int, e *journal.Entry) {
		switch i {
		case 0:
			e.Body = bytes.Replace(e.Body, []byte("{"), []byte(`{"weather":"雨",`), 1)
		case 1:
			e.Schema = 99
		case 2:
			e.Do = "celebrate"
		}
	})
	for i, f := range w.Parts(station, county, rs...) {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint(i, ".bundle"), f)
	}
	county.Sync()
	city.Sync()
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Stored != 3 || p.Waiting != 2 {
		t.Errorf("the county holds %d, %d of them wait", p.Stored, p.Waiting)
	}
	if !county.Known("一") || !city.Known("一") {
		t.Error("an unknown field stops a matter")
	}
	up, err := county.Store.Since(ctx, apptest.City, 0, 1<<20)
	w.Must(err)
	if !slices.ContainsFunc(up.Records, func(r journal.Record) bool {
		return bytes.Equal(r.Core, rs[0].Core) && bytes.Equal(r.Signature, rs[0].Signature)
	}) {
		t.Error("it was not passed on as it is")
	}
	county.Healthy()
	city.Healthy()
}

// Keys, weekly files and old copies outlast a year and a half of silence.
func TestFault30LongSilence(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一", "二")
	for _, v := range station.List() {
		station.Do(v.Matter, `{"do":"collate"}`)
		station.Do(v.Matter, `{"do":"escalate"}`)
	}
	w.Settle(station, county, city)
	station.Titles("在抽屉里的U盘上")
	drawer := w.Parts(station, county)
	for range 18 {
		w.Later(30 * 24 * time.Hour)
		w.Must(county.Courier.Renew(ctx, rand.Reader))
		county.Do(county.List()[0].Matter, `{"do":"urge","note":"请抓紧"}`)
		county.Sync()
		city.Sync()
		county.Sync()
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); !p.Silent {
		t.Error("nobody noticed")
	}
	for i, f := range drawer { // sealed for keys that were renewed eighteen times since
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint("抽屉", i, ".bundle"), f)
	}
	if county.Sync(); !county.Known("在抽屉里的U盘上") {
		t.Errorf("it does not open any more: %+v", apptest.Progress(t, county, apptest.Yuanjia))
	}
	w.Must(station.Today(ctx, w.Now.Format(time.DateOnly)))
	station.Titles("回来了")
	for range 2 {
		station.Sync()
		county.Sync()
	}
	station.Sync()
	w.Agree(county, station)
	a, err := station.Store.Digests(ctx, apptest.Yuanjia, apptest.County)
	w.Must(err)
	b, err := county.Store.Digests(ctx, apptest.Yuanjia, apptest.County)
	w.Must(err)
	if len(a) == 0 || !maps.Equal(a, b) {
		t.Error("their lists differ")
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Silent || p.Diverged != "" || len(p.Aside)+len(p.Gaps) > 0 {
		t.Errorf("the county's page: %+v", p)
	}
}
