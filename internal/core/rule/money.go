package rule

import (
	"fmt"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// minorUnits lists the currencies that do not have two decimals (ISO 4217).
var minorUnits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
}

// MinorUnits is the number of decimals of a currency, from ISO 4217. It is false
// when the code is not three capital letters.
func MinorUnits(currency string) (int, bool) {
	if len(currency) != 3 {
		return 0, false
	}
	for _, c := range currency {
		if c < 'A' || c > 'Z' {
			return 0, false
		}
	}
	if n, ok := minorUnits[currency]; ok {
		return n, true
	}
	return 2, true
}

// amountOf reads the amount of a money as a number.
func amountOf(m *object) (ref.Val, error) {
	d, err := m.amount()
	if err != nil || d == nil {
		return types.NullValue, err
	}
	return types.Double(d.float()), nil
}

// amount is the exact amount, nil when the money is empty.
func (o *object) amount() (*decimal, error) {
	v := o.raw["amount"]
	if v == nil {
		return nil, nil
	}
	s, ok := v.(string)
	if !ok {
		return nil, fmt.Errorf("%s.amount is not a decimal text", o.path)
	}
	d, ok := parseDecimal(s)
	if !ok || len(s) > 32 {
		return nil, fmt.Errorf("%s.amount is not a decimal text", o.path)
	}
	return &d, nil
}

// makeMoney is money(amount, currency): the amount rounded to the currency's
// minor unit, half to even.
func makeMoney(amount types.Double, currency types.String) ref.Val {
	digits, ok := MinorUnits(string(currency))
	if !ok {
		return types.NewErr("%q is not a currency: use three capital letters", string(currency))
	}
	if a := amount; a > 1e15 || a < -1e15 {
		return types.NewErr("an amount of money is too large")
	}
	d := decimalOf(float64(amount)).round(digits, toEven)
	return &object{
		typ: moneyObject, path: "money()",
		raw: map[string]any{"amount": d.String(), "currency": string(currency)},
	}
}
