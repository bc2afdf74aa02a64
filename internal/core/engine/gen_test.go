package engine_test

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/handstamp/handstamp/internal/core/engine/enginetest"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

var (
	departments = []string{"A", "B", ""}
	roleNames   = []string{"clerk", "boss"}
	// conditions hold for some values, fail for others, and loop for a few.
	conditions = []string{
		"form.n > 3", "form.n <= 3", "form.flag == true", `run.round > 1`, `initiator.level_rank > 2`, `assignee.department == "A"`,
		`prev.kind == "approve"`, `form.double > 10`, `prev.outcome == "done"`, `size(prev.outcomes) > 1`, `"s1" in run.at`,
	}
	candidateRules = []string{
		`user.department == "A"`, `user.department == "B"`, `user.level_rank > 2`, `"boss" in user.roles`, `user.id != initiator.id`,
		`user.department == assignee.department`, `user.name == "nobody"`, `user.status == "active"`,
	}
)

// anyOrg draws a small organization: some people have left, some report in circles.
func anyOrg(t *rapid.T) *enginetest.Org {
	o := &enginetest.Org{Heads: map[string]uuid.UUID{}, Info: map[string]any{"name": "Any"}}
	n := rapid.SampledFrom([]int{1, 3, 4, 5, 6, 7, 8}).Draw(t, "people")
	for i := range n {
		p := &enginetest.Person{ID: personID(i + 1), Name: fmt.Sprintf("P%d", i+1), Email: fmt.Sprintf("p%d@any.example", i+1), Attributes: map[string]any{}}
		o.People = append(o.People, p)
		redraw(t, o, p)
	}
	for _, d := range departments[:2] {
		if rapid.Bool().Draw(t, "head") {
			o.Heads[d] = anyone(t, o)
		}
	}
	return o
}

// redraw makes somebody another person: nothing about people is for ever.
func redraw(t *rapid.T, o *enginetest.Org, p *enginetest.Person) {
	p.Department = rapid.SampledFrom(departments).Draw(t, "department")
	p.Manager = uuid.Nil
	if !oneIn(t, 4, "no manager") {
		p.Manager = anyone(t, o)
	}
	p.Roles = nil
	for _, r := range roleNames {
		if rapid.Bool().Draw(t, r) {
			p.Roles = append(p.Roles, r)
		}
	}
	p.Disabled = oneIn(t, 9, "disabled")
	p.Operator = oneIn(t, 4, "operator")
	delete(p.Attributes, "level_rank")
	if level := rapid.IntRange(0, 5).Draw(t, "level"); level > 0 {
		p.Attributes["level_rank"] = float64(level)
	}
}

// oneIn is true once in so many times. rapid's ranges would prefer small numbers.
func oneIn(t *rapid.T, n int, label string) bool {
	times := make([]bool, n)
	times[n-1] = true
	return rapid.SampledFrom(times).Draw(t, label)
}

func anyone(t *rapid.T, o *enginetest.Org) uuid.UUID {
	return rapid.SampledFrom(o.People).Draw(t, "who").ID
}

// anyDocument draws a valid definition: every step is reached by a chain from
// the start, and other arrows lead anywhere, also backwards.
func anyDocument(t *rapid.T) workflow.Document {
	d := workflow.Document{Key: "ANY", Name: "Any", Group: "Any", Form: anyForm(t)}
	inner := rapid.SampledFrom([]int{1, 2, 3, 4, 5, 6}).Draw(t, "steps")
	ids, tasks := []string{"submit"}, []string{}
	types := []workflow.StepType{workflow.Start}
	kinds := []workflow.StepType{workflow.TaskStep, workflow.TaskStep, workflow.Condition, workflow.Fork}
	if oneIn(t, 3, "it starts others") {
		kinds = append(kinds, workflow.SubWorkflow)
	}
	for i := range inner {
		ty := rapid.SampledFrom(kinds).Draw(t, "type")
		id := fmt.Sprintf("s%d", i+1)
		ids, types = append(ids, id), append(types, ty)
		switch ty {
		case workflow.TaskStep:
			tasks = append(tasks, id)
		case workflow.Fork:
			tasks = append(tasks, id+"_a", id+"_b")
		}
	}
	for i, id := range ids {
		next := "done"
		if i+1 < len(ids) {
			next = ids[i+1]
		}
		if types[i] == workflow.Fork {
			d.Steps = append(d.Steps, anyBlock(t, id, next, tasks, 0)...)
			continue
		}
		d.Steps = append(d.Steps, anyStep(t, id, types[i], next, ids, tasks))
	}
	d.Steps = append(d.Steps, workflow.Step{ID: "done", Type: workflow.End})
	if rapid.Bool().Draw(t, "rejected end") && len(tasks) > 0 {
		d.Steps = append(d.Steps, workflow.Step{ID: "no", Type: workflow.End, Outcome: workflow.OutcomeRejected})
		first := slices.IndexFunc(d.Steps, func(s workflow.Step) bool { return s.Type == workflow.TaskStep })
		d.Steps[first].Reject = &workflow.Builtin{Comment: "optional"}
	}
	d.Duties = anyDuties(t, tasks)
	return d
}

