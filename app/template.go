package app

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/roster/batch"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Template writes an empty sheet of people to be filled in, in which what may be chosen is offered.
func (a *App) Template(ctx context.Context, file string) error {
	sites, err := a.Roster.Sites(ctx, false, "station", "point", "base")
	if err != nil {
		return err
	}
	return a.blank(file, People, batch.Columns, hints, examples, map[string][]string{"stations": called(sites)})
}

// UnitTemplate writes an empty sheet of stations, offices and departments to be filled in.
func (a *App) UnitTemplate(ctx context.Context, file string) error {
	offered := map[string][]string{}
	within := places.Children(a.Settings.Unit[:12])
	if unit.LevelOf(a.Settings.Unit) == journal.City {
		offered["county"] = names(within)
	} else {
		offered["township"] = names(within)
	}
	return a.blank(file, Units, batch.Units, unitHints, unitExamples, offered)
}

func names(ps []places.Place) (list []string) {
	for _, p := range ps {
		list = append(list, p.Name)
	}
	return list
}

// called is what units are called, those by their codes whose names others have, too.
func called(sites []site.Site) (list []string) {
	n := map[string]int{}
	for _, s := range sites {
		n[s.Called()]++
	}
	for _, s := range sites {
		name := s.Called()
		if n[name] > 1 {
			name = s.Code
		}
		list = append(list, name)
	}
	return list
}

// blank writes a sheet to be filled in, with what is offered besides the words of its columns.
func (a *App) blank(file string, of Keeping, columns []batch.Column, hints, examples map[string]string,
	offered map[string][]string) error {
	if strings.ToLower(filepath.Ext(file)) != ".xlsx" {
		return problem.Problems{"out": "请写成 .xlsx 文件"}
	}
	t := tables.Table{Notes: tables.Notes{Title: of.Name}}
	for _, c := range columns {
		if !c.Given {
			continue
		}
		one := tables.Column{Title: c.Name, Width: 20, Hint: hints[c.Code], Example: examples[c.Code],
			Choices: offered[c.Code]}
		if c.Sort == batch.Choose || c.Sort == batch.Line {
			for _, w := range c.Words {
				one.Choices = append(one.Choices, w.Name)
			}
		}
		t.Columns = append(t.Columns, one)
	}
	var b bytes.Buffer
	if err := t.Template(&b); err != nil {
		return err
	}
	return a.write(file, b.Bytes())
}

// How columns are filled in, and what may stand in them; the people are invented.
var (
	hints = map[string]string{
		"name": "一人一行；几级都是代表的，一级写一行", "birth": "写到月就行：1975-03", "phone": "手机或座机，几个用顿号隔开",
		"fields": "几个用顿号隔开", "roles": "几项用顿号隔开：" + offeredIn(words.Roles),
		"structures": "几类用顿号隔开：" + offeredIn(words.Structures),
		"congress":   "如 十四届", "number": "代表证上的号码，照写", "district": "选区的名称，或选举单位", "since": "如 2021-06-01",
		"stations": "站点的名称或代码，几个用顿号隔开，主要的写在前面", "remark": "只有本单位和所在站点看得到",
	}
	examples = map[string]string{
		"name": "王三明", "sex": "男", "birth": "1975-03", "phone": "13800000000", "employer": "凤山街道第一小学", "post": "校长",
		"fields": "教育、文化", "nationality": "汉族", "party": "群众", "education": "本科", "level": "县", "congress": "十四届",
		"number": "0101", "district": "第一选区", "delegation": "凤山代表团", "how": "换届选举", "since": "2021-06-01",
		"stations": "凤山街道代表联络站",
	}
	unitHints = map[string]string{
		"code": "不知道就空着，写乡镇、村和名称", "kind": "不写的，村和社区的算联络点，乡镇和街道的算联络站",
		"county": "县里填的不用写", "township": "站点一定要写；机关和部门不写", "village": "联络点要写；联络站空着",
		"name": "一个单位一行", "phone": "手机或座机，几个用顿号隔开", "opening": "如 工作日 8:00–12:00",
		"liaisons": "几位用顿号隔开", "area": "平方米，只写数", "equipment": "几样用顿号隔开", "field": "基地的领域",
		"contact": "部门的联系人", "opened": "如 2021-03-20",
	}
	unitExamples = map[string]string{
		"kind": "联络点", "township": "凤山街道", "village": "袁家庄社区居委会", "name": "袁家庄社区代表联络点", "short": "袁家庄联络点",
		"phone": "0358-0000000", "opening": "每月11日 19:30–21:00", "address": "袁家庄社区一号院", "head": "王三明",
		"liaisons": "李四芳、高小宝", "area": "60", "equipment": "电脑、打印机", "opened": "2021-03-20",
	}
)

func offeredIn(list words.List) string {
	var names []string
	for _, w := range list {
		names = append(names, w.Name)
	}
	return strings.Join(names, "、")
}
