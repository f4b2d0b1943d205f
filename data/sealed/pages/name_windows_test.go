package pages

import "testing"

// SQLite is given every path whole and behind \\?\, which alone may be long there, be it on a drive or on a share.
func TestAddressed(t *testing.T) {
	for path, want := range map[string]string{`C:\站\a.db`: `/\\?\C:\站\a.db`, `C:/x/../a.db`: `/\\?\C:\a.db`,
		`\\server\share\a.db`: `/\\?\UNC\server\share\a.db`, `//server/share/a.db`: `/\\?\UNC\server\share\a.db`,
		`\\?\C:\a.db`: `/\\?\C:\a.db`, `\\?\UNC\server\share\a.db`: `/\\?\UNC\server\share\a.db`} {
		if got := addressed(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
