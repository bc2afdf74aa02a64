//go:build !race

package rule_test

const slack = 1
