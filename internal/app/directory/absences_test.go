package directory_test

import (
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/app/directory"
	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/db"
	"github.com/handstamp/handstamp/internal/facts"
)

// Ensure people say when they are away and who stands in, change it, and end it;
// that nonsense is refused with its field; and that nobody touches somebody else's.
func TestAbsences(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asha, ben := w.user("Asha Mehta", nil), w.user("Ben Cole", nil)
	gone := w.user("Gita Rao", nil)
	if _, err := w.service.DisableUser(t.Context(), w.admin, gone.ID, 0, directory.Key{}); err != nil {
		t.Fatal(err)
	}
	her, his := w.as("asha.mehta@acme.example"), w.as("ben.cole@acme.example")
	now := time.Now().UTC().Truncate(time.Second)
	week := directory.SaveAbsence{
		From: now.Add(-time.Hour), Until: now.Add(7 * 24 * time.Hour), Note: " Holiday ",
		StandIns: []facts.StandIn{{To: ben.ID, Workflows: []string{"LEAVE"}, Below: 500}},
	}
	for field, change := range map[string]func(*directory.SaveAbsence){
		"until":          func(a *directory.SaveAbsence) { a.Until = a.From },
		"stand_ins.0.to": func(a *directory.SaveAbsence) { a.StandIns = []facts.StandIn{{To: asha.ID}} },
		"stand_ins.1.to": func(a *directory.SaveAbsence) { a.StandIns = []facts.StandIn{{To: ben.ID}, {To: gone.ID}} },
	} {
		bad := week
		change(&bad)
		_, err := w.service.SaveAbsence(t.Context(), her, bad)
		wantFault(t, field, err, fault.Invalid, field)
	}
	list, err := w.service.SaveAbsence(t.Context(), her, week)
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	x := list.Items[0]
	if !x.Now || x.Note != "Holiday" || x.StandIns[0].Person.Name != "Ben Cole" || x.StandIns[0].Below != 500 {
		t.Errorf("kept %+v", x)
	}
	later := week
	later.From = now.Add(24 * time.Hour)
	_, err = w.service.SaveAbsence(t.Context(), her, later)
	wantFault(t, "overlap", err, fault.Invalid, "from")
	longer := week
	longer.ID, longer.Revision, longer.Until = x.ID, x.Revision, week.Until.Add(24*time.Hour)
	if list, err = w.service.SaveAbsence(t.Context(), her, longer); err != nil || !list.Items[0].Until.Equal(longer.Until) {
		t.Errorf("longer %+v %v", list, err)
	}
	_, err = w.service.SaveAbsence(t.Context(), her, longer)
	wantFault(t, "an old revision", err, fault.Conflict, "")

	longer.User = asha.ID
	_, err = w.service.SaveAbsence(t.Context(), his, longer)
	wantFault(t, "by somebody else", err, fault.Forbidden, "")
	_, err = w.service.ListAbsences(t.Context(), his, asha.ID)
	wantFault(t, "read by somebody else", err, fault.Forbidden, "")
	wantFault(t, "ended by somebody else", w.service.DeleteAbsence(t.Context(), his, x.ID, directory.Key{}), fault.NotFound, "")
	wantFault(t, "ended, of nobody", w.service.DeleteAbsence(t.Context(), her, db.NewID(), directory.Key{}), fault.NotFound, "")
	longer.Revision++
	if _, err := w.service.SaveAbsence(t.Context(), w.admin, longer); err != nil {
		t.Errorf("by who manages people: %v", err)
	}
	if err := w.service.DeleteAbsence(t.Context(), her, x.ID, directory.Key{}); err != nil {
		t.Fatal(err)
	}
	if list, err = w.service.ListAbsences(t.Context(), her, asha.ID); err != nil || len(list.Items) != 0 {
		t.Errorf("afterwards %+v %v", list, err)
	}
}
