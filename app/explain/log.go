package explain

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
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
