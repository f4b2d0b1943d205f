// Package console gives a program that has a window the console from which it was started: Windows takes it away from such
// programs, so that what a command says would be seen by nobody. The commands alone (lianluo-cli) keep theirs; there, where
// output goes into a file or another program, and on other systems nothing changes.
//
// The prompt does not wait for a program that has a window: scripts that want its exit code start lianluo-cli.
package console
