package facts

import "github.com/handstamp/handstamp/internal/core/engine"

// PersonOf shows somebody the engine has met. It costs no query: the attributes
// that rules read carry everything a page names.
func PersonOf(p engine.Person) Person {
	get := func(k string) string { s, _ := p.Attributes[k].(string); return s }
	v := Person{
		ID: p.ID, Name: p.Name, Email: get("email"), Designation: get("designation"), Department: get("department_name"),
		DepartmentKey: get("department"), Level: get("level"), Location: get("location"), Status: get("status"),
	}
	if v.Name == "" {
		v.Name = "Somebody who left"
	}
	return v
}
