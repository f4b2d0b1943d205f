package kit

import (
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What input methods of Windows are told with, named as in its own books.
var (
	imm32                    = windows.NewLazySystemDLL("imm32.dll")
	immAssociateContextEx    = imm32.NewProc("ImmAssociateContextEx")
	immGetContext            = imm32.NewProc("ImmGetContext")
	immReleaseContext        = imm32.NewProc("ImmReleaseContext")
	immSetCompositionWindow  = imm32.NewProc("ImmSetCompositionWindow")
	immSetCandidateWindow    = imm32.NewProc("ImmSetCandidateWindow")
	user32                   = windows.NewLazySystemDLL("user32.dll")
	callNextHookEx           = user32.NewProc("CallNextHookEx")
	createCaret, setCaretPos = user32.NewProc("CreateCaret"), user32.NewProc("SetCaretPos")
	getFocus                 = user32.NewProc("GetFocus")
	setWindowsHookEx         = user32.NewProc("SetWindowsHookExW")
)

// written says where the caret is; nil: nothing that takes text has the keyboard.
var written func() (x, y int)

// followCaret tells the input method where the caret is, now, when the window gets the keyboard and whenever somebody
// begins to compose; nil says that keys are not for the input method. GLFW leaves all that to Windows, which puts
// candidates into a corner. It is called on the main thread, whose messages alone it heeds.
func followCaret(where func() (x, y int)) {
	written = where
	heed()
	if window, _, _ := getFocus.Call(); window != 0 {
		tellCaret(window)
	}
}

// sent is a message on its way to a window: CWPSTRUCT.
type sent struct {
	_, _   uintptr
	what   uint32
	window uintptr
}

var heed = sync.OnceFunc(func() {
	const calls, gotKeyboard, composes = 4, 0x7, 0x10d // WH_CALLWNDPROC, WM_SETFOCUS, WM_IME_STARTCOMPOSITION
	hear := windows.NewCallback(func(code, same uintptr, m *sent) uintptr {
		if m.what == gotKeyboard || m.what == composes {
			tellCaret(m.window)
		}
		r, _, _ := callNextHookEx.Call(0, code, same, uintptr(unsafe.Pointer(m)))
		return r
	})
	_, _, _ = setWindowsHookEx.Call(calls, hear, 0, uintptr(windows.GetCurrentThreadId()))
})

// formAt is where something of an input method stands: COMPOSITIONFORM, and behind its number CANDIDATEFORM.
type formAt struct {
	style uint32
	x, y  int32
	_     [4]int32
}

func tellCaret(window uintptr) {
	if written == nil {
		_, _, _ = immAssociateContextEx.Call(window, 0, 0)
		return
	}
	_, _, _ = immAssociateContextEx.Call(window, 0, 0x10) // IACE_DEFAULT
	x, y := written()
	// Windows' own caret, which is not shown, is what its newer input methods go by.
	_, _, _ = createCaret.Call(window, 0, 1, 1)
	_, _, _ = setCaretPos.Call(uintptr(x), uintptr(y))
	context, _, _ := immGetContext.Call(window)
	if context == 0 {
		return // no input method
	}
	at := formAt{style: 2, x: int32(x), y: int32(y)} // CFS_POINT
	_, _, _ = immSetCompositionWindow.Call(context, uintptr(unsafe.Pointer(&at)))
	list := struct {
		number uint32
		formAt
	}{formAt: at}
	list.style = 0x40 // CFS_CANDIDATEPOS
	_, _, _ = immSetCandidateWindow.Call(context, uintptr(unsafe.Pointer(&list)))
	_, _, _ = immReleaseContext.Call(window, context)
}
