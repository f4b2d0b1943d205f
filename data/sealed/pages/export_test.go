package pages

import (
	"bytes"
	"encoding/binary"

	"lianluo.local/data/sealed"
)

// Before makes of a write-ahead log one as programs wrote it whose pages were bound to their place in the log; file is
// the database.
func Before(key sealed.Key, file, log []byte) ([]byte, error) {
	b, err := unlock(key, file)
	log = bytes.Clone(log)
	for at := logHead; err == nil && at < len(log); at += 24 + page {
		p, n := log[at+24:][:page], binary.BigEndian.Uint32(log[at:])
		if !b.open(database, int64(n-1)*page, p) || !b.seal(0x80000, int64(at+24), bytes.Clone(p), p) {
			err = sealed.ErrKey
		}
	}
	return log, err
}
