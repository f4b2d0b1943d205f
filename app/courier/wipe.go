package courier

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
)

// wipe takes off a stick what this computer wrote for units all of whose computers in use have it: bundles of entries that they
// acknowledged, with the contents that their names tell. It gives how many. What is empty stays, because the last of it
// says that we were here; so does what somebody has not acknowledged, what others wrote, and what cannot be wiped.
func (c *Courier) wipe(f *folder.Folder, ps []trust.Peer) (n int) {
	self, stored := c.Store.Self(), map[string]uint64{}
	for _, p := range ps {
		if least, ok := stored[p.Card.Unit]; !p.Revoked && (!ok || p.Acked < least) {
			stored[p.Card.Unit] = p.Acked
		}
	}
	for unit, last := range stored {
		files, _ := f.List(unit, c.Settings.Unit, ".bundle")
		for _, file := range files {
			l, ok := bundle.ParseName(file.Name)
			if !ok || l.Incarnation != self.Incarnation || l.Last < l.First || l.Last > last {
				continue
			}
			if f.Wipe(unit, c.Settings.Unit, file.Name, func(b []byte) bool {
				h, err := bundle.Peek(bytes.NewReader(b))
				return err == nil && h.Replica == self.Replica && bundle.Name(h) == file.Name &&
					h.Size > 0 && h.Size <= int64(len(b)) && sha256.Sum256(b[int64(len(b))-h.Size:]) == h.SHA256
			}) == nil {
				n++
			}
		}
	}
	return n
}

// Warning is what a person hears of files in the folder that could be started, "" for none.
func (r Round) Warning() string {
	n := len(r.Strange) + r.Others
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("U盘（共享文件夹）里有 %d 个程序、带宏的文档或快捷方式：%s%s。本程序不打开它们，您也别打开；不是自己放的，请先查毒。", n,
		strings.Join(r.Strange[:min(3, len(r.Strange))], "、"), map[bool]string{true: "等"}[n > 3])
}
