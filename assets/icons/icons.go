// Package icons holds the picture by which people find the program: a white 联 in heavy Song on the red of a seal.
package icons

import (
	_ "embed" // app.png
)

//go:generate go run draw.go

//go:embed app.png
var app []byte

// App is the icon of the program, a PNG of 512×512 pixels, transparent outside its rounded corners. Nobody writes to it.
func App() []byte { return app }
