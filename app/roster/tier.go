package roster

import (
	"regexp"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
)

// posts are those by which a leader is counted, as they are called behind the name of a place; the first that fits
// counts. What stands for a place of its own (市, 县, 区) says whether it is a city's or a county's.
var posts = []struct {
	called       *regexp.Regexp
	city, county string // words.Tiers
}{
	{regexp.MustCompile(`^([市县区])委常委$`), "standing", "county"},
	{regexp.MustCompile(`^([市县区])委副?书记$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)(?:人大|人民代表大会)(?:常委会|常务委员会)?(?:党组)?副?(?:主任|书记)$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)(?:人民政府|政府)(?:党组)?(?:代|代理|常务)?副?[市县区]长$`), "city", "county"},
	{regexp.MustCompile(`^(?:代|代理|常务)?副?([市县区])长$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)政协(?:党组)?副?(?:主席|书记)$`), "city", "county"},
	{regexp.MustCompile(`^([市县区]?)(?:中级)?(?:人民)?法院(?:党组书记)?代?院长$`), "justice", "justice"},
	{regexp.MustCompile(`^([市县区]?)(?:人民)?检察院(?:党组书记)?代?检察长$`), "justice", "justice"},
}

var (
	parted  = regexp.MustCompile(`[、,;/ ]+`)
	doubled = regexp.MustCompile(`^([市县区])[市县区]`) // 孝义市市长
	former  = regexp.MustCompile(`^原|^前任|^曾任|退休|离休`)
)

// Tier is the leader's tier (words.Tiers) that a post proposes by its words and those of the employer, the highest of
// several, "" for none; at is the level of who writes it, where the words name no place. It only proposes.
func Tier(post, employer string, at journal.Level) (tier string) {
	best := len(posts)
	for _, one := range parted.Split(strings.TrimSpace(spelling.Plain(post)), -1) {
		for _, words := range []string{one, spelling.Plain(employer) + one} {
			words, county := placed(words)
			for i, p := range posts[:best] {
				m := p.called.FindStringSubmatch(words)
				if m == nil || former.MatchString(one) {
					continue
				}
				best, tier = i, p.city
				if county || m[1] == "县" || m[1] == "区" || m[1] == "" && at != journal.City {
					tier = p.county
				}
			}
		}
	}
	return tier
}

// placed takes the names of places off the beginning of a post, and says whether one is a county's.
func placed(words string) (rest string, county bool) {
	rest = strings.TrimPrefix(strings.TrimPrefix(words, "中共"), "山西省")
	rest = strings.TrimPrefix(rest, "吕梁")
	for _, p := range places.Children("1411") {
		name := strings.TrimSuffix(places.Short(p), "县") // 兴县 is short for itself
		if cut, named := strings.CutPrefix(rest, name); named {
			return doubled.ReplaceAllString(cut, "$1"), true
		}
	}
	return strings.TrimPrefix(rest, "中共"), false
}
