package courier

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/problem"
)

// reasons are the codes under which the ledger of files keeps why one was set aside.
var reasons = []struct {
	code string
	err  error
}{
	{"damaged", bundle.ErrDamaged}, {"other-key", bundle.ErrOtherKey}, {"stranger", bundle.ErrStranger},
	{"forged", bundle.ErrForged},
	{"revoked", bundle.ErrRevoked}, {"not-for-us", bundle.ErrNotForUs}, {"unknown-suite", bundle.ErrSuite},
	{"newer", bundle.ErrNewer}, {"too-large", bundle.ErrTooLarge},
	{"other-office", trust.ErrOtherOffice}, {"gap", peer.ErrGap}, {"diverged", peer.ErrDiverged},
	{"paper-damaged", bundle.ErrDamaged}, {"paper-damaged", keyring.ErrDamaged}, {"paper-forged", keyring.ErrForged},
	{"paper-stranger", keyring.ErrStranger},
	{"paper-newer", keyring.ErrNewer}, {"paper-suite", keyring.ErrSuite}, {"paper-older", keyring.ErrOlder},
	{"too-large", keyring.ErrTooLarge}, {"too-large", folder.ErrTooLarge},
	{"not-a-file", folder.ErrNotRegular}, {"unreadable", errUnread}, {"before", trust.ErrBefore},
	{"else", trust.ErrElse}, {"misplaced", errStray},
	{"unproven", errUnproven}, {"barred", errBarred}, {"unproven-many", peer.ErrUnproven}, {"claim", errClaim},
	{"lives", peer.ErrLives}, {"unsent", errUnsent},
	{"practice", trust.ErrPractice}, {"uncompared", trust.ErrUncompared}, {"other-digits", trust.ErrOtherDigits},
}

// errUnproven says that a peer brought records of which nobody shows by whom they are.
var errUnproven = problem.New("records cannot be proven", "它送来的记录里，有的还证明不了是谁写的，单独放在一边，没有采用；别的记录都照常收下了。"+
	"本单位换过电脑的，请在本机核对旧电脑的校验号；它的下级换过电脑的，等它的名单到了就自动采用，没有丢。没有换过的，可能有人冒充，不要确认，请打电话问一问。")

// errBarred says that a peer wrote what was not its to write.
var errBarred = problem.New("records that were not the writer's to write",
	"它写过不归它写的记录（别的单位的事项、编号或名义，或者次序不对），这些记录没有采用，也没有转给别人；"+
		"别的记录不受影响。请打电话问一问，它的电脑可能被人动过。")

var errStray = problem.New("file lies in the wrong place",
	"这个文件放错了地方，没有读。请放进共享文件夹里“收件单位代码/发件单位代码”这两层文件夹，或者把对方的整个共享文件夹拷过来。")

// errClaim says that a peer acknowledges what we did not write as far as we know, and shows nothing that we signed.
var errClaim = problem.New("peer acknowledges what this computer did not write",
	"它说收到过本机没有写过的记录，又拿不出本机签过名的凭据，这句话没有采信，别的单位不受影响。"+
		"请打电话问一问，可能它的电脑有问题；本机放回过旧的磁盘镜像的，请备份一次，再把这份备份放回，就会接上。")

// errUnsent says that a peer's files could not be written, and those of others could.
var errUnsent = problem.New("nothing can be sent to a peer", "给它的文件没有放进共享文件夹，别的单位照常送出，记录没有丢。请看一看共享文件夹里它的文件夹是不是写不进去；"+
	"文件夹没有问题的，它的密钥可能用不了，请打电话给它，请它换新密钥或重新接入。")

var errUnread = problem.New("file cannot be read", "这个文件读不出来，可能U盘或网络有问题。请让对方重新拷一份；别的文件不受影响。")

// quiet says whether a file that was set aside for a reason is nobody's fault, and named by nothing.
func quiet(why string) bool {
	return why == code(trust.ErrBefore) || why == code(trust.ErrElse) || why == code(trust.ErrUncompared)
}

func code(err error) string {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.code
		}
	}
	return "unread"
}

// Reason gives the error that a code stands for, for whoever explains it.
func Reason(code string) error {
	for _, r := range reasons {
		if r.code == code {
			return r.err
		}
	}
	return fmt.Errorf("file could not be read: %s", code)
}

// letter is a bundle seen from outside.
type letter struct {
	folder.File
	bundle.Header
}

func (c *Courier) glance(f *folder.Folder, file folder.File) letter {
	l := letter{File: file}
	if in, _, err := f.OpenFile(c.Settings.Unit, file.From, file.Name); err == nil {
		l.Header, _ = bundle.Peek(in) // what cannot be read comes first and is set aside
		in.Close()
	}
	return l
}

// inOrder puts each stream's bundles one after the other; of equal ones the earlier made comes first, so that the
// newest acknowledgement is heard last.
func inOrder(ls []letter) {
	slices.SortStableFunc(ls, func(a, b letter) int {
		for _, c := range []int{int(a.Incarnation) - int(b.Incarnation), int(a.First) - int(b.First),
			int(a.Last) - int(b.Last)} {
			if c != 0 {
				return c
			}
		}
		return a.Made.Compare(b.Made)
	})
}

// How much is kept of files that were set aside; they cost whoever laid them down nothing. The greatest damaged
// bundle has a copy.
const (
	mostCopies = 200
	mostCopied = 64 << 20 // bytes of all
	mostCopy   = 12 << 20 // bytes of one, by the size that it says it has
)

// keepCopy copies a file that was set aside into the home.
func (c *Courier) keepCopy(f *folder.Folder, file folder.File) {
	in, size, err := f.OpenFile(c.Settings.Unit, file.From, file.Name)
	if err != nil {
		return // the original stays where it is
	}
	defer in.Close()
	sum := sha256.Sum256([]byte(file.From + "/" + file.Name)) // the name itself may be too long for a disk
	_ = c.copyAside(fmt.Sprintf("%s-%x%s", file.From, sum[:6], filepath.Ext(file.Name)),
		io.LimitReader(in, min(size, mostCopy)))
}

func (c *Courier) copyAside(name string, in io.Reader) error {
	if err := os.MkdirAll(c.Aside, 0o700); err != nil {
		return fmt.Errorf("set aside: %w", err)
	}
	root, err := os.OpenRoot(c.Aside)
	if err != nil {
		return fmt.Errorf("set aside: %w", err)
	}
	defer root.Close()
	out, err := root.OpenFile(filepath.Base(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	b, err := io.ReadAll(in)
	if err == nil {
		_, err = out.Write(c.Key.Sealed("aside", name, b))
	}
	return errors.Join(err, out.Close())
}

// copies lists what is kept, the newest first.
func (c *Courier) copies() (list []os.FileInfo) {
	entries, _ := os.ReadDir(c.Aside) // none yet
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			list = append(list, info)
		}
	}
	slices.SortFunc(list, func(a, b os.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	return list
}

// giveUp lets go of the oldest copies where there are too many.
func (c *Courier) giveUp() {
	size := int64(0)
	for i, info := range c.copies() {
		if size += info.Size(); i >= mostCopies || size > mostCopied {
			_ = disk.Remove(filepath.Join(c.Aside, info.Name()))
		}
	}
}

// Crowded says whether older copies of files that were set aside were given up, or are with the next one.
func (c *Courier) Crowded() bool {
	size, list := int64(0), c.copies()
	for _, info := range list {
		size += info.Size()
	}
	return len(list) >= mostCopies || size > mostCopied-mostCopy
}
