package demo

// acmeRequests are what Acme's people are busy with: something waits in every
// inbox worth trying, and each way a request can end has an example.
func acmeRequests() []request {
	return append(acmeLeave(), append(acmeMoney(), acmeRest()...)...)
}

func acmeLeave() []request {
	return []request{
		{
			workflow: "LEAVE", by: "nikhil.patil", values: leave("annual", "+8", "+9", "Sister's engagement in Nashik"), at: "approved",
			acts: []act{managerLeave("ravi.menon", "meera.iyer"), book("meera.iyer", 2)},
		},
		{
			workflow: "LEAVE", by: "ishita.roy", values: leave("annual", "+10", "+14", "Durga Puja with the family"), at: "approved",
			acts: []act{managerLeave("karan.ahuja", "joseph.thomas"), book("joseph.thomas", 5)},
		},
		{
			workflow: "LEAVE", by: "fatima.siddiqui", values: leave("study", "+3", "+12", "Certification in test automation"), at: "rejected",
			acts: []act{
				remark("fatima.siddiqui", "The course ends with an exam on the last day."),
				{by: "ravi.menon", does: "no", values: values{"project_critical": true}, words: "The release falls into these two weeks. Please take the course of next quarter; I will sign that one."},
			},
		},
		{
			workflow: "LEAVE", by: "asha.rao", values: leave("annual", "+12", "+14", "Family visit to Pune"), at: "manager",
			note: "Siddharth covers for me; the sprint ends before.",
		},
		{workflow: "LEAVE", by: "siddharth.jain", values: leave("sick", "-3", "-2", "Fever"), at: "hr", acts: []act{managerLeave("ravi.menon", "meera.iyer")}},
		{workflow: "LEAVE", by: "varun.mehta", values: leave("annual", "+6", "+7", "Moving house"), at: "manager"},
		{
			workflow: "LEAVE", by: "leela.george", values: leave("annual", "+5", "+11", "Trek in Himachal"), at: "submit",
			acts: []act{{by: "anjali.deshpande", does: doSendBack, words: "Please begin two days later, after the demo for the customer."}},
		},
		{workflow: "LEAVE", by: "tara.krishnan", values: leave("annual", "+15", "+26", "Six months after the launch, a long break"), at: "senior_manager", acts: []act{managerLeave("anjali.deshpande", "")}},
		{workflow: "LEAVE", by: "bala.subramaniam", values: leave("annual", "+4", "+8", "Temple festival in Madurai"), at: "hr", acts: []act{managerLeave("harpreet.singh", "meera.iyer")}},
		{workflow: "LEAVE", by: "zoya.ahmed", values: leave("annual", "+9", "+10", "Eid"), at: "manager"},
		{workflow: "LEAVE", by: "rahul.verma", values: leave("unpaid", "+20", "+24", "My father's operation"), at: "manager"},
		{workflow: "LEAVE", by: "sneha.pillai", values: leave("annual", "+7", "+8", "Wedding of a friend"), at: "manager"},
		{
			workflow: "LEAVE", by: "asha.rao", values: leave("annual", "+30", "+32", "Long weekend in Coorg"), at: "cancelled",
			acts: []act{remark("asha.rao", "My plans have changed, please cancel this one."), {by: "admin", does: doCancel, words: "At her own wish."}},
		},
	}
}

func acmeMoney() []request {
	return []request{
		{
			workflow: "EXPENSE", by: "ishita.roy", at: "approved",
			values: expense("Customer visit in Patna", "USD", receipt("-5", "travel", "Train both ways", 48.2), receipt("-4", "hotel", "One night", 71)),
			acts: []act{
				agree("karan.ahuja", "approve"), fill("kavita.joshi", "approve", values{"tax_checked": true}),
				fill("pooja.bhatt", "paid", values{"payment_day": "-1", "payment_reference": "BOM-20417"}),
			},
		},
		{workflow: "EXPENSE", by: "vivek.chandra", values: expense("Trade fair in Chennai", "USD", receipt("-5", "travel", "Flight", 112.4), receipt("-3", "meals", "Dinner with two leads", 64.8)), at: "finance", acts: []act{agree("maya.fernandes", "approve")}},
		{workflow: "EXPENSE", by: "rahul.verma", values: expense("Workshop with a customer", "USD", receipt("-4", "client", "Lunch for six", 140), receipt("-4", "travel", "Taxi", 18.5)), at: "manager"},
		{workflow: "EXPENSE", by: "asha.rao", values: expense("Keyboard and headset", "USD", receipt("-2", "equipment", "Keyboard", 89), receipt("-2", "equipment", "Headset", 129)), at: "manager"},
		{
			workflow: "EXPENSE", by: "tara.krishnan", values: expense("Conference in Singapore", "USD", receipt("-5", "travel", "Flights", 1380), receipt("-4", "hotel", "Four nights", 960)), at: "director",
			acts: []act{remark("anjali.deshpande", "Her talk brought two candidates."), agree("anjali.deshpande", "approve")},
		},
		{
			workflow: "PURCHASE", by: "salim.qureshi", at: "approved",
			values: purchase("Chairs for the warehouse office", "office", "Godrej Interio", "geeta.rawat", "The old chairs are broken and were marked by safety.", 6, 120, 1),
			acts: []act{
				fill("geeta.rawat", "approve", values{"budgeted": true, "budget_note": "Facilities, this quarter"}),
				fill("divya.shetty", "ordered", values{"order_number": "PO-8817", "delivery_day": "+9"}),
			},
		},
		{
			workflow: "PURCHASE", by: "ravi.menon", at: "finance",
			values: purchase("Laptops for the new team", "hardware", "Dell India", "lakshmi.narayanan", "Four engineers join in the next month and need laptops.", 4, 1490, 3),
			acts:   []act{fill("lakshmi.narayanan", "approve", values{"budgeted": true})},
		},
		{
			workflow: "PURCHASE", by: "divya.shetty", at: "director",
			values: purchase("Forklift for the plant in Pune", "other", "Kion India", "manoj.tiwari", "The old forklift failed its inspection; renting one costs more each month.", 1, 18400, 3),
			acts: []act{
				fill("manoj.tiwari", "approve", values{"budgeted": true}), agree("kavita.joshi", "approve"), agree("dev.raman", "fine"),
				agree("farah.khan", "approve"),
			},
		},
		{
			workflow: "PURCHASE", by: "ravi.menon", at: "legal",
			values: purchase("Test cluster for the billing team", "hardware", "Netweb", "lakshmi.narayanan", "Load tests share one cluster with production and slow it down.", 4, 4200, 3),
			acts:   []act{fill("lakshmi.narayanan", "approve", values{"budgeted": true}), agree("kavita.joshi", "approve"), agree("dev.raman", doClaim)},
		},
		{
			workflow: "LEAVE", by: "fatima.siddiqui", values: leave("unpaid", "+40", "+44", "A course in pottery"), at: "manager",
			acts: []act{{by: "ravi.menon", does: doConsult, chosen: "meera.iyer", words: "Does she have unpaid days left this year?"}},
		},
		{workflow: "PURCHASE", by: "nisha.dubey", at: "budget_owner", values: purchase("Licences of the forecasting tool", "software", "Anaplan", "karan.ahuja", "The regional forecast is still done in spreadsheets.", 5, 240, 2)},
		{workflow: "INVOICE", by: "tanvi.gokhale", values: invoice("Tata Communications", "TC-2210", "farah.khan", "CC-410", 1840.5), at: "check"},
		{
			workflow: "INVOICE", by: "tanvi.gokhale", values: invoice("Blue Dart Express", "BD-90112", "harpreet.singh", "CC-510", 612), at: "confirm",
			acts: []act{fill("imran.sheikh", "correct", values{"matches_order": true})},
		},
	}
}

