package command

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/words"
)

// report is what is told of a matter's fields, in this order. A field that is not named is told behind those.
var report = matter.Fields.In("occurred", "station", "register", "paperNumber", "name", "phone", "address", "category",
	"title", "words", "place", "deputies", "onSpot", "onSpotAnswer", "mode", "proposal", "reason 不受理原因", "door 应找的部门").
	Without("anonymous", "confidential", "sex", "ageBand", "people", "purpose", "urgency", "channel") // with --json only

func (e *env) find() (ledger.View, error) { return e.app.Ledger.Show(e.ctx, e.args[0]) }

func show(e *env) error {
	v, err := e.find()
	if err != nil {
		return err
	}
	if e.app.May(e.ctx, right.Contact) || e.app.May(e.ctx, right.Own) { // nobody else is shown it
		if err := e.app.Reveal(e.ctx, v.Number); err != nil {
			return err
		}
	}
	if e.json {
		return e.one(v, true)
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(e.out, "%s：%s\n", name, value)
		}
	}
	at := func(t time.Time) string { return t.In(e.app.Now().Location()).Format("2006-01-02 15:04") }
	line("编号", v.Number)
	line("缺的内容", v.Lacking())
	if v.Redacted != "" {
		line("已隐去", v.Redacted+" 起不再留有群众的姓名、电话、住址和原话")
	}
	line("现在", fmt.Sprintf("第%d步 %s（%s）", v.State.Step(), e.app.Profile.Steps[v.State.Step()-1], v.State))
	if v.State.Open() {
		line("轮到", e.unit(v.Owner()))
		line("这一步期限", v.Limit()+map[bool]string{true: "，" + v.Status()}[v.Light != ledger.Off])
	}
	due := v.Due
	for _, moved := range v.Moves[max(0, len(v.Moves)-1):] {
		due += "（" + moved.On + " 从 " + moved.From + " 改来：" + moved.Why
		if len(v.Untold()) > 0 {
			due += "，还没有告诉群众"
		}
		due += "）"
	}
	line("答应群众", due)
	for _, f := range report.Show(v.Values(), ledger.Names, map[string]string{"occurred": at(v.Occurred),
		"session":  strings.TrimSpace(v.Sitting + " " + v.Session),
		"station":  places.Of(v.Station).Where + " " + v.Station,
		"register": words.Registers.Name(v.Register) + "（" + words.Channels.Name(v.Channel) + "）"}) {
		line(f.Name, f.Text)
	}
	line("对应名册", strings.Join(v.Tied, "；"))
	line("承办单位", strings.Join(v.Units, "、"))
	line("引导协商的代表", strings.Join(v.Guides, "、"))
	line("并入", v.IntoNumber)
	line("代表建议", v.Suggests)
	line("领办", v.Leader)
	if v.Class > 0 {
		line("办理结果", e.app.Profile.Letter(v.Class)+" "+words.ClassName(v.Class))
	}
	line("答复", v.Answer)
	line("承诺", strings.TrimSpace(v.Promise+" "+v.PromiseBy))
	if v.Result != "" {
		line("评议", "结果"+words.Ratings.Name(v.Result)+"，态度"+words.Ratings.Name(v.Attitude)+" "+v.Complaint)
	}
	for _, s := range v.Sealed {
		line("保密内容", strings.Join(strings.Fields(s.Proposal+" "+s.Note+" "+s.Answer+" "+s.Minutes+" "+s.Promise+" "+s.Reason), " "))
	}
	for _, h := range v.Timeline() {
		fmt.Fprintf(e.out, "  %s %s %s %s %s\n", at(h.At), e.unit(h.Unit), h.By, matter.ActName(h.Do), h.Note)
	}
	for _, says := range matter.Kind.Contests(&v.Matter) {
		fmt.Fprintln(e.out, "  "+says)
	}
	return nil
}

func act(e *env) error {
	b, err := e.source(e.args[1])
	if err != nil {
		return err
	}
	v, err := e.find()
	if err != nil {
		return err
	}
	var called []string // deputies
	day := e.app.Now()
	var kind struct{ Do string }
	_ = json.Unmarshal(b, &kind) // what is no JSON at all is told by whoever reads it whole
	switch do, _ := matter.Acts.Parse(kind.Do); do {
	case "redact":
		var a struct {
			Do     string `json:"do"`
			Reason string `json:"reason"`
		}
		if err = problem.Decode(b, &a); err == nil {
			err = e.app.Redact(e.ctx, e.app.Clerk(), a.Reason, v.ID)
		}
	case "correct", "void":
		var a struct {
			Do   string                     `json:"do"`
			Set  map[string]json.RawMessage `json:"set"`
			Note string                     `json:"note"`
		}
		if err = problem.Decode(b, &a); err != nil {
			return err
		}
		if do == "correct" {
			_, err = e.app.Correct(e.ctx, v.Matter, a.Set)
			_ = json.Unmarshal(a.Set["deputies"], &called) // it was read just now
			day = v.Occurred
		} else {
			_, err = e.app.Desk.Void(e.ctx, e.app.Clerk(), v.ID, a.Note)
		}
	default:
		var order office.Order
		order, err = office.Parse(b)
		if err == nil {
			order.Deputies, order.Persons, err = e.known(v.Station, order.Deputies, order.Persons)
			called = order.Deputies
		}
		if err == nil && order.Who != "" {
			var who []string
			who, order.Persons, err = e.known(v.Station, []string{order.Who}, order.Persons)
			order.Who = strings.Join(who, "")
		}
		for name, id := range order.Persons {
			if err == nil && id != "" {
				var p person.Person
				p, err = e.app.Roster.Find(e.ctx, id)
				order.Persons[name] = p.ID
			}
		}
		if err == nil {
			_, err = e.app.Office.Do(e.ctx, e.app.Clerk(), v.ID, order)
		}
	}
	if err != nil {
		return err
	}
	e.args = []string{v.Number}
	if v, err = e.find(); err != nil {
		return err
	}
	odd, err := e.app.Roster.Absent(e.ctx, v.Matter, day.In(e.app.Now().Location()).Format(time.DateOnly), called...)
	if err != nil {
		return err
	}
	if why := e.app.Desk.Caveat(v.Matter); why != "" {
		odd = append(odd, why)
	}
	if e.warn(odd); e.json && len(odd) > 0 {
		b, err := v.JSON(true)
		if err != nil {
			return err
		}
		told := map[string]any{"warnings": odd}
		if err := json.Unmarshal(b, &told); err != nil {
			return err
		}
		return e.print(told)
	}
	return show(e)
}

// unit is what a unit is called.
func (e *env) unit(code string) string {
	if code == "" {
		return ""
	}
	return places.Of(code).Full
}
