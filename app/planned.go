package app

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"lianluo.local/app/agenda"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/words"
)

// planned are the columns of a plan as stations keep it: a row is a session.
var planned = []sheet.Column{
	{Code: "day", Name: "日期", Synonyms: []string{"接待日期", "活动日期", "日期（星期）", "接待日"}, Kind: sheet.Day, Required: true},
	{Code: "hours", Name: "时间", Synonyms: []string{"接待时间", "活动时间", "时段", "开始时间"}},
	{Code: "until", Name: "结束时间", Synonyms: []string{"结束", "终止时间"}},
	{Code: "station", Name: "站点", Synonyms: []string{"地点（站、点）", "联络站点", "联络站", "联络点", "接待站点", "接待地点", "地点", "站点代码"}},
	{Code: "planned", Name: "接待代表", Synonyms: []string{"代表", "代表姓名", "安排的代表", "接待代表（姓名、级别、职务）", "进站代表", "参加代表"}},
	{Code: "guests", Name: "特邀", Synonyms: []string{"特邀参加部门", "特邀人员", "特邀代表", "参加部门"}},
	{Code: "topic", Name: "主题", Synonyms: []string{"接待主题", "活动主题", "内容", "活动内容"}},
	{Code: "liaison", Name: "联络员", Synonyms: []string{"联络员及电话", "联系人"}},
	{Code: "kind", Name: "类型", Synonyms: []string{"活动类型"}, Kind: sheet.Choice, Words: words.Sessions.Forms()},
}

var (
	bracketed = regexp.MustCompile(`[（(][^（）()]*[）)]`)
	until     = regexp.MustCompile(`[-－—–~～至到]+`)
	ofDay     = regexp.MustCompile(`^\s*(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚)`)
	telephone = regexp.MustCompile(`[\d\s-]{7,}`)
)

// named are those who stand in a cell, without what is written of them in brackets.
func named(c batch.Cell) []string { return spelling.Listed(bracketed.ReplaceAllString(c.Text, "")) }

// plans says what a sheet of sessions would do. One that is there already stays as it is.
func plans(ctx context.Context, a *App, h batch.Handout) (t batch.Trial, err error) {
	var orders []agenda.Order
	for _, row := range h.Rows {
		o := agenda.Order{Do: session.Plan, Station: row["station"].Text, Set: field.Values{"day": row["day"].Text}}
		for _, code := range []string{"topic", "kind"} {
			if said := row[code].Text; said != "" {
				o.Set[code] = said
			}
		}
		if who := strings.TrimSpace(telephone.ReplaceAllString(row["liaison"].Text, "")); who != "" {
			o.Set["liaison"] = who
		}
		begin, end, _ := strings.Cut(until.ReplaceAllString(row["hours"].Text, "\n"), "\n")
		end = cmp.Or(strings.TrimSpace(end), row["until"].Text)
		if half := ofDay.FindString(begin); half != "" && !ofDay.MatchString(end) && end != "" { // 晚上8点到9点半
			end = half + strings.TrimSpace(end)
		}
		for code, at := range map[string]string{"from": begin, "to": end} {
			if at = strings.TrimSpace(at); at != "" {
				o.Set[code] = at
			}
		}
		for _, who := range named(row["planned"]) {
			o.Planned = append(o.Planned, agenda.Person{Who: who})
		}
		for _, who := range named(row["guests"]) {
			o.Planned = append(o.Planned, agenda.Person{Who: who, Part: "guest"})
		}
		orders = append(orders, o)
	}
	all, err := a.Agenda.Enter(ctx, orders)
	if err != nil {
		return t, err
	}
	var acts []store.Act
	for i, one := range all {
		row := h.Rows[i]
		told := batch.Told{Cell: row["day"].At, Name: strings.TrimSpace(row["day"].Text + " " + row["station"].Text)}
		switch {
		case one.There != nil:
			told.ID = one.There.ID
			t.Same = append(t.Same, told)
		case len(one.Wrong) == 0:
			acts = append(acts, one.Act)
			t.New = append(t.New, told)
		}
		for code, why := range one.Wrong.Bare() {
			column := map[string]string{"from": "hours", "to": "hours"}[code]
			if code == "to" && row["until"].Text != "" {
				column = "until"
			}
			cell := row[cmp.Or(column, code)].At
			if code == "planned" && cell == "" {
				cell = row["guests"].At
			}
			t.Errors = append(t.Errors, batch.Remark{Cell: cmp.Or(cell, row["day"].At), Why: why})
		}
	}
	return t.With(acts...), nil
}
