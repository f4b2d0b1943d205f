package computer

import "testing"

// A computer knows of itself, and of a folder that is not there nothing.
func TestKnown(t *testing.T) {
	if System() == "" {
		t.Error("no system")
	}
	for what, r := range map[string]Room{"memory": Memory(), "disk": Disk(t.TempDir())} {
		if r.Of == 0 || r.Free > r.Of {
			t.Errorf("%s: %+v", what, r)
		}
	}
	if r := Disk(t.TempDir() + "/none"); r != (Room{}) {
		t.Errorf("a folder that is not there: %+v", r)
	}
}
