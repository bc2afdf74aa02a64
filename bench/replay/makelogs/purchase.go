package main

import (
	"fmt"
	"time"
)

// buying are the activities of a purchase, each under a letter. The approval has
// one name for two desks: only the role tells which.
var buying = map[byte]step{
	'd': {"Save request", "REQUESTER", ""},
	'C': {"Create request", "REQUESTER", ""},
	'S': {"Resubmit request", "REQUESTER", ""},
	'H': {"Approve request", "COST CENTRE HEAD", ""},
	'h': {"Return request", "COST CENTRE HEAD", ""},
	'x': {"Refuse request", "COST CENTRE HEAD", ""},
	'K': {"Approve request", "CONTROLLER", ""},
	'k': {"Refuse request", "CONTROLLER", ""},
	'O': {"Place order", "BUYER", "buyer"},
	'N': {"No offer", "BUYER", "buyer"},
	'b': {"Begin unpacking", "WAREHOUSE", ""},
	'W': {"Record receipt", "WAREHOUSE", ""},
	'w': {"Report damage", "WAREHOUSE", ""},
	'z': {"Scan label", "WAREHOUSE", ""},
	'P': {"Pay invoice", "ACCOUNTANT", "accountant"},
	'p': {"Dispute invoice", "ACCOUNTANT", "accountant"},
	'r': {"Ask for receipt again", "ACCOUNTANT", "accountant"},
	'n': {"Note", "ACCOUNTANT", "accountant"},
	'X': {"Cancel request", "OPERATOR", ""},
}

// purchases are the ways that purchases take; upper and lower amounts go different ways.
var purchases = []struct {
	way   string
	large bool
	times int
}{
	{"CHOWP", false, 12},
	{"CHKOWP", true, 8},
	{"dCHObzWP", false, 4},
	{"CHObWP", false, 4},
	{"ddCHKObWP", true, 2},
	{"ChSHOWP", false, 3},
	{"ChShSHOWP", false, 1},
	{"Cx", false, 3},
	{"CHKN", true, 1},
	{"CHN", false, 2},
	{"CHk", true, 2},
	{"ChSx", false, 1},
	{"CHOwOWP", false, 2},
	{"CHOWpOWP", false, 2},
	{"CHOWrWnP", false, 2},
	{"CHOWnP", false, 2},
	{"CHO", false, 2},
	{"CHX", false, 1},
	{"CX", false, 1},
	{"CHKX", true, 1},
	{"d", false, 2},
	{"CHOW", false, 1},
	{"Ch", false, 2},
	{"CHOWPn", false, 1},
	{"dC", true, 1},
}

// names that the log knows.
var (
	buyers      = []string{"Bea Martin", "Bogdan Ilić", "Bettina O'Hara"}
	accountants = []string{"Anton Weiß", "Ana Lima"}
	wares       = []string{"Standing desk", "Toner & paper", "Laptop 14\"", "Projector", "Safety shoes"}
)

// purchase is a log of purchases from request to payment.
func purchase() log {
	r := dice(2)
	l := log{name: "purchase.xes"}
	for _, p := range purchases {
		for range p.times {
			amount := 50 + r.IntN(900)
			if p.large {
				amount += 5000
			}
			at := newClock(r, len(l.cases))
			t := trace{attributes: []attribute{
				text("concept:name", fmt.Sprintf("PR-%04d", len(l.cases)+1)),
				{"float", "case:amount", fmt.Sprintf("%d.50", amount)},
				text("case:item", wares[r.IntN(len(wares))]),
				{"boolean", "case:urgent", fmt.Sprint(r.IntN(3) == 0)},
				{"date", "case:needed", at.now.AddDate(0, 1, 0).Format(time.RFC3339)},
				{"int", "case:pieces", fmt.Sprint(1 + r.IntN(9))},
			}}
			buyer, accountant := buyers[r.IntN(len(buyers))], accountants[r.IntN(len(accountants))]
			for k := range len(p.way) {
				s := buying[p.way[k]]
				transition := "complete"
				if s.activity == "Begin unpacking" {
					transition = "start"
				}
				e := event{text("concept:name", s.activity), text("lifecycle:transition", transition), when(at.tick()), text("org:role", s.role)}
				switch s.resource {
				case "buyer":
					e = append(e, text("org:resource", buyer))
				case "accountant":
					e = append(e, text("org:resource", accountant), text("remark", "Checked against the order."))
				}
				t.events = append(t.events, e)
			}
			l.cases = append(l.cases, t)
		}
	}
	// One purchase was moved into another system by hand; the mapping leaves it out.
	l.cases = append(l.cases, trace{
		attributes: []attribute{text("concept:name", "PR-MOVED")},
		events:     []event{{text("concept:name", "Moved"), text("org:role", "REQUESTER")}},
	})
	return l
}
