package bundle

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// Open believes a bundle, or nothing of it: on any error there is no header and no record.
//
// The order is: limits, header, length; the signature, with the one of the keys that signers gives for the header's
// computer (none for nobody we know; its own error is passed through); destination, which must be the unit me; the
// SHA-256 of the ciphertext; and only then decryption with one of our own keys, decompression, each record, their
// number, their chain from Prev to Head; last, whether the key may sign the writer's own entries. The ciphertext is
// read once, so a file that changes meanwhile deceives nobody.
//
// It fails with ErrShort (also ErrDamaged), ErrDamaged, ErrNewer, ErrSuite (also ErrNewer), ErrTooLarge, ErrStranger,
// ErrOtherKey (also ErrStranger), ErrForged, ErrRevoked, ErrNotForUs.
func Open(f io.ReaderAt, size int64, me string, signers func(Header) ([]suite.Signer, error),
	own ...suite.Secret) (Header, []journal.Record, error) {
	h, by, cipher, err := verify(f, size, me, signers)
	if err != nil {
		return Header{}, nil, err
	}
	s, err := suite.Named(h.Suite)
	if err != nil {
		return Header{}, nil, err
	}
	packed, err := s.Decrypt(cipher, own)
	if errors.Is(err, suite.ErrNotOurs) {
		return Header{}, nil, fmt.Errorf("%w: none of our keys opens it", ErrNotForUs)
	} else if err != nil {
		return Header{}, nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	records, err := unpack(bytes.NewReader(packed), h, MaxPlain)
	if err != nil {
		return Header{}, nil, err
	}
	if err := within(by, h, records); err != nil {
		return Header{}, nil, err
	}
	return h, records, nil
}

// within says whether a key that holds to an entry only may have signed a bundle: all the writer's own entries are at
// or before it, and there is one, since nothing else shows when the bundle was made.
func within(by suite.Signer, h Header, records []journal.Record) error {
	if by.Until == (journal.ID{}) {
		return nil
	}
	shown := false
	for _, r := range records {
		if r.ID.Replica != h.Replica {
			continue
		}
		if shown = true; !by.Holds(r.ID) {
			return fmt.Errorf("%w: entry %v, the key ends with %v", ErrRevoked, r.ID, by.Until)
		}
	}
	if !shown {
		return fmt.Errorf("%w: no entry shows that it was made before %v", ErrRevoked, by.Until)
	}
	return nil
}

func verify(f io.ReaderAt, size int64, me string,
	signers func(Header) ([]suite.Signer, error)) (none Header, by suite.Signer, cipher []byte, err error) {
	if size > MaxFile {
		return none, by, nil, fmt.Errorf("%w: %d bytes", ErrTooLarge, size)
	}
	t, err := peek(io.NewSectionReader(f, 0, size))
	if err != nil {
		return none, by, nil, err
	}
	if size < t.length+t.Size {
		return none, by, nil, ErrShort
	}
	if by, err = t.signer(signers); err != nil {
		return none, by, nil, err
	}
	switch {
	case size > t.length+t.Size:
		return none, by, nil, fmt.Errorf("%w: something follows its end", ErrDamaged)
	case t.To != me:
		return none, by, nil, fmt.Errorf("%w: %s", ErrNotForUs, t.To)
	}
	cipher = make([]byte, t.Size)
	if n, err := f.ReadAt(cipher, t.length); n < len(cipher) {
		return none, by, nil, fmt.Errorf("%w: %w", ErrShort, err)
	}
	if sha256.Sum256(cipher) != t.SHA256 {
		return none, by, nil, fmt.Errorf("%w: contents do not belong to the header", ErrDamaged)
	}
	return t.Header, by, cipher, nil
}

// signer gives who of those known signed the outside of a bundle.
func (t top) signer(signers func(Header) ([]suite.Signer, error)) (none suite.Signer, err error) {
	known, err := signers(t.Header)
	if err != nil {
		return none, err
	}
	s, err := suite.Named(t.Suite)
	if err != nil {
		return none, err
	}
	i := slices.IndexFunc(known, func(k suite.Signer) bool { return k.Suite == t.Suite && k.Key.Equal(t.Key) })
	switch {
	case len(known) == 0:
		return none, fmt.Errorf("%w: %s, computer %x", ErrStranger, t.From, t.Replica[:])
	case i < 0:
		return none, fmt.Errorf("%w: %s, computer %x", ErrOtherKey, t.From, t.Replica[:])
	case !s.Verify(known[i].Key, t.signed, t.signature):
		return none, ErrForged
	}
	return known[i], nil
}

// Outside reads the header of a bundle and believes who wrote it, and nothing of what is in it. It fails as Peek does,
// with ErrStranger, ErrOtherKey or ErrForged.
func Outside(r io.Reader, signers func(Header) ([]suite.Signer, error)) (Header, error) {
	t, err := peek(r)
	if err == nil {
		_, err = t.signer(signers)
	}
	return t.Header, err
}

// unpackers are kept: making one costs more than unpacking a bundle.
var unpackers = sync.Pool{New: func() any {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil { // only for options that do not exist
		panic(err)
	}
	return z
}}

// unpack reads the compressed records and holds them against the header.
func unpack(packed io.Reader, h Header, maxPlain int64) ([]journal.Record, error) {
	z := unpackers.Get().(*zstd.Decoder)
	if err := z.Reset(packed); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	defer unpackers.Put(z)

	limited := &io.LimitedReader{R: z, N: maxPlain + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, MaxLine+2)
	records := make([]journal.Record, 0, h.Entries)
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
