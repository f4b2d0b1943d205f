package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// A forgotten password is mended by the office above, which never holds the data key: the seed of its slot is two
// halves, of which one is sealed to it and stands in the vault, and the other lies in a file of the home alone (half).
// Who asks sends the sealed half and a public key that his new password stands behind (Request); the office opens it and
// seals it to that key (Answer). So a stick carries nothing that opens anything, an answer opens for nobody but who knows
// the new password and has this computer, and what is said in confidence stays closed to the office. A stick that puts
// another public key in changes the digits (Sum) that the two compare by telephone.

// AddAbove lets the computers of the office above help, in place of those that could until now. It gives the half that is
// to be kept in the home and in no copy of it.
func (v *Vault) AddAbove(key sealed.Key, h Holder, office []suite.Public, random io.Reader) (half []byte, err error) {
	seed := make([]byte, 2*sealed.Size)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("vault: above: %w", err)
	}
	own, err := pair(v.suite, seed, Above)
	if err != nil {
		return nil, fmt.Errorf("vault: above: %w", err)
	}
	s := slot{Kind: Above}
	kind, err1 := suite.Named(v.suite)
	to, err2 := public(own)
	if err := errors.Join(err1, err2); err != nil {
		return nil, fmt.Errorf("vault: above: %w", err)
	}
	s.To, h.Kind = to, Above
	if s.Seed, err = kind.Encrypt(slices.Concat(v.mark(), seed[:sealed.Size]), office); err != nil {
		return nil, fmt.Errorf("vault: above: %w", err)
	}
	v.Remove(key, func(h Holder) bool { return h.Kind == Above })
	return bytes.Clone(seed[sealed.Size:]), v.add(key, h, s)
}

// Asked is what a home keeps until the answer comes: nothing of it opens anything without the password.
type Asked struct {
	Who     []byte  `json:"who"` // forgot it: his name, sealed by the new password, as anybody reads the file
	Salt    []byte  `json:"salt"`
	Stretch Stretch `json:"stretch"`
	Request Request `json:"request"`
}

// Request is what goes to the office above.
type Request struct {
	Lianluo string       `json:"lianluo"` // "help request 1"
	Unit    string       `json:"unit"`    // that asks
	ID      []byte       `json:"id"`      // of its vault
	Half    []byte       `json:"half"`    // sealed to the office
	To      suite.Public `json:"to"`      // to whom it shall seal it
	Made    time.Time    `json:"made"`
}

// Answer is what comes back.
type Answer struct {
	Lianluo string       `json:"lianluo"` // "help answer 1"
	Unit    string       `json:"unit"`    // that asked
	To      suite.Public `json:"to"`
	Half    []byte       `json:"half"` // sealed to To
}

const asks, answers = "help request 1", "help answer 1"

// ErrNoHelp says that a vault has no slot of an office above, or an office no key for it.
var ErrNoHelp = errors.New("the office above cannot help")

// Ask begins to mend a forgotten password: name is who forgot it, password his new one.
func (v *Vault) Ask(unit, name, password string, st Stretch, at time.Time, random io.Reader) (a Asked, err error) {
	i := slices.IndexFunc(v.slots, func(s slot) bool { return s.Kind == Above })
	if i < 0 {
		return a, ErrNoHelp
	}
	a = Asked{Salt: make([]byte, idSize), Stretch: st}
	if _, err := io.ReadFull(random, a.Salt); err != nil {
		return a, fmt.Errorf("vault: ask: %w", err)
	}
	own, lock, err := a.pair(v.suite, password)
	if err == nil {
		a.Who = lock.Seal("who", []byte(name))
	}
	if err != nil {
		return a, fmt.Errorf("vault: ask: %w", err)
	}
	a.Request = Request{Lianluo: asks, Unit: unit, ID: v.id, Half: v.slots[i].Seed, Made: at.UTC()}
	a.Request.To, err = public(own)
	return a, err
}

// pair gives the keys that stand behind the new password, and the one that seals whose it is.
func (a Asked) pair(name, password string) (own suite.Secret, lock sealed.Key, err error) {
	if s := (slot{Kind: Password, Stretch: a.Stretch}); s.bad() {
		return own, lock, ErrDamaged
	}
	seed := a.Stretch.seed(spelled("", password), a.Salt)
	if own, err = pair(name, seed, "help"); err == nil {
		lock, err = sealed.Read(name, seed)
	}
	if err != nil {
		return own, lock, err
	}
	return own, lock.For("asked"), nil
}

// Sum is what the digits of a request are made of.
func (r Request) Sum() [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "lianluo help 1\n%s\n%x\n%x\n%x\n%s\n%x\n%d\n", r.Unit, r.ID, r.Half,
		[]byte(r.To.Sign), r.To.Age, []byte(r.To.SM2), r.Made.Unix()))
}

// ReadRequest reads one from a stick. It fails with ErrDamaged or ErrNewer.
func ReadRequest(b []byte) (r Request, err error) {
	if err := paper(b, &r, func() string { return r.Lianluo }, asks); err != nil {
		return r, err
	}
	if len(r.Half) > maxKey || len(r.ID) != idSize || r.To.Check() != nil {
		return r, ErrDamaged
	}
	return r, nil
}

// ReadAnswer reads one from a stick. It fails with ErrDamaged or ErrNewer.
func ReadAnswer(b []byte) (a Answer, err error) {
	if err := paper(b, &a, func() string { return a.Lianluo }, answers); err != nil {
		return a, err
	}
	if len(a.Half) > maxKey {
		return a, ErrDamaged
	}
	return a, nil
}

func paper(b []byte, v any, said func() string, want string) error {
	if len(b) > MaxSize || json.Unmarshal(b, v) != nil {
		return ErrDamaged
	}
	is := said()
	switch kind := want[:len(want)-1]; {
	case is == want:
		return nil
	case strings.HasPrefix(is, kind):
		return ErrNewer
	}
	return ErrDamaged
}

// Answer opens the half that is sealed to the office with one of its keys and seals it to who asks. It fails with
// ErrNoHelp where it is not sealed to it.
func (r Request) Answer(own []suite.Secret) (a Answer, err error) {
	kind, err := suite.Named(r.To.Suite())
	if err != nil {
		return a, ErrDamaged
	}
	plain, err := kind.Decrypt(r.Half, own)
	if v := (&Vault{id: r.ID}); err != nil || !bytes.HasPrefix(plain, v.mark()) {
		return a, ErrNoHelp
	}
	a = Answer{Lianluo: answers, Unit: r.Unit, To: r.To}
	a.Half, err = kind.Encrypt(plain, []suite.Public{r.To})
	return a, err
}

// ByHelp opens the vault with the answer, the half that the home kept and the new password; the holder bears the name of
// who asked. It fails with ErrWrong.
func (v *Vault) ByHelp(asked Asked, password string, a Answer, half []byte) (sealed.Key, Holder, error) {
	own, lock, err := asked.pair(v.suite, password)
	if err != nil {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	who, err1 := lock.Open("who", asked.Who)
	kind, err2 := suite.Named(v.suite)
	if errors.Join(err1, err2) != nil || !a.To.Equal(asked.Request.To) {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	plain, err := kind.Decrypt(a.Half, []suite.Secret{own})
	theirs, ours := bytes.CutPrefix(plain, v.mark())
	if err != nil || !ours || len(theirs) != sealed.Size || len(half) != sealed.Size {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	if own, err = pair(v.suite, slices.Concat(theirs, half), Above); err != nil {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	key, h, err := v.Open(own)
	if err == nil {
		h.Name = string(who)
	}
	return key, h, err
}
