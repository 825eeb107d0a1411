package parse

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// maxApart is how many degrees the posts of a country are apart at most; from
// Ponta Delgada to Lisbon, and from Recife to Brasilia, are fewer. A
// few countries are wider.
const maxApart = 20

var wideCountries = map[string]float64{"Russia": 110, "United States": 85, "Canada": 62, "Australia": 40, "Mexico": 28}

// Each row of the table of posts says what can be so.
func TestPostRows(t *testing.T) {
	countries := map[string]bool{"Jerusalem": true} // the consulate there belonged to no country's embassy
	for _, tag := range graph.KnownTags() {
		countries[tag.Name] = countries[tag.Name] || tag.Kind == graph.TagCountry
	}
	type place struct {
		city                string
		latitude, longitude float64
	}
	places, owner := map[string][]place{}, map[string]string{}
	for _, row := range tsv(postsFile, 7) {
		name, city, country := row[0], row[2], row[3]
		if !slices.Contains(graph.PostKinds, graph.PostKind(row[1])) {
			t.Errorf("%s: the kind %q is none", name, row[1])
		}
		if country != "" && !countries[country] {
			t.Errorf("%s: %q is the name of no country in the table of tags", name, country)
		}
		for _, alias := range append(list(row[4]), name) {
			if other := owner[graph.Fold(alias)]; other != "" {
				t.Errorf("%s and %s are both called %q", name, other, alias)
			}
			owner[graph.Fold(alias)] = name
		}
		latitude, bad := strconv.ParseFloat(row[5], 64)
		longitude, worse := strconv.ParseFloat(row[6], 64)
		if (city == "") != (row[5] == "") || city != "" && (bad != nil || worse != nil || math.Abs(latitude) > 90 || math.Abs(longitude) > 180) {
			t.Errorf("%s in %q lies at %q, %q", name, city, row[5], row[6])
		}
		for _, p := range places[country] {
			if apart := max(math.Abs(p.latitude-latitude), math.Abs(p.longitude-longitude)); apart > max(maxApart, wideCountries[country]) || p.city == city && apart > 0 {
				t.Errorf("%s: %s and %s are %.0f degrees apart", country, city, p.city, apart)
			}
		}
		if city != "" {
			places[country] = append(places[country], place{city, latitude, longitude})
		}
	}
}

// What the corpus names and the tables lack is a list to be made shorter.
func TestCorpusUnknowns(t *testing.T) {
	tags, addressees := map[string]int{}, map[string]int{}
	all, known, collective := 0, 0, 0
	for _, page := range corpus(t) {
		for _, tag := range page.parsed.Tags {
			if !isKnownTag(tag.Code) && tag.Kind != graph.TagPerson {
				tags[string(tag.Kind)+" "+tag.Code]++
			}
		}
		for _, r := range page.parsed.Recipients {
			all++
			if strings.HasSuffix(r.Post.Name, " COLLECTIVE") {
				collective++
				continue
			}
			if posts().bySlug[r.Post.Slug] != nil {
				known++
				continue
			}
			addressees[string(r.Post.Kind)+" "+r.Post.Name]++
		}
	}
	golden(t, "unknown", fmt.Sprintf("# Tags that the table lacks, the kind by their form, and how many cables have them.\n%s"+
		"# Addressees that the table lacks, the kind by their words, and how many cables have them; of %d addressees it knows %d, and %d are collectives.\n%s",
		counted(tags), all, known, collective, counted(addressees)))
}

// counted lists what was counted, the most frequent first.
func counted(counts map[string]int) string {
	lines := make([]string, 0, len(counts))
	for what, n := range counts {
		lines = append(lines, fmt.Sprintf("%5d %s\n", 99999-n, what))
	}
	slices.Sort(lines)
	for i, line := range lines {
		n, _ := strconv.Atoi(strings.TrimSpace(line[:5]))
		lines[i] = fmt.Sprintf("%d%s", 99999-n, line[5:])
	}
	return strings.Join(lines, "")
}
