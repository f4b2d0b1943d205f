// Package version says which Lianluo this is. Its words are those of FyneApp.toml, which can be embedded from nowhere else
// and is what whoever makes a release changes; a test holds the two together.
package version

// Number is three numbers with dots between them, as 1.0.0; a later release has a greater one, also one that mends no more than a
// package: it alone decides what is newer. Build counts what was published, for systems whose packages want a fourth number.
const (
	Number = "1.0.0"
	Build  = 1
)
