// Label is the least that a window of Fyne with Chinese in it can be.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/assets/fonts"
)

var regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", fonts.SansRegular())

type look struct{ fyne.Theme }

func (look) Font(fyne.TextStyle) fyne.Resource { return regular }

func main() {
	a := app.NewWithID("cn.lianluo.label")
	a.Settings().SetTheme(look{theme.DefaultTheme()})
	w := a.NewWindow("label")
	w.SetContent(widget.NewLabel("群众来访，先登记；下面是等着您办的事。"))
	w.Resize(fyne.NewSize(1024, 700))
	w.ShowAndRun()
}
