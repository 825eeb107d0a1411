package parse

import (
	"strings"

	"github.com/cablegraph/cablegraph/graph"
)

// classifier returns who classified the cable: what stands between the label
// and the reason, titles included, and the name in it.
func (t *text) classifier() (graph.Span, string) {
	for _, l := range t.labels {
		if l.kind != labelClassified {
			continue
		}
		start := t.skipRepeat(l.end)
		words, places := t.unwrapped(start, t.classifierEnd(start))
		words = words[:reasonStart(words)]
		if strings.HasPrefix(upperASCII(words), "DERIVED FROM") {
			continue // other documents, and nobody
		}
		if name := nameIn(words); name != "" {
			words = strings.TrimRight(words, " ,;:-.(\n")
			return t.span(places[0], places[len(words)-1]+1), name
		}
	}
	return graph.Span{}, ""
}

// skipRepeat goes behind labels within the label: "Classified By: Classified by
// DCM …", "Classified By: (U) …", and the list of references of 05ANKARA7671.
func (t *text) skipRepeat(at int) int {
	for {
		for at < len(t.clean) && strings.IndexByte(" \n:;.", t.clean[at]) >= 0 {
			at++
		}
		if _, n := portionMarking(t.clean[at:min(len(t.clean), at+40)]); n > 0 {
			at += n
			continue
		}
		ahead := t.upper[at:min(len(t.upper), at+130)]
		i := strings.Index(ahead, "CLASSIFIED BY")
		if i < 0 || i > 0 && strings.Contains(ahead[:i], ".") {
			return at
		}
		at += i + len("CLASSIFIED BY")
	}
}

// reasonStarts open the reason, which ends the name.
var reasonStarts = []string{
	"FOR REA", "FOR RES", "FOR RAS", "FR REASON", "FOR FOR", "FOR E.O", "FOR EO", "FOR 1", "F0R ", "REASON", "REAON", "RESON", "RASON", "REAS0N", "REQ#",
	"E.O", "EO 1", "BASED ON", "DUE TO", "PER 1", "PER REASON", "UNDER 1", "UNDER SECTION", "SECTION 1", "SEA3ON", "FOR R", "FOR REAS",
	"REAS ONS", "REA SONS", "RE ASONS", "1.4", "1.5", "1,4", "1,5", "1. 4", "1. 5", "1.2 ", "FOR\n", "FOR  REA", "IN ACCORD", "DECL", "ON SECTION",
}

// classifierEnd returns where the classifier's lines end at the latest.
func (t *text) classifierEnd(start int) int {
	end := min(len(t.upper), start+260, t.next(start, labelClassified))
	for i := t.lineAt(start) + 1; i < len(t.lines) && t.lines[i].start < end; i++ {
		if t.at(i) == "" || isRule(t.at(i)) || t.isMarkLine(i) || strings.HasPrefix(t.upper[t.lines[i].start:], "SUMMARY") {
			return t.lines[i].start
		}
	}
	return end
}

// reasonStart returns where in words the reason starts: their end if there is none.
func reasonStart(words string) int {
	upper := upperASCII(words)
	for _, word := range reasonStarts {
		if i := indexWord(upper, word); i >= 0 {
			upper = upper[:i]
		}
	}
	// A line cut within the word "reasons" leaves its beginning behind a full stop.
	upper = strings.TrimRight(upper, " ")
	for _, rest := range []string{". REAS", ". REA", ". RE", ". R"} {
		if trimmed, ok := strings.CutSuffix(upper, rest); ok {
			return len(trimmed) + 1
		}
	}
	return len(upper)
}

// indexWord finds word in s where it starts a word.
func indexWord(s, word string) int {
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return -1
		}
		i += at
		if i == 0 || !letterAt(s, i-1) && !isDigit(s[i-1]) {
			return i
		}
		at = i + 1
	}
}

// wrapColumn is where the mail software cut lines hard, within words too.
const wrapColumn = 71

// unwrapped joins the lines between start and end, and tells the place of each
// byte. A line that was cut hard is joined without a blank ("Hoyt Y" and "ee").
func (t *text) unwrapped(start, end int) (words string, places []int) {
	var b []byte
	for i := t.lineAt(start); i < len(t.lines) && t.lines[i].start < end; i++ {
		from, to := max(start, t.lines[i].start), min(end, t.lines[i].end)
		if from >= to {
			continue
		}
		if len(b) > 0 && !t.cutHard(i-1) {
			b, places = append(b, ' '), append(places, from)
		}
		for at := from; at < to; at++ {
			b, places = append(b, t.clean[at]), append(places, at)
		}
	}
	return string(b), places
}

