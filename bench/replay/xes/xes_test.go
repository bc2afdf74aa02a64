package xes

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const small = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org">
	<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
	<global scope="event"><string key="concept:name" value="nobody"/></global>
	<classifier name="Activity" keys="concept:name"/>
	<string key="creator" value="us"/>
	<trace>
		<string key="concept:name" value="case 1"/>
		<float key="amount" value="12.5"/>
		<list key="tags"><values><string key="tag" value="hidden"/></values></list>
		<event>
			<string key="concept:name" value="Sent &amp; seen"><string key="meta" value="nested"/></string>
			<date key="time:timestamp" value="2026-01-05T09:00:00.000+01:00"/>
			<int key="n" value="3"/><boolean key="b" value="true"/><id key="i" value="4f"/>
			<container key="c"><int key="inner" value="9"/></container>
		</event>
		<event/>
	</trace>
	<event><string key="concept:name" value="stray"/></event>
	<trace/>
</log>
`

func read(t *testing.T, r Reader, in io.Reader) ([]Case, Summary, error) {
	t.Helper()
	var cases []Case
	s, err := r.Read(in, func(c Case) error { cases = append(cases, c); return nil })
	return cases, s, err
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Ensure every kind of attribute is read, nested ones are not, and only traces make cases.
func TestRead(t *testing.T) {
	want := []Case{
		{
			Attributes: Attributes{{"concept:name", "case 1"}, {"amount", "12.5"}},
			Events: []Attributes{
				{{"concept:name", "Sent & seen"}, {"time:timestamp", "2026-01-05T09:00:00.000+01:00"}, {"n", "3"}, {"b", "true"}, {"i", "4f"}},
				nil,
			},
		},
		{},
	}
	for name, in := range map[string][]byte{
		"plain": []byte(small), "gzipped": zipped(t, small), "with a byte order mark": append([]byte("\xef\xbb\xbf"), small...),
	} {
		cases, s, err := read(t, Reader{}, bytes.NewReader(in))
		if err != nil || !reflect.DeepEqual(cases, want) {
			t.Errorf("%s: read %+v, %v", name, cases, err)
		}
		if s != (Summary{Cases: 2, Events: 2, Stray: 1}) {
			t.Errorf("%s: counted %+v", name, s)
		}
	}
	if v, ok := want[0].Attributes.Get("amount"); v != "12.5" || !ok {
		t.Error("Get does not find amount")
	}
	if _, ok := want[0].Attributes.Get("tag"); ok {
		t.Error("Get finds what is not there")
	}
}

// Ensure only the wanted attributes are kept.
func TestKeep(t *testing.T) {
	cases, _, err := read(t, Reader{Keep: func(key string) bool { return key == "n" }}, strings.NewReader(small))
	if err != nil || len(cases[0].Attributes) != 0 || !reflect.DeepEqual(cases[0].Events[0], Attributes{{"n", "3"}}) {
		t.Errorf("kept %+v, %v", cases, err)
	}
}

// Ensure ISO 8859-1 is read and other encodings are refused with advice.
func TestEncodings(t *testing.T) {
	text := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><log><trace><string key=\"k\" value=\"Gr\xfc\xdfe\"/></trace></log>"
	cases, _, err := read(t, Reader{}, strings.NewReader(text))
	if err != nil || cases[0].Attributes[0].Value != "Grüße" {
		t.Errorf("read %+v, %v", cases, err)
	}
	text = strings.Replace(text, "ISO-8859-1", "EBCDIC", 1)
	if _, _, err = read(t, Reader{}, strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "convert the log to UTF-8") {
		t.Errorf("EBCDIC: %v", err)
	}
}

// Ensure files that are broken, cut off or hostile are refused with the place.
func TestRefused(t *testing.T) {
	bomb := `<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>` + "\n" +
		`<log><trace><string key="k" value="&c;"/></trace></log>`
	external := `<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log><trace><string key="k" value="&x;"/></trace></log>`
	zip := zipped(t, small)
	for name, c := range map[string]struct{ in, want string }{
		"entities that multiply": {bomb, "line 2: invalid character entity &c;"},
		"external entity":        {external, "invalid character entity &x;"},
		"cut off":                {small[:len(small)/2], "line 1"},
		"cut off gzip":           {string(zip[:len(zip)-12]), "ends in the middle"},
		"broken gzip":            {string(zip[:2]) + "nonsense", "is none"},
		"wrong nesting":          {"<log>\n<trace></log></trace>", "line 2: element <trace> closed by </log>"},
		"not XES":                {"<html></html>", `"html" where XES has one log`},
		"two logs":               {"<log/><log/>", "one log"},
		"empty":                  {"", "no log element"},
		"not XML":                {"case,activity\n1,Sent\n", "no log element"},
		"no key":                 {`<log><trace><string value="v"/></trace></log>`, "a string attribute has no key"},
		"deep":                   {"<log><trace>" + strings.Repeat("<list>", 100_000), "nested deeper than 64 levels"},
		"deep outside a trace":   {"<log>" + strings.Repeat("<global>", 100_000), "nested deeper than 64 levels"},
	} {
		if _, _, err := read(t, Reader{}, strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// endless repeats a text for ever after a beginning.
type endless struct {
	begin, again string
	rest         string
	read         int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.read == 0 {
			e.rest = e.begin
		} else {
			e.rest = strings.Repeat(e.again, 1000)
		}
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.read += n
	return n, nil
}

// Ensure no single element can fill the memory, wherever it stands.
func TestEndless(t *testing.T) {
	for name, in := range map[string]*endless{
		"value":     {begin: `<log><trace><string key="k" value="`, again: "a"},
		"key":       {begin: `<log><trace><string key="`, again: "a"},
		"tag":       {begin: `<log><trace><`, again: "a"},
		"comment":   {begin: `<log><!--`, again: "a"},
		"text":      {begin: `<log>`, again: "a"},
		"directive": {begin: `<!DOCTYPE`, again: " a"},
		"many tags": {begin: `<log><trace><string `, again: `a="b" `},
		"latin1":    {begin: `<?xml version="1.0" encoding="latin1"?><log><trace><string key="`, again: "a"},
	} {
		_, _, err := read(t, Reader{}, in)
		if !errors.Is(err, errElement) && (err == nil || !strings.Contains(err.Error(), "more than")) {
			t.Errorf("%s: %v", name, err)
		}
		if in.read > 3*maxElement {
			t.Errorf("%s: %d bytes were read", name, in.read)
		}
	}
}

