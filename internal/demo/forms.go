package demo

// What people fill in, by workflow of the library.

func leave(kind, from, to, reason string) values {
	return values{"leave_type": kind, "leave_from": from, "leave_to": to, "reason": reason}
}

func expense(purpose, currency string, lines ...values) values {
	items := make([]any, len(lines))
	for i, l := range lines {
		items[i] = l
	}
	return values{"purpose": purpose, "currency": currency, "period": values{"from": "-6", "to": "-2"}, "items": items}
}

func receipt(day, category, what string, cost float64) values {
	return values{"day": day, "category": category, "description": what, "cost": cost, "receipt": true}
}

func purchase(subject, category, supplier, owner, why string, quantity int, price float64, quotes int) values {
	return values{
		"subject": subject, "category": category, "supplier": supplier, "budget_owner": "@" + owner, "justification": why,
		"needed_by": "+15", "quotes": quotes,
		"items": []any{values{"article": subject, "quantity": quantity, "unit_price": price, "line_total": float64(quantity) * price}},
	}
}

func accessTo(system, rights, owner, reason string) values {
	v := values{"system": system, "access": rights, "owner": "@" + owner, "reason": reason, "training_done": true}
	if rights == "admin" {
		v["until"] = "+30"
	}
	return v
}

func transfer(team, manager, why string, systems ...values) values {
	rows := make([]any, len(systems))
	for i, x := range systems {
		rows[i] = x
	}
	return values{"new_team": team, "new_manager": "@" + manager, "from": "+20", "reason": why, "systems": rows, "training_done": true}
}

func need(system, rights, owner string) values {
	return values{"system": system, "access": rights, "owner": "@" + owner}
}

func invoice(supplier, number, approver, costCenter string, net float64) values {
	return values{
		"supplier": supplier, "invoice_number": number, "invoice_date": "-3", "net": net, "has_order": true,
		"order_number": "PO-" + number, "approver": "@" + approver, "cost_center": costCenter,
	}
}

func trip(destination, purpose, route string, lines ...values) values {
	costs := make([]any, len(lines))
	for i, l := range lines {
		costs[i] = l
	}
	return values{
		"destination": destination, "trip": values{"from": "-6", "to": "-4"}, "purpose": purpose,
		"budget_number": "86566", "route": route, "costs": costs,
	}
}

func ticket(day, kind string, cost float64) values {
	return values{"day": day, "kind": kind, "cost": cost}
}

func appraisal(goal, result, strengths, improve string) values {
	return values{
		"year": "2026", "strengths": strengths, "improve": improve, "training": []any{"technical"},
		"goals": []any{
			values{"goal": goal, "result": result, "weight": 70, "self_rating": 4},
			values{"goal": "Help new colleagues to find their way", "result": "Two of them, both stayed", "weight": 30, "self_rating": 5},
		},
	}
}

func newcomer(first, last, department, position, manager, salary, currency string) values {
	return values{
		"first_name": first, "last_name": last, "private_email": "new.colleague@mail.example", "start_date": "+20",
		"department": department, "position": position, "contract": "permanent", "hiring_manager": "@" + manager,
		"salary": values{"amount": salary, "currency": currency},
	}
}

// What people do with it.

func agree(by, transition string) act { return act{by: by, does: transition} }

func fill(by, transition string, v values) act { return act{by: by, does: transition, values: v} }

// managerLeave is a manager's yes to a leave, with the colleague of HR he chose.
func managerLeave(by, hr string) act {
	return act{by: by, does: "approve", values: values{"project_critical": false}, chosen: hr}
}

func book(by string, days float64) act {
	return act{by: by, does: "approve", values: values{"booked_days": days, "hr_reference": "HRIS"}}
}

func remark(by, words string) act { return act{by: by, does: doComment, words: words} }
