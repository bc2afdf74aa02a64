// Command makelogs writes the small event logs of bench/replay/testdata: made up,
// always the same, in the format of real ones.
//
//	go run ./bench/replay/makelogs bench/replay/testdata
package main

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: makelogs FOLDER")
		os.Exit(2)
	}
	for _, l := range logs() {
		if err := write(filepath.Join(os.Args[1], l.name), l); err != nil {
			fmt.Fprintln(os.Stderr, "makelogs:", err)
			os.Exit(1)
		}
	}
}

// logs are all of them.
func logs() []log { return []log{travel(), purchase(), loan(), tickets()} }

// log is a file to be.
type log struct {
	name   string
	cases  []trace
	header string // further elements of the log itself
}

// trace is a case, event what happened in it.
type (
	trace struct {
		attributes []attribute
		events     []event
	}
	event     []attribute
	attribute struct{ kind, key, value string }
)

func text(key, value string) attribute { return attribute{"string", key, value} }

func when(t time.Time) attribute {
	return attribute{"date", "time:timestamp", t.Format("2006-01-02T15:04:05.000-07:00")}
}

// dice are thrown the same way every time.
func dice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20)) } //nolint:gosec // it must be the same every time

// clock lets hours of work pass.
type clock struct {
	now time.Time
	r   *rand.Rand
}

func newClock(r *rand.Rand, day int) *clock {
	start := time.Date(2026, 1, 5, 8, 0, 0, 0, time.FixedZone("", 3600)).AddDate(0, 0, day)
	return &clock{start.Add(time.Duration(r.IntN(8*3600)) * time.Second), r}
}

func (c *clock) tick() time.Time {
	c.now = c.now.Add(time.Duration(60+c.r.IntN(40*3600)) * time.Second)
	return c.now
}

// write makes the file.
func write(path string, l log) error {
	f, err := os.Create(path) //nolint:gosec // the developer names the folder himself
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	err = l.print(b)
	if err == nil {
		err = b.Flush()
	}
	if late := f.Close(); err == nil {
		err = late
	}
	return err
}

// print writes the log as XES.
func (l log) print(out io.Writer) error {
	p := &printer{out: out}
	p.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	p.line(`<!-- Made by bench/replay/makelogs: nobody's real data. -->`)
	p.line(`<log xes.version="1.0" xmlns="http://www.xes-standard.org">`)
	for _, e := range [][2]string{{"Concept", "concept"}, {"Lifecycle", "lifecycle"}, {"Time", "time"}, {"Organizational", "org"}} {
		p.line(`	<extension name="%[1]s" prefix="%[2]s" uri="http://www.xes-standard.org/%[2]s.xesext"/>`, e[0], e[1])
	}
	p.line(`	<classifier name="Activity" keys="concept:name"/>`)
	if l.header != "" {
		p.line("%s", l.header)
	}
	for _, t := range l.cases {
		p.line("	<trace>")
		p.attributes(2, t.attributes)
		for _, e := range t.events {
			p.line("		<event>")
			p.attributes(3, e)
			p.line("		</event>")
		}
		p.line("	</trace>")
	}
	p.line("</log>")
	return p.err
}

// printer remembers the first error.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}

func (p *printer) attributes(depth int, list []attribute) {
	for _, a := range list {
		p.line("%.*s<%s key=\"%s\" value=\"%s\"/>", depth, "\t\t\t\t", a.kind, escaped(a.key), escaped(a.value))
	}
}

func escaped(s string) string {
	var b stringWriter
	_ = xml.EscapeText(&b, []byte(s)) // a string takes everything
	return string(b)
}

type stringWriter []byte

// Write implements io.Writer.
func (b *stringWriter) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}
