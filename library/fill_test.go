package library

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/fault"
	"github.com/handstamp/handstamp/internal/core/form"
	"github.com/handstamp/handstamp/internal/core/rule"
	"github.com/handstamp/handstamp/internal/core/workflow"
)

const (
	asha  = "0197a3c0-0000-7000-8000-00000000000a"
	bruno = "0197a3c0-0000-7000-8000-00000000000b"
)

type row = map[string]any

// Ensure every request can be begun with what a person would enter, comes out
// as he expects, and what he gets wrong is told in the words of the workflow.
func TestEveryRequestCanBeBegun(t *testing.T) {
	euro := func(amount string) any { return row{"amount": amount, "currency": "EUR"} }
	for _, x := range []struct {
		slug   string
		values form.Values
		want   form.Values // computed
		wrong  form.Values // on top of values
		told   []string
	}{
		{
			slug:   "leave-application",
			values: form.Values{"leave_from": "2026-03-09", "leave_to": "2026-03-20", "reason": "wedding", "cover": bruno, "phone": "+91 98450 12345"},
			want:   form.Values{"leave_type": "annual", "days": 10.0, "balance": 12.0, "balance_after": 2.0},
			wrong:  form.Values{"leave_from": "2026-03-07", "leave_to": "2026-04-30"},
			told: []string{
				"values.leave_from: The first day is a Saturday or Sunday. Choose a working day.",
				"values.days: Your leave balance does not cover these days. Shorten the leave or ask for unpaid leave.",
			},
		},
		{
			slug:   "leave-application",
			values: form.Values{"leave_type": "sick", "leave_from": "2026-02-25", "leave_to": "2026-02-27", "certificate": true},
			want:   form.Values{"days": 3.0, "certificate": true},
			wrong:  form.Values{"certificate": nil},
			told:   []string{"values.certificate: I have a doctor's certificate is required."},
		},
		{
			slug: "expense-claim",
			values: form.Values{"purpose": "Customer in Pune", "period": row{"from": "2026-02-16", "to": "2026-02-18"}, "advance": 100.0, "items": []any{
				row{"day": "2026-02-16", "category": "travel", "description": "Train", "cost": 61.4, "receipt": true},
				row{"day": "2026-02-17", "category": "hotel", "description": "Two nights", "cost": 240.1, "receipt": true},
			}},
			want: form.Values{"total": euro("301.50"), "payable": euro("201.50"), "limit": 2000.0, "late": false, "cost_center": "ENG-1200", "currency": "EUR"},
			wrong: form.Values{"advance": 400.0, "items": []any{
				row{"day": "2026-02-20", "category": "meals", "description": "Dinner", "cost": 61.4},
				row{"day": "2026-02-17", "category": "hotel", "cost": 0.0},
			}},
			told: []string{
				"values.items.1.description: What for is required in row 2 of Expenses.",
				"values.items.1.cost: Cost must be at least 0.01.",
				"values.items: An expense lies outside the period.",
				"values.items: Explain below why there is no receipt for an expense above 25.",
				"values.advance: The advance is larger than the claim. Return the difference to finance instead.",
			},
		},
		{
			slug: "purchase-requisition",
			values: form.Values{
				"subject": "Laptops", "category": "hardware", "needed_by": "2026-04-01", "supplier": "Dell", "budget_owner": bruno,
				"justification": "The new team begins in April and needs laptops.", "quotes": 3.0,
				"items": []any{row{"article": "Laptop", "quantity": 4.0, "unit_price": 1499.99, "line_total": 5999.96}},
			},
			want: form.Values{"amount": euro("5999.96"), "cost_center": "ENG-1200", "deliver_to": "office"},
			wrong: form.Values{"quotes": 1.0, "deliver_to": "home", "supplier_url": "dell", "items": []any{
				row{"article": "Laptop", "quantity": 4.0, "unit_price": 1499.99, "line_total": 6000.0},
			}},
			told: []string{
				"values.items: The price of a line is not quantity times the price of one.",
				"values.supplier_url: Offer or website must be a web address that begins with https:// or http://.",
				"values.quotes: This amount needs three quotes. Obtain them or say below why there is one supplier only.",
				"values.address: Address is required.",
			},
		},
		{
			slug: "invoice-approval",
			values: form.Values{
				"supplier": "Nordwind GmbH", "invoice_number": "RE-2026/0815", "invoice_date": "2026-02-20", "net": 1000.1, "order_number": "4711",
				"approver": bruno, "cost_center": "SALES-3000",
			},
			want:  form.Values{"due": "2026-03-22", "vat": euro("190.02"), "gross": euro("1190.12"), "has_order": true},
			wrong: form.Values{"invoice_date": "2026-05-01", "has_order": false, "order_number": "4711"},
			told: []string{
				"values.invoice_date: The invoice is dated in the future.",
				"values.no_order_reason: Why there is no order is required.",
			},
		},
		{
			slug: "travel-declaration",
			values: form.Values{
				"destination": "Groningen", "trip": row{"from": "2026-02-09", "to": "2026-02-11"}, "purpose": "Conference", "budget_number": "86566",
				"costs": []any{row{"day": "2026-02-09", "kind": "train", "cost": 26.85}}, "kilometres": 100.0, "route": "pre_approver", "pre_approver": bruno,
			},
			want:  form.Values{"nights": 2.0, "amount": euro("49.85")},
			wrong: form.Values{"costs": nil, "kilometres": 0.0, "pre_approver": nil},
			told: []string{
				"values.pre_approver: Pre-approver is required.",
				"values.amount: Enter at least one cost or the kilometres.",
			},
		},
		{
			slug: "performance-appraisal",
			values: form.Values{
				"year": "2026", "strengths": "The migration.", "improve": "Estimates.", "training": []any{"language", "technical"},
				"goals": []any{
					row{"goal": "Migrate", "result": "Done", "weight": 60.0, "self_rating": 4.0},
					row{"goal": "Mentor", "result": "Two people", "weight": 40.0, "self_rating": 5.0},
				},
			},
			want: form.Values{"training": []any{"technical", "language"}},
			wrong: form.Values{"goals": []any{
				row{"goal": "Migrate", "result": "Done", "weight": 60.0, "self_rating": 6.0},
			}},
			told: []string{"values.goals.0.self_rating: Own rating must be a whole number from 1 to 5."},
		},
		{
			slug: "it-access-request",
			values: form.Values{
				"system": "cloud", "access": "admin", "environment": []any{"prod"}, "until": "2026-04-30", "owner": bruno,
				"reason": "I am on call from March on.", "training_done": true,
			},
			want:  form.Values{"sensitive": true, "from": "2026-03-02"},
			wrong: form.Values{"until": "2027-04-30", "training_done": false, "account": "root"},
			told: []string{
				"values.account: There is no such field in this step.",
				"values.until: Administrator rights cannot be given for so long. Choose an earlier end.",
				"values.training_done: Sensitive access needs the security training of this year.",
			},
		},
		{
			slug: "team-transfer",
			values: form.Values{
				"new_team": "ENG", "new_manager": bruno, "from": "2026-04-01", "reason": "I want to build the new billing.", "training_done": true,
				"systems": []any{row{"system": "git", "access": "write", "owner": bruno}},
			},
			want: form.Values{"training_done": true},
			wrong: form.Values{"from": "2026-03-02", "systems": []any{
				row{"system": "git", "access": "admin", "owner": bruno},
			}},
			told: []string{
				"values.from: A transfer begins tomorrow at the earliest.",
				"values.systems.0.access: Rights must be one of the choices that are offered.",
			},
		},
		{
			slug: "employee-onboarding",
			values: form.Values{
				"first_name": "Meera", "last_name": "Iyer", "private_email": "meera@example.com", "start_date": "2026-04-01", "department": "ENG",
				"position": "Engineer", "contract": "permanent", "hiring_manager": bruno, "salary": euro("60000"),
			},
			want:  form.Values{"salary": euro("60000.00")},
			wrong: form.Values{"start_date": "2026-03-04", "contract": "fixed", "salary": row{"amount": "1", "currency": "GBP"}},
			told: []string{
				"values.start_date: The preparation needs more working days. Choose a later first day.",
				"values.contract_end: Last day of the contract is required.",
				"values.salary: Salary per year must be in EUR, USD or INR.",
			},
		},
	} {
		t.Run(x.slug, func(t *testing.T) {
			v, in := begin(t, x.slug)
			modes, err := v.Form.Modes(v.Start().Fields, true, in)
			if err != nil {
				t.Fatal(err)
			}
			got, err := v.Form.Apply(modes, v.Form.Defaults(in), x.values, in)
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			for name, want := range x.want {
				if !form.Equal(got[name], want) {
					t.Errorf("%s is %v, want %v", name, got[name], want)
				}
			}
			_, err = v.Form.Apply(modes, got, x.wrong, in)
			if told := told(err); !reflect.DeepEqual(told, x.told) {
				t.Errorf("told\n\t%s\nwant\n\t%s", strings.Join(told, "\n\t"), strings.Join(x.told, "\n\t"))
			}
			if v.RunTitle(rule.Input{Form: got, Initiator: in.Initiator}) == v.Document.Name {
				t.Error("the title has no result")
			}
		})
	}
}

func begin(t *testing.T, slug string) (*workflow.Version, rule.Input) {
	t.Helper()
	e, ok := Get(slug)
	if !ok {
		t.Fatalf("there is no %s", slug)
	}
	v, ps := workflow.Compile(e.Document, shop)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return v, rule.Input{
		Initiator: map[string]any{"id": asha, "name": "Asha Rao", "level_rank": 4.0, "leave_balance": 12.0, "cost_center": "ENG-1200"},
		Params:    v.Params, Step: v.Start().ID, Today: "2026-03-02", Now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
	}
}

func told(err error) []string {
	var out []string
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for _, x := range f.Fields {
			out = append(out, x.Path+": "+x.Message)
		}
	}
	return out
}

func TestGetOfNothing(t *testing.T) {
	if _, ok := Get("no-such-workflow"); ok {
		t.Error("there is a workflow of that name")
	}
}
