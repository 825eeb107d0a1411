package storetest

import (
	"reflect"

	"github.com/cablegraph/cablegraph/graph"
)

// shrink takes away from the plan's filters and steps, in place, what does not
// matter for its failing, so that a person can read what is left.
func shrink(plan *graph.Plan, fails func() bool) {
	s := shrinker{fails: fails, tries: 300}
	for _, step := range plan.Steps {
		s.step(step)
	}
}

type shrinker struct {
	fails func() bool
	tries int
}

func (s *shrinker) step(step *graph.Step) {
	v := reflect.ValueOf(step).Elem()
	for _, name := range []string{"Facets", "Steps", "Keys", "Cable", "Post", "Person", "Tag", "Recipient", "In", "MinConfidence", "Marking"} {
		s.value(v.FieldByName(name))
	}
	page := v.FieldByName("Page")
	s.without(page.FieldByName("Until"))
	s.without(page.FieldByName("Cursor"))
}

// value tries to do without a pointer or list, then without what is in it.
func (s *shrinker) value(v reflect.Value) {
	if s.tries < 0 || v.IsZero() || s.without(v) {
		return
	}
	switch {
	case v.Type() == reflect.TypeFor[*graph.Step]():
		s.step(v.Interface().(*graph.Step))
	case v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct && v.Elem().Type().PkgPath() == reflect.TypeFor[graph.Step]().PkgPath():
		for i := range v.Elem().NumField() {
			s.value(v.Elem().Field(i))
		}
	case v.Kind() == reflect.Slice:
		for i := v.Len() - 1; i >= 0; i-- {
			s.element(v, i)
		}
	}
}

// element tries to do without one element of a list, then without what is in it.
func (s *shrinker) element(list reflect.Value, i int) {
	before := reflect.ValueOf(list.Interface())
	shorter := reflect.MakeSlice(list.Type(), 0, before.Len())
	shorter = reflect.AppendSlice(reflect.AppendSlice(shorter, before.Slice(0, i)), before.Slice(i+1, before.Len()))
	list.Set(shorter)
	if s.stillFails() {
		return
	}
	list.Set(before)
	if e := list.Index(i); e.Kind() == reflect.Pointer {
		if e.Type() == reflect.TypeFor[*graph.Step]() {
			s.step(e.Interface().(*graph.Step))
			return
		}
		for k := range e.Elem().NumField() {
			s.value(e.Elem().Field(k))
		}
	}
}

// without tells whether it still fails when v is zero; else v is as before.
func (s *shrinker) without(v reflect.Value) bool {
	if v.IsZero() {
		return false
	}
	before := reflect.ValueOf(v.Interface())
	v.SetZero()
	if s.stillFails() {
		return true
	}
	v.Set(before)
	return false
}

func (s *shrinker) stillFails() bool {
	s.tries--
	return s.tries >= 0 && s.fails()
}
