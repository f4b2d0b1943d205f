// Package matter is 事项: one thing that a citizen raised, what may happen to it, and the words for both.
//
// A Matter is what its entries add up to. Apply is the only way in which one changes: a click at this table and a
// bundle from far away pass the same rules, which know what may follow what and who may write it.
//
// It has more than eight files: a file each for what is written down (report, fields, paper), for the table of what may
// follow (rules, state, path), and for the acts by who does them (handle, tell, move); what they change is one value.
package matter
