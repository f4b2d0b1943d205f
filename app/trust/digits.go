package trust

import (
	"context"
	"fmt"

	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
)

// What may be wrong with digits that a person typed.
var (
	ErrDigits   = problem.New("a fingerprint has sixteen digits", "校验号是十六位数字。请对方念出屏幕上或接入单上的十六位，填全了再确认。")
	ErrOld      = problem.New("ten digits are of an older program", "这是十位的旧校验号，对方用的是旧程序。请对方先更新程序，再念新的十六位。")
	ErrMistyped = problem.New("a digit is wrong", "校验号里有一位填错了。请再听一遍，逐位核对后重填。")
	ErrPrint    = problem.New("fingerprint differs", "校验号对不上，没有确认。请再打电话逐位核对；仍不一致就不要确认。")
	ErrOwn      = problem.New("the digits are our own", "这是本机自己的校验号。请填对方念的那一个。")
	ErrMany     = problem.New("too many ask under that unit",
		"用这个单位名义的申请太多，可能有人捣乱，还没有核对完。请再确认一次，会接着核对；几次都不行的，请把共享文件夹交给管它的人清理。")
)

// Typed gives the digits among what a person wrote. It fails with ErrDigits, ErrOld or ErrMistyped.
func Typed(print string) (string, error) {
	out := []rune{}
	for _, r := range spelling.Plain(print) {
		if r >= '0' && r <= '9' {
			out = append(out, r)
		}
	}
	switch digits := string(out); {
	case len(digits) == 10:
		return "", ErrOld
	case len(digits) != keyring.Digits:
		return "", ErrDigits
	case keyring.Mistyped(digits):
		return "", ErrMistyped
	default:
		return digits, nil
	}
}

// Print gives the sixteen digits of this computer; the first time takes about half a second.
func (t *Trust) Print() string { return t.print(context.Background(), t.Card()) }

// print gives the digits of a card, and notes them, so that they are computed once.
func (t *Trust) print(ctx context.Context, card keyring.Card) string {
	if said := t.Noted(ctx, card); said != "" {
		return said
	}
	card.Practice = t.Settings.Practice // whatever the card says: the digits of an exercise cost a forger little
	said := keyring.Fingerprint(card)
	_ = t.Store.Note(ctx, noted(card), said, t.Now()) // where it cannot be noted it is computed again
	return said
}

// Noted gives the digits of a card where somebody asked for them before, and "" where nobody did: it computes nothing.
func (t *Trust) Noted(ctx context.Context, card keyring.Card) string {
	said, _ := t.Store.Noted(ctx, noted(card))
	return said
}

func noted(card keyring.Card) string {
	h := card.Hash()
	return fmt.Sprintf("digits %x", h[:])
}

// most is how many digits one call computes anew, some seconds' work: strangers may lay down as many papers as they
// like.
func (t *Trust) most() int {
	if t.Settings.Practice { // theirs cost a thousandth
		return 2000
	}
	return 16
}

// Prints gives the digits of those who ask, "" for those beyond what one call may compute; the next call goes on there.
func (t *Trust) Prints(ctx context.Context, asking []Asking) []string {
	var cards []keyring.Card
	for _, a := range asking {
		cards = append(cards, a.Card)
	}
	return t.prints(ctx, cards)
}

func (t *Trust) prints(ctx context.Context, cards []keyring.Card) []string {
	list, left := make([]string, len(cards)), t.most()
	for i, card := range cards {
		if list[i] = t.Noted(ctx, card); list[i] == "" && left > 0 {
			left--
			list[i] = t.print(ctx, card)
		}
	}
	return list
}

// find gives the place of the card that has these digits. It fails with ErrPrint where none has, with ErrMany where
// not all could be looked at; then another call goes on.
func (t *Trust) find(ctx context.Context, cards []keyring.Card, digits string) (int, error) {
	why := ErrPrint
	for i, said := range t.prints(ctx, cards) {
		if said == digits {
			return i, nil
		}
		if said == "" {
			why = ErrMany
		}
	}
	return 0, why
}
