package rule

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

// Limits of a pattern in matches().
const (
	maxPattern = 200 // characters
	maxProgram = 500 // instructions of the compiled program
)

// checkPattern accepts the regular expressions that RE2 and JavaScript (with the
// u flag) understand alike, once `.` is read as [^\n] and \s as [\t\n\f\r ]. It
// returns the size of the compiled program.
func checkPattern(p string) (int, error) {
	if len(p) > maxPattern {
		return 0, fmt.Errorf("is longer than %d characters", maxPattern)
	}
	if err := portable(p); err != nil {
		return 0, err
	}
	re, err := syntax.Parse(p, syntax.Perl)
	if err != nil {
		var s *syntax.Error
		if errors.As(err, &s) {
			return 0, fmt.Errorf("is not valid: %s: %s", s.Code, s.Expr)
		}
		return 0, fmt.Errorf("is not valid")
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil || len(prog.Inst) > maxProgram {
		return 0, fmt.Errorf("is too large: repeat less")
	}
	return len(prog.Inst), nil
}

var (
	quantifier = regexp.MustCompile(`^\{[0-9]{1,4}(,[0-9]{0,4})?\}`)
	property   = regexp.MustCompile(`^\\[pP]\{(L|Lu|Ll|M|N|Nd|P|S|Z)\}`)
)

// portable refuses what the two dialects read differently.
func portable(p string) error {
	class := false
	for i := 0; i < len(p); i++ {
		rest := p[i:]
		switch c := p[i]; {
		case c == '\\':
			n, err := escape(rest, class)
			if err != nil {
				return err
			}
			i += n - 1
		case class:
			class = c != ']'
			if strings.HasPrefix(rest, "[") {
				return errors.New(`has a [ inside [ ]: write \[`)
			}
		case c == '[':
			class = true
			if strings.HasPrefix(rest, "[]") || strings.HasPrefix(rest, "[^]") {
				return errors.New(`has a ] at the beginning of [ ]: write \]`)
			}
		case c == '{':
			m := quantifier.FindString(rest)
			if m == "" {
				return errors.New(`has a { that repeats nothing: write \{`)
			}
			i += len(m) - 1
		case c == '}' || c == ']':
			return fmt.Errorf(`has a %c that closes nothing: write \%c`, c, c)
		case strings.HasPrefix(rest, "(?") && !strings.HasPrefix(rest, "(?:"):
			return errors.New("uses (?…): only (?:…) is allowed")
		}
	}
	return nil
}

// escape returns the length of the escape at the beginning of s.
func escape(s string, class bool) (int, error) {
	if m := property.FindString(s); m != "" {
		return len(m), nil
	}
	if len(s) < 2 {
		return 0, errors.New(`ends with a \`)
	}
	allowed := `dDwWsnrt^$\.*+?()[]{}|/`
	if class {
		allowed += "-"
	} else {
		allowed += "bBS"
	}
	if !strings.ContainsRune(allowed, rune(s[1])) {
		return 0, fmt.Errorf(`uses \%s, which is not part of the language`, clip(firstRune(s[1:])))
	}
	return 2, nil
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}
