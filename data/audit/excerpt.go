package audit

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"lianluo.local/data/suite"
)

// Excerpt is what a piece of a log says of itself that was taken out to be looked at elsewhere.
//
// Its file is three things: a line that says whose it is (this, as JSON), the lines as they stand in the log, and a line
// with the signature over all bytes before it.
type Excerpt struct {
	Kind  string       `json:"lianluo"` // "audit 1"
	Unit  string       `json:"unit"`
	Name  string       `json:"name"`
	Keys  suite.Public `json:"keys"` // of the computer
	Made  time.Time    `json:"made"`
	From  *time.Time   `json:"from,omitempty"`
	Until *time.Time   `json:"until,omitempty"`
}

// kind is what the first line of an excerpt begins with.
const kind = "audit 1"

// Errors of an excerpt. Test with errors.Is.
var (
	ErrExcerpt = errors.New("no excerpt of an audit log")
	ErrForged  = errors.New("excerpt has another signature, or a byte was changed")
)

// Excerpt writes the lines of a time, and those between them, so that they are one chain.
func (l Log) Excerpt(w io.Writer, x Excerpt) error {
	if l.Sign == nil {
		return ErrUnsigned
	}
	x.Kind = kind
	head, err := json.Marshal(x)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	all := bytes.NewBuffer(append(head, '\n'))
	names, err := l.names()
	if err != nil {
		return err
	}
	begun, size := false, all.Len() // up to the last line of the time
	err = l.walk(names, func(b []byte) error {
		line, err := read(b)
		within := err == nil && (x.From == nil || !line.At.Before(*x.From)) && (x.Until == nil || line.At.Before(*x.Until))
		if begun = begun || within; begun {
			all.Write(append(b, '\n'))
		}
		if within {
			size = all.Len()
		}
		return nil
	})
	if err != nil {
		return err
	}
	all.Truncate(size)
	s, err := l.Sign(append([]byte("lianluo audit excerpt 1\n"), all.Bytes()...))
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	_, err = fmt.Fprintf(all, "{\"signature\":%q}\n", base64.StdEncoding.EncodeToString(s))
	if err == nil {
		_, err = w.Write(all.Bytes())
	}
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// ReadExcerpt reads one and verifies it by the keys that it names: whether these are those of a computer that one knows
// is for the caller to say. Where the lines are no chain, the log was none when they were taken out; that is found here,
// too. It fails with ErrExcerpt or ErrForged.
func ReadExcerpt(b []byte) (x Excerpt, lines []Line, found []Finding, err error) {
	text, ok := bytes.CutSuffix(b, []byte("\n"))
	i := bytes.LastIndexByte(text, '\n') + 1
	first, _, _ := bytes.Cut(b, []byte("\n"))
	if !ok || i == 0 || json.Unmarshal(first, &x) != nil || x.Kind != kind || x.Keys.Check() != nil {
		return Excerpt{}, nil, nil, ErrExcerpt
	}
	var tail struct{ Signature []byte }
	s, err := suite.Named(x.Keys.Suite())
	if err != nil || json.Unmarshal(text[i:], &tail) != nil ||
		!s.Verify(x.Keys.Sign, append([]byte("lianluo audit excerpt 1\n"), b[:i]...), tail.Signature) {
		return Excerpt{}, nil, nil, ErrForged
	}
	var before []byte
	var last Line
	for l := range bytes.Lines(b[len(first)+1 : i]) {
		l = bytes.TrimSuffix(l, []byte("\n"))
		line, wrong := fit(last, before, l)
		if wrong.Fault != "" {
			found = append(found, wrong)
		}
		lines, before, last = append(lines, line), l, line
	}
	return x, lines, found, nil
}
