package parse

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cablegraph/cablegraph/graph"
)

// archiveReferences are the Reference IDs of the whole archive, as printed.
func archiveReferences(t *testing.T) []string {
	t.Helper()
	f, err := os.Open("../../../shared/scale/cable2month.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for lines := bufio.NewScanner(unpacked); lines.Scan(); {
		id, _, _ := strings.Cut(lines.Text(), ",")
		ids = append(ids, id)
	}
	return ids
}

// No cable of the archive is lost for its id, and what is repaired is a list to be read.
func TestArchiveReferences(t *testing.T) {
	ids := archiveReferences(t)
	second, unknown := map[string]int{}, map[string]int{}
	var slipped []string
	for _, id := range ids {
		if !isReference(id) {
			t.Errorf("%s is no reference", id)
		}
		_, name, _ := graph.Reference(id).Parts()
		switch meant, ok := repairedReference(id); {
		case secondNames[name]:
			second[name]++
		case !ok:
			unknown[name]++
		case string(meant) != id:
			slipped = append(slipped, fmt.Sprintf("%s %s\n", id, meant))
		}
	}
	slices.Sort(slipped)
	golden(t, "references", fmt.Sprintf("# The %d references of the archive: stations with a second name %v, stations that are not known %v.\n"+
		"# %d with a slip: as printed, as meant.\n%s", len(ids), second, unknown, len(slipped), strings.Join(slipped, "")))
}

func TestReferenceIsTheOneThatWasMeant(t *testing.T) {
	for _, given := range []struct{ name, printed, origin, header, want, source, warning string }{
		{"no slip", "09HANOI12", "Embassy Hanoi", "FM X", "09HANOI12", "", ""},
		{"a slip, and the origin is the post", "09AMEMBASSYHANOI12", "Embassy Hanoi", "FM X", "09HANOI12", "09AMEMBASSYHANOI12", ""},
		{"a slip, and the header's post", "06SECTIO03OF03MINSK1128", "", "FM AMEMBASSY MINSK\nTO X", "06MINSK1128", "06SECTIO03OF03MINSK1128", ""},
		{"a slip, of another post", "09AMEMBASSYHANOI12", "Embassy Paris", "FM AMEMBASSY HANOI", "09AMEMBASSYHANOI12", "", "looks like a slip for 09HANOI12"},
		{"a slip, and nobody says", "09AMEMBASSYHANOI12", "", "", "09AMEMBASSYHANOI12", "", "looks like a slip for 09HANOI12"},
		{"without a serial", "06ASTANA", "Embassy Astana", "", "06ASTANA204", "06ASTANA", ""},
		{"without a station", "092OF5", "Secretary of State", "", "09STATE126780", "092OF5", ""},
		{"a year twice", "7575LIBREVILLE1895", "Embassy Libreville", "", "75LIBREVILLE1895", "7575LIBREVILLE1895", ""},
		{"a serial behind the serial", "90STATE255195TOSEC140301", "Secretary of State", "", "90STATE255195", "90STATE255195TOSEC140301", ""},
		{"two slips in one name", "06AITTAIPIE2654", "American Institute Taiwan, Taipei", "", "06TAIPEI2654", "06AITTAIPIE2654", ""},
		{"a station's second name is no slip", "07TAIPEI965", "American Institute Taiwan, Taipei", "", "07TAIPEI965", "07AITTAIPEI965", ""},
		{"a second name, of another post", "07TAIPEI965", "Embassy Paris", "", "07TAIPEI965", "", ""},
		{"the office in Dubai", "0901OF02RPODUBAI288", "Iran RPO Dubai", "", "09RPODUBAI288", "0901OF02RPODUBAI288", ""},
		{"a station that is not known", "09ATLANTIS12", "Embassy Paris", "", "09ATLANTIS12", "", ""},
	} {
		t.Run(given.name, func(t *testing.T) {
			pg := page{reference: given.printed, origin: given.origin, header: given.header, body: "REF: A. " + given.printed + "\n\n1. (C) Text"}
			p := pg.understood(graph.Source{File: "x"})
			if string(p.Cable.Reference) != given.want || string(p.Cable.Sources[0].Reference) != given.source {
				t.Errorf("reference %s, of the source %q", p.Cable.Reference, p.Cable.Sources[0].Reference)
			}
			if got := strings.Join(p.Warnings, " "); (got == "") != (given.warning == "") || !strings.Contains(got, given.warning) {
				t.Errorf("warnings %q", got)
			}
		})
	}
}

// A station without a post of its own is one that sends for an agency, or is only cited.
func TestStationsHavePosts(t *testing.T) {
	var without []string
	for spelling, name := range graph.Stations() {
		found := spelling != name
		for _, p := range posts().bySlug {
			found = found || isStation(p, name)
		}
		if !found {
			without = append(without, name)
		}
	}
	slices.Sort(without)
	if got, want := strings.Join(without, " "), "FESTTWO FSINFATC MONTEREY PARTO"; got != want {
		t.Errorf("without a post: %s; want %s", got, want)
	}
}
