package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

func init() {
	deeds = append(deeds, []deed{
		{"acknowledges what was never said", enrolled, false, func(l *liar) { l.heads(l.acks(1<<20, pick(l, journal.Hash{}, journal.Hash{1}))) }},
		{"acknowledges something else", enrolled, false, func(l *liar) { l.heads(l.acks(1, journal.Hash{7})) }},
		{"acknowledges the end of all numbers", enrolled, false, func(l *liar) { l.heads(l.acks(1<<63-1, journal.Hash{7})) }},
		{"acknowledges nothing any more", enrolled, false, func(l *liar) { l.heads(l.acks(0, journal.Hash{})) }},
		{"acknowledges for other computers and dead lives", enrolled, false, func(l *liar) {
			l.heads(func(h *bundle.Header) {
				for _, o := range l.all {
					self := o.Store.Self()
					for _, life := range []uint32{1, self.Incarnation, self.Incarnation + 1, math.MaxUint32} {
						h.Acks = append(h.Acks, bundle.Ack{Replica: self.Replica, Incarnation: life, Stream: pick(l, "up", "down"), Stored: 999, Hash: journal.Hash{1}})
					}
				}
			})
		}},
		{"acknowledges in each round anew", enrolled, true, func(l *liar) {
			for i := range 4 {
				l.live(i%2 == 0)
				l.heads(l.acks(uint64(50+i), journal.Hash{byte(i)}))
				l.round()
			}
		}},
		{"positions that cannot be", enrolled, false, func(l *liar) {
			for _, change := range []func(*bundle.Header){
				func(h *bundle.Header) { h.End = 1<<63 - 1 },
				func(h *bundle.Header) { h.First, h.Last, h.End, h.Entries = 1<<40, 1<<40-1, 1<<62, 0; h.Head = h.Prev },
				func(h *bundle.Header) { h.First, h.Last = 0, math.MaxUint64 },
				func(h *bundle.Header) { h.Last, h.End, h.Entries = math.MaxUint64, math.MaxUint64, -1 },
				func(h *bundle.Header) { h.Prev = journal.Hash{4} },
				func(h *bundle.Header) { h.Head = journal.Hash{4} },
			} {
				l.heads(change)
			}
			l.says(l.mine())
		}},
		{"a list that is not the same", enrolled, false, func(l *liar) {
			l.heads(func(h *bundle.Header) { h.Digest = journal.Hash{5}; l.acks(uint64(l.dice.IntN(9)), journal.Hash{})(h) })
		}},
		{"key lists that leave no room", enrolled, false, func(l *liar) {
			for _, version := range []uint64{1<<63 - 1, 1 << 62, 1<<62 - 1, 1 << 61} {
				l.heads(func(h *bundle.Header) { h.KeyList = version })
			}
		}},
		{"made in another year", enrolled, false, func(l *liar) {
			for _, years := range []int{40, -40, 7000} {
				l.heads(func(h *bundle.Header) { h.Made = h.Made.AddDate(years, 0, 0); l.acks(0, journal.Hash{})(h) })
			}
		}},
		{"bundles from others' names", enrolled, false, func(l *liar) {
			for _, o := range l.all {
				l.heads(func(h *bundle.Header) { h.From = o.Settings.Unit })
				l.heads(func(h *bundle.Header) { h.Replica = o.Store.Self().Replica })
				l.heads(func(h *bundle.Header) { h.From, h.Replica = o.Settings.Unit, o.Store.Self().Replica })
				l.heads(func(h *bundle.Header) { h.To = o.Settings.Unit })
			}
		}},
		{"a header of odd members", enrolled, false, func(l *liar) {
			for _, change := range []func(*bundle.Header){
				func(h *bundle.Header) { h.Version, h.MinReader = math.MaxInt64, 1 },
				func(h *bundle.Header) { h.MinReader = 7 },
				func(h *bundle.Header) { h.Program = "\x1b[2J" + strings.Repeat("长", 5000) },
				func(h *bundle.Header) { h.Stream = pick(l, "up", "down", "side") },
				func(h *bundle.Header) { h.Incarnation = math.MaxUint32 },
				func(h *bundle.Header) { h.Suite = pick(l, suite.SM, "x") },
				func(h *bundle.Header) {
					for range 300 {
						h.Acks = append(h.Acks, bundle.Ack{Replica: l.card.Replica, Incarnation: 1, Stream: "up"})
					}
				},
			} {
				l.heads(change)
			}
		}},
		{"what is no list of records", enrolled, false, func(l *liar) {
			for _, plain := range []string{"", "\n\n\n", "{}\n", "null\n", "[\n", strings.Repeat("[", 90000) + "\n", strings.Repeat("\n", 1<<20), `{"core":{},"private":{}}` + "\n"} {
				for _, to := range l.readers() {
					o := l.office(to)
					h := bundle.Header{Version: 1, MinReader: 1, Suite: suite.Age, Program: "x", From: l.unit, To: to, Replica: l.self.Replica, Incarnation: l.self.Incarnation,
						Stream: "up", First: 1, Last: uint64(l.dice.IntN(2)), Made: l.w.Now.UTC(), Key: l.keys.Public().Sign}
					h.Entries, h.End = int(h.Last), h.Last
					l.write(h, []byte(plain), o.Courier.Card().Public, nil)
				}
			}
		}},
		{"a list that names himself as others", enrolled, false, func(l *liar) { l.names(func(c *keyring.Card) { c.Public = l.keys.Public() }, l.others()...) }},
		{"a list that gives others' computers other keys", enrolled, false, func(l *liar) { l.names(func(c *keyring.Card) { c.Public = l.ghost() }, l.others()...) }},
		{"a list of computers that never were", enrolled, false, func(l *liar) {
			l.names(func(c *keyring.Card) { c.Public, c.Replica = l.ghost(), journal.Replica{1, 2, 3, byte(l.dice.IntN(9))} }, l.others()...)
			for _, unit := range []string{apptest.County, apptest.City, apptest.Yuanjia} {
				e := l.mine()
				e.own, e.Unit, e.ID, e.sign = true, unit, journal.ID{Replica: journal.Replica{1, 2, 3, 4}, Incarnation: 1, Seq: 1}, l.ghostly().Signature
				l.passes(l.seal(e))
			}
		}},
		{"a list of computers before those of others, and their words", enrolled, false, func(l *liar) {
			for i, code := range []string{apptest.County, apptest.City, apptest.Yuanjia} {
				replica := journal.Replica{2, byte(i), byte(l.dice.IntN(9))}
				l.names(func(c *keyring.Card) { c.Unit, c.Public, c.Replica = code, l.ghost(), replica }, l.card)
				e := l.about("lead", acts["lead"])
				e.own, e.Unit, e.Level, e.ID, e.sign = true, code, unit.LevelOf(code), journal.ID{Replica: replica, Incarnation: 1, Seq: 1}, l.ghostly().Signature
				l.live(true)
				l.passes(l.seal(e))
			}
		}},
		{"a list that puts all others out of use", enrolled, false, func(l *liar) { l.names(nil, l.others()...) }},
		{"a list with bad cards", enrolled, false, func(l *liar) {
			l.names(func(c *keyring.Card) { c.Unit, c.Incarnation = "../x", 0 }, l.others()...)
			l.names(func(c *keyring.Card) { c.Sign = nil }, l.others()...)
		}},
		{"a list with a recovery key of his own", enrolled, false, func(l *liar) {
			key := l.keys.Public()
			l.lists(keyring.List{Version: uint64(l.w.Now.Unix()) + 9, Cards: []keyring.Card{l.office(l.readers()[0]).Courier.Card()}, Recovery: &key})
		}},
		{"new keys, and the old ones go on", enrolled, false, func(l *liar) { l.turns(l.card, l.keys) }},
		{"new keys for others", anybody, false, func(l *liar) {
			for _, o := range l.all {
				if o != l.home {
					l.turns(o.Courier.Card(), l.keys)
				}
			}
		}},
		{"requests in everybody's name", anybody, false, func(l *liar) {
			for _, c := range l.others() {
				c.Public, c.Replica, c.Name, c.Phone = l.keys.Public(), pick(l, l.card.Replica, c.Replica), pick(l, c.Name, "\x1b[2J\n假", strings.Repeat("长", 90)), "1\n2"
				c.Asked = c.Asked.AddDate(pick(l, -30, 0, 30), 0, 0)
				b, err := l.keys.Request(c)
				for _, o := range l.all {
					l.n++
					if err == nil {
						l.lay(o.Settings.Unit, pick(l, l.unit, c.Unit), fmt.Sprintf("xenrol-%d.request", l.n), b)
					}
				}
			}
		}},
		{"certificates of everybody", anybody, false, func(l *liar) {
			for _, by := range l.others() {
				by.Public, by.Replica = l.keys.Public(), pick(l, by.Replica, l.card.Replica, journal.Replica{1})
				for _, o := range l.all {
					b, err := l.keys.Certify(by, o.Courier.Card(), l.w.Now)
					l.n++
					if err == nil {
						l.lay(o.Settings.Unit, by.Unit, fmt.Sprintf("xenrol-%d.certificate", l.n), b)
					}
				}
			}
		}},
		{"junk", anybody, false, func(l *liar) {
			for _, o := range l.all {
				for i := range 12 {
					b := make([]byte, l.dice.IntN(3000))
					for at := range b {
						b[at] = byte(l.dice.IntN(256))
					}
					b = append([]byte(pick(l, "", "lianluo bundle 1\n", "lianluo bundle 9\n", `{"lianluo":"keylist 1","content":{}}`, "{")), b...)
					l.lay(o.Settings.Unit, pick(l, l.unit, o.Settings.Parent+"x", apptest.Yuanjia, apptest.County), fmt.Sprintf("x%d%s", i, pick(l, ".bundle", ".request", ".certificate", ".keychange", ".keylist")), b)
				}
				sparse := filepath.Join(l.w.Folder, o.Settings.Unit, l.unit, "xs.bundle")
				l.lay(o.Settings.Unit, l.unit, "xs.bundle", nil)
				l.w.Must(os.Truncate(sparse, 65<<20))
			}
		}},
		{"odd names", anybody, false, func(l *liar) {
			for _, name := range []string{"x" + strings.Repeat("长", 80) + ".bundle", "x\u202ebundle.bundle", "xCON.bundle", "x$(id).bundle", "up-1-1-1-0000000000000000.bundle"} {
				l.lay(apptest.County, l.unit, name, []byte("x"))
				l.lay(apptest.County, apptest.Yuanjia, "x"+name, []byte("x"))
			}
			l.w.Must(os.MkdirAll(filepath.Join(l.w.Folder, apptest.County, l.unit, "xdir.bundle"), 0o700))
			_ = os.Symlink("/etc/passwd", filepath.Join(l.w.Folder, apptest.County, l.unit, "xlink.bundle"))
		}},
		{"files of others, copied elsewhere", anybody, false, func(l *liar) {
			for _, f := range l.files() {
				b, err := os.ReadFile(f)
				l.w.Must(err)
				l.n++
				for _, o := range l.all {
					l.lay(o.Settings.Unit, pick(l, l.unit, apptest.Yuanjia, apptest.County, apptest.City), fmt.Sprintf("x%d%s", l.n, filepath.Ext(f)), b)
				}
			}
		}},
		{"files of others, changed where they lie", anybody, true, func(l *liar) {
			for _, f := range l.files() {
				b, err := os.ReadFile(f)
				l.w.Must(err)
				if b = bytes.Clone(b); len(b) > 0 && l.dice.IntN(2) == 0 {
					b[l.dice.IntN(len(b))] ^= 1
					l.spoilt[filepath.Join(filepath.Base(filepath.Dir(f)), filepath.Base(f))] = true
					l.w.Must(os.WriteFile(f, b, 0o600))
				}
			}
			l.w.Later(8 * 24 * time.Hour) // who is not answered says it again after a week
		}},
		{"files of others, taken away", anybody, true, func(l *liar) {
			for _, f := range l.files() {
				if l.dice.IntN(2) == 0 {
					l.w.Must(os.Remove(f))
				}
			}
		}},
		{"files of others, as they were before", anybody, true, func(l *liar) {
			was := map[string][]byte{}
			for _, f := range l.files() {
				was[f], _ = os.ReadFile(f)
			}
			l.round()
			for _, f := range l.files() {
				if b, ok := was[f]; ok {
					l.w.Must(os.WriteFile(f, b, 0o600))
				} else {
					l.w.Must(os.Remove(f))
				}
			}
		}},
		{"files of others, moved", anybody, true, func(l *liar) {
			for _, f := range l.files() {
				if l.dice.IntN(3) == 0 {
					l.n++
					l.w.Must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprintf("x%d%s", l.n, filepath.Ext(f)))))
				}
			}
		}},
	}...)
}

