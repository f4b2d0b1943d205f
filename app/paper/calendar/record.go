package calendar

import "lianluo.local/data/person"

// Record is what one deputy did in a stretch of days, as it was derived from what is kept elsewhere.
type Record struct {
	Person   person.Person
	From, To string
	Items    []Item // by day
	Goals    []Goal // none where the county has none, or these are not for who prints
}

// Item is one thing that a deputy did. Kind is of words.Duties, ID that of the session or matter behind it.
type Item struct{ Day, Kind, What, ID string }

// Goal is a quota of the county: so many done of so many.
type Goal struct {
	Name       string
	Done, Aims int
}
