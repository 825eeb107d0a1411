package loader

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// linesEvery is how often a line is written where there is no terminal, and how
// long the stretch is over which the rate is taken.
const linesEvery = 10 * time.Second

// progress tells how far a load is. It starts no goroutine: it speaks when it is told something.
type progress struct {
	out    io.Writer // nil: silent
	bar    *progressbar.ProgressBar
	report *Report
	total  int64 // bytes of all paths; 0: unknown
	now    func() time.Time
	next   time.Time // when the next line is due

	begin, last point
	rate        float64 // documents a second between the last two lines
}

// point is how far the reading was at a moment.
type point struct {
	at        time.Time
	documents int
	bytes     int64
}

func newProgress(out io.Writer, report *Report) *progress {
	p := &progress{out: out, report: report, now: time.Now}
	p.next = p.now().Add(linesEvery)
	p.begin.at = p.now()
	p.last = p.begin
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(file),
			progressbar.OptionSetPredictTime(false), // line tells, which leaves out what was skipped
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own
			progressbar.OptionClearOnFinish(),
		)
	}
	return p
}

// skip tells that documents until there are in from another load: they say nothing about the speed of this one.
func (p *progress) skip(read int64) {
	p.begin = point{p.now(), 0, read}
	p.last = p.begin
	if p.report.Resumed%1000 == 0 {
		p.say(fmt.Sprintf("%d documents from the load that was stopped", p.report.Resumed), read, false)
	}
}

// step tells the reader, not too often, what the report holds by now; read is
// the bytes of all paths that were read.
func (p *progress) step(read int64) {
	if p.out == nil {
		return
	}
	now := p.now()
	if due := !now.Before(p.next); due {
		p.rate = float64(p.report.Read-p.last.documents) / now.Sub(p.last.at).Seconds()
		p.last = point{now, p.report.Read, read}
	}
	if p.bar != nil || p.last.at.Equal(now) {
		p.say(p.line(read), read, false)
	}
}

// phase names what is done after reading, each time at once.
func (p *progress) phase(what string) { p.say(what, p.total, true) }

// settled tells how many of how many surnames are settled.
func (p *progress) settled(of int) {
	p.say(fmt.Sprintf("who is who: %d of %d surnames", p.report.Settled, of), p.total, p.report.Settled >= of || p.report.Settled == 0)
}

// say writes a line when one is due or when it is urgent, and always moves the
// bar. An error of the progress output is no reason to stop a load, so it is dropped.
func (p *progress) say(line string, read int64, urgent bool) {
	if p.out == nil {
		return
	}
	now := p.now()
	due := !now.Before(p.next)
	if due {
		p.next = now.Add(linesEvery)
	}
	if p.bar != nil {
		p.bar.Describe(line)
		if p.total > 0 {
			p.bar.ChangeMax64(p.total)
			read = min(read, p.total-1) // a full bar is a finished one
		}
		_ = p.bar.Set64(read)
		return
	}
	if due || urgent {
		_, _ = fmt.Fprintln(p.out, line)
	}
}

func (p *progress) line(read int64) string {
	r := p.report
	line := fmt.Sprintf("%d documents: %d new, %d changed, %d same", r.Read, r.New, r.Changed, r.Same)
	if r.ProblemCount > 0 {
		line += fmt.Sprintf(", %d problems", r.ProblemCount)
	}
	if p.rate > 0 {
		line += fmt.Sprintf("; %.0f a second", p.rate)
	}
	if p.total > 0 {
		line += fmt.Sprintf("; %.0f %%", 100*float64(read)/float64(p.total))
		if left := p.left(read); left > 0 {
			line += fmt.Sprintf(", %s left", left)
		}
	}
	return line
}

// left is how long the rest will take at the speed until now; 0 where that can't be told.
func (p *progress) left(read int64) time.Duration {
	done, spent := read-p.begin.bytes, p.now().Sub(p.begin.at)
	if done <= 0 || spent < time.Second {
		return 0
	}
	rest := float64(p.total-read) / float64(done)
	return time.Duration(rest * float64(spent)).Round(time.Second)
}

// end clears the bar.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
