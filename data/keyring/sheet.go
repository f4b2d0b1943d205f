package keyring

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/tyler-smith/go-bip39"
	"github.com/tyler-smith/go-bip39/wordlists"
	"golang.org/x/text/unicode/norm"

	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// Why the words of a sheet are not taken. None of these errors repeats them.
var (
	ErrWords      = problem.New("words of a sheet do not agree", "这十二个字对不起来：有字抄错了，或者前后颠倒了。请照恢复单再看一遍，重新输入。")
	ErrOtherSheet = problem.New("words are another sheet's", "这不是本机现在用的那张恢复单。请核对单号，找出最新的那一张。")
	ErrNoSheet    = problem.New("this home has no recovery sheet", "还没有恢复单。请先在“设置帮助”里的“恢复单”做一张。")
	ErrHasSheet   = problem.New("this home has a recovery sheet",
		"已经有恢复单了，没有改动。那张找不到了、或者给别人看到了，才换新的（--replace）；换了以后，旧的请销毁。")
)

func init() { bip39.SetWordList(wordlists.ChineseSimplified) }

// sheetWords is how many characters stand on a sheet: 128 bits, eleven in each, and four to check the others.
const sheetWords = 12

// Sheet is the secret of a home's recovery sheet: what stands on paper in a safe and on no computer.
type Sheet struct{ secret [16]byte }

// String keeps the words out of logs.
func (Sheet) String() string { return "words of a recovery sheet" }

// NewSheet draws one from 16 bytes of random.
func NewSheet(random io.Reader) (s Sheet, err error) {
	if _, err = io.ReadFull(random, s.secret[:]); err != nil {
		return s, fmt.Errorf("recovery sheet: %w", err)
	}
	return s, nil
}

// ReadSheet reads the twelve characters however they were typed: with blanks, numbers and points between them, in any
// width, or as the QR code of the sheet says them. It fails with a sentence that says which character no sheet has,
// with problem.Problems where there are more or fewer than twelve, and with ErrWords where they do not agree with each
// other; one wrong character in sixteen agrees, and is then another sheet's.
func ReadSheet(text string) (s Sheet, err error) {
	words := characters(text)
	if len(words) != sheetWords {
		return s, problem.Problems{"": fmt.Sprintf("恢复单上是十二个字，这里有 %d 个。请照单子从头输入。", len(words))}
	}
	for i, w := range words {
		if _, known := bip39.GetWordIndex(w); !known {
			return s, problem.Problems{"": fmt.Sprintf("第 %d 个字不对：恢复单上没有“%s”这个字。请照单子再看一看。", i+1, w)}
		}
	}
	b, err := bip39.EntropyFromMnemonic(strings.Join(words, " "))
	if err != nil || len(b) != len(s.secret) {
		return s, ErrWords
	}
	copy(s.secret[:], b)
	return s, nil
}

// SheetTyped says whether as many characters were typed as stand on a sheet.
func SheetTyped(text string) bool { return len(characters(text)) >= sheetWords }

// characters are those of a text that may stand on a sheet, and of what is no sheet at all the first few.
func characters(text string) (words []string) {
	for _, r := range norm.NFKC.String(text) {
		if unicode.Is(unicode.Han, r) && len(words) < 100 {
			words = append(words, string(r))
		}
	}
	return words
}

// Words are the twelve characters, of BIP-39's list of simplified Chinese, the last of which bears the check.
func (s Sheet) Words() []string {
	text, err := bip39.NewMnemonic(s.secret[:])
	if err != nil { // only for lengths that cannot occur
		panic(err)
	}
	return strings.Fields(text)
}

// Keys are the pair of keys of a suite that the words stand for, the same each time: what the suite makes of
// HKDF-SHA256 over the sixteen bytes (no salt, info "lianluo recovery sheet 1 " and the suite's name). 128 bits of
// chance need no stretching.
func (s Sheet) Keys(name string) (suite.Secret, error) {
	kind, err := suite.Named(name)
	if err != nil {
		return suite.Secret{}, err
	}
	stream, err := hkdf.Key(sha256.New, s.secret[:], nil, "lianluo recovery sheet 1 "+name, 1024)
	if err != nil {
		return suite.Secret{}, err
	}
	return kind.Make(bytes.NewReader(stream))
}

// Holder is the public half of a home's sheet and what is known of the paper: it lies in HOME/keys/sheet.pub.
type Holder struct {
	suite.Public
	Made  time.Time `json:"made,omitzero"`  // zero where another computer of the unit made it
	Tried time.Time `json:"tried,omitzero"` // when its words were last typed and were right
	By    string    `json:"by,omitempty"`   // who typed them: a user's ID, a name where there are no users
}

// Number is what people tell sheets apart by, eight digits as 7462 4944; entries name by it the sheet that they are
// sealed to.
func (h Holder) Number() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "lianluo recovery sheet 1\n%s%x\n", h.Age, []byte(h.SM2)))
	n := binary.BigEndian.Uint64(sum[:]) % 1e8
	return fmt.Sprintf("%04d %04d", n/1e4, n%1e4)
}

// Holder gives the public half in the suite of a home.
func (s Sheet) Holder(name string, made time.Time) (h Holder, err error) {
	keys, err := s.Keys(name)
	if err != nil {
		return h, err
	}
	h.Public, err = publicOf(keys)
	h.Made = made
	return h, err
}

const sheetFile = "sheet.pub"

// LoadSheet reads the public half of a home's sheet. It fails with ErrNoSheet or ErrDamaged.
func LoadSheet(home string, key sealed.Key) (h Holder, err error) {
	b, err := key.ReadFile(use, filepath.Join(home, "keys", sheetFile))
	if errors.Is(err, fs.ErrNotExist) {
		return h, ErrNoSheet
	}
	if err == nil {
		err = json.Unmarshal(b, &h)
	}
	if err == nil {
		err = h.Check()
	}
	if err != nil {
		return Holder{}, fmt.Errorf("%w: %s: %w", ErrDamaged, sheetFile, err)
	}
	return h, nil
}

// SaveSheet keeps the public half of a home's sheet, in place of another. It fails with ErrSuite or ErrDamaged.
func SaveSheet(home string, key sealed.Key, h Holder) error {
	id, err := Load(home, key)
	if err != nil {
		return err
	}
	if err := usable(h.Public); err != nil {
		return err
	}
	if h.Suite() != id.Current.Suite {
		return ErrSuite
	}
	return replace(filepath.Join(home, "keys", sheetFile), key, h)
}