// anyLeaf draws a workflow that starts nothing itself.
func anyLeaf(t *rapid.T) workflow.Document {
	d := anyDocument(t)
	d.Key = "SUB"
	for i := range d.Steps {
		if s := &d.Steps[i]; s.Type == workflow.SubWorkflow {
			s.Type, s.Starts = workflow.Condition, nil
		}
	}
	return d
}

// anyBlock draws a fork with its branches and their join; inside of a branch there
// may be another one.
func anyBlock(t *rapid.T, id, next string, tasks []string, depth int) []workflow.Step {
	meet := id + "_j"
	out := []workflow.Step{{ID: id, Type: workflow.Fork}}
	for _, b := range []string{"a", "b"} {
		branch, to := id+"_"+b, meet
		if depth == 0 && oneIn(t, 4, "a fork inside") {
			to = id + "_" + b + "f"
			out = append(out, anyBlock(t, to, meet, tasks, 1)...)
		}
		s := anyStep(t, branch, workflow.TaskStep, to, []string{"submit"}, tasks)
		s.Transitions = s.Transitions[len(s.Transitions)-1:]
		out = append(out, s)
		a := workflow.Transition{ID: b, Name: b, To: branch}
		if oneIn(t, 3, "a branch with a rule") {
			a.When = rule.CEL(rapid.SampledFrom(conditions).Draw(t, "when"))
		}
		out[0].Transitions = append(out[0].Transitions, a)
	}
	j := workflow.Step{ID: meet, Type: workflow.Join, Transitions: []workflow.Transition{{ID: "go", To: next}}}
	switch rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "waits") {
	case 1:
		j.Wait = &workflow.Wait{For: "1"}
	case 2:
		j.Wait = &workflow.Wait{Until: rule.CEL("form.n > 3")}
	}
	return append(out, j)
}

// anyVote draws how several people decide a step.
func anyVote(t *rapid.T, s *workflow.Step) {
	need := func() string {
		return rapid.SampledFrom([]string{"", "any", "1", "2", "50%", "100%"}).Draw(t, "need")
	}
	v := &workflow.Vote{Sequence: oneIn(t, 3, "sequence"), Veto: oneIn(t, 4, "veto")}
	plain := func() *workflow.Assignee {
		return rapid.SampledFrom([]*workflow.Assignee{
			{Strategy: workflow.ByRule, Candidates: rule.CEL(rapid.SampledFrom(candidateRules).Draw(t, "candidates"))},
			{Strategy: workflow.ByRole, Role: rapid.SampledFrom(roleNames).Draw(t, "role")},
			{Strategy: workflow.Manager, Levels: rapid.IntRange(0, 3).Draw(t, "levels")},
			{Strategy: workflow.NamedUser, Users: []string{"p1@any.example", "p2@any.example", "p3@any.example"}},
		}).Draw(t, "voters")
	}
	s.Vote = v
	if oneIn(t, 3, "groups") {
		s.Assignee = nil
		v.Groups = []workflow.VoteGroup{{ID: "g1", Assignee: plain(), Need: need()}, {ID: "g2", Assignee: plain(), Need: need()}}
		return
	}
	v.Need = need()
	s.Assignee = plain()
	if oneIn(t, 4, "chosen voters") {
		s.Assignee = &workflow.Assignee{Strategy: workflow.Chosen}
	}
}

func anyForm(t *rapid.T) form.Form {
	f := form.Form{Fields: []form.Field{
		{Name: "n", Type: form.Number},
		{Name: "flag", Type: form.YesNo},
		{Name: "who", Type: form.User},
		{Name: "double", Type: form.Number, Calculate: rule.CEL("form.n * 2.0")},
		{Name: "note", Type: form.Text, VisibleWhen: rule.CEL("form.n > 3")},
		{Name: "rows", Type: form.Table, Columns: []form.Field{{Name: "who", Type: form.User}, {Name: "got", Type: form.Text}}},
	}}
	if rapid.Bool().Draw(t, "level field") {
		f.Fields = append(f.Fields, form.Field{Name: "level", Type: form.Number, Calculate: rule.CEL("initiator.level_rank + 1.0")})
	}
	if rapid.Bool().Draw(t, "narrowed") {
		f.Fields[2].People = rule.CEL(`user.department == "A"`)
	}
	return f
}

