package main

import (
	"bytes"
	"os"
	"testing"
)

// Ensure the committed client is the one that the committed document gives.
func TestClientIsCurrent(t *testing.T) {
	raw, err := os.ReadFile("../../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Generate(raw)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../generated.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("client/generated.go is stale: run `go generate ./client`")
	}
}

// Ensure a form the generator does not know stops it instead of being dropped.
func TestUnknownForms(t *testing.T) {
	for name, doc := range map[string]string{
		"inner object": `{"components":{"schemas":{"A":{"type":"object","properties":{"b":{"type":"object","properties":{"c":{"type":"string"}}}}}}}}`,
		"type":         `{"components":{"schemas":{"A":{"type":"object","properties":{"b":{"type":"tuple"}}}}}}`,
		"bare list":    `{"components":{"schemas":{"A":{"type":"object","properties":{"b":{"type":"array"}}}}}}`,
	} {
		if _, err := Generate([]byte(doc)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
