package agenda_test

import (
	"fmt"
	"slices"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
)

// Marks say of every session of some days the same as the whole sessions do: late, owed another notice, without anybody.
func TestMarks(t *testing.T) {
	o := apptest.Alone(t, "county", apptest.County)
	o.World.Now = at("2027-01-08", "09:00")
	enter(o, wang, li)
	must(o, "", monday)
	must(o, "", `{"do":"plan","day":"2027-01-09","station":"141102002003D1-A","planned":["王明"]}`)
	must(o, "", `{"do":"plan","day":"2027-01-20","station":"141102002003D1-A"}`)
	told := must(o, "", `{"do":"plan","day":"2027-01-21","station":"141102002003D1-A","planned":["李慧敏"]}`)
	must(o, told.ID, `{"do":"notice","places":["公告栏"]}`)
	must(o, told.ID, `{"do":"cancel","reason":"大雪"}`)
	must(o, "", `{"do":"plan","day":"2027-02-01","station":"141102002003D1-A"}`)
	gone := must(o, "", `{"do":"plan","day":"2027-01-22","station":"141102002003D1-A"}`)
	must(o, gone.ID, `{"do":"void","reason":"写错"}`)
	marks, err := o.Agenda.Marks(ctx, "2027-01-01", "2027-01-31")
	o.World.Must(err)
	ss, _, err := o.Agenda.Sessions(ctx, agenda.Filter{From: "2027-01-01", To: "2027-01-31"})
	o.World.Must(err)
	var whole []agenda.Mark
	for _, s := range ss {
		whole = append(whole, o.Agenda.Mark(s))
	}
	if len(marks) != 4 || !slices.Equal(marks, whole) {
		t.Errorf("\n%+v\n%+v", marks, whole)
	}
	if said := fmt.Sprint(marks[0].Late, marks[1].Late, marks[2].Empty, marks[3].Late); said != "true false true true" {
		t.Error(said)
	}
	must(o, told.ID, `{"do":"notice","places":["公告栏"]}`)
	if marks, err := o.Agenda.Marks(ctx, "2027-01-21", "2027-01-21"); err != nil || len(marks) != 1 || marks[0].Late {
		t.Errorf("after the new notice %+v %v", marks, err)
	}
}
