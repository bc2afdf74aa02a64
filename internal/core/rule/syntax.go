package rule

import (
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"

	"github.com/handstamp/handstamp/internal/core/fault"
)

// explainSyntax turns the parser's errors into sentences with positions.
func explainSyntax(text string, iss *cel.Issues) fault.Problems {
	c := &checker{text: text}
	if strings.TrimSpace(text) == "" {
		return fault.Problems{{Message: "The rule is empty.", Line: 1, Column: 1}}
	}
	// An unreadable character makes the parser stumble over what follows.
	broken := slices.ContainsFunc(iss.Errors(), func(e *common.Error) bool { return tokenError.MatchString(e.Message) })
	for _, e := range iss.Errors() {
		if broken && atInput.MatchString(e.Message) {
			continue
		}
		c.addAt(e.Location.Line(), e.Location.Column()+1, syntaxWords(e.Message))
		if openText.MatchString(e.Message) {
			break // what follows an open text is guesswork
		}
	}
	return c.sorted()
}

var (
	tokenError = regexp.MustCompile(`(?s)^Syntax error: token recognition error at: '(.*)'$`)
	openText   = regexp.MustCompile(`^Syntax error: token recognition error at: '["']`)
	atInput    = regexp.MustCompile(`(?s)^Syntax error: (?:mismatched|extraneous|no viable alternative at) input '(.*?)'(?: expecting .*)?$`)
	missing    = regexp.MustCompile(`(?s)^Syntax error: missing '?(.*?)'? at '(.*)'$`)
	tooLong    = regexp.MustCompile(`expression code point size exceeds limit|code point size`)
	tooDeep    = regexp.MustCompile(`recursion limit|nesting depth|max recursion|AST depth`)
)

func syntaxWords(msg string) string {
	if m := tokenError.FindStringSubmatch(msg); m != nil {
		return badToken(m[1])
	}
	if m := missing.FindStringSubmatch(msg); m != nil {
		return "Something is missing before " + token(m[2]) + ": " + clip(m[1]) + "."
	}
	if m := atInput.FindStringSubmatch(msg); m != nil {
		if h, ok := hints[m[1]]; ok && (m[1] == "and" || m[1] == "or" || m[1] == "not") {
			return h
		}
		return "The rule cannot be read from " + token(m[1]) + " on."
	}
	switch {
	case tooLong.MatchString(msg):
		return "The rule is longer than 2048 characters."
	case tooDeep.MatchString(msg):
		return "The rule is nested too deeply."
	case strings.HasPrefix(msg, "reserved identifier: "):
		return strings.TrimPrefix(msg, "reserved identifier: ") + " is a reserved word."
	}
	return plain(strings.TrimPrefix(msg, "Syntax error: "))
}

func badToken(t string) string {
	switch {
	case (strings.HasPrefix(t, `"`) || strings.HasPrefix(t, "'")) && strings.Contains(t, `\`):
		return `The text that begins here is not closed, or has a \ that belongs to nothing; write \\ for one \.`
	case strings.HasPrefix(t, `"`), strings.HasPrefix(t, "'"):
		return "The text that begins here is not closed."
	case strings.HasPrefix(t, "="):
		return "Write == to compare."
	case strings.HasPrefix(t, "&"):
		return "Write && for and."
	case strings.HasPrefix(t, "|"):
		return "Write || for or."
	}
	return "The character " + clip(t) + " cannot stand here."
}

func token(t string) string {
	if t == "<EOF>" {
		return "the end"
	}
	return clip(t)
}
