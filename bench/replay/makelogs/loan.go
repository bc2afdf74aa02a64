package main

import "fmt"

// lending are the activities of a loan application, each under a letter; a small
// letter is the beginning of the same work.
var lending = map[byte]step{
	'A': {"Application received", "SYSTEM", ""},
	'C': {"Application sent", "CUSTOMER", ""},
	'V': {"Check completeness", "CLERK", "clerk"},
	'I': {"Incomplete, documents asked for", "CLERK", "clerk"},
	'D': {"Documents handed in", "CUSTOMER", ""},
	'S': {"Credit score computed", "SYSTEM", ""},
	'U': {"Assess risk", "UNDERWRITER", "underwriter"},
	'T': {"Assessment handed on", "UNDERWRITER", "underwriter"},
	'G': {"Loan granted", "MANAGER", "manager"},
	'N': {"Loan denied", "MANAGER", "manager"},
	'O': {"Offer sent", "SYSTEM", ""},
	'Y': {"Offer accepted", "CUSTOMER", ""},
	'Z': {"Offer declined", "CUSTOMER", ""},
	'X': {"Case archived", "SYSTEM", ""},
}

// loans are the ways that applications take.
var loans = []struct {
	way   string
	times int
}{
	{"CvVSuUGOY", 10},
	{"AvVSuUGOY", 8},
	{"CvVSuUNX", 5},
	{"CvIDvVSuUGOY", 5},
	{"AvIDvVSuUGOZ", 3},
	{"CvVSuTuUGOY", 3},
	{"CvVSuTuTuUN", 1},
	{"CvIDvIDvVSuUGOZX", 2},
	{"AvVSSuUGOY", 2},
	{"CvI", 3},
	{"AvI", 1},
	{"CvVS", 1},
	{"CvVSuUGOZ", 3},
	{"CVSUNX", 1},
	{"AvVSuUGO", 2},
}

var (
	clerks       = []string{"User_11", "User_12", "User_13"}
	underwriters = []string{"User_21", "User_22"}
	bosses       = []string{"User_31", "User_32"}
)

// loan is a log of loan applications in which work begins and ends, a system does
// part of it, and some events are out of order.
func loan() log {
	r := dice(3)
	l := log{name: "loan.xes"}
	one := func(names []string) string { return names[r.IntN(len(names))] }
	for _, x := range loans {
		for range x.times {
			at := newClock(r, len(l.cases))
			t := trace{attributes: []attribute{
				text("concept:name", fmt.Sprintf("Application_%05d", 40000+13*len(l.cases))),
				{"int", "RequestedAmount", fmt.Sprint(1000 * (1 + r.IntN(60)))},
				text("LoanGoal", one([]string{"Car", "Home improvement", "Existing loan takeover"})),
			}}
			person := map[string]string{"clerk": one(clerks), "underwriter": one(underwriters), "manager": one(bosses)}
			for k := range len(x.way) {
				c := x.way[k]
				transition := "COMPLETE"
				if c >= 'a' {
					c, transition = c-'a'+'A', "START"
				}
				s := lending[c]
				e := event{text("concept:name", s.activity), text("lifecycle:transition", transition), when(at.tick()), text("org:group", s.role)}
				if s.resource != "" {
					e = append(e, text("org:resource", person[s.resource]))
				}
				t.events = append(t.events, e)
				if s.activity == "Assessment handed on" {
					person["underwriter"] = one(underwriters)
				}
			}
			if len(l.cases)%4 == 0 { // as logs come that were put together from several systems
				r.Shuffle(len(t.events), func(i, j int) { t.events[i], t.events[j] = t.events[j], t.events[i] })
			}
			l.cases = append(l.cases, t)
		}
	}
	return l
}
