package graph

import "strings"

// titleShort maps a folded title as cables write it to its folded normal form.
var titleShort = map[string]string{
	"fm": "foreign minister", "formin": "foreign minister",
	"foreign affairs minister": "foreign minister", "foreign affairs and cooperation minister": "foreign minister",
	"mfa": "foreign minister", "external affairs minister": "foreign minister",
	"pm": "prime minister", "primin": "prime minister", "dpm": "deputy prime minister", "dfm": "deputy foreign minister",
	"defmin": "defense minister", "mod": "defense minister",
	"finmin": "finance minister",
	"pres":   "president", "vp": "vice president", "amb": "ambassador", "sen": "senator", "rep": "representative",
	"gen": "general", "lt gen": "lieutenant general", "ltg": "lieutenant general", "maj gen": "major general",
	"mg": "major general", "brig gen": "brigadier general", "bg": "brigadier general", "col": "colonel",
	"lt col": "lieutenant colonel", "ltc": "lieutenant colonel", "capt": "captain", "cdr": "commander", "adm": "admiral",
	"dcm": "deputy chief of mission", "cda": "charge d affaires", "charge": "charge d affaires",
	"a s": "assistant secretary", "das": "deputy assistant secretary", "pdas": "principal deputy assistant secretary",
	"u s": "under secretary", "secstate": "secretary of state", "secdef": "secretary of defense", "dr": "doctor",
	"polcouns": "political counselor", "polmincouns": "political minister counselor", "econcouns": "economic counselor",
}

// NormalTitle is the folded normal form by which titles are compared: "FM",
// "ForMin", "Minister of Foreign Affairs" and "French Foreign Minister" all give
// "foreign minister", "Minister for Defence" and "MOD" give "defense minister".
// What the rules do not reach is only folded.
func NormalTitle(title string) string { return normalTitle(Fold(title)) }

func normalTitle(folded string) string {
	if normal, ok := titleShort[folded]; ok {
		return normal
	}
	if rest, ok := strings.CutPrefix(folded, "the "); ok {
		return normalTitle(rest)
	}
	if american := spellings.Replace(folded); american != folded {
		return normalTitle(american)
	}
	if rest, ok := withoutCountry(folded); ok {
		return normalTitle(rest)
	}
	if turned := turnedTitle(folded); turned != folded {
		return normalTitle(turned)
	}
	return folded
}

// spellings are British, and what is the same in America.
var spellings = strings.NewReplacer("defence", "defense", "labour", "labor", "counsellor", "counselor", "national defense minister", "defense minister")

// withoutCountry cuts the country off a title: "french foreign minister".
func withoutCountry(folded string) (string, bool) {
	first, rest, ok := strings.Cut(folded, " ")
	if !ok {
		return "", false
	}
	if countries[first] != "" {
		return rest, true
	}
	second, rest, ok := strings.Cut(rest, " ")
	return rest, ok && countries[first+" "+second] != ""
}

// turnedTitle makes "justice minister" of "minister of justice" and "minister for the justice";
// a minister of state is something else.
func turnedTitle(folded string) string {
	office, ok := strings.CutPrefix(folded, "minister of ")
	if !ok {
		office, ok = strings.CutPrefix(folded, "minister for ")
	}
	office = strings.TrimPrefix(office, "the ")
	if !ok || office == "" || strings.HasPrefix(office, "state") {
		return folded
	}
	return office + " minister"
}
