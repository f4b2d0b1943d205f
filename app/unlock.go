package app

import (
	"errors"
	"fmt"
	"time"

	"lianluo.local/assets/password"
	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/settings"
	"lianluo.local/data/spelling"
	"lianluo.local/data/vault"
)

// Pass is what somebody got by whom a home was unlocked.
type Pass struct {
	sealed.Key
	Kind string // how: vault.Password, vault.Sheet …
	User string // the ID of a person; "" where it was no person's password
	Name string // by which he signs in
	Lent bool   // somebody else chose the password: he is to choose one that nobody else knows
	Once bool   // it was by a name that he had once, and was for the last time
}

// Why a home stays locked.
var (
	ErrLocked = problem.New("home is locked", "这里的资料上了锁，请先输入姓名和密码。")
	ErrWrong  = problem.New("wrong name or password", "姓名或密码不对，请看清大小写再试。想不起来的，可以用恢复单打开，或者请上级帮忙。")
	ErrSheet  = problem.New("not the sheet of this home", "这张恢复单打不开这里的资料。请核对单号，找出最新的那一张。")
	ErrOpened = problem.New("home is not locked", "这里的资料没有上锁，不用密码。")
)

// Locked says whether a home is protected, so that nothing of it opens without its key; one that opens by itself
// (practice) is, too. What a killed program left half done is done first.
func Locked(h home.Home) bool {
	_ = h.Settle() // whoever opens it hears why not
	_, err := vault.Load(h)
	return !errors.Is(err, vault.ErrNone)
}

// Unlock gives the key of a home to a person. Who was renamed meanwhile signs in by his new name from then on. It fails
// with ErrWrong, with vault.Wait where it is too early for another try, with ErrOpened, and with vault.ErrDamaged or
// vault.ErrNewer.
func Unlock(h home.Home, user, password string, now time.Time) (p Pass, err error) {
	v, err := vaultOf(h)
	if err != nil {
		return p, err
	}
	err = vault.Tries(h).Try(now, user, func() (err error) {
		key, by, err := v.ByPassword(user, password)
		if p, err = passed(key, by, err); err == nil && !by.Signs(user) {
			p.Once = vault.Change(h, func(v *vault.Vault) error {
				return v.AddPassword(key, by, password, vault.Usual)
			}) == nil // else the next time
		}
		return err
	})
	if err != nil { // who comes in is noted when he sits down
		Note(h, now, "", audit.SignIn, "password", err)
	}
	if errors.Is(err, vault.ErrWrong) {
		err = fmt.Errorf("%w: %w", ErrWrong, err)
	}
	return p, err
}

// Wait says for how long nobody may try a password of a home under a name.
func Wait(h home.Home, name string, now time.Time) time.Duration {
	return vault.Tries(h).Left(now, name)
}

// UnlockBySheet gives the key of a home to who has the words of its recovery sheet. It fails with the errors of
// keyring.ReadSheet, with ErrSheet, and otherwise as Unlock does.
func UnlockBySheet(h home.Home, words string, now time.Time) (p Pass, err error) {
	v, err := vaultOf(h)
	if err != nil {
		return p, err
	}
	defer func() {
		if err != nil { // who comes in is noted when he has another password (Replace)
			Note(h, now, "", audit.Sheet, "", err)
		}
	}()
	s, err := keyring.ReadSheet(words)
	if err != nil {
		return p, err
	}
	own, err := s.Keys(v.Suite())
	if err != nil {
		return p, err
	}
	if p, err = passed(v.Open(own)); errors.Is(err, vault.ErrWrong) {
		err = fmt.Errorf("%w: %w", ErrSheet, err)
	}
	return p, err
}

// UnlockItself gives the key of a practice home. It fails with ErrLocked for any other.
func UnlockItself(h home.Home) (p Pass, err error) {
	v, err := vaultOf(h)
	if err != nil {
		return p, err
	}
	if p, err = passed(v.ByItself()); errors.Is(err, vault.ErrWrong) {
		err = fmt.Errorf("%w: %w", ErrLocked, err)
	}
	return p, err
}

func passed(key sealed.Key, h vault.Holder, err error) (Pass, error) {
	return Pass{Key: key, Kind: h.Kind, User: h.User, Name: h.Name, Lent: h.Given}, err
}

func vaultOf(h home.Home) (*vault.Vault, error) {
	if err := h.Settle(); err != nil {
		return nil, fmt.Errorf("unlock: %w", err)
	}
	v, err := vault.Load(h)
	if errors.Is(err, vault.ErrNone) {
		return nil, ErrOpened
	}
	return v, err
}

// Judge says in Chinese why a password must not be a person's new one, "" where it may be.
func Judge(h home.Home, name, typed string) string {
	own := append([]string{name, spelling.Name(name)}, pinyin.Names(name)...)
	if s, err := settings.Load(h); err == nil {
		own = append(own, s.Name, s.Unit, pinyin.Initials(s.Name))
		phones, _ := spelling.Phones(s.Phone)
		for _, p := range phones {
			own = append(own, p.Number, p.Local)
		}
	}
	return Weak(typed, own...)
}

// Weak says it by what others know of whose password it is to be.
func Weak(typed string, own ...string) string { return password.Weak(typed, own...) }

// opened gives the key of a home that is protected: the one that is given, or that of one that opens by itself.
func opened(h home.Home, key sealed.Key) (sealed.Key, error) {
	if err := h.Settle(); err != nil || key.Given() || !Locked(h) {
		return key, err
	}
	p, err := UnlockItself(h)
	return p.Key, err
}
