package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/audit"
	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/settings"
	"lianluo.local/data/vault"
)

// Why the office above cannot let somebody in again.
var (
	ErrUnasked   = problem.New("nothing was asked", "这台电脑上没有等着的申请。请先做一份申请，拿到上级去。")
	ErrOtherHelp = problem.New("answer is to another request", "这份答复不是给这次申请的，或者新密码和申请时的不一样。请核对文件，照申请时的新密码再试。")
	ErrDigits    = problem.New("digits of a request differ", "校验号对不上：U盘里的申请不是对方电脑做的那一份，或者听错了。没有答复，请打电话再对一遍。")
	ErrHelpOther = problem.New("request is not ours to answer", "这份申请不是给本单位的，或者对方留的是本单位以前电脑的钥匙。没有答复，请对方用恢复单打开。")
	ErrHelpFile  = problem.New("no request of help", "这不是开锁申请（答复）文件，或者没有拷好。请重新拷一份。")
)

// Request is one that somebody made who forgot his password.
type Request struct {
	vault.Request
	Digits string // what the two compare by telephone
}

func asked(h home.Home) string { return h.Vault() + ".asked" }

// AskHelp begins to let somebody in again who forgot his password, on the locked home: it writes the request, for a stick
// to the office above, and keeps what the answer needs. name is his, password the one that he will have. The digits are
// to be read out to the office, which compares them with what came. It fails with vault.ErrNoHelp.
func AskHelp(h home.Home, name, password, file string, now time.Time) (r Request, err error) {
	v, err := vaultOf(h)
	if err != nil {
		return r, err
	}
	s, err := settings.Load(h)
	if err != nil {
		return r, err
	}
	if why := Judge(h, name, password); why != "" {
		return r, problem.Problems{"password": why}
	}
	a, err := v.Ask(s.Unit, name, password, vault.Usual, now, rand.Reader)
	if err != nil {
		return r, err
	}
	kept, err1 := json.Marshal(a)
	sent, err2 := json.MarshalIndent(a.Request, "", " ")
	if err := errors.Join(err1, err2); err != nil {
		return r, fmt.Errorf("ask for help: %w", err)
	}
	if err := home.WriteWhole(asked(h), kept, 0o600); err != nil {
		return r, fmt.Errorf("ask for help: %w", err)
	}
	return Request{a.Request, digits(a.Request, s.Practice)}, home.WriteWhole(file, append(sent, '\n'), 0o600)
}

// AskedHelp gives the digits of the request that waits for its answer; "" for none.
func AskedHelp(h home.Home) string {
	var a vault.Asked
	b, err := disk.ReadFile(asked(h))
	if err != nil || json.Unmarshal(b, &a) != nil {
		return ""
	}
	s, _ := settings.Load(h) // of an exercise they cost less
	return digits(a.Request, s.Practice)
}

func digits(r vault.Request, practice bool) string { return keyring.Compared(r.Sum(), practice) }

// ReadHelp reads a request that came to this office, without its digits: whoever answers types what he heard.
func (a *App) ReadHelp(file string) (r Request, err error) {
	b, err := limited(file)
	if err != nil {
		return r, err
	}
	if r.Request, err = vault.ReadRequest(b); errors.Is(err, vault.ErrDamaged) {
		err = fmt.Errorf("%w: %w", ErrHelpFile, err)
	}
	return r, err
}

// AnswerHelp answers a request into a file once somebody typed the digits that the other read out. What this office opens
// for it is half of what opens that home, and no more. It
// fails with ErrDigits and ErrHelpOther.
func (a *App) AnswerHelp(ctx context.Context, r Request, typed, file string) (err error) {
	defer func() { a.note(a.Clerk(), audit.Help, r.Unit, err) }()
	if err := a.Crew.Guard(ctx, a.Clerk(), right.Trust); err != nil {
		return err
	}
	typed, err = trust.Typed(typed)
	if err != nil {
		return err
	}
	if typed != digits(r.Request, a.Settings.Practice) {
		return ErrDigits
	}
	answer, err := r.Answer(a.Trust.Keys().Keys())
	if errors.Is(err, vault.ErrNoHelp) {
		err = fmt.Errorf("%w: %w", ErrHelpOther, err)
	}
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(answer, "", " ")
	if err != nil {
		return err
	}
	return home.WriteWhole(file, append(b, '\n'), 0o600)
}

// TakeHelp opens a locked home with the answer of the office above, for whoever knows the new password, which is his from
// now on. It fails with ErrUnasked and ErrOtherHelp.
func TakeHelp(h home.Home, password, file string, now time.Time) (p Pass, err error) {
	defer func() { Note(h, now, p.User, audit.Help, "", err) }()
	v, err := vaultOf(h)
	if err != nil {
		return p, err
	}
	var a vault.Asked
	b, err := disk.ReadFile(asked(h))
	if errors.Is(err, fs.ErrNotExist) {
		return p, ErrUnasked
	}
	if err == nil {
		err = json.Unmarshal(b, &a)
	}
	if err != nil {
		return p, fmt.Errorf("take help: %w", err)
	}
	if b, err = limited(file); err != nil {
		return p, err
	}
	answer, err := vault.ReadAnswer(b)
	if errors.Is(err, vault.ErrDamaged) {
		err = fmt.Errorf("%w: %w", ErrHelpFile, err)
	}
	half, err2 := v.Half(h)
	if err := errors.Join(err, err2); err != nil {
		return p, err
	}
	err = vault.Tries(h).Try(now, "", func() (err error) {
		p, err = passed(v.ByHelp(a, password, answer, half))
		return err
	})
	if errors.Is(err, vault.ErrWrong) {
		err = fmt.Errorf("%w: %w", ErrOtherHelp, err)
	}
	if err == nil {
		p, err = Replace(h, p, p.Name, password, now)
	}
	if err == nil {
		err = disk.Remove(asked(h))
	}
	return p, err
}

// limited reads a file from a stick, which may be anything.
func limited(file string) ([]byte, error) {
	info, err := os.Lstat(file)
	if err != nil {
		return nil, fmt.Errorf("help: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > vault.MaxSize {
		return nil, ErrHelpFile
	}
	return os.ReadFile(file)
}
