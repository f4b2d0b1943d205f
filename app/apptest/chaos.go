package apptest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/ledger"
	officework "lianluo.local/app/office"
	"lianluo.local/app/trust"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
)

// Born sets up a county and others around it once, each enrolled with the office that it reports to, and gives the
// directory where they lie: each world is a copy.
func Born(t *testing.T, others ...string) string {
	t.Helper()
	w := &World{T: t, Now: Evening, Folder: filepath.Join(Dir(t), "folder")}
	w.Must(os.Mkdir(w.Folder, 0o700))
	dir := filepath.Dir(w.Folder)
	homes := append([]string{"county " + County}, others...)
	var all []*Seat
	for i, who := range homes {
		role, unit, _ := strings.Cut(who, " ")
		all = append(all, w.Settled(role, unit, "", home.Home(filepath.Join(dir, fmt.Sprint(i)))))
	}
	for _, o := range all {
		if at := slices.IndexFunc(all, func(p *Seat) bool { return p.Settings.Unit == o.Settings.Parent }); at >= 0 {
			w.Enrol(o, all[at])
		}
	}
	w.Settle(all...)
	for _, o := range all {
		w.Must(o.Close())
	}
	return dir
}

// Again opens a copy of a world that was born before.
func Again(t *testing.T, dir string, seed uint64) (w *World, all []*Seat) {
	t.Helper()
	mine := Dir(t)
	w = &World{T: t, Now: Evening.Add(time.Hour), Folder: filepath.Join(mine, "folder"), Seed: byte(50 + seed%150)}
	w.Must(os.CopyFS(mine, os.DirFS(dir)))
	for i := 0; ; i++ {
		h := home.Home(filepath.Join(mine, fmt.Sprint(i)))
		if _, err := os.Stat(string(h)); err != nil {
			return w, all
		}
		s, err := settings.Load(h)
		w.Must(err)
		s.Folder = w.Folder
		w.Must(s.Save(h))
		o := &Seat{World: w, Random: rand.NewChaCha8([32]byte{byte(i), 1, byte(seed),
			byte(seed >> 8), byte(seed >> 16)})}
		o.Open(h)
		t.Cleanup(func() { o.Close() })
		all = append(all, o)
	}
}

// Burns ends a computer, and another takes its place: whoever knew it was called, and compared the digits.
func (o *Seat) Burns(all []*Seat) *Seat {
	w, s := o.World, *o.Settings
	w.T.Helper()
	w.Must(o.Close())
	w.Later(time.Hour)
	fresh := w.SetUp(string(s.Role), s.Unit)
	for _, other := range all {
		if other != o && other.Settings.Parent == s.Unit { // first, so that nobody below waits for it
			_, err := fresh.Courier.Accept(ctx, other.Settings.Unit, other.Courier.Print())
			w.Must(err)
			w.Must(other.Courier.Follow(ctx, fresh.Courier.Print()))
		}
	}
	fresh.Sync()
	for _, other := range all {
		if other != o && s.Parent == other.Settings.Unit {
			_, err := other.Courier.Replace(ctx, s.Unit, fresh.Courier.Print())
			w.Must(err)
			w.Must(fresh.Courier.Follow(ctx, other.Courier.Print()))
			other.Sync() // nobody registers there before it has its history, and with that every letter that was used
			fresh.Sync()
		}
	}
	return fresh
}

// Spoil does something to a file of the folder.
func (w *World) Spoil(dice *rand.Rand) {
	files, err := filepath.Glob(filepath.Join(w.Folder, "*", "*", "*.bundle"))
	w.Must(err)
	if len(files) == 0 {
		return
	}
	written := map[string]time.Time{}
	for _, f := range files {
		info, err := os.Stat(f)
		w.Must(err)
		written[f] = info.ModTime()
	}
	// names hold chance, the order of writing does not
	slices.SortFunc(files, func(a, b string) int { return written[a].Compare(written[b]) })
	f := files[dice.IntN(len(files))]
	b, err := os.ReadFile(f)
	w.Must(err)
	switch dice.IntN(5) {
	case 0:
		w.Must(os.Remove(f))
	case 1:
		w.Must(os.WriteFile(f, b[:dice.IntN(len(b))], 0o600))
	case 2:
		b[dice.IntN(len(b))] ^= 1 << dice.IntN(8)
		w.Must(os.WriteFile(f, b, 0o600))
	case 3:
		w.Must(os.WriteFile(strings.TrimSuffix(f, ".bundle")+" (1).bundle", b, 0o600))
	case 4:
		w.Must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprintf("%d.bundle", dice.IntN(1000)))))
	}
}

