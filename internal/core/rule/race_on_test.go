//go:build race

package rule_test

// The race detector makes the evaluator about ten times slower.
const slack = 10
