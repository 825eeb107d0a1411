package resolvers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/cablegraph/cablegraph/explore"
	"github.com/cablegraph/cablegraph/graph"
)

// The refusals that are this package's own.
var (
	errTooDeep      = errors.New("nested too deep")
	errTooCostly    = errors.New("too costly")
	errPageTooLarge = errors.New("page too large")
	errAmbiguous    = errors.New("ambiguous name")
)

// isLimit tells whether an error refuses the request as a whole.
func isLimit(err error) bool { return errors.Is(err, errTooDeep) || errors.Is(err, errTooCostly) }

// The codes that stand in `extensions.code` beside those of the table below.
const (
	codeInternal   = "INTERNAL"
	codeBadRequest = "BAD_REQUEST"
)

// codes is the one place where errors become codes of the API. Where message is
// set it stands in place of the error's own text, which then goes to the log.
var codes = []struct {
	is            error
	code, message string
}{
	{is: graph.ErrBadCursor, code: "BAD_CURSOR"},
	{is: graph.ErrBadReference, code: "BAD_REFERENCE"},
	{is: graph.ErrBadID, code: "BAD_ID"},
	{is: graph.ErrBadText, code: "BAD_TEXT"},
	{is: graph.ErrBadWhere, code: "BAD_FILTER"},
	{is: errPageTooLarge, code: "PAGE_TOO_LARGE"},
	{is: graph.ErrBadPage, code: "BAD_PAGE"},
	{is: errTooDeep, code: "TOO_DEEP"},
	{is: errTooCostly, code: "TOO_COSTLY"},
	{is: errAmbiguous, code: "AMBIGUOUS"},
	{is: explore.ErrTooLarge, code: "TOO_LARGE"},
	{is: graph.ErrConflict, code: "CONFLICT", message: "the store is being written to: try again"},
	{is: graph.ErrTimeout, code: "TIMEOUT", message: "the store did not answer in time: ask for less, or again later"},
	{is: context.DeadlineExceeded, code: "TIMEOUT", message: "the store did not answer in time: ask for less, or again later"},
	{is: context.Canceled, code: "CANCELLED", message: "the request was cancelled"},
	{is: graph.ErrUnavailable, code: "UNAVAILABLE", message: "the store can't be reached: try again later"},
}

// ErrorPresenter gives every error its code, and hides what is nobody's
// business: the cause of an INTERNAL error goes to the log once, under the
// request id that the message names.
func ErrorPresenter(ctx context.Context, err error) *gqlerror.Error {
	var shown *gqlerror.Error
	if !errors.As(err, &shown) {
		shown = gqlerror.WrapPath(graphql.GetPath(ctx), err)
	}
	if shown.Extensions["code"] != nil {
		return shown
	}
	code, message := describe(ctx, shown)
	shown.Message = message
	if shown.Extensions == nil {
		shown.Extensions = map[string]any{}
	}
	shown.Extensions["code"] = code
	return shown
}

func describe(ctx context.Context, err *gqlerror.Error) (code, message string) {
	for _, c := range codes {
		if !errors.Is(err, c.is) {
			continue
		}
		if c.message != "" {
			slog.WarnContext(ctx, "question not answered", "code", c.code, "path", err.Path.String(), "cause", err.Err)
			return c.code, c.message
		}
		return c.code, err.Message
	}
	if err.Err == nil && len(err.Path) == 0 {
		return codeBadRequest, err.Message // made by the GraphQL library for the request as a whole
	}
	id := requestID(ctx)
	slog.ErrorContext(ctx, "internal error", "request", id, "path", err.Path.String(), "cause", cause(err))
	err.Extensions = map[string]any{"requestId": id}
	return codeInternal, "internal error; the log tells more about request " + id
}

func cause(err *gqlerror.Error) error {
	if err.Err != nil {
		return err.Err
	}
	return err
}

// panicked is a panic as an error.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// Recover makes an error of a panic; ErrorPresenter logs it and shows INTERNAL.
func Recover(_ context.Context, value any) error {
	return &panicked{value: value, stack: debug.Stack()}
}

type requestIDKey struct{}

// WithRequestID returns a context whose errors name the request id.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

func requestID(ctx context.Context) string {
	if id, ok := ctx.Value(requestIDKey{}).(string); ok {
		return id
	}
	return rand.Text()[:12]
}

// Candidate is a node that a name could mean.
type Candidate struct {
	ID   graph.ID `json:"id"`
	Name string   `json:"name"` // of cables the reference
	// Of people only: how many cables mention them, and their most frequent titles.
	Cables int      `json:"cables,omitempty"`
	Titles []string `json:"titles,omitempty"`
	// Of cables only, where known.
	Created *time.Time `json:"created,omitempty"`
	Subject string     `json:"subject,omitempty"`
}

// String is the candidate in a sentence: "Hillary Clinton, Secretary of State, cables: 212 (person:hillary-clinton)".
func (c Candidate) String() string {
	s := c.Name
	if len(c.Titles) > 0 {
		s += ", " + c.Titles[0]
	}
	if c.Created != nil {
		s += c.Created.Format(", 2006-01-02")
	}
	if c.Subject != "" {
		s += ", " + c.Subject
	}
	if c.Cables > 0 {
		s += fmt.Sprintf(", cables: %d", c.Cables)
	}
	return fmt.Sprintf("%s (%s)", s, c.ID)
}

// ambiguous says that several nodes bear a name, and which; the message names the first few.
func ambiguous(name string, candidates []Candidate, more bool) error {
	count := fmt.Sprint(len(candidates))
	if more {
		count = "more than " + count
	}
	const shown = 3
	var some []string
	for _, c := range candidates[:min(len(candidates), shown)] {
		some = append(some, c.String())
	}
	if more || len(candidates) > shown {
		some = append(some, "…")
	}
	err := fmt.Errorf("%w: %s fit %q; ask for one of them by id: %s", errAmbiguous, count, name, strings.Join(some, "; "))
	return &gqlerror.Error{Err: err, Message: err.Error(), Extensions: map[string]any{"candidates": candidates}}
}