// heads sends bundles without records to all who exchange with him.
func (l *liar) heads(change func(*bundle.Header)) {
	for _, to := range l.readers() {
		l.send(to, change)
	}
}

// acks says how much of its stream for him he has, whoever he speaks to.
func (l *liar) acks(stored uint64, hash journal.Hash) func(*bundle.Header) {
	return func(h *bundle.Header) {
		o := l.office(h.To)
		self, stream := o.Store.Self(), map[string]string{"up": "down", "down": "up"}[h.Stream]
		h.Acks = append(h.Acks, bundle.Ack{Replica: self.Replica, Incarnation: self.Incarnation, Stream: stream, Stored: stored, Hash: hash, Processed: stored / 2})
	}
}

// others are the cards of all honest computers: their requests lie in the folder.
func (l *liar) others() (cards []keyring.Card) {
	for _, o := range l.all {
		if o != l.home {
			c := o.Courier.Card()
			c.Next, c.Former = nil, nil
			cards = append(cards, c)
		}
	}
	return cards
}

// ghostly are the keys of a computer that never was.
func (l *liar) ghostly() keyring.Identity {
	dir := filepath.Join(filepath.Dir(l.w.Folder), "ghost")
	id, err := keyring.Load(dir, sealed.Key{})
	if err != nil {
		l.w.Must(os.MkdirAll(dir, 0o700))
		id, err = keyring.Create(dir, suite.Age, sealed.Key{}, rand.NewChaCha8([32]byte{77}))
	}
	l.w.Must(err)
	return id
}

