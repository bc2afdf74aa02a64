package form

import (
	"math"
	"strconv"
)

// Amount is what a request is about in money: the value of the form's first money
// field, else of a number field called amount, in whatever currency it stands.
// Where nothing is entered it is infinite: nobody knows yet. It is false for a
// form without such a field.
func (c *Compiled) Amount(v Values) (float64, bool) {
	for _, f := range c.Fields() {
		if f.Type != Money && (f.Type != Number || f.Name != "amount") {
			continue
		}
		switch x := v[f.Name].(type) {
		case float64:
			return x, true
		case map[string]any:
			if text, ok := x["amount"].(string); ok {
				if n, err := strconv.ParseFloat(text, 64); err == nil {
					return n, true
				}
			}
		}
		return math.Inf(1), true
	}
	return 0, false
}
