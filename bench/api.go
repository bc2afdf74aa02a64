package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/core/access"
)

// overHTTP calls the API as a browser would, over kept connections.
type overHTTP struct {
	address string
	tokens  map[uuid.UUID]string
	client  *http.Client
}

func (w *world) api() surface {
	return overHTTP{w.address, w.tokens, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: w.o.clients}}}
}

func (overHTTP) name() string { return "HTTP" }

// reply is the part of a run that the measurement goes on with.
type reply struct {
	ID    uuid.UUID `json:"id"`
	Tasks []struct {
		ID uuid.UUID `json:"id"`
	} `json:"tasks"`
}

func (h overHTTP) call(ctx context.Context, a access.Actor, operation string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address+"/api/v1/"+operation, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+h.tokens[a.User])
	req.Header.Set("Idempotency-Key", uuid.NewString())
	res, err := h.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s: %s", operation, res.Status, data)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(data, out)
}

func (h overHTTP) start(ctx context.Context, a access.Actor) (run, task uuid.UUID, err error) {
	var r reply
	err = h.call(ctx, a, "runs.start", map[string]any{"workflow": "LEAVE", "values": values()}, &r)
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	return r.ID, r.Tasks[0].ID, nil
}

func (h overHTTP) decide(ctx context.Context, a access.Actor, task uuid.UUID) (uuid.UUID, error) {
	var r reply
	err := h.call(ctx, a, "tasks.complete", map[string]any{"task_id": task, "transition": "ok"}, &r)
	if err != nil || len(r.Tasks) == 0 {
		return uuid.Nil, err
	}
	return r.Tasks[0].ID, nil
}

func (h overHTTP) inbox(ctx context.Context, a access.Actor) error {
	return h.call(ctx, a, "tasks.list", map[string]any{}, nil)
}

func (h overHTTP) page(ctx context.Context, a access.Actor, run uuid.UUID) error {
	return h.call(ctx, a, "runs.get", map[string]any{"run": run}, nil)
}
