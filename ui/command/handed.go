package command

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"time"

	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// handedOver says whether the paper that is asked for is handed over with the program, and so needs no home.
func handedOver(e *env) bool {
	k, _ := paper.ByCode(e.args[0])
	return k.Anywhere
}

// handed writes such a paper; nothing may be chosen about it. Whoever makes packages gives its day as he gives that of all he
// makes: https://reproducible-builds.org/specs/source-date-epoch.
func (e *env) handed(out string) error {
	k, _ := paper.ByCode(e.args[0])
	not := problem.Problems{}
	e.flags.Visit(func(f *flag.Flag) {
		if !slices.Contains([]string{"home", "json", "now", "user", "password-file", "out"}, f.Name) {
			not[f.Name] = k.Name + "没有可以选的，请去掉 --" + f.Name
		}
	})
	if len(e.args) > 1 {
		not["numbers"] = k.Name + "没有可以选的，请去掉“" + e.args[1] + "”"
	}
	if len(not) > 0 {
		return not
	}
	made := computer()
	if n, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		made = time.Unix(n, 0).UTC()
	}
	d, err := k.Make(paper.Things{}, form.Issuer{Today: made}, paper.Wish{})
	if err != nil {
		return err
	}
	pdf, err := d.PDF()
	if err == nil {
		err = e.where().Outside(out, "")
	}
	if err == nil {
		err = home.WriteWhole(out, pdf, 0o600)
	}
	if err != nil {
		return err
	}
	return e.say(map[string]any{"kind": k.Code, "file": out, "pages": len(d.Pages)}, "%s在 %s，共 %d 页", k.Name, out, len(d.Pages))
}
