package parse

import (
	"strings"
)

// apostrophes puts one sign in the place of all, and the comma that "?" was.
var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "\\'", "'", " ? ", ", ")

// nameIn finds the name among titles: before them ("X, Acting Assistant
// Secretary, VCI") or behind them ("Acting Political Minister-Counselor X").
func nameIn(s string) string {
	s = apostrophes.Replace(s)
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

var cuts = strings.NewReplacer(" - ", ",", "--", ",", ";", ",", ":", ",", "(", ",", ")", ",", "DCM/", "DCM,")

// segments cuts at commas, semicolons, colons, brackets and dashes.
func segments(s string) []string {
	return strings.Split(cuts.Replace(s), ",")
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
	if lastTitle >= 0 && (upperASCII(words[lastTitle]) == "EMBASSY" || upperASCII(words[lastTitle]) == "CONSULATE") {
		return "" // what follows is a place
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

// distance is the number of letters to insert, delete or change to make the word b of a.
func distance(a, b string) int {
	if len(a)-len(b) > 3 || len(b)-len(a) > 3 {
		return 9
	}
	var rows [20]int // b is one of the words above
	row := rows[:len(b)+1]
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
