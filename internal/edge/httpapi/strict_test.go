package httpapi

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParseJSON ensures that the strict parser accepts nothing that the standard
// one refuses, reads the same from what both accept, and refuses more only for
// a reason it names.
func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `{"a":1}`, `{"a":{"b":[true,false,null,-0.5e+10]}}`, `"\u00e9\ud83d\ude00\n"`, ` [1 , 2 ] `,
		`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `01`, `1.`, `.5`, `-`, `1e`, `1e5`, `tru`, `truex`, `nul`, `"`, `"\`, `"\x"`, "\"\t\"",
		`[1,]`, `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `[`, `]`, `{"a":1}}`, `"\u0000"`, `"\ud800"`, `1e400`, "\xff", `{"a":"\"}`,
		strings.Repeat("[", 40) + strings.Repeat("]", 40),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := parseJSON(body)
		var want any
		standard := json.Unmarshal(body, &want)
		if err == nil {
			if standard != nil {
				t.Fatalf("accepts %q, which is no JSON: %v", body, standard)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: read %#v, want %#v", body, got, want)
			}
			return
		}
		if standard != nil || !utf8.Valid(body) {
			return
		}
		for _, reason := range []string{"twice", "nested", "U+0000", "members"} {
			if strings.Contains(err.Error(), reason) {
				return
			}
		}
		t.Fatalf("refuses %q without a reason: %v", body, err)
	})
}
