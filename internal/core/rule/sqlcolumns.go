package rule

import "fmt"

// column is the expression for an attribute of `user`.
func (t *translator) column(name string) term {
	typ := t.rule.env.objects["user"].schema[name]
	x := term{nature: column, kind: typ.Kind}
	if _, builtin := builtinUser[name]; !builtin {
		x.sql = attribute(name, typ.Kind)
		return x
	}
	switch name {
	case "id":
		x.uuid = "u.id"
	case "manager":
		x.uuid = "u.manager_id"
	default:
		x.sql = "u." + name
		return x
	}
	x.sql = x.uuid + "::text"
	return x
}

var builtinUser = BuiltinUser()

// attribute reads a custom attribute. One that does not fit its kind counts as
// empty, in SQL as in CEL: an old record must not make the search for everybody
// fail. The name is an identifier, checked by NewEnv.
func attribute(name string, k Kind) string {
	at := fmt.Sprintf("u.attributes->'%s'", name)
	text := fmt.Sprintf("u.attributes->>'%s'", name)
	is := func(typ, value string) string {
		return fmt.Sprintf("(CASE WHEN jsonb_typeof(%s) = '%s' THEN %s END)", at, typ, value)
	}
	switch k {
	case Number:
		return is("number", "("+text+")::float8")
	case Bool:
		return is("boolean", "("+text+")::bool")
	case List:
		return fmt.Sprintf("(CASE WHEN jsonb_typeof(%[1]s) = 'array' AND NOT jsonb_path_exists(%[1]s, 'strict $[*] ? (@.type() != \"string\")') THEN ARRAY(SELECT jsonb_array_elements_text(%[1]s)) END)", at)
	case Date:
		return fmt.Sprintf(dateAttribute, text)
	}
	return is("string", text)
}

// dateAttribute reads a date without ever raising an error: the first of the
// month exists for every month, and a day that the month does not have ends in
// the next one, so that it does not read back as it was written.
const dateAttribute = `(SELECT CASE WHEN d ~ '^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}$' AND left(d, 4) <> '0000' THEN` +
	` CASE WHEN to_char((left(d, 8) || '01')::date + (right(d, 2)::int - 1), 'YYYY-MM-DD') = d THEN (left(d, 8) || '01')::date + (right(d, 2)::int - 1) END` +
	` END FROM (SELECT %s AS d OFFSET 0) v)`
