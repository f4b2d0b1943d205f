package command

import (
	"flag"

	"lianluo.local/app"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// bookOptions say how an old register comes in.
type bookOptions struct {
	sheetOptions
	book, ended string
}

func bookFlags(fs *flag.FlagSet) *bookOptions {
	o := &bookOptions{}
	o.comes(fs)
	fs.StringVar(&o.book, "book", "", "")
	fs.StringVar(&o.ended, "ended", "", "")
	return o
}

// oldBook brings in an old register, or takes back what one brought.
func oldBook(e *env, o *bookOptions) error {
	if e.args[0] == "undo" {
		if len(e.args) < 2 {
			return usage("没有写批次")
		}
		n, err := e.app.Undo(e.ctx, app.Books["reception"], e.app.Clerk(), e.args[1])
		if err != nil {
			return err
		}
		return e.say(map[string]any{"batch": e.args[1], "undone": n}, "已撤回 %d 件", n)
	}
	if len(e.args) > 1 {
		return usage("多了“" + e.args[1] + "”")
	}
	if o.book == "" {
		return usage("没有写 --book：是哪一本登记簿")
	}
	wrong := problem.Problems{}
	book := wrong.Choose("book", o.book, "", words.Registers)
	if o.ended != "" {
		o.whole = map[string]string{"ended": wrong.Choose("ended", o.ended, "", app.Ended)}
	}
	if err := wrong.Or(); err != nil {
		return err
	}
	return e.take(app.Books[book], o.sheetOptions)
}
