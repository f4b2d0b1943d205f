package app_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/data/home"
)

var olds = flag.String("old", "", "programs of earlier commits, COMMIT=FILE,…, to play with that of today")

// mixed is a station, its county and the city, each with a program of its own, that work by commands alone.
type mixed struct {
	*apptest.World
	station, county, city *desktop
}

// desktop is a home and the program that opens it now.
type desktop struct {
	m               *mixed
	unit            string
	program, folder string
}

// says runs a command, which must succeed, and gives each line that it answers.
func (d *desktop) says(stdin string, args ...string) (lines []map[string]any) {
	d.m.T.Helper()
	cmd := exec.Command(d.program, append([]string{"--home", d.folder, "--now", d.m.Now.Format("2006-01-02T15:04:05-07:00"), "--json"}, args...)...)
	cmd.Stdin = strings.NewReader(stdin)
	var wrong bytes.Buffer
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if err != nil {
		d.m.T.Fatalf("%s %q of %s: %v %s%s", d.unit, args, filepath.Base(d.program), err, out, wrong.Bytes())
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var line map[string]any
		d.m.Must(dec.Decode(&line))
		lines = append(lines, line)
	}
	return lines
}

// sync is a round, in which nothing may be set aside.
func (d *desktop) sync() {
	d.m.T.Helper()
	d.m.Later(60e9)
	if aside := d.says("", "sync")[0]["aside"]; len(aside.([]any)) > 0 {
		d.m.T.Errorf("%s sets aside %v", d.unit, aside)
	}
}

// list is what it lists, by number: what a matter is there, as far as old and new tell it alike.
func (d *desktop) list() map[string]string {
	d.m.T.Helper()
	list := map[string]string{}
	for _, v := range d.says("", "list") {
		whole := d.says("", "show", v["number"].(string))[0]
		var history []string
		for _, e := range whole["history"].([]any) {
			event := e.(map[string]any)
			history = append(history, fmt.Sprint(event["at"], event["do"]))
		}
		title := whole["title"]
		if whole["confidential"] == true { // each level has its own words for it
			title = "保密"
		}
		list[v["number"].(string)] = fmt.Sprint(whole["id"], title, whole["step"], whole["state"], whole["due"], history, whole["conflicts"])
	}
	return list
}

func (m *mixed) all() []*desktop { return []*desktop{m.station, m.county, m.city} }

// settle lets all exchange until all has come where it goes.
func (m *mixed) settle() {
	m.T.Helper()
	for range 4 {
		for _, d := range m.all() {
			d.sync()
		}
	}
}

// joins is the telephone call. Programs of before let the office above be the first that answered.
func (m *mixed) joins(below, above *desktop) {
	m.T.Helper()
	below.sync()
	print := func(d *desktop) string { return d.says("", "enrol", "show")[0]["fingerprint"].(string) }
	above.says("", "enrol", "accept", below.unit, "--fingerprint", print(below))
	below.sync()
	if digits := print(above); len(digits) == 16 {
		below.says("", "enrol", "accept", above.unit, "--fingerprint", digits)
	}
	below.sync()
	above.sync()
}

// registers is a citizen at the station's table; more is what else is written down, each with a comma before it.
func (m *mixed) registers(title, more string) (number string) {
	m.T.Helper()
	m.Later(60e9)
	return m.station.says(fmt.Sprintf(`{"title":%q,"name":"郝来福","phone":"13812345678","words":"原话","category":"0203"%s}`, title, more),
		"receive", "-")[0]["number"].(string)
}

// does is one act.
func (d *desktop) does(number, order string) {
	d.m.T.Helper()
	d.m.Later(60e9)
	d.says(order, "act", number, "-")
}

// before are the programs of earlier commits, by commit.
func before(t *testing.T) map[string]string {
	t.Helper()
	if *olds == "" {
		t.Skip("make old builds the programs of before")
	}
	programs := map[string]string{}
	for _, old := range strings.Split(*olds, ",") {
		commit, file, _ := strings.Cut(old, "=")
		file, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		programs[commit] = file
	}
	return programs
}

// joined are the three of them, set up and joined by a program.
func joined(t *testing.T, program string) *mixed {
	t.Helper()
	m, dir := &mixed{World: apptest.Begin(t)}, apptest.Dir(t)
	for _, d := range []struct {
		at         **desktop
		role, unit string
	}{{&m.station, "station", apptest.Yuanjia}, {&m.county, "county", apptest.County}, {&m.city, "city", apptest.City}} {
		*d.at = &desktop{m: m, unit: d.unit, program: program, folder: filepath.Join(dir, d.role)}
		(*d.at).says("", "init", "--role", d.role, "--unit", d.unit, "--folder", m.Folder, "--practice")
	}
	m.joins(m.station, m.county)
	m.joins(m.county, m.city)
	return m
}

// A program of before and that of today, at a station, its county and the city, in every combination: what was said
// before one of them was renewed and what is said afterwards comes through everywhere and stands everywhere alike,
// under the names it had, and nobody finds that another's list differs from his. When all are renewed at last nothing
// is missing (make old builds the programs).
func TestOldPrograms(t *testing.T) {
	today := program(t)
	for commit, file := range before(t) {
		for who := range 8 {
			programs := func(bit int) string { return map[bool]string{true: today, false: file}[who>>bit&1 == 1] }
			t.Run(fmt.Sprintf("%s, today's at %03b", commit, who), func(t *testing.T) {
				m := joined(t, file)
				first := m.registers("以前登记的", "")
				m.settle()
				m.station.program, m.county.program, m.city.program = programs(0), programs(1), programs(2)
				m.play(t, first)
				for _, d := range m.all() {
					d.program = today
				}
				m.settle()
				m.alike(t)
			})
		}
	}
}

