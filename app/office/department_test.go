package office

import (
	"fmt"
	"testing"

	"lianluo.local/data/profile"
)

// A department that is written with other brackets and blanks is none that nobody knows.
func TestDepartmentsAreKnownHoweverTheyAreWritten(t *testing.T) {
	list := []string{"区住房和城乡建设局（城管科）", "区水利局"}
	o := &Office{Profile: profile.Profile{Departments: list}}
	for name, stranger := range map[string]bool{"区住房和城乡建设局(城管科)": false, " 区 水利局": false, "区水利局\u200b": false, "区水务局": true, "": true} {
		if o.Stranger(name) != stranger {
			t.Errorf("%q a stranger: not %v", name, stranger)
		}
	}
	for typed, want := range map[string]string{"ＱＳＬＪ": "[区水利局]", "水 利": "[区水利局]", "(城管科)": "[区住房和城乡建设局（城管科）]", "qsl j": "[区水利局]", "教育": "[]"} {
		if got := fmt.Sprint(Named(list, typed)); got != want {
			t.Errorf("%q may be %s, want %s", typed, got, want)
		}
	}
}
