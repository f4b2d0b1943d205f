package app_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	officework "lianluo.local/app/office"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
)

var (
	traitors = flag.Int("traitors", 0, "how many worlds with a traitor to play; 0: one for each deed")
	traitor  = flag.Uint64("traitor", 1, "the first of them")
	deedName = flag.String("deed", "", "what the traitor does in each of them; else each deed in its turn")
)

const (
	thief     = "141102002004D1-2" // a station of the county whose computer is the traitor's, or an honest one
	neighbour = "141121000000"     // another county of the city
	village   = "141121103200D1-1" // a station there
)

// where says whose computer the traitor has; the homes of each are open, the traitor's last.
var where = map[string][]string{
	"station": {"county " + apptest.County, "station " + apptest.Yuanjia, "station " + apptest.Fengshan, "city " + apptest.City, "station " + thief},
	"alone":   {"county " + apptest.County, "city " + apptest.City, "station " + thief}, // nobody else below the county tells otherwise
	"county":  {"county " + apptest.County, "station " + apptest.Yuanjia, "city " + apptest.City, "station " + village, "county " + neighbour},
	"city":    {"county " + apptest.County, "station " + apptest.Yuanjia, "station " + apptest.Fengshan, "city " + apptest.City},
	"folder":  {"county " + apptest.County, "station " + apptest.Yuanjia, "city " + apptest.City},
}

// A computer can harm what it wrote itself, and nothing else. One that is not honest, with the true keys of a station
// or of a county, or somebody who has the folder only, does whatever can be done with them, among others who go on with
// their work: after that their matters stand field by field as in the same world without him, everything they said has
// arrived, nobody was told that he was set back, no private word lies with somebody who may not have it, and their
// books are in order. One seed is one run.
func TestWorldsWithATraitor(t *testing.T) {
	t.Parallel()
	worlds := map[string]*stage{}
	for who, homes := range where {
		worlds[who] = &stage{dir: bornWithTraitor(t, who, homes), scripts: map[uint64]func() script{}}
	}
	does := slices.DeleteFunc(slices.Clone(deeds), func(d deed) bool { return *deedName != "" && d.name != *deedName })
	next := make(chan uint64)
	var playing sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		playing.Go(func() {
			for s := range next {
				d := does[s%uint64(len(does))]
				who := d.who[s/uint64(len(does))%uint64(len(d.who))]
				t.Run(fmt.Sprintf("seed %d %s of %s", s, d.name, who), func(t *testing.T) { worlds[who].play(t, s, d, who, does) })
			}
		})
	}
	for i := range uint64(cmp.Or(*traitors, len(does))) {
		next <- *traitor + i
	}
	close(next)
	playing.Wait()
}

// bornWithTraitor sets up the homes once. The traitor chose a number for its computer that comes before all others.
func bornWithTraitor(t *testing.T, who string, homes []string) string {
	t.Helper()
	w := &apptest.World{T: t, Now: apptest.Evening, Folder: filepath.Join(apptest.Dir(t), "folder")}
	w.Must(os.Mkdir(w.Folder, 0o700))
	dir, offices := filepath.Dir(w.Folder), map[string]*apptest.Seat{}
	var all []*apptest.Seat
	for i, h := range homes {
		role, unit, _ := strings.Cut(h, " ")
		w.Seed++
		o := &apptest.Seat{World: w, Random: rand.NewChaCha8([32]byte{w.Seed})}
		if i == len(homes)-1 && who != "folder" {
			o.Random = io.MultiReader(io.LimitReader(o.Random, 64), bytes.NewReader(make([]byte, 15)), o.Random)
		}
		at := home.Home(filepath.Join(dir, fmt.Sprint(i)))
		w.Must(apptest.Err(setup.Home(ctx, at, setup.Answers{Role: role, Unit: unit, Folder: w.Folder, Clerk: "单志远", Practice: true,
			Key: apptest.Sealing()}, o.Random)))
		o.Open(at)
		offices[unit], all = o, append(all, o)
	}
	for _, o := range all {
		if above := offices[o.Settings.Parent]; above != nil {
			w.Enrol(o, above)
		}
	}
	for _, o := range all {
		if o.Settings.Role == journal.Station {
			reports(o, 1)
		}
	}
	w.Settle(all...)
	for _, o := range all {
		w.Must(o.Close())
	}
	return dir
}

