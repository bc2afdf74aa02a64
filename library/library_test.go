package library

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

// shop is an organization that has what README.md says the library needs.
var shop = workflow.Org{
	User:        rule.Schema{"leave_balance": {Kind: rule.Number}, "cost_center": {Kind: rule.Text}},
	Roles:       []string{"budget_owner", "finance_approver", "director", "payroll", "it_admin"},
	Departments: []string{"HR", "FIN", "IT", "OPS", "SALES", "ENG", "LEGAL"},
	Users:       func(string) bool { return false },
}

func TestEveryWorkflowIsValid(t *testing.T) {
	keys := map[string]string{}
	for _, e := range All() {
		keys[e.Document.Key] = e.Slug
		_, ps := workflow.Compile(e.Document, shop)
		for _, p := range ps {
			t.Errorf("%s: %s (rule line %d, column %d)", e.Slug, p, p.Line, p.Column)
		}
	}
	want := map[string]string{
		"LEAVE": "leave-application", "EXPENSE": "expense-claim", "PURCHASE": "purchase-requisition", "INVOICE": "invoice-approval",
		"TRAVEL": "travel-declaration", "APPRAISAL": "performance-appraisal", "ACCESS": "it-access-request", "ONBOARD": "employee-onboarding",
		"TRANSFER": "team-transfer",
	}
	if !reflect.DeepEqual(keys, want) {
		t.Errorf("the library holds %v, want %v", keys, want)
	}
}

// Ensure what is exported imports as the same workflow, in both languages.
func TestRoundTrip(t *testing.T) {
	for _, e := range All() {
		y, err := e.Document.YAML()
		if err != nil {
			t.Fatal(err)
		}
		j, err := e.Document.JSON()
		if err != nil {
			t.Fatal(err)
		}
		fromYAML, ps := workflow.ParseYAML(y)
		if len(ps) > 0 || !reflect.DeepEqual(fromYAML, e.Document) {
			t.Errorf("%s changes by YAML: %v\n%s", e.Slug, ps, y)
		}
		fromJSON, ps := workflow.ParseJSON(j)
		if len(ps) > 0 || !reflect.DeepEqual(fromJSON, e.Document) {
			t.Errorf("%s changes by JSON: %v", e.Slug, ps)
		}
		if again, _ := fromYAML.YAML(); string(again) != string(y) {
			t.Errorf("%s is written differently the second time", e.Slug)
		}
	}
}

// Ensure people get what they are told: help, deadlines, messages, two columns.
func TestEveryWorkflowIsComplete(t *testing.T) {
	for _, e := range All() {
		d := e.Document
		if d.Description == "" || d.Icon == "" || d.Title.IsZero() || d.SLA == nil || d.Notify == nil || len(d.Form.Layout) == 0 {
			t.Errorf("%s lacks description, icon, title, SLA, notification settings or layout", e.Slug)
		}
		if columns := regexp.MustCompile(`columns: \[`); !columns.Match(e.Source) {
			t.Errorf("%s has no columns in its layout", e.Slug)
		}
		for _, s := range d.Steps {
			own := s.Assignee != nil && s.Assignee.Strategy == workflow.Initiator
			if s.Type == workflow.TaskStep && s.SLA == nil && !own {
				t.Errorf("%s: step %s has no limit", e.Slug, s.ID)
			}
			if s.Name == "" {
				t.Errorf("%s: step %s has no name", e.Slug, s.ID)
			}
		}
	}
}

// Ensure nobody can spoil the library for the next caller.
func TestAllReturnsCopies(t *testing.T) {
	All()[0].Document.Steps[0].Name = "spoiled"
	if All()[0].Document.Steps[0].Name == "spoiled" {
		t.Fatal("the entries of All share memory")
	}
}
