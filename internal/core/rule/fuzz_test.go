package rule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/handstamp/handstamp/internal/core/rule"
)

// FuzzCompile feeds arbitrary text. Whatever it is, the answer is a rule that can
// be evaluated and translated without a panic, or problems with positions inside
// the text.
func FuzzCompile(f *testing.F) {
	for _, c := range readCorpus(f) {
		f.Add(c.Rule)
	}
	for _, c := range refusals {
		f.Add(c.rule)
	}
	for _, text := range hostile() {
		if len(text) < 3000 {
			f.Add(text)
		}
	}
	f.Add(`user.department == "HR" && user.level_rank + 1 > form.days`)
	env := formEnv(f)
	filled := rule.Input{
		Form: map[string]any{
			"days": 3.0, "reason": "abc", "from": "2026-01-01", "to": "2026-01-05", "urgent": true, "tags": []any{"a"},
			"total": map[string]any{"amount": "12.50", "currency": "EUR"}, "items": []any{map[string]any{"n": 1.0}},
		},
		User: map[string]any{"department": "HR", "roles": []string{"hr"}}, Step: "s", Now: time.Unix(1e9, 0), Today: "2026-02-01",
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		r, problems := env.Compile(rule.CEL(text), rule.Place{About: rule.People})
		if took := time.Since(start); took > 3*time.Second { // far above 200 ms: the fuzzer's machine is busy
			t.Errorf("%q takes %v", text, took)
		}
		lines := strings.Count(text, "\n") + 1
		for _, p := range problems {
			if p.Message == "" || p.Line < 1 || p.Line > lines || p.Column < 1 || p.Column > len(text)+1 {
				t.Errorf("%q: %+v", text, p)
			}
		}
		if r == nil {
			if len(problems) == 0 {
				t.Errorf("%q: neither a rule nor a problem", text)
			}
			return
		}
		for _, in := range []rule.Input{{}, filled} {
			_, _ = r.Value(in)
			_, _, err := r.Where(in, 1)
			if shape := r.CheckSQL(); shape == nil && err != nil {
				t.Errorf("%q: CheckSQL accepts what Where refuses: %v", text, err)
			}
		}
	})
}

func BenchmarkCompile(b *testing.B) {
	scope := rule.Scope{Form: rule.Schema{"days": {Kind: rule.Number}}}
	for b.Loop() {
		env, err := rule.NewEnv(scope)
		if err != nil {
			b.Fatal(err)
		}
		if _, problems := env.Compile(rule.CEL(`user.department == "HR" && form.days > 3 && step == "Manager"`), rule.Place{Gives: rule.Bool, About: rule.People}); problems != nil {
			b.Fatal(problems)
		}
	}
}

func BenchmarkBool(b *testing.B) {
	env := formEnv(b)
	in := rule.Input{
		Form: map[string]any{"days": 5.0, "from": "2026-01-01", "to": "2026-01-09", "items": []any{map[string]any{"n": 1.0}, map[string]any{"n": 2.0}}},
		User: map[string]any{"department": "HR", "roles": []any{"a", "b"}}, Step: "Manager",
	}
	for name, text := range map[string]string{
		"compare": `user.department == "HR" && form.days > 3 && step == "Manager"`,
		"dates":   "workdays(form.from, form.to) > 3",
		"roles":   `"b" in user.roles`,
		"rows":    `form.items.exists(r, r.n == 2) && sum(form.items, "n") == 3`,
	} {
		r, problems := env.Compile(rule.CEL(text), rule.Place{Gives: rule.Bool, About: rule.People})
		if problems != nil {
			b.Fatal(problems)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if ok, err := r.Bool(in); err != nil || !ok {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