// cutHard tells whether the i-th line was cut at the column, and the next one
// does not start with the blank.
func (t *text) cutHard(i int) bool {
	l := t.lines[i]
	begin := strings.LastIndexByte(t.clean[:l.start], '\n') + 1
	if l.end-begin != wrapColumn {
		return false
	}
	behind := l.end
	for behind < len(t.clean) && t.clean[behind] != '\n' {
		behind++
	}
	return behind+1 < len(t.clean) && t.clean[behind+1] != ' '
}

// nameIn finds the name among titles: before them ("X, Acting Assistant
// Secretary, VCI") or behind them ("Acting Political Minister-Counselor X").
func nameIn(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "\\'", "'", " ? ", ", ").Replace(s)
	best := ""
	for _, part := range segments(s) {
		name := nameInPart(part)
		if len(strings.Fields(name)) >= 2 {
			return withSuffix(name, s)
		}
		if best == "" {
			best = name
		}
	}
	return withSuffix(best, s)
}

// withSuffix adds "Jr." where a comma parted it from the name.
func withSuffix(name, s string) string {
	if i := strings.Index(s, name); name != "" && i >= 0 {
		rest := s[i+len(name):]
		for _, suffix := range []string{", Jr.", ", JR.", ", Jr", ", JR", ", III", ", II", ", Sr."} {
			if strings.HasPrefix(rest, suffix) {
				return name + suffix
			}
		}
	}
	return name
}

// segments cuts at commas, semicolons, colons, brackets and dashes.
func segments(s string) []string {
	s = strings.NewReplacer(" - ", ",", "--", ",", ";", ",", ":", ",", "(", ",", ")", ",", "DCM/", "DCM,").Replace(s)
	return strings.Split(s, ",")
}

