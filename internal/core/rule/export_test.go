package rule

// RowOperator is what the table of row operators says of one, for the tests
// that hold it against testdata/rows.json, which the browser reads as well.
type RowOperator struct {
	Values int    `json:"values"` // -1: many
	Kinds  []Kind `json:"kinds"`
}

// RowOperators is the table of row operators.
func RowOperators() map[string]RowOperator {
	out := map[string]RowOperator{}
	for name, o := range rowOperators {
		out[name] = RowOperator{o.values, o.kinds}
	}
	return out
}

// KindAt finds a variable by its full name, as rows do.
func (e *Env) KindAt(name string) (Kind, bool) { return e.kindAt(name) }

// EveryVariable is every name that rows may use in an environment.
func (e *Env) EveryVariable() map[string]Kind {
	out := map[string]Kind{}
	add := func(name string) {
		if k, ok := e.kindAt(name); ok {
			out[name] = k
		}
	}
	for name := range loose {
		add(name)
	}
	for of, o := range e.objects {
		for name := range o.schema {
			add(of + "." + name)
			for _, part := range []string{"amount", "currency", "from", "to"} {
				add(of + "." + name + "." + part)
			}
		}
	}
	return out
}
