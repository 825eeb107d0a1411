package loader

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// linesEvery is how often a line is written where there is no terminal.
const linesEvery = 10 * time.Second

// progress tells how far a load is. It starts no goroutine: it speaks when step is called.
type progress struct {
	out    io.Writer // nil: silent
	bar    *progressbar.ProgressBar
	report *Report
	now    func() time.Time
	next   time.Time // of the next line
}

func newProgress(out io.Writer, report *Report) *progress {
	p := &progress{out: out, report: report, now: time.Now}
	p.next = p.now().Add(linesEvery)
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(file),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionSetItsString("documents"),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own
			progressbar.OptionClearOnFinish(),
		)
	}
	return p
}

// step tells the reader, not too often, what the report holds by now. An error
// of the progress output is no reason to stop a load, so it is dropped.
func (p *progress) step() {
	if p.out == nil {
		return
	}
	if p.bar != nil {
		p.bar.Describe(p.line())
		_ = p.bar.Set(p.report.Read)
		return
	}
	if now := p.now(); !now.Before(p.next) {
		p.next = now.Add(linesEvery)
		_, _ = fmt.Fprintln(p.out, p.line())
	}
}

func (p *progress) line() string {
	if p.report.Settled > 0 {
		return fmt.Sprintf("who is who: %d surnames", p.report.Settled)
	}
	line := fmt.Sprintf("%d documents: %d new, %d changed, %d same", p.report.Read, p.report.New, p.report.Changed, p.report.Same)
	if n := len(p.report.Problems) + p.report.MoreProblems; n > 0 {
		line += fmt.Sprintf(", %d problems", n)
	}
	return line
}

// end clears the bar.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
