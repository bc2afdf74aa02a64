package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Follow calls got for every change that concerns the signed-in person, until ctx
// or the stream ends; the server ends it after ten minutes at the latest. A hint
// without a run comes first, and after hints were lost: read again whatever you
// keep. Open the next stream when it returns nil.
func (c *Client) Follow(ctx context.Context, got func(ChangeHint)) error {
	answer, err := c.open(ctx, c.Token())
	if Is(err, "unauthenticated") && c.Token() != "" {
		token, refreshed := c.refresh(ctx, c.Token())
		if refreshed != nil {
			return refreshed
		}
		answer, err = c.open(ctx, token)
	}
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	return follow(answer.Body, got)
}

// open begins a stream. Its length is bounded by ctx and not by a timeout.
func (c *Client) open(ctx context.Context, token string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1/events.stream", bytes.NewReader([]byte("{}")))
	if err != nil {
		return nil, fmt.Errorf("client: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	long := *c.http
	long.Timeout = 0
	answer, err := long.Do(r)
	if err != nil {
		return nil, fmt.Errorf("client: events.stream: %w", err)
	}
	if answer.StatusCode == http.StatusOK {
		return answer, nil
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("client: events.stream: %w", err)
	}
	return nil, problemOf(answer, body)
}

// follow reads server-sent events; each has its data on one line.
func follow(stream io.Reader, got func(ChangeHint)) error {
	lines := bufio.NewScanner(stream)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var hint ChangeHint
		if err := json.Unmarshal([]byte(data), &hint); err != nil {
			return fmt.Errorf("client: events.stream: %w", err)
		}
		got(hint)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("client: events.stream: %w", err)
	}
	return nil
}
