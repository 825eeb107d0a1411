package resolvers

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/cablegraph/cablegraph/graph"
)

// decoder reads argument values, as the GraphQL parser gives them, into the
// filter structs of graph: by their JSON tags, without a detour through JSON.
// GraphQL validation has gone before; what it leaves open is checked here.
type decoder struct {
	limits     Limits
	conditions int // filter objects so far
}

// place is where in the arguments a value stands. It becomes text only for an error.
type place struct {
	parent *place
	name   string
	index  int
}

func (p *place) String() string {
	if p.parent == nil {
		return p.name
	}
	if p.name == "" {
		return p.parent.String() + "[" + strconv.Itoa(p.index) + "]"
	}
	return p.parent.String() + "." + p.name
}

func (p *place) wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("argument %s: %w", p, err)
}

func (p *place) errorf(sentinel error, format string, args ...any) error {
	return fmt.Errorf("argument %s: %w: %s", p, sentinel, fmt.Sprintf(format, args...))
}

// where reads one filter object into a new struct; nil stays nil.
func where[W any](d *decoder, name string, v any) (*W, error) {
	if v == nil {
		return nil, nil
	}
	w := new(W)
	return w, d.object(reflect.ValueOf(w).Elem(), v, &place{name: name}, 1)
}

// unmarshaler is what reads itself from an argument value: enums, ids, ranges.
type unmarshaler interface{ UnmarshalGQL(v any) error }

// known is a field of a filter struct: its name in the API and its index.
type known struct {
	name  string
	index int
}

var structs sync.Map // reflect.Type → []known; filled once for each filter struct

func fieldsOf(t reflect.Type) []known {
	if cached, ok := structs.Load(t); ok {
		return cached.([]known)
	}
	fields := make([]known, t.NumField())
	for i := range fields {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields[i] = known{name, i}
	}
	structs.Store(t, fields)
	return fields
}

func (d *decoder) object(to reflect.Value, v any, at *place, depth int) error {
	if depth > d.limits.FilterDepth {
		return at.errorf(errTooDeep, "filters nest %d deep at most", d.limits.FilterDepth)
	}
	if d.conditions++; d.conditions > d.limits.Conditions {
		return at.errorf(errTooCostly, "a request holds %d filter objects at most", d.limits.Conditions)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return at.errorf(graph.ErrBadWhere, "%v is no object", v)
	}
	for _, f := range fieldsOf(to.Type()) {
		if value := m[f.name]; value != nil {
			if err := d.value(to.Field(f.index), value, &place{parent: at, name: f.name}, depth); err != nil {
				return err
			}
		}
	}
	return check(to.Addr().Interface(), at)
}

// value reads v into a field of a filter struct.
func (d *decoder) value(to reflect.Value, v any, at *place, depth int) error {
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return d.value(to.Elem(), v, at, depth)
	case reflect.Slice:
		return d.list(to, v, at, depth)
	case reflect.Struct:
		if _, ok := to.Addr().Interface().(unmarshaler); ok {
			return scalar(to, v, at)
		}
		return d.object(to, v, at, depth+1)
	}
	return scalar(to, v, at)
}

func (d *decoder) list(to reflect.Value, v any, at *place, depth int) error {
	from := reflect.ValueOf(v)
	if from.Kind() != reflect.Slice { // one value stands for a list of one
		to.Set(reflect.MakeSlice(to.Type(), 1, 1))
		return d.value(to.Index(0), v, at, depth)
	}
	if from.Len() > d.limits.Values {
		return at.errorf(errTooCostly, "a list of values has %d at most", d.limits.Values)
	}
	to.Set(reflect.MakeSlice(to.Type(), from.Len(), from.Len()))
	for i := range from.Len() {
		if err := d.value(to.Index(i), from.Index(i).Interface(), &place{parent: at, index: i}, depth); err != nil {
			return err
		}
	}
	return nil
}

func scalar(to reflect.Value, v any, at *place) error {
	switch target := to.Addr().Interface().(type) {
	case *graph.ID:
		err := target.UnmarshalGQL(v)
		if err == nil {
			_, _, err = target.Split()
		}
		return at.wrap(err)
	case unmarshaler:
		err := target.UnmarshalGQL(v)
		if err != nil && !errors.Is(err, graph.ErrBadWhere) {
			err = fmt.Errorf("%w: %w", graph.ErrBadWhere, err)
		}
		return at.wrap(err)
	case *int:
		n, ok := integer(v)
		*target = n
		return mustFit(ok, v, at)
	case *float64:
		c, ok := float(v)
		*target = c
		return mustFit(ok, v, at)
	case *string:
		s, ok := v.(string)
		*target = s
		return mustFit(ok, v, at)
	case *bool:
		b, ok := v.(bool)
		*target = b
		return mustFit(ok, v, at)
	}
	return fmt.Errorf("argument %s: no way to read a %s", at, to.Type())
}

func mustFit(ok bool, v any, at *place) error {
	if ok {
		return nil
	}
	return at.errorf(graph.ErrBadWhere, "%v does not fit here", v)
}

// integer reads a number in any of the forms in which literals and variables come.
func integer(v any) (int, bool) {
	switch n := v.(type) {
	case int64:
		return int(n), true
	case int:
		return n, true
	case json.Number:
		i, err := n.Int64()
		return int(i), err == nil
	case float64:
		return int(n), n == math.Trunc(n) && math.Abs(n) < 1<<53
	case string:
		i, err := strconv.Atoi(n)
		return i, err == nil
	}
	return 0, false
}

// float reads a number with a fraction in any of the forms in which literals and variables come.
func float(v any) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, true
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	}
	n, ok := integer(v)
	return float64(n), ok
}

// check looks for what is wrong in a filter as a whole.
func check(filter any, at *place) error {
	var err error
	var name string
	switch f := filter.(type) {
	case *graph.CableWhere:
		if f.Text != nil {
			name = "text"
			_, err = graph.ParseText(*f.Text)
		}
		if f.MinConfidence != nil && err == nil {
			name = "minConfidence"
			if err = graph.CheckConfidence(*f.MinConfidence); err == nil && f.Mentions == nil {
				err = fmt.Errorf("%w: it says how sure those must be who are asked for by mentions beside it; there are none", graph.ErrBadWhere)
			}
		}
	case *graph.ParagraphWhere:
		if f.Matches != nil {
			name = "matches"
			_, err = graph.ParseText(*f.Matches)
		}
	case *graph.TextFilter:
		if f.Matches != nil {
			name = "matches"
			_, err = graph.ParseText(*f.Matches)
		}
	}
	return (&place{parent: at, name: name}).wrap(err)
}
