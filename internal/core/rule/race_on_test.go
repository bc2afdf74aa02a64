//go:build race

package rule_test

// The race detector makes the evaluator about ten times slower, a machine that is busy with other tests ten times more. What
// this still finds is an evaluation that does not stop.
const slack = 100
