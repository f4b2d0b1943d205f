package reception

import (
	"cmp"
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// knows is the right side: what the program knows about what is being written.
type knows struct {
	host   kit.Host
	desk   *desk.Desk
	ledger *ledger.Ledger

	citizen, similar *fyne.Container
	paper            *kit.Label
	receipt          *canvas.Image
	all              *fyne.Container
	object           *container.Scroll
	pump             kit.Pump
	latest           desk.Draft
}

func newKnows(h kit.Host, d *desk.Desk, l *ledger.Ledger) *knows {
	k := &knows{host: h, desk: d, ledger: l, citizen: container.NewVBox(), similar: container.NewVBox(),
		receipt: &canvas.Image{}, paper: kit.Hint("")}
	k.receipt.FillMode, k.receipt.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	k.receipt.SetMinSize(fyne.NewSize(300, 425))
	k.all = container.NewVBox(k.citizen, k.similar, k.paper, kit.Card(k.receipt))
	k.object = kit.Scroll(k.all)
	return k
}

// found is what was looked up for one state of the form.
type found struct {
	citizen, similar []ledger.View
	paper            string // what the citizen will take home
	picture          image.Image
}

// look looks up for what is written now; asked again while looking, it looks once more at the end.
func (k *knows) look(d desk.Draft) {
	k.latest = d
	k.pump.Ask(func(done func()) {
		d := k.latest
		kit.Do(k.host.Run, k.host.Context, func(ctx context.Context) (f found, err error) {
			if f.citizen, err = k.ledger.Citizen(ctx, d.Name, d.Phone, 3); err != nil {
				return f, err
			}
			if f.similar, err = k.ledger.Similar(ctx, cmp.Or(d.Title, head(d.Words)), 3); err != nil {
				return f, err
			}
			return f, k.draw(d, &f)
		}, func(f found, err error) {
			done()
			if err != nil {
				k.host.Say(kit.Bad, k.host.Explain(err))
				return
			}
			k.show(f)
		})
	})
}

func head(words string) string {
	rs := []rune(words)
	return string(rs[:min(len(rs), 30)])
}

// draw draws what the citizen will take home.
func (k *knows) draw(d desk.Draft, f *found) error {
	m := k.desk.Preview(d)
	m.Number = "登记时编号"
	kind := paper.TakenHome(m)
	o := form.Issuer{Settings: *k.desk.Settings, Profile: k.desk.Profile, Today: k.desk.Now()}
	var wish paper.Wish
	if kind.Takes(paper.Format) {
		wish.Size = paper.A5
	}
	doc, err := kind.Make(paper.Things{Matters: []matter.Matter{m}}, o, wish)
	if pages := paper.Pictures(doc, 1, 560); err == nil && len(pages) > 0 {
		f.paper, f.picture = kind.Name, pages[0]
	}
	return err
}

func (k *knows) show(f found) {
	list(k.citizen, "这位群众以前来过", f.citizen)
	list(k.similar, "说的像是同一件事", f.similar)
	k.paper.SetText(f.paper + "会这样打印")
	k.receipt.Image = f.picture
	k.all.Refresh()
	k.object.Refresh()
}

func list(box *fyne.Container, title string, vs []ledger.View) {
	box.RemoveAll()
	if len(vs) == 0 {
		return
	}
	lines := container.NewVBox(kit.Bold(title))
	for _, v := range vs {
		lines.Add(kit.Text(v.Occurred.Format("1月2日") + " " + v.Title))
		lines.Add(kit.Hint(v.Number + "　" + v.State.String()))
	}
	box.Add(kit.Card(lines))
}

// clear forgets the last citizen.
func (k *knows) clear() {
	list(k.citizen, "", nil)
	list(k.similar, "", nil)
	k.look(desk.Draft{})
}
