package engine_test

import (
	"fmt"

	"github.com/handstamp/handstamp/internal/core/engine"
	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/event"
	"github.com/handstamp/handstamp/internal/core/form"
)

// checkTaken: what came back from a started request after the sender of a form had read it
// is there still when he has sent it, wherever its row went.
func checkTaken(before engine.State, c engine.Command, d enginetest.Decided) error {
	sent, ok := c.(engine.Complete)
	if !ok || sent.Seen == 0 {
		return nil
	}
	for _, v := range before.Steps {
		for _, x := range v.Subs {
			if x.TookAt <= sent.Seen {
				continue
			}
			for name := range x.Took {
				if lost := lostBy(before, x, name, d.Events); lost != nil {
					return fmt.Errorf("%v, which came back into %s of %q after %d, was lost", lost, name, x.Table, sent.Seen)
				}
			}
		}
	}
	return nil
}

// lostBy is what stands in a field, or the cell of a row, and is not there any more after
// what the sender changed; nil where nothing is lost.
func lostBy(before engine.State, x engine.Sub, name string, events []event.Event) any {
	for _, e := range events {
		if e.Type != event.FieldsChanged || e.Actor == nil {
			continue
		}
		if after, changed := e.Values[name]; x.Table == "" && changed && !form.Equal(after, before.Values[name]) {
			return before.Values[name]
		}
		after, changed := e.Values[x.Table]
		if x.Table == "" || !changed || x.Row < 0 {
			continue
		}
		rows, _ := before.Values[x.Table].([]any)
		was := rows[x.Row].(map[string]any)[name]
		found := was == nil
		now, _ := after.([]any)
		for _, row := range now {
			found = found || form.Equal(row.(map[string]any)[name], was)
		}
		if !found {
			return was
		}
	}
	return nil
}
