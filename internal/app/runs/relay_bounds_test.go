package runs_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
)

// peers asks colleagues whose names the requester is not to learn.
const peers = `
key: PEERS
name: Peers
group: HR
form: {fields: [{name: topic, type: text}, {name: peer, type: user}]}
audiences: {initiator: {peer: hidden}, others: {peer: hidden}}
steps:
  - {id: submit, type: start, fields: {peer: hidden}}
  - {id: manager, type: task, assignee: {strategy: manager}, fields: {peer: required}, transitions: [{id: ok, to: ask, kind: approve}]}
  - {id: ask, type: workflow, starts: {workflow: BUY, by: peer, values: {item: form.topic}}, transitions: [{id: on, to: last}]}
  - {id: last, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`

// Ensure nobody learns in whose name a request was started who may not see the field
// that says so, neither on the page nor in the history, nor why it could not be.
func TestRelayKeepsRequesterHidden(t *testing.T) {
	w := newFamily(t)
	w.publish(peers)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "PEERS", Values: map[string]any{"topic": "Report"}}))
	must[runs.Run](t)(w.runs.Complete(w.ctx, w.ravi, runs.Complete{Task: r.Tasks[0].ID, Transition: "ok", Values: map[string]any{"peer": w.meera.User.String()}}))
	says := func(a actor) string {
		page := must[runs.Run](t)(w.runs.Get(w.ctx, a, r.ID.String()))
		history := must[runs.Entries](t)(w.runs.History(w.ctx, a, r.ID, "", 100))
		text, err := json.Marshal([]any{page, history})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for range 2 {
		if s := says(w.asha); strings.Contains(s, "Meera") || strings.Contains(s, w.meera.User.String()) {
			t.Errorf("the requester reads whom it was asked of: %s", s)
		}
		if s := says(w.ravi); !strings.Contains(s, "Meera Iyer") {
			t.Errorf("who named her does not read it: %s", s)
		}
		w.relay()
	}
}

// Ensure one request leads to a thousand others at most, however they start each other;
// then the step that wants one more is an incident, and says why.
func TestRelayIsBounded(t *testing.T) {
	w := newFamily(t)
	r := w.joined("Thinkpad")
	more := func(n int) {
		w.org.Exec(t, `INSERT INTO runs SELECT (jsonb_populate_record(r, jsonb_build_object(
			'id', gen_random_uuid(), 'number', r.number + 100 + i, 'parent_id', r.id, 'status', 'completed', 'ended_at', r.started_at))).*
			FROM runs r, generate_series(1, $2::integer) i WHERE r.id = $1`, r.ID, n)
	}
	more(1000)
	w.relay()
	after := w.get(w.asha, r.ID)
	if x := after.Subs[0]; x.Status != "failed" || !strings.Contains(x.Detail, "1,000 requests have followed from one") {
		t.Errorf("the thousand and first: %+v", x)
	}
	w.org.Exec(t, `DELETE FROM runs WHERE parent_id = $1`, r.ID)
	more(999)
	must[runs.Run](t)(w.runs.Retry(w.ctx, w.admin, runs.Retry{Run: r.ID}))
	w.relay()
	if x := w.get(w.asha, r.ID).Subs; x[len(x)-1].Status != "running" {
		t.Errorf("the thousandth: %+v", x)
	}
}
