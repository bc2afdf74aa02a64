package access_test

import (
	"testing"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure watching alone shows nobody anything: whoever is nothing but a watcher may do
// exactly what he may do without that, whatever his rights and however the run stands.
func TestWatchingGrantsNothing(t *testing.T) {
	rights := []access.Permission{access.RunOperate, access.RunViewAll, access.StakeholderAdd, access.WatcherSelf}
	for mask := range 1 << (len(rights) + 5) {
		var a access.Actor
		for i, p := range rights {
			if mask>>i&1 == 1 {
				a.Permissions = append(a.Permissions, p)
			}
		}
		bits := mask >> len(rights)
		s := access.Standing{Offered: bits&1 > 0, Draft: bits&2 > 0, Over: bits&4 > 0, Held: bits&8 > 0, Recall: bits&16 > 0}
		none := access.ForRun(a, s)
		s.Part = access.AsWatcher
		if got := access.ForRun(a, s); got != none {
			t.Errorf("%v, %+v: as a watcher %+v, without %+v", a.Permissions, s, got, none)
		}
	}
}

// Ensure what a run's reply says of watching and sharing is what the gates let through.
func TestForRunAgreesWithGates(t *testing.T) {
	rights := []access.Permission{access.RunOperate, access.RunViewAll, access.StakeholderAdd, access.WatcherSelf}
	for mask := range 1 << (len(rights) + 7) {
		var a access.Actor
		for i, p := range rights {
			if mask>>i&1 == 1 {
				a.Permissions = append(a.Permissions, p)
			}
		}
		bits := mask >> len(rights)
		s := access.Standing{Part: access.Part(bits & 15), Offered: bits&16 > 0, Draft: bits&32 > 0, Over: bits&64 > 0}
		can := access.ForRun(a, s)
		for what, gate := range map[string]struct {
			says bool
			err  error
		}{
			"view":  {can.View, access.CheckView(a, s)},
			"watch": {can.Watch, access.CheckWatch(a, s)},
			"add":   {can.AddStakeholder, access.CheckAddStakeholder(a, s)},
		} {
			if gate.says != (gate.err == nil) {
				t.Errorf("%s with %v, %+v: the reply says %v, the gate %v", what, a.Permissions, s, gate.says, gate.err)
			}
			if !can.View && !fault.Is(gate.err, fault.NotFound) {
				t.Errorf("%s with %v, %+v: who does not see it reads %v", what, a.Permissions, s, gate.err)
			}
		}
	}
}
