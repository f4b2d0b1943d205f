package explain

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Log writes what goes wrong for whoever mends the program. Its own words are English; whatever else stands in an error
// may be a name, in the name of a file, or a telephone, and is left out.
func Log(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
			return a
		}
		return slog.String(a.Key, bare(fmt.Sprint(a.Value.Any())))
	}}))
}

// people are runs of characters that are no word of the program's; phones are telephones, as people
// write them, and the numbers of identity cards.
var (
	people = regexp.MustCompile(`[^\s:"'/\\]*[^\x00-\x7f][^\s:"'/\\]*`)
	phones = regexp.MustCompile(`\b(?:0\d{2,3}-?\d{7,8}|(?:86)?1\d{2}[- ]?\d{4}[- ]?\d{4}|\d{17}[\dXx])\b`)
)

// bare is a text without what may be a person's.
func bare(text string) string {
	return phones.ReplaceAllString(people.ReplaceAllString(text, "…"), "…")
}

// written is a line of a log: when, how grave, what; attributes are what stands in it as slog writes that. said is what an error
// quotes of what it was given; places are names of files with what stands before them, inside the part of one that follows the
// home, files names that stand alone, hosts computers that were called; digits are numbers that are long enough to be
// somebody's, names words that are written like one.
const attribute = ` \w+=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)`

var (
	written    = regexp.MustCompile(`^(time=\S+ level=[A-Z]+)((?:` + attribute + `)+)$`)
	attributes = regexp.MustCompile(attribute)
	said       = regexp.MustCompile(`"[^"]*"`)
	places     = regexp.MustCompile(`[^\s:"/\\]*(?:[A-Za-z]:)?[/\\][^:"]*`)
	inside     = regexp.MustCompile(`^[/\\][\w.-]+`)
	files      = regexp.MustCompile(`[^\s:"/\\]*\.[a-z][a-z0-9]+\b`)
	hosts      = regexp.MustCompile(`\b(lookup|tcp|user=|host=) ?[^\s:]+`)
	digits     = regexp.MustCompile(`\d(?:[- ]?\d){6,}`)
	names      = regexp.MustCompile(`\b[A-Z][a-z]+`)
)

// ours are the files that this program names itself.
var ours = regexp.MustCompile(`^(?:lianluo|search|settings|vault|sticks|sheets|window|profile|records|release|holidays)\.[a-z]+$`)

// unreadable is what Unix says of a broken disk, which is no place.
const unreadable = "input/output error"

// Unnamed is a text in English about a home as it may leave the home: Log keeps ASCII, in which a file may lie in the folder
// of who signs in, and be called after anybody. Of places only what the home itself calls its files is left, of words those
// that are not written like a name and not quoted, of numbers those too short for a telephone; whatever else is to be hidden is.
func Unnamed(text, home string, hide ...string) string {
	text = said.ReplaceAllString(text, "…")
	text = places.ReplaceAllStringFunc(text, func(place string) string {
		rest, in := strings.CutPrefix(place, home)
		if part := inside.FindString(rest); in && part != "" {
			return "HOME/" + part[1:]
		}
		if strings.HasPrefix(place, unreadable) {
			return unreadable
		}
		return "…"
	})
	text = files.ReplaceAllStringFunc(text, func(name string) string {
		if ours.MatchString(name) {
			return name
		}
		return "…"
	})
	hide = slices.SortedFunc(slices.Values(hide), func(a, b string) int { return len(b) - len(a) }) // one may begin as another
	for _, h := range hide {
		if h != "" {
			text = strings.ReplaceAll(text, h, "…")
		}
	}
	text = hosts.ReplaceAllString(text, "$1 …")
	return bare(digits.ReplaceAllString(names.ReplaceAllString(text, "…"), "…"))
}

// Lines are the last lines of a log, so many at most, each Unnamed; what Log did not write is left out.
func Lines(log string, most int, home string, hide ...string) (list []string) {
	for line := range strings.Lines(log) {
		m := written.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		list = append(list, m[1]+attributes.ReplaceAllStringFunc(m[2], func(one string) string {
			key, value, _ := strings.Cut(one, "=")
			if text, err := strconv.Unquote(value); err == nil {
				return key + `="` + Unnamed(text, home, hide...) + `"`
			}
			return key + "=" + Unnamed(value, home, hide...)
		}))
	}
	return list[max(0, len(list)-most):]
}
