package demo

// globexRequests are what Globex's people are busy with.
func globexRequests() []request {
	return append(globexLeave(), globexRest()...)
}

func globexLeave() []request {
	return []request{
		{
			workflow: "LEAVE", by: "bence.toth", values: leave("annual", "+9", "+11", "Wine harvest at my parents'"), at: "approved",
			acts: []act{managerLeave("jonas.keller", "lukas.brandt"), book("lukas.brandt", 3)},
		},
		{
			workflow: "LEAVE", by: "diego.alvarez", values: leave("annual", "+4", "+8", "Short trip to Lisbon"), at: "rejected",
			acts: []act{{by: "lucia.moreno", does: "no", values: values{"project_critical": true}, words: "The tender closes in that week. Any other week is fine."}},
		},
		{workflow: "LEAVE", by: "lea.hoffmann", values: leave("annual", "+12", "+16", "Hiking in Saxony"), at: "manager", note: "Yasmin covers for me."},
		{workflow: "LEAVE", by: "yasmin.demir", values: leave("parental", "+25", "+40", "Our second child"), at: "senior_manager", acts: []act{managerLeave("jonas.keller", "")}},
		{workflow: "LEAVE", by: "chiara.bianchi", values: leave("annual", "+6", "+7", "Dentist and a day off"), at: "hr", acts: []act{managerLeave("thomas.weber", "lukas.brandt")}},
		{workflow: "LEAVE", by: "ewa.nowak", values: leave("sick", "-2", "-1", "Migraine"), at: "manager"},
		{
			workflow: "LEAVE", by: "ioana.ionescu", values: leave("annual", "+10", "+13", "Brother's wedding"), at: "submit",
			acts: []act{{by: "maria.papadopoulou", does: doSendBack, words: "Who covers for you? Please name a colleague."}},
		},
	}
}

func globexRest() []request {
	return []request{
		{
			workflow: "EXPENSE", by: "felix.wagner", at: "approved",
			values: expense("Visit to a customer in Linz", "EUR", receipt("-5", "travel", "Train", 84.6), receipt("-4", "hotel", "One night", 118)),
			acts: []act{
				agree("thomas.weber", "approve"), fill("tomas.horvat", "approve", values{"tax_checked": true}),
				fill("petra.schulz", "paid", values{"payment_day": "-1", "payment_reference": "SEPA-5501"}),
			},
		},
		{workflow: "EXPENSE", by: "lea.hoffmann", values: expense("Books on databases", "EUR", receipt("-3", "equipment", "Two books", 96.4)), at: "manager"},
		{workflow: "EXPENSE", by: "emma.johansson", values: expense("Sales meeting in Madrid", "EUR", receipt("-5", "travel", "Flights", 290), receipt("-4", "meals", "Dinner", 44)), at: "finance", acts: []act{agree("pablo.garcia", "approve")}},
		{
			workflow: "PURCHASE", by: "david.roth", at: "order",
			values: purchase("Pallet racks for Porto", "other", "Mecalux", "carla.mendes", "The second hall opens and has no racks yet.", 3, 310, 1),
			acts:   []act{fill("carla.mendes", "approve", values{"budgeted": true})},
		},
		{workflow: "PURCHASE", by: "arthur.lefevre", at: "budget_owner", values: purchase("Test devices for the mobile team", "hardware", "Bechtle", "maria.papadopoulou", "The oldest supported devices are missing in our lab.", 4, 420, 2)},
		{workflow: "INVOICE", by: "willem.devries", values: invoice("Nordwind Logistik", "NW-4471", "mikkel.larsen", "GX-510", 2290), at: "check"},
		{
			workflow: "ACCESS", by: "lea.hoffmann", values: accessTo("erp", "read", "bence.toth", "The new report reads the order table."), at: "it",
			acts: []act{agree("jonas.keller", "approve"), fill("bence.toth", "approve", values{"least_rights": true})},
		},
		{workflow: "ACCESS", by: "emma.johansson", values: accessTo("crm", "admin", "thomas.weber", "I configure the new pipeline stages."), at: "manager"},
		{workflow: "TRAVEL", by: "ines.costa", at: "administration", values: trip("Aarhus", "Training with the logistics team", "administration", ticket("-6", "train", 61.2), ticket("-5", "hotel", 142))},
		{workflow: "TRAVEL", by: "bence.toth", at: "supervisor", values: trip("Berlin", "Planning week", "supervisor", ticket("-6", "train", 74), ticket("-4", "meals", 28.5))},
		{workflow: "APPRAISAL", by: "lea.hoffmann", at: "manager", values: appraisal("Speed up the nightly build", "From 52 to 17 minutes", "Pair programming with Yasmin.", "Write less code before I ask.")},
		{workflow: "ONBOARD", by: "nora.haugen", at: "manager", values: newcomer("Mats", "Olsen", "OPS", "Warehouse Coordinator", "mikkel.larsen", "46000", "EUR")},
	}
}
