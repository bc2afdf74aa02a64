package form

import (
	"strings"
	"testing"
)

func fields(fs ...Field) Form { return Form{Fields: fs} }

var amount = Field{Name: "amount", Type: Number}

// Ensure every way to draw a wrong form is told, at its place.
func TestCompileProblems(t *testing.T) {
	many := make([]Field, maxFields+1)
	choice := func(o ...Option) Form { return fields(Field{Name: "c", Type: Choice, Options: o}) }
	column := func(f Field) Form { return fields(Field{Name: "t", Type: Table, Columns: []Field{f}}) }
	laid := func(items ...Item) Form { return Form{Fields: []Field{amount}, Layout: items} }
	deep := Item{Field: "amount"}
	for range maxLayoutDepth {
		deep = Item{Rows: []Item{deep}}
	}
	for name, x := range map[string]struct {
		form Form
		want string
	}{
		"too many fields":          {fields(many...), "form.fields: A form has at most 200 fields"},
		"no name":                  {fields(Field{Type: Text}), "form.fields.0.name: The field needs a name"},
		"bad name":                 {fields(Field{Name: "Leave From", Type: Text}), `form.fields.0.name: "Leave From" cannot be a name`},
		"reserved name":            {fields(Field{Name: "in", Type: Text}), `form.fields.0.name: "in" is a reserved word`},
		"name used twice":          {fields(amount, amount), `form.fields.1.name: The name "amount" is used by another field`},
		"unknown type":             {fields(Field{Name: "a", Type: "colour"}), `form.fields.0.type: There is no field type "colour"`},
		"long label":               {fields(Field{Name: "a", Type: Text, Label: strings.Repeat("x", 201)}), "form.fields.0.label: The label has 201 characters"},
		"setting of another type":  {fields(Field{Name: "a", Type: Date, Min: ptr(1.0)}), "form.fields.0.min: A field of type date has no min"},
		"length of a number":       {fields(Field{Name: "a", Type: Number, MaxLength: 3}), "form.fields.0.min_length: A field of type number has no min_length and max_length"},
		"required note":            {fields(Field{Name: "a", Type: Note, Required: true}), "form.fields.0.required: A field of type note has no required"},
		"min above max":            {fields(Field{Name: "a", Type: Number, Min: ptr(5.0), Max: ptr(1.0)}), "form.fields.0.min: The smallest value 5 is above the largest, 1"},
		"negative decimals":        {fields(Field{Name: "a", Type: Number, Decimals: ptr(-1)}), "form.fields.0.decimals: A number has 0 to 8 decimals"},
		"rating of one":            {fields(Field{Name: "a", Type: Rating, Max: ptr(1.0)}), "form.fields.0.max: The best rating"},
		"shortest above longest":   {fields(Field{Name: "a", Type: Text, MinLength: 5, MaxLength: 3}), "form.fields.0.min_length: The smallest length 5 is above the largest, 3"},
		"text too long by design":  {fields(Field{Name: "a", Type: Text, MaxLength: 5000}), "form.fields.0.max_length: Use a whole number from 1 to 4000"},
		"rows":                     {fields(Field{Name: "a", Type: Table, MinRows: 300, Columns: []Field{amount}}), "form.fields.0.min_rows: Use a whole number from 0 to 200"},
		"pattern":                  {fields(Field{Name: "a", Type: Text, Pattern: "("}), "form.fields.0.pattern: This is not a regular expression (RE2): missing closing )"},
		"pattern of another kind":  {fields(Field{Name: "a", Type: Text, Pattern: "(?=x)"}), "form.fields.0.pattern: This is not a regular expression"},
		"pattern that escapes":     {fields(Field{Name: "a", Type: Text, Pattern: "a)|(b"}), "form.fields.0.pattern: This is not a regular expression"},
		"pattern of great length":  {fields(Field{Name: "a", Type: Text, Pattern: strings.Repeat("a", 501)}), "form.fields.0.pattern: The pattern has more than 500"},
		"currency":                 {fields(Field{Name: "a", Type: Money, Currencies: []string{"EUR", "Euro"}}), `form.fields.0.currencies.1: "Euro" is not a currency`},
		"currency twice":           {fields(Field{Name: "a", Type: Money, Currencies: []string{"EUR", "EUR"}}), "form.fields.0.currencies.1: EUR is listed twice"},
		"no options":               {choice(), "form.fields.0.options: A field of type choice needs 1 to 500 options; it has 0"},
		"empty option":             {choice(Option{Label: "x"}), "form.fields.0.options.0.value: An option needs a value"},
		"option twice":             {choice(Option{Value: "a"}, Option{Value: "a"}), `form.fields.0.options.1.value: The value "a" is listed twice`},
		"display":                  {fields(Field{Name: "c", Type: Choice, Display: "slider", Options: []Option{{Value: "a"}}}), `form.fields.0.display: A field of type choice is shown as dropdown or radio, not as "slider"`},
		"default of another type":  {fields(Field{Name: "a", Type: Number, Default: "7"}), "form.fields.0.default: The default is refused: A must be a number."},
		"default beyond its limit": {fields(Field{Name: "a", Type: Number, Max: ptr(5.0), Default: 7.0}), "form.fields.0.default: The default is refused: A must be at most 5."},
		"default not offered":      {fields(Field{Name: "c", Type: Choice, Default: "b", Options: []Option{{Value: "a"}}}), "form.fields.0.default: The default is refused: C must be one of the choices"},
		"default of a table":       {fields(Field{Name: "a", Type: Table, Default: []any{}, Columns: []Field{amount}}), "form.fields.0.default: A table has no literal default"},
		"two defaults":             {fields(Field{Name: "a", Type: Number, Default: 1.0, DefaultRule: src("2")}), "form.fields.0.default_rule: A field has either a default or a rule"},
		"default rule of a range":  {fields(Field{Name: "a", Type: Range, DefaultRule: src("today")}), "form.fields.0.default_rule: A field of type date_range cannot have a rule"},
		"default rule of a kind":   {fields(Field{Name: "a", Type: Number, DefaultRule: src(`"x"`)}), "form.fields.0.default_rule: "},
		"no columns":               {fields(Field{Name: "a", Type: Table}), "form.fields.0.columns: A table needs 1 to 30 columns"},
		"table in a table":         {column(Field{Name: "a", Type: Table, Columns: []Field{amount}}), "form.fields.0.columns.0.type: A column cannot be of type table"},
		"column that calculates":   {column(Field{Name: "a", Type: Number, Calculate: src("1")}), "form.fields.0.columns.0.calculate: A column cannot have calculate"},
		"column that hides":        {column(Field{Name: "a", Type: Number, VisibleWhen: src("true")}), "form.fields.0.columns.0.visible_when: A column cannot have visible_when"},
		"column with rules":        {column(Field{Name: "a", Type: Number, Rules: []Check{{src("true"), "x"}}}), "form.fields.0.columns.0.rules: A column cannot have rules"},
		"column twice":             {fields(Field{Name: "t", Type: Table, Columns: []Field{amount, amount}}), `form.fields.0.columns.1.name: The name "amount" is used by another column`},
		"calculated table":         {fields(Field{Name: "a", Type: Table, Columns: []Field{amount}, Calculate: src("1")}), "form.fields.0.calculate: A field of type table cannot be calculated"},
		"calculated and required":  {fields(Field{Name: "a", Type: Number, Required: true, Calculate: src("1")}), "form.fields.0.required: A calculated field cannot be required"},
		"calculated with default":  {fields(Field{Name: "a", Type: Number, Default: 1.0, Calculate: src("1")}), "form.fields.0.default: A calculated field cannot have a default"},
		"calculation of a kind":    {fields(Field{Name: "a", Type: Number, Calculate: src(`"x"`)}), "form.fields.0.calculate: "},
		"rule about no field":      {fields(Field{Name: "a", Type: Number, Calculate: src("form.b + 1")}), "form.fields.0.calculate: "},
		"rule that is no rule":     {fields(Field{Name: "a", Type: Number, VisibleWhen: src("form.a >")}), "form.fields.0.visible_when: "},
		"check that is no yes":     {fields(amount, Field{Name: "b", Type: Number, Rules: []Check{{src("true"), "m"}, {src("form.amount"), "m"}}}), "form.fields.1.rules.1.check: "},
		"empty check":              {fields(Field{Name: "b", Type: Number, Rules: []Check{{Message: "m"}}}), "form.fields.0.rules.0.check: The rule is empty"},
		"check without message":    {fields(Field{Name: "b", Type: Number, Rules: []Check{{Check: src("true")}}}), "form.fields.0.rules.0.message: Say what is wrong"},
		"people of a number":       {fields(Field{Name: "b", Type: Number, People: src(`user.level == "M5"`)}), "form.fields.0.people: A field of type number has no people"},
		"people rule":              {fields(Field{Name: "b", Type: User, People: src(`user.shoe_size > 3.0`)}), "form.fields.0.people: "},
		"people rule, no search":   {fields(Field{Name: "b", Type: User, People: src(`lower(user.name).matches("a+")`)}), "form.fields.0.people: This rule cannot search people"},
		"user outside people":      {fields(Field{Name: "b", Type: Number, VisibleWhen: src(`user.level == "M5"`)}), "form.fields.0.visible_when: "},
		"unknown step":             {fields(Field{Name: "b", Type: Number, VisibleWhen: src(`step == "hrr"`)}), `form.fields.0.visible_when: The rule compares with a step "hrr" that does not exist`},
		"unknown step in a list":   {fields(Field{Name: "b", Type: Number, VisibleWhen: src(`step in ["hr", 'boss']`)}), `form.fields.0.visible_when: The rule compares with a step "boss"`},
		"calculates itself":        {fields(Field{Name: "a", Type: Number, Calculate: src("form.a + 1")}), "form.fields.0.calculate: The rules go in a circle: a → a"},
		"circle": {fields(
			Field{Name: "a", Type: Number, Calculate: src("form.b + 1")}, Field{Name: "b", Type: Number, Calculate: src("form.c + 1")},
			Field{Name: "c", Type: Number, Calculate: src("form.a + 1")},
		), "form.fields.0.calculate: The rules go in a circle: a → b → c → a"},
		"circle of visibility": {fields(
			Field{Name: "a", Type: Number, VisibleWhen: src("form.b > 1")}, Field{Name: "b", Type: Number, VisibleWhen: src("form.a > 1")},
		), "form.fields.0.visible_when: The rules go in a circle: a → b → a"},
		"layout of nobody":    {laid(Item{Field: "amount"}, Item{Field: "b"}), `form.layout.1: There is no field "b"`},
		"layout twice":        {laid(Item{Field: "amount"}, Item{Columns: []Item{{Field: "amount"}}}), `form.layout.1.columns.0: The field "amount" is placed already, at form.layout.0`},
		"layout without it":   {laid(Item{Divider: true}), `form.layout: The field "amount" has no place in the layout`},
		"layout of two kinds": {laid(Item{Field: "amount", Divider: true}), "form.layout.0: An entry of the layout is one of"},
		"layout of no kind":   {laid(Item{Field: "amount"}, Item{}), "form.layout.1: An entry of the layout is one of"},
		"items alone":         {laid(Item{Items: []Item{{Field: "amount"}}}), "form.layout.0: An entry of the layout is one of"},
		"tab without label":   {laid(Item{Tabs: []Tab{{Items: []Item{{Field: "amount"}}}}}), "form.layout.0.tabs.0.label: The tab needs a label"},
		"layout too deep":     {laid(deep), "nested deeper than 8 levels"},
	} {
		t.Run(name, func(t *testing.T) {
			c, ps := tryCompile(x.form, "submit", "hr")
			if c != nil || len(ps) == 0 {
				t.Fatalf("the form is accepted")
			}
			for _, p := range ps {
				if strings.Contains(p.String(), x.want) {
					if strings.HasSuffix(x.want, ": ") && p.Line == 0 {
						t.Errorf("the problem of the rule has no line: %+v", p)
					}
					return
				}
			}
			t.Errorf("got %v, want %q", ps, x.want)
		})
	}
}

