// Package rule holds the conditions and calculations of a workflow: CEL over
// declared variables, checked with positions when it is written, evaluated under
// limits, and translated to SQL where it searches people.
//
// The language is a part of CEL (https://cel.dev), cut so that Go, the browser
// and PostgreSQL give the same answer:
//
//   - one number type, the IEEE 754 double; `form.days == 3` just works, a
//     result that is no finite number is an error
//   - an empty variable is null; == and != and `in` know null, every other
//     operator and function answers null with an error; && and || absorb an
//     error when the other side decides
//   - a civil date, an instant, text and numbers never compare with each other
//   - whole objects (form, user, a money, a range) are never compared, only
//     their parts
//
// A value that is not of its declared kind makes the rule that reads it fail;
// only an attribute of a person counts as empty then, so that one old record
// cannot stop a search over all people.
//
// testdata/corpus.json is the contract all evaluators are tested against: rule,
// scope (kinds of the variables), input, and the value wanted, or "error".
package rule
