package explain

import (
	"fmt"
	"strings"

	"lianluo.local/data/store"
)

// parts are the sorts of what a database is made of.
var parts = map[string]string{"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}

// Finding says for people what a check found.
func Finding(f store.Finding) string {
	switch f.What {
	case store.Unread:
		return "资料库读不下去：" + f.Is
	case store.Format:
		is, must := strings.Split(f.Is, "/"), strings.Split(f.Must, "/")
		return fmt.Sprintf("资料库的格式号是 %s、程序号是 %s，应当是 %s、%s", is[0], is[1], must[0], must[1])
	case store.Added:
		return fmt.Sprintf("资料库里多了%s %s，不是本程序放的", parts[f.Part], f.Name)
	case store.Remade:
		return fmt.Sprintf("资料库里的%s %s 被改过", parts[f.Part], f.Name)
	case store.Removed:
		return fmt.Sprintf("资料库里少了%s %s", parts[f.Part], f.Name)
	case store.Broken:
		return fmt.Sprintf("资料库 %s：%s", f.Name, f.Is)
	case store.Unsigned:
		return fmt.Sprintf("%s 的第 %d 条记录和它前面的核对不上，证明不了是它写的（电脑 %x，第 %d 世）",
			f.Unit, f.ID.Seq, f.ID.Replica[:4], f.ID.Incarnation)
	case store.Unreadable:
		return fmt.Sprintf("流水第 %d 行读不出：%s", f.Row, f.Is)
	case store.Belied:
		return fmt.Sprintf("流水第 %d 行和它自己的内容不一致", f.Row)
	case store.Missed:
		return fmt.Sprintf("%s 的第 %d 到 %d 条记录没有收到（电脑 %x，第 %d 世）",
			f.Unit, f.ID.Seq, f.Last, f.ID.Replica[:4], f.ID.Incarnation)
	case store.Loose:
		return fmt.Sprintf("流水第 %d 行和前一条接不上：%s", f.Row, f.Is)
	case store.Skipped:
		return fmt.Sprintf("送给 %s 的流水缺第 %d 条", f.Unit, f.At)
	case store.Parted:
		return fmt.Sprintf("送给 %s 的流水第 %d 条和前一条接不上", f.Unit, f.At)
	case store.Behind:
		return f.Unit + " 手里有本机没有的记录：这份资料比送出去的旧，报送几次就会补回来"
	case store.Garbled:
		return "一件事项读不出：" + f.Is
	case store.Stray:
		return fmt.Sprintf("台账第 %d 行没有流水", f.Row)
	case store.Misjudged:
		return fmt.Sprintf("流水第 %d 行的处理结果是 %s，应当是 %s", f.Row, f.Is, f.Must)
	case store.Apart:
		return fmt.Sprintf("流水第 %d 行登记的事项，台账和流水不一致", f.Row)
	case store.Bare:
		return Absent(f.Absent)
	case store.Numbered:
		return "编号 " + f.Name + " 给了不止一件事项，每件都在"
	case store.Keyed:
		return "纸质编号 " + f.Name + " 登记了不止一件，每件都在"
	case store.Copied:
		return "旧登记簿的同一行登记了不止一件（" + f.Name + "），每件都在，多出来的请作废"
	}
	return ""
}

// Absent says for people which private words of ours are not here.
func Absent(l store.Absent) string {
	what := l.Number
	if what == "" {
		what = fmt.Sprintf("流水第 %d 行", l.Row)
	}
	what += " 的姓名、电话、原话"
	sheets := "用恢复单（编号 " + strings.Join(l.Sheets, "、") + "）能打开"
	switch where := l.Where(); {
	case where == "sheet":
		return what + "还锁着，" + sheets
	case where == "nowhere":
		return what + "不在了"
	case len(l.Sheets) > 0:
		return what + "在本单位另一台电脑上；那台不用了的，" + sheets
	}
	return what + "在本单位另一台电脑上"
}
