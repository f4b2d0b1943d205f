package command

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"lianluo.local/app"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// open opens the home for the command that was named, and lets sit there who unlocked it.
func (e *env) open() error {
	p, err := e.unlock()
	if err != nil {
		return err
	}
	return e.enter(p)
}

// enter opens the home for who unlocked it. Where nobody was made a user yet, nobody is asked who he is.
func (e *env) enter(p app.Pass) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	if e.app, err = app.Open(e.ctx, app.Options{Home: e.where(), Now: now, Clock: computer, Key: p.Key}); err != nil {
		return err
	}
	if p.Lent {
		fmt.Fprintf(e.err, "现在的密码是别人给您设的，请换一个只有您自己知道的：lianluo --user %s user password %s\n", p.Name, p.Name)
	}
	if p.Once {
		fmt.Fprintf(e.err, "您改了姓名，密码不变，以后登录写新的：--user %s\n", p.Name)
	}
	s, err := e.app.Crew.Staff(e.ctx, e.app.Settings.Unit)
	if who := cmp.Or(p.User, e.user); err == nil && who != "" && len(s.Users) > 0 && (p.User != "" || p.Kind != "password") {
		_, err = e.app.Sit(e.ctx, who)
	}
	return err
}

// unlock gives what opens a home that is protected: a practice home does by itself, and a watch that nobody is named for
// by the account of this computer.
func (e *env) unlock() (app.Pass, error) {
	h := e.where()
	if !h.Exists() || !app.Locked(h) {
		return app.Pass{}, nil
	}
	if p, err := app.UnlockItself(h); !errors.Is(err, app.ErrLocked) {
		return p, err
	}
	if watch := e.flags.Lookup("watch"); watch != nil && watch.Value.String() == "true" && e.user == "" {
		return app.UnlockByAccount(h)
	}
	if e.user == "" {
		fmt.Fprintln(e.err, "请写 --user 姓名（或设 LIANLUO_USER）；密码从 --password-file 文件、终端或标准输入来。")
		return app.Pass{}, app.ErrLocked
	}
	typed, err := e.secret("密码：")
	if err != nil {
		return app.Pass{}, err
	}
	return app.Unlock(h, e.user, typed, computer())
}

// secret gives the next password: a line of --password-file, else what is typed, unseen, at a terminal, else a line of
// standard input, of which the rest is left to the command.
func (e *env) secret(asks string) (string, error) {
	if e.passwords != "" {
		text, err := home.Text(e.passwords)
		if err != nil {
			return "", fmt.Errorf("passwords: %w", err)
		}
		e.secrets, e.passwords = strings.Split(strings.TrimRight(text, "\n"), "\n"), ""
	}
	if len(e.secrets) > 0 {
		typed := e.secrets[0]
		e.secrets = e.secrets[1:]
		return typed, nil
	}
	if f, ok := e.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(e.err, asks)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(e.err)
		return string(b), err
	}
	in, ok := e.in.(*bufio.Reader)
	if !ok {
		in = bufio.NewReader(e.in)
		e.in = in
	}
	typed, err := in.ReadString('\n')
	if typed = strings.TrimRight(typed, "\r\n"); errors.Is(err, io.EOF) && typed != "" {
		err = nil
	}
	if err != nil {
		return "", problem.Problems{"password": "没有给密码：写 --password-file 文件，或从终端、标准输入给"}
	}
	return typed, nil
}

// fresh gives a new password, at a terminal typed twice.
func (e *env) fresh() (string, error) {
	given := e.passwords != "" || len(e.secrets) > 0
	typed, err := e.secret("新密码（至少 8 个字）：")
	if f, ok := e.in.(*os.File); err == nil && ok && !given && term.IsTerminal(int(f.Fd())) {
		var again string
		if again, err = e.secret("再输入一次："); err == nil && again != typed {
			err = problem.Problems{"password": "两次输入的不一样，请重来"}
		}
	}
	return typed, err
}
