// Package demo plays a city, a county and its stations over one folder, with a fixed clock and seed: the same seed
// gives the same matters, numbers and papers for ever (only the ciphertext of the bundles differs, as it must). Each
// week citizens come, stations sort and hand on, the county assigns and answers, and answers are brought to the
// citizens, who rate them. It leaves homes, bundles, one of each paper and report and the county's list to look at.
package demo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/setup"
	"lianluo.local/assets/places"
	"lianluo.local/data/home"
	"lianluo.local/data/mask"
	"lianluo.local/data/unit"
)

// Options of a play.
type Options struct {
	Out      string // an empty folder, or one that is not there yet
	Stations int    // at least 1
	Weeks    int    // at least 1
	Seed     uint64
}

const (
	city   = "141100000000"
	county = "141102000000"
)

// start is a Monday evening, half past seven, when deputies sit at the stations.
var start = time.Date(2026, 11, 2, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

type play struct {
	Options
	ctx  context.Context
	now  time.Time
	rand *rand.Rand
	left []string // files to look at

	members map[string][]member // the deputies of each station
}

// Play plays and returns the files that it left, relative to Out.
func Play(ctx context.Context, o Options) (files []string, err error) {
	if entries, err := os.ReadDir(o.Out); err == nil && len(entries) > 0 {
		return nil, ErrNotEmpty
	}
	if err := os.MkdirAll(filepath.Join(o.Out, "exchange"), 0o755); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	p := &play{Options: o, ctx: ctx, now: start, rand: rand.New(rand.NewPCG(o.Seed, 1))}
	above, err := p.open("city", setup.Answers{Role: "city", Unit: city, Phone: "0358-8228000", Clerk: "市人大 郝敏"})
	if err != nil {
		return nil, err
	}
	defer above.Close()
	office, err := p.open("county", setup.Answers{Role: "county", Unit: county, Phone: "0358-8221000", Clerk: "县人大 任晓"})
	if err != nil {
		return nil, err
	}
	defer office.Close()
	if err := p.enrol(office, above); err != nil {
		return nil, err
	}
	var stations []*app.App
	for i, unit := range p.units() {
		clerk := clerks[i%len(clerks)]
		a, err := p.open(fmt.Sprintf("station-%02d", i+1), setup.Answers{Role: "station", Unit: unit, Clerk: clerk,
			Phone: fmt.Sprintf("0358-82213%02d", i+21)})
		if err != nil {
			return nil, err
		}
		defer a.Close()
		if err := p.enrol(a, office); err != nil {
			return nil, err
		}
		stations = append(stations, a)
	}
	if err := p.found(above, office, stations); err != nil {
		return nil, err
	}
	if err := p.visited(stations[0]); err != nil {
		return nil, err
	}
	for week := range o.Weeks {
		for i, a := range stations {
			p.now = start.AddDate(0, 0, 7*week).Add(time.Duration(i) * time.Minute)
			if err := p.evening(a, filepath.Join("papers", fmt.Sprintf("station-%02d", i+1)), week, week*len(stations)+i); err != nil {
				return nil, err
			}
		}
		if week == 0 {
			if err := p.gathered(stations[0]); err != nil {
				return nil, err
			}
		}
		monday := start.AddDate(0, 0, 7*week)
		if err := errors.Join(p.week(monday, stations, office, above, week), p.announce(stations, monday)); err != nil {
			return nil, err
		}
	}
	for i, a := range append([]*app.App{office}, stations...) {
		if err := p.papers(a, []string{"county", "station"}[min(i, 1)]); err != nil {
			return nil, err
		}
		if i == 1 {
			break // the others' papers look the same
		}
	}
	err = errors.Join(p.reports(office, "county"), p.reports(above, "city", "week", "month", "leader"),
		p.reports(stations[0], "station", "station", "leader"))
	return p.left, errors.Join(err, p.list(office))
}

func (p *play) open(name string, a setup.Answers) (*app.App, error) {
	random := p.stream()
	h := home.Home(filepath.Join(p.Out, "homes", name))
	a.Practice, a.Folder = true, filepath.Join(p.Out, "exchange")
	if _, err := setup.Home(p.ctx, h, a, random); err != nil {
		return nil, fmt.Errorf("demo %s: %w", name, err)
	}
	return app.Open(p.ctx, app.Options{Home: h, Now: func() time.Time { return p.now }, Random: random})
}

// stream is an endless source of bytes of its own for one computer.
func (p *play) stream() io.Reader {
	var seed [32]byte
	for i := 0; i < len(seed); i += 8 {
		binary.LittleEndian.PutUint64(seed[i:], p.rand.Uint64())
	}
	return rand.NewChaCha8(seed)
}

// units are the stations: two of the article's places first, then villages of the county in their order.
func (p *play) units() (units []string) {
	codes := []string{"141102002003", "141102002006"}
	for _, township := range places.Children(county) {
		for _, village := range places.Children(township.Code) {
			if village.Code != codes[0] && village.Code != codes[1] {
				codes = append(codes, village.Code)
			}
		}
	}
	for _, code := range codes[:min(len(codes), max(1, p.Stations))] {
		unit, _ := unit.Station(code)
		units = append(units, unit)
	}
	return units
}

// enrol does what takes a telephone call: the station asks, each types the other's digits, and the county accepts.
func (p *play) enrol(a, office *app.App) error {
	if _, err := a.Courier.Sync(p.ctx); err != nil {
		return err
	}
	if err := a.Courier.Follow(p.ctx, office.Courier.Print()); err != nil {
		return fmt.Errorf("demo: the office above %s: %w", a.Settings.Unit, err)
	}
	if _, err := office.Courier.Accept(p.ctx, a.Settings.Unit, a.Courier.Print()); err != nil {
		return fmt.Errorf("demo: accept %s: %w", a.Settings.Unit, err)
	}
	return nil
}

// evening receives a few citizens and prints their receipts.
func (p *play) evening(a *app.App, dir string, week, round int) error {
	o, err := a.Issuer(p.ctx)
	if err != nil {
		return err
	}
	id, err := p.sit(a, week)
	if err != nil {
		return err
	}
	for i := range 4 {
		p.now = p.now.Add(9 * time.Minute)
		d := p.visitor(round*4 + i)
		d.Deputies, d.Persons = p.called(a.Settings.Unit, d.Deputies)
		m, err := a.Desk.Receive(p.ctx, a.Clerk(), d)
		if err != nil {
			return fmt.Errorf("demo: receive: %w", err)
		}
		size := []paper.Size{paper.A5, paper.A5, paper.A4, paper.Roll}[i]
		pdf, err := paper.Of(m, o).PDF(size)
		if err != nil {
			return fmt.Errorf("demo: receipt: %w", err)
		}
		if err := p.leave(filepath.Join(dir, m.Number+"-"+string(size)+".pdf"), pdf); err != nil {
			return err
		}
	}
	p.now = p.now.Add(9 * time.Minute)
	return p.rise(a, id, week, 4+round%3)
}

// visitor is the n-th citizen with one of the article's matters.
func (p *play) visitor(n int) desk.Draft {
	d := cases[n%len(cases)]
	d.Name = people[(n*7+p.rand.IntN(3))%len(people)]
	d.Phone = fmt.Sprintf("1%d%08d", 35+p.rand.IntN(50)%50, p.rand.IntN(1e8))[:11]
	d.Occurred = p.now.Format(time.RFC3339)
	if n%11 == 10 {
		d.Name, d.Phone = "", "" // somebody who would rather not say
	}
	return d
}

func (p *play) leave(name string, b []byte) error {
	file := filepath.Join(p.Out, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	p.left = append(p.left, filepath.ToSlash(name))
	return home.WriteWhole(file, b, 0o644)
}

// list leaves the county's list, for people and for programs, and names the bundles.
func (p *play) list(office *app.App) error {
	page, err := office.Ledger.Page(p.ctx, ledger.Query{Limit: 100000})
	if err != nil {
		return err
	}
	var text, lines bytes.Buffer
	for _, v := range page.Matters {
		fmt.Fprintf(&text, "%s  %s  %s  %s  %s（%s）\n", v.Number, v.Occurred.In(start.Location()).Format("2006-01-02 15:04"),
			places.Of(v.Station).Where, mask.Name(v.Name), v.Title, v.State)
		b, err := v.JSON(false)
		if err != nil {
			return err
		}
		lines.Write(append(b, '\n'))
	}
	if err := p.leave("county-list.txt", text.Bytes()); err != nil {
		return err
	}
	if err := p.leave("county-list.ndjson", lines.Bytes()); err != nil {
		return err
	}
	return filepath.WalkDir(filepath.Join(p.Out, "exchange"), func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".bundle") {
			if rel, err := filepath.Rel(p.Out, path); err == nil {
				p.left = append(p.left, filepath.ToSlash(rel))
			}
		}
		return err
	})
}
