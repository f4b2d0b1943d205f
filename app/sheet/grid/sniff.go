package grid

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianluo.local/data/problem"
)

// how tells how a file is saved so that it is read.
const how = "请用 Excel 或 WPS 打开它，点“文件 → 另存为”，类型选“Excel 工作簿（*.xlsx）”，再用另存的那个文件。原来的文件没有动。"

// What files are that cannot be read, each with what to do. Test with errors.Is.
var (
	ErrEmpty    = problem.New("empty file", "这个文件是空的，里面什么也没有。请核对是不是选错了，或者没有拷完。")
	ErrOld      = problem.New("binary .xls", "这是旧版 Excel 或 WPS 的表格（.xls、.et），读不了。"+how)
	ErrPassword = problem.New("encrypted workbook", "这个表格设了打开密码，读不了。请先用 Excel 或 WPS 打开，去掉密码，另存为“Excel 工作簿（*.xlsx）”，再用那个文件。原来的文件没有动。")
	ErrPage     = problem.New("web page", "这其实是一个网页，只是文件名写成了表格（有的系统导出来就是这样），读不了。"+how)
	ErrXML      = problem.New("spreadsheet of 2003 in XML", "这是 2003 版的 XML 表格，读不了。"+how)
	ErrBinary   = problem.New("binary workbook .xlsb", "这是二进制工作簿（.xlsb），读不了。"+how)
	ErrODS      = problem.New("OpenDocument", "这是 OpenDocument 表格（.ods），读不了。"+how)
	ErrWord     = problem.New("a text document", "这是文字文档（Word、WPS 文字），不是表格。请把里面的表格复制到 Excel 或 WPS 表格里，存成“Excel 工作簿（*.xlsx）”，再用那个文件。")
	ErrSlides   = problem.New("slides", "这是演示文稿，不是表格。请核对是不是选错了文件。")
	ErrPaper    = problem.New("PDF or picture", "这是 PDF 或图片，不是表格。请找原来的 Excel 或 WPS 表格。")
	ErrArchive  = problem.New("archive", "这是一个压缩包。请先解压，再用里面的表格。")
	ErrNoTable  = problem.New("no table", "这不是能读的表格文件。"+how)
	ErrCharset  = problem.New("unknown charset", "这个文本文件的文字编码读不出来。"+how)
	ErrDamaged  = problem.New("damaged workbook", "这个表格文件坏了或没有拷完，读不出来。请重新拷一份；还不行，"+how)
	ErrLarge    = problem.New("large file", "这个文件超过 64 MB，不像是一张名册或台账。请只留要用的那张表，另存为一个新的“Excel 工作簿（*.xlsx）”，再用那个文件。原来的文件没有动。")
	ErrBomb     = problem.New("unpacks to too much", "这个文件打开以后大得不正常，没有往下读。请把要用的内容复制到一个新的表格里，存成“Excel 工作簿（*.xlsx）”，再用那个文件。原来的文件没有动。")
	ErrMuch     = problem.New("too many rows", "这张表太大：最多读 10 万行、400 万个格子。请分成几个文件，一个一个用。原来的文件没有动。")
)

// open looks at what the file is and makes the book's sheets known.
func (b *Book) open(file []byte) error {
	start := file[:min(len(file), 4096)]
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n"))
	begins := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return bytes.HasPrefix(start, []byte(m)) })
	}
	says := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return bytes.Contains(text, []byte(m)) })
	}
	switch {
	case len(bytes.TrimSpace(file)) == 0:
		return ErrEmpty
	case begins("PK\x03\x04"):
		return b.zipped(file)
	case begins("PK\x05\x06", "Rar!", "7z\xbc\xaf", "\x1f\x8b", "\xfd7zxz"):
		return ErrArchive
	case begins("\xd0\xcf\x11\xe0"):
		switch {
		case bytes.Contains(file, utf16("EncryptedPackage")):
			return ErrPassword
		case bytes.Contains(file, utf16("WordDocument")):
			return ErrWord
		case bytes.Contains(file, utf16("PowerPoint Document")):
			return ErrSlides
		}
		return ErrOld
	case begins("\x09\x08\x10\x00", "\x09\x08\x08\x00", "\x09\x04\x06\x00", "\x09\x00\x04\x00"): // .xls of before 1997
		return ErrOld
	case begins("%PDF", "\x89PNG", "\xff\xd8\xff", "GIF8", "II*\x00", "MM\x00*"):
		return ErrPaper
	case begins("{\\rtf"):
		return ErrWord
	case says("urn:schemas-microsoft-com:office:spreadsheet"):
		return ErrXML
	case bytes.HasPrefix(text, []byte("<")) && says("<html", "<table", "<!doctype", "<head", "<body", "<meta", "<script"),
		begins("MIME-Version:") && says("multipart/related", "text/html"):
		return ErrPage
	case begins("<?xml"):
		return ErrNoTable
	}
	return b.text(file)
}

// zipped opens what is packed like a workbook.
func (b *Book) zipped(file []byte) error {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil || len(z.File) > packed {
		return ErrDamaged
	}
	w := workbook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	for _, other := range []struct {
		part string
		is   error
	}{{"xl/workbook.bin", ErrBinary}, {"word/document.xml", ErrWord}, {"ppt/presentation.xml", ErrSlides},
		{"content.xml", ErrODS}} {
		if w.parts[other.part] != nil {
			return other.is
		}
	}
	if w.parts["[content_types].xml"] == nil {
		return ErrArchive
	}
	return w.open(b)
}

// decoded gives a text file as it is read.
func decoded(file []byte) (string, error) {
	plain := func(b []byte, err error) (string, error) {
		if err != nil || bytes.ContainsRune(b, utf8.RuneError) {
			return "", ErrCharset
		}
		return string(b), nil
	}
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xfe")), bytes.HasPrefix(file, []byte("\xfe\xff")):
		return plain(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(file))
	case bytes.IndexByte(file, 0) >= 0:
		return "", ErrNoTable
	case utf8.Valid(file):
		return string(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))), nil
	}
	return plain(simplifiedchinese.GB18030.NewDecoder().Bytes(file))
}

// refused says whether an error is one of the sentences above, or of the same kind.
func refused(err error) bool {
	var own interface{ Sentence() string }
	return errors.As(err, &own)
}
