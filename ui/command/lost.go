package command

import (
	"flag"

	"lianluo.local/assets/places"
)

type lostOptions struct{ unit, out, list string }

func lostFlags(fs *flag.FlagSet) *lostOptions {
	o := &lostOptions{}
	texts(fs, map[string]*string{"unit": &o.unit, "out": &o.out, "list": &o.list})
	return o
}

// lostOne says whom it concerns where a computer or a stick is lost, and writes what to do.
func lostOne(e *env, o *lostOptions) error {
	l, err := e.app.Loss(e.ctx, o.unit)
	if err != nil {
		return err
	}
	if o.out != "" {
		d, err := e.app.LossPaper(e.ctx, o.unit)
		if err == nil {
			_, err = e.app.Save(d, o.out, false)
		}
		if err != nil {
			return err
		}
	}
	if o.list != "" {
		if _, err := e.app.ListConcerned(e.ctx, o.list, o.unit); err != nil {
			return err
		}
	}
	return e.say(map[string]any{"unit": l.Code, "citizens": l.Citizens, "matters": l.Matters, "confidential": l.Confidential,
		"visits": l.Visits, "deputies": l.Deputies}, "%s：涉及 %s。先打电话停用丢了的电脑；怎么办的一页：--out 文件.pdf，名单：--list 文件.xlsx。", places.Of(l.Code).Full, l.Says())
}
