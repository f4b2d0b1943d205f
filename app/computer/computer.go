// Package computer is what may be told of the computer that the program runs on: its system, how much it can hold. Its
// name, and whose it is, are not asked for.
package computer

// Room is how much a disk or a memory holds and how much of that is free, in bytes; both 0 where nobody knows.
type Room struct{ Free, Of uint64 }
