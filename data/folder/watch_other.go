//go:build !windows

package folder

// pluggable says whether a place lies on a disk that cannot be taken out while it is watched: here each can.
func pluggable(string) bool { return false }
