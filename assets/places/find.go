package places

import (
	"cmp"
	"slices"
	"strings"
)

// Find gives the places that a few characters, first letters or digits of the code may mean, the likeliest first, at
// most limit (0: all). Several words narrow: "凤山 yjz" is 袁家庄 below 凤山街道; the last word is in the place's own name.
// Within is the code of a place to stay below, "" for everywhere. An empty query gives nothing.
func Find(query, within string, limit int) []Place {
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return nil
	}
	own, above := words[len(words)-1], words[:len(words)-1]
	within = whole(within)
	prefix := stem(within)
	type hit struct {
		Place
		rank int
	}
	var hits []hit
	for _, p := range load().all {
		rank, ok := match(p, own)
		if ok && strings.HasPrefix(p.Code, prefix) && p.Code != within && below(p, above) {
			hits = append(hits, hit{p, rank})
		}
	}
	// The places stand by level and code, and a stable sort leaves them so.
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	out := make([]Place, len(hits))
	for i, h := range hits {
		out[i] = h.Place
	}
	return out
}

// stem gives the digits that every code below a 12-digit code begins with; another text is its own stem.
func stem(code string) string {
	for _, n := range []int{2, 4, 6, 9} {
		if len(code) == 12 && strings.Trim(code[n:], "0") == "" {
			return code[:n]
		}
	}
	return code
}

// match ranks how well one word names a place: 0 as people say it, 1 from its head, 2 somewhere in it.
func match(p Place, word string) (rank int, ok bool) {
	switch {
	case word == Short(p) || word == p.Name:
		return 0, true
	case strings.HasPrefix(p.Name, word) || strings.HasPrefix(p.Initials, word) || strings.HasPrefix(p.Code, word):
		return 1, true
	}
	return 2, strings.Contains(p.Name, word) || strings.Contains(p.Initials, word)
}

// below says whether each of the words names something above p.
func below(p Place, words []string) bool {
	path := Path(p.Parent)
	return !slices.ContainsFunc(words, func(word string) bool {
		return !slices.ContainsFunc(path, func(up Place) bool {
			_, ok := match(up, word)
			return ok
		})
	})
}
