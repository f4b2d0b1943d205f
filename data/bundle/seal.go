package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// Seal writes one bundle of the first records, as many as one bundle holds (the header's Entries says how many; none is
// a heartbeat), encrypted to each of the recipients and signed with own keys, whose suite is the bundle's. It fails
// with suite.ErrMixed where a recipient uses another.
//
// The caller gives From, To, Replica, Incarnation, Stream, First, Prev, End, Made, Program, Acks and digests (Say);
// Seal fills in the rest. What did not fit goes into the next bundle, with First = Last+1 and Prev = Head of this one.
// The header is returned only when everything is written; a record too large for any bundle fails with ErrTooLarge.
func Seal(w io.Writer, h Header, records []journal.Record, to []suite.Public, own suite.Secret) (Header, error) {
	s, err := suite.Named(own.Suite)
	if err != nil {
		return Header{}, err
	}
	public, err := s.Public(own)
	if err != nil {
		return Header{}, err
	}
	h.Version, h.MinReader, h.Suite, h.Key = version, version, own.Suite, public.Sign
	h.Entries, h.Last, h.Head = 0, h.First-1, h.Prev

	var plain bytes.Buffer
	for _, r := range records {
		line, err := r.MarshalJSON() // not json.Marshal, which may write the same text in other bytes
		if err != nil {
			return Header{}, err
		}
		switch {
		case len(line) > MaxLine:
			return Header{}, fmt.Errorf("%w: entry %v", ErrTooLarge, r.ID)
		case bytes.IndexByte(line, '\n') >= 0:
			return Header{}, fmt.Errorf("%w: entry %v holds a line feed", journal.ErrMalformed, r.ID)
		}
		if h.Entries == MaxEntries || h.Entries > 0 && plain.Len()+len(line) >= Full {
			break
		}
		plain.Write(line)
		plain.WriteByte('\n')
		h.Entries++
		h.Last++
		h.Head = journal.Advance(h.Head, h.Last, r.Hash)
	}
	cipher, err := encrypt(s, plain.Bytes(), to)
	if err != nil {
		return Header{}, err
	}
	if h, err = finish(w, h, cipher, own); err != nil {
		return Header{}, err
	}
	return h, nil
}

// packer is made once: it is large. `zstd -d` takes no empty file, hence the zero frames.
var packer = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true))
})

func encrypt(s suite.Suite, plain []byte, to []suite.Public) ([]byte, error) {
	z, err := packer()
	if err != nil {
		return nil, err
	}
	return s.Encrypt(z.EncodeAll(plain, nil), to)
}

// finish writes the three lines and the ciphertext.
func finish(w io.Writer, h Header, cipher []byte, own suite.Secret) (Header, error) {
	h.End = max(h.End, h.Last)
	h.Size, h.SHA256 = int64(len(cipher)), sha256.Sum256(cipher)
	s, err := suite.Named(own.Suite)
	if err != nil {
		return h, err
	}
	if h.Position, err = s.Sign(own, h.reached().Signed(h.From, h.To)); err != nil {
		return h, err
	}
	if err := h.check(); err != nil {
		return h, err
	}
	line, err := json.Marshal(h)
	if err != nil {
		return h, err
	}
	if len(line) > MaxHeader {
		return h, fmt.Errorf("%w: header of %d bytes", ErrTooLarge, len(line))
	}
	head := []byte(magic + string(line) + "\n")
	seal, err := s.Sign(own, head)
	if err != nil {
		return h, err
	}
	_, err = w.Write(append(fmt.Appendf(head, "%s\n", base64.StdEncoding.EncodeToString(seal)), cipher...))
	return h, err
}
