package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
)

// help explains what people ask about.
func help() fyne.CanvasObject {
	box := container.NewVBox()
	for _, s := range [][2]string{
		{"单位怎么选", "选到村、社区，建的是联络点；只选到乡镇、街道，建的是联络站。有重名的，看后面写的县和乡镇。"},
		{"共享文件夹是什么", "和上级交换记录用的U盘或网络文件夹。现在没有就空着，照样能登记，以后在“设置帮助”里选。"},
		{"上级校验号是什么", "上级交来的接入单上有十六位数字，填上就不用在电话里再听。没有接入单的空着，建好以后照“报送”页上的顺序打一次电话。"},
		{"练习用是什么", "想先试一试就勾上：怎么点都不要紧，打印出来的都带“练习”二字，不会报到任何地方。练习完了，在“今天”页点“练习完了，正式启用”，重新填这一页；练习的资料另放着。"},
		{"换了电脑",
			"单位要选得和原来一样，有共享文件夹的也选好，再点“换电脑了，从备份恢复”，接着照步骤放回备份U盘上的资料。没有备份的，点“建好，开始使用”，照“报送”页上的顺序和上级重新接上，报送过的记录会自己回来。"},
	} {
		box.Add(kit.Bold(s[0]))
		box.Add(kit.Text(s[1]))
	}
	return kit.Card(box)
}

// beside gives the first two thirds of the width, and the second the rest, as far as lines can be read.
type beside struct{}

func (beside) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}

func (beside) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	w := min(size.Width*2/3, 60*em)
	os[0].Resize(fyne.NewSize(w, size.Height))
	os[1].Move(fyne.NewPos(w, 0))
	os[1].Resize(fyne.NewSize(min(size.Width-w, 42*em), size.Height))
}
