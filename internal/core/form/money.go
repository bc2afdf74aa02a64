package form

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// amountText is a plain decimal; its length is bounded before any arithmetic.
var amountText = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,8})?$`)

// parseMoney brings an amount to the number of decimals of its currency.
func parseMoney(f *field, v any) (any, error) {
	m, ok := v.(map[string]any)
	if !ok || !onlyKeys(m, "amount", "currency") {
		return nil, errors.New(`must be an amount with a currency, such as {"amount": "12.50", "currency": "EUR"}`)
	}
	amount, ok := m["amount"].(string)
	if amount = strings.TrimSpace(amount); !ok || !amountText.MatchString(amount) {
		return nil, errors.New("must have an amount such as 12.50, with a point and at most 15 digits before it")
	}
	currency, _ := m["currency"].(string)
	digits, ok := minorUnits(currency)
	if !ok {
		return nil, errors.New("must name a currency by its three letters, such as EUR")
	}
	if len(f.Currencies) > 0 && !slices.Contains(f.Currencies, currency) {
		return nil, errors.New("must be in " + orList(f.Currencies))
	}
	amount, ok = toDecimals(amount, digits)
	if !ok {
		return nil, fmt.Errorf("must have at most %d decimals: %s has no smaller unit", digits, currency)
	}
	return map[string]any{"amount": amount, "currency": currency}, nil
}

// toDecimals pads or cuts zeros behind the point; it never rounds.
func toDecimals(amount string, digits int) (string, bool) {
	whole, frac, _ := strings.Cut(amount, ".")
	frac = strings.TrimRight(frac, "0")
	if len(frac) > digits {
		return "", false
	}
	negative := strings.HasPrefix(whole, "-")
	whole = strings.TrimLeft(strings.TrimPrefix(whole, "-"), "0")
	if whole == "" {
		whole = "0"
	}
	frac += strings.Repeat("0", digits-len(frac))
	if negative && strings.Trim(whole+frac, "0") != "" {
		whole = "-" + whole
	}
	if digits == 0 {
		return whole, true
	}
	return whole + "." + frac, true
}

func checkMoney(f *field, v any) error {
	m := v.(map[string]any)
	amount, _ := new(big.Rat).SetString(m["amount"].(string))
	currency := m["currency"].(string)
	if f.Min != nil && amount.Cmp(exact(*f.Min)) < 0 {
		return fmt.Errorf("must be at least %s %s", plainNumber(*f.Min), currency)
	}
	if f.Max != nil && amount.Cmp(exact(*f.Max)) > 0 {
		return fmt.Errorf("must be at most %s %s", plainNumber(*f.Max), currency)
	}
	return nil
}

// exact reads the limit as the designer wrote it: 0.1 is a tenth, not the
// nearest double.
func exact(limit float64) *big.Rat {
	r, _ := new(big.Rat).SetString(plainNumber(limit))
	return r
}

// orList writes "EUR, USD or INR".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
