package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/numbers"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/staff"
)

// ErrUnnoted says that what people do here is not written down. It keeps nobody from working.
var ErrUnnoted = problem.New("audit log takes no lines",
	"谁看了什么，现在记不进日志（多半是磁盘满了）。可以接着办，请腾出磁盘空间；没记上的有几条，日志里会写明。")

// ErrLogCut says that the log is not the one that was here last time.
var ErrLogCut = problem.New("audit log was cut or exchanged",
	"审计日志不对：有几条不见了，或者换成了旧的。请让审计员核对，查清是谁动了它。")

// note writes down what somebody did, and how it ended. What it says is a code or a number, never a text of a person. It
// fails nothing: what was not written is counted, and told by Unnoted.
func (a *App) note(by clerk.Clerk, do audit.Act, what string, err error) {
	a.noted.Lock()
	defer a.noted.Unlock()
	lines := []audit.Line{noted(by, a.Now(), do, what, err)}
	if a.noted.lost > 0 {
		lost := audit.Line{At: a.Now(), Do: audit.Lost, What: strconv.Itoa(a.noted.lost), Result: audit.Done}
		lines = append([]audit.Line{lost}, lines...)
	}
	if _, err := a.Log().Append(lines...); err != nil {
		a.noted.lost++
		return
	}
	a.noted.lost = 0
	if a.noted.again = true; !a.noted.busy {
		a.noted.busy = true
		a.noted.Go(a.remembering)
	}
}

// witness remembers the end of the log beside whoever works, who does not wait for a disk.
type witness struct {
	sync.Mutex
	sync.WaitGroup
	busy, again bool
	lost        int // lines that were not written
	sought
}

func (a *App) remembering() {
	for {
		a.noted.Lock()
		if a.noted.busy = a.noted.again; !a.noted.busy {
			a.noted.Unlock()
			return
		}
		a.noted.again = false
		a.noted.Unlock()
		_ = a.remember(context.Background(), false) // the next note tries again; Check says what is not well
	}
}

// remember has the database know the last line of the log, so that nobody cuts it unseen. Where the line is gone that it
// knew, it goes on knowing that, and this fails with ErrLogCut; anew is for who accepts it.
func (a *App) remember(ctx context.Context, anew bool) error {
	log := a.Log()
	if err := log.Flush(); err != nil {
		return err
	}
	before, err := a.remembered(ctx)
	if err != nil {
		return err
	}
	there, err := log.Has(before)
	if err == nil && !there && !anew {
		err = ErrLogCut
	}
	if err != nil {
		return err
	}
	now, err := log.Head()
	if err != nil || now == before {
		return err
	}
	b, err := json.Marshal(now)
	if err != nil {
		return fmt.Errorf("remember audit: %w", err)
	}
	return a.Store.Note(ctx, "audit", string(b), a.Now())
}

// remembered is the last line of the log that the database knows; zero for none.
func (a *App) remembered(ctx context.Context) (h audit.Head, err error) {
	text, err := a.Store.Noted(ctx, "audit")
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &h)
	}
	return h, err
}

// Unnoted fails with ErrUnnoted while what people do is not written down.
func (a *App) Unnoted() error {
	a.noted.Lock()
	defer a.noted.Unlock()
	if a.noted.lost > 0 {
		return ErrUnnoted
	}
	return nil
}

// Log is who looked at what in this home.
func (a *App) Log() audit.Log {
	return audit.Log{Dir: a.Home.Audit(), Suite: a.Trust.Keys().Public().Suite(), Sign: a.Trust.Sign}
}

// Note writes down what was done to a home that is not open: its door was tried, a copy was put in its place. Of user is
// the ID, "" for nobody who is known.
func Note(h home.Home, at time.Time, user string, do audit.Act, what string, err error) {
	if !h.Exists() { // nobody works there
		return
	}
	line := noted(clerk.Clerk{User: user}, at.In(beijing), do, what, err)
	_, _ = audit.Log{Dir: h.Audit()}.Append(line) // the next line tells of a full disk
}

// Restored writes down that somebody put a copy in the place of a home's records, or tried to.
func Restored(h home.Home, by clerk.Clerk, at time.Time, err error) {
	Note(h, at, by.User, audit.Restore, "", err)
}

// refusals are what somebody hears who typed something wrong.
var refusals = []error{ErrWrong, ErrSheet, ErrNobody, ErrThen, ErrCode, ErrCodeGone}

func noted(by clerk.Clerk, at time.Time, do audit.Act, what string, err error) audit.Line {
	result := audit.Done
	switch denied := new(right.Denied); {
	case errors.As(err, denied):
		result = audit.Denied
	case errors.As(err, new(problem.Problems)) || slices.ContainsFunc(refusals, func(r error) bool { return errors.Is(err, r) }):
		result = audit.Refused
	case err != nil:
		result = audit.Failed
	}
	return audit.Line{At: at, User: by.User, Do: do, What: what, Result: result}
}

// Reveal is asked before somebody is shown the contact of a citizen or a deputy in full, and writes it down; which is the
// number of a matter, or the ID of a thing. It fails with right.Denied; whoever may look at what he registered himself
// asks for that where it is read.
func (a *App) Reveal(ctx context.Context, which string) error {
	err := a.Ask(ctx, right.Contact, right.Own)
	a.note(a.Clerk(), audit.Contact, which, err)
	return err
}

// changed writes down that a user was added, locked or given another role.
func (a *App) changed(by clerk.Clerk, do, user string, err error) {
	code, _ := staff.Acts.Parse(do)
	act := audit.UserRole
	switch code {
	case "", staff.Add:
		code, act = staff.Add, audit.UserAdd
	case staff.Lock, staff.Unlock:
		act = audit.UserLock
	}
	a.note(by, act, strings.TrimSpace(code+" "+user), err)
}

// sought is what somebody searched for last; it stays in memory.
type sought struct {
	by   clerk.Clerk
	do   audit.Act
	text string
	at   time.Time
}

// seeks writes down that somebody searches for a person by his name or telephone, in whatever words, once while he types
// it and looks at what was found; whoever types the number of a matter looks for no person.
func (a *App) seeks(text string) {
	text = strings.TrimSpace(spelling.Plain(text))
	says := strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if _, number := numbers.In(text); number || !says {
		return
	}
	now := sought{a.Clerk(), audit.ByName, text, a.Now()}
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		now.do = audit.ByPhone
	}
	a.noted.Lock()
	was := a.noted.sought
	a.noted.sought = now
	a.noted.Unlock()
	if was.by != now.by || was.do != now.do || now.at.Sub(was.at) > 10*time.Minute ||
		!strings.HasPrefix(now.text, was.text) && !strings.HasPrefix(was.text, now.text) {
		a.note(now.by, now.do, "", nil)
	}
}