func anyStep(t *rapid.T, id string, ty workflow.StepType, next string, ids, tasks []string) workflow.Step {
	s := workflow.Step{ID: id, Type: ty, Transitions: []workflow.Transition{{ID: "on", Name: "On", To: next, Kind: anyKind(t)}}}
	for i := range rapid.SampledFrom([]int{0, 1, 2}).Draw(t, "further arrows") {
		to := rapid.SampledFrom(append([]string{"done"}, ids[1:]...)).Draw(t, "to")
		if to == id {
			continue
		}
		a := workflow.Transition{ID: fmt.Sprintf("t%d", i), Name: fmt.Sprintf("T%d", i), To: to}
		if ty != workflow.TaskStep || rapid.Bool().Draw(t, "with a rule") {
			a.When = rule.CEL(rapid.SampledFrom(conditions).Draw(t, "when"))
		}
		if ty == workflow.TaskStep {
			a.Kind = anyKind(t)
		}
		s.Transitions = append([]workflow.Transition{a}, s.Transitions...)
	}
	if ty == workflow.SubWorkflow {
		s.Starts = anyStarts(t)
	}
	if ty == workflow.TaskStep {
		s.Assignee = anyAssignee(t, id, tasks)
		if oneIn(t, 3, "a vote") {
			anyVote(t, &s)
		}
		if oneIn(t, 6, "without") {
			s.Without = []workflow.Act{workflow.ActDelegate, workflow.ActAddApprover}
		}
		s.Fields = anyColumn(t)
		switch rapid.SampledFrom([]int{0, 1, 2, 3, 4}).Draw(t, "built in") {
		case 0:
			s.SendBack = &workflow.Builtin{Off: true}
		case 1:
			s.SendBack = &workflow.Builtin{To: []string{workflow.ToInitiator}, Comment: "optional"}
		case 2:
			s.Reject = &workflow.Builtin{Comment: "optional"}
		}
	}
	return s
}

// anyStarts draws what a step starts: mostly requests of another workflow, rarely of
// its own, or of one that is not there.
func anyStarts(t *rapid.T) *workflow.Starts {
	s := &workflow.Starts{
		Workflow: rapid.SampledFrom([]string{"SUB", "SUB", "SUB", "ANY", "GONE"}).Draw(t, "starts"),
		By:       rapid.SampledFrom([]string{"", "", "last", "who"}).Draw(t, "by"),
		Values:   map[string]rule.Source{"flag": rule.CEL("form.flag")},
		Wait:     rapid.SampledFrom([]string{"", "", "", "none"}).Draw(t, "wait"),
	}
	if !oneIn(t, 4, "without a value it may need") {
		s.Values["n"] = rule.CEL("7")
	}
	if s.Wait == "" && rapid.Bool().Draw(t, "takes") {
		s.Take = map[string]string{"n": "form.n", "note": "outcome"}
	}
	if rapid.Bool().Draw(t, "each") {
		s.Each, s.Take = "rows", nil
		if s.Wait == "" && rapid.Bool().Draw(t, "takes into rows") {
			s.Take = map[string]string{"got": "number"}
		}
		if s.Wait == "" && rapid.Bool().Draw(t, "the first") {
			s.Wait, s.Rest = "1", rapid.SampledFrom([]string{"", "finish"}).Draw(t, "rest")
		}
	}
	return s
}

func anyKind(t *rapid.T) workflow.Kind {
	return rapid.SampledFrom([]workflow.Kind{workflow.Approve, workflow.Forward, workflow.Reject}).Draw(t, "kind")
}

func anyColumn(t *rapid.T) map[string]form.Mode {
	out := map[string]form.Mode{}
	for _, f := range []string{"n", "flag", "who", "note", "rows"} {
		m := rapid.SampledFrom([]form.Mode{"", "", "", form.Edit, form.Edit, form.Edit, form.Hidden, form.Required}).Draw(t, f)
		if m != "" {
			out[f] = m
		}
	}
	return out
}

