package app_test

import (
	"errors"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/ledger"
	"lianluo.local/data/right"
)

// What somebody keeps who may search stands in the way of nobody who may not, and tells him nothing; who looks at no list
// keeps and drops none.
func TestSavedViewsByRight(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	hire(o, "李慧敏")
	sit(o, "李慧敏")
	hire(o, "王明", "值班员")
	hire(o, "孙丽", "审计员")
	named := ledger.Saved{Name: "单家", Choice: ledger.Choice{Text: "单志远"}}
	open := ledger.Saved{Name: "没办完的", Choice: ledger.Choice{State: "open"}}
	w.Must(o.Ledger.Save(ctx, named))
	w.Must(o.Ledger.Save(ctx, open))
	sit(o, "王明")
	list, err := o.Ledger.Watch(ctx)
	if err != nil || len(list) != 1 || list[0].Name != open.Name {
		t.Errorf("who may not search sees %+v, %v", list, err)
	}
	if _, err := o.Ledger.Saved(ctx, named.Name); err == nil {
		t.Error("he is told for whom another searches")
	}
	if err := o.Ledger.Save(ctx, named); !errors.As(err, &right.Denied{}) {
		t.Errorf("he keeps a search: %v", err)
	}
	sit(o, "孙丽")
	for what, err := range map[string]error{"keeps": o.Ledger.Save(ctx, open), "drops": o.Ledger.Drop(ctx, open.Name)} {
		if !errors.As(err, &right.Denied{}) {
			t.Errorf("the auditor %s a list: %v", what, err)
		}
	}
	sit(o, "李慧敏")
	if list, err := o.Ledger.Watch(ctx); err != nil || len(list) != 2 {
		t.Errorf("of two that were kept there are %+v, %v", list, err)
	}
}
