package rule

import (
	"regexp"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
)

// kindWords name a kind after "is not a …".
var kindWords = map[Kind]string{
	Text: "text", Number: "number", Bool: "yes or no", Date: "date", Timestamp: "moment",
	List: "list", Money: "money", Range: "range of dates", Rows: "table",
}

// articles name a kind where a value of it is meant.
var articles = map[Kind]string{
	Text: "a text", Number: "a number", Bool: "true or false", Date: "a date", Timestamp: "a moment",
	List: "a list of texts", Money: "a money", Range: "a range of dates", Rows: "a table", nullKind: "an empty value",
}

// usage shows how our functions are called.
var usage = map[string]string{
	"date":     `date("2026-01-31")`,
	"days":     "days(date, date)",
	"workdays": "workdays(date, date)",
	"weekday":  "weekday(date)",
	"year":     "year(date)", "month": "month(date)", "day": "day(date)",
	"add_days":  "add_days(date, number)",
	"hours":     "hours(moment, moment)",
	"timestamp": `timestamp("2026-01-31T09:00:00Z")`,
	"lower":     "lower(text)", "upper": "upper(text)", "trim": "trim(text)",
	"size":     "size(text or list)",
	"contains": "text.contains(text)", "startsWith": "text.startsWith(text)", "endsWith": "text.endsWith(text)",
	"matches": `text.matches("pattern")`,
	"sum":     `sum(form.table, "column")`,
	"min":     "min(number, number) or min(date, date)", "max": "max(number, number) or max(date, date)",
	"round":   "round(number) or round(number, digits)",
	"or_else": "or_else(variable, value of the same kind)",
	"money":   `money(number, "EUR")`,
}

// hints answer names that people try.
var hints = map[string]string{
	"user": "Here nobody is being considered, so there is no user; use initiator or assignee.",
	"has":  "Write form.x != null instead of has(form.x).",
	"and":  "Write && for and.", "or": "Write || for or.", "not": "Write ! for not.",
	"duration":    "There are no durations; count with days(a, b) or hours(a, b).",
	"int":         "There is one kind of number; leave int() away.",
	"double":      "There is one kind of number; leave double() away.",
	"string":      "Values cannot be turned into text in a rule.",
	"data":        "Data sources cannot be asked in a rule; take the value into a form field by a lookup.",
	"_[_]":        "An entry of a list cannot be picked by its number; use exists, all, filter or sum.",
	"_%_":         "There is no remainder operator.",
	"__not_in__":  "Write !(x in list).",
	"exists_one":  "exists_one takes a name and a condition: list.exists_one(x, x == \"a\").",
	"exists":      "exists takes a name and a condition: list.exists(x, x == \"a\").",
	"all":         "all takes a name and a condition: list.all(x, x != \"a\").",
	"map":         "map takes a name and a value: list.map(x, lower(x)).",
	"filter":      "filter takes a name and a condition: list.filter(x, x != \"a\").",
	"getFullYear": "Write year(date).", "getMonth": "Write month(date).", "getDayOfWeek": "Write weekday(date).",
}

var (
	undeclared = regexp.MustCompile(`^undeclared reference to '([^']*)'`)
	undefined  = regexp.MustCompile(`^undefined field '([^']*)'`)
	noOverload = regexp.MustCompile(`(?s)^found no matching overload for '([^']*)' applied to '(.*)'$`)
	mismatch   = regexp.MustCompile(`^expected type '(.*)' but found '(.*)'$`)
	noSelect   = regexp.MustCompile(`^type '(.*)' does not support field selection$`)
	badRange   = regexp.MustCompile(`^expression of type '(.*)' cannot be range`)
)

// explain turns the checker's errors into sentences, keeping their positions.
func (c *checker) explain(iss *cel.Issues) {
	for _, e := range iss.Errors() {
		c.addAt(e.Location.Line(), e.Location.Column()+1, c.words(e))
	}
}

func (c *checker) words(e *common.Error) string {
	msg := e.Message
	if m := undeclared.FindStringSubmatch(msg); m != nil {
		return unknownName(m[1])
	}
	if m := undefined.FindStringSubmatch(msg); m != nil {
		return sentence("There is no variable " + clip(m[1]) + " here" + c.didYouMean(m[1]))
	}
	if m := noOverload.FindStringSubmatch(msg); m != nil {
		return wrongTypes(m[1], m[2])
	}
	if m := mismatch.FindStringSubmatch(msg); m != nil {
		return "Here stands " + typeWords(m[2]) + ", it has to be " + typeWords(m[1]) + "."
	}
	if m := noSelect.FindStringSubmatch(msg); m != nil {
		return capital(typeWords(m[1])) + " has no parts to pick with a dot."
	}
	if m := badRange.FindStringSubmatch(msg); m != nil {
		return "exists, all, map and filter go over a list or a table, here stands " + typeWords(m[1]) + "."
	}
	return plain(msg)
}

