// Package crew is the people who work at this home: who they are, in which role (data/staff), and what each of them may do
// (data/right). It gives the guard that every other part of app asks at the top of each verb.
//
// Where nobody was made a user yet everybody may do everything, as a small station begins. The first user becomes
// administrator besides his work; from then on nobody does anything without having said who he is, and this computer
// itself (clerk.Computer) does only what the day brings.
package crew

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/staff"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Crew is the staff of one home, and what is heard of others'.
type Crew struct {
	Store *store.Store
	Unit  string
	Now   func() time.Time

	Through func(context.Context) (func(station string) string, error) // what stations report through
	Changed func(by clerk.Clerk, do, user string, err error)           // hears of each act on a user, also a refused one; nil: nobody

	ours view.Kept[staff.Staff, *staff.Staff] // what Guard asks
}

// Order is one act on a user as somebody asks for it, on a page or by a command.
type Order struct {
	Do    string   `json:"do"`    // staff.Acts; "" to add
	User  string   `json:"user"`  // whom it is about, by ID or name; of a new one nobody
	Name  string   `json:"name"`  // add, rename
	Roles []string `json:"roles"` // add, role: words.Roles by code or name; of the first user Usual where none are named
}

// Staff gives the users of a unit, as far as it is heard of them here; none where there are none.
func (c *Crew) Staff(ctx context.Context, code string) (staff.Staff, error) {
	ls, err := view.Things[staff.Staff](ctx, c.Store, staff.Name, "id = ?", staff.Name+" "+code)
	if err != nil || len(ls) == 0 {
		return staff.Staff{}, err
	}
	return ls[0].Thing, nil
}

// Staffs gives the users of all units that are known here, ours first. It fails with right.Denied.
func (c *Crew) Staffs(ctx context.Context, by clerk.Clerk) (list []staff.Staff, err error) {
	if err := c.Guard(ctx, by, right.Users); err != nil {
		return nil, err
	}
	ls, err := view.Things[staff.Staff](ctx, c.Store, staff.Name, "1 ORDER BY unit <> ?, unit", c.Unit)
	for _, l := range ls {
		list = append(list, l.Thing)
	}
	return list, err
}

// Guard says whether somebody may do something at this home now (right.Guard): nil or a right.Denied.
func (c *Crew) Guard(ctx context.Context, by clerk.Clerk, r right.Right) error {
	l, err := c.ours.Of(ctx, c.Store, staff.Name, staff.Name+" "+c.Unit)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil || len(l.Thing.Users) == 0 {
		return err
	}
	if by == clerk.Computer {
		return denied(right.Computers(), r)
	}
	u, known := l.Thing.Find(by.User)
	switch {
	case !known:
		return right.Denied{Right: r}
	case u.Locked:
		return right.Denied{Right: r, Roles: u.Roles, Why: u.Name + "已经停用"}
	case r == right.Users && u.Yielded && !u.Has(r):
		return right.Denied{Right: r, Roles: u.Roles, Why: u.Name + "不再是系统管理员：本单位另一台电脑上先有了一位（" + administrators(l.Thing) +
			"），以那位为准，您其余的角色不变；还要管用户的，请那位给您改角色"}
	}
	return denied(u.Roles, r)
}

