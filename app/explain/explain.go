// Package explain turns an error into one Chinese sentence that says what happened, that nothing is lost where that is
// true, and what to do next. People hear it once, at the edge; logs keep the error itself.
package explain

import (
	"context"
	"errors"
	"io/fs"

	"lianluo.local/assets/workday"
	"lianluo.local/data/bundle"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/profile"
	"lianluo.local/data/search"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/vault"
)

// sentences are tried in order.
var sentences = []struct {
	err  error
	says string
}{
	{settings.ErrNone, "这里还没有建站。请先打开程序完成第一次设置，或用 lianluo init。"},
	{settings.ErrBroken, "设置文件（settings.json）坏了。请不要删除资料，联系上级重写设置；记录没有丢。"},
	{home.ErrOpen, "联络站程序已经打开了，请用任务栏切换到那个窗口。"},
	{home.ErrRenewing, "另一个窗口或命令正在拷、正在装新版本。请等它做完再试；资料没有动。"},
	{home.ErrUsed, "本站的资料正被别的程序用着（自动报送、办理命令，或者正在放回备份），这一步没有做，资料没有动。请等它做完，或先停下自动报送，再试一次。"},
	{store.ErrSince, "程序已经更新过，资料换成了新的格式，开着的这个窗口还是旧的，这一步没有做。请关掉它再打开；已登记的没有丢。"},
	{store.ErrNewer, "资料是新版程序写的，这台电脑的程序旧了。请先更新程序，资料没有动。"},
	{store.ErrForeign, "资料文件不是本程序的，或已经损坏。请不要删除，放回最近的备份（设置帮助里的“备份和恢复”）。"},
	{store.ErrTaken, "这个编号已经用过，请核对。"},
	{store.ErrNotFound, "没有找到。请核对编号，或在台账里用姓名、电话找。"},
	{peer.ErrGap, "前面还有报送包没有到。不用处理，对方下次会自动补上。"},
	{peer.ErrDiverged, "这份报送包与以前收到的对不上，可能是换过电脑或恢复过备份。文件已另放，请打电话核对。"},
	{peer.ErrUnproven, "这台电脑送来太多证明不了是谁写的记录，这个文件没有采用，别的单位不受影响。请打电话问一问。"},
	{peer.ErrLives, "这台电脑说它已经重新开始过一千次，不像是真的；它这样写的文件没有采用，别的单位不受影响。请打电话问一问。"},
	{thing.ErrUnknown, "这一步要新版程序才会办。请先更新程序。"},
	{thing.ErrNotYours, "这件事项不归本单位这样办。"},
	{thing.ErrNotNow, "这件事项现在的状态不能这样办，请先看它走到了哪一步。"},
	{thing.ErrBody, "内容不全或写法不对，请检查后再办。"},
	{folder.ErrCut, "共享文件夹的标记（lianluo.json）读不出来，可能没有拷完，或者被别的程序改过。请在“设置帮助”里点“选择…”重新选这个文件夹，再保存，标记就补好了。您的记录都在本机，没有丢。"},
	{folder.ErrUnmarked, "共享文件夹没有连上：这里没有联络站的标记。请检查网络或插好U盘；确是原来的文件夹，请在“设置帮助”里点“选择…”重新选它，再保存。您的记录都在本机，没有丢。"},
	{folder.ErrNotConnected, "共享文件夹没有连上。请检查网络或插好U盘；您的记录都在本机，没有丢。"},
	{folder.ErrOther, "这个文件夹（U盘）是别处的，不是本市、本县交换用的，没有写入任何东西。请换对的那一个；确是本县的，请在“设置帮助”里点“选择…”重新选它，再保存。"},
	{bundle.ErrDamaged, "文件不完整。请让对方重新拷一份，您的记录没有丢。"},
	{bundle.ErrOtherKey, "送文件的电脑认识，密钥却不是以前的。可能换过密钥、重装过程序，也可能有人冒充。请打电话核对，确认后再收。"},
	{bundle.ErrStranger, "不认识送这个文件的电脑。请先核对校验号，确认后再收。"},
	{bundle.ErrForged, "文件的签名不对，可能没有拷好，也可能被改动过。文件已另放，请让对方重新拷一份；您的记录没有丢。"},
	{bundle.ErrRevoked, "送文件的电脑或它的旧密钥已停用：停用以前收到的照常有效，停用时还没有收到的没有采用。没有弄错的，不用管；要恢复的，请打电话核对校验号，重新接入。"},
	{bundle.ErrNotForUs, "这个文件是送给别的单位或以前的电脑的，没有采用，不用管。"},
	{bundle.ErrSuite, "文件用的加密方式本机程序不认识。请先更新本机程序，文件会留着。"},
	{bundle.ErrNewer, "文件是新版程序做的。请先更新本机程序，文件会留着。"},
	{bundle.ErrTooLarge, "文件太大，不像是报送包，没有采用。"},
	{keyring.ErrForged, "申请文件的签名不对，请让对方重新做一份。"},
	{keyring.ErrOlder, "这份密钥名单比本机手上的旧，没有采用。请让县里重发最新的一份。"},
	{keyring.ErrStranger, "这份名单或确认不是本机认识的电脑写给本机的，没有采用。不用管；对方换了电脑的，请打电话核对校验号。"},
	{search.ErrDamaged, "查找用的索引坏了。关掉程序再打开会自动重做，记录没有丢。"},
	{folder.ErrNotRegular, "共享文件夹里有不是普通文件或文件夹的东西，或者该是文件夹的地方是个文件，没有采用。请把它移走；您的记录没有丢。"},
	{folder.ErrNewer, "这个共享文件夹是新版程序建的。请先更新本机程序。"},
	{folder.ErrUnread, "写进去的文件读不回来，U盘可能坏了。请换一个，您的记录没有丢。"},
	{keyring.ErrDamaged, "本机的密钥文件坏了或不全。请不要删除，联系上级重新接入；记录没有丢。"},
	{keyring.ErrExists, "那里已经有密钥了，没有覆盖。请换一个文件夹。"},
	{keyring.ErrNone, "本机的密钥文件不见了。请联系上级重新接入；记录没有丢。"},
	{vault.ErrDamaged, "上锁用的钥匙文件（keys/vault.json）坏了。请不要删除任何文件，拿最近的备份用密码或恢复单打开，或联系上级；记录没有丢。"},
	{vault.ErrNewer, "钥匙文件是新版程序写的，这台电脑的程序旧了。请先更新程序，资料没有动。"},
	{vault.ErrWrong, "打不开：姓名、密码或钥匙不对。资料没有动，请核对后再试。"},
	{vault.ErrNoHelp, "上级帮不了这一次：这里没有给上级留钥匙，或者留的是别的电脑的。请用恢复单打开。"},
	{workday.ErrTable, "节假日表（holidays.csv）读不出来，先照原来的用，资料没有动。请改成“2027-01-01,休,元旦”这样一行一天，再打开程序。"},
	{profile.ErrBroken, "办理规则（profile.json）读不出来，先照原来的用，资料没有动。请改回来，或把这个文件挪走，再打开程序。"},
	{store.ErrFull, "磁盘满了。请清理出一些空间再试；已登记的没有丢。"},
	{store.ErrDisk, "磁盘读写出错，盘可能坏了。请先备份到U盘，再请人检查这台电脑；已登记的没有丢。"},
	{store.ErrDamaged, "资料文件有损坏。请不要删除，到“设置帮助”的“备份和恢复”里放回最近的备份。"},
	{store.ErrBusy, "另一个窗口正在写资料，请稍等再试；已登记的没有丢。"},
	{disk.ErrBroken, "磁盘或U盘读写出错，可能坏了。请换一个再试；已登记的没有丢。"},
	{disk.ErrFull, "磁盘满了。请清理出一些空间再试；已登记的没有丢。"},
	{disk.ErrReadOnly, "这个盘只能读不能写。请换一个，或关掉U盘的写保护开关。"},
	{disk.ErrAway, "这个盘或共享位置不在了。请插好U盘、检查网络再试；已登记的没有丢。"},
	{disk.ErrHeld, "这个文件正被别的程序用着（可能开在 Word、WPS 或 PDF 阅读器里）。请关掉它再试，或换一个名字。"},
	{disk.ErrBlocked, "杀毒软件拦住了这个文件。请联系管电脑的人，让它放行联络站程序；已登记的没有丢。"},
	{disk.ErrRefused, "这个共享位置不认这台电脑的用户名和密码。请在“我的电脑”里先打开它、输好密码，再试一次。"},
	{disk.ErrName, "文件名或文件夹名里有不能用的字（如 : * ? \" < > |），或者太长、末尾是点或空格、是系统自己用的（如 con）。请换一个名字。"},
	{fs.ErrExist, "那里已经有一个同名的文件，没有覆盖。请换一个名字。"},
	{home.ErrFolder, "这是一个文件夹，不是文件。请再写上文件名。"},
	{home.ErrShared, "这里在报送用的共享文件夹（U盘）里，别人也看得到，没有写。请换一个U盘，或另选一个文件夹。"},
	{home.ErrExposed, "本机的资料放在报送用的共享文件夹里，别的单位都看得到，所以没有报送。请关掉程序，让管电脑的人把资料文件夹整个挪到别处，或者另选一个共享文件夹。您的记录都在本机，没有丢。"},
	{home.ErrHolds, "共享文件夹在程序自己的资料文件夹里，别的单位会看到全部资料，所以没有报送。请另选一个共享文件夹。您的记录都在本机，没有丢。"},
	{home.ErrInside, "不能写到程序自己的资料文件夹里。请换一个地方存。"},
	{fs.ErrPermission, "没有权限读写这个文件。请换一个位置，或联系管电脑的人。"},
	{disk.ErrNoFolder, "那里该是文件夹的地方是一个文件。请换一个位置，或请管电脑的人看一看。"},
	{fs.ErrNotExist, "找不到这个文件或文件夹，请核对位置。"},
	{context.DeadlineExceeded, "等得太久，没有做完。请再试一次，没有丢东西。"},
	{context.Canceled, "已经停下，没有做完的下次再做。"},
}

// Sentence gives what to tell a person; "" for no error.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	var own interface{ Sentence() string }
	if errors.As(err, &own) {
		return own.Sentence()
	}
	err = errors.Join(err, store.Fault(err), disk.Fault(err))
	for _, s := range sentences {
		if errors.Is(err, s.err) {
			return s.says
		}
	}
	return "程序遇到没有料到的情况，已登记的没有丢。请重开程序再试；还不行请把 lianluo.log 交给县里。"
}

// Answer says whether an error only tells somebody that nothing was found, or more than one thing; its words may hold a
// citizen's, so no log is to have them.
func Answer(err error) bool {
	var own interface {
		error
		Sentence() string
	}
	return errors.Is(err, store.ErrNotFound) || errors.As(err, &own) && errors.Unwrap(own) == nil // one with a cause is a failure
}
