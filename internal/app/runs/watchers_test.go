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

// as is somebody with other rights.
func as(a actor, rights ...access.Permission) actor {
	slices.Sort(rights)
	a.Permissions = rights
	return a
}

// watched are the numbers of what somebody watches.
func (w *world) watched(a actor, q string) (out []uuid.UUID) {
	w.t.Helper()
	for _, r := range must[runs.RunList](w.t)(w.runs.List(w.ctx, a, runs.List{View: "watching", Query: q})).Items {
		out = append(out, r.ID)
	}
	return out
}

// Ensure watching is the watcher's own affair: it stands in his list until he ends it,
// and neither the history nor the number of the last event tells of it.
func TestWatch(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	got := must[runs.Run](t)(w.runs.Watch(w.ctx, w.asha, runs.Watch{Run: r.ID}))
	if !got.Watching || len(got.Watchers) != 1 || got.Watchers[0].ID != w.asha.User || got.Revision != r.Revision {
		t.Errorf("the answer says %v, %v, revision %d after %d", got.Watching, got.Watchers, got.Revision, r.Revision)
	}
	must[runs.Run](t)(w.runs.Watch(w.ctx, w.asha, runs.Watch{Run: r.ID})) // once more changes nothing
	if got := w.watched(w.asha, ""); !slices.Equal(got, []uuid.UUID{r.ID}) {
		t.Errorf("she watches %v", got)
	}
	if other := must[runs.Run](t)(w.runs.Get(w.ctx, w.ravi, r.ID.String())); other.Watching || len(other.Watchers) != 1 {
		t.Errorf("Ravi reads that he watches it: %v, and that %v do", other.Watching, other.Watchers)
	}
	for _, e := range must[runs.Entries](t)(w.runs.History(w.ctx, w.asha, r.ID, "", 100)).Items {
		if e.Seq > r.Revision {
			t.Errorf("the history tells %s", e.Type)
		}
	}

	// The end of the run closes nothing but the row's mark.
	r = must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
	must[runs.Run](t)(w.approve(w.hana, r, "ok", uuid.Nil))
	if got := w.watched(w.asha, ""); len(got) != 1 || dbtest.Get[bool](t, w.org, `SELECT open FROM participants WHERE run_id = $1 AND user_id = $2`, r.ID, w.asha.User) {
		t.Errorf("after the end she watches %v", got)
	}

	got = must[runs.Run](t)(w.runs.Unwatch(w.ctx, w.asha, runs.Watch{Run: r.ID}))
	if got.Watching || len(got.Watchers) != 0 || len(w.watched(w.asha, "")) != 0 {
		t.Errorf("she still watches it: %v %v", got.Watching, got.Watchers)
	}
	if mine := must[runs.RunList](t)(w.runs.List(w.ctx, w.asha, runs.List{})); len(mine.Items) != 1 {
		t.Error("it is no request of hers any more")
	}
}