// anyAssignee draws one of all strategies.
func anyAssignee(t *rapid.T, id string, tasks []string) *workflow.Assignee {
	candidates := rule.CEL(rapid.SampledFrom(candidateRules).Draw(t, "candidates"))
	pick := rapid.SampledFrom([]string{"", "only", "round_robin", "least_loaded", "random", "claim"}).Draw(t, "pick")
	of := rapid.SampledFrom([]string{"", "initiator", "last"}).Draw(t, "of")
	others := slices.DeleteFunc(slices.Clone(tasks), func(s string) bool { return s == id })
	all := []*workflow.Assignee{
		{Strategy: workflow.Chosen, Candidates: candidates},
		{Strategy: workflow.Chosen},
		{Strategy: workflow.ByRule, Candidates: candidates, Pick: pick},
		{Strategy: workflow.Initiator},
		{Strategy: workflow.Manager, Of: of, Levels: rapid.IntRange(0, 3).Draw(t, "levels")},
		{Strategy: workflow.Claim, Candidates: candidates},
		{Strategy: workflow.NamedUser, User: fmt.Sprintf("p%d@any.example", rapid.IntRange(1, 8).Draw(t, "user"))},
		{Strategy: workflow.ByRole, Role: rapid.SampledFrom(roleNames).Draw(t, "role"), Pick: pick},
		{Strategy: workflow.ByField, Field: "who"},
		{Strategy: workflow.DeptHead, Of: of},
		{Strategy: workflow.DeptHead, Dept: "A"},
	}
	if len(others) > 0 {
		all = append(all, &workflow.Assignee{Strategy: workflow.Previous, Step: rapid.SampledFrom(others).Draw(t, "previous")})
	}
	return rapid.SampledFrom(all).Draw(t, "strategy")
}

func anyDuties(t *rapid.T, tasks []string) *workflow.Duties {
	d := &workflow.Duties{InitiatorDecides: oneIn(t, 3, "decides his own"), SkipRepeated: oneIn(t, 3, "skips")}
	for range rapid.IntRange(0, 2).Draw(t, "pairs") {
		if len(tasks) < 2 {
			break
		}
		pair := rapid.Permutation(tasks).Draw(t, "apart")
		d.Apart = append(d.Apart, [2]string{pair[0], pair[1]})
	}
	return d
}

// anotherVersion draws what a designer made of a definition: another one altogether, or
// the same with a step under another id, one more, one less, or asked otherwise.
func anotherVersion(t *rapid.T, v *workflow.Version) *workflow.Version {
	d := v.Document
	if oneIn(t, 3, "all is new") {
		d = anyDocument(t)
	}
	var tasks []int
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		d, tasks = copied(d), tasks[:0]
		for i, s := range d.Steps {
			if s.Type == workflow.TaskStep {
				tasks = append(tasks, i)
			}
		}
		if len(tasks) == 0 {
			break
		}
		i := rapid.SampledFrom(tasks).Draw(t, "changed step")
		var more workflow.Document
		switch s := &d.Steps[i]; rapid.SampledFrom([]string{"rename", "drop", "insert", "ask", "need", "field", "duties", "duties"}).Draw(t, "change") {
		case "rename":
			more = renamedStep(d, s.ID, s.ID+"x")
		case "drop":
			on := s.Transitions[len(s.Transitions)-1].To
			more = renamedStep(d, s.ID, on)
			more.Steps = slices.Delete(more.Steps, i, i+1)
		case "insert":
			more = d
			x := anyStep(t, s.ID+"n", workflow.TaskStep, s.Transitions[0].To, []string{"submit"}, nil)
			x.Transitions = x.Transitions[len(x.Transitions)-1:]
			s.Transitions[0].To = x.ID
			more.Steps = slices.Insert(more.Steps, i+1, x)
		case "ask":
			s.Assignee, s.Vote = anyAssignee(t, s.ID, nil), nil
			if oneIn(t, 3, "a vote now") {
				anyVote(t, s)
			}
			more = d
		case "need":
			if s.Vote != nil && len(s.Vote.Groups) == 0 {
				s.Vote.Need = rapid.SampledFrom([]string{"", "any", "1", "2", "50%"}).Draw(t, "another need")
			}
			more = d
		case "duties":
			d.Duties = anyDuties(t, []string{s.ID, d.Steps[tasks[0]].ID})
			more = d
		case "field":
			d.Form = anyForm(t)
			if oneIn(t, 2, "of another type") {
				d.Form.Fields[4].Type = form.Number
			}
			more = d
		}
		if _, ps := workflow.Compile(more, workflow.Org{}); len(ps) == 0 {
			d = more
		}
	}
	out, ps := workflow.Compile(d, workflow.Org{})
	if len(ps) > 0 {
		return v
	}
	return out
}

// copied is a copy of a definition that shares nothing with it.
func copied(d workflow.Document) workflow.Document {
	text, err := d.JSON()
	if err != nil {
		panic(err)
	}
	out, ps := workflow.ParseJSON(text)
	if len(ps) > 0 {
		panic(ps)
	}
	return out
}

// renamedStep is a definition with another id for a step, wherever it is spoken of.
func renamedStep(d workflow.Document, from, to string) workflow.Document {
	text, err := d.JSON()
	if err != nil {
		panic(err)
	}
	out, ps := workflow.ParseJSON(bytes.ReplaceAll(text, []byte(`"`+from+`"`), []byte(`"`+to+`"`)))
	if len(ps) > 0 {
		return d
	}
	return out
}
