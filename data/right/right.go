// Package right is who may do what (权限): the closed lists of rights and of roles, and one table that says which role has
// which. Rights are asked by the parts of app at the top of each verb (Guard), never by pages, so that a window, a
// command and every other door are bound alike. A role is what somebody does at an office; he may have several, and
// then he has the rights of all of them.
//
// The roles are those of county and city platforms, as domain practice has them (people.md 2.13). What is bound by law or
// by complaints about such platforms: a department never keys how its own answer was rated; who looks after accounts
// reads no case; who reads the log reads nothing else.
package right

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/clerk"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Right is one of the things that somebody may do, by its code.
type Right string

// The rights.
const (
	Look      Right = "look"      // lists, matters, suggestions, sessions; citizens are covered
	Mine      Right = "mine"      // of these only where he himself is named
	Find      Right = "find"      // by name, phone or words
	Contact   Right = "contact"   // a citizen's or a deputy's name, phone and address in full
	Secret    Right = "secret"    // what was said in confidence
	Register  Right = "register"  // new matters
	Own       Right = "own"       // what he registered himself within a day: see it whole, correct it
	Correct   Right = "correct"   // what anybody registered: correct, void, withdraw
	Collate   Right = "collate"   // sort, merge and part, hand upwards
	Route     Right = "route"     // assign, open again, number suggestions
	Sign      Right = "sign"      // for what was assigned, or give it back
	Answer    Right = "answer"    // and what belongs to handling: more time, promises, talks
	Approve   Right = "approve"   // what others ask for or say: acceptance, more time, answers
	Supervise Right = "supervise" // urge, supervise
	Inform    Right = "inform"    // citizens and deputies
	Rate      Right = "rate"      // how citizens and deputies found an answer
	Lead      Right = "lead"      // take a matter on oneself, answer for a deputy who is asked to
	Suggest   Right = "suggest"   // draft, sign and hand in suggestions
	Roster    Right = "roster"    // look at people
	People    Right = "people"    // write them
	Sites     Right = "sites"     // write stations, offices, departments
	Agenda    Right = "agenda"    // plan sessions
	Hold      Right = "hold"      // open a session, who came, what was said
	Duty      Right = "duty"      // confirm what counts as duty
	Report    Right = "report"    // look at figures
	Issue     Right = "issue"     // issue a report
	Publish   Right = "publish"   // what everybody may read
	Print     Right = "print"     // papers
	Export    Right = "export"    // lists and the whole into files
	Import    Right = "import"    // sheets and old books
	Rules     Right = "rules"     // terms, wordings, settings
	Trust     Right = "trust"     // whom we believe: accept, revoke, keys
	Exchange  Right = "exchange"  // a round: send, collect, and what lapses by the day
	Backup    Right = "backup"    // copies, restoring, the recovery sheet
	Users     Right = "users"     // who works here, in which role
	Audit     Right = "audit"     // who looked at what
)

// All are the rights with their Chinese, in the order of the work.
var All = words.List{
	{Code: "look", Name: "看台账和事项"}, {Code: "mine", Name: "看自己名下的"}, {Code: "find", Name: "按姓名、电话、文字查找"}, {Code: "contact", Name: "看联系方式"},
	{Code: "secret", Name: "看保密件"}, {Code: "register", Name: "登记"}, {Code: "own", Name: "更正自己一天内登记的"}, {Code: "correct", Name: "更正、作废、撤回"},
	{Code: "collate", Name: "汇总梳理、并案、上报"}, {Code: "route", Name: "交办、重办"}, {Code: "sign", Name: "签收、退回"}, {Code: "answer", Name: "办理答复"},
	{Code: "approve", Name: "审核"}, {Code: "supervise", Name: "催办、督办"}, {Code: "inform", Name: "反馈"}, {Code: "rate", Name: "评议打分"}, {Code: "lead", Name: "领办、接单"},
	{Code: "suggest", Name: "起草、提交代表建议"}, {Code: "roster", Name: "看代表名册"}, {Code: "people", Name: "改代表名册"}, {Code: "sites", Name: "改站点和单位"},
	{Code: "agenda", Name: "安排进站"}, {Code: "hold", Name: "开站、签到、记录"}, {Code: "duty", Name: "确认履职"}, {Code: "report", Name: "看统计"}, {Code: "issue", Name: "印发报告"},
	{Code: "publish", Name: "对外公开"}, {Code: "print", Name: "打印"}, {Code: "export", Name: "导出"}, {Code: "import", Name: "导入"}, {Code: "rules", Name: "改规则和设置"},
	{Code: "trust", Name: "核对接入、管密钥"}, {Code: "exchange", Name: "报送"}, {Code: "backup", Name: "备份、恢复、恢复单"}, {Code: "users", Name: "管用户"},
	{Code: "audit", Name: "看审计记录"},
}

