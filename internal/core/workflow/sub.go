package workflow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
)

// MaxSubs is how many requests one visit to a workflow step starts at most.
const MaxSubs = 100

// What By, Wait, Rest and Take of Starts may say.
const (
	ByInitiator = "initiator"
	ByLast      = "last"

	waitNone   = "none"
	restStop   = "stop"
	restFinish = "finish"

	TakeNumber  = "number"
	TakeOutcome = "outcome"
	takeForm    = "form."
)

// Sub is what a workflow step starts, ready to run.
type Sub struct {
	Starts
	// Rules give the values of the other form's fields.
	Rules map[string]*rule.Rule
	// ByField and ByColumn name who makes the requests, where a field or a column does.
	ByField, ByColumn string
	// Need is how many have to end before the run goes on; 0: all of them.
	Need int
	// Waits is false where the run goes on at once; Stops tells that those it does not
	// wait for any more are stopped.
	Waits, Stops bool
}

// Taken is the field of the other form that Take names, "" where it is something else.
func Taken(what string) string {
	if name, ok := strings.CutPrefix(what, takeForm); ok {
		return name
	}
	return ""
}

// starts checks what a workflow step starts.
func (b *builder) starts(at string, n *Node) {
	s := n.Step.Starts
	if s == nil {
		b.add(at, "Say which workflow this step starts.")
		return
	}
	x := &Sub{Starts: *s, Rules: map[string]*rule.Rule{}, Waits: s.Wait != waitNone, Stops: s.Rest != restFinish}
	n.Sub = x
	switch {
	case s.Workflow == "":
		b.add(at+".workflow", "Say which workflow this step starts, by its key.")
	case !keyText.MatchString(s.Workflow):
		b.add(at+".workflow", "%q is not the key of a workflow. Keys are like LEAVE.", s.Workflow)
	case b.org.Workflows != nil && s.Workflow != b.doc.Key && !slices.Contains(b.org.Workflows, s.Workflow):
		b.add(at+".workflow", "No workflow %s is published in this organization. Publish it first, or name another one.", s.Workflow)
	}
	if f, ok := b.fields[s.Each]; s.Each != "" && (!ok || f.Type != form.Table) {
		b.add(at+".each", "%q is no table of the form. Name one, or leave it empty to start one request.", s.Each)
	}
	b.startedBy(at+".by", x)
	b.handed(at, x)
	b.taken(at+".take", x)
	b.awaited(at, x)
}

// column is a column of the table that the step goes through.
func (b *builder) column(table, name string) (form.Field, bool) {
	i := slices.IndexFunc(b.fields[table].Columns, func(c form.Field) bool { return c.Name == name })
	if i < 0 {
		return form.Field{}, false
	}
	return b.fields[table].Columns[i], true
}

func (b *builder) startedBy(at string, x *Sub) {
	if x.By == "" || x.By == ByInitiator || x.By == ByLast {
		return
	}
	if c, ok := b.column(x.Each, x.By); ok && c.Type == form.User {
		x.ByColumn = x.By
		return
	}
	if f, ok := b.fields[x.By]; ok && f.Type == form.User {
		x.ByField = x.By
		return
	}
	b.add(at, "%q is neither initiator, last nor a field that holds a person.", x.By)
}

// handed checks what is put into the other form.
func (b *builder) handed(at string, x *Sub) {
	for _, name := range sortedKeys(x.Values) {
		path := at + ".values." + name
		if !idText.MatchString(name) {
			b.add(path, "%q cannot be the name of a field.", name)
		}
		if x.Values[name].IsZero() {
			b.add(path, "Say what is put there, for instance form.amount.")
		}
		x.Rules[name] = b.rule(path, x.Values[name], rule.Place{})
	}
	if len(x.Copy) > 0 && x.Each == "" {
		b.add(at+".copy", "Columns are copied where one request is started for each row. Name the table in each.")
		return
	}
	for _, name := range sortedKeys(x.Copy) {
		path := at + ".copy." + name
		if !idText.MatchString(name) {
			b.add(path, "%q cannot be the name of a field.", name)
		}
		if _, twice := x.Values[name]; twice {
			b.add(path, "The field %q gets its value from a rule already. Remove one of the two.", name)
		}
		if _, ok := b.column(x.Each, x.Copy[name]); !ok {
			b.add(path, "The table %q has no column %q.", x.Each, x.Copy[name])
		}
	}
}

// taken checks what is brought back.
func (b *builder) taken(at string, x *Sub) {
	if len(x.Take) > 0 && !x.Waits {
		b.add(at, "This step waits for nothing, so nothing comes back. Remove it, or wait.")
	}
	for _, name := range sortedKeys(x.Take) {
		path, what := at+"."+name, x.Take[name]
		f, ok := b.fields[name]
		if x.Each != "" {
			f, ok = b.column(x.Each, name)
		}
		switch {
		case !ok && x.Each != "":
			b.add(path, "The table %q has no column %q.", x.Each, name)
		case !ok:
			b.add(path, "There is no field %q.", name)
		case !f.Calculate.IsZero():
			b.add(path, "The field %q is calculated; nothing can be put there.", name)
		case f.Type == form.Note || f.Type == form.Table:
			b.add(path, "Nothing can be put into a %s.", f.Type)
		case what != TakeNumber && what != TakeOutcome && !idText.MatchString(Taken(what)):
			b.add(path, "%q is neither number, outcome nor a field of the other request, such as form.price.", what)
		}
	}
}

// awaited checks how many are waited for.
func (b *builder) awaited(at string, x *Sub) {
	if x.Wait != "" && x.Wait != needAll && x.Wait != waitNone {
		k, err := strconv.Atoi(x.Wait)
		switch {
		case err != nil || k < 1 || k > MaxSubs:
			b.add(at+".wait", "%q is no number of requests. Use all, none, or a number such as 1.", x.Wait)
		case x.Each == "":
			b.add(at+".wait", "One request is started here. Use all or none.")
		}
		x.Need = k
	}
	if x.Rest != "" && x.Rest != restStop && x.Rest != restFinish {
		b.add(at+".rest", "%q is neither stop nor finish.", x.Rest)
	}
	if x.Rest != "" && x.Need == 0 {
		b.add(at+".rest", "Nothing is left over where all or none are waited for. Remove it.")
	}
}
