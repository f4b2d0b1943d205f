// Package language tells Fyne, before it looks, that this program speaks Chinese, whatever language the system was set
// up with: minimal systems, schedulers and services have none (C.UTF-8), and Fyne complains of that on standard error
// as soon as it is linked, even into a command.
//
// Go starts packages in the order of their import paths, each after those that it imports (The Go Programming Language
// Specification, "Program initialization"). This one needs os alone; Fyne's needs text/template, which comes later in
// that order. LANGUAGE is what gettext and Fyne look at first; what the C library does with LANG and LC_ALL, such as
// input methods and the encoding of file names, it leaves alone.
package language

import "os"

func init() { _ = os.Setenv("LANGUAGE", "zh_CN") }