// Name is the right in Chinese.
func (r Right) Name() string { return All.Name(string(r)) }

// Role is what somebody does at an office, by its code.
type Role string

// The roles that the program itself speaks of.
const (
	Administrator Role = "administrator"
	Auditor       Role = "auditor"
	Department    Role = "department"
	Liaison       Role = "liaison"
	Assigner      Role = "assigner"
	Congress      Role = "congress"
	computer      Role = "computer" // this computer, by itself; nobody is given it
)

// Roles are those that somebody can be given, with their Chinese.
var Roles = words.List{
	{Code: "volunteer", Name: "值班员"}, {Code: "liaison", Name: "联络员"}, {Code: "head", Name: "站长"}, {Code: "deputy", Name: "代表"}, {Code: "township", Name: "乡镇干事"},
	{Code: "assigner", Name: "县级交办"}, {Code: "reviewer", Name: "县级审核"}, {Code: "leader", Name: "领导"}, {Code: "department", Name: "承办单位"},
	{Code: "inspector", Name: "督查室"}, {Code: "congress", Name: "市人大"}, {Code: "administrator", Name: "系统管理员"}, {Code: "auditor", Name: "审计员"},
}

// Name is the role in Chinese.
func (r Role) Name() string { return Roles.Name(string(r)) }

// station is what a station's own work needs.
const station = "look find contact secret register own correct collate route sign answer supervise inform rate lead suggest roster people sites " +
	"agenda hold duty report issue publish print export import trust exchange backup"

// table says which rights a role has.
var table = map[Role]string{
	"volunteer":   "look register own roster hold print",
	Liaison:       station,
	"head":        station + " approve rules",
	"deputy":      "mine",
	"township":    station,
	Assigner:      "look find contact collate route sign answer supervise inform lead suggest roster people sites agenda hold report issue publish print export import trust exchange backup",
	"reviewer":    "look find contact secret route approve supervise inform rate roster duty report issue publish print export exchange",
	"leader":      "look lead roster report",
	Department:    "mine sign answer print",
	"inspector":   "look find supervise roster report issue print export exchange",
	Congress:      "look find contact secret collate route answer approve supervise rate lead suggest roster people sites agenda hold duty report issue publish print export import trust exchange backup",
	Administrator: "sites print rules trust exchange backup users",
	Auditor:       "audit",
	computer:      "exchange",
}

// Of gives the rights of roles, in the order of All; what is no role has none.
func Of(roles ...Role) (rs []Right) {
	for _, w := range All {
		if Has(roles, Right(w.Code)) {
			rs = append(rs, Right(w.Code))
		}
	}
	return rs
}

// Has says whether one of the roles has a right.
func Has(roles []Role, r Right) bool {
	return slices.ContainsFunc(roles, func(role Role) bool { return slices.Contains(strings.Fields(table[role]), string(r)) })
}

// Computers are the roles of this computer, where it acts by itself.
func Computers() []Role { return []Role{computer} }

// Who gives the roles that have a right.
func Who(r Right) (roles []Role) {
	for _, w := range Roles {
		if Has([]Role{Role(w.Code)}, r) {
			roles = append(roles, Role(w.Code))
		}
	}
	return roles
}

