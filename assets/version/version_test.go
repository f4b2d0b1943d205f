package version

import (
	"testing"

	"github.com/BurntSushi/toml"
)

// A release is named in one place.
func TestOfFyneApp(t *testing.T) {
	var app struct {
		Details struct {
			Version string
			Build   int
		}
	}
	if _, err := toml.DecodeFile("../../FyneApp.toml", &app); err != nil {
		t.Fatal(err)
	}
	if app.Details.Version != Number || app.Details.Build != Build {
		t.Errorf("FyneApp.toml says %+v, this package %s and %d", app.Details, Number, Build)
	}
}
