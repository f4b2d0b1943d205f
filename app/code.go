package app

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"strings"
	"sync"

	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/problem"
)

// Who gave his password today comes back by a few digits (开锁码): they guard what lies behind the veil over a window, so
// they may be short. They are nowhere but in memory, count for the day on which the password was given, and no more once
// they were wrong five times.

// Seat is somebody who signed in at this computer today.
type Seat struct {
	clerk.Clerk
	Coded bool // a code brings him back
}

// What is wrong with a code.
var (
	ErrCode     = problem.New("wrong code", "开锁码不对，请再输一遍。")
	ErrCodeGone = problem.New("code counts no more", "开锁码错了五次，今天不能再用了，请输密码。")
	ErrNoCode   = problem.New("no code", "今天没有设开锁码，请输密码。")
	errWeakCode = problem.Problems{"code": "请设四到八位数字，不要全一样，也不要 1234 这样挨着的"}
)

const codeTries = 5

// Seats are those of today; a home that is opened again goes on with them (Options).
type Seats struct {
	sync.Mutex
	salt []byte
	day  string
	list []seated
}

type seated struct {
	clerk.Clerk
	code  []byte // nil for none
	wrong int
}

// of locks them as they are on a day, on which those of another one count no more.
func (s *Seats) of(day string) (unlock func()) {
	s.Lock()
	if s.day != day {
		s.day, s.list, s.salt = day, nil, make([]byte, 32)
		_, _ = rand.Read(s.salt) // it never fails
	}
	return s.Unlock
}

func (s *Seats) find(user string) *seated {
	if i := slices.IndexFunc(s.list, func(o seated) bool { return o.User == user }); i >= 0 {
		return &s.list[i]
	}
	return nil
}

func (s *Seats) sum(user, code string) []byte {
	h := hmac.New(sha256.New, s.salt)
	h.Write([]byte(user + "\n" + code))
	return h.Sum(nil)
}

// today is the day of which codes are.
func (a *App) today() string { return a.Now().Format("2006-01-02") }

// signed says that somebody gave his password.
func (a *App) signed(by clerk.Clerk) {
	defer a.seats.of(a.today())()
	if was := a.seats.find(by.User); was != nil {
		was.Clerk, was.wrong = by, 0
		return
	}
	a.seats.list = append(a.seats.list, seated{Clerk: by})
}

// Seats are those who signed in today, who sits here now first.
func (a *App) Seats() (list []Seat) {
	defer a.seats.of(a.today())()
	for _, s := range a.seats.list {
		list = append(list, Seat{s.Clerk, s.code != nil})
	}
	here := a.Clerk().User
	slices.SortStableFunc(list, func(x, y Seat) int {
		switch here {
		case x.User:
			return -1
		case y.User:
			return 1
		}
		return 0
	})
	return list
}

// SetCode gives who sits here a code for the rest of the day. It fails with problem.Problems where others would guess it,
// and with ErrNoCode for who did not sign in today.
func (a *App) SetCode(code string) error {
	if len(code) < 4 || len(code) > 8 || strings.Trim(code, "0123456789") != "" || guessed(code) {
		return errWeakCode
	}
	defer a.seats.of(a.today())()
	s := a.seats.find(a.Clerk().User)
	if s == nil {
		return ErrNoCode
	}
	s.code, s.wrong = a.seats.sum(s.User, code), 0
	return nil
}

// guessed says whether each digit follows from the one before in the same way: 1111, 1234, 9876.
func guessed(code string) bool {
	step := int(code[1]) - int(code[0])
	for i := range code[1:] {
		if int(code[i+1])-int(code[i]) != step {
			return false
		}
	}
	return step >= -1 && step <= 1
}

// SitByCode has a user sit down who signed in today. It fails with ErrCode, ErrCodeGone and ErrNoCode, and as Sit does.
func (a *App) SitByCode(ctx context.Context, user, code string) (clerk.Clerk, error) {
	if err := a.coded(user, code); err != nil {
		a.note(clerk.Clerk{User: user}, audit.Switch, "code", err)
		return clerk.Clerk{}, err
	}
	return a.sit(ctx, user)
}

func (a *App) coded(user, code string) error {
	defer a.seats.of(a.today())()
	s := a.seats.find(user)
	switch {
	case s == nil || s.code == nil:
		return ErrNoCode
	case hmac.Equal(s.code, a.seats.sum(user, code)):
		s.wrong = 0
		return nil
	}
	if s.wrong++; s.wrong == codeTries {
		s.code = nil
		return ErrCodeGone
	}
	return ErrCode
}
