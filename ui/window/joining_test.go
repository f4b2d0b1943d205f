package window

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/paper"
	"lianluo.local/data/home"
	"lianluo.local/data/peer"
	"lianluo.local/ui/kit"
)

// far opens the books of a home that stands elsewhere.
func far(t *testing.T, h home.Home) *app.App {
	t.Helper()
	o := &apptest.Seat{World: apptest.New(t)}
	o.World.Now = dusk
	o.Open(h)
	t.Cleanup(func() { o.Close() })
	return o.App
}

// reads says whether a text stands in the window, on its page or on the line on top.
func reads(w *Window, text string) bool {
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if l, ok := o.(*kit.Label); ok && l.Visible() && strings.Contains(l.Text, text) {
			return true
		}
	}
	return strings.Contains(w.frame.parcel.Text, text)
}

// tap presses a button that stands in the window.
func tap(t *testing.T, w *Window, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Visible() && strings.HasPrefix(b.Text, text) {
			test.Tap(b)
			return
		}
	}
	t.Fatal("no button " + text)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// From the first page on somebody is led to what is still to be done so that a station and its county believe each
// other.
func TestTheFirstPageLeadsToJoining(t *testing.T) {
	ctx, folder := context.Background(), t.TempDir()
	county, thief := far(t, seat(t, "county", "141102", folder)), far(t, seat(t, "county", "141102", folder))
	w := window(t, seat(t, "station", "141102002003", folder))
	sync := func(a *app.App) {
		t.Helper()
		_, err := a.Courier.Sync(ctx)
		must(t, err)
	}
	first := func() { w.open("home") }
	if first(); !reads(w, "还没有接上县里") {
		t.Error("the first page does not say that nobody is joined")
	}
	tap(t, w, "去报送")
	if w.frame.here.code != "exchange" || !reads(w, "接上县里：打一次电话，两边各填一次") {
		t.Error("it does not lead there")
	}
	sync(w.app)
	_, err := thief.Courier.Accept(ctx, w.app.Settings.Unit, w.app.Courier.Print())
	must(t, err)
	sync(w.app)
	if first(); !reads(w, "还差一步就接上县里") {
		t.Error("not told that a paper came:", w.frame.parcel.Text)
	}
	if err := w.app.Courier.Follow(ctx, county.Courier.Print()); err == nil {
		t.Error("a thief's paper fits the county's digits")
	}
	if first(); !reads(w, "县里的校验号对不上") || w.frame.parcel.Text != "✕ 县里的校验号对不上" {
		t.Error("not grave:", w.frame.parcel.Text)
	}
	_, err = county.Courier.Accept(ctx, w.app.Settings.Unit, w.app.Courier.Print())
	must(t, err)
	sync(w.app)
	if first(); reads(w, "还没有接上") || reads(w, "还差一步") || reads(w, "对不上") {
		t.Error("joined, and asked again:", w.frame.parcel.Text)
	}
	fresh := far(t, seat(t, "county", "141102", folder))
	_, err = fresh.Courier.Accept(ctx, w.app.Settings.Unit, w.app.Courier.Print())
	must(t, err)
	sync(w.app)
	if first(); !reads(w, "又有一台电脑自称是县里") || !strings.HasPrefix(w.frame.parcel.Text, "✕") {
		t.Error("another computer of the county is not told of:", w.frame.parcel.Text)
	}
}

// Who was joined by a program of before is asked on the first page; put off, at the next start.
func TestAskedToCompareUntilTheNextStart(t *testing.T) {
	folder := t.TempDir()
	card := far(t, seat(t, "county", "141102", folder)).Courier.Card()
	b, err := json.Marshal(card)
	must(t, err)
	h := seat(t, "station", "141102002003", folder)
	w := window(t, h)
	must(t, peer.Know(w.ctx, w.app.Store, peer.Peer{Replica: card.Replica, Unit: card.Unit, Name: card.Name,
		Card: string(b)}))
	const asked = "请和县里核对一次校验号"
	if w.open("home"); !reads(w, asked) {
		t.Error("not asked on the first page")
	}
	tap(t, w, "去报送")
	tap(t, w, "以后再说")
	if w.open("home"); reads(w, asked) {
		t.Error("asked again at once")
	}
	w.Close()
	if w = window(t, h); !reads(w, asked) {
		t.Error("not asked at the next start")
	}
}

// A county sees on its first page that somebody waits, and finds its digits and the slip where it is led.
func TestTheCountyIsLedToTheDoor(t *testing.T) {
	folder := t.TempDir()
	station := far(t, seat(t, "station", "141102002003", folder))
	_, err := station.Courier.Sync(context.Background())
	must(t, err)
	w := window(t, seat(t, "county", "141102", folder))
	if !reads(w, "1 个单位等着接入") {
		t.Error("the first page does not tell of who waits")
	}
	tap(t, w, "去接入")
	if !reads(w, "凤山街道袁家庄社区代表联络点") {
		t.Error("it does not lead to the door")
	}
	tap(t, w, "打印接入单")
	if w.win.Canvas().Overlays().Top() == nil {
		t.Error("the slip is not shown:", w.frame.notice.Said())
	}
	for _, k := range w.lists() {
		if k.Takes(paper.Digits) {
			t.Error(k.Name, "stands among the books and lists")
		}
	}
}

// The digits of the office's slip that were filled in at set-up wait for its answer.
func TestDigitsFromSetUp(t *testing.T) {
	folder := t.TempDir()
	county := far(t, seat(t, "county", "141102", folder))
	w := window(t, seat(t, "station", "141102002003", folder))
	w.follow(county.Courier.Print())
	if above, err := w.app.Courier.Above(w.ctx); err != nil || !above.Awaited {
		t.Errorf("%+v, %v", above, err)
	}
	w.open("exchange")
	if !reads(w, "已记下县里的校验号") {
		t.Error("the page does not know of them")
	}
}
