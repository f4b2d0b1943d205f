package keyring

import (
	"testing"

	"lianluo.local/data/suite"
)

// A station that compared digits once must see the same for ever, and an exercise never those of a real card.
func TestDigitsStayTheSame(t *testing.T) {
	_, card := someone(t, suite.Age, 1, "530402002003Z1", "station")
	if got := Fingerprint(card); got != "1508846371422027" {
		t.Error(got)
	}
	card.Practice = true
	if got := Fingerprint(card); got != "3984168032863791" {
		t.Error(got)
	}
	card.Name, card.Phone = "改了名", "110" // words are not what is compared
	other := card
	other.Unit = "530402002003Z2"
	if Fingerprint(other) == Fingerprint(card) {
		t.Error("two units have the same digits")
	}
}

// Each digit typed wrong is told, and almost every two that were exchanged.
func TestSlipsOfTheFingerAreTold(t *testing.T) {
	_, card := someone(t, suite.Age, 1, "530402002003Z1", "station")
	card.Practice = true
	for n := range 20 {
		card.Replica[3] = byte(n)
		right := Fingerprint(card)
		if Mistyped(right) || !Mistyped(right[1:]) || !Mistyped(right+"0") || !Mistyped("") {
			t.Fatalf("%s: its length", right)
		}
		missed := 0
		for i := range right {
			for d := byte('0'); d <= '9'; d++ {
				if wrong := []byte(right); wrong[i] != d {
					if wrong[i] = d; !Mistyped(string(wrong)) {
						t.Errorf("%s for %s is not told", wrong, right)
					}
				}
			}
			if i > 0 && right[i] != right[i-1] {
				wrong := []byte(right)
				if wrong[i], wrong[i-1] = wrong[i-1], wrong[i]; !Mistyped(string(wrong)) {
					missed++
				}
			}
		}
		if missed > 2 {
			t.Errorf("%s: %d exchanges of neighbours are not told", right, missed)
		}
	}
}

// Words that would write over a screen are in no card; those of an honest one are, in whatever script.
func TestCardsOfWordsThatCannotBePrinted(t *testing.T) {
	id, card := someone(t, suite.Age, 1, "530402002003Z1", "station")
	for words, good := range map[string]bool{"袁家庄社区 王𠅤明": true, "站　点": true, "ئۇيغۇر": true, "1\n2": false, "\x1b[8m": false, "a\u202eb": false, "a\u2028b": false,
		"\x00": false, "a\u200bb": false, "\xff": false, "\u0085": false} {
		card.Name, card.Phone = words, ""
		for range 2 {
			if _, err := id.Request(card); (err == nil) != good {
				t.Errorf("%q: %v", words, err)
			}
			card.Name, card.Phone = "站", words
		}
	}
}
