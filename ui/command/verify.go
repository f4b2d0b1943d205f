package command

import (
	"flag"
	"fmt"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
)

type verifyOptions struct{ digits string }

func verifyFlags(fs *flag.FlagSet) *verifyOptions {
	o := &verifyOptions{}
	fs.StringVar(&o.digits, "fingerprint", "", "")
	return o
}

// verify says whose a file is and whether it was changed.
func verify(e *env, o *verifyOptions) error {
	v, err := e.app.Verify(e.ctx, e.args[0], o.digits)
	if err != nil {
		return err
	}
	doubt := v.Doubt()
	told := map[string]any{"file": v.File, "signed": v.Unit != "", "whole": v.Whole(), "believed": doubt == nil}
	if v.Unit != "" {
		told["unit"], told["name"], told["key"], told["at"] = v.Unit, v.Name, v.Standing,
			v.At.In(e.app.Now().Location()).Format(time.RFC3339)
	}
	if doubt != nil {
		told["why"] = explain.Sentence(doubt)
	}
	if says := v.Says(); says != "" || e.json {
		if err := e.say(told, "%s", says); err != nil {
			return err
		}
	}
	if doubt != nil && v.Standing == trust.Unheard && !e.json {
		fmt.Fprintln(e.err, "用命令的，加 --fingerprint 十六位。")
	}
	return doubt
}

// signing is the flag --sign: alone it signs as the settings would, --sign=beside by a file beside.
type signing struct{ way *string }

func (s signing) String() string   { return "" }
func (s signing) IsBoolFlag() bool { return true }

// Set is of flag.Value.
func (s signing) Set(word string) error {
	switch word {
	case "true", app.Inside:
		*s.way = app.Inside
	case app.Beside:
		*s.way = app.Beside
	default:
		return fmt.Errorf("请写 --sign 或 --sign=beside")
	}
	return nil
}

// sign has the files of this command signed, where its flag says how.
func (e *env) sign(way string) {
	if way != "" {
		e.app.Signing = way
	}
}
