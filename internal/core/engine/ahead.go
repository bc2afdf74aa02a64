package engine

import (
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// Ahead walks from a node through conditions and returns the step at which
// people are asked next, or the end. It returns nil when a rule on the way
// cannot be evaluated with what is known so far.
func Ahead(n *workflow.Node, in rule.Input) *workflow.Node {
	for range MaxVisits {
		if n == nil || n.Type != workflow.Condition {
			return n
		}
		in.Step = n.ID
		a, err := Pick(n, in)
		if err != nil {
			return nil
		}
		n = a.Target
	}
	return nil
}