// Clear takes away every bundle: whatever is needed is sent again.
func (w *World) Clear() {
	files, err := filepath.Glob(filepath.Join(w.Folder, "*", "*", "*.bundle"))
	w.Must(err)
	for _, f := range files {
		w.Must(os.Remove(f))
	}
}

// Heeds is who reads what his page asks him, takes the telephone, and compares digits; those of his own earlier
// computers stand on slips in the drawer.
func (o *Seat) Heeds(all []*Seat) {
	o.World.T.Helper()
	earlier, err := o.Courier.Earlier(ctx)
	o.World.Must(err)
	for _, was := range earlier {
		if !was.Believed {
			o.World.Must(Err(o.Courier.Confirm(ctx, o.Courier.Prints(ctx, []trust.Asking{{Card: was.Card}})[0])))
		}
	}
	shown := func(asking []trust.Asking, err error) []string {
		o.World.Must(err)
		return o.Courier.Prints(ctx, asking)
	}
	offices, asking := shown(o.Courier.Offices(ctx)), shown(o.Courier.Requests(ctx))
	for _, other := range all {
		switch digits := other.Courier.Print(); {
		case slices.Contains(offices, digits):
			o.World.Must(o.Courier.Follow(ctx, digits))
		case slices.Contains(asking, digits):
			o.World.Must(Err(o.Courier.Replace(ctx, other.Settings.Unit, digits)))
		}
	}
}

// Told says whether everybody has all that an office has for him.
func (o *Seat) Told() bool {
	ps, err := o.Courier.Status(ctx)
	if err != nil {
		o.World.T.Fatal(err)
	}
	return !slices.ContainsFunc(ps, func(p courier.Progress) bool { return p.Unacked > 0 })
}

// Alone says whether an office has a matter that nobody else does: those that it told lost it since, and the word of
// that was spoilt on its way. Of two disks that die before one can tell the other nothing comes back.
func (o *Seat) Alone(all []*Seat) bool {
	known := map[string]bool{}
	for _, other := range all {
		if other != o {
			for _, v := range other.List() {
				known[v.ID] = true
			}
		}
	}
	return slices.ContainsFunc(o.List(), func(v ledger.View) bool { return !known[v.ID] })
}

// Anything does some act that may follow with some matter.
func (o *Seat) Anything(dice *rand.Rand) {
	list := o.List()
	if len(list) == 0 {
		return
	}
	m := list[dice.IntN(len(list))].Matter
	acts := o.Office.Acts(m)
	if len(acts) == 0 {
		return
	}
	do := acts[dice.IntN(len(acts))].Code
	if do == "correct" || do == "void" || do == "merge" {
		return
	}
	o.World.Later(time.Minute)
	if do == "redact" {
		o.World.Must(o.Redact(ctx, o.Clerk(), "asked", m.ID))
		return
	}
	_, err := o.Office.Do(ctx, o.Clerk(), m.ID, officework.Order{Do: do, Note: "因为", To: []string{"街道办"},
		Deputies: []string{"甲", "乙"}, Class: 1, Answer: "好了", Minutes: "议定",
		Leader: "丙", Result: []string{"satisfied", "unsatisfied"}[dice.IntN(2)],
		Reason: map[bool]string{true: "慢"}[do == "rate" || do == "decline"], Who: "甲",
		Mode: map[bool]string{true: "department"}[do == "assign"]})
	if err != nil && !strings.Contains(err.Error(), "：") { // what is refused is refused with a sentence
		o.World.T.Fatalf("%s of %v by %s: %v", do, m.State, o.Settings.Unit, err)
	}
}

// ReadsCalendar is what somebody does whose clock jumped behind what he wrote: he confirms today's date by the wall
// calendar.
func (o *Seat) ReadsCalendar() {
	o.World.T.Helper()
	if o.Store.Doubts(ctx, o.Desk.Now()) != nil {
		o.World.Must(o.Store.Confirm(ctx, o.Desk.Now()))
	}
}
