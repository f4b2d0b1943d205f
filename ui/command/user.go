package command

import (
	"flag"
	"strings"

	"lianluo.local/data/right"
)

// users are what is done with the people who work here.
var users = map[string]part[*userOptions]{"rights": {0, 0, userRights}}

type userOptions struct{}

func userFlags(*flag.FlagSet) *userOptions { return &userOptions{} }

// userRights tells the table of rights, a role a line.
func userRights(e *env, _ *userOptions) error {
	for _, w := range right.Roles {
		rights := right.Of(right.Role(w.Code))
		var names []string
		for _, r := range rights {
			names = append(names, r.Name())
		}
		if err := e.say(map[string]any{"role": w.Code, "name": w.Name, "rights": rights}, "%s（%s）：%s", w.Name, w.Code, strings.Join(names, "、")); err != nil {
			return err
		}
	}
	return nil
}
