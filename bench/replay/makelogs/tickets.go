package main

import (
	"fmt"
	"time"
)

// agents do more kinds of work than one step can have ways out, and hand it to each other.
var (
	desks = []string{"Hotline", "Feldtechnik", "Büro München", "经理", "Лаборатория", "Lager"}
	works = []string{
		"Aufgenommen", "Geprüft", "Gemessen", "Repariert", "Weitergeleitet", "Rückfrage beantwortet", "Kunde angerufen", "Teil bestellt",
		"Teil eingebaut", "Freigegeben", "Abgelehnt", "Wiedervorlage",
	}
)

// tickets is a log of repairs without any attribute for the role: the activity's
// name says who did it. Its texts are not all English.
func tickets() log {
	r := dice(4)
	l := log{name: "tickets.xes"}
	for i := range 60 {
		at := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC).AddDate(0, 0, i)
		t := trace{attributes: []attribute{text("ticket", fmt.Sprintf("T%d", i+1))}}
		add := func(activity string) {
			at = at.Add(time.Duration(1+r.IntN(5000)) * time.Second)
			t.events = append(t.events, event{text("Activity", activity), {"date", "time:timestamp", at.Format(time.RFC3339)}})
		}
		add("Gemeldet by Kunde")
		for range 2 + r.IntN(14) {
			desk := desks[0]
			if r.IntN(3) > 0 {
				desk = desks[r.IntN(len(desks))]
			}
			add(works[r.IntN(len(works))] + " by " + desk)
		}
		if r.IntN(5) > 0 {
			add("Geschlossen by Hotline")
		}
		l.cases = append(l.cases, t)
	}
	return l
}
