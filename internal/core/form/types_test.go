package form

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/types.json anew")

// The form designer offers for each type the settings that mean something for
// it. It is held against this file, and the file against the registry.
func TestTypesAreWrittenDown(t *testing.T) {
	const path = "testdata/types.json"
	types := map[FieldType][]string{}
	for name, k := range registry {
		members := []string{}
		for _, s := range k.uses {
			members = append(members, strings.Split(string(s), " and ")...)
		}
		types[name] = members
	}
	got, err := json.MarshalIndent(types, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("testdata/types.json is not what the registry says. Run go test ./internal/core/form -update; it says:\n%s", got)
	}
}
