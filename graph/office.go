package graph

import (
	"slices"
	"strings"
	"time"
)

// Office is a title that cables give a person, of one country or without one.
type Office struct {
	Title string `json:"title"` // normal, see NormalTitle
	// Country is the one that a text names with the title ("French FM", "FM of France"); empty where none does.
	Country string `json:"country,omitempty"`
	// From and To are the dates of the earliest and latest cable that gives it; zero where none has a date.
	From     time.Time `json:"from,omitzero"`
	To       time.Time `json:"to,omitzero"`
	Mentions int       `json:"mentions"` // cables
}

// Hold notes a cable that gives the office.
func (o *Office) Hold(at time.Time) {
	o.Mentions++
	if at.IsZero() {
		return
	}
	if o.From.IsZero() || at.Before(o.From) {
		o.From = at
	}
	if at.After(o.To) {
		o.To = at
	}
}

// KnownCountry returns the country; false where no text names it.
func (o *Office) KnownCountry() (string, bool) { return o.Country, o.Country != "" }

// OfficeKey is what a title and a country are looked up by; either may be empty,
// for any. A title is compared by its normal form, a country by its name.
func OfficeKey(title, country string) string {
	if name := Country(country); name != "" {
		country = name
	}
	return NormalTitle(title) + "|" + Fold(country)
}

// OfficeKeys returns the keys under which the person is found: of each title, and
// of each office with a country also the country, alone and with the title; sorted, each once.
func (p *Person) OfficeKeys() []string {
	var keys []string
	for _, t := range p.Titles {
		keys = append(keys, OfficeKey(t, ""))
	}
	for _, o := range p.Offices {
		keys = append(keys, OfficeKey(o.Title, ""))
		if o.Country != "" {
			keys = append(keys, OfficeKey(o.Title, o.Country), OfficeKey("", o.Country))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Keys returns by what else than names and slug the person is looked up, sorted:
// OfficeKeys, and the ids that the other slugs make.
func (p *Person) Keys() []string {
	keys := p.OfficeKeys()
	for _, id := range p.OtherIDs() {
		keys = append(keys, string(id))
	}
	slices.Sort(keys)
	return keys
}

// Office returns the key that Title and Country ask for; false where they ask for none.
func (w *PersonWhere) Office() (string, bool) {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	return OfficeKey(text(w.Title), text(w.Country)), w.Title != nil || w.Country != nil
}

// CutCountry parts a title from the country at its end: "President of Afghanistan"
// is President, Afghanistan. Of "Governor of the Bank of Israel" nothing is cut.
func CutCountry(title string) (office, country string) {
	at := strings.LastIndex(title, " of ")
	if at < 0 {
		return title, ""
	}
	office, country = title[:at], Country(strings.TrimPrefix(title[at+len(" of "):], "the "))
	if country == "" || strings.Contains(NormalTitle(office), " of ") {
		return title, ""
	}
	return office, country
}
