package graph

import "strings"

// titleShort maps a folded title as cables write it to its folded normal form.
var titleShort = map[string]string{
	"fm": "foreign minister", "formin": "foreign minister", "minister of foreign affairs": "foreign minister",
	"minister for foreign affairs": "foreign minister", "foreign affairs minister": "foreign minister",
	"mfa": "foreign minister", "external affairs minister": "foreign minister", "minister of external affairs": "foreign minister",
	"pm": "prime minister", "primin": "prime minister", "dpm": "deputy prime minister", "dfm": "deputy foreign minister",
	"defmin": "defense minister", "mod": "defense minister", "minister of defense": "defense minister",
	"minister of defence": "defense minister", "defence minister": "defense minister",
	"minister of interior": "interior minister", "minister of the interior": "interior minister",
	"minister of finance": "finance minister", "finmin": "finance minister", "minister of justice": "justice minister",
	"pres": "president", "vp": "vice president", "amb": "ambassador", "sen": "senator", "rep": "representative",
	"gen": "general", "lt gen": "lieutenant general", "ltg": "lieutenant general", "maj gen": "major general",
	"mg": "major general", "brig gen": "brigadier general", "bg": "brigadier general", "col": "colonel",
	"lt col": "lieutenant colonel", "ltc": "lieutenant colonel", "capt": "captain", "cdr": "commander", "adm": "admiral",
	"dcm": "deputy chief of mission", "cda": "charge d affaires", "charge": "charge d affaires",
	"a s": "assistant secretary", "das": "deputy assistant secretary", "pdas": "principal deputy assistant secretary",
	"u s": "under secretary", "secstate": "secretary of state", "secdef": "secretary of defense", "dr": "doctor",
	"polcouns": "political counselor", "polmincouns": "political minister counselor", "econcouns": "economic counselor",
}

// NormalTitle is the folded normal form by which titles are compared: "FM",
// "ForMin" and "Minister of Foreign Affairs" all give "foreign minister". A
// title that the table lacks is only folded.
func NormalTitle(title string) string {
	folded := Fold(title)
	if normal, ok := titleShort[folded]; ok {
		return normal
	}
	if rest, ok := strings.CutPrefix(folded, "the "); ok {
		return NormalTitle(rest)
	}
	return folded
}
