package report

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Progress shows how far a replay is: a bar in a terminal, else a line now and then.
type Progress struct {
	out   io.Writer
	bar   bool
	every time.Duration
	last  time.Time
	now   func() time.Time
}

// NewProgress writes to a file, usually standard error.
func NewProgress(out *os.File) *Progress {
	p := &Progress{out: out, every: 10 * time.Second, now: time.Now}
	if info, err := out.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb" {
		p.bar, p.every = true, 200*time.Millisecond
	}
	p.last = p.now()
	return p
}

// width of the bar, in characters.
const width = 30

// Show tells how far the replay is, when it is time to.
func (p *Progress) Show(r *Report) {
	now := p.now()
	if now.Sub(p.last) < p.every {
		return
	}
	p.last = now
	took := now.Sub(r.Began).Seconds()
	done := r.Done()
	left := ""
	if done > 0 {
		left = time.Duration(took / float64(done) * float64(r.Cases-done) * float64(time.Second)).Round(time.Second).String()
	}
	rate := float64(r.tally.Acts) / max(took, 1e-9)
	text := fmt.Sprintf("%s of %s cases, %s acts, %.0f acts/s, %s mismatches, %s left", number(done), number(r.Cases), number(r.tally.Acts), rate, number(r.bad), left)
	if !p.bar {
		fmt.Fprintln(p.out, text)
		return
	}
	full := width * done / max(r.Cases, 1)
	fmt.Fprintf(p.out, "\r\033[K[%s%s] %s", strings.Repeat("=", full), strings.Repeat(" ", width-full), text)
}

// Close takes the bar away.
func (p *Progress) Close() {
	if p.bar {
		fmt.Fprint(p.out, "\r\033[K")
	}
}