// nameInPart returns the last run of words that can be a name behind the last title, or
// the one before the first title.
func nameInPart(part string) string {
	words := strings.Fields(part)
	for len(words) > 0 && endsNoName(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	lastTitle, firstTitle := -1, len(words)
	for i, w := range words {
		if isTitleWord(w) || i > 0 && upperASCII(words[i-1]) == "TO" {
			if firstTitle == len(words) {
				firstTitle = i
			}
			lastTitle = i
		}
	}
	if run := nameRun(words[lastTitle+1:]); run != "" {
		return run
	}
	return nameRun(words[:firstTitle])
}

// endsNoName tells whether a word is none that a name ends with: "for", "a.y.", a dash.
func endsNoName(w string) bool {
	return strings.Trim(w, ".-") == "" || w == strings.ToLower(w) && !isParticle(w) || upperASCII(w) == "FOR" || upperASCII(w) == "PER"
}

// nameRun returns the words from the last break on, if they can be a name: a
// break is a word in lower case or with a digit.
func nameRun(words []string) string {
	from := len(words)
	for from > 0 && canBeName(words[from-1]) {
		from--
	}
	run := words[from:]
	for len(run) > 0 && isParticle(run[0]) {
		run = run[1:]
	}
	// An office in capitals before a name in mixed case: "NEA Lawrence E. Butler".
	for len(run) > 2 && len(run[0]) > 1 && run[0] == strings.ToUpper(run[0]) && !strings.Contains(run[0], ".") && run[len(run)-1] != strings.ToUpper(run[len(run)-1]) {
		run = run[1:]
	}
	if len(run) == 0 || len(run) > 5 {
		return ""
	}
	name := strings.Join(run, " ")
	if !strings.HasSuffix(name, "Jr.") && !strings.HasSuffix(name, "JR.") && !strings.HasSuffix(name, "Sr.") {
		name = strings.TrimRight(name, ".-")
	}
	if len(packedName(name)) < 3 || strings.Trim(name, "Xx ") == "" {
		return ""
	}
	return name
}

// canBeName: a capital first, or a particle; "0." is a misread "O.".
func canBeName(w string) bool {
	if isParticle(w) || w == "0." {
		return true
	}
	if w[0] < 'A' || w[0] > 'Z' && w[0] < 0x80 {
		return false
	}
	return !strings.ContainsAny(w, "123456789/&")
}

func isParticle(w string) bool {
	switch w {
	case "de", "van", "von", "der", "den", "la", "le", "du", "el", "al", "da", "di":
		return true
	}
	return false
}

// titleWords are the words of titles and offices. Long ones are known with a slip too.
var titleWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`AMBASSADOR AMB CHARGE CHARGES D'AFFAIRES DAFFAIRES D'AFFAIRS DE'AFFAIRS AFFAIRES AFFAIRS AI A.I. A.I ACTING ACT DEPUTY
		CHIEF OF MISSION DCM ADCM CDA COM POLITICAL ECONOMIC ECONOMICS ECON POL POLMIL COUNSELOR COUNSELLOR COUNSELOUR COUNS COUNSEL COUN MINISTER
		MINCOUNS MINISTER-COUNSELOR MINISTER-COUNSELOUR POLMINCOUNS ECONMINCOUNS POLCOUNS ECONCOUNS MIN MC M-C ECMIN ECOMIN EMIN ECONMIN POLMIN CONSUL CONSULAR
		GENERAL OFFICER POLOFF ECONOFF CONOFF EMBOFF LABOFF DEPOFF POL/ECONOFF PAO ECON/POL DIRECTOR DIR ASSISTANT ASST SECRETARY UNDERSECRETARY UNDER PRINCIPAL PDAS DAS A/S
		ATTACHE LABOR DEFENSE MILITARY POLITICAL-MILITARY POLITICO-MILITARY SECTION HEAD UNIT OFFICE OFF DEPARTMENT STATE FOR THE AND TO IN AT FROM BY WITH
		TEAM LEADER PRT REO COORDINATOR ADVISOR ADVISER SPECIAL SENIOR MEMBER USDEL CHAIRMAN CHAIR REPRESENTATIVE REP PERMANENT ALTERNATE
		ENVOY AGENT LEGAL LEGATT LTC COL MAJ CAPT LT GEN BG MG ADM CDR DR MR MRS MS MISS PROFESSOR EXTERNAL INTERNAL INSTITUTIONAL INTERAGENCY PROVINCIAL
		GLOBAL REGIONAL SECURITY DIPLOMATIC INTERNATIONAL ENVIRONMENT SCIENCE TECHNOLOGY HEALTH EST ESTOFF ESTH ECPO ECOPOL POL/ECON POL/MIL P/E E/P
		POLECON AMBASSADOR-AT-LARGE AT-LARGE LARGE CENTRAL ASIA SOUTH NORTH EAST WEST AFRICA EUROPE AIT IPO USEU USNATO USUN GOVERNANCE CLASSIFICATION GUIDE
		DOS PROGRAM MANAGER DESK COUNTRY ANALYST COMMERCIAL AGRICULTURAL LIAISON NARCOTICS INL RSO SUPPORT CO-DIRECTOR VICE ADMIRAL COMMANDER EXECUTIVE
		CLASSIFIED MESSAGE CABLE THIS INFORMATION PUBLIC PRESS CULTURAL TRADE FINANCE FINANCIAL ENERGY RESOURCES DEMOCRACY HUMAN RIGHTS BUREAU CDDEA U.S. US EMBASSY CONSULATE EXEC DOS`) {
		m[w] = true
	}
	return m
}()

// isTitleWord tells whether a word belongs to a title: it is one, or nearly one
// (Ambassaor, Counsleor), or an office such as EUR/PRA.
func isTitleWord(w string) bool {
	upper := strings.Trim(upperASCII(w), ".,;:\"")
	if strings.Contains(upper, "0") {
		upper = strings.ReplaceAll(upper, "0", "O")
	}
	if titleWords[upper] {
		return true
	}
	if strings.Contains(w, "/") || strings.HasPrefix(upper, "D'AFF") || strings.HasPrefix(upper, "DE'AFF") || strings.HasPrefix(upper, "D,AFF") {
		return true
	}
	if w == "D" || w == "d" || strings.HasSuffix(upper, "COUNS") || strings.HasSuffix(upper, "COUNSELOR") {
		return true
	}
	if len(upper) < 7 {
		return false
	}
	return nearTitle(upper)
}

// nearTitle looks for a long title word that differs by up to two slips.
func nearTitle(upper string) bool {
	for _, t := range []string{
		"AMBASSADOR", "COUNSELOR", "COUNSELLOR", "MINISTER", "DIRECTOR", "AFFAIRES", "SECRETARY", "ASSISTANT", "POLITICAL", "ECONOMIC",
		"COUNSELOR-GENERAL", "CONSUL-GENERAL", "DIPLOMATIC", "PRINCIPAL", "AFFAIRS",
	} {
		if upper[0] == t[0] && distance(upper, t) <= 2 || len(t) > 8 && distance(upper, t) == 1 {
			return true
		}
	}
	return false
}

// distance is the number of letters to insert, delete or change.
func distance(a, b string) int {
	if len(a)-len(b) > 3 || len(b)-len(a) > 3 {
		return 9
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