// reports registers an ordinary matter, and every other time one in confidence, with words that nobody else says.
func reports(o *apptest.Seat, n int) {
	o.World.T.Helper()
	for _, sealed := range []bool{false, true}[:1+n%2] {
		m := marks(o.Settings.Unit, sealed)
		o.ReadsCalendar()
		o.Receive(desk.Draft{Title: fmt.Sprintf("第%d件", n), Name: m[0], Phone: m[1], Address: m[2], Words: m[3] + fmt.Sprint(n), Confidential: sealed})
	}
}

// marks are a name, a telephone number, an address and words that only one station hears, in confidence or not.
func marks(unit string, sealed bool) []string {
	at := slices.Index([]string{apptest.Yuanjia, apptest.Fengshan, thief, village}, unit)
	said := []rune("甲乙丙丁")[at : at+1]
	number := fmt.Sprintf("139%d%d357924", at, map[bool]int{true: 1}[sealed])
	if sealed {
		return []string{"欧阳" + string(said) + "密", number, string(said) + "巷深处九号", string(said) + "不愿人知道的话"}
	}
	return []string{"司徒" + string(said) + "安", number, string(said) + "街口三号", string(said) + "家里的难处"}
}

// stage is where worlds of one sort are played.
type stage struct {
	dir     string
	lock    sync.Mutex
	scripts map[uint64]func() script
}

// script is what honest people do in a world, and what comes of it where all are honest.
type script struct {
	rounds [][]step
	stands []map[string]string // by home
	lives  []uint32
}

// step is a matter that somebody registers, or an act.
type step struct {
	home   int
	number string // "" to register
	order  officework.Order
}

const rounds = 2 // of work; as many and one more are for what is under way

// script plays a world in which all are honest, once.
func (s *stage) script(t *testing.T, seed uint64, who string) script {
	s.lock.Lock()
	once := s.scripts[seed]
	if once == nil {
		once = sync.OnceValue(func() script { return honest(t, s.dir, seed, who) })
		s.scripts[seed] = once
	}
	s.lock.Unlock()
	return once()
}

func honest(t *testing.T, dir string, seed uint64, who string) (s script) {
	dice := rand.New(rand.NewPCG(seed, 11))
	w, all := apptest.Again(t, dir, seed)
	for range rounds {
		var said []step
		for home, o := range all {
			if o.Settings.Role == journal.Station && dice.IntN(2) == 0 && o.Settings.Unit != thief {
				said = append(said, step{home: home})
			}
			if number, order := anythingOf(o, dice, who); number != "" {
				said = append(said, step{home, number, order})
			}
			for _, step := range said {
				if step.home == home {
					w.Must(perform(o, step, len(s.rounds)))
				}
			}
		}
		s.rounds = append(s.rounds, said)
		round(w, all)
	}
	for range rounds + 1 {
		round(w, all)
	}
	for _, o := range all {
		s.stands, s.lives = append(s.stands, stands(o, who)), append(s.lives, o.Store.Self().Incarnation)
		w.Must(o.Close())
	}
	return s
}

func round(w *apptest.World, all []*apptest.Seat) {
	for _, o := range all {
		o.Sync()
	}
}

// anythingOf is some act of some matter that no traitor has to do with.
func anythingOf(o *apptest.Seat, dice *rand.Rand, who string) (number string, order officework.Order) {
	list := slices.DeleteFunc(o.List(), func(v ledger.View) bool { return !honestly(v.Unit, who) })
	if len(list) == 0 || !honestly(o.Settings.Unit, who) || o.Settings.Unit == thief {
		return "", order
	}
	m := list[dice.IntN(len(list))].Matter
	var can []string
	for _, a := range o.Office.Acts(m) {
		if !slices.Contains([]string{"correct", "void", "merge", "reckon"}, a.Code) {
			can = append(can, a.Code)
		}
	}
	if len(can) == 0 {
		return "", order
	}
	do := can[dice.IntN(len(can))]
	note := "因为"
	if m.Confidential && o.Settings.Unit == m.Unit {
		note = marks(m.Unit, true)[3]
	}
	return m.Number, officework.Order{Do: do, Note: note, To: []string{"街道办"}, Deputies: []string{"甲", "乙"}, Class: 1, Answer: "好了", Minutes: "议定",
		Leader: "丙", Result: "satisfied", Who: "甲", Reason: map[bool]string{true: "忙"}[do == "decline"], Mode: map[bool]string{true: "department"}[do == "assign"]}
}

