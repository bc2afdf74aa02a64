package engine_test

import (
	"fmt"

	"github.com/handstamp/handstamp/internal/core/engine"
)

func dbg(s engine.State) string {
	out := ""
	for _, v := range s.Steps {
		out += fmt.Sprintf("\n%d %s %s scope=%d cause=%d back=%d ret=%d tr=%s again=%v waits=%v", v.Seq, v.Step, v.Status, v.Scope, v.Cause, v.BackFrom, v.ReturnTo, v.Transition, v.Again, v.Waits)
	}
	for _, t := range s.Tasks {
		out += fmt.Sprintf("\n  task %x seq=%d %s %s asg=%x dec=%s void=%v again=%x added=%x waits=%x grp=%s", t.ID[12:], t.StepSeq, t.Kind, t.Status, t.Assignee[15:], t.Decision, t.Void(), t.Again[12:], t.AddedBy[15:], t.Waits[12:], t.Group)
	}
	return out
}
