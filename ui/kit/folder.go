package kit

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// Folder is a field for a folder: its path is typed, or looked for with the button beside it.
type Folder struct {
	*fyne.Container
	Entry  *Entry
	Button *Button
}

// NewFolder makes one; on is where the folders are shown.
func NewFolder(hint string, on func() fyne.Canvas) *Folder {
	f := &Folder{Entry: NewEntry(hint)}
	f.Button = NewButton("选择…", "", false, func() { f.find(on()) })
	f.Entry.OnEnter = func() { // past the button, which Tab reaches
		Next(f.Entry)
		Next(f.Entry)
	}
	f.Container = container.NewBorder(nil, nil, nil, f.Button, f.Entry)
	return f
}

func (f *Folder) find(on fyne.Canvas) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas() != on {
			continue
		}
		d := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
			if err == nil && dir != nil {
				f.Entry.SetText(filepath.FromSlash(dir.Path()))
			}
			Focus(f.Entry)
		}, w)
		d.SetTitleText("选择文件夹")
		d.SetConfirmText("就用这个")
		d.SetDismissText("不选了")
		if here, err := storage.ListerForURI(storage.NewFileURI(f.Entry.Text)); err == nil && f.Entry.Text != "" {
			d.SetLocation(here)
		}
		d.Show()
		d.Resize(fyne.NewSize(on.Size().Width*0.9, on.Size().Height*0.9))
		d.Refresh()
		return
	}
}
