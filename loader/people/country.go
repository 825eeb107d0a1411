package people

import "github.com/cablegraph/cablegraph/graph"

// withCountries notes which country each title of a find is of, where the text
// says so: "French FM Kouchner", "France's Foreign Minister", "Kouchner, French
// Foreign Minister", "President of Afghanistan Hamid Karzai". Of the last the title is President.
func (d *doc) withCountries(f *find) {
	var countries []string
	for i, t := range f.titles {
		office, country := graph.CutCountry(t)
		if country == "" {
			country = d.countryBeside(f, i, t)
		}
		if country == "" {
			continue
		}
		if countries == nil {
			countries, f.titles = make([]string, len(f.titles)), append([]string(nil), f.titles...)
		}
		f.titles[i], countries[i] = office, country
	}
	f.countries = countries
}

// countryBeside is the country that stands right before the i-th title: the first
// of those before the name, or the one after it.
func (d *doc) countryBeside(f *find, i int, title string) string {
	if i == len(f.titles)-1 {
		if after, from, ok := d.findTitleAfter(f.to); ok && after == title {
			return d.countryBefore(from)
		}
	}
	if i > 0 {
		return ""
	}
	at := f.from
	for range len(f.titles) {
		t, ok := d.titleBefore(at)
		if !ok || t.from >= at {
			break
		}
		at = t.from
	}
	if at == f.from {
		return ""
	}
	return d.countryBefore(at)
}

// countryBefore is the country of the one or two words that end right before token i.
func (d *doc) countryBefore(i int) string {
	if i == 0 || !d.names(i-1, i) {
		return ""
	}
	if i > 1 && d.names(i-2, i-1) {
		if country := graph.Country(d.word(i-2) + " " + d.word(i-1)); country != "" {
			return country
		}
	}
	return graph.Country(d.word(i - 1))
}

// names tells whether token k can be a part of a country's name that goes on at the next token.
func (d *doc) names(k, next int) bool {
	shape := d.toks[k].shape
	return (shape == shapeCapital || shape == shapeCaps) && d.toks[next].gap == gapSpace
}