func (l *liar) ghost() suite.Public { return l.ghostly().Public() }

// names signs a list of cards that were changed, or where nothing is changed, of computers that are out of use; it lies
// before all.
func (l *liar) names(change func(*keyring.Card), cards ...keyring.Card) {
	list := keyring.List{Version: pick(l, 1<<40, uint64(l.w.Now.Unix()), 1<<63-1)}
	for _, c := range cards {
		if change != nil {
			change(&c)
		} else {
			list.Revoked = append(list.Revoked, keyring.Revocation{Replica: c.Replica, Incarnation: 1})
		}
		if !slices.ContainsFunc(list.Cards, func(o keyring.Card) bool { return o.Replica == c.Replica }) {
			list.Cards = append(list.Cards, c)
		}
	}
	if change == nil && l.dice.IntN(2) == 0 {
		list.Cards = nil
	}
	l.lists(list)
}

// lists lays a list before all.
func (l *liar) lists(list keyring.List) {
	list.By, list.Made = l.card, l.w.Now.UTC()
	for _, c := range list.Cards {
		l.named[c.Replica] = true
	}
	said := l.signs("keylist", list)
	for _, o := range l.all {
		l.lay(o.Settings.Unit, l.unit, keyring.ListName(said), said)
	}
}

// signs makes a paper, however wrong it is.
func (l *liar) signs(kind string, content any) []byte {
	b, err := json.Marshal(content)
	l.w.Must(err)
	signature, err := l.keys.Signature([]byte("lianluo " + kind + " 1\n" + string(b)))
	l.w.Must(err)
	out, err := json.Marshal(map[string]any{"lianluo": kind + " 1", "content": json.RawMessage(b), "signature": signature})
	l.w.Must(err)
	return out
}

