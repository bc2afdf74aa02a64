package main

import "fmt"

// step is an activity of a log and the role in which it is done.
type step struct{ activity, role, resource string }

// journey are the activities of the university's log, each under a letter.
var journey = map[byte]step{
	'D': {"Declaration SAVED by EMPLOYEE", "EMPLOYEE", "STAFF MEMBER"},
	'S': {"Declaration SUBMITTED by EMPLOYEE", "EMPLOYEE", "STAFF MEMBER"},
	'E': {"Declaration REJECTED by EMPLOYEE", "EMPLOYEE", "STAFF MEMBER"},
	'A': {"Declaration APPROVED by ADMINISTRATION", "ADMINISTRATION", "STAFF MEMBER"},
	'a': {"Declaration REJECTED by ADMINISTRATION", "ADMINISTRATION", "STAFF MEMBER"},
	'B': {"Declaration APPROVED by BUDGET OWNER", "BUDGET OWNER", "STAFF MEMBER"},
	'b': {"Declaration REJECTED by BUDGET OWNER", "BUDGET OWNER", "STAFF MEMBER"},
	'Q': {"Declaration APPROVED by PRE_APPROVER", "PRE_APPROVER", "STAFF MEMBER"},
	'q': {"Declaration REJECTED by PRE_APPROVER", "PRE_APPROVER", "STAFF MEMBER"},
	'F': {"Declaration FINAL_APPROVED by SUPERVISOR", "SUPERVISOR", "STAFF MEMBER"},
	'f': {"Declaration REJECTED by SUPERVISOR", "SUPERVISOR", "STAFF MEMBER"},
	'M': {"Declaration REJECTED by MISSING", "MISSING", "STAFF MEMBER"},
	'R': {"Request Payment", "UNDEFINED", "SYSTEM"},
	'P': {"Payment Handled", "UNDEFINED", "SYSTEM"},
}

// journeys are the ways that declarations take, and how many take each. Together
// they take every turn of the real log, the strange ones included.
var journeys = []struct {
	way   string
	times int
}{
	{"SAFRP", 24},
	{"SABFRP", 14},
	{"SFRP", 9},
	{"SQFRP", 5},
	{"D", 4},
	{"SaESAFRP", 5},
	{"SaESABFRP", 3},
	{"SaE", 3},
	{"SAfESAFRP", 2},
	{"SqESQFRP", 2},
	{"SAfESABFRP", 2},
	{"SFMSFRP", 2},
	{"SaESaESAFRP", 1},
	{"SaESaESABFRP", 1},
	{"SAfE", 1},
	{"SfESFRP", 1},
	{"SFM", 2},
	{"SAbESABFRP", 1},
	{"SfE", 1},
	{"SAbESAFRP", 1},
	{"SABfESABFRP", 1},
	{"SQfESQFRP", 1},
	{"SqE", 1},
	{"SAbE", 1},
	{"SQFMSQFRP", 1},
	{"SfESfE", 1},
	{"SqESFRP", 1},
	{"SqESAFRP", 1},
	{"SFRM", 1},
	{"SaSaESAFRP", 1},
	{"SABfE", 1},
	{"SABfESaE", 1},
	{"SQFM", 1},
	{"SQfE", 1},
	{"SfESQFRP", 1},
	{"SaSESAFRP", 1},
	{"SaSE", 1},
	{"SqSESQFRP", 1},
	{"SFMSqESQFRP", 1},
	{"SFMSfESFRP", 1},
	{"SFMSAFRP", 1},
	{"SAfSESAFRP", 1},
	{"SAfSAFP", 1},
	{"SfRPE", 1},
	{"DRP", 1},
	{"SFMSFMSFMSFRP", 1},
	{"SaSaSaSaSaE", 1},
	{"SAfESAbESaSaESABFRP", 1},
	{"SaESaESaESaESAFRP", 1},
}

// travel is a log of travel declarations in the format of the university's.
func travel() log {
	r := dice(1)
	l := log{name: "travel.xes", header: `	<global scope="trace">
		<string key="concept:name" value="name"/>
		<string key="variant" value="string"/>
		<int key="variant-index" value="0"/>
	</global>
	<string key="lifecycle:model" value="standard"/>
	<string key="creator" value="bench/replay/makelogs"/>`}
	for i, j := range journeys {
		for range j.times {
			n := 1000 + 7*len(l.cases)
			t := trace{attributes: []attribute{
				text("concept:name", fmt.Sprintf("declaration%d", n)), text("variant", fmt.Sprintf("Variant %d", i+1)),
				{"int", "variant-index", fmt.Sprint(i + 1)},
			}}
			amount, budget := r.Float64()*900, 86000+r.IntN(40)
			at := newClock(r, len(l.cases))
			for k := range len(j.way) {
				s := journey[j.way[k]]
				t.events = append(t.events, event{
					text("lifecycle:transition", "complete"), when(at.tick()), text("(case)_Amount", fmt.Sprint(amount)),
					text("(case)_BudgetNumber", fmt.Sprintf("budget %d", budget)), text("(case)_DeclarationNumber", fmt.Sprintf("declaration number %d", n+1)),
					text("concept:name", s.activity), text("id", fmt.Sprintf("st_step %d_%d", n+2, k)),
					text("org:resource", s.resource), text("org:role", s.role),
				})
			}
			l.cases = append(l.cases, t)
		}
	}
	r.Shuffle(len(l.cases), func(i, j int) { l.cases[i], l.cases[j] = l.cases[j], l.cases[i] })
	return l
}
