package reception

import (
	"context"

	"lianluo.local/app/desk"
	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
)

// draft is what the form says now.
func (p *Page) draft() desk.Draft {
	d := desk.Typed(p.form.Values())
	d.Deputies = append([]string{}, d.Deputies...) // whom nobody is lit for, nobody received
	d.Persons = p.known(d.Deputies)
	return d
}

// fill puts a draft into the form.
func (p *Page) fill(d desk.Draft) {
	p.persons = p.persons.With(d.Persons)
	p.form.Fill(field.From(d))
	p.show(nil)
}

// changed keeps what was typed; a power cut loses the last moment at most.
func (p *Page) changed() {
	p.rest(false)
	p.tell(kit.Plain, "")
	p.form.Ease(func() problem.Problems { return p.desk.Check(p.draft()) })
	p.keep.Ask(func(done func()) {
		d := p.draft()
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, p.desk.Keep(ctx, d)
		}, func(_ struct{}, err error) {
			done()
			if err != nil {
				p.tell(kit.Bad, p.host.Explain(err))
			}
		})
	})
}

// recall finds what was being typed when the program ended.
func (p *Page) recall() {
	type kept struct {
		desk.Draft
		ok bool
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (k kept, err error) {
		k.Draft, k.ok, err = p.desk.Kept(ctx)
		return k, err
	}, func(k kept, err error) {
		if err == nil && k.ok {
			p.fill(k.Draft)
			p.know.look(p.draft())
			p.tell(kit.Plain, "上次没有登记完的内容还在，请接着写。")
		}
	})
}

// clear takes away what was written; the deputies stay.
func (p *Page) clear() {
	p.fill(desk.Draft{})
	p.know.look(p.draft())
	p.forget()
}

func (p *Page) forget() {
	p.keep.Ask(func(done func()) {
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, p.desk.Forget(ctx)
		}, func(struct{}, error) { done() })
	})
}
