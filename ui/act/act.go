// Package act is the sheet on which somebody does one act with one matter or with many: what the act needs to hear, no
// more, and one button.
package act

import (
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/ui/kit"
)

// Sheets shows the sheets of one home.
type Sheets struct {
	host   kit.Host
	office *office.Office
	ledger *ledger.Ledger
}

// New makes the sheets.
func New(h kit.Host, o *office.Office, l *ledger.Ledger) *Sheets { return &Sheets{h, o, l} }

// Ask shows the sheet of an act for matters; done hears what came of it once it was done.
func (s *Sheets) Ask(do string, vs []ledger.View, done func([]office.Outcome)) {}