// Guard says whether somebody may do something here now. Each part of app has one and asks it at the top of each verb. The
// zero Guard lets everybody do everything, as a home does where nobody was made a user yet.
type Guard struct {
	Of   func(ctx context.Context, by clerk.Clerk, r Right) error // nil or a Denied
	Here func() clerk.Clerk                                       // who sits at this computer: what is read is asked in his name

	Sought func(text string) // hears what he searches for; nil: nobody does

	// Self gives the IDs under which somebody stands on the roster, none where he does not; it fails with Denied where his
	// name is that of several, so that nobody passes for another. nil: nobody is on it.
	Self func(ctx context.Context, by clerk.Clerk) (ids []string, err error)
}

// Ask asks for a right, or for any one of several; the Denied that it fails with is about the first.
func (g Guard) Ask(ctx context.Context, by clerk.Clerk, r Right, or ...Right) error {
	if g.Of == nil {
		return nil
	}
	err := g.Of(ctx, by, r)
	for _, other := range or {
		if err != nil && g.Of(ctx, by, other) == nil {
			return nil
		}
	}
	return err
}

// Sits is Ask in the name of who sits here.
func (g Guard) Sits(ctx context.Context, r Right, or ...Right) error {
	return g.Ask(ctx, g.Sitting(), r, or...)
}

// May says whether who sits here has a right.
func (g Guard) May(ctx context.Context, r Right, or ...Right) bool {
	return g.Sits(ctx, r, or...) == nil
}

// Whose asks whether somebody may look at what names some people or units: at all there is, or at this because he is one of
// them. They are named by the IDs of people on the roster, and by names where no ID is known, of units and in old entries.
func (g Guard) Whose(ctx context.Context, by clerk.Clerk, named ...string) error {
	err := g.Ask(ctx, by, Look)
	if err == nil || g.Ask(ctx, by, Mine) != nil {
		return err
	}
	ids, several := g.Selves(ctx, by)
	if several != nil {
		return several
	}
	own := func(who string) bool {
		return slices.Contains(ids, who) || spelling.Name(who) == spelling.Name(by.Name)
	}
	if slices.ContainsFunc(named, own) {
		return nil
	}
	return err
}

// Selves is Self, of nobody where there is no roster.
func (g Guard) Selves(ctx context.Context, by clerk.Clerk) (ids []string, err error) {
	if g.Self == nil {
		return nil, nil
	}
	return g.Self(ctx, by)
}

// Seeks tells that who sits here searches for a text, "" for none.
func (g Guard) Seeks(text string) {
	if text = strings.TrimSpace(text); text != "" && g.Sought != nil {
		g.Sought(text)
	}
}

// Sitting is who sits here; nobody where that is not known.
func (g Guard) Sitting() clerk.Clerk {
	if g.Here == nil {
		return clerk.Clerk{}
	}
	return g.Here()
}

// Denied says that somebody may not do something, and who may.
type Denied struct {
	Right Right
	Roles []Role // his; nil where nobody is signed in
	Why   string // in Chinese, where it is not for his roles
}

func (d Denied) Error() string { return fmt.Sprintf("%v may not %s: %s", d.Roles, d.Right, d.Why) }

// Sentence is what a person hears.
func (d Denied) Sentence() string {
	may := names(Who(d.Right))
	switch {
	case d.Why != "":
		return d.Why + "，没有改动。"
	case d.Roles == nil:
		return "这里要先说是谁在办：请用自己的姓名和密码登录，再办“" + d.Right.Name() + "”。没有改动。"
	case may == "":
		return "“" + d.Right.Name() + "”这里谁都不能办，没有改动。"
	}
	return "“" + d.Right.Name() + "”不归" + names(d.Roles) + "办，没有改动。请找" + may + "；确要自己办的，请系统管理员改角色。"
}

func names(roles []Role) string {
	var list []string
	for _, r := range roles {
		list = append(list, r.Name())
	}
	return strings.Join(list, "、")
}