// administrators are the names of those who say who works here.
func administrators(s staff.Staff) string {
	var names []string
	for _, u := range s.Users {
		if u.Has(right.Users) {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, "、")
}

func denied(roles []right.Role, r right.Right) error {
	if right.Has(roles, r) {
		return nil
	}
	return right.Denied{Right: r, Roles: roles}
}

// Who gives the clerk whom a name or an ID means, to sit down at this computer. It fails with problem.Problems where there
// is none, more than one, or he is locked.
func (c *Crew) Who(ctx context.Context, written string) (clerk.Clerk, error) {
	s, err := c.Staff(ctx, c.Unit)
	if err != nil {
		return clerk.Clerk{}, err
	}
	u, why := one(s, written)
	if why == "" && u.Locked {
		why = u.Name + "已经停用，请系统管理员恢复"
	}
	if why != "" {
		return clerk.Clerk{}, problem.Problems{"user": why}.Of(staff.Name)
	}
	return clerk.Clerk{User: u.ID, Name: u.Name}, nil
}

func one(s staff.Staff, written string) (u staff.User, why string) {
	switch list := s.Named(strings.TrimSpace(written)); len(list) {
	case 0:
		return u, "这里没有叫“" + strings.TrimSpace(written) + "”的用户，请核对姓名"
	case 1:
		return list[0], ""
	}
	return u, "不止一位叫这个名字，请写编号"
}

// Act does an order and gives the user afterwards. It fails with right.Denied, or with problem.Problems by field; then
// nothing has changed. Who has no user yet founds the staff: he becomes its administrator.
func (c *Crew) Act(ctx context.Context, by clerk.Clerk, o Order) (u staff.User, err error) {
	if c.Changed != nil {
		asked := by
		defer func() { c.Changed(asked, o.Do, u.ID, err) }()
	}
	if err := c.Guard(ctx, by, right.Users); err != nil {
		return u, err
	}
	s, err := c.Staff(ctx, c.Unit)
	if err != nil {
		return u, err
	}
	wrong := problem.Problems{}
	do := wrong.Choose("do", o.Do, staff.Add, staff.Acts)
	said := staff.Said{}
	switch {
	case wrong["do"] != "":
	case do == staff.Add:
		said.Roles = c.roles(o.Roles, len(s.Users) == 0, wrong)
		said.Name = c.name(s, o.Name, "", wrong)
		if said.User, err = c.fresh(); err != nil {
			return u, err
		}
		if said.Via, err = c.via(ctx); err != nil {
			return u, err
		}
		if len(s.Users) == 0 {
			by = clerk.Clerk{User: said.User, Name: said.Name}
		}
	default:
		had, why := one(s, o.User)
		if said.User = had.ID; why != "" {
			wrong["user"] = why
			break
		}
		switch do {
		case staff.Role:
			said.Roles = c.roles(o.Roles, false, wrong)
		case staff.Rename:
			said.Name = c.name(s, o.Name, had.ID, wrong)
		case staff.Lock, staff.Unlock:
			if had.Locked == (do == staff.Lock) {
				wrong["user"] = had.Name + map[bool]string{true: "已经停用了", false: "没有停用"}[had.Locked]
			}
		}
		if had.ID == by.User && do != staff.Rename {
			wrong["user"] = "自己的角色和停用要请另一位系统管理员来改；只有一位的，先增加一位"
		}
	}
	if len(wrong) > 0 {
		return u, wrong.Of(staff.Name)
	}
	s, err = store.RecordOne[staff.Staff](ctx, c.Store, store.Act{Kind: staff.Name, Do: do, Body: said, Unit: c.Unit,
		By: by.Name, User: by.User, At: c.Now()})
	if errors.Is(err, thing.ErrNotNow) {
		err = problem.Problems{"user": "别处刚刚改过，请再看一看"}.Of(staff.Name)
	}
	u, _ = s.Find(said.User)
	return u, err
}

// roles reads roles; the first user of a home has to be able to let others in.
func (c *Crew) roles(written []string, first bool, wrong problem.Problems) (list []right.Role) {
	for _, w := range written {
		if role := right.Role(wrong.Choose("roles", w, "", right.Roles)); role != "" && !slices.Contains(list, role) {
			list = append(list, role)
		}
	}
	switch {
	case wrong["roles"] != "":
	case first && list == nil:
		return Usual(c.Unit)
	case list == nil:
		wrong["roles"] = "请写角色，如 联络员"
	case first && !right.Has(list, right.Users):
		wrong["roles"] = "第一位用户要能管用户，请加上系统管理员"
	}
	return list
}

// Usual are the roles of the first user of a unit: who looks after the computer and does the work.
func Usual(code string) []right.Role {
	work := map[journal.Level]right.Role{journal.Station: right.Liaison, journal.County: right.Assigner,
		journal.City: right.Congress}
	return []right.Role{right.Administrator, work[unit.LevelOf(code)]}
}

func (c *Crew) name(s staff.Staff, written, of string, wrong problem.Problems) string {
	name := wrong.Line("name", written, 20)
	switch others := s.Named(name); {
	case wrong["name"] != "":
	case spelling.Name(name) == "":
		wrong["name"] = "请写姓名"
	case slices.ContainsFunc(others, func(u staff.User) bool { return u.ID != of }):
		wrong["name"] = "已经有一位" + others[0].Name + "，请写得不同，如 " + name + "（二）"
	}
	return name
}

// via is what this unit reports through, "" where that is its county.
func (c *Crew) via(ctx context.Context) (string, error) {
	if c.Through == nil || unit.LevelOf(c.Unit) != journal.Station {
		return "", nil
	}
	through, err := c.Through(ctx)
	if err != nil {
		return "", err
	}
	if via := through(c.Unit); unit.Above(via, c.Unit) {
		return via, nil
	}
	return "", nil
}

func (c *Crew) fresh() (string, error) {
	var id [8]byte
	_, err := io.ReadFull(c.Store.Random, id[:])
	return hex.EncodeToString(id[:]), err
}

// Line is a user as files and lists tell him.
func Line(s staff.Staff, u staff.User) map[string]any {
	return map[string]any{"unit": s.Unit, "unitName": places.Of(s.Unit).Where, "id": u.ID, "name": u.Name,
		"roles": u.Roles, "titles": u.Titles(), "locked": u.Locked, "since": u.Since}
}
