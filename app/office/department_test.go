package office

import (
	"fmt"
	"testing"
)

// A department is found however its name is written.
func TestDepartmentsAreKnownHoweverTheyAreWritten(t *testing.T) {
	list := []string{"区住房和城乡建设局（城管科）", "区水利局"}
	for typed, want := range map[string]string{"ＱＳＬＪ": "[区水利局]", "水 利": "[区水利局]", "(城管科)": "[区住房和城乡建设局（城管科）]", "qsl j": "[区水利局]", "教育": "[]"} {
		if got := fmt.Sprint(Named(list, typed)); got != want {
			t.Errorf("%q may be %s, want %s", typed, got, want)
		}
	}
}
