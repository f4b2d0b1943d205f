package app_test

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/assets/version"
	"lianluo.local/data/home"
	"lianluo.local/data/release"
)

// A release that somebody sent is kept as one from the shared folder is, whatever the file is called and without the folder; what
// the publisher did not sign, what is older than this program or than what is kept, and what is no release, is not.
func TestFetchFile(t *testing.T) {
	u := renewing(t)
	u.Must(os.Rename(u.Folder, u.Folder+".away"))
	good := made(t, ours, "99.0.0", "")
	for _, c := range []struct {
		what, file string
		want       error // nil: whatever
	}{
		{"somebody else's", u.write(made(t, theirs, "99.0.0", "")), release.ErrUnsigned},
		{"half", u.write(good[:len(good)/2]), release.ErrForm},
		{"another package in it", u.write(bytes.Replace(good, []byte("Debian 99.0.0"), []byte("Trojan 99.0.0"), 1)), nil},
		{"this one", u.write(made(t, ours, version.Number, "")), app.ErrUpToDate},
		{"for other computers", u.write(made(t, ours, "99.0.0", "arm64")), release.ErrForeign},
		{"a folder", t.TempDir(), home.ErrFolder},
		{"nothing", u.write(nil) + "x", os.ErrNotExist},
	} {
		if _, err := u.station.FetchFile(ctx, c.file); err == nil || c.want != nil && !errors.Is(err, c.want) || u.kept(u.station) != nil {
			t.Errorf("%s: %v, kept %q", c.what, err, u.kept(u.station))
		}
	}
	for _, o := range []*apptest.Seat{u.station, u.county} {
		if got, err := o.FetchFile(ctx, u.write(good)); err != nil || got.Version != "99.0.0" || !got.Kept {
			t.Errorf("%+v %v", got, err)
		}
	}
	if _, err := u.station.FetchFile(ctx, u.write(made(t, ours, "98.0.0", ""))); !errors.Is(err, app.ErrTaken) {
		t.Errorf("an older one than is kept: %v", err)
	}
	u.Later(5 * time.Hour) // nobody is received in the night
	if _, _, err := u.station.Install(ctx, false); err != nil || len(u.ran) != 1 {
		t.Errorf("%v, ran %q", err, u.ran)
	}
}
