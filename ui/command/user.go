package command

import (
	"cmp"
	"flag"
	"fmt"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/crew"
	"lianluo.local/assets/places"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
	"lianluo.local/data/unit"
)

// users are what is done with the people who work here.
var users = map[string]part[*userOptions]{"rights": {0, 0, userRights}, "list": {0, 0, userList},
	"add": {1, 1, userAct(staff.Add)}, "role": {1, 1, userAct(staff.Role)}, "lock": {1, 1, userAct(staff.Lock)},
	"unlock": {1, 1, userAct(staff.Unlock)}, "rename": {2, 2, userAct(staff.Rename)}, "password": {1, 1, userPassword}}

type userOptions struct{ role, unit string }

func userFlags(fs *flag.FlagSet) *userOptions {
	o := &userOptions{}
	fs.StringVar(&o.role, "role", "", "")
	fs.StringVar(&o.unit, "unit", "", "")
	return o
}

// userRights tells the table of rights, a role a line.
func userRights(e *env, _ *userOptions) error {
	for _, w := range right.Roles {
		rights := right.Of(right.Role(w.Code))
		var names []string
		for _, r := range rights {
			names = append(names, r.Name())
		}
		if err := e.say(map[string]any{"role": w.Code, "name": w.Name, "rights": rights}, "%s（%s）：%s", w.Name, w.Code,
			strings.Join(names, "、")); err != nil {
			return err
		}
	}
	return nil
}

// userList tells who works here, or at a unit that is heard of here, all of them for --unit all.
func userList(e *env, o *userOptions) error {
	code, ok := unit.Parse(cmp.Or(o.unit, e.app.Settings.Unit))
	if !ok && o.unit != "all" {
		return problem.Problems{"unit": "没有这个代码，请核对"}
	}
	list, err := e.app.Crew.Staffs(e.ctx, e.app.Clerk())
	if err != nil {
		return err
	}
	n := 0
	for _, s := range list {
		if s.Unit != code && o.unit != "all" {
			continue
		}
		if !e.json && s.Unit != e.app.Settings.Unit {
			fmt.Fprintf(e.out, "%s（%s）\n", places.Of(s.Unit).Where, s.Unit)
		}
		for _, u := range s.Users {
			n++
			if err := e.worker(s, u); err != nil {
				return err
			}
		}
	}
	if n == 0 && !e.json {
		fmt.Fprintln(e.out, "还没有用户，这里人人都能办。增加第一位（系统管理员）：lianluo user add 姓名。")
	}
	return nil
}

func (e *env) worker(s staff.Staff, u staff.User) error {
	state := ""
	if u.Locked {
		state = "，已停用"
	}
	return e.say(crew.Line(s, u), "%s  %s  %s（%s起%s）", u.ID, u.Name, strings.Join(u.Titles(), "、"), u.Since, state)
}

// userAct is one act on a user; several roles stand with commas between them.
func userAct(do string) func(*env, *userOptions) error {
	return func(e *env, o *userOptions) error {
		order := crew.Order{Do: do, User: e.args[0], Name: e.args[len(e.args)-1]}
		if o.role != "" {
			order.Roles = strings.FieldsFunc(o.role, func(r rune) bool { return strings.ContainsRune(",，、", r) })
		}
		u, err := e.app.Staff(e.ctx, e.app.Clerk(), order)
		if err != nil {
			return err
		}
		s, err := e.app.Crew.Staff(e.ctx, e.app.Settings.Unit)
		if err == nil {
			err = e.worker(s, u)
		}
		switch locked := app.Locked(e.where()); {
		case err != nil || !locked:
		case do == staff.Rename:
			fmt.Fprintf(e.err, "有密码的，下次登录还写一次原来的姓名，从那以后写 %s，密码不变。\n", u.Name)
		case do == staff.Lock:
			err = e.stale()
		}
		return err
	}
}

// stale says that the key is to be renewed, where it is.
func (e *env) stale() error {
	is, err := e.app.Stale(e.ctx)
	if is {
		fmt.Fprintln(e.err, staleSays)
	}
	return err
}
