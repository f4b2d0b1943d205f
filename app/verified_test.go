package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/signed"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/report"
	"lianluo.local/app/trust"
	"lianluo.local/data/keyring"
)

// letterOf saves a paper of an office, signed in some way, and gives the file.
func letterOf(o *apptest.Seat, way string) string {
	o.World.T.Helper()
	page := typeset.NewPage(210, 297)
	page.Text(20, 40, typeset.Left, typeset.Style{Face: typeset.Kai, Size: 16}, "交办函")
	o.Signing = way
	file, err := o.Save(typeset.Document{Title: "交办函", Pages: []*typeset.Page{page}}, filepath.Join(o.World.T.TempDir(), "交办函.pdf"),
		false)
	o.World.Must(err)
	return file
}

// judges has an office verify a file: how the signer stands to it, and why the file is not to be believed.
func judges(o *apptest.Seat, file, digits string, standing trust.Standing, why error) app.Verified {
	o.World.T.Helper()
	v, err := o.Verify(ctx, file, digits)
	o.World.Must(err)
	doubt := v.Doubt()
	if v.Standing != standing || why == nil && doubt != nil || why != nil && !errors.Is(doubt, why) {
		o.World.T.Errorf("%s: %s is signed by %q (%s), doubt %v, want %v", o.Settings.Unit, filepath.Base(file), v.Standing, v.Unit,
			doubt, why)
	}
	return v
}

// Whose a signed paper is depends on who asks: an office knows itself, whom it compared digits with and whom these speak for; it
// believes nobody by his name, goes on believing a key that was exchanged, and does not believe one that was put out of use.
func TestWhoseAPaperIs(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city, other := w.SetUp("city", apptest.City), w.SetUp("station", apptest.Fengshan)
	w.Enrol(county, city)
	w.Settle(station, county, city)
	for _, way := range []string{app.Inside, app.Beside} {
		letter := letterOf(county, way)
		judges(county, letter, "", trust.Ours, nil)
		judges(station, letter, "", trust.Known, nil)
		judges(city, letter, "", trust.Known, nil)
		judges(city, letterOf(station, way), "", trust.Known, nil) // by the county's list
		v, err := other.Verify(ctx, letter, "")
		w.Must(err)
		if v.Standing != trust.Unheard || v.Doubt() == nil || !v.Whole() {
			t.Errorf("a stranger believes %+v", v)
		}
		judges(other, letter, keyring.Fingerprint(county.Trust.Card()), trust.Unheard, nil)
		if _, err := other.Verify(ctx, letter, keyring.Fingerprint(station.Trust.Card())); err == nil {
			t.Error("digits of another computer were taken")
		}
		// Whoever names himself as the county is not the county.
		ghost := w.Ghost(apptest.County)
		if v, err := station.Verify(ctx, letterOf(ghost, way), ""); err != nil || v.Doubt() == nil {
			t.Errorf("%s: somebody who names himself as the county is believed: %v %v", way, v.Standing, err)
		}
	}
	old := letterOf(county, app.Inside)
	w.Must(county.Courier.Renew(ctx, county.Random))
	w.Settle(station, county, city)
	judges(county, old, "", trust.Ours, nil)
	judges(station, old, "", trust.Retired, nil)
	judges(station, letterOf(county, app.Inside), "", trust.Known, nil)

	lost := letterOf(station, app.Inside)
	judges(county, lost, "", trust.Known, nil)
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	w.Settle(county, city)
	for _, o := range []*apptest.Seat{county, city} {
		if v, err := o.Verify(ctx, lost, keyring.Fingerprint(station.Trust.Card())); err != nil || v.Doubt() == nil ||
			v.Standing != trust.Out {
			t.Errorf("%s believes a computer that is out of use: %v %v", o.Settings.Unit, v.Standing, err)
		}
	}
}

// A signature beside a file is that of its bytes, whatever the file is; what was not signed says so, and a file that is written
// over without a signature is not taken for the signed one.
func TestBeside(t *testing.T) {
	w, county, station := apptest.Pair(t)
	kind, _ := report.KindByCode("month")
	dir := t.TempDir()
	for _, end := range []string{"xlsx", "docx", "csv", "json", "pdf"} {
		file := filepath.Join(dir, "月报."+end)
		county.Signing = app.Inside
		w.Must(county.WriteReport(ctx, report.Ask{Kind: kind}, file))
		if _, err := os.Stat(file + app.Sig); (err == nil) != (end != "pdf") {
			t.Errorf("%s: a signature lies beside: %v", end, err == nil)
		}
		judges(station, file, "", trust.Known, nil)
		b, err := os.ReadFile(file)
		w.Must(err)
		b[len(b)/2]++
		w.Must(os.WriteFile(file, b, 0o600))
		if v, err := station.Verify(ctx, file, ""); err != nil || v.Whole() {
			t.Errorf("%s is whole though a byte is another: %v", end, err)
		}
		w.Must(os.Remove(file))
	}
	plain := letterOf(county, app.Unsigned)
	judges(station, plain, "", "", signed.ErrNone)
	beside := letterOf(county, app.Beside)
	w.Must(os.WriteFile(beside+app.Sig, []byte("{}"), 0o600))
	judges(station, beside, "", "", signed.ErrForeign)
}

// A paper that will be signed says so at its foot where there is room, and is as it was where files are not signed.
func TestSignedPaperSaysSo(t *testing.T) {
	w, county, _ := apptest.Pair(t)
	kind, _ := report.KindByCode("month")
	says := func(way string) bool {
		county.Signing = way
		d, err := county.ReportPaper(ctx, report.Ask{Kind: kind})
		w.Must(err)
		for _, p := range papertest.Print(w.T, d, "") {
			if strings.Contains(p.Text, "电子签名") {
				return true
			}
		}
		return false
	}
	if says(app.Unsigned) || !says(app.Inside) || !says(app.Beside) {
		t.Error("the foot does not say what the file is")
	}
}
