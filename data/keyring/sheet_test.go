package keyring

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/problem"
	"lianluo.local/data/suite"
)

// sheetOf is what stands on a sheet made of sixteen bytes of the same value.
func sheetOf(t *testing.T, b byte) Sheet {
	t.Helper()
	s, err := NewSheet(bytes.NewReader(bytes.Repeat([]byte{b}, 16)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The words are those of BIP-39 and the keys behind them never change: a sheet waits in a safe for many years.
func TestSheetStaysWhatItIs(t *testing.T) {
	for _, c := range []struct {
		of                     byte
		words, age, sm, number string
	}{
		{0, "的的的的的的的的的的的在", "age1v9qm76l2jkkumm5atwf2y66t3n7gpd4vhkh22gk9ru7yqxrc9quqakxdge",
			"04f00c5a477ba3fe1701041e91ce0894404551b4c76f6f01fe3c66024e3a6aabd8c1c9d47e114a306159b85853c4f834f508b99d0280055d7a3c1f1aae5eb22c88", "7462 4944"},
		{0xFF, "歇歇歇歇歇歇歇歇歇歇歇逻", "age1gdz2z9zahj8j406y7zaqgz43xcuc2h007sp3q2p8000c8z6e9a6sxqevf9",
			"048c1900f205b11ffb9c98e0d3f7397eb48988eec5b9552529b670b62647881679d3f346afaadf629f64e0ce58e5bf856bbae6dd0fdce893de2423ea9318be8ae2", "9277 1275"},
	} {
		s := sheetOf(t, c.of)
		if got := strings.Join(s.Words(), ""); got != c.words {
			t.Errorf("%x: %s", c.of, got)
		}
		h, err := s.Holder(suite.Age, time.Time{})
		if err != nil || h.Age != c.age || h.Number() != c.number {
			t.Errorf("%x: %v %s %s", c.of, err, h.Age, h.Number())
		}
		sm, err := s.Holder(suite.SM, time.Time{})
		if err != nil || fmt.Sprintf("%x", []byte(sm.SM2)) != c.sm || sm.Check() != nil {
			t.Errorf("%x: %v %x", c.of, err, []byte(sm.SM2))
		}
	}
}

// What is sealed to the public half is opened by the words alone, in both suites.
func TestSheetOpens(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		s, err := NewSheet(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		h, err := s.Holder(name, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		kind, _ := suite.Named(name)
		sealed, err := kind.Encrypt([]byte("原话"), []suite.Public{h.Public})
		if err != nil {
			t.Fatal(err)
		}
		typed, err := ReadSheet(strings.Join(s.Words(), " "))
		if err != nil {
			t.Fatal(err)
		}
		keys, err := typed.Keys(name)
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := kind.Decrypt(sealed, []suite.Secret{keys}); err != nil || string(plain) != "原话" {
			t.Errorf("%s: %v %q", name, err, plain)
		}
		other, _ := sheetOf(t, 7).Keys(name)
		if _, err := kind.Decrypt(sealed, []suite.Secret{other}); !errors.Is(err, suite.ErrNotOurs) {
			t.Errorf("%s: another sheet: %v", name, err)
		}
	}
}

// People type with blanks, numbers and points, wide and narrow; what is wrong is told in one sentence.
func TestReadSheet(t *testing.T) {
	s := sheetOf(t, 0x5A)
	w := s.Words()
	all := strings.Join(w, "")
	for _, typed := range []string{
		all, strings.Join(w, " "), strings.Join(w, "\n"), "　" + strings.Join(w, "　") + "\r\n", "\ufeff" + all,
		strings.Join(w[:4], "") + "，" + strings.Join(w[4:8], "") + "。" + strings.Join(w[8:], "") + "！",
		func() (text string) {
			for i, r := range w {
				text += fmt.Sprintf("%d．%s ", i+1, r)
			}
			return
		}(),
	} {
		if got, err := ReadSheet(typed); err != nil || got != s {
			t.Errorf("%q: %v", typed, err)
		}
	}
	swapped := append([]string{}, w...)
	swapped[0], swapped[11] = swapped[11], swapped[0]
	wrong := append([]string{}, w...)
	wrong[4] = "镲"
	agree := 0
	for _, r := range []string{"的", "一", "是", "在", "不", "了", "有", "和", "人", "这", "中", "大", "为", "上", "个", "国"} {
		other := append([]string{}, w...)
		other[2] = r
		if got, err := ReadSheet(strings.Join(other, "")); err == nil && got != s {
			agree++
		}
	}
	if agree > 4 {
		t.Errorf("%d of sixteen wrong characters agree with the others", agree)
	}
	for _, c := range []struct{ typed, says string }{
		{"", "有 0 个"}, {strings.Join(w[:11], ""), "有 11 个"}, {all + "的", "有 13 个"}, {strings.Repeat(all, 1000), "个"},
		{strings.Join(wrong, ""), "第 5 个字不对：恢复单上没有“镲”"}, {strings.Join(swapped, ""), "抄错了"},
	} {
		_, err := ReadSheet(c.typed)
		var said interface{ Sentence() string }
		if !errors.As(err, &said) || !strings.Contains(said.Sentence(), c.says) {
			t.Errorf("%.40q: %v", c.typed, err)
		}
		if err != nil && strings.Contains(err.Error(), w[0]+w[1]) {
			t.Errorf("the words are told on: %v", err)
		}
	}
	if said := fmt.Sprintf("%v %+v %s", s, s, s); strings.Contains(said, w[0]) || strings.Contains(said, "90") {
		t.Error("a sheet can be printed by mistake:", said)
	}
}

// A home keeps the public half, and nothing that opens anything.
func TestHomeKeepsPublicHalfOnly(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		home := t.TempDir()
		if _, err := Create(home, name, none, rand.Reader); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadSheet(home, none); !errors.Is(err, ErrNoSheet) {
			t.Fatal(err)
		}
		s := sheetOf(t, 9)
		h, err := s.Holder(name, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		if err := SaveSheet(home, none, h); err != nil {
			t.Fatal(err)
		}
		got, err := LoadSheet(home, none)
		if err != nil || !got.Equal(h.Public) || !got.Made.Equal(h.Made) || !got.Tried.IsZero() {
			t.Errorf("%v %+v", err, got)
		}
		keys, _ := s.Keys(name)
		_ = filepath.WalkDir(home, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if bytes.Contains(b, keys.Sign) || bytes.Contains(b, keys.Open) || bytes.Contains(b, s.secret[:]) || strings.Contains(string(b), s.Words()[0]) {
				t.Errorf("%s: the secret lies in %s", name, path)
			}
			return err
		})
		other, _ := s.Holder(map[string]string{suite.Age: suite.SM, suite.SM: suite.Age}[name], h.Made)
		if err := SaveSheet(home, none, other); !errors.Is(err, ErrSuite) {
			t.Error("a key of the other suite is kept:", err)
		}
		if err := os.WriteFile(filepath.Join(home, "keys", sheetFile), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadSheet(home, none); !errors.Is(err, ErrDamaged) {
			t.Error(err)
		}
	}
	if _, err := NewSheet(strings.NewReader("short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	var wrong problem.Problems
	if _, err := ReadSheet("一"); !errors.As(err, &wrong) {
		t.Error(err)
	}
}
