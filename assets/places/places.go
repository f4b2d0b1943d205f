// Package places knows where everything is: the city of 吕梁, its 13 counties, 154 townships and 2,456 villages and
// neighbourhoods, by the 12-digit statistical code of 2023.
//
// A code is the key, a name never is: 三交镇 stands in 临县 and in 柳林县, and eight villages are called 王家庄. So whoever
// shows a place that was found by name shows its county and township too (Path). The code tells its own ancestors: two
// digits a province, then city, county, and three digits each for township and village.
//
// Source: china-division 2.7.0 (github.com/modood/Administrative-divisions-of-China), from the codes published by the
// National Bureau of Statistics; its licence is in LICENCE.txt. Names stand as published, misprints included. The
// initials column is ours.
package places

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

//go:generate go run generate.go divisions.csv ../category/categories.csv

//go:embed divisions.csv
var divisions string

// Place is one administrative division.
type Place struct {
	Code     string // 12 digits
	Level    string // city, county, township or village
	Name     string // in full: 袁家庄社区居委会
	Parent   string // code of the place above; that of the province for the city
	Initials string // first letters of the sounds of Name: yjzsqjwh
}

type atlas struct {
	all      []Place // by level, then by code
	byCode   map[string]int
	children map[string][]Place
}

var load = sync.OnceValue(func() *atlas {
	rows, err := csv.NewReader(strings.NewReader(divisions)).ReadAll()
	if err != nil {
		panic(err) // the file is built in, a test reads it
	}
	a := &atlas{byCode: map[string]int{}, children: map[string][]Place{}}
	for _, row := range rows[1:] {
		p := Place{Code: row[0], Level: row[1], Name: row[2], Parent: row[3], Initials: row[4]}
		a.byCode[p.Code] = len(a.all)
		a.all = append(a.all, p)
		a.children[p.Parent] = append(a.children[p.Parent], p)
	}
	return a
})

// whole fills a code of 4, 6 or 9 digits up to 12: 141102 → 141102000000. Other lengths stay as they are and are not found.
func whole(code string) string {
	switch len(code) {
	case 4, 6, 9:
		return code + strings.Repeat("0", 12-len(code))
	}
	return code
}

// ByCode gives the place of a code of 4, 6, 9 or 12 digits.
func ByCode(code string) (Place, bool) {
	a := load()
	i, ok := a.byCode[whole(code)]
	if !ok {
		return Place{}, false
	}
	return a.all[i], true
}

// Children gives the places right below a code of 4, 6, 9 or 12 digits, by code; none for a village or an unknown code.
func Children(code string) []Place {
	return append([]Place(nil), load().children[whole(code)]...)
}

// Path gives a place and everything above it, the city first: 吕梁市, 离石区, 凤山街道, 袁家庄社区居委会. It is empty for an unknown
// code.
func Path(code string) []Place {
	p, ok := ByCode(code)
	if !ok {
		return nil
	}
	return append(Path(p.Parent), p)
}

// Short gives a name as people say it: 凤山街道 → 凤山, 离石区 → 离石, 兴县 → 兴县, 袁家庄社区居委会 → 袁家庄社区, 南安村委会 → 南安村.
func Short(p Place) string {
	if p.Level != "village" {
		for _, suffix := range []string{"街道", "镇", "乡", "区", "县", "市"} {
			rest, ok := strings.CutSuffix(p.Name, suffix)
			if ok && len(rest) >= len("两字") && !strings.HasSuffix(p.Name, "园区") && !strings.HasSuffix(p.Name, "开发区") {
				return rest
			}
		}
		return p.Name
	}
	for _, suffix := range []string{"居民委员会", "村民委员会", "居委会", "村委会", "村委"} {
		rest, ok := strings.CutSuffix(p.Name, suffix)
		if ok && strings.HasPrefix(suffix, "村") && !strings.HasSuffix(rest, "村") {
			rest += "村"
		}
		if ok {
			return rest
		}
	}
	return p.Name
}

// Local is how people of the county call a township or village: 凤山街道, 凤山街道袁家庄社区. It takes the code of a station,
// too, and is "" for a place that is not known.
func Local(code string) string {
	var name string
	for _, p := range Path(code[:min(len(code), 12)]) {
		switch p.Level {
		case "township":
			name = p.Name
		case "village":
			name += Short(p)
		}
	}
	return name
}

// Names are what a unit is called, from the whole to the least; its code where the place is not known.
type Names struct {
	Full  string // where nobody gave it a name: 凤山街道袁家庄社区代表联络点, 离石区人大常委会
	Brief string // in a history: 凤山街道袁家庄社区联络点, 离石区人大
	Where string // the place of a station, the brief name of an office: 凤山街道袁家庄社区
	Site  string // its own village or township alone: 袁家庄社区
}

// Of gives the names of a unit by its code.
func Of(unit string) (n Names) {
	p, known := ByCode(unit[:min(len(unit), 12)])
	n = Names{unit, unit, unit, unit}
	if !known {
		return n
	}
	n.Site = Short(p)
	if len(unit) <= 12 {
		n.Full, n.Brief, n.Where = p.Name+"人大常委会", p.Name+"人大", p.Name+"人大"
		return n
	}
	n.Where = Local(unit)
	if kind := map[byte]string{'Z': "站", 'D': "点", 'J': "基地"}[unit[12]]; kind != "" && n.Where != "" {
		n.Full, n.Brief = n.Where+"代表联络"+kind, n.Where+"联络"+kind
	}
	return n
}

// Organisation is what heads the papers of a unit where nobody chose other words: 离石区人大代表联络站, by its county, or by its city where
// it lies in none.
func Organisation(unit string) string {
	p, _ := ByCode(unit[:min(6, len(unit))] + "000000")
	return p.Name + "人大代表联络站"
}
