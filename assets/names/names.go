// Package names has people who do not exist, for the demonstration city and for tests: names such as 吕梁 hears every day,
// and those that trip programs up. Among them are family names read differently than they look (单 shàn, 解 xiè, 曾 zēng,
// 仇 qiú, 查 zhā, 尉迟 yùchí), and characters outside the basic plane of Unicode (𠅤 𫝎 𰻞 𬺞).
//
// All are invented. Nobody in them is meant.
package names

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed names.txt
var text string

var load = sync.OnceValue(func() []string { return strings.Fields(text) })

// All gives the names, each once, always in the same order: plain ones first, then the difficult ones.
func All() []string { return slices.Clone(load()) }