func acmeRest() []request {
	return []request{
		{
			workflow: "ACCESS", by: "nikhil.patil", values: accessTo("git", "write", "siddharth.jain", "I take over the billing service from Siddharth."), at: "approved",
			acts: []act{
				agree("ravi.menon", "approve"), fill("siddharth.jain", "approve", values{"least_rights": true}),
				fill("aditya.sen", "granted", values{"account": "n.patil", "granted_at": "2026-01-12T09:30:00Z"}),
			},
		},
		{workflow: "ACCESS", by: "leela.george", values: accessTo("warehouse", "read", "tara.krishnan", "My first project needs the sales figures."), at: "owner", acts: []act{agree("anjali.deshpande", "approve")}},
		{
			workflow: "ACCESS", by: "asha.rao", values: accessTo("cloud", "admin", "siddharth.jain", "I am on call from next week on."), at: "director",
			acts: []act{agree("ravi.menon", "approve"), fill("siddharth.jain", "approve", values{"least_rights": true, "conditions": "For the weeks on call only"})},
		},
		{workflow: "ACCESS", by: "vivek.chandra", values: accessTo("crm", "write", "maya.fernandes", "I need to enter the leads of the fair."), at: "manager"},
		{
			workflow: "TRAVEL", by: "siddharth.jain", at: "paid",
			values: trip("Hyderabad", "Architecture review with the second site", "supervisor", ticket("-6", "train", 38.4), ticket("-5", "hotel", 96)),
			acts:   []act{agree("ravi.menon", "approve"), agree("pooja.bhatt", "request"), fill("ritu.saxena", "handled", values{"payment_reference": "BOM-20399"})},
		},
		{workflow: "TRAVEL", by: "fatima.siddiqui", at: "supervisor", values: trip("Bengaluru", "Release week with the team", "supervisor", ticket("-6", "train", 22.9), ticket("-4", "meals", 31))},
		{workflow: "TRAVEL", by: "harpreet.singh", at: "administration", values: trip("Chennai", "Inspection of the new warehouse", "administration", ticket("-5", "fee", 12), ticket("-5", "hotel", 58))},
		{
			workflow: "APPRAISAL", by: "varun.mehta", at: "hr",
			values: appraisal("Replace the reporting jobs", "All but one run on the new platform", "The migration went live without a night shift.", "Estimates: I still forget the tests."),
			acts: []act{{by: "anjali.deshpande", does: "assess", chosen: "meera.iyer", values: values{
				"rating_results": 4, "rating_teamwork": 5, "rating_initiative": 4, "talked_on": "-1", "promotion": false,
				"manager_words": "Varun carried the migration and explained it to everybody who asked. A very good year.",
				"next_goals":    "Lead the move of the remaining jobs and mentor one graduate.",
			}}},
		},
		{workflow: "APPRAISAL", by: "asha.rao", at: "manager", values: appraisal("Bring the leave service to production", "Live since the spring, no incident", "The team trusts the tests now.", "Speak up earlier when a plan does not hold.")},
		{
			workflow: "TRANSFER", by: "divya.shetty", at: "access",
			values: transfer("IT", "george.mathew", "I keep the plants running and want to run the systems behind them.", need("erp", "write", "geeta.rawat"), need("warehouse", "read", "geeta.rawat")),
			acts:   []act{fill("manoj.tiwari", "release", values{"handed_over": "Harpreet takes the suppliers, the rest is written down."}), fill("george.mathew", "welcome", values{"position": "Service desk analyst"})},
		},
		{workflow: "ONBOARD", by: "sneha.pillai", at: "manager", values: newcomer("Kiran", "Nambiar", "ENG", "Engineer", "ravi.menon", "1450000", "INR")},
	}
}
