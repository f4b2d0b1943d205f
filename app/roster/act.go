package roster

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// Act does what an order says with a person (id "" for add), all of it or nothing, and gives him as he is then. A whole
// congress ends with id "" and do end; then nobody is given (Ending says of whom). It fails with problem.Problems, and
// with store.ErrNotFound for an unknown ID. What is odd and was done all the same is told by Caveats.
func (r *Roster) Act(ctx context.Context, by clerk.Clerk, id string, o Order) (p person.Person, err error) {
	d, err := r.Desk(ctx, by)
	if err != nil {
		return p, err
	}
	acts, err := d.orders(ctx, id, o)
	if err != nil {
		return p, err
	}
	sums, err := store.Record[person.Person](ctx, r.Store, acts...)
	if errors.Is(err, thing.ErrNotYours) || errors.Is(err, thing.ErrNotNow) {
		return p, problem.Problems{"do": "现在不能这样办，没有改动。请看这位的现状再办"}
	}
	if err != nil || id == "" && len(sums) != 1 {
		return p, err
	}
	if id == "" {
		id = sums[0].ID
	}
	if p, err = r.Person(ctx, id); errors.Is(err, store.ErrNotFound) { // he is none of ours any more
		return sums[len(sums)-1], nil
	}
	return p, err
}

// Find gives the person of an ID, or of a name that one alone bears here. It fails with problem.Problems that say who
// bears it where that is not so.
func (r *Roster) Find(ctx context.Context, idOrName string) (person.Person, error) {
	s := strings.TrimSpace(idOrName)
	p, err := r.Person(ctx, strings.ToLower(s))
	if !errors.Is(err, store.ErrNotFound) {
		return p, err
	}
	list, err := r.bearing(ctx, s)
	switch {
	case err != nil:
		return p, err
	case len(list) == 1:
		return list[0], nil
	case len(list) == 0:
		return p, problem.Problems{"person": "名册里没有“" + s + "”，请核对姓名；还没有登记的，先登记"}
	}
	var who []string
	for _, p := range list {
		who = append(who, described(p))
	}
	return p, problem.Problems{"person": "叫这个名字的有 " + strings.Join(who, "；") + "。请用编号指明是哪一位"}
}

// described tells one person from others of his name.
func described(p person.Person) string {
	var known []string
	for _, m := range p.Held() {
		known = append(known, m.String())
	}
	known = append(known, p.Employer+p.Post, p.ID)
	return p.Name + "（" + strings.Join(slices.DeleteFunc(known, func(s string) bool { return s == "" }), "，") + "）"
}

// orders gives the acts by which an order is done.
func (d *Desk) orders(ctx context.Context, id string, o Order) ([]store.Act, error) {
	code, ok := Acts.Parse(o.Do)
	if !ok {
		return nil, problem.Problems{"do": "请写其中一个：" + offered(Acts)}
	}
	switch o.Do = code; {
	case o.Do == person.Add && id != "":
		return nil, problem.Problems{"do": "登记的是新的人，不用写编号"}
	case o.Do == person.Add:
		return d.add(ctx, o)
	case o.Do == person.End && id == "":
		return d.ending(ctx, o)
	case id == "":
		return nil, problem.Problems{"person": "请写是哪一位"}
	}
	parts, err := d.r.parts(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.prepare(ctx, parts, o)
}
