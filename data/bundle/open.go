package bundle

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
	"lianluo.local/data/journal"
)

// Open believes a bundle, or nothing of it: on any error there is no header and no record.
//
// The order is: limits, header, length; the signature, with the key that signer gives for the header's computer (nil for
// nobody we know; its own error is passed through); destination, which must be the unit me; the SHA-256 of the
// ciphertext; and only then decryption with one of the keys, decompression, each record, their number, their chain from
// Prev to Head. The ciphertext is read once, so a file that changes meanwhile deceives nobody.
//
// It fails with ErrShort (also ErrDamaged), ErrDamaged, ErrNewer, ErrTooLarge, ErrStranger, ErrForged, ErrNotForUs.
func Open(f io.ReaderAt, size int64, me string, signer func(Header) (ed25519.PublicKey, error), keys ...age.Identity) (Header, []journal.Record, error) {
	t, cipher, err := verify(f, size, me, signer)
	if err != nil {
		return Header{}, nil, err
	}
	packed, err := age.Decrypt(bytes.NewReader(cipher), keys...)
	if none := (*age.NoIdentityMatchError)(nil); errors.As(err, &none) {
		return Header{}, nil, fmt.Errorf("%w: none of our keys opens it", ErrNotForUs)
	} else if err != nil {
		return Header{}, nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	records, err := unpack(packed, t, MaxPlain)
	if err != nil {
		return Header{}, nil, err
	}
	return t, records, nil
}

func verify(f io.ReaderAt, size int64, me string, signer func(Header) (ed25519.PublicKey, error)) (Header, []byte, error) {
	var none Header
	if size > MaxFile {
		return none, nil, fmt.Errorf("%w: %d bytes", ErrTooLarge, size)
	}
	t, err := peek(io.NewSectionReader(f, 0, size))
	if err != nil {
		return none, nil, err
	}
	if size < t.length+t.Size {
		return none, nil, ErrShort
	}
	key, err := signer(t.Header)
	switch {
	case err != nil:
		return none, nil, err
	case !key.Equal(t.Key): // nil too
		return none, nil, fmt.Errorf("%w: %s, computer %x", ErrStranger, t.From, t.Replica[:])
	case !ed25519.Verify(key, t.signed, t.signature):
		return none, nil, ErrForged
	case size > t.length+t.Size:
		return none, nil, fmt.Errorf("%w: something follows its end", ErrDamaged)
	case t.To != me:
		return none, nil, fmt.Errorf("%w: %s", ErrNotForUs, t.To)
	}
	cipher := make([]byte, t.Size)
	if n, err := f.ReadAt(cipher, t.length); n < len(cipher) {
		return none, nil, fmt.Errorf("%w: %w", ErrShort, err)
	}
	if sha256.Sum256(cipher) != t.SHA256 {
		return none, nil, fmt.Errorf("%w: contents do not belong to the header", ErrDamaged)
	}
	return t.Header, cipher, nil
}

// unpack reads the compressed records and holds them against the header.
func unpack(packed io.Reader, h Header, maxPlain int64) ([]journal.Record, error) {
	z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return nil, err
	}
	defer z.Close()

	limited := &io.LimitedReader{R: z, N: maxPlain + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, MaxLine+2)
	var records []journal.Record
	head := h.Prev
	for lines.Scan() {
		if limited.N == 0 || len(lines.Bytes()) > MaxLine {
			return nil, fmt.Errorf("%w: once decompressed", ErrTooLarge)
		}
		if len(records) == h.Entries {
			return nil, fmt.Errorf("%w: more entries than it names", ErrDamaged)
		}
		var r journal.Record
		if err := r.UnmarshalJSON(lines.Bytes()); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		head = journal.Advance(head, h.First+uint64(len(records)), r.Hash)
		records = append(records, r)
	}
	switch err := lines.Err(); {
	case limited.N == 0, errors.Is(err, bufio.ErrTooLong), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return nil, fmt.Errorf("%w: once decompressed", ErrTooLarge)
	case err != nil:
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	case len(records) != h.Entries:
		return nil, fmt.Errorf("%w: %d entries instead of %d", ErrDamaged, len(records), h.Entries)
	case head != h.Head:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, journal.ErrBroken)
	}
	return records, nil
}
