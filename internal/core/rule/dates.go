package rule

import (
	"math"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

func dateFunctions() []cel.EnvOption {
	part := func(name string, f func(time.Time) int) cel.EnvOption {
		return unary(name, name+"_date", date1, cel.DoubleType, func(d civil) ref.Val { return types.Double(f(d.time())) })
	}
	return []cel.EnvOption{
		unary("date", "date_text", text1, dateType, func(s types.String) ref.Val {
			d, ok := parseDate(string(s))
			if !ok {
				return types.NewErr("%q is not a date", string(s))
			}
			return d
		}),
		binary("days", "days_dates", date2, cel.DoubleType, func(a, b civil) ref.Val { return types.Double(daysBetween(a, b)) }),
		binary("workdays", "workdays_dates", date2, cel.DoubleType, func(a, b civil) ref.Val { return types.Double(workdays(a, b)) }),
		binary("add_days", "add_days_date", []*types.Type{dateType, cel.DoubleType}, dateType, addDays),
		binary("min", "min_date", date2, dateType, func(a, b civil) ref.Val { return min(a, b) }),
		binary("max", "max_date", date2, dateType, func(a, b civil) ref.Val { return max(a, b) }),
		binary("hours", "hours_moments", moment2, cel.DoubleType, hours),
		part("year", time.Time.Year),
		part("month", func(t time.Time) int { return int(t.Month()) }),
		part("day", time.Time.Day),
		part("weekday", func(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }),
	}
}

// daysBetween counts the days from a to b, both included; 0 when b is before a.
func daysBetween(a, b civil) int { return int(max(0, b-a+1)) }

// workdays counts Mondays to Fridays from a to b, both included; 0 when b is
// before a. It calculates whole weeks: a range of thousands of years is no work.
func workdays(a, b civil) int {
	if b < a {
		return 0
	}
	upTo := func(d civil) int { // working days from 0001-01-01, a Monday, to d
		n := int(d - firstDay + 1)
		return n/7*5 + min(n%7, 5)
	}
	return upTo(b) - upTo(a-1)
}

func addDays(d civil, n types.Double) ref.Val {
	if math.Trunc(float64(n)) != float64(n) || math.Abs(float64(n)) > 4e6 {
		return types.NewErr("add_days() takes a whole number of days")
	}
	out := d + civil(n)
	if out < firstDay || out > lastDay {
		return types.NewErr("the date lies outside the years 1 to 9999")
	}
	return out
}

// hours is the time from a to b in hours, negative when b is before a, in steps
// of a millisecond as JavaScript has.
func hours(a, b types.Timestamp) ref.Val {
	return types.Double(float64(b.UnixMilli()-a.UnixMilli()) / 3600000)
}
