// Package staff is who works at a unit (人员): its users with their roles, as its computers say it to each other and to the
// office above, which sees who acts for it. A unit has one staff, the sum of its entries; passwords are none of it, they
// belong to each computer (data/vault).
//
// An entry says who wrote it (journal.Entry.User), and what it may say follows from who that was when it is folded, so
// that two computers that did not know of each other come to the same: only an administrator who is not locked changes
// others, nobody himself. So at least one always stays: the last who changed anybody. Whoever writes the first word at a
// computer that has heard of nobody founds the staff there, as an administrator. Where two computers did, the first in fold
// order has founded it; the other one stays in his other roles (Yielded), and so do those whom he let in before he heard
// of it, that nobody is put out who works there. It is a conflict until an administrator says what he is to be.
package staff

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Name is the journal's word for entries about a staff, Schema the version of their bodies that this program writes.
const (
	Name   = "staff"
	Schema = 1
)

// State is whether anybody is known.
type State int

// The states.
const (
	None State = 0
	Kept State = 1
)

// User is somebody who works here.
type User struct {
	ID     string       `json:"id"` // 16 hexadecimal digits
	Name   string       `json:"name"`
	Roles  []right.Role `json:"roles"`
	Locked bool         `json:"locked,omitempty"` // he works here no more, or not now
	Since  string       `json:"since"`            // a day

	Yielded bool `json:"yielded,omitempty"` // he founded the staff, too, and another's word stands
}

// Has says whether he has a right now.
func (u User) Has(r right.Right) bool { return !u.Locked && right.Has(u.Roles, r) }

// Titles are his roles in Chinese.
func (u User) Titles() (list []string) {
	for _, r := range u.Roles {
		list = append(list, r.Name())
	}
	return list
}

// Staff is the sum of the entries of one unit.
type Staff struct {
	thing.Base
	State State  `json:"state"`
	Via   string `json:"via,omitempty"` // what the unit reports through, where that is not its county
	Users []User `json:"users"`         // in the order in which they came
}

// The acts, as entries say them.
const (
	Add    = "add"
	Role   = "role"
	Lock   = "lock"
	Unlock = "unlock"
	Rename = "rename"
)

// Acts are the acts by their words.
var Acts = words.Of(Add, "增加", Role, "改角色", Lock, "停用", Unlock, "恢复", Rename, "改姓名")

// Fields are what is said of a user.
var Fields = field.Of(Name, []field.Field{
	{Code: "name", Name: "姓名", Most: 20, Must: true}, {Code: "roles", Name: "角色", Input: field.People, Words: right.Roles, Most: 6, Counted: "个", Must: true},
	{Code: "user", Name: "用户"}, {Code: "do", Name: "办理动作"},
}...)

// Said is the body of an act.
type Said struct {
	User  string       `json:"user"`
	Name  string       `json:"name,omitempty"`  // add, rename
	Roles []right.Role `json:"roles,omitempty"` // add, role
	Via   string       `json:"via,omitempty"`
}

// Founded is the field that whoever founds the staff writes.
const Founded = "founded"

// most is how many users a unit may have: more than work anywhere.
const most = 500

type author string

const itself author = "the unit itself"

// Is says whether the author of an entry is the unit.
func (author) Is(s *Staff, r journal.Record) bool {
	return r.Level == unit.LevelOf(r.Unit) && (s.State == None || r.Unit == s.Unit)
}

var table = thing.Table[Staff, State]{Kind: Name, Schema: Schema, Same: -1, Rules: []thing.Rule[Staff, State]{
	{Do: Add, By: itself, From: []State{None, Kept}, To: []State{Kept}, Write: add},
	{Do: Role, By: itself, From: []State{Kept}, To: []State{Kept}, Write: change},
	{Do: Lock, By: itself, From: []State{Kept}, To: []State{Kept}, Write: change},
	{Do: Unlock, By: itself, From: []State{Kept}, To: []State{Kept}, Write: change},
	{Do: Rename, By: itself, From: []State{Kept}, To: []State{Kept}, Write: change},
},
	Of: func(s *Staff) (*thing.Base, *State) { return &s.Base, &s.State },
}

// Apply gives the staff after one more entry, or says why the entry cannot follow.
func (s Staff) Apply(r journal.Record) (Staff, error) { return table.Apply(s, r) }

// Find gives the user of an ID.
func (s Staff) Find(id string) (User, bool) {
	if i := s.index(id); i >= 0 {
		return s.Users[i], true
	}
	return User{}, false
}

func (s Staff) index(id string) int {
	return slices.IndexFunc(s.Users, func(u User) bool { return u.ID == id })
}

// Named gives the users whom a name or an ID means, however it is written.
func (s Staff) Named(written string) (list []User) {
	for _, u := range s.Users {
		if u.ID == written || spelling.Name(u.Name) == spelling.Name(written) {
			list = append(list, u)
		}
	}
	return list
}

