package problem

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTorn(t *testing.T) {
	for in, want := range map[string]string{
		`{"title":"\ud800"}`: "title", `{"title":"\udc00"}`: "title", `{"title":"\ud800x"}`: "title", `{"title":"\ud800\ud800"}`: "title", `{"title":"\uD83D"}`: "title",
		`{"title":"\ud83d\ude00"}`: "", `{"title":"\uD83D\uDE00\ud83d\ude00"}`: "", `{"title":"\\ud800"}`: "", `{"title":"\\\ud800"}`: "title", `{"title":"\u4e00\ude00"}`: "title",
		`{"set":{"title":"\ud800","words":"好"}}`: "title", `{"deputies":["甲","\udfff"],"title":"\ud800"}`: "deputies title", `{}`: "",
	} {
		if got := strings.Join(Torn([]byte(in)), " "); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// What is taken is what was said: nothing is put in the place of half a character.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"title":"\ud800\\ud83d\ude00","set":{"words":"\udc00"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var v struct {
			Title string                     `json:"title"`
			Set   map[string]json.RawMessage `json:"set"`
		}
		if Decode(b, &v) == nil && strings.Contains(v.Title, "\ufffd") && !strings.Contains(string(b), "\ufffd") && !strings.Contains(strings.ToLower(string(b)), "ufffd") {
			t.Fatalf("%s became %q", b, v.Title)
		}
	})
}
