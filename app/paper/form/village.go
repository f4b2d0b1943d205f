package form

import (
	"regexp"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/spelling"
)

// elsewhere are words of places; an address with none of them (七巷3号) is one of the station's own place.
var elsewhere = regexp.MustCompile(`村|社区|居委会|街道|镇|乡|县|市|省`)

var here = regexp.MustCompile(`^本(村|社区|居委会|街道|镇|乡)`)

// Village is as much of an address as anybody may read: the village or community of the station's county that it
// names, or the township, never more of what was typed. 本村 and 七巷3号 are at the station's own place. Where no address
// was given, or it speaks of a place that we do not know, it is nothing: that somebody came here does not say that he
// lives here.
func Village(station, address string) (village string) {
	address = spelling.Letters(address)
	if len(station) < 12 || address == "" {
		return ""
	}
	for _, township := range places.Children(station[:6]) {
		in := strings.Contains(address, township.Name)
		for _, v := range places.Children(township.Code) {
			if (village == "" || in) && strings.Contains(address, places.Short(v)) {
				village = places.Local(v.Code)
			}
		}
		if village == "" && in {
			village = township.Name
		}
	}
	if village == "" && (here.MatchString(address) || !elsewhere.MatchString(address)) {
		village = places.Local(station)
	}
	return village
}
