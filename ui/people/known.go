package people

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/roster"
	"lianluo.local/app/roster/photo"
	"lianluo.local/data/person"
	"lianluo.local/data/suggestion"
	"lianluo.local/ui/kit"
)

// lately is how many matters stand on a person's page.
const lately = 8

// matters are the newest that he sat at, guides or proposes; each can be opened.
func (p *Page) matters() fyne.CanvasObject {
	o := p.open
	if len(o.matters) == 0 {
		return kit.Hint("还没有接待、引导或提出的事项。")
	}
	box := container.NewVBox()
	for _, m := range o.matters {
		open := kit.NewButton("看", "", false, func() { p.actions.Matter(m.Number) })
		if p.actions.Matter == nil {
			open.Hide()
		}
		box.Add(container.NewBorder(nil, nil, nil, container.NewCenter(open),
			kit.Text(m.Number+"　"+m.Title+"　"+m.State.String())))
	}
	return box
}

// signs are the suggestions that he signs, the newest first; each can be opened.
func (p *Page) signs(beside *fyne.Container) {
	list := p.open.signs
	if len(list) == 0 {
		return
	}
	beside.Add(kit.Bold(fmt.Sprintf("代表建议 %d 件", len(list))))
	for _, s := range list[:min(lately, len(list))] {
		open := kit.NewButton("看", "", false, func() { p.actions.Proposed(s.ID) })
		beside.Add(container.NewBorder(nil, nil, nil, container.NewCenter(open),
			kit.Text(suggestion.Kind.Called(&s)+"　"+s.State.String())))
	}
	if rest := list[min(lately, len(list)):]; len(rest) > 0 {
		beside.Add(kit.Hint(fmt.Sprintf("还有 %d 件，在“代表建议”里写他的姓名就找到。", len(rest))))
	}
}

// known is what a person's page shows besides himself.
func (p *Page) known(ctx context.Context, id string) (now open, err error) {
	if now.Person, err = p.roster.Person(ctx, id); err != nil {
		return now, err
	}
	if now.joined, err = p.roster.Joined(ctx, now.ID); err != nil {
		return now, err
	}
	found, err := p.roster.Matters(ctx, now.ID, 0, lately)
	if err != nil {
		return now, err
	}
	for _, f := range found {
		now.matters = append(now.matters, f.Matter)
	}
	work, err := p.roster.Work(ctx, now.Person)
	now.inHand = len(work)
	if err == nil && p.actions.Record != nil {
		y, wrong := p.yearly(ctx, now.ids(), p.roster.Now().Year())
		now.year, err = &y, wrong
	}
	if err == nil && p.actions.Signs != nil {
		now.signs, err = p.actions.Signs(ctx, now.ids())
	}
	if err == nil && now.Photo.Seq > 0 {
		now.photo, _ = p.roster.Photo(ctx, now.Photo) // it may not have come yet
	}
	return now, err
}

// picture asks for a file with a photo, and keeps it.
func (p *Page) picture() {
	v := p.open.Person
	kit.BrowseFile(p.host.Canvas(), "选择 "+v.Name+" 的照片", "", []string{".jpg", ".jpeg", ".png"}, func(file string) {
		p.keep(v, file)
	})
}

// keep keeps the photo of a file.
func (p *Page) keep(v person.Person, file string) {
	p.host.Say(kit.Plain, "正在读照片…")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (person.Person, error) {
		small, err := photo.Read(file)
		if err != nil {
			return person.Person{}, err
		}
		return p.roster.Act(ctx, p.by, v.ID, roster.Order{Do: person.Picture, Photo: small})
	}, func(_ person.Person, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.done("照片已换好。拍摄地点这些信息没有留下。")
	})
}

// Print prints the cards of the open person, or of those who are ticked; where nobody is, the roster.
func (p *Page) Print() {
	switch {
	case p.actions.Print == nil:
	case p.open != nil:
		p.actions.Print("contact-card", []person.Person{p.open.Person})
	case len(p.marked) > 0:
		p.actions.Print("contact-card", p.marked)
	default:
		p.actions.Print("roster", nil)
	}
}
