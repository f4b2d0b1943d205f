package kit

import (
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The input method hears where the caret is when a field gets the keyboard and, wherever that has got to, when somebody
// begins to compose; where nothing takes text there is no input method.
func TestCandidatesAtTheCaret(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	class := windows.StringToUTF16Ptr("EDIT")
	window, _, err := user32.NewProc("CreateWindowExW").Call(0, uintptr(unsafe.Pointer(class)), 0, 0x10cf0000, 0, 0, 600, 400, 0, 0, 0, 0)
	if window == 0 {
		t.Fatal("no window: ", err)
	}
	defer func() { _, _, _ = user32.NewProc("DestroyWindow").Call(window) }()
	_, _, _ = user32.NewProc("SetFocus").Call(window)
	stands := func() (in bool, x, y, listX, listY int32) {
		context, _, _ := immGetContext.Call(window)
		if context == 0 {
			return false, 0, 0, 0, 0
		}
		var at formAt
		var list struct {
			number uint32
			formAt
		}
		_, _, _ = imm32.NewProc("ImmGetCompositionWindow").Call(context, uintptr(unsafe.Pointer(&at)))
		_, _, _ = imm32.NewProc("ImmGetCandidateWindow").Call(context, 0, uintptr(unsafe.Pointer(&list)))
		_, _, _ = immReleaseContext.Call(window, context)
		return true, at.x, at.y, list.x, list.y
	}
	caret := [2]int{120, 80}
	followCaret(func() (x, y int) { return caret[0], caret[1] })
	if in, x, y, lx, ly := stands(); !in || x != 120 || y != 80 || lx != 120 || ly != 80 {
		t.Fatal("in the field: ", in, x, y, lx, ly)
	}
	caret = [2]int{310, 205}
	_, _, _ = user32.NewProc("SendMessageW").Call(window, 0x10d, 0, 0)
	var own struct{ x, y int32 }
	_, _, _ = user32.NewProc("GetCaretPos").Call(uintptr(unsafe.Pointer(&own)))
	if in, x, y, lx, ly := stands(); !in || x != 310 || y != 205 || lx != 310 || ly != 205 || own.x != 310 || own.y != 205 {
		t.Error("further on: ", in, x, y, lx, ly, own)
	}
	if followCaret(nil); func() bool { in, _, _, _, _ := stands(); return in }() {
		t.Error("an input method where nothing takes text")
	}
}