// honestly says whether what a unit registered hangs on honest computers only.
func honestly(unit, who string) bool {
	switch who {
	case "station", "alone":
		return unit != thief
	case "county":
		return unit != neighbour && unit != village
	}
	return who != "city"
}

// perform what a script says. What is refused with a sentence is refused in every world.
func perform(o *apptest.Seat, s step, n int) error {
	if s.number == "" {
		reports(o, n+2)
		return nil
	}
	o.World.Later(time.Minute)
	o.ReadsCalendar()
	v, err := o.Ledger.Show(ctx, s.number)
	if err == nil {
		_, err = o.Office.Do(ctx, o.Clerk(), v.ID, s.order)
	}
	if err != nil && !strings.Contains(err.Error(), "：") {
		return fmt.Errorf("%s of %s by %s: %w", s.order.Do, s.number, o.Settings.Unit, err)
	}
	return nil
}

// stands is how the matters of honest units stand at a home, by number; of those below the traitor, what they said
// themselves.
func stands(o *apptest.Seat, who string) map[string]string {
	list := map[string]string{}
	for _, v := range o.List() {
		m := v.Matter
		if !honestly(m.Unit, who) {
			if who != "city" && (who != "county" || o.Settings.Unit != m.Unit) {
				continue
			}
			m = matter.Matter{Base: thing.Base{Unit: m.Unit, History: m.History}, Report: m.Report, Private: m.Private}
			m.History = slices.DeleteFunc(slices.Clone(m.History), func(e thing.Event) bool { return e.Unit != m.Unit })
		}
		m.ID = "" // it holds the time of day
		open, err := json.Marshal(m)
		o.World.Must(err)
		private, err := json.Marshal(o.Show(m).Private)
		o.World.Must(err)
		list[m.Number] += string(open) + string(private)
	}
	return list
}

// play is one world.
func (s *stage) play(t *testing.T, seed uint64, d deed, who string, does []deed) {
	plan := s.script(t, seed%4, who)
	if t.Failed() {
		return
	}
	w, all := apptest.Again(t, s.dir, seed%4)
	l := newLiar(w, who, all, rand.New(rand.NewPCG(seed, 13)))
	when := l.dice.IntN(rounds)
	for n, said := range plan.rounds {
		for home, o := range all {
			for _, step := range said {
				if step.home == home {
					w.Must(perform(o, step, n))
				}
			}
		}
		if n >= when && (n == when || l.dice.IntN(2) == 0) && !d.late {
			d.do(l)
			if other := does[l.dice.IntN(len(does))]; !other.late && slices.Contains(other.who, who) && l.dice.IntN(4) == 0 {
				t.Log("and", other.name)
				other.do(l)
			}
		}
		l.round()
	}
	if d.late {
		d.do(l)
	}
	for range rounds + 1 {
		l.round()
	}
	for home, o := range all {
		if o == l.home {
			continue
		}
		if now := o.Store.Self().Incarnation; now != plan.lives[home] {
			t.Errorf("%s began a new life: %d, not %d", o.Settings.Unit, now, plan.lives[home])
		}
		want, got := plan.stands[home], stands(o, who)
		for number := range union(want, got) {
			if want[number] != got[number] {
				at := 0
				for at < min(len(want[number]), len(got[number])) && want[number][at] == got[number][at] {
					at++
				}
				around := func(s string) string { return s[min(max(at-90, 0), len(s)):min(at+200, len(s))] }
				t.Errorf("%s at %s stands otherwise:\nhonest  %q\ntraitor %q", number, o.Settings.Unit, around(want[number]), around(got[number]))
			}
		}
		unharmed(o, l)
	}
	l.leaks()
	l.namesHim(t, d)
}

// round is one in which his own home may say that it cannot go on: that is his harm.
func (l *liar) round() {
	for _, o := range l.all {
		if o != l.home {
			o.Sync()
			continue
		}
		l.w.Later(time.Minute)
		_, _ = o.Courier.Sync(ctx)
	}
}
