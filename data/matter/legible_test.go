package matter

import (
	"encoding/json"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
)

// Words of a program that is not ours stand on a screen as they are: they move no cursor, turn no words round, and begin no line of their
// own. What people say in several lines stays so, and so does every character of a name.
func TestForeignWordsAreLegible(t *testing.T) {
	const odd = "\x1b[31m红\a\u202e倒\u2028行\n02-002003-26-A0001-5\r\u009b"
	first := func(title, by, name, words string) Matter {
		body, err := json.Marshal(map[string]any{"number": numbers.Make("141102002003D1-A", 2026, 'A', 1), "station": "141102002003D1-A", "title": title, "deputies": []string{title}, "people": 1})
		if err != nil {
			t.Fatal(err)
		}
		r, err := journal.Seal(journal.Entry{ID: journal.ID{Replica: journal.Replica{1}, Incarnation: 1, Seq: 1}, Thing: "t", Kind: Name, Do: "receive", Schema: 1, Depth: 1,
			Unit: "141102002003D1-A", Level: journal.Station, By: by, Body: body}, Private{Name: name, Words: words}, [16]byte{})
		if err != nil {
			t.Fatal(err)
		}
		m, refused := Fold([]journal.Record{r})
		if len(refused) > 0 {
			t.Fatal(refused)
		}
		return m
	}
	m := first(odd, odd, odd, odd)
	for _, said := range []string{m.Title, m.Deputies[0], m.Name, m.History[0].By} {
		if want := "[31m红倒 行 02-002003-26-A0001-5 "; said != want {
			t.Errorf("%q, want %q", said, want)
		}
	}
	if strings.ContainsAny(m.Words, "\x1b\u202e\a\u009b\r") {
		t.Errorf("words %q", m.Words)
	}
	if m = first("路灯“不亮”", "单桂花", "王𠅤亮👨\u200d👩", "一\n二\\n"); m.Title != "路灯“不亮”" || m.Name != "王𠅤亮👨\u200d👩" || m.Words != "一\n二\\n" || m.People != 1 {
		t.Errorf("%+v", m)
	}
}
