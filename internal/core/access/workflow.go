package access

import "github.com/handstamp/handstamp/internal/core/fault"

// WorkflowStanding is what a decision about a workflow depends on.
type WorkflowStanding struct {
	Published bool // it can be started by those who see it
	Draft     bool // there is a draft that is not published yet
	Sees      bool // the published visibility rule matches the actor
	TakesPart bool // the actor has a part in a run of it
	Owns      bool // the actor is its owner
}

// WorkflowAbilities are sent with every workflow, so that the screen never
// repeats a rule.
type WorkflowAbilities struct {
	Start      bool `json:"start"`
	View       bool `json:"view"`
	Edit       bool `json:"edit"`
	Clone      bool `json:"clone"`
	Publish    bool `json:"publish"`
	Unpublish  bool `json:"unpublish"`
	Delete     bool `json:"delete"`
	Export     bool `json:"export"`
	Runs       bool `json:"runs"`
	Statistics bool `json:"statistics"`
}

// Designs reports whether the actor works on workflows. Such a person sees all
// of them, drafts and unpublished ones included.
func Designs(a Actor) bool {
	return a.Has(WorkflowDesign) || a.Has(WorkflowPublish) || a.Has(WorkflowDelete)
}

// ForWorkflow says what the actor may do with a workflow.
func ForWorkflow(a Actor, s WorkflowStanding) WorkflowAbilities {
	seen := s.Published && s.Sees
	view := seen || Designs(a)
	all := a.Has(RunViewAll) || a.Has(RunOperate)
	statistics := view && (all || a.Has(WorkflowDesign) || s.Owns)
	return WorkflowAbilities{
		Start:      seen && a.Has(RunStart),
		View:       view,
		Edit:       a.Has(WorkflowDesign),
		Clone:      a.Has(WorkflowDesign),
		Publish:    a.Has(WorkflowPublish) && (s.Draft || !s.Published),
		Unpublish:  a.Has(WorkflowPublish) && s.Published,
		Delete:     a.Has(WorkflowDelete),
		Export:     Designs(a),
		Runs:       view && (s.TakesPart || all || statistics),
		Statistics: statistics,
	}
}

// CheckViewWorkflow is the gate for everything that shows a workflow. Who may
// not see it learns nothing, not even that it exists.
func CheckViewWorkflow(a Actor, s WorkflowStanding) error {
	if !ForWorkflow(a, s).View {
		return fault.New(fault.NotFound, "There is no such workflow, or you may not see it.")
	}
	return nil
}

// CheckCreateWorkflow is the gate for new workflows, and for checking a
// definition that belongs to none.
func CheckCreateWorkflow(a Actor) error {
	if !a.Has(WorkflowDesign) {
		return fault.New(fault.Forbidden, "You may not draft workflows. Ask an administrator for the right to design them.")
	}
	return nil
}

// CheckDesignWorkflow is the gate for changing a draft and for copies.
func CheckDesignWorkflow(a Actor, s WorkflowStanding) error {
	if err := CheckViewWorkflow(a, s); err != nil {
		return err
	}
	return CheckCreateWorkflow(a)
}

// CheckReadDesign is the gate for drafts, for all versions, and for taking a
// definition away.
func CheckReadDesign(a Actor, s WorkflowStanding) error {
	return workflowGate(a, s, Designs(a), "Only designers may read the drafts and versions of a workflow.")
}

// CheckPublishWorkflow is the gate for publishing and unpublishing. Whether
// there is something to publish is the verb's question.
func CheckPublishWorkflow(a Actor, s WorkflowStanding) error {
	return workflowGate(a, s, a.Has(WorkflowPublish), "You may not publish workflows. Ask somebody with the right to publish them.")
}

// CheckDeleteWorkflow is the gate for deleting.
func CheckDeleteWorkflow(a Actor, s WorkflowStanding) error {
	return workflowGate(a, s, a.Has(WorkflowDelete), "You may not delete workflows. Ask somebody with the right to delete them.")
}

// CheckWorkflowStatistics is the gate for how the runs of a workflow went.
func CheckWorkflowStatistics(a Actor, s WorkflowStanding) error {
	return workflowGate(a, s, ForWorkflow(a, s).Statistics,
		"You may not see how all requests of this workflow went. Ask its owner, or an administrator for the right to see every request.")
}

func workflowGate(a Actor, s WorkflowStanding, allowed bool, why string) error {
	if err := CheckViewWorkflow(a, s); err != nil {
		return err
	}
	if !allowed {
		return fault.New(fault.Forbidden, "%s", why)
	}
	return nil
}
