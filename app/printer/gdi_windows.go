package printer

import (
	"errors"
	"fmt"
	"image"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What Windows prints with, named as in its own books.
var (
	winspool           = windows.NewLazySystemDLL("winspool.drv")
	getDefaultPrinter  = winspool.NewProc("GetDefaultPrinterW")
	enumPrinters       = winspool.NewProc("EnumPrintersW")
	openPrinter        = winspool.NewProc("OpenPrinterW")
	closePrinter       = winspool.NewProc("ClosePrinter")
	documentProperties = winspool.NewProc("DocumentPropertiesW")
	getPrinter         = winspool.NewProc("GetPrinterW")
	getJob             = winspool.NewProc("GetJobW")

	gdi32         = windows.NewLazySystemDLL("gdi32.dll")
	createDC      = gdi32.NewProc("CreateDCW")
	resetDC       = gdi32.NewProc("ResetDCW")
	deleteDC      = gdi32.NewProc("DeleteDC")
	getDeviceCaps = gdi32.NewProc("GetDeviceCaps")
	startDoc      = gdi32.NewProc("StartDocW")
	startPage     = gdi32.NewProc("StartPage")
	stretchDIBits = gdi32.NewProc("StretchDIBits")
	endPage       = gdi32.NewProc("EndPage")
	endDoc        = gdi32.NewProc("EndDoc")
	abortDoc      = gdi32.NewProc("AbortDoc")
)

// did is nil where a call gave more than nothing; names and words are in no error.
func did(what string, r uintptr, err error) error {
	if int32(r) > 0 {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// devmode is the beginning of DEVMODEW; what else a driver keeps follows it.
type devmode struct {
	_                                             [36]uint16
	fields                                        uint32
	orientation, paper, long, wide, scale, copies int16
}

// Structures of Windows, of which only what is asked for has a name: JOB_INFO_1W, PRINTER_INFO_2W, PRINTER_INFO_4W, DOCINFOW,
// BITMAPINFOHEADER.
type (
	jobInfo struct {
		_      uint64
		_      [6]uintptr
		status uint32
	}
	printerInfo struct {
		_          [13]uintptr
		attributes uint32
		_          [4]uint32
		status     uint32
	}
	listInfo struct {
		name, _ *uint16
		_       uint32
	}
	docInfo struct {
		size            int32
		name, out, kind *uint16
		_               uint32
	}
	bitmapInfo struct {
		size, wide, high int32
		planes, bits     uint16
		_, _             uint32
		_, _             int32
		_, _             uint32
	}
)

// filled calls until what comes fits; call gets where it is put, how long that is, and where to say how long it must be.
func filled(what string, call func(at unsafe.Pointer, size uint32, need *uint32) (uintptr, error)) ([]uint64, error) {
	buf, need := make([]uint64, 1), uint32(0)
	for {
		r, err := call(unsafe.Pointer(&buf[0]), uint32(8*len(buf)), &need)
		if !errors.Is(err, windows.ERROR_INSUFFICIENT_BUFFER) || r != 0 {
			return buf, did(what, r, err)
		}
		buf = make([]uint64, need/8+1)
	}
}

// queue is a printer that is open.
type queue struct {
	handle uintptr
	name   *uint16
}

func open(name string) (q queue, err error) {
	if q.name, err = windows.UTF16PtrFromString(name); err == nil {
		r, _, e := openPrinter.Call(uintptr(unsafe.Pointer(q.name)), uintptr(unsafe.Pointer(&q.handle)), 0)
		err = did("open printer", r, e)
	}
	if err != nil {
		return q, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return q, nil
}

func (q queue) close() { closePrinter.Call(q.handle) }

// mode is what a printer is told of the paper for a page: what it is set to, but for that, as far as its driver agrees.
func (q queue) mode(w wish) ([]uint64, error) {
	ask := func(out, in unsafe.Pointer, what uintptr) (uintptr, error) {
		r, _, e := documentProperties.Call(0, q.handle, uintptr(unsafe.Pointer(q.name)), uintptr(out), uintptr(in), what)
		return r, did("printer's settings", r, e)
	}
	n, err := ask(nil, nil, 0)
	if err != nil {
		return nil, err
	}
	buf := make([]uint64, max(n, unsafe.Sizeof(devmode{}))/8+1)
	at := unsafe.Pointer(&buf[0])
	if _, err := ask(at, nil, 2); err != nil {
		return nil, err
	}
	m := (*devmode)(at)
	m.paper, m.wide, m.long, m.orientation = w.paper, w.wide, w.long, 1
	m.fields = m.fields&^0x1000c | 3 // not by the name of a form; orientation, paper
	if w.across {
		m.orientation = 2
	}
	if w.paper == own {
		m.fields |= 0xc // its length and width
	}
	_, err = ask(at, at, 2|8)
	return buf, err
}

// look asks the printer about the paper that it has taken.
func look(dc uintptr) taken {
	caps := func(i uintptr) int { r, _, _ := getDeviceCaps.Call(dc, i); return int(int32(r)) }
	return taken{dpiX: caps(88), dpiY: caps(90), wide: caps(110), high: caps(111), left: caps(112), top: caps(113)}
}

// blit puts lines of a picture on the page.
func blit(dc uintptr, img *image.RGBA, on image.Rectangle, from, to int) error {
	bits := band(img, from, to)
	if bits == nil {
		return nil
	}
	y, n := lines(on, img.Rect.Dy(), from, to)
	w, h := img.Rect.Dx(), to-from
	info := bitmapInfo{size: 40, wide: int32(w), high: int32(h), planes: 1, bits: 24}
	r, _, err := stretchDIBits.Call(dc, uintptr(on.Min.X), uintptr(y), uintptr(on.Dx()), uintptr(n), 0, 0, uintptr(w), uintptr(h),
		uintptr(unsafe.Pointer(&bits[0])), uintptr(unsafe.Pointer(&info)), 0, 0xcc0020) // SRCCOPY
	return did("print picture", r, err)
}

// stands is what keeps the printer from printing a job; "" for nothing. Where the job is there no more, it is printed.
func (q queue) stands(job uintptr) (why string, gone bool) {
	j, err := filled("job", func(at unsafe.Pointer, size uint32, need *uint32) (uintptr, error) {
		r, _, e := getJob.Call(q.handle, job, 1, uintptr(at), uintptr(size), uintptr(unsafe.Pointer(need)))
		return r, e
	})
	if err != nil {
		return "", true
	}
	var p printerInfo
	b, err := filled("printer", func(at unsafe.Pointer, size uint32, need *uint32) (uintptr, error) {
		r, _, e := getPrinter.Call(q.handle, 2, uintptr(at), uintptr(size), uintptr(unsafe.Pointer(need)))
		return r, e
	})
	if err == nil {
		p = *(*printerInfo)(unsafe.Pointer(&b[0]))
	}
	status := (*jobInfo)(unsafe.Pointer(&j[0])).status
	return trouble(p.status, p.attributes, status), status&(0x80|0x1000) != 0 // printed, complete
}
