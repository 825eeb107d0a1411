package people

import "strings"

// surnameEndings are ways in which surnames of many languages end, and few other words.
var surnameEndings = []string{
	"ov", "ova", "ev", "eva", "yev", "sky", "skiy", "skii", "ski", "ska", "wicz", "vich", "vych", "vic", "cic", "nic", "shvili", "adze", "idze", "yan", "ian",
	"oglu", "ogullari", "zade", "zadeh", "escu", "opoulos", "akis", "idis", "enko", "chuk", "sson", "sen", "quist", "strom", "ez", "eira", "inho", "ainen", "onen",
	"stein", "berg", "burg", "mann", "bauer", "meier", "elli", "etti", "ucci", "zai", "zoi", "pour", "nejad", "yar", "bek", "bayev", "bekov", "aitis", "auskas", "evicius",
	"ullah", "uddin", "eddin", "eddine", "aldin", "rahman", "oulos", "esku", "enberg", "feld", "witz", "owski", "ic",
}

// endsLikeSurname tells words that are surnames by the way they end.
func endsLikeSurname(key string) bool {
	if len(key) < 5 {
		return false
	}
	for _, e := range surnameEndings {
		if strings.HasSuffix(key, e) {
			return true
		}
	}
	return false
}

// startsLikeGiven tells given names made of parts: Abdulmajid, Baitullah, Nizamuddin.
func startsLikeGiven(key string) bool {
	return len(key) >= 7 && (strings.HasPrefix(key, "abdul") || strings.HasPrefix(key, "abdel") || strings.HasPrefix(key, "abder") ||
		strings.HasSuffix(key, "ullah") || strings.HasSuffix(key, "uddin") || strings.HasSuffix(key, "eddine") || strings.HasSuffix(key, "ollah"))
}
