package bundle

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
	"lianluo.local/data/journal"
)

// Seal writes one bundle of the first records, as many as one bundle holds (the header's Entries says how many; none is a
// heartbeat), encrypted to the age recipients (age1…) and signed.
//
// The caller gives From, To, Replica, Incarnation, Stream, First, Prev, End, Made, Program and Acks; Seal fills in the rest. What
// did not fit goes into the next bundle, with First = Last+1 and Prev = Head of this one. The header is returned only
// when everything is written; a record too large for any bundle fails with ErrTooLarge.
func Seal(w io.Writer, h Header, records []journal.Record, to []string, sign ed25519.PrivateKey) (Header, error) {
	h.Version, h.MinReader, h.Suite, h.Key = version, version, suite, sign.Public().(ed25519.PublicKey)
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
	cipher, err := encrypt(plain.Bytes(), to)
	if err != nil {
		return Header{}, err
	}
	if h, err = finish(w, h, cipher, sign); err != nil {
		return Header{}, err
	}
	return h, nil
}

func encrypt(plain []byte, to []string) ([]byte, error) {
	var recipients []age.Recipient
	for _, s := range to {
		r, err := age.ParseX25519Recipient(s)
		if err != nil {
			return nil, fmt.Errorf("recipient %q: %w", s, err)
		}
		recipients = append(recipients, r)
	}
	var out bytes.Buffer
	seal, err := age.Encrypt(&out, recipients...)
	if err != nil {
		return nil, err
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true)) // `zstd -d` takes no empty file
	if err != nil {
		return nil, err
	}
	if _, err = seal.Write(z.EncodeAll(plain, nil)); err != nil {
		return nil, err
	}
	if err = seal.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// finish writes the three lines and the ciphertext.
func finish(w io.Writer, h Header, cipher []byte, sign ed25519.PrivateKey) (Header, error) {
	h.End = max(h.End, h.Last)
	h.Size, h.SHA256 = int64(len(cipher)), sha256.Sum256(cipher)
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
	seal := base64.StdEncoding.EncodeToString(ed25519.Sign(sign, head))
	_, err = w.Write(append(fmt.Appendf(head, "%s\n", seal), cipher...))
	return h, err
}
