package app

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lianluo.local/app/paper/signed"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/trust"
	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
)

// How files that are written here are signed, as settings say it; a command may say otherwise by App.Signing.
const (
	Unsigned = ""
	Inside   = "inside" // a PDF in itself, other files by one beside them
	Beside   = "beside" // every file by FILE.sig
)

// Verified is what the signature of a file comes to.
type Verified struct {
	File             string
	signed.Signature                // of whoever says that he signed; zero where there is none
	Beside           bool           // it lies in a file beside
	Standing         trust.Standing // of his key
	Heard            bool           // a person heard the digits of a key that is not known
	Why              error          // why the file is not as it was signed; nil where every byte is
}

// Whole says whether the file is as it was signed.
func (v Verified) Whole() bool { return v.Why == nil }

// Says is what a person hears of a signature that was made, by the clock of who signed.
func (v Verified) Says() string {
	if v.Unit == "" {
		return ""
	}
	by := fmt.Sprintf("%s（%s）", v.Name, v.Unit)
	switch {
	case v.Standing == trust.Unheard && !v.Heard:
		by = "自称" + by
	case v.Standing == trust.Ours:
		by += "，就是本机"
	case v.Standing == trust.Retired:
		by += "，用的是它以前的密钥"
	}
	if v.Practice {
		by += "，是练习用的电脑"
	}
	says := fmt.Sprintf("签名：%s。\n时间：%s（按签名那台电脑的钟）。", by, v.At.In(beijing).Format("2006年1月2日 15:04"))
	if v.Whole() {
		return says + "\n文件：签名以后没有改过。"
	}
	return says
}

// Doubt is why a file is not to be believed, and what to do; nil where it is as it was signed, by somebody whom we believe.
func (v Verified) Doubt() error {
	switch {
	case !v.Whole():
		return v.Why
	case v.Standing == trust.Out:
		return errOut
	case v.Standing == trust.Unheard && !v.Heard:
		return errStranger
	}
	return nil
}

var (
	errOut = problem.New("signed by a computer that is out of use",
		"签名的电脑已经停用（丢失、换掉），停用以后才拿到的文件不能当真。请向那个单位再要一份。")
	errStranger = problem.New("signed by a computer that is not known here",
		"本机不认识签名的电脑，谁都可以自称是哪个单位。请打电话（用您自己知道的号码）问对方“本机的十六位”，照着输入再核对一次。")
)

// Verify says whose a file is and whether it was changed: by the signature in it, where it is a PDF that has one, else by
// FILE.sig beside it. digits are those that somebody heard of who signed it, "" for none. It fails where the file cannot be read, and as
// trust.Trust.Heard does. It is not written down: nothing of this home is looked at.
func (a *App) Verify(ctx context.Context, file, digits string) (v Verified, err error) {
	v.File = file
	b, err := small(file)
	if err != nil {
		return v, err
	}
	if digits != "" {
		if _, err := trust.Typed(digits); err != nil {
			return v, err
		}
	}
	if v.Signature, v.Why = signed.Open(b); errors.Is(v.Why, signed.ErrNone) {
		paper, err := small(file + Sig)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return v, nil
		case err != nil:
			return v, err
		}
		v.Beside = true
		v.Signature, v.Why = besides(paper, b)
	}
	if v.Unit == "" {
		return v, nil
	}
	pic, err := a.Trust.Picture(ctx)
	if err != nil {
		return v, err
	}
	v.Standing, v.Name = pic.Whose(v.Card)
	if digits != "" {
		if err := a.Trust.Heard(ctx, v.Card, digits); err != nil {
			return v, err
		}
		v.Heard = v.Standing != trust.Out
	}
	return v, nil
}

// Sig is what the name of a signature beside a file has behind that of the file.
const Sig = ".sig"

func besides(paper, file []byte) (s signed.Signature, err error) {
	a, err := keyring.OpenAttestation(paper, file)
	switch {
	case errors.Is(err, keyring.ErrStranger):
		return signed.Signature{Card: a.By, At: a.At}, signed.ErrChanged
	case err != nil:
		return s, fmt.Errorf("%w: %w", signed.ErrForeign, err)
	}
	return signed.Signature{Card: a.By, At: a.At}, nil
}

// small reads a file of a size that is signed.
func small(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, signed.Most+1))
	if err == nil && len(b) > signed.Most {
		err = signed.ErrTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("verify %s: %w", filepath.Base(file), err)
	}
	return b, nil
}

// tells has a paper that will be signed say so at its foot, or over the number of the page there, where there is room.
func (a *App) tells(d typeset.Document) typeset.Document {
	if a.Signing == Unsigned {
		return d
	}
	words := typeset.Clean(a.Settings.Name + a.Now().Format("2006年1月2日") + "电子签名，可用联络站程序核对")
	for _, above := range []float64{11, 19} {
		if told, room := d.Foot(above, typeset.Kai, color.RGBA{R: 70, G: 70, B: 70, A: 255}, words); room {
			return told
		}
	}
	return d
}

// PDF writes a paper as a file, with a signature in it where files are signed so, which is written down.
func (a *App) PDF(d typeset.Document) ([]byte, error) {
	pdf, err := d.PDF()
	if err != nil || a.Signing != Inside {
		return pdf, err
	}
	pdf, err = signed.PDF(pdf, signed.Signer{Card: a.Trust.Card(), Sign: a.Trust.Sign}, a.Now())
	a.note(a.Clerk(), audit.Sign, d.Code, err)
	return pdf, err
}

// keep writes a file whole, and where it is not signed in itself, but files are, its signature beside it; what is what the
// log calls it.
func (a *App) keep(file, what string, b []byte) error {
	if err := home.WriteWhole(file, b, 0o600); err != nil {
		return err
	}
	return a.beside(file, what, b)
}

// beside writes the signature of a file that is not signed in itself, where files are signed.
func (a *App) beside(file, what string, b []byte) error {
	if _, err := signed.Open(b); a.Signing == Unsigned || err == nil {
		return nil
	}
	return a.attest(file, what, b)
}

// attest writes the signature of a file beside it.
func (a *App) attest(file, what string, b []byte) (err error) {
	defer func() { a.note(a.Clerk(), audit.Sign, what, err) }()
	sig, err := a.Trust.Keys().Attest(a.Trust.Card(), filepath.Base(file), b, a.Now())
	if err != nil {
		return fmt.Errorf("sign file: %w", err)
	}
	return home.WriteWhole(file+Sig, sig, 0o600)
}
