package runs_test

import (
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// byValue lets the requester, and then the first person asked, choose among
// people whom a value names.
const byValue = `
key: BYVALUE
name: By value
group: HR
form:
  fields:
    - {name: area, type: text, label: Area}
    - {name: code, type: text, label: Code, calculate: 'form.area == "tech" ? "IT" : "HR"'}
    - {name: secret, type: text, label: Secret}
steps:
  - {id: ask, type: start, fields: {secret: hidden}}
  - id: one
    type: task
    assignee: {strategy: chosen, candidates: user.department == form.code}
    fields: {area: edit, secret: hidden}
    transitions: [{id: on, to: two, kind: approve}]
  - id: two
    type: task
    assignee: {strategy: chosen, candidates: user.department == form.code && form.secret != "x"}
    transitions: [{id: ok, to: done, kind: approve}]
  - {id: done, type: end, outcome: done}
`

func names(l runs.CandidateList) string {
	var out []string
	for _, c := range l.Items {
		out = append(out, c.Name)
	}
	return strings.Join(out, ", ")
}

// Ensure those offered for a choice are those who will be accepted with the
// values being entered, calculated ones included, whatever is half typed.
func TestCandidatesFollowValues(t *testing.T) {
	w := newWorld(t)
	w.publish(byValue)
	start := func(values map[string]any) string {
		return names(must[runs.CandidateList](t)(w.runs.Candidates(w.ctx, w.asha, runs.Candidates{Workflow: "BYVALUE", Step: "one", Values: values})))
	}
	const hr, it = "Hana Holt, Meera Iyer", "Ines Costa, Ivan Petrov"
	for _, tt := range []struct {
		values map[string]any
		want   string
	}{
		{nil, hr},
		{map[string]any{"area": "tech"}, it},
		{map[string]any{"area": 7}, hr},                     // not usable yet
		{map[string]any{"code": "IT"}, hr},                  // calculated: not his to say
		{map[string]any{"area": "tech", "x": 1}, it},        // unknown
		{map[string]any{"area": "tech", "secret": "x"}, it}, // hidden
	} {
		if got := start(tt.values); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.values, got, tt.want)
		}
	}
	in := runs.Start{Workflow: "BYVALUE", Values: map[string]any{"area": "tech"}, Assignees: engine.Choices{Only: w.hana.User}}
	_, err := w.runs.Start(w.ctx, w.asha, in)
	refused(t, err, fault.Invalid, "not among the candidates")
	in.Assignees.Only = w.ivan.User
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, in))
	task := func(who actor, values map[string]any) string {
		return names(must[runs.CandidateList](t)(w.runs.Candidates(w.ctx, who, runs.Candidates{Task: r.Tasks[0].ID, Transition: "on", Values: values})))
	}
	if got := task(w.ivan, nil); got != it {
		t.Errorf("as it is: %s", got)
	}
	if got := task(w.ivan, map[string]any{"area": "people"}); got != hr {
		t.Errorf("as it will be: %s", got)
	}
	if got := task(w.ivan, map[string]any{"secret": "x"}); got != it {
		t.Errorf("a field he does not see: %s", got)
	}
	if got := must[runs.Run](t)(w.runs.Get(w.ctx, w.ivan, r.ID.String())); got.Values["area"] != "tech" {
		t.Errorf("asking changed %v", got.Values)
	}
}

// Ensure whoever chooses is told who is away, and until when.
func TestCandidatesWhoAreAway(t *testing.T) {
	w := newWorld(t)
	w.org.Exec(t, `INSERT INTO absences (id, user_id, starts_at, ends_at) VALUES (gen_random_uuid(), $1, now() - interval '1 hour', now() + interval '1 day')`, w.meera.User)
	w.org.Exec(t, `INSERT INTO absences (id, user_id, starts_at, ends_at) VALUES (gen_random_uuid(), $1, now() + interval '1 hour', now() + interval '1 day')`, w.hana.User)
	r := w.start()
	shown := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.Number)).Task.Transitions[0].Choices[0].Candidates
	found := must[runs.CandidateList](t)(w.runs.Candidates(w.ctx, w.ravi, runs.Candidates{Task: r.Tasks[0].ID, Transition: "hr", Step: "hr"})).Items
	for where, list := range map[string][]runs.Candidate{"the page": shown, "the search": found} {
		away := map[string]bool{}
		for _, c := range list {
			away[c.Name] = c.AwayUntil != nil
		}
		if len(list) != 2 || !away["Meera Iyer"] || away["Hana Holt"] {
			t.Errorf("%s says who is away: %v", where, away)
		}
	}
}