// Ensure all problems are told at once.
func TestCompileTellsAll(t *testing.T) {
	_, ps := tryCompile(fields(Field{Name: "A"}, Field{Name: "b", Type: Choice}, Field{Name: "c", Type: Number, Calculate: src("form.x")}))
	if len(ps) < 4 {
		t.Errorf("got only %v", ps)
	}
}

// Ensure a form with all there is compiles.
func TestCompileAll(t *testing.T) {
	c := compiled(t, everyType())
	if len(c.Fields()) != len(registry) {
		t.Errorf("the form has %d fields, there are %d types", len(c.Fields()), len(registry))
	}
	if f, ok := c.Field("number"); !ok || f.Type != Number {
		t.Errorf("Field gave %v, %v", f, ok)
	}
	if _, ok := c.Field("absent"); ok {
		t.Error("Field found an absent field")
	}
}

// everyType is a form with one field of each type, named after it.
func everyType() Form {
	options := []Option{{Value: "a", Label: "A"}, {Value: "b"}, {Value: "c"}}
	return fields(
		Field{Name: "text", Type: Text}, Field{Name: "long_text", Type: LongText}, Field{Name: "number", Type: Number},
		Field{Name: "money", Type: Money}, Field{Name: "date", Type: Date}, Field{Name: "datetime", Type: DateTime},
		Field{Name: "time", Type: Time}, Field{Name: "date_range", Type: Range}, Field{Name: "duration", Type: Duration},
		Field{Name: "yes_no", Type: YesNo}, Field{Name: "choice", Type: Choice, Options: options},
		Field{Name: "choices", Type: Choices, Options: options}, Field{Name: "user", Type: User}, Field{Name: "department", Type: Dept},
		Field{Name: "email", Type: Email}, Field{Name: "phone", Type: Phone}, Field{Name: "url", Type: URL},
		Field{Name: "rating", Type: Rating}, Field{Name: "table", Type: Table, Columns: []Field{
			{Name: "what", Type: Text, Required: true}, {Name: "cost", Type: Number, Min: ptr(0.0)}, {Name: "who", Type: User}, {Name: "dept", Type: Dept},
		}},
		Field{Name: "note", Type: Note, Label: "Read this"},
	)
}
