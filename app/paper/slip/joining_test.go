package slip

import (
	"fmt"
	"testing"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
)

// What one side hands to the other: its own sixteen digits to be read, and room for those of the other side.
func TestJoining(t *testing.T) {
	for up, wants := range map[bool][]string{
		false: {"接入单", "交给下级", "本级校验号3689825449001236", "填进“上级校验号”", "对方校验号", "141102002003D1-A"},
		true:  {"接入申请单", "交给上级", "本机校验号3689825449001236", "等待接入", "上级校验号", "0358-8221234"},
	} {
		o := point()
		ps := print(t, func(_ matter.Matter, o form.Issuer) (typeset.Document, error) {
			return Joining("3689825449001236", o, up)
		}, matter.Matter{}, o)
		contains(t, fmt.Sprint("up ", up), papertest.Squeeze(papertest.All(ps)), wants...)
		for _, found := range papertest.Overlaps(ps) {
			t.Errorf("up %v: %s", up, found)
		}
		for _, p := range ps {
			if !p.Within(210, 297, 5) {
				t.Errorf("up %v: outside the page: %+v", up, p)
			}
		}
	}
}