// Ensure nobody watches what he may not see, a draft, or anything without the right to.
func TestWatchIsRefused(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	_, err := w.runs.Watch(w.ctx, w.meera, runs.Watch{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.Unwatch(w.ctx, w.meera, runs.Watch{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.Watch(w.ctx, as(w.asha), runs.Watch{Run: r.ID})
	refused(t, err, fault.Forbidden, "may not watch")
	_, err = w.runs.Watch(w.ctx, as(w.meera), runs.Watch{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	draft := must[runs.SavedDraft](t)(w.runs.SaveDraft(w.ctx, w.asha, runs.SaveDraft{Workflow: "LEAVE"}))
	_, err = w.runs.Watch(w.ctx, w.asha, runs.Watch{Run: draft.RunID})
	refused(t, err, fault.Forbidden, "draft")

	foreign := w.env.Org(t)
	stranger := foreign.User(t, "Stella Strange")
	_, err = w.runs.Watch(w.ctx, as(stranger, access.WatcherSelf, access.RunViewAll), runs.Watch{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
}

// Ensure whoever watches what he saw by a right alone does not see it when he has lost
// the right: no page, list, search, count, history, comments or hint, and nobody is told
// that he watches; and that he watches it again when he has got the right back.
func TestWatchingShowsNothing(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	auditor, former := as(w.meera, access.RunViewAll, access.WatcherSelf, access.StakeholderAdd), as(w.meera, access.WatcherSelf, access.StakeholderAdd)
	w.org.Role(t, "auditor", access.RunViewAll)
	w.org.Grant(t, w.meera.User, "auditor")
	must[runs.Run](t)(w.runs.Watch(w.ctx, auditor, runs.Watch{Run: r.ID}))
	if got := w.watched(auditor, "away"); len(got) != 1 {
		t.Fatalf("with the right she watches %v", got)
	}
	if got := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String())).Watchers; len(got) != 1 {
		t.Fatalf("Asha is told of %v", got)
	}

	w.org.Exec(t, `DELETE FROM role_grants WHERE user_id = $1 AND role_id = (SELECT id FROM roles WHERE key = 'auditor')`, w.meera.User)
	_, err := w.runs.Get(w.ctx, former, r.ID.String())
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.Get(w.ctx, former, r.Number)
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.History(w.ctx, former, r.ID, "", 10)
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.ListComments(w.ctx, former, r.ID, "", 10)
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.AddComment(w.ctx, former, r.ID, "Hello", runs.Key{})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.Nudge(w.ctx, former, runs.Nudge{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.AddStakeholder(w.ctx, former, runs.AddStakeholder{Run: r.ID, Person: w.ivan.User})
	refused(t, err, fault.NotFound, "no such request")
	_, err = w.runs.Unwatch(w.ctx, former, runs.Watch{Run: r.ID})
	refused(t, err, fault.NotFound, "no such request")
	for _, view := range []string{"mine", "involved", "watching", "drafts"} {
		if l := must[runs.RunList](t)(w.runs.List(w.ctx, former, runs.List{View: view, Query: "away"})); len(l.Items) != 0 {
			t.Errorf("her list %s shows it", view)
		}
	}
	w.org.Exec(t, `UPDATE users SET manager_id = $1 WHERE id = $2`, w.meera.User, w.ravi.User) // who holds its task
	if l := must[runs.TaskList](t)(w.runs.ListTasks(w.ctx, former, runs.ListTasks{View: "team"})); len(l.Items) != 0 {
		t.Error("her team's list shows its task")
	}
	if got := must[runs.Run](t)(w.runs.Get(w.ctx, w.asha, r.ID.String())).Watchers; len(got) != 0 {
		t.Errorf("Asha is told that %v watches it", got)
	}
	var hints []runs.Hint
	w.runs.Changed = func(h runs.Hint) { hints = append(hints, h) }
	must[runs.Run](t)(w.approve(w.ravi, r, "hr", w.hana.User))
	for _, h := range hints {
		if h.Everybody || slices.Contains(h.People, w.meera.User) {
			t.Error("she hears of its changes")
		}
	}
	if got := w.watched(auditor, ""); len(got) != 1 {
		t.Errorf("with the right again she watches %v", got)
	}
}

// Ensure the same of an offer: a watcher sees it as long as a task is offered to him.
func TestWatchingAnOffer(t *testing.T) {
	w := newWorld(t)
	r := must[runs.Run](t)(w.runs.Start(w.ctx, w.asha, runs.Start{Workflow: "ACCESS", Values: map[string]any{"what": "VPN"}}))
	must[runs.Run](t)(w.runs.Watch(w.ctx, w.ines, runs.Watch{Run: r.ID}))
	if got := w.watched(w.ines, ""); len(got) != 1 {
		t.Fatalf("she watches %v", got)
	}
	must[runs.Run](t)(w.runs.Claim(w.ctx, w.ivan, r.Tasks[0].ID, runs.Key{}))
	if got := w.watched(w.ines, ""); len(got) != 0 {
		t.Errorf("Ivan has it, and she watches %v", got)
	}
	must[runs.Run](t)(w.runs.Release(w.ctx, w.ivan, r.Tasks[0].ID, runs.Key{}))
	if got := w.watched(w.ines, ""); len(got) != 1 {
		t.Errorf("it is offered again, and she watches %v", got)
	}
}

// Ensure a watcher who takes part hears of every change, though he holds nothing any more.
func TestWatchersHear(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	r = must[runs.Run](t)(w.runs.Reassign(w.ctx, w.admin, runs.Reassign{Task: r.Tasks[0].ID, To: w.hana.User}))
	must[runs.Run](t)(w.runs.Watch(w.ctx, w.ravi, runs.Watch{Run: r.ID}))
	var last runs.Hint
	w.runs.Changed = func(h runs.Hint) { last = h }
	must[runs.Comment](t)(w.runs.AddComment(w.ctx, w.asha, r.ID, "Any news?", runs.Key{}))
	if !slices.Contains(last.People, w.ravi.User) {
		t.Error("Ravi does not hear of the remark")
	}
	must[runs.Run](t)(w.runs.Unwatch(w.ctx, w.ravi, runs.Watch{Run: r.ID}))
	if !slices.Contains(last.People, w.ravi.User) || last.Revision != 0 {
		t.Errorf("his other screens are not told: %+v", last)
	}
}

// Ensure watching is repeatable under its key.
func TestWatchAgain(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	key := runs.Key{Key: "once", Hash: [32]byte{1}}
	must[runs.Run](t)(w.runs.Watch(w.ctx, w.asha, runs.Watch{Run: r.ID, Key: key}))
	must[runs.Run](t)(w.runs.Unwatch(w.ctx, w.asha, runs.Watch{Run: r.ID}))
	if got := must[runs.Run](t)(w.runs.Watch(w.ctx, w.asha, runs.Watch{Run: r.ID, Key: key})); got.Watching {
		t.Error("a repeated request was carried out again")
	}
}
