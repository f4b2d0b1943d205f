package welcome

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/assets/places"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// province is what stands above the city, in which places are looked for.
const province = "140000000000"

// levels are the steps down to a village.
var levels = []struct{ level, word, hint string }{
	{"county", "县（市、区）", "离石 或 ls"}, {"township", "乡镇（街道）", "凤山 或 fs"}, {"village", "村（社区）", "可以不选"}}

// unit asks for a place: all at once, or step by step. What is taken in one is shown in the others.
type unit struct {
	code   string // of the place taken; "" for none
	role   string
	taken  func() (code string) // tells what unit the place makes
	all    *kit.Picker
	steps  []*kit.Picker // county, township, village
	boxes  []fyne.CanvasObject
	row    *fyne.Container
	makes  *kit.Label
	object fyne.CanvasObject
}

func newUnit(taken func() (code string)) *unit {
	u := &unit{taken: taken, makes: kit.Hint("")}
	u.all = kit.NewPicker("写几个字或拼音首字母直接找，如 袁家庄、yjz", u.find)
	u.all.OnChosen = func(o kit.Option) { u.take(o.Code) }
	for i, l := range levels {
		p := kit.NewPicker(l.hint, func(query string) []kit.Option { return u.below(i, query) })
		p.OnChosen = func(o kit.Option) {
			if o.Code == "" && i > 0 {
				o.Code = u.steps[i-1].Chosen().Code // what stands above stays
			}
			u.take(o.Code)
		}
		u.steps = append(u.steps, p)
		u.boxes = append(u.boxes, container.NewVBox(kit.Hint(l.word), p.Container))
	}
	u.row = container.NewGridWithColumns(len(levels), u.boxes...)
	u.object = container.NewVBox(u.all.Container, u.row, u.makes)
	return u
}

// ask says what kind of unit is wanted: a station goes down to villages, a county stays at the first step, and there is
// one city.
func (u *unit) ask(role string) {
	u.role = role
	u.all.Hidden, u.row.Hidden = role == "city", role == "city"
	u.row.Objects = u.boxes
	if role == "county" {
		u.row.Objects = u.boxes[:1]
	}
	switch role {
	case "city":
		u.take(cities()[0].Code)
	case "county":
		if path := places.Path(u.code); len(path) > 1 {
			u.take(path[1].Code)
			return
		}
		u.take("")
	default:
		if len(places.Path(u.code)) < 2 {
			u.take("")
			return
		}
		u.take(u.code)
	}
}

func cities() []places.Place { return places.Children(province) }

// find looks everywhere for what the role may be.
func (u *unit) find(query string) []kit.Option {
	var found []places.Place
	for _, p := range places.Find(spelling.Plain(query), "", 0) {
		if p.Level == "county" == (u.role == "county") && p.Level != "city" {
			found = append(found, p)
		}
	}
	return options(found, true)
}

// below looks below the step above; nothing written offers what there is.
func (u *unit) below(step int, query string) []kit.Option {
	within := cities()[0].Code
	if step > 0 {
		if within = u.steps[step-1].Chosen().Code; within == "" {
			return nil
		}
	}
	if query == "" {
		return options(places.Children(within), false)
	}
	var found []places.Place
	for _, p := range places.Find(spelling.Plain(query), within, 0) {
		if p.Level == levels[step].level {
			found = append(found, p)
		}
	}
	return options(found, false)
}

func options(found []places.Place, path bool) (list []kit.Option) {
	for _, p := range found {
		o := kit.Option{Code: p.Code, Text: p.Name}
		if path {
			o.Note = names(places.Path(p.Parent))
		}
		list = append(list, o)
	}
	return list
}

func names(path []places.Place) string {
	var list []string
	for _, p := range path {
		list = append(list, p.Name)
	}
	return strings.Join(list, " ")
}

// take takes a place and shows it in every field, with the unit that it makes.
func (u *unit) take(code string) {
	u.code = code
	path := places.Path(code)
	for i, step := range u.steps {
		o := kit.Option{}
		if i+1 < len(path) {
			o = kit.Option{Code: path[i+1].Code, Text: path[i+1].Name}
		}
		if step.Chosen() != o || o.Code == "" {
			step.Choose(o)
		}
	}
	if u.all.Chosen().Code != code {
		u.all.Choose(kit.Option{})
	}
	made := u.taken()
	switch { // two lines each time: what stands below keeps its place
	case made != "":
		u.makes.SetText("✓ " + names(path) + "\n代码 " + made)
	case code != "":
		u.makes.SetText(names(path) + "\n请再往下选")
	default:
		u.makes.SetText("选好以后，这里写明是哪个单位。\n ")
	}
	u.makes.Importance = map[bool]widget.Importance{true: widget.SuccessImportance,
		false: widget.LowImportance}[made != ""]
	u.object.Refresh()
}

// open is what was written somewhere and not taken from the list; "" for nothing.
func (u *unit) open() string {
	for _, p := range append([]*kit.Picker{u.all}, u.steps...) {
		if u.role != "city" && p.Chosen().Code == "" && p.Entry.Text != "" {
			return p.Entry.Text
		}
	}
	return ""
}