// play is what they do; before is a matter that they had.
func (m *mixed) play(t *testing.T, before string) {
	t.Helper()
	number := m.registers("后来登记的", "")
	m.settle()
	m.alike(t)
	for _, n := range []string{before, number} {
		m.station.does(n, `{"do":"collate","mode":"department"}`)
		m.station.does(n, `{"do":"escalate","note":"请区里协调"}`)
	}
	m.settle()
	m.county.does(before, `{"do":"assign","to":["水利局"],"note":"请踏勘"}`)
	m.county.does(number, `{"do":"escalate","note":"请市里协调"}`)
	m.settle()
	m.alike(t)
	m.city.does(number, `{"do":"assign","to":["市住建局"]}`)
	m.county.does(before, `{"do":"sign"}`)
	m.county.does(before, `{"do":"answer","class":1,"answer":"雨水管已经疏通。"}`)
	m.settle()
	m.station.does(before, `{"do":"inform"}`)
	m.station.does(before, `{"do":"rate","result":"satisfied"}`)
	secret := m.registers("保密的", `,"confidential":true`)
	m.station.does(secret, `{"do":"collate"}`)
	m.station.does(secret, `{"do":"escalate"}`)
	m.settle()
	m.county.does(secret, `{"do":"assign","to":["水利局"]}`)
	m.settle()
	m.alike(t)
}

// A county with a program of before has something of a kind that its program does not know: its matters go on, and once
// it is renewed all that lay there goes where it should, the private part too, also to a station that was let in
// meanwhile, whose program is of before, too.
func TestOldCountyIsRenewed(t *testing.T) {
	for commit, file := range before(t) {
		t.Run(commit, func(t *testing.T) {
			m := joined(t, file)
			other := &desktop{m: m, unit: apptest.Fengshan, program: file, folder: filepath.Join(apptest.Dir(t), "other")}
			other.says("", "init", "--role", "station", "--unit", other.unit, "--folder", m.Folder, "--practice")
			m.joins(other, m.county)
			seat := func(d *desktop) *apptest.Seat {
				o := &apptest.Seat{World: m.World}
				o.Open(home.Home(d.folder))
				t.Cleanup(func() { o.Close() })
				return o
			}
			station, city := seat(m.station), seat(m.city)
			for _, title := range []string{"锦旗", "牌匾"} {
				station.SendParcel(title, "")
				station.Titles("和" + title + "一起登记的")
				for range 2 {
					station.Sync()
					m.county.sync()
					city.Sync()
				}
				if len(m.county.list()) != len(station.List()) || len(city.List()) != len(station.List()) {
					t.Errorf("beside parcels the county lists %v, the city %d of %d", m.county.list(), len(city.List()), len(station.List()))
				}
			}
			early := len(city.Parcels()) > 0 // the older one passes nothing up
			if early {
				city.Invite(city.Parcels()[0], other.unit)
			}
			for range 2 {
				city.Sync()
				m.county.sync()
				other.sync()
			}
			county := seat(m.county)
			county.PostParcel("通知")
			m.Settle(station, county, city)
			if !early {
				city.Invite(city.Parcels()[0], other.unit)
				m.Settle(station, county, city)
			}
			other.sync()
			late := seat(other)
			for _, p := range county.Parcels() { // the city let it in without knowing the note
				if !p.Posted && early {
					county.Invite(p, other.unit)
					break
				}
			}
			m.Settle(station, county, city, late)
			if n := m.SameParcels(station, county, city, late); n != 3 || len(county.Parcels()) != 3 || len(late.Parcels()) != 2 {
				t.Errorf("%d parcels, the county lists %d, the station that was let in %d", n, len(county.Parcels()), len(late.Parcels()))
			}
			m.Agree(county, station, late)
			city.Healthy()
			county.Quiet()
		})
	}
}

// alike fails unless all three have the same matters, and nobody knows of anything amiss.
func (m *mixed) alike(t *testing.T) {
	t.Helper()
	want := m.station.list()
	for _, d := range m.all() {
		got := d.list()
		for _, number := range slices.Sorted(maps.Keys(want)) {
			if got[number] != want[number] {
				t.Errorf("%s has %s as\n%s, the station as\n%s", d.unit, number, got[number], want[number])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s lists %d matters, the station %d", d.unit, len(got), len(want))
		}
		if rep := d.says("", "check")[0]; rep["ok"] != true {
			t.Errorf("check of %s: %v", d.unit, rep["problems"])
		}
		for _, p := range d.says("", "status")[0]["peers"].([]any) {
			peer := p.(map[string]any)
			if peer["diverged"] != "" || peer["waiting"] != 0.0 || len(peer["gaps"].([]any))+len(peer["aside"].([]any)) > 0 || peer["unacked"] != 0.0 {
				t.Errorf("%s about %s: %v", d.unit, peer["unit"], peer)
			}
		}
	}
}
