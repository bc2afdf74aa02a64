package access_test

import (
	"slices"
	"testing"

	"github.com/handstamp/handstamp/internal/core/access"
	"github.com/handstamp/handstamp/internal/core/fault"
)

// Ensure what a workflow's reply says he can do is what the gates let through,
// for every combination of rights and standing.
func TestForWorkflowAgreesWithGates(t *testing.T) {
	rights := []access.Permission{access.RunStart, access.WorkflowDesign, access.WorkflowPublish, access.WorkflowDelete, access.RunViewAll, access.RunOperate}
	for mask := range 1 << (len(rights) + 5) {
		var a access.Actor
		for i, p := range rights {
			if mask>>i&1 == 1 {
				a.Permissions = append(a.Permissions, p)
			}
		}
		slices.Sort(a.Permissions)
		bits := mask >> len(rights)
		s := access.WorkflowStanding{Published: bits&1 > 0, Draft: bits&2 > 0, Sees: bits&4 > 0, TakesPart: bits&8 > 0, Owns: bits&16 > 0}
		can := access.ForWorkflow(a, s)
		for name, x := range map[string]struct {
			able bool
			gate error
		}{
			"statistics": {can.Statistics, access.CheckWorkflowStatistics(a, s)},
			"view":       {can.View, access.CheckViewWorkflow(a, s)},
			"edit":       {can.Edit, access.CheckDesignWorkflow(a, s)},
			"export":     {can.Export, access.CheckReadDesign(a, s)},
			"publish":    {can.Publish || can.Unpublish, access.CheckPublishWorkflow(a, s)},
			"delete":     {can.Delete, access.CheckDeleteWorkflow(a, s)},
			"clone":      {can.Clone, access.CheckCreateWorkflow(a)},
			"can start":  {can.Start, startGate(a, s)},
		} {
			if x.able != (x.gate == nil) {
				t.Fatalf("%s: %v with %+v: ability %v, gate %v", name, a.Permissions, s, x.able, x.gate)
			}
			if hidden := fault.Is(x.gate, fault.NotFound); hidden == can.View && name != "clone" && name != "can start" && x.gate != nil {
				t.Fatalf("%s: %v with %+v: seen %v, gate %v", name, a.Permissions, s, can.View, x.gate)
			}
		}
		if can.Runs && !can.View || can.Statistics && !can.Runs || can.Start && !can.View {
			t.Fatalf("%v with %+v: %+v", a.Permissions, s, can)
		}
	}
}

// startGate says it in the words of the operation and the verb that start: the
// right to, published, and seen by the rule; no right of a designer helps.
func startGate(a access.Actor, s access.WorkflowStanding) error {
	if a.Has(access.RunStart) && s.Published && s.Sees {
		return nil
	}
	return fault.New(fault.NotFound, "no")
}
