package slip

import (
	"testing"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// What one side hands to the other: its own sixteen digits to be read, and room for those of the other side.
func TestJoining(t *testing.T) {
	for role, wants := range map[journal.Level][]string{
		journal.County:  {"接入单", "交给联络站", "本级校验号3689825449001236", "填进“上级校验号”", "对方校验号", "141102002003D1-A"},
		journal.Station: {"接入申请单", "交给上级", "本站校验号3689825449001236", "等待接入", "上级校验号", "0358-8221234"},
	} {
		o := point()
		o.Role = role
		ps := print(t, func(_ matter.Matter, o form.Office) (typeset.Document, error) { return Joining("3689825449001236", o) }, matter.Matter{}, o)
		contains(t, string(role), papertest.Squeeze(papertest.All(ps)), wants...)
		for _, found := range papertest.Overlaps(ps) {
			t.Errorf("%s: %s", role, found)
		}
		for _, p := range ps {
			if !p.Within(210, 297, 5) {
				t.Errorf("%s: outside the page: %+v", role, p)
			}
		}
	}
}
