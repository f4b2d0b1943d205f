package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Sent is what may be said of a paper, or of a file of somebody else, that was printed without an error.
func Sent(others bool) string {
	if others {
		return "已交给打开 PDF 的程序去打印，请看打印机出没出纸"
	}
	return "已送到打印机"
}

// send prints the pages one by one, or hands the file of somebody else to the program that opens it.
func send(ctx context.Context, j Job, _ []byte) error {
	if j.Sheets == nil {
		return handOver(j)
	}
	name := j.Printer
	if name = cmp.Or(name, usual()); name == "" {
		return ErrNone
	}
	q, err := open(name)
	if err != nil {
		return err
	}
	defer q.close()
	id, err := q.print(ctx, j)
	if err != nil {
		return err
	}
	return q.watch(ctx, id, j.Paper)
}

// print gives the pages to the queue, where they are a job with a number.
func (q queue) print(ctx context.Context, j Job) (id uintptr, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	mode, err := q.mode(j.Sheets[0].wish())
	if err != nil {
		return 0, err
	}
	spool, _ := windows.UTF16PtrFromString("WINSPOOL")
	dc, _, err := createDC.Call(uintptr(unsafe.Pointer(spool)), uintptr(unsafe.Pointer(q.name)), 0,
		uintptr(unsafe.Pointer(&mode[0])))
	if dc == 0 {
		return 0, fmt.Errorf("printer's page: %w", err)
	}
	defer deleteDC.Call(dc)
	doc := docInfo{name: windows.StringToUTF16Ptr(strings.TrimSuffix(Name(j), ".pdf"))}
	doc.size = int32(unsafe.Sizeof(doc))
	id, _, err = startDoc.Call(dc, uintptr(unsafe.Pointer(&doc)))
	if err := did("begin printing", id, err); err != nil {
		return 0, err
	}
	for i, s := range j.Sheets {
		if err = ctx.Err(); err == nil && i > 0 && s.wish() != j.Sheets[i-1].wish() {
			err = q.turn(dc, s.wish())
		}
		if err == nil {
			err = page(dc, s)
		}
		if err != nil {
			abortDoc.Call(dc)
			return 0, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	r, _, err := endDoc.Call(dc)
	return id, did("end printing", r, err)
}

// turn takes other paper for the next page.
func (q queue) turn(dc uintptr, w wish) error {
	mode, err := q.mode(w)
	if err != nil {
		return err
	}
	r, _, err := resetDC.Call(dc, uintptr(unsafe.Pointer(&mode[0])))
	if r == 0 {
		return fmt.Errorf("other paper: %w", err)
	}
	return nil
}

func page(dc uintptr, s Sheet) error {
	r, _, err := startPage.Call(dc)
	if err := did("begin page", r, err); err != nil {
		return err
	}
	dpi, on := look(dc).place(s)
	img := s.Image(dpi)
	for y, all := 0, img.Rect.Dy(); y < all; y += high {
		if err := blit(dc, img, on, y, min(y+high, all)); err != nil {
			return err
		}
	}
	r, _, err = endPage.Call(dc)
	return did("end page", r, err)
}

// looking is how long a printer is watched after it has got a job: in it, one that is off or has no paper says so.
const looking = 3 * time.Second

// watch fails with Waiting where the printer stands still.
func (q queue) watch(ctx context.Context, id uintptr, paper string) error {
	end, again := time.After(looking), time.NewTicker(looking/10)
	defer again.Stop()
	for {
		why, gone := q.stands(id)
		if gone {
			return nil
		}
		select {
		case <-again.C:
			continue
		case <-end:
		case <-ctx.Done():
		}
		if why != "" {
			return Waiting{paper, why}
		}
		return nil
	}
}

// handOver asks the program that opens PDF files to print one, without a window of its own.
func handOver(j Job) error {
	if strings.ContainsFunc(j.Printer, func(r rune) bool { return r == '"' || unicode.IsControl(r) }) {
		return fmt.Errorf("%w: %q", ErrNone, j.Printer) // no printer is called so; more words would follow the name
	}
	verb, args := "print", (*uint16)(nil)
	if j.Printer != "" {
		verb, args = "printto", windows.StringToUTF16Ptr(`"`+j.Printer+`"`)
	}
	file, err := windows.UTF16PtrFromString(j.Path)
	if err != nil {
		return fmt.Errorf("%w: %w", errReader, err)
	}
	if err := windows.ShellExecute(0, windows.StringToUTF16Ptr(verb), file, args, nil, windows.SW_HIDE); err != nil {
		return errors.Join(errReader, err)
	}
	return nil
}

// usual is the printer that this user of Windows prints on; "" for none.
func usual() string {
	var n uint32
	getDefaultPrinter.Call(0, uintptr(unsafe.Pointer(&n)))
	buf := make([]uint16, n+1)
	getDefaultPrinter.Call(uintptr(unsafe.Pointer(&buf[0])), uintptr(unsafe.Pointer(&n)))
	return windows.UTF16ToString(buf)
}

// List names the printers of this system, those of the network to which this user is connected, too.
func List(context.Context) []string {
	var n uint32
	buf, err := filled("printers", func(at unsafe.Pointer, size uint32, need *uint32) (uintptr, error) {
		r, _, e := enumPrinters.Call(2|4, 0, 4, uintptr(at), uintptr(size), uintptr(unsafe.Pointer(need)), uintptr(unsafe.Pointer(&n)))
		return r, e
	})
	if err != nil {
		return nil
	}
	var names []string
	for _, p := range unsafe.Slice((*listInfo)(unsafe.Pointer(&buf[0])), n) {
		names = append(names, windows.UTF16PtrToString(p.name))
	}
	return names
}
