package httpapi

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// Ensure lists and maps of a reply are never null, and shared data is not touched.
func TestContainers(t *testing.T) {
	type shared struct {
		List []int `json:"list"`
	}
	type Inner struct {
		Names []string       `json:"names"`
		Byte  []byte         `json:"-"`
		More  []string       `json:"more,omitempty"`
		Map   map[string]any `json:"map"`
	}
	type reply struct {
		Inner
		Items []int     `json:"items"`
		Deep  Inner     `json:"deep"`
		To    *shared   `json:"to"`
		At    time.Time `json:"at"`
	}
	out := reply{To: &shared{}}
	fillContainers(reflect.ValueOf(&out).Elem(), containers(reflect.TypeFor[reply]()))
	got, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"names":[],"map":{},"items":[],"deep":{"names":[],"map":{}},"to":{"list":null},"at":"0001-01-01T00:00:00Z"}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
