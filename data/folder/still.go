package folder

import (
	"hash/maphash"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
)

// Many is how many names a directory holds at most where nobody throws things in; Few how many one holds at most of a
// folder that is strewn with them.
const Many, Few = 2000, 100

const (
	// so long at most: Windows does not date the directories of a stick anew, and a file may change where it lies
	trusted  = time.Hour
	mostMet  = 1000 // names that are kept of one directory
	mostDirs = 1000 // directories that are kept
)

// Memory is what rounds before found in crowded directories, by path: anybody may lay a hundred thousand files into
// one. A directory that stood still since is not listed once more, for an hour at most. It may be lost without harm.
type Memory map[string]Crowd

// Crowd is a crowded directory as it stands.
type Crowd struct {
	Changed time.Time        `json:"changed"` // as the storage says
	First   time.Time        `json:"first"`   // when it was first seen so, by our clock
	Found   map[string]Found `json:"found"`   // by what was looked for
}

// Found is what deserves a look each time all the same.
type Found struct {
	Under string    `json:"under,omitempty"` // what was gone by
	Names []string  `json:"names,omitempty"`
	At    time.Time `json:"at"` // by our clock
}

// round is what one round knows of crowded directories, by path.
type round struct {
	now    func() time.Time
	before Memory
	seen   map[string]sight
	found  map[string]map[string]Found
}

// sight is a directory as it was first listed.
type sight struct {
	at, changed time.Time
	names       int
	sum         uint64 // of the names, in whatever order they come
}

var seed = maphash.MakeSeed()

func (s *sight) add(name string) { s.names, s.sum = s.names+1, s.sum+maphash.String(seed, name) }

// Recall begins a round that rests on what those before it found. now is our clock.
func (f *Folder) Recall(m Memory, now func() time.Time) {
	if m == nil {
		m = Memory{}
	}
	f.round = &round{now, m, map[string]sight{}, map[string]map[string]Found{}}
}

// Still gives what a look for something found in the directory at a path, where there is no need to look again: it
// stood still since, and what the look goes by is the same.
func (f *Folder) Still(dir, of, under string) (names []string, still bool) {
	if f.round == nil {
		return nil, false
	}
	c := f.round.before[dir]
	found, ok := c.Found[of]
	if !ok || found.Under != under || !recent(found.At, f.round.now()) {
		return nil, false
	}
	info, err := f.root.Lstat(dir)
	return slices.Clone(found.Names), err == nil && info.IsDir() && info.ModTime().Equal(c.Changed)
}

// Found keeps what a look for something found in a directory, where that is crowded.
func (f *Folder) Found(dir, of, under string, names ...string) {
	if f.Held(dir) > Many {
		f.Keep(dir, of, under, names...)
	}
}

// Keep keeps what a look for something found in a directory of more than a few names.
func (f *Folder) Keep(dir, of, under string, names ...string) {
	if f.Held(dir) == 0 {
		return
	}
	if f.round.found[dir] == nil {
		f.round.found[dir] = map[string]Found{}
	}
	f.round.found[dir][of] = Found{under, names[:min(len(names), mostMet)], f.round.now()}
}

// Held is how many names a directory holds that was listed in this round, 0 where they are few.
func (f *Folder) Held(dir string) int {
	if f.round == nil {
		return 0
	}
	return f.round.seen[dir].names
}

// look begins to list an open directory; saw ends it.
func (f *Folder) look(dir *os.File) (s sight, err error) {
	if f.round == nil {
		return s, nil
	}
	info, err := dir.Stat()
	if err == nil {
		s.at, s.changed = f.round.now(), info.ModTime()
	}
	return s, err
}

func (f *Folder) saw(dir string, s sight) {
	if f.round == nil || s.names <= Few {
		return
	}
	if _, twice := f.round.seen[dir]; !twice {
		f.round.seen[dir] = s
	}
}

// Memory ends the round and gives what the next may rest on. A look counts where a second one, now, finds the directory
// the same, so late that whatever comes in dates it anew.
func (f *Folder) Memory() Memory {
	m, now := Memory{}, f.round.now()
	for dir, found := range f.round.found {
		s, c := f.round.seen[dir], f.round.before[dir]
		if !c.Changed.Equal(s.changed) || c.First.After(now) {
			c = Crowd{s.changed, s.at, map[string]Found{}}
		}
		if now.Sub(c.First) >= tick(s.changed) && f.same(dir, s) {
			maps.Copy(c.Found, found)
		}
		f.round.before[dir] = c
	}
	for dir, c := range f.round.before {
		maps.DeleteFunc(c.Found, func(_ string, found Found) bool { return !recent(found.At, now) })
		if len(m) < mostDirs && (len(c.Found) > 0 || recent(c.First, now)) {
			m[dir] = c
		}
	}
	return m
}

// same says whether a directory holds the same names under the same date as before.
func (f *Folder) same(dir string, before sight) bool {
	d, err := f.directory(strings.Split(dir, "/")...)
	if d == nil || err != nil {
		return false
	}
	defer d.Close()
	s, err := f.look(d)
	names, unread := d.Readdirnames(-1)
	for _, name := range names {
		s.add(name)
	}
	return err == nil && unread == nil && s.changed.Equal(before.changed) &&
		s.names == before.names && s.sum == before.sum
}

// tick is how coarse the clock may be by which the storage dates a directory: FAT counts two seconds.
func tick(date time.Time) time.Duration {
	if date.Nanosecond() == 0 {
		return 3 * time.Second
	}
	return 100 * time.Millisecond
}

func recent(at, now time.Time) bool { return !at.After(now) && now.Sub(at) < trusted }
