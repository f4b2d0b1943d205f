package report

import (
	"slices"
	"strings"

	"lianluo.local/app/report/figure"
)

// Kind is a report: its title, the period that it is on, by what it parts its numbers, and which they are.
type Kind struct {
	Code, Name string
	Period     figure.Period
	By         []string // codes of axes; at an office beside that of its level (Of)
	Codes      []string // of indicators
	List       string   // the indicator of which it lists each matter, "" for none
	Sorted     string   // the indicator by which its rows stand, the greatest first; "" for the order of the axis
}

// The numbers that reports have in common.
var (
	whole = strings.Fields("sessions deputies persons people carried collected closed open moved cases late onSpot outOfScope accepted closedRate overdue " +
		"inTimeRate days answered answerRate rated ratedRate satisfied satisfiedRate dissatisfied redone returned suggested kept")
	worked = strings.Fields("carried collected cases closed open moved closedRate inTimeRate days overdue ratedRate satisfiedRate dissatisfied")
)

// Kinds are all reports, in the order in which they are listed.
var Kinds = []Kind{
	{Code: "week", Name: "周报", Period: figure.Week, By: []string{Below}, Codes: whole},
	{Code: "month", Name: "月报", Period: figure.Month, By: []string{Below}, Codes: whole},
	{Code: "quarter", Name: "季报", Period: figure.Quarter, By: []string{Below}, Codes: whole},
	{Code: "half", Name: "半年报", Period: figure.Half, By: []string{Below}, Codes: whole},
	{Code: "year", Name: "年报", Period: figure.Year, By: []string{Below}, Codes: whole},
	{Code: "term", Name: "届期报告", Period: figure.Term, By: []string{Below}, Codes: whole},
	{Code: "leader", Name: "本周一张纸", Period: figure.Week, By: []string{"group"}, Codes: worked, Sorted: "collected"},
	{Code: "station", Name: "站点月报", Period: figure.Month, By: []string{"week"},
		Codes: strings.Fields("planned sessions cancelled empty deputies persons people visits homes activities attended carried collected cases " +
			"onSpot outOfScope closed open moved overdue suggested rated satisfied satisfiedRate dissatisfied")},
	{Code: "tiers", Name: "附表一 按领导层级进站接待情况", Period: figure.Month, By: []string{"tier"},
		Codes: strings.Fields("sessions deputies persons people collected cases onSpot accepted closed closedRate open")},
	{Code: "counties", Name: "附表二 分县（市、区）情况", Period: figure.Month, By: []string{"county"}, Codes: whole},
	{Code: "categories", Name: "附表三 分类情况", Period: figure.Month, By: []string{"group", "category"}, Codes: worked},
	{Code: "departments", Name: "附表四 承办单位办理情况", Period: figure.Month, By: []string{"department"}, Sorted: "assigned",
		Codes: strings.Fields("assigned returned returnRate due inTime lateClosed open overdue closedRate inTimeRate days rated dissatisfied dissatisfiedRate")},
	{Code: "overdue", Name: "附表五 超期清单", Period: figure.Month, By: []string{Below}, Codes: []string{"overdue"}, List: "overdue"},
	{Code: "dissatisfied", Name: "附表六 不满意清单", Period: figure.Month, By: []string{Below}, Codes: []string{"rated", "dissatisfied", "dissatisfiedRate", "redone"},
		List: "dissatisfied"},
	{Code: "led", Name: "附表七 领办清单", Period: figure.Month, By: []string{Below}, Codes: []string{"led"}, List: "led"},
	{Code: "activity", Name: "附表八 站点活跃度（零报送）", Period: figure.Month, By: []string{"station"},
		Codes: strings.Fields("sessions deputies persons seated coverage people collected cases closed open overdue late")},
	{Code: "duty", Name: "附表九 代表履职情况", Period: figure.Month, By: []string{"person"}, Sorted: "deputies",
		Codes: strings.Fields("deputies attended collected cases onSpot closed open suggested satisfiedRate")},
	{Code: "purposes", Name: "诉求目的情况", Period: figure.Month, By: []string{"purpose"}, Codes: worked},
	{Code: "channels", Name: "来源渠道情况", Period: figure.Month, By: []string{"channel"}, Codes: worked},
	{Code: "modes", Name: "处理方式情况", Period: figure.Month, By: []string{"mode"}, Codes: worked},
	{Code: "levels", Name: "代表级别情况", Period: figure.Month, By: []string{"level"},
		Codes: strings.Fields("sessions deputies persons seated coverage people collected cases closed closedRate")},
	{Code: "holders", Name: "责任层级情况", Period: figure.Month, By: []string{"holder"}, Codes: worked},
	{Code: "terms", Name: "承诺期限情况", Period: figure.Month, By: []string{"term"}, Codes: worked},
}

// Below stands for the axis of the units right below whoever makes a report: counties at a city, else stations and points.
const Below = "below"

// KindByCode gives a report by its code or its name, of an attached table also by either half of it: 附表四.
func KindByCode(typed string) (Kind, bool) {
	typed = strings.TrimSpace(typed)
	at := slices.IndexFunc(Kinds, func(k Kind) bool {
		return k.Code == typed || k.Name == typed || slices.Contains(strings.Fields(k.Name), typed)
	})
	if at < 0 {
		return Kind{}, false
	}
	return Kinds[at], true
}
