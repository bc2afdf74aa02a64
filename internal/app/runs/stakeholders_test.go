package runs_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/handstamp/handstamp/internal/app/runs"
	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db/dbtest"
)

// Ensure whoever takes part lets somebody else see the request, who then sees it, may
// let others see it, and sees it no more when that is taken back.
func TestStakeholder(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	var last runs.Hint
	w.runs.Changed = func(h runs.Hint) { last = h }
	add := func(by actor, who uuid.UUID) (runs.Run, error) {
		return w.runs.AddStakeholder(w.ctx, by, runs.AddStakeholder{Run: r.ID, Person: who, Comment: "For your planning"})
	}
	_, err := add(w.hana, w.ivan.User)
	refused(t, err, fault.NotFound, "no such request")
	got := must[runs.Run](t)(add(w.asha, w.hana.User))
	if len(got.Stakeholders) != 1 || got.Stakeholders[0].Person.ID != w.hana.User || got.Stakeholders[0].AddedBy.ID != w.asha.User || !got.Stakeholders[0].Remove {
		t.Errorf("the answer says %+v", got.Stakeholders)
	}
	if !slices.Contains(last.People, w.hana.User) {
		t.Error("her screens are not told")
	}
	_, err = add(w.ravi, w.hana.User)
	refused(t, err, fault.Invalid, "already")

	seen := must[runs.Run](t)(w.runs.Get(w.ctx, w.hana, r.ID.String()))
	if !seen.Can.View || !seen.Can.Comment || !seen.Can.AddStakeholder || !seen.Can.Watch || seen.Can.Withdraw || seen.Task != nil {
		t.Errorf("she may %+v", seen.Can)
	}
	if l := must[runs.RunList](t)(w.runs.List(w.ctx, w.hana, runs.List{View: "involved"})); len(l.Items) != 1 {
		t.Error("it is not among what involves her")
	}
	must[runs.Run](t)(add(w.hana, w.ivan.User))
	_, err = w.runs.Get(w.ctx, w.meera, r.ID.String())
	refused(t, err, fault.NotFound, "no such request")

	items := must[runs.Entries](t)(w.runs.History(w.ctx, w.hana, r.ID, "", 100)).Items
	line := items[len(items)-1]
	if line.Type != "stakeholder.added" || line.Actor.ID != w.hana.User || line.Person == nil || line.Person.Name != "Ivan Petrov" || line.Comment != "For your planning" {
		t.Errorf("the history ends with %+v", line)
	}

	remove := func(by actor, who uuid.UUID) (runs.Run, error) {
		return w.runs.RemoveStakeholder(w.ctx, by, runs.RemoveStakeholder{Run: r.ID, Person: who})
	}
	_, err = remove(w.asha, w.ivan.User)
	refused(t, err, fault.Forbidden, "Hana Holt added")
	_, err = remove(w.meera, w.ivan.User)
	refused(t, err, fault.NotFound, "no such request")
	must[runs.Run](t)(w.runs.Watch(w.ctx, w.ivan, runs.Watch{Run: r.ID}))
	must[runs.Run](t)(remove(w.admin, w.ivan.User)) // a run administrator
	if !slices.Contains(last.People, w.ivan.User) {
		t.Error("his screens are not told that it is gone")
	}
	_, err = w.runs.Get(w.ctx, w.ivan, r.ID.String())
	refused(t, err, fault.NotFound, "no such request")
	if got := w.watched(w.ivan, ""); len(got) != 0 {
		t.Error("he watches what he does not see")
	}
	must[runs.Run](t)(remove(w.asha, w.hana.User))
	if n := dbtest.Get[int](t, w.org, `SELECT count(*) FROM participants WHERE run_id = $1 AND user_id = $2`, r.ID, w.hana.User); n != 0 {
		t.Error("she has a row still")
	}
	w.compare(r.ID)
}

// Ensure who is asked later keeps what he is when it is taken back that he was let see it.
func TestStakeholderWhoIsAsked(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	must[runs.Run](t)(w.runs.AddStakeholder(w.ctx, w.asha, runs.AddStakeholder{Run: r.ID, Person: w.hana.User}))
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
	must[runs.Run](t)(w.runs.RemoveStakeholder(w.ctx, w.asha, runs.RemoveStakeholder{Run: r.ID, Person: w.hana.User}))
	if got := must[runs.Run](t)(w.runs.Get(w.ctx, w.hana, r.ID.String())); got.Task == nil {
		t.Error("she holds no task any more")
	}
	w.compare(r.ID)
}

// Ensure nobody lets others see what he has no part in, a draft, or anything without the right to.
func TestStakeholderIsRefused(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	auditor := as(w.meera, access.RunViewAll, access.StakeholderAdd)
	_, err := w.runs.AddStakeholder(w.ctx, auditor, runs.AddStakeholder{Run: r.ID, Person: w.ivan.User})
	refused(t, err, fault.Forbidden, "takes part")
	must[runs.Run](t)(w.runs.Watch(w.ctx, as(w.meera, access.RunViewAll, access.WatcherSelf), runs.Watch{Run: r.ID}))
	_, err = w.runs.AddStakeholder(w.ctx, auditor, runs.AddStakeholder{Run: r.ID, Person: w.ivan.User})
	refused(t, err, fault.Forbidden, "takes part") // watching is no part
	_, err = w.runs.AddStakeholder(w.ctx, as(w.asha, access.WatcherSelf), runs.AddStakeholder{Run: r.ID, Person: w.ivan.User})
	refused(t, err, fault.Forbidden, "right to")
	must[runs.Run](t)(w.runs.AddStakeholder(w.ctx, w.admin, runs.AddStakeholder{Run: r.ID, Person: w.ivan.User}))
	draft := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE"}))
	_, err = w.runs.AddStakeholder(w.ctx, w.asha, runs.AddStakeholder{Run: draft.RunID, Person: w.ivan.User})
	refused(t, err, fault.Forbidden, "draft")
	stranger := w.env.Org(t).User(t, "Stella Strange")
	_, err = w.runs.AddStakeholder(w.ctx, w.asha, runs.AddStakeholder{Run: r.ID, Person: stranger.User})
	refused(t, err, fault.Invalid, "no active person")
}

// Ensure a stakeholder reads what the definition shows to others, and no more.
func TestStakeholderReadsAsOthers(t *testing.T) {
	w := newWorld(t)
	w.publish(`
key: PAY
name: Pay
group: HR
form: {fields: [{name: why, type: text}, {name: salary, type: number}]}
audiences: {others: {salary: hidden}}
steps:
  - {id: ask, type: start}
  - {id: boss, type: task, assignee: {strategy: manager}, transitions: [{id: ok, to: done, kind: approve}]}
  - {id: done, type: end, outcome: done}
`)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "PAY", Values: map[string]any{"why": "more work", "salary": 9}}))
	must[runs.Run](t)(w.runs.AddStakeholder(w.ctx, w.asha, runs.AddStakeholder{Run: r.ID, Person: w.meera.User}))
	got := must[runs.Run](t)(w.runs.Get(w.ctx, w.meera, r.ID.String()))
	if _, ok := got.Values["salary"]; ok || got.Values["why"] != "more work" {
		t.Errorf("she reads %v", got.Values)
	}
}
