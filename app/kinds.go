package app

import (
	"lianluo.local/app/ledger"
	"lianluo.local/data/issued"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/staff"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
)

// Kinds are the kinds of things that this program knows: a new one is its package of words and a line here.
var Kinds = []thing.Kind{
	ledger.Found(matter.Kind), person.Kind, site.Kind, session.Kind, rota.Kind, suggestion.Kind, issued.Kind, staff.Kind,
	store.Rules, store.Pulses, store.Keepsakes,
}
