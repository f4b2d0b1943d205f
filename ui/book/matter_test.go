package book

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/apptest"
	"lianluo.local/app/ledger"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/peer"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/show"
)

// Confidential words that are not on this computer any more: the page says so, above all else that it knows.
func TestMatterSaysWhatItLacks(t *testing.T) {
	w := newWorld(t, "station", 2)
	ctx, old := context.Background(), w.Ledger.Store
	came, err := old.Since(ctx, "141102000000", 0, 1<<30) // what the county holds, and gives to a new computer of ours
	if err != nil {
		t.Fatal(err)
	}
	fresh := w.World.SetUp("station", apptest.Yuanjia).Store
	if err := peer.Know(ctx, fresh, peer.Peer{Replica: journal.Replica{7}, Unit: "141102000000", Card: "{}"}); err != nil {
		t.Fatal(err)
	}
	if got, err := peer.Receive(ctx, fresh, peer.Delivery{Unit: w.Settings.Unit, Replica: journal.Replica{7}, Incarnation: 1,
		First: 1, Head: came.End,
		Records: came.Records, At: w.World.Now}); err != nil || got[0].Err != nil || got[0].Done == 0 {
		t.Fatal(got, err)
	}
	w.Ledger.Store = fresh
	p, _ := open(t, w)
	for _, v := range p.table.Rows() {
		if !v.Confidential {
			continue
		}
		p.Open(v)
		if text := kittest.Seen(p.Object()); !strings.Contains(text, "缺的内容") || !strings.Contains(text, "不在了") {
			t.Error(text)
		}
		return
	}
	t.Errorf("none of %d is confidential", len(p.table.Rows()))
}

// A matter opens with the keyboard on what is likely done next; what is rare, 更正 and 作废 too, waits under 更多. News from
// outside takes the keyboard from nothing.
func TestOpensOnTheLikelyAct(t *testing.T) {
	w := newWorld(t, "station", 8)
	p, c := open(t, w)
	for _, v := range p.table.Rows() {
		want := map[matter.State]string{matter.Registered: "梳理…", matter.Answered: "评议…"}[v.State]
		p.Open(v)
		if b, ok := c.Focused().(*kit.Button); !ok || b.Text != want ||
			(b.Importance == widget.DangerImportance) != v.State.Open() {
			t.Errorf("%s opens on %v", v.State, c.Focused())
		}
		p.Back()
	}
	p.Open(p.table.Rows()[0])
	if text := kittest.Seen(p.matter.object); strings.Contains(text, "更正…") || strings.Contains(text, "撤回…") ||
		!strings.Contains(text, "更多…") {
		t.Error("what is rare is not under 更多")
	}
	for c.Focused().(*kit.Button).Text != "更多…" {
		c.FocusNext()
	}
	v := p.matter.View
	if _, err := w.Desk.Correct(w.host.Context, someone, v.ID,
		map[string]json.RawMessage{"place": json.RawMessage(`"八巷口"`)}); err != nil {
		t.Fatal(err)
	}
	if p.Shown(); p.matter.Version == v.Version || c.Focused().(*kit.Button).Text != "更多…" {
		t.Errorf("after news %v has the keyboard", c.Focused())
	}
	press(c, fyne.KeyReturn)
	for c.Focused().(*kit.Button).Text != "更正…" {
		c.FocusNext()
	}
	if press(c, fyne.KeyReturn); !strings.Contains(kittest.Seen(c.Overlays().Top()), "哪一项写错了") {
		t.Error("更多 does not lead to 更正")
	}
	press(c, fyne.KeyEscape)
}

// refreshed counts how often a new picture of what it lies in was asked for.
type refreshed struct {
	widget.Label
	times int
}

func (r *refreshed) Refresh() { r.times++ }

// After an act the page is drawn anew, and the keyboard is on what is likely done next, whatever it was on before.
func TestActedOn(t *testing.T) {
	w := newWorld(t, "station", 1)
	p, c := open(t, w)
	p.Open(p.table.Rows()[0])
	c.Unfocus()
	r := &refreshed{}
	r.ExtendBaseWidget(r)
	p.object.Add(r)
	before := r.times
	if p.do("collate"); r.times == before {
		t.Error("no new picture is asked for: on a screen the old one stays")
	}
	if b, ok := c.Focused().(*kit.Button); !ok || b.Text != "交办…" {
		t.Errorf("after an act %v has the keyboard", c.Focused())
	}
}

// The strip of steps has the colour of the light.
func TestStripFollowsTheLight(t *testing.T) {
	w := newWorld(t, "station", 1)
	p, _ := open(t, w)
	v := p.table.Rows()[0]
	for light, want := range map[ledger.Light]widget.Importance{ledger.Green: widget.SuccessImportance,
		ledger.Yellow: widget.WarningImportance,
		ledger.Red:    widget.DangerImportance, ledger.Off: widget.MediumImportance} {
		v.Light = light
		p.Open(v)
		var got []widget.Importance
		var walk func(fyne.CanvasObject)
		walk = func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *kit.Label:
				if strings.HasPrefix(o.Text, "③ ") {
					got = append(got, o.Importance)
				}
			case *fyne.Container:
				for _, below := range o.Objects {
					walk(below)
				}
			}
		}
		if walk(p.matter.object); !slices.Equal(got, []widget.Importance{want}) {
			t.Errorf("%s: the strip has %v", light, got)
		}
	}
}

// The key prints as the button does: what is likely wanted has the focus, the others stand below.
func TestKeyOffersThePapers(t *testing.T) {
	w := newWorld(t, "county", 1)
	p, c := open(t, w)
	v := p.table.Rows()[0]
	v.State, v.Answer = matter.Replied, "已疏通。"
	p.Open(v)
	p.Print()
	b, ok := c.Focused().(*kit.Button)
	if text := kittest.Seen(c.Overlays().Top()); !ok || b.Text != "处理反馈卡" || !strings.Contains(text, "受理回执") ||
		len(w.printed) > 0 {
		t.Errorf("offered %q, %v has the keyboard, printed %q", text, c.Focused(), w.printed)
	}
	p.matter.sheet.Close()
}

// A promise that was moved stands on the matter, with the day on the receipt, until the citizen was told; and what was
// voided may be taken up anew.
func TestMovedPromiseAndReopening(t *testing.T) {
	w := newWorld(t, "station", 1)
	p, c := open(t, w)
	v := p.table.Rows()[0]
	old := show.Date(v.Due)
	if _, err := w.Desk.Correct(w.host.Context, someone, v.ID,
		map[string]json.RawMessage{"occurred": json.RawMessage(`"2026-11-16 10:00"`)}); err != nil {
		t.Fatal(err)
	}
	v, err := w.Ledger.Show(w.host.Context, v.Number)
	if err != nil || len(v.Untold()) != 1 {
		t.Fatal(v.Moves, err)
	}
	p.Open(v)
	if text := kittest.Seen(p.matter.object); !strings.Contains(text, "原来答应 "+old) || !strings.Contains(text, "群众还不知道") ||
		!strings.Contains(text, "告知改期…") {
		t.Error(text)
	}
	p.void()
	c.Focused().(*kit.Entry).SetText("登记了两次")
	c.FocusNext()
	c.FocusNext()
	press(c, fyne.KeyReturn)
	if b, ok := c.Focused().(*kit.Button); p.matter.State != matter.Void || !ok ||
		!strings.Contains(kittest.Seen(p.matter.object), "重新受理…") {
		t.Error(p.matter.State, b)
	}
}
