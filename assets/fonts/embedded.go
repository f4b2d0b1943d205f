//go:build !beside

package fonts

import (
	_ "embed" // the files below
	"unsafe"
)

var (
	//go:embed NotoSansSC-Regular.ttf
	sansRegularFile string
	//go:embed NotoSansSC-Bold.ttf
	sansBoldFile string
	//go:embed NotoSerifSC-Black.ttf
	songBlackFile string
	//go:embed LXGWWenKai-Regular.ttf
	kaiFile string
	//go:embed HanaMinB.ttf
	rareFile string
)

var embedded = map[string]string{sansRegular: sansRegularFile, sansBold: sansBoldFile, songBlack: songBlackFile, kai: kaiFile,
	rare: rareFile}

// Lost says that the fonts are not there, as a sentence for people; nil: they are part of the program.
func Lost() error { return nil }

func font(name string) []byte {
	s := embedded[name]
	return unsafe.Slice(unsafe.StringData(s), len(s))
}