// turns says that a computer has new keys: those of the ghost.
func (l *liar) turns(card keyring.Card, _ keyring.Identity) {
	from := journal.ID{Replica: card.Replica, Incarnation: pick(l, card.Incarnation, 1<<31), Seq: pick(l, uint64(1), 1<<40)}
	said := l.signs("keychange", keyring.KeyChange{Old: card.Hash(), New: l.ghost(), From: from})
	for _, o := range l.all {
		l.lay(o.Settings.Unit, pick(l, card.Unit, l.unit), "x"+keyring.KeyChangeName(said), said)
	}
}

// files are those of honest units that lie in the folder, in the order of their writing.
func (l *liar) files() []string {
	files, err := filepath.Glob(filepath.Join(l.w.Folder, "*", "*", "*.*"))
	l.w.Must(err)
	written := map[string]time.Time{}
	files = slices.DeleteFunc(files, func(f string) bool {
		info, err := os.Lstat(f)
		if err != nil || !info.Mode().IsRegular() || strings.HasPrefix(filepath.Base(f), "x") || filepath.Base(filepath.Dir(f)) == l.unit {
			return true
		}
		written[f] = info.ModTime()
		return false
	})
	slices.SortFunc(files, func(a, b string) int { return written[a].Compare(written[b]) })
	return files
}
