package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

func textFunctions() []cel.EnvOption {
	text := func(name string, f func(string) string) cel.EnvOption {
		return unary(name, name+"_text", text1, cel.StringType, func(s types.String) ref.Val { return types.String(f(string(s))) })
	}
	length := func(s types.String) ref.Val { return types.Double(utf8.RuneCountInString(string(s))) }
	return []cel.EnvOption{
		unary("size", "size_text", text1, cel.DoubleType, length),
		member("size", "text_size", text1, cel.DoubleType, length),
		text("lower", lower),
		text("upper", upper),
		text("trim", trim),
	}
}

// lower maps letter by letter; where the small letter would be several
// characters (İ) the letter stays. So all evaluators agree.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'İ' {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

// upper maps letter by letter; where the capital would be several characters
// (ß, ﬁ) the letter stays.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7f && unicode.Is(severalCapitals, r) {
			return r
		}
		return unicode.ToUpper(r)
	}, s)
}

// severalCapitals are the letters whose capital is more than one character
// (SpecialCasing.txt of Unicode, unconditional mappings).
var severalCapitals = &unicode.RangeTable{R16: []unicode.Range16{
	{0xdf, 0xdf, 1},
	{0x149, 0x149, 1},
	{0x1f0, 0x1f0, 1},
	{0x390, 0x390, 1},
	{0x3b0, 0x3b0, 1},
	{0x587, 0x587, 1},
	{0x1e96, 0x1e9a, 1},
	{0x1f50, 0x1f56, 2},
	{0x1f80, 0x1faf, 1},
	{0x1fb2, 0x1fb4, 1},
	{0x1fb6, 0x1fb7, 1},
	{0x1fbc, 0x1fbc, 1},
	{0x1fc2, 0x1fc4, 1},
	{0x1fc6, 0x1fc7, 1},
	{0x1fcc, 0x1fcc, 1},
	{0x1fd2, 0x1fd3, 1},
	{0x1fd6, 0x1fd7, 1},
	{0x1fe2, 0x1fe4, 1},
	{0x1fe6, 0x1fe7, 1},
	{0x1ff2, 0x1ff4, 1},
	{0x1ff6, 0x1ff7, 1},
	{0x1ffc, 0x1ffc, 1},
	{0xfb00, 0xfb06, 1},
	{0xfb13, 0xfb17, 1},
}}

// blanks are what JavaScript's trim takes away.
const blanks = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

func trim(s string) string { return strings.Trim(s, blanks) }