// Ensure a log with more events than allowed ends with a message, not with the memory.
func TestMaxEvents(t *testing.T) {
	in := &endless{begin: "<log><trace>", again: "<event/>"}
	if _, s, err := read(t, Reader{MaxEvents: 500}, in); err == nil || !strings.Contains(err.Error(), "more than 500 events") || s.Events > 501 {
		t.Errorf("%+v, %v", s, err)
	}
}

// Ensure an error of the receiver ends the reading.
func TestReceiverStops(t *testing.T) {
	stop := errors.New("enough")
	n := 0
	_, err := Reader{}.Read(strings.NewReader(small), func(Case) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%d cases, %v", n, err)
	}
}

// Ensure files are opened, and one that is missing is named.
func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.xes.gz")
	if err := os.WriteFile(path, zipped(t, small), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := (Reader{}).Open(path, func(Case) error { return nil }); err != nil || s.Cases != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := (Reader{}).Open(path+".missing", nil); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a missing file: %v", err)
	}
}

// FuzzRead looks for input that makes the reader panic or take more than it says.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("\x1f\x8b"))
	f.Add([]byte("<log><trace><event><string key='a' value='b'/></event></trace></log>"))
	f.Fuzz(func(t *testing.T, in []byte) {
		s, err := Reader{MaxEvents: 100}.Read(bytes.NewReader(in), func(Case) error { return nil })
		if err == nil && s.Events > 100 {
			t.Errorf("%d events", s.Events)
		}
	})
}