// add lets somebody in, by an administrator; the first word of a computer that knew of nobody, himself.
func add(s *Staff, r journal.Record) ([]string, string, error) {
	var b Said
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return nil, "", err
	}
	founds := r.First() && b.User == r.User && right.Has(b.Roles, right.Users)
	u := User{ID: b.User, Name: b.Name, Roles: b.Roles, Since: r.At.UTC().Add(8 * time.Hour).Format(time.DateOnly),
		Yielded: founds && len(s.Users) > 0}
	rules, all := s.rules(r)
	if u.Yielded || !founds && !all {
		u.Roles = below(u.Roles)
	}
	fields := []string{Add + " " + b.User}
	if founds {
		fields = append(fields, Founded)
	}
	switch {
	case len(b.User) != 16 || spelling.Name(b.Name) == "" || len(b.Name) > 100 || len(s.Users) >= most:
		return nil, "", fmt.Errorf("a user %q called %q", b.User, b.Name)
	case b.Via != "" && !unit.Above(b.Via, r.Unit):
		return nil, "", fmt.Errorf("a unit that reports through %q", b.Via)
	case s.index(b.User) >= 0 || !founds && !rules, !founds && len(u.Roles) == 0:
		return nil, "", fmt.Errorf("%w: %q lets %q in", thing.ErrNotNow, r.User, b.User)
	}
	if err := known(b.Roles); err != nil {
		return nil, "", err
	}
	s.ID, s.Unit, s.Via = r.Thing, r.Unit, b.Via
	s.Users = append(slices.Clip(s.Users), u)
	return fields, note(u), nil
}

// rules says whether who wrote an entry changes others: all, as an administrator; or those who are none, because he had
// founded the staff, too, and not heard yet that another had.
func (s *Staff) rules(r journal.Record) (yes, all bool) {
	by, _ := s.Find(r.User)
	if by.Has(right.Users) {
		return true, true
	}
	founded := slices.IndexFunc(s.Trail, func(m thing.Mark) bool { return m.Fields != nil })
	return by.Yielded && !by.Locked &&
		slices.ContainsFunc(s.Unseen(r), func(m thing.Mark) bool { return m.ID == s.Trail[founded].ID }), false
}

// below are roles without those of an administrator.
func below(roles []right.Role) []right.Role {
	return slices.DeleteFunc(slices.Clone(roles), func(role right.Role) bool { return right.Has([]right.Role{role}, right.Users) })
}

// change is what an administrator says of somebody else; of his own only the name.
func change(s *Staff, r journal.Record) ([]string, string, error) {
	var b Said
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return nil, "", err
	}
	i := s.index(b.User)
	if i < 0 {
		return nil, "", fmt.Errorf("nobody is %q", b.User)
	}
	rules, all := s.rules(r)
	if !rules || r.User == b.User && r.Do != Rename || !all && s.Users[i].Has(right.Users) {
		return nil, "", fmt.Errorf("%w: %q changes %q", thing.ErrNotNow, r.User, b.User)
	}
	s.Users = slices.Clone(s.Users)
	u := &s.Users[i]
	switch r.Do {
	case Role:
		if err := known(b.Roles); err != nil {
			return nil, "", err
		}
		u.Roles = b.Roles
		if !all {
			u.Roles = below(u.Roles)
		}
	case Rename:
		if spelling.Name(b.Name) == "" || len(b.Name) > 100 {
			return nil, "", fmt.Errorf("a user called %q", b.Name)
		}
		u.Name = b.Name
	default:
		u.Locked = r.Do == Lock
	}
	fields := []string{r.Do + " " + b.User}
	if u.Yielded { // whoever says what he is to be has seen both
		fields = append(fields, Founded)
	}
	return fields, note(*u), nil
}

// known fails where a role is none, or there is none. What a newer program added it calls by its code.
func known(roles []right.Role) error {
	for _, r := range roles {
		if r == "" || len(r) > 30 {
			return fmt.Errorf("a role %q", r)
		}
	}
	if len(roles) == 0 || len(roles) > 6 {
		return fmt.Errorf("%d roles", len(roles))
	}
	return nil
}

func note(u User) string {
	text := ""
	for i, t := range u.Titles() {
		if i > 0 {
			text += "、"
		}
		text += t
	}
	if u.Yielded && !u.Has(right.Users) {
		text += "（另一台电脑上先有了系统管理员，以那位为准）"
	}
	return u.Name + "：" + text
}

// Kind is what the store has to know of staffs.
var Kind = thing.Kind{Name: Name, Version: 2, Schema: Schema, Single: true, Knows: table.Knows,
	New: func() thing.Sum { return &Staff{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		s, refused := table.Fold(rs)
		if s.State == None {
			return nil, refused
		}
		return &s, refused
	},
	Field: func(s thing.Sum, code string) string {
		if code == Founded {
			return "第一位系统管理员"
		}
		for _, u := range s.(*Staff).Users {
			for _, w := range Acts {
				if code == w.Code+" "+u.ID {
					return w.Name + "：" + u.Name
				}
			}
		}
		return "人员"
	},
	Called: func(s thing.Sum) string { return "人员 · " + s.(*Staff).Unit },
	Columns: []thing.Column{
		{Name: "users", Of: func(s thing.Sum) any { return len(s.(*Staff).Users) }},
	},
	Digest: []string{"users"},
}

// Parts are the staff, of which nothing is kept apart.
func (s *Staff) Parts() (open, private any) { return s, &struct{}{} }

// Label gives nothing: a staff is found by its unit.
func (s *Staff) Label() (string, []thing.Label) { return "", nil }

// Secret says that a staff never is.
func (s *Staff) Secret() bool { return false }

// Known says that nothing private is told of it.
func (s *Staff) Known() bool { return false }

// Envelope goes up to the office: that of a table to its county, through its township where it reports through one, that of
// a county to its city.
func (s *Staff) Envelope(string) journal.Envelope {
	path := slices.DeleteFunc(unit.Path(s.Unit, s.Via), func(u string) bool {
		return unit.LevelOf(u) == journal.City && unit.LevelOf(s.Unit) == journal.Station
	})
	return journal.Envelope{Way: journal.Along, Audience: path}
}