// known sentences of cel-go, and ours for them.
var plainly = map[string]string{
	"comprehension exceeds nesting limit": "exists, all, map and filter cannot stand inside each other.",
	"invalid timestamp argument":          `This is not a moment; write it as "2026-01-31T09:00:00Z".`,
	"invalid int literal":                 "This number is too large to be exact.",
	"invalid double literal":              "This number is too large.",
	"argument must be a simple name":      "Here has to stand a name for the entries, such as x.",
}

func plain(msg string) string {
	if s, ok := plainly[msg]; ok {
		return s
	}
	return sentence(msg)
}

func unknownName(name string) string {
	if h, ok := hints[name]; ok {
		return h
	}
	return "Nothing here is called " + clip(name) + "."
}

// didYouMean suggests a variable that differs from the name by one or two letters.
func (c *checker) didYouMean(name string) string {
	if len(name) > 64 {
		return ""
	}
	best, far := "", 3
	for _, o := range c.env.objects {
		for _, n := range o.schema.Names() {
			if d := distance(name, n); d < far || d == far && n < best {
				best, far = n, d
			}
		}
	}
	if best == "" || far >= len(name) {
		return ""
	}
	return "; did you mean " + best + "?"
}

// distance is the edit distance of Levenshtein.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// wrongTypes explains an operator or function applied to kinds it does not take.
func wrongTypes(fn, applied string) string {
	target, args := splitTypes(applied)
	if target != "" {
		args = append([]string{target}, args...)
	}
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = typeWords(a)
	}
	got := strings.Join(words, " and ")
	op := strings.Trim(fn, "_@")
	switch op {
	case "==", "!=", "<", "<=", ">", ">=":
		if len(words) == 2 && words[0] == words[1] && op != "==" && op != "!=" {
			return "Two values of this kind (" + words[0] + ") cannot be compared with " + op + "."
		}
		return capital(got) + " cannot be compared" + compareHint(got) + "."
	case "in":
		return capital(words[0]) + " cannot be looked for in " + words[len(words)-1] + "."
	case "?_:":
		if len(words) == 3 && words[0] == articles[Bool] {
			return "The two sides of the choice are " + words[1] + " and " + words[2] + "; they have to be of one kind."
		}
		return "A condition has to stand before the ?, not " + words[0] + "."
	case "&&", "||", "!":
		return "A condition has to stand here, not " + notBool(words) + "."
	case "+", "-", "*", "/":
		return "The operator " + op + " cannot be used on " + got + "."
	}
	if u, ok := usage[op]; ok {
		return op + " is used as " + u + "; here it got " + orNothing(got) + "."
	}
	return unknownName(op)
}

// notBool is the first kind among the operands that is no condition.
func notBool(words []string) string {
	for _, w := range words {
		if w != articles[Bool] {
			return w
		}
	}
	return strings.Join(words, " and ")
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

func compareHint(got string) string {
	names := func(a, b string) bool { return strings.Contains(got, a) && strings.Contains(got, b) }
	switch {
	case names("a date", "a text"):
		return `; write a date as date("2026-01-31")`
	case names("a date", "a moment"):
		return "; use today for the date of now"
	case names("a list", "an empty value"), names("a table", "an empty value"):
		return "; write size(x) == 0 for an empty one"
	}
	return ""
}

// splitTypes takes "string.(double)" or "(double, string)" apart.
func splitTypes(s string) (target string, args []string) {
	open := strings.Index(s, ".(")
	if open >= 0 && strings.HasSuffix(s, ")") && !strings.HasPrefix(s, "(") {
		target, s = s[:open], s[open+1:]
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	depth, start := 0, 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				args = append(args, strings.TrimSpace(s[start:i]))
				start = i + 1
			}
		}
	}
	if rest := strings.TrimSpace(s[start:]); rest != "" {
		args = append(args, rest)
	}
	return target, args
}

// typeWords names a type of the checker in the words of the product.
func typeWords(t string) string {
	t = strings.TrimSuffix(strings.TrimPrefix(t, "wrapper("), ")")
	switch t {
	case "double", "int", "uint":
		return articles[Number]
	case "string":
		return articles[Text]
	case "bool":
		return articles[Bool]
	case "date":
		return articles[Date]
	case "timestamp", "google.protobuf.Timestamp":
		return articles[Timestamp]
	case "null", "null_type":
		return articles[nullKind]
	case "#money":
		return "a money (use its .amount)"
	case "#range":
		return "a range of dates (use its .from or .to)"
	}
	switch {
	case strings.HasPrefix(t, "map("):
		return "an object"
	case strings.HasPrefix(t, "list(") && strings.HasSuffix(strings.TrimSuffix(t, ")"), "[]"):
		return articles[Rows]
	case strings.HasPrefix(t, "list("):
		return "a list"
	case strings.HasSuffix(t, "[]"):
		return "a row"
	}
	return "all of " + strings.TrimPrefix(t, "#")
}

// sentence gives a message a capital and a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	if last := s[len(s)-1]; last != '.' && last != '?' {
		s += "."
	}
	return capital(s)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
