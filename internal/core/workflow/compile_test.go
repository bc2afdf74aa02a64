package workflow

import (
	"slices"
	"strings"
	"testing"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

const leaveYAML = `
key: LEAVE
name: Leave application
group: HR
icon: beach
title: 'initiator.name + ": leave"'
visible_to: user.status == "active"
params:
  - {name: long, label: Long leave, type: number, value: 10}
form:
  fields:
    - {name: leave_from, type: date, label: Leave from, required: true}
    - {name: leave_to, type: date, label: Leave to, required: true}
    - {name: days, type: number, calculate: 'workdays(form.leave_from, form.leave_to)'}
    - {name: cover, type: user}
    - {name: hint, type: note}
steps:
  - {id: submit, type: start}
  - id: manager
    type: task
    name: Manager
    assignee: {strategy: manager, of: initiator}
    sla: {limit: 2d, remind: [1d], escalate: manager}
    fields: {cover: edit}
    transitions:
      - {id: next, to: length, kind: approve}
      - {id: "no", to: rejected, name: Reject, kind: reject}
  - id: length
    type: condition
    transitions:
      - {id: long, to: boss, when: form.days > params.long}
      - {id: short, to: hr}
  - id: boss
    type: task
    assignee: {strategy: manager, levels: 2}
    transitions: [{id: ok, to: hr, name: Approve, kind: approve, comment: required}]
  - id: hr
    type: task
    name: HR
    assignee: {strategy: chosen, candidates: user.department == "HR"}
    transitions: [{id: ok, to: approved, name: Approve, kind: approve}]
    reject: {name: Decline, comment: optional}
    send_back: {to: [previous, boss], name: Ask again}
  - {id: approved, type: end, name: Approved}
  - {id: rejected, type: end, name: Rejected, outcome: rejected}
sla: {soft: 5d, hard: 2w, calendar: working, escalate: none}
notify: {events: [run.started, run.completed], stakeholders: [asha@example.com]}
duties: {apart: [[manager, hr], [boss, hr]]}
audiences: {others: {cover: hidden}, initiator: {hint: read}}
canvas: {manager: [320, 80]}
`

var testOrg = Org{
	User:        rule.Schema{"grade": {Kind: rule.Text}},
	Roles:       []string{"director"},
	Departments: []string{"HR"},
	Users:       func(s string) bool { return s == "asha@example.com" },
}

func leave(t testing.TB) Document {
	t.Helper()
	d, ps := ParseYAML([]byte(leaveYAML))
	if len(ps) > 0 {
		t.Fatalf("the sample is refused: %v", ps)
	}
	return d
}

func TestCompile(t *testing.T) {
	v, ps := Compile(leave(t), testOrg)
	if len(ps) > 0 {
		t.Fatalf("refused: %v", ps)
	}
	if v.Start().ID != "submit" || len(v.Nodes()) != 7 || v.Node("hr").Label != "HR" || v.Node("boss").Label != "Boss" || v.Node("x") != nil {
		t.Errorf("the nodes are wrong: %v", v.Nodes())
	}
	next := v.Start().Transitions
	if len(next) != 1 || next[0].Target != v.Node("manager") || next[0].Label != "Manager" || next[0].Kind != Forward {
		t.Errorf("the start leads to %+v", next)
	}
	if v.Params["long"] != 10.0 || v.Prefix() != "LEAVE" || v.Form == nil || v.Title == nil || v.VisibleTo == nil {
		t.Errorf("the version is incomplete: %+v", v)
	}
	if v.RejectedEnd() != v.Node("rejected") || v.Node("approved").Outcome != "approved" {
		t.Error("the outcomes are wrong")
	}
	if v.MayDecideOwn() || !slices.Equal(v.Apart("hr"), []string{"manager", "boss"}) || !slices.Equal(v.Apart("boss"), []string{"hr"}) || v.Apart("submit") != nil {
		t.Errorf("the duties are wrong: %v", v.Apart("hr"))
	}
	if v.Audience(form.ToOthers)["cover"] != form.Hidden {
		t.Error("the audiences are wrong")
	}
}

func TestNode(t *testing.T) {
	v, ps := Compile(leave(t), testOrg)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	manager, length, boss, hr := v.Node("manager"), v.Node("length"), v.Node("boss"), v.Node("hr")
	if a := manager.Arrow("next"); a.Label != "Length" || a.Kind != Approve || a.CommentRequired {
		t.Errorf("got %+v", a)
	}
	if a := manager.Arrow("no"); !a.CommentRequired || manager.Arrow("x") != nil {
		t.Error("a rejection asks for no reason")
	}
	if !boss.Arrow("ok").CommentRequired {
		t.Error("the required comment is not asked for")
	}
	if manager.CanReject() || !hr.CanReject() || !boss.CanReject() || length.CanReject() || v.Start().CanReject() {
		t.Error("the built-in Reject is offered in the wrong place")
	}
	if hr.RejectLabel() != "Decline" || hr.RejectCommentRequired() || boss.RejectLabel() != "Reject" || !boss.RejectCommentRequired() {
		t.Error("the built-in Reject is wrong")
	}
	if !hr.CanSendBack(ToPrevious) || hr.CanSendBack(ToInitiator) || !hr.CanSendBack("boss") || !boss.CanSendBack(ToInitiator) || length.CanSendBack(ToPrevious) {
		t.Error("Send back is offered in the wrong place")
	}
	if hr.SendBackLabel() != "Ask again" || boss.SendBackLabel() != "Send back" || !hr.SendBackCommentRequired() {
		t.Error("Send back is called wrongly")
	}
	if length.Default().ID != "short" || length.Arrow("long").When == nil {
		t.Error("the condition is wrong")
	}
	if hr.Assign.Candidates == nil || hr.Assign.Strategy != Chosen || manager.Assign.Levels != 1 || boss.Assign.Of != OfInitiator || boss.Assign.Levels != 2 {
		t.Errorf("the assignees are wrong: %+v", boss.Assign)
	}
	ok, err := length.Arrow("long").When.Bool(rule.Input{Form: map[string]any{"days": 11.0}, Params: v.Params})
	if !ok || err != nil {
		t.Errorf("the rule gives %v, %v", ok, err)
	}
}

// Ensure an explicit built-in Reject stays beside an arrow of kind reject.
func TestCanReject(t *testing.T) {
	d := leave(t)
	d.Steps[1].Reject = &Builtin{Name: "For good"}
	d.Steps[4].Reject = &Builtin{Off: true}
	d.Steps[4].SendBack = &Builtin{Off: true}
	v, ps := Compile(d, testOrg)
	if len(ps) > 0 || !v.Node("manager").CanReject() || v.Node("hr").CanReject() || v.Node("hr").CanSendBack(ToPrevious) {
		t.Errorf("Reject is offered in the wrong place: %v", ps)
	}
}

func TestRunTitle(t *testing.T) {
	d := leave(t)
	title := func(src string, in rule.Input) string {
		d.Title = rule.CEL(src)
		v, ps := Compile(d, testOrg)
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		return v.RunTitle(in)
	}
	in := rule.Input{Initiator: map[string]any{"name": " Asha\n Rao "}}
	for src, want := range map[string]string{
		"":                                   "Leave application",
		`initiator.name + ": leave"`:         "Asha Rao : leave",
		`initiator.city + " leave"`:          "Leave application",
		`""`:                                 "Leave application",
		`"` + strings.Repeat("ü", 300) + `"`: strings.Repeat("ü", 199) + "…",
	} {
		if got := title(src, in); got != want {
			t.Errorf("%s gives %q, want %q", src, got, want)
		}
	}
}

// Ensure every way to draw a wrong workflow is told, at its place.
func TestCompileProblems(t *testing.T) {
	task := func(id, to string) Step {
		return Step{ID: id, Type: TaskStep, Assignee: &Assignee{Strategy: Initiator}, Transitions: []Transition{{ID: "go", To: to}}}
	}
	assignee := func(a Assignee) func(*Document) { return func(d *Document) { d.Steps[3].Assignee = &a } }
	for name, x := range map[string]struct {
		spoil func(d *Document)
		want  string
	}{
		"key":                   {func(d *Document) { d.Key = "leave" }, `key: "leave" cannot be a key`},
		"prefix":                {func(d *Document) { d.Prefix = "a-b" }, `prefix: "a-b" cannot be a prefix`},
		"icon":                  {func(d *Document) { d.Icon = "<b>" }, `icon: "<b>" is not the name of an icon`},
		"name":                  {func(d *Document) { d.Name = " " }, "name: Give it a name"},
		"name too long":         {func(d *Document) { d.Name = strings.Repeat("x", 101) }, "name: It has 101 characters; at most 100 fit"},
		"name with space":       {func(d *Document) { d.Name = " Leave" }, "name: Remove the spaces around it"},
		"group":                 {func(d *Document) { d.Group = "" }, "group: Give it a group"},
		"title":                 {func(d *Document) { d.Title = rule.CEL("form.days") }, "title: "},
		"title of user":         {func(d *Document) { d.Title = rule.CEL("user.name") }, "title: "},
		"visible_to":            {func(d *Document) { d.VisibleTo = rule.CEL("user.shoe == 3") }, "visible_to: "},
		"visible_to, no search": {func(d *Document) { d.VisibleTo = rule.CEL(`lower(user.name).matches("a+")`) }, "visible_to: This rule cannot search people"},
		"form":                  {func(d *Document) { d.Form.Fields[0].Type = "x" }, `form.fields.0.type: There is no field type "x"`},
		"rule of form":          {func(d *Document) { d.Form.Fields[2].Calculate = rule.CEL("form.x") }, "form.fields.2.calculate: "},

		"param name":          {func(d *Document) { d.Params[0].Name = "Long" }, `params.0.name: "Long" cannot be a name`},
		"param twice":         {func(d *Document) { d.Params = append(d.Params, d.Params[0]) }, `params.1.name: The name "long" is used by another parameter`},
		"param type":          {func(d *Document) { d.Params[0].Type = form.Table }, `params.0.type: A parameter cannot be of type "table"`},
		"param without value": {func(d *Document) { d.Params[0].Value = nil }, "params.0.value: Fill in Long leave before publishing"},
		"param of wrong type": {func(d *Document) { d.Params[0].Value = "ten" }, "params.0.value: Long leave must be a number"},
		"too many params":     {func(d *Document) { d.Params = make([]Param, 51) }, "params: A workflow has at most 50 parameters"},

		"no steps":           {func(d *Document) { d.Steps = nil }, "steps: There is no start step"},
		"no end":             {func(d *Document) { d.Steps = d.Steps[:5] }, "steps: There is no end step"},
		"too many steps":     {func(d *Document) { d.Steps = append(d.Steps, make([]Step, 200)...) }, "steps: A workflow has at most 200 steps"},
		"two starts":         {func(d *Document) { d.Steps[2].Type = Start }, "steps.length.type: There is a start step already, submit"},
		"id":                 {func(d *Document) { d.Steps[3].ID = "Boss" }, `steps.3.id: "Boss" cannot be an id`},
		"id twice":           {func(d *Document) { d.Steps[3].ID = "hr" }, `steps.4.id: The id "hr" is used by another step`},
		"id that is a word":  {func(d *Document) { d.Steps[3].ID = "previous" }, `steps.3.id: "previous" means something else`},
		"type":               {func(d *Document) { d.Steps[3].Type = "robot" }, `steps.boss.type: There is no step type "robot"`},
		"type of later":      {func(d *Document) { d.Steps[3].Type = "delay" }, "steps.boss.type: A step of type delay is not available yet"},
		"http step":          {func(d *Document) { d.Steps[3].Type = "http" }, "steps.boss.type: A step of type http is not available yet"},
		"same name":          {func(d *Document) { d.Steps[3].Name = "hr" }, `steps.hr.name: The name "HR" is used by steps.boss already`},
		"same name, derived": {func(d *Document) { d.Steps[1].Name = "boss" }, `steps.boss.name: The name "Boss" is used by steps.manager already`},

		"unreachable":       {func(d *Document) { d.Steps = append(d.Steps, task("lost", "hr")) }, "steps.lost: No path leads from the start to Lost"},
		"unreachable end":   {func(d *Document) { d.Steps = append(d.Steps, Step{ID: "lost", Type: End}) }, "steps.lost: No path leads from the start to Lost"},
		"endless":           {func(d *Document) { d.Steps[4].Transitions[0].To = "boss"; d.Steps[1].Transitions[1].To = "hr" }, "steps.hr: No path leads from HR to an end step"},
		"no target":         {func(d *Document) { d.Steps[1].Transitions[0].To = "" }, "steps.manager.transitions.0.to: Say which step"},
		"unknown target":    {func(d *Document) { d.Steps[1].Transitions[0].To = "x" }, `steps.manager.transitions.0.to: There is no step "x"`},
		"to itself":         {func(d *Document) { d.Steps[1].Transitions[0].To = "manager" }, "steps.manager.transitions.0.to: A transition cannot lead from a step to itself"},
		"to the start":      {func(d *Document) { d.Steps[1].Transitions[0].To = "submit" }, "steps.manager.transitions.0.to: A transition cannot lead to the start"},
		"arrow id":          {func(d *Document) { d.Steps[1].Transitions[0].ID = "" }, `steps.manager.transitions.0.id: "" cannot be an id`},
		"arrow id twice":    {func(d *Document) { d.Steps[1].Transitions[1].ID = "next" }, `steps.manager.transitions.1.id: The id "next" is used by another transition`},
		"arrow id reserved": {func(d *Document) { d.Steps[1].Transitions[0].ID = "reject" }, "steps.manager.transitions.0.id: reject is the id of the built-in Reject"},
		"arrow name twice":  {func(d *Document) { d.Steps[1].Transitions[0].Name = "reject" }, `steps.manager.transitions.1.name: Another transition of this step is called "Reject" too`},
		"kind":              {func(d *Document) { d.Steps[1].Transitions[0].Kind = "maybe" }, `steps.manager.transitions.0.kind: There is no kind "maybe"`},
		"comment":           {func(d *Document) { d.Steps[1].Transitions[0].Comment = "yes" }, `steps.manager.transitions.0.comment: "yes" is neither required nor optional`},
		"comment by nobody": {func(d *Document) { d.Steps[2].Transitions[0].Comment = "required" }, "steps.length.transitions.0.comment: Nobody chooses this transition"},
		"when":              {func(d *Document) { d.Steps[2].Transitions[0].When = rule.CEL("form.days") }, "steps.length.transitions.0.when: "},
		"when over a step":  {func(d *Document) { d.Steps[2].Transitions[0].When = rule.CEL(`prev.step == "bos"`) }, `steps.length.transitions.0.when: The rule compares with a step "bos"`},
		"too many arrows":   {func(d *Document) { d.Steps[1].Transitions = make([]Transition, 51) }, "steps.manager.transitions: A step has at most 50 transitions"},
		"no default":        {func(d *Document) { d.Steps[2].Transitions[1].When = rule.CEL("true") }, "steps.length.transitions: One transition must have no rule"},
		"two defaults":      {func(d *Document) { d.Steps[2].Transitions[0].When = rule.Source{} }, "steps.length.transitions: 2 transitions have no rule"},
		"empty condition":   {func(d *Document) { d.Steps[2].Transitions = nil }, "steps.length.transitions: The step leads nowhere"},
		"start with no rule": {func(d *Document) {
			d.Steps[0].Transitions = []Transition{{ID: "a", To: "manager"}, {ID: "b", To: "hr"}}
		}, "steps.submit.transitions: 2 transitions have no rule"},
		"start, one rule": {func(d *Document) {
			d.Steps[0].Transitions = []Transition{{ID: "a", To: "manager", When: rule.CEL("true")}}
		}, "steps.submit.transitions: One transition must have no rule"},
		"start at the end":   {func(d *Document) { d.Steps = append(d.Steps[1:], d.Steps[0]) }, "steps.submit: The start leads nowhere"},
		"end goes on":        {func(d *Document) { d.Steps[5].Transitions = []Transition{{ID: "a", To: "hr"}} }, "steps.approved.transitions: An end step has no transitions"},
		"task without arrow": {func(d *Document) { d.Steps[4].Transitions = nil }, "steps.hr.transitions: A task step needs at least one transition"},

		"no assignee":           {func(d *Document) { d.Steps[3].Assignee = nil }, "steps.boss.assignee: A task step needs an assignee"},
		"strategy":              {assignee(Assignee{Strategy: "luck"}), `steps.boss.assignee.strategy: There is no strategy "luck"`},
		"rule without one":      {assignee(Assignee{Strategy: ByRule}), "steps.boss.assignee.candidates: The strategy rule needs candidates"},
		"claim without one":     {assignee(Assignee{Strategy: Claim}), "steps.boss.assignee.candidates: The strategy claim needs candidates"},
		"role without one":      {assignee(Assignee{Strategy: ByRole}), "steps.boss.assignee.role: The strategy role needs role"},
		"unknown role":          {assignee(Assignee{Strategy: ByRole, Role: "king"}), `steps.boss.assignee.role: There is no role "king"`},
		"field without one":     {assignee(Assignee{Strategy: ByField}), "steps.boss.assignee.field: The strategy field needs field"},
		"field of another type": {assignee(Assignee{Strategy: ByField, Field: "days"}), `steps.boss.assignee.field: "days" is not a field of type user`},
		"unknown field":         {assignee(Assignee{Strategy: ByField, Field: "x"}), `steps.boss.assignee.field: "x" is not a field of type user`},
		"previous of no task":   {assignee(Assignee{Strategy: Previous, Step: "submit"}), `steps.boss.assignee.step: "submit" is not the id of another task step`},
		"previous of itself":    {assignee(Assignee{Strategy: Previous, Step: "boss"}), `steps.boss.assignee.step: "boss" is not the id of another task step`},
		"unknown user":          {assignee(Assignee{Strategy: NamedUser, User: "x@example.com"}), `steps.boss.assignee.user: There is no active person "x@example.com"`},
		"unknown department":    {assignee(Assignee{Strategy: DeptHead, Dept: "FIN"}), `steps.boss.assignee.department: There is no department "FIN"`},
		"department twice":      {assignee(Assignee{Strategy: DeptHead, Dept: "HR", Of: "last"}), "steps.boss.assignee.of: Name either a department or whose"},
		"of":                    {assignee(Assignee{Strategy: Manager, Of: "boss"}), `steps.boss.assignee.of: "boss" is neither initiator nor last`},
		"levels":                {assignee(Assignee{Strategy: Manager, Levels: 11}), "steps.boss.assignee.levels: Use 1 to 10 levels"},
		"negative levels":       {assignee(Assignee{Strategy: Manager, Levels: -1}), "steps.boss.assignee.levels: Use 1 to 10 levels"},
		"pick":                  {assignee(Assignee{Strategy: ByRole, Role: "director", Pick: "best"}), `steps.boss.assignee.pick: "best" is no way to pick`},
		"of no use":             {assignee(Assignee{Strategy: Initiator, Levels: 2}), "steps.boss.assignee.levels: The strategy initiator has no use for levels"},
		"candidates":            {assignee(Assignee{Strategy: Claim, Candidates: rule.CEL("user.level")}), "steps.boss.assignee.candidates: "},
		"candidates of a field": {assignee(Assignee{Strategy: Claim, Candidates: rule.CEL("user.id == form.x")}), "steps.boss.assignee.candidates: "},

		"assignee of an end":     {func(d *Document) { d.Steps[5].Assignee = &Assignee{Strategy: Initiator} }, "steps.approved.assignee: A step of type end has no assignee"},
		"reject of a start":      {func(d *Document) { d.Steps[0].Reject = &Builtin{} }, "steps.submit.reject: A step of type start has no reject"},
		"send_back of condition": {func(d *Document) { d.Steps[2].SendBack = &Builtin{} }, "steps.length.send_back: A step of type condition has no send_back"},
		"sla of a condition":     {func(d *Document) { d.Steps[2].SLA = &SLA{Limit: "1d"} }, "steps.length.sla: A step of type condition has no sla"},
		"fields of an end":       {func(d *Document) { d.Steps[5].Fields = map[string]form.Mode{"days": form.Read} }, "steps.approved.fields: A step of type end has no fields"},
		"outcome of a task":      {func(d *Document) { d.Steps[1].Outcome = "x" }, "steps.manager.outcome: A step of type task has no outcome"},
		"reject leads":           {func(d *Document) { d.Steps[4].Reject.To = []string{"boss"} }, "steps.hr.reject.to: Reject ends the request"},
		"reject comment":         {func(d *Document) { d.Steps[4].Reject.Comment = "no" }, `steps.hr.reject.comment: "no" is neither required nor optional`},
		"send back comment":      {func(d *Document) { d.Steps[4].SendBack.Comment = "no" }, `steps.hr.send_back.comment: "no" is neither`},
		"send back to nowhere":   {func(d *Document) { d.Steps[4].SendBack.To[1] = "x" }, `steps.hr.send_back.to.1: "x" is neither previous, initiator nor`},
		"send back to condition": {func(d *Document) { d.Steps[4].SendBack.To[1] = "length" }, `steps.hr.send_back.to.1: "length" is neither previous`},
		"two rejects":            {func(d *Document) { d.Steps[1].Transitions[1].ID = "reject"; d.Steps[1].Reject = &Builtin{} }, "steps.manager.transitions.1.id: reject is the id of the built-in Reject"},

		"matrix of nothing":    {func(d *Document) { d.Steps[1].Fields["x"] = form.Edit }, `steps.manager.fields.x: There is no field "x"`},
		"matrix mode":          {func(d *Document) { d.Steps[1].Fields["cover"] = "write" }, `steps.manager.fields.cover: "write" is not a mode here. Use hidden, read, edit or required`},
		"matrix calculated":    {func(d *Document) { d.Steps[1].Fields["days"] = form.Edit }, `steps.manager.fields.days: The field "days" is calculated`},
		"matrix of a note":     {func(d *Document) { d.Steps[1].Fields["hint"] = form.Required }, `steps.manager.fields.hint: The field "hint" is a note`},
		"unknown audience":     {func(d *Document) { d.Audiences["world"] = nil }, `audiences.world: There is no audience "world"`},
		"audience that edits":  {func(d *Document) { d.Audiences[form.ToOthers]["cover"] = form.Edit }, `audiences.others.cover: "edit" is not a mode here. Use hidden or read`},
		"audience of nothing":  {func(d *Document) { d.Audiences[form.ToOthers]["x"] = form.Read }, `audiences.others.x: There is no field "x"`},
		"duty of no task":      {func(d *Document) { d.Duties.Apart[0][1] = "length" }, `duties.apart.0.1: "length" is not the id of a task step`},
		"duty with itself":     {func(d *Document) { d.Duties.Apart[1] = [2]string{"hr", "hr"} }, "duties.apart.1: A pair names two different steps"},
		"limit":                {func(d *Document) { d.Steps[1].SLA.Limit = "2 days" }, `steps.manager.sla.limit: "2 days" is not a duration`},
		"soft of a step":       {func(d *Document) { d.Steps[1].SLA.Soft = "1d" }, "steps.manager.sla.soft: Soft and hard limits are for the whole workflow"},
		"hard of a step":       {func(d *Document) { d.Steps[1].SLA.Hard = "1d" }, "steps.manager.sla.hard: Soft and hard limits are for the whole workflow"},
		"soft beyond hard":     {func(d *Document) { d.SLA.Soft = "3w" }, "sla.soft: The soft limit 3w is not shorter than the hard one, 2w"},
		"calendar":             {func(d *Document) { d.SLA.Calendar = "moon" }, `sla.calendar: "moon" is neither working nor calendar`},
		"remind":               {func(d *Document) { d.Steps[1].SLA.Remind = []string{"1d", "soon"} }, `steps.manager.sla.remind.1: "soon" is not a duration`},
		"remind of nothing":    {func(d *Document) { d.Steps[1].SLA.Remind = []string{""} }, "steps.manager.sla.remind.0: Say how long before"},
		"remind too early":     {func(d *Document) { d.Steps[1].SLA.Remind[0] = "2d" }, "steps.manager.sla.remind.0: The reminder 2d is not shorter than the limit, 2d"},
		"remind without limit": {func(d *Document) { d.Steps[1].SLA.Limit = "" }, "steps.manager.sla.remind.0: A reminder comes before a limit"},
		"escalate":             {func(d *Document) { d.Steps[1].SLA.Escalate = "ok" }, `steps.manager.sla.escalate: "ok" is neither manager, none, a rule nor the id of a transition`},
		"escalate whole":       {func(d *Document) { d.SLA.Escalate = "next" }, `sla.escalate: "next" is neither manager, none nor a rule`},
		"escalate by rule":     {func(d *Document) { d.SLA.Escalate = `user.shoe == "x"` }, "sla.escalate: "},
		"events":               {func(d *Document) { d.Notify.Events = "some" }, `notify.events: "some" is neither all, none nor a list`},
		"unknown event":        {func(d *Document) { d.Notify.Events = []any{"run.started", "coffee"} }, `notify.events.1: There is no event "coffee"`},
		"events of a kind":     {func(d *Document) { d.Notify.Events = 7.0 }, "notify.events: Use all, none or a list of events"},
		"stakeholder":          {func(d *Document) { d.Notify.Stakeholders[0] = "x@example.com" }, `notify.stakeholders.0: There is no active person "x@example.com"`},
		"empty stakeholder":    {func(d *Document) { d.Notify.Stakeholders[0] = "" }, "notify.stakeholders.0: Name a person"},
	} {
		t.Run(name, func(t *testing.T) {
			d := leave(t)
			x.spoil(&d)
			v, ps := Compile(d, testOrg)
			if v != nil || len(ps) == 0 {
				t.Fatal("the workflow is accepted")
			}
			for _, p := range ps {
				if strings.HasPrefix(p.String(), x.want) {
					if strings.HasSuffix(x.want, ": ") && p.Line == 0 {
						t.Errorf("the problem of the rule has no line: %+v", p)
					}
					return
				}
			}
			t.Errorf("got\n%v\nwant %q", ps, x.want)
		})
	}
}

// Ensure what is right is not refused.
func TestCompileAccepts(t *testing.T) {
	for name, change := range map[string]func(d *Document){
		"escalation to a transition": func(d *Document) { d.Steps[1].SLA.Escalate = "no" },
		"escalation by rule":         func(d *Document) { d.SLA.Escalate = `user.department == "HR" && user.grade == "A"` },
		"a start with rules": func(d *Document) {
			d.Steps[0].Transitions = []Transition{{ID: "a", To: "hr", When: rule.CEL("form.days > 3")}, {ID: "b", To: "manager"}}
		},
		"an arrow drawn backwards": func(d *Document) {
			d.Steps[4].Transitions = append(d.Steps[4].Transitions, Transition{ID: "again", To: "manager"})
		},
		"a rejected end that only the built-in Reject reaches": func(d *Document) { d.Steps[1].Transitions = d.Steps[1].Transitions[:1] },
		"everybody as candidate":                               func(d *Document) { d.Steps[4].Assignee.Candidates = rule.Source{} },
		"all events":                                           func(d *Document) { d.Notify.Events = "all" },
		"the head of a department":                             func(d *Document) { d.Steps[3].Assignee = &Assignee{Strategy: DeptHead, Dept: "HR"} },
		"an arrow of kind reject called reject":                func(d *Document) { d.Steps[1].Transitions[1].ID = "reject" },
		"a decision of one's own":                              func(d *Document) { d.Duties.InitiatorDecides = true },
	} {
		d := leave(t)
		change(&d)
		if _, ps := Compile(d, testOrg); len(ps) > 0 {
			t.Errorf("%s: %v", name, ps)
		}
	}
	d := leave(t)
	d.Steps[3].Assignee = &Assignee{Strategy: ByRole, Role: "king"}
	d.Notify.Stakeholders = []string{"nobody@example.com"}
	if _, ps := Compile(d, Org{User: testOrg.User}); len(ps) > 0 {
		t.Errorf("references are checked although the organization is not known: %v", ps)
	}
}

// Ensure all problems are told at once, each with its path.
func TestCompileTellsAll(t *testing.T) {
	d := leave(t)
	d.Key, d.Form.Fields[3].Name, d.Steps[1].Assignee, d.Steps[2].Transitions[0].When = "x", "9", nil, rule.CEL("form.y")
	_, ps := Compile(d, testOrg)
	for _, want := range []string{"key", "form.fields.3.name", "steps.manager.assignee", "steps.length.transitions.0.when", "steps.manager.fields.cover", "audiences.others.cover"} {
		if !slices.ContainsFunc(ps, func(p fault.Problem) bool { return p.Path == want }) {
			t.Errorf("nothing is told about %s: %v", want, ps)
		}
	}
}
