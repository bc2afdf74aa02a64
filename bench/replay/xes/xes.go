// Package xes reads event logs in the XES format (IEEE 1849), plain or gzipped,
// one case at a time and within fixed bounds of memory per element.
package xes

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// Attribute is one named value of a case or an event, as text. Its XES type is not
// kept: who uses the value knows what it must be.
type Attribute struct{ Key, Value string }

// Attributes are those of one case or event, in the order of the log.
type Attributes []Attribute

// Get returns the value of the key and whether it is there. The first one counts
// when a log repeats a key.
func (a Attributes) Get(key string) (string, bool) {
	for _, x := range a {
		if x.Key == key {
			return x.Value, true
		}
	}
	return "", false
}

// Case is a trace: what happened to one request, in the order of the log.
type Case struct {
	Attributes Attributes
	Events     []Attributes
}

// Summary says how much a log held.
type Summary struct {
	Cases, Events int
	// Stray counts events outside any trace: nobody can tell which case they belong to.
	Stray int
}

// Reader reads logs. The zero value keeps everything and knows no bound on events.
type Reader struct {
	// Keep tells which attributes are wanted; nil keeps all.
	Keep func(key string) bool
	// MaxEvents ends the reading of a log that has more; 0 means no bound.
	MaxEvents int
}

// The bounds that keep a hostile file from filling the memory.
const (
	maxElement = 4 << 20 // bytes of one tag, text or comment
	maxDepth   = 64      // of nested elements
	maxKnown   = 1 << 16 // texts that are remembered, so that equal ones share memory
	sniffed    = 3       // bytes that tell gzip and a byte order mark
)

// Open reads the log in a file; see Read.
func (r Reader) Open(path string, each func(Case) error) (s Summary, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Summary{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if s, err = r.Read(f, each); err != nil {
		return s, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// Read hands every case to each, in the order of the log. Whether the stream is
// gzipped is told from its first bytes. Errors name the line; an error of each
// ends the reading and is returned as it is.
func (r Reader) Read(in io.Reader, each func(Case) error) (Summary, error) {
	plain, err := unzipped(in)
	if err != nil {
		return Summary{}, err
	}
	bounded := &boundedReader{in: plain}
	p := &parser{Reader: r, each: each, source: bounded, known: map[string]string{}}
	p.xml = xml.NewDecoder(bounded)
	p.xml.CharsetReader = charset
	return p.sum, p.run()
}

// unzipped returns the text of a stream that may be gzipped.
func unzipped(in io.Reader) (*bufio.Reader, error) {
	raw := bufio.NewReaderSize(in, 1<<16)
	first, err := raw.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(first, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, fmt.Errorf("it begins like a gzip file and is none: %w", err)
		}
		raw = bufio.NewReaderSize(z, 1<<16)
		first, _ = raw.Peek(sniffed) // what is wrong with it is told when it is read
	}
	if bytes.HasPrefix(first, []byte("\xef\xbb\xbf")) {
		_, err = raw.Discard(sniffed)
		return raw, err
	}
	return raw, nil
}

// errElement says that one element is larger than any log's.
var errElement = fmt.Errorf("a single tag or text has more than %d bytes", maxElement)

// boundedReader gives the decoder at most maxElement bytes for each element: the
// decoder itself would collect a name or a value of any size in memory.
type boundedReader struct {
	in   *bufio.Reader
	used int
}

// ReadByte implements io.ByteReader, which the decoder prefers.
func (b *boundedReader) ReadByte() (byte, error) {
	if b.used++; b.used > maxElement {
		return 0, errElement
	}
	return b.in.ReadByte()
}

// Read implements io.Reader, for texts in another encoding.
func (b *boundedReader) Read(p []byte) (int, error) {
	if b.used > maxElement {
		return 0, errElement
	}
	n, err := b.in.Read(p)
	b.used += n
	return n, err
}

// charset reads the one-byte encodings that logs declare beside UTF-8.
func charset(name string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "us-ascii", "ascii", "utf8":
		return in, nil
	case "iso-8859-1", "iso8859-1", "latin1", "latin-1":
		return &latin1{in: in}, nil
	}
	return nil, fmt.Errorf("its encoding %s is not read: convert the log to UTF-8", name)
}

// latin1 turns ISO 8859-1 into UTF-8: its bytes are the code points.
type latin1 struct {
	in   io.Reader
	rest []byte
}

// Read implements io.Reader.
func (l *latin1) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		raw := make([]byte, 2048)
		n, err := l.in.Read(raw)
		for _, c := range raw[:n] {
			l.rest = utf8.AppendRune(l.rest, rune(c))
		}
		if n == 0 {
			return 0, err
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
